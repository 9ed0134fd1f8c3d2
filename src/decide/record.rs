//! What a stored record is worth: asked at the token endpoint, and whenever a server asks whether a record is alive.

use super::rule::Noted;
use crate::policy::knobs::{Knobs, SessionTimeoutMarks};
use crate::sources::{BACK_CHANNEL_LOGOUT, ISSUE_539, ONLINE_ACCESS, RFC_6749, RFC_7009, RFC_9700, SMART};

rules! {
    /// What a stored record is worth.
    RecordRule;
    NotFound = "token.not_found", Must, "What was presented is no code or token of this server.", [RFC_6749.at("section 5.2", "section-5.2")], of [code, refresh_token];
    CodeReplayed = "code.replayed", Must, "A code is used once; a second use is denied, and the tokens that came from it are revoked.", [RFC_6749.at("section 4.1.2", "section-4.1.2"), ISSUE_539.at("comment 2 (Breno), principle 3", "")];
    CodeDead = "code.dead", Must, "A code that was revoked is denied.", [RFC_6749.at("section 5.2", "section-5.2")];
    CodeExpired = "code.expired", Must, "A code expires shortly after it was issued; ten minutes at most are recommended.", [RFC_6749.at("section 4.1.2", "section-4.1.2")];
    RefreshTokenRevoked = "refresh.revoked", Must, "A refresh token that was revoked or has expired is refused.", [RFC_6749.at("section 5.2", "section-5.2")];
    RefreshTokenExpired = "refresh.expired", Must, "A refresh token ends at its limit, used or not, or when it was not used for too long.", [RFC_6749.at("section 5.2", "section-5.2"), RFC_9700.at("section 4.14.2", "section-4.14.2")];
    AccessTokenExpired = "access_token.expired", Must, "An access token ends when its time is over.", [RFC_6749.at("section 4.2.2", "section-4.2.2")];
    AccessTokenRevoked = "access_token.revoked", Must, "An access token that was revoked is worth nothing.", [RFC_7009.at("section 2", "section-2")];
    Superseded = "refresh.superseded", May, "A refresh token that was replaced is worth nothing; its successor counts.", [RFC_6749.at("section 6", "section-6"), RFC_9700.at("section 4.14.2", "section-4.14.2")];
    SessionTokensEnd = "session.tokens_end", Must, "All refresh and access tokens that are bound to the session end with it.", [ONLINE_ACCESS.whole(), ISSUE_539.at("comment 4 (G. Fletcher)", ""), BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions")];
    SessionTokensExpire = "session.tokens_expire", Vendor, "Tokens that are valid for the life of the session expire with it.", [ISSUE_539.at("comment 4 (G. Fletcher)", ""), SMART.whole()];
}

/// The status that ends a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EndStatus {
    /// The clock, or the end of the session, made it lapse.
    Expired,
    /// Somebody ended it.
    Revoked,
}

/// The status of a session-bound token whose session is over.
pub(super) fn of_ended_session(policy: &Knobs) -> EndStatus {
    match policy.session_timeout_marks {
        SessionTimeoutMarks::Expired => EndStatus::Expired,
        SessionTimeoutMarks::Revoked => EndStatus::Revoked,
    }
}

/// The same, with the rule noted.
pub(super) fn note_ended_session(status: EndStatus, noted: &mut Noted<RecordRule>) -> RecordRule {
    let rule = match status {
        EndStatus::Expired => RecordRule::SessionTokensExpire,
        EndStatus::Revoked => RecordRule::SessionTokensEnd,
    };
    noted.note(rule);
    rule
}

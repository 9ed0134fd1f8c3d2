//! What a refresh token is used for.

use super::facts::{AskedScope, Due, Stored, TokenFacts};
use super::refused::Refused;
use super::verdict::Fate;
use crate::decide::life::Binding;
use crate::decide::record::{self, EndStatus, RecordRule};
use crate::decide::rotation::Rotation;
use crate::decide::rule::{Noted, Told};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{Knobs, OpenidConnect};
use crate::sources::{
    BACK_CHANNEL_LOGOUT, BROWSER_BASED_APPS, ISSUE_539, MICROSOFT_REFRESH, OKTA_REFRESH, ONLINE_ACCESS, OPENID_CORE,
    RFC_6749, RFC_9700,
};

rules! {
    /// What a refresh token is used for.
    RefreshRule;
    Reused = "refresh.reused", Must, "A refresh token that was replaced is presented again: whoever stole it or its successor, the active one is revoked.", [RFC_9700.at("section 4.14.2", "section-4.14.2"), OKTA_REFRESH.whole()];
    ReusedInGrace = "refresh.reused_in_grace", Vendor, "A refresh token that was replaced moments ago may be presented again.", [OKTA_REFRESH.whole()];
    SessionEnded = "refresh.session_ended", Must, "A refresh token that is bound to the session ends with it.", [ONLINE_ACCESS.whole(), ISSUE_539.at("comment 4 (G. Fletcher)", ""), BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions")];
    ProofMissing = "refresh.proof_missing", Must, "A sender-constrained refresh token is worth nothing without proof of the key.", [RFC_9700.at("section 2.2.2", "section-2.2.2")];
    ScopeWider = "refresh.scope_wider", Must, "A refresh does not widen the scope.", [RFC_6749.at("section 6", "section-6")], of [scope];
    ScopeNarrower = "refresh.scope_narrower", May, "A refresh may narrow the scope of the access token; the refresh token keeps its own.", [RFC_6749.at("section 6", "section-6")], of [scope];
    Answered = "refresh.answered", Must, "A valid refresh token gives a new access token.", [RFC_6749.at("section 6", "section-6")];
    Rotated = "refresh.rotated", May, "The refresh token is replaced, and a limit that it had does not move.", [RFC_6749.at("section 6", "section-6"), RFC_9700.at("section 4.14.2", "section-4.14.2"), BROWSER_BASED_APPS.at("section 6.3.2.3", "")];
    Added = "refresh.added", Vendor, "A new refresh token is issued, and the old one stays active.", [MICROSOFT_REFRESH.whole()];
    Kept = "refresh.kept", May, "The refresh token stays as it is.", [RFC_6749.at("section 6", "section-6")];
    IdToken = "refresh.id_token", May, "An ID Token of a refresh has the time of the original sign-in and no nonce.", [OPENID_CORE.at("section 12.2", "RefreshTokenResponse")];
}

type Check<T = ()> = Result<T, Refused<RefreshRule>>;

/// What the presented token depends on.
pub(super) fn binding<F: TokenFacts>(facts: &F) -> Binding {
    match facts.due() {
        Due::Session => Binding::Session,
        Due::None | Due::Offline => Binding::Offline,
    }
}

/// Whether the client may use the token, and has not used it up.
pub(super) fn use_of<F: TokenFacts>(facts: &F) -> Told<Check, RefreshRule> {
    Told::by(|noted| {
        if facts.sender_constrained() && !facts.sender_proof() {
            return Err(Refused::by(ErrorCode::InvalidGrant, RefreshRule::ProofMissing));
        }
        match facts.stored() {
            Stored::Active | Stored::Dead => {}
            Stored::UsedUpInGrace => noted.note(RefreshRule::ReusedInGrace),
            Stored::UsedUp => {
                return Err(Refused::with(ErrorCode::InvalidGrant, RefreshRule::Reused, Fate::FamilyEnds));
            }
        }
        Ok(())
    })
}

/// Whether the stored token is alive.
pub(super) fn record<F: TokenFacts>(facts: &F) -> Told<Result<(), Refused<RecordRule>>, RecordRule> {
    Told::by(|_| {
        if facts.stored() == Stored::Dead {
            return Err(Refused::by(ErrorCode::InvalidGrant, RecordRule::RefreshTokenRevoked));
        }
        if facts.elapsed() {
            let fate = Fate::Ends(EndStatus::Expired);
            return Err(Refused::with(ErrorCode::InvalidGrant, RecordRule::RefreshTokenExpired, fate));
        }
        Ok(())
    })
}

/// Whether an ID Token is returned, and what the request may ask of a token that is alive.
pub(super) fn request<F: TokenFacts>(policy: &Knobs, facts: &F) -> Told<Check<bool>, RefreshRule> {
    Told::by(|noted| {
        if facts.due() == Due::Session && !facts.session_alive() {
            let fate = Fate::Ends(record::of_ended_session(policy));
            return Err(Refused::with(ErrorCode::InvalidGrant, RefreshRule::SessionEnded, fate));
        }
        match facts.scope() {
            AskedScope::Same => {}
            AskedScope::Narrower => noted.note(RefreshRule::ScopeNarrower),
            AskedScope::Wider | AskedScope::Malformed => {
                return Err(Refused::by(ErrorCode::InvalidScope, RefreshRule::ScopeWider));
            }
        }
        noted.note(RefreshRule::Answered);
        let id_token = policy.openid_connect == OpenidConnect::Yes && facts.wants_id_token();
        if id_token {
            noted.note(RefreshRule::IdToken);
        }
        Ok(id_token)
    })
}

/// What becomes of the presented token, by which rule, and whether a new one comes.
pub(super) fn outcome<F: TokenFacts>(
    facts: &F,
    rotation: Rotation,
    noted: &mut Noted<RefreshRule>,
) -> (Fate, RefreshRule, bool) {
    // Within the grace a replaced token is replaced again, whatever the policy says by now; it stays as it is.
    let in_grace = facts.stored() == Stored::UsedUpInGrace;
    let (fate, rule, comes) = match rotation {
        Rotation::Added => (Fate::Touched, RefreshRule::Added, true),
        Rotation::Kept if !in_grace => (Fate::Touched, RefreshRule::Kept, false),
        Rotation::Kept | Rotation::Replaced => (Fate::UsedUp, RefreshRule::Rotated, true),
    };
    noted.note(rule);
    (if in_grace { Fate::Untouched } else { fate }, rule, comes)
}

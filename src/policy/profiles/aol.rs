//! AOL, as George Fletcher described it in 2012.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{CODE_ENDS, Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{Citation, ISSUE_539};

const COMMENT_4: Citation = ISSUE_539.at("comment 4 (G. Fletcher)", "");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "aol",
    kind: ProfileKind::History,
    about: about("AOL, 2012", "Every code gives a refresh token, and it ends with the session unless offline_access was granted.", &[COMMENT_4]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::Scope), &[COMMENT_4]),
        stated(KnobSetting::NoCodeReason(NoCodeReason::NotCodeFlow), &[COMMENT_4]),
        inferred(
            KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent),
            "Comment 4 asks for consent to every list of scopes and names no prompt; offline_access is one of the \
                list.",
        ),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::Yes), &[COMMENT_4]),
        stated(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::Session), &[COMMENT_4]),
        stated(KnobSetting::OfflineRefreshTokenLifetime(OfflineRefreshTokenLifetime::LongButFinite), &[COMMENT_4]),
        inferred(
            KnobSetting::RememberedConsentSufficesForOffline(RememberedConsentSufficesForOffline::No),
            "Comment 4 names no exception, but its author holds in comment 6 that saved consent is not sufficient, \
                and comment 5 reads AOL so.",
        ),
        stated(KnobSetting::AccessTokenLifetime(AccessTokenLifetime::ShorterOfConfiguredAndSession), &[COMMENT_4]),
        inferred(
            KnobSetting::OfflineAccessTokenCappedBySession(OfflineAccessTokenCappedBySession::No),
            "With offline_access access tokens are still good for one hour; the session is not named again.",
        ),
        stated(KnobSetting::RefreshTokenOnAutoApproval(RefreshTokenOnAutoApproval::Always), &[COMMENT_4]),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "Comment 4 makes no difference between public and confidential clients.",
        ),
        stated(KnobSetting::RememberConsent(RememberConsent::Checkbox), &[COMMENT_4]),
        stated(KnobSetting::GrantModel(GrantModel::Single), &[COMMENT_4]),
        inferred(
            KnobSetting::SessionTimeoutMarks(SessionTimeoutMarks::Expired),
            "A refresh token is valid for the life of the session; comment 4 speaks of revocation at logout only.",
        ),
        stated(KnobSetting::LogoutRevokesOffline(LogoutRevokesOffline::No), &[COMMENT_4]),
        configured("access_token_lifetime_s", Constant::Number(3600), &[COMMENT_4]),
        CODE_ENDS,
    ],
};

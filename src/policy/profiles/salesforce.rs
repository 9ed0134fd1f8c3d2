//! Salesforce connected apps.

use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, inferred, stated};
use crate::sources::{ISSUE_539, SALESFORCE_IDLE_LIMIT, SALESFORCE_POLICIES, SALESFORCE_SCOPES};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "salesforce",
    kind: ProfileKind::Vendor,
    about: about("Salesforce connected apps", "A refresh token whenever the scope refresh_token is requested; the app has a policy for its life.", &[SALESFORCE_SCOPES.whole(), SALESFORCE_POLICIES.whole()]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::ScopeOrRefreshToken), &[SALESFORCE_SCOPES.whole()]),
        inferred(
            KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent),
            "The Help describes refresh_token as one of the scopes that the user approves, with no prompt of its own.",
        ),
        inferred(
            KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No),
            "A refresh token comes if one is requested (issue #539 comment 1); the converse is read into it.",
        ),
        stated(
            KnobSetting::OfflineRefreshTokenLifetime(OfflineRefreshTokenLifetime::UntilRevoked),
            &[SALESFORCE_POLICIES.whole()],
        ),
        stated(
            KnobSetting::RefreshTokenOnAutoApproval(RefreshTokenOnAutoApproval::Always),
            &[ISSUE_539.at("comment 1 (M. Jones)", "")],
        ),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "The Help makes no difference between public and confidential clients.",
        ),
        inferred(
            KnobSetting::RefreshTokenPolicy(RefreshTokenPolicy::ValidUntilRevoked),
            "The policy of an app for which nobody has chosen another.",
        ),
        stated(KnobSetting::IdleLimit30Days(IdleLimit30Days::No), &[SALESFORCE_IDLE_LIMIT.whole()]),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};

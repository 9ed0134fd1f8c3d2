//! Okta custom authorization servers.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{OKTA_CONSENT, OKTA_REFRESH};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "okta",
    kind: ProfileKind::Vendor,
    about: about("Okta", "offline_access on the authorization request; single-page applications rotate, with 30 seconds of \
        grace.", &[OKTA_REFRESH.whole(), OKTA_CONSENT.whole()]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::Scope), &[OKTA_REFRESH.whole()]),
        stated(
            KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent),
            &[OKTA_REFRESH.whole(), OKTA_CONSENT.whole()],
        ),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No), &[OKTA_REFRESH.whole()]),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "Whether a screen is shown follows from prompt, application and scope; the kind of client is not named.",
        ),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::BrowserClients), &[OKTA_REFRESH.whole()]),
        configured("reuse_grace_s", Constant::Number(30), &[OKTA_REFRESH.whole()]),
        configured("offline_refresh_token_idle_lifetime_s", Constant::Number(604_800), &[OKTA_REFRESH.whole()]),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};

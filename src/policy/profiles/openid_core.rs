//! OpenID Connect Core 1.0, errata set 2.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, stated};
use crate::sources::OPENID_CORE;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "openid-core",
    title: "OpenID Connect Core 1.0, section 11",
    character: "offline_access counts only with prompt=consent, and a refresh token needs it.",
    base: None,
    sources: &[OPENID_CORE.at("section 11", "OfflineAccess")],
    settings: &[
        // "unless one of these is so, it MUST ignore the offline_access request" (bullet 1, in our words).
        stated(
            KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::Ignore),
            &[OPENID_CORE.at("section 11, bullet 1", "OfflineAccess")],
        ),
    ],
};

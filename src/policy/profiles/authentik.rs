//! authentik, since 2024.2.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, inferred, stated};
use crate::sources::{AUTHENTIK};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "authentik",
    kind: ProfileKind::Server,
    about: about("authentik", "offline_access adds prompt=consent: the page is shown every time.", &[AUTHENTIK.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[AUTHENTIK.at("providers/oauth2/views/authorize.py, check_scope", "")]),
        stated(KnobSetting::RememberedConsentSufficesForOffline(RememberedConsentSufficesForOffline::No), &[AUTHENTIK.at("providers/oauth2/views/authorize.py, check_scope", "")]),
        inferred(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), "The flow of the application decides whether it asks; the kind of client is not looked at."),
    ],
};

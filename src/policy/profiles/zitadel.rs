//! Zitadel, and the zitadel/oidc library.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, stated};
use crate::sources::{ZITADEL};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "zitadel",
    kind: ProfileKind::Server,
    about: about("Zitadel", "offline_access with the response type code brings a refresh token; consent is implicit, and the session does not matter.", &[ZITADEL.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[ZITADEL.at("pkg/op/token.go", "")]),
        stated(KnobSetting::ConsentRequired(ConsentRequired::No), &[ZITADEL.at("pkg/op/auth_request.go", "")]),
        stated(KnobSetting::HybridOffline(HybridOffline::IgnoreIfFrontChannelAccessToken), &[ZITADEL.at("pkg/op/token.go", "")]),
        stated(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::UntilRevoked), &[ZITADEL.at("issue 12637", "")]),
        stated(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), &[ZITADEL.at("pkg/op/auth_request.go", "")]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::All), &[ZITADEL.at("issue 1314", "")]),
        configured("offline_refresh_token_idle_lifetime_s", Constant::Number(2_592_000), &[ZITADEL.at("issue 1314", "")]),
        configured("offline_refresh_token_absolute_lifetime_s", Constant::Number(7_776_000), &[ZITADEL.at("issue 1314", "")]),
    ],
};

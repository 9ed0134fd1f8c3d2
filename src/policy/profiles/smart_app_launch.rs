//! HL7 SMART App Launch on OpenID Connect Core.

use crate::policy::knobs::*;
use crate::policy::configuration::Constant;
use crate::policy::profile::{Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{Citation, SMART, SMART_LAUNCH};

const REFRESH_SCOPES: Citation =
    SMART.at("Scopes for requesting a refresh token", "scopes-for-requesting-a-refresh-token");
const TOKEN_RESPONSE: Citation = SMART_LAUNCH.at("Obtain access token", "obtain-access-token");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "smart-app-launch",
    kind: ProfileKind::Standard,
    about: about("HL7 SMART App Launch 2.2", "A launch from the health record, and two scopes: online_access and offline_access.", &[REFRESH_SCOPES]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OnlineAccessScope(OnlineAccessScope::Yes), &[REFRESH_SCOPES]),
        stated(
            KnobSetting::SmartLaunch(SmartLaunch::Yes),
            &[SMART.at("Scopes for requesting context data", "scopes-for-requesting-context-data")],
        ),
        stated(KnobSetting::TokenResponseScope(TokenResponseScope::Always), &[TOKEN_RESPONSE]),
        inferred(
            KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent),
            "SMART asks for no prompt parameter with offline_access; the user agrees to it as to any other scope.",
        ),
        inferred(
            KnobSetting::SessionTimeoutMarks(SessionTimeoutMarks::Expired),
            "The online token is usable while the user remains online; at a timeout it lapses and nobody revokes it.",
        ),
        configured("access_token_lifetime_s", Constant::Number(3600), &[TOKEN_RESPONSE]),
    ],
};

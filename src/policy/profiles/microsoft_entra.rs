//! The Microsoft identity platform (Microsoft Entra ID).

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{CODE_ENDS, Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{Citation, MICROSOFT_REFRESH, MICROSOFT_SCOPES};

const OFFLINE_ACCESS: Citation = MICROSOFT_SCOPES.at("The offline_access scope", "");
const LIFETIME: Citation = MICROSOFT_REFRESH.at("Token lifetime", "token-lifetime");
const REVOCATION: Citation = MICROSOFT_REFRESH.at("Token revocation", "token-revocation");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "microsoft-entra",
    kind: ProfileKind::Vendor,
    about: about("Microsoft Entra ID", "offline_access is an ordinary scope; the old refresh token stays good when a new one comes.", &[MICROSOFT_SCOPES.whole(), MICROSOFT_REFRESH.whole()]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::Scope), &[OFFLINE_ACCESS]),
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[OFFLINE_ACCESS]),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No), &[OFFLINE_ACCESS]),
        stated(KnobSetting::OfflineNotice(OfflineNotice::Always), &[OFFLINE_ACCESS]),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "Consent is kept per user and application, whatever the kind of client.",
        ),
        stated(KnobSetting::LogoutRevokesOffline(LogoutRevokesOffline::No), &[REVOCATION]),
        stated(KnobSetting::PasswordChangeRevokesOffline(PasswordChangeRevokesOffline::ByRule), &[REVOCATION]),
        stated(KnobSetting::PasswordChangeRule(PasswordChangeRule::PublicPassword), &[REVOCATION]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::ReplaceKeepOld), &[LIFETIME]),
        configured("access_token_lifetime_s", Constant::Number(3600), &[OFFLINE_ACCESS]),
        configured("offline_refresh_token_absolute_lifetime_s", Constant::Number(7_776_000), &[LIFETIME]),
        configured("browser_refresh_token_absolute_lifetime_s", Constant::Number(86_400), &[LIFETIME]),
        CODE_ENDS,
    ],
};

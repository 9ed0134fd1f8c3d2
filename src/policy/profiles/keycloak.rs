//! Keycloak.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{KEYCLOAK_CONSENT, KEYCLOAK_OFFLINE};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "keycloak",
    kind: ProfileKind::Server,
    about: about("Keycloak", "Every code gives a refresh token of the session; offline_access turns it into one that survives \
        logout.", &[KEYCLOAK_OFFLINE.whole()]),
    base: None,
    settings: &[
        stated(
            KnobSetting::PromptConsentOnTrustedClient(PromptConsentOnTrustedClient::Skip),
            &[KEYCLOAK_CONSENT.whole()],
        ),
        stated(KnobSetting::OfflineRequest(OfflineRequest::Scope), &[KEYCLOAK_OFFLINE.whole()]),
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[KEYCLOAK_OFFLINE.whole()]),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::Yes), &[KEYCLOAK_OFFLINE.whole()]),
        stated(
            KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::Session),
            &[KEYCLOAK_OFFLINE.whole()],
        ),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "Consent is kept per user and client, whatever the kind of client.",
        ),
        stated(KnobSetting::LogoutRevokesOffline(LogoutRevokesOffline::No), &[KEYCLOAK_OFFLINE.whole()]),
        configured("offline_refresh_token_idle_lifetime_s", Constant::Number(2_592_000), &[KEYCLOAK_OFFLINE.whole()]),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};

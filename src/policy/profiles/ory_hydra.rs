//! Ory Hydra.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{ORY_HYDRA};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "ory-hydra",
    kind: ProfileKind::Server,
    about: about("Ory Hydra", "offline_access needs no prompt, tokens outlive the session, and each refresh rotates.", &[ORY_HYDRA.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[ORY_HYDRA.at("fosite/handler/oauth2/flow_authorize_code_token.go", "")]),
        stated(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::UntilRevoked), &[ORY_HYDRA.at("oauth2_auth_code_test.go, removing the authentication session", "")]),
        inferred(KnobSetting::UnknownScope(UnknownScope::Error), "A scope that is not in the scope of the client is refused, and what no client has is unknown."),
        stated(KnobSetting::ScopeNotAllowed(ScopeNotAllowed::Error), &[ORY_HYDRA.at("fosite, scope strategy", "")]),
        stated(KnobSetting::PublicAutoApproval(PublicAutoApproval::ExactHttps), &[ORY_HYDRA.at("consent/strategy_default.go", "")]),
        stated(KnobSetting::EarlierScopesOnApproval(EarlierScopesOnApproval::Replaced), &[ORY_HYDRA.at("persistence/sql/persister_consent.go", "")]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::All), &[ORY_HYDRA.at("fosite/handler/oauth2/flow_refresh.go", "")]),
        inferred(KnobSetting::RotatedRefreshTokenLifetime(RotatedRefreshTokenLifetime::New), "Each refresh token gets the configured life; no source read says that a limit is carried over."),
        stated(KnobSetting::AccessTokenRevocationRevokesRefreshToken(AccessTokenRevocationRevokesRefreshToken::Yes), &[ORY_HYDRA.at("fosite/handler/oauth2/revocation.go", "")]),
        configured("access_token_lifetime_s", Constant::Number(3_600), &[ORY_HYDRA.at("spec/config.json", "")]),
        configured("offline_refresh_token_absolute_lifetime_s", Constant::Number(2_592_000), &[ORY_HYDRA.at("spec/config.json", "")]),
    ],
};

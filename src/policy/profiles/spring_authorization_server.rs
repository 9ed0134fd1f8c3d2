//! Spring Authorization Server.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{SPRING_AUTHORIZATION_SERVER};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "spring-authorization-server",
    kind: ProfileKind::Server,
    about: about("Spring Authorization Server", "A refresh token follows the registered grant type; offline_access and prompt=consent play no part.", &[SPRING_AUTHORIZATION_SERVER.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::None), &[SPRING_AUTHORIZATION_SERVER.at("OAuth2RefreshTokenGenerator", "")]),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::Yes), &[SPRING_AUTHORIZATION_SERVER.at("OAuth2RefreshTokenGenerator", "")]),
        inferred(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::UntilRevoked), "The sources show no session that a token ends with."),
        stated(KnobSetting::IssueRefreshTokens(IssueRefreshTokens::ConfidentialClients), &[SPRING_AUTHORIZATION_SERVER.at("OAuth2RefreshTokenGenerator", "")]),
        stated(KnobSetting::PromptVocabulary(PromptVocabulary::NoneOnly), &[SPRING_AUTHORIZATION_SERVER.at("OAuth2AuthorizationCodeRequestAuthenticationProvider", "")]),
        inferred(KnobSetting::AllowImplicit(AllowImplicit::CodeOnly), "The server has the authorization code flow and no other at this endpoint."),
        inferred(KnobSetting::UnknownScope(UnknownScope::Error), "A scope that the client did not register is invalid_scope, and what no client has is unknown."),
        stated(KnobSetting::ScopeNotAllowed(ScopeNotAllowed::Error), &[SPRING_AUTHORIZATION_SERVER.at("OAuth2AuthorizationCodeRequestAuthenticationValidator", "")]),
        stated(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), &[SPRING_AUTHORIZATION_SERVER.at("OAuth2AuthorizationCodeRequestAuthenticationProvider", "")]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::Off), &[SPRING_AUTHORIZATION_SERVER.at("TokenSettings, reuseRefreshTokens", "")]),
        configured("access_token_lifetime_s", Constant::Number(300), &[SPRING_AUTHORIZATION_SERVER.at("TokenSettings", "")]),
        configured("refresh_token_absolute_lifetime_s", Constant::Number(3_600), &[SPRING_AUTHORIZATION_SERVER.at("TokenSettings", "")]),
    ],
};

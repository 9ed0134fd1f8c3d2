//! oidc-provider for Node, as it comes.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{OIDC_PROVIDER};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "oidc-provider",
    kind: ProfileKind::Server,
    about: about("oidc-provider 9", "offline_access is dropped without prompt=consent, consent lasts as long as the session, and public clients rotate.", &[OIDC_PROVIDER.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::PromptVocabulary(PromptVocabulary::LoginConsent), &[OIDC_PROVIDER.at("lib/helpers/interaction_policy/prompts/consent.js", ""), OIDC_PROVIDER.at("measured: select_account is invalid_request", "")]),
        stated(KnobSetting::UnknownPrompt(UnknownPrompt::Error), &[OIDC_PROVIDER.at("lib/actions/authorization/check_prompt.js", "")]),
        stated(KnobSetting::ResponseTypeRefusal(ResponseTypeRefusal::InvalidRequestIfUnregistered), &[OIDC_PROVIDER.at("lib/actions/authorization/check_response_type.js", ""), OIDC_PROVIDER.at("measured: 78 of 78 unregistered types", "")]),
        stated(KnobSetting::ResponseModeParameter(ResponseModeParameter::RedirectErrors), &[OIDC_PROVIDER.at("lib/actions/authorization/check_response_mode.js", ""), OIDC_PROVIDER.at("measured: 25 of 25 in the query", "")]),
        stated(KnobSetting::IdTokenNeedsOpenid(IdTokenNeedsOpenid::Requested), &[OIDC_PROVIDER.at("lib/actions/authorization/check_openid_scope.js", "")]),
        stated(KnobSetting::RequirePkcePublic(RequirePkcePublic::Yes), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", "")]),
        stated(KnobSetting::PkcePlain(PkcePlain::RefuseWithoutCode), &[OIDC_PROVIDER.at("lib/actions/authorization/sender_constraints.js, checkPKCE", "")]),
        stated(KnobSetting::AdmittedRedirectUris(AdmittedRedirectUris::RegisteredOrOnly), &[OIDC_PROVIDER.at("lib/actions/authorization/response_parameters.js, oneRedirectUriClients", ""), OIDC_PROVIDER.at("lib/actions/grants/authorization_code.js", "")]),
        stated(KnobSetting::ScopeNotAllowed(ScopeNotAllowed::Error), &[OIDC_PROVIDER.at("lib/actions/authorization/check_scope.js", "")]),
        stated(KnobSetting::EmptyScope(EmptyScope::AccessDenied), &[OIDC_PROVIDER.at("lib/actions/authorization/interactions.js", "")]),
        stated(KnobSetting::OtherUserHinted(OtherUserHinted::AskOnce), &[OIDC_PROVIDER.at("lib/helpers/interaction_policy/prompts/login.js", ""), OIDC_PROVIDER.at("measured: 60 of 60 were answered for whoever signed in", "")]),
        stated(KnobSetting::AccessDeniedFor(AccessDeniedFor::SignInAndConsent), &[OIDC_PROVIDER.at("lib/actions/authorization/interactions.js", "")]),
        stated(KnobSetting::HybridOffline(HybridOffline::Full), &[OIDC_PROVIDER.at("measured: 42 of 42 front-channel access tokens survive logout", "")]),
        inferred(KnobSetting::OfflineNotice(OfflineNotice::AskedFor), "The page is the application's own; it is told whether offline_access is asked for."),
        stated(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), &[OIDC_PROVIDER.at("lib/helpers/interaction_policy/prompts/consent.js", "")]),
        stated(KnobSetting::NativeAutoApproval(NativeAutoApproval::ResponseTypeNone), &[OIDC_PROVIDER.at("lib/helpers/interaction_policy/prompts/consent.js", ""), OIDC_PROVIDER.at("measured: 524 of 524", "")]),
        stated(KnobSetting::PromptNoneErrorCode(PromptNoneErrorCode::InteractionRequiredIfNative), &[OIDC_PROVIDER.at("lib/helpers/interaction_policy/prompts/consent.js", "")]),
        stated(KnobSetting::GrantModel(GrantModel::PerSession), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", ""), OIDC_PROVIDER.at("measured: 13 of 13 were asked again in another session", "")]),
        stated(KnobSetting::RefusedScopes(RefusedScopes::Remembered), &[OIDC_PROVIDER.at("lib/models/grant.js", ""), OIDC_PROVIDER.at("measured: 22 of 22", "")]),
        stated(KnobSetting::EarlierScopesOnApproval(EarlierScopesOnApproval::LeftOutGo), &[OIDC_PROVIDER.at("measured: 14 of 14", "")]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::Public), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", "")]),
        stated(KnobSetting::RotatedRefreshTokenLifetime(RotatedRefreshTokenLifetime::NewUnlessPublicWeb), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", "")]),
        stated(KnobSetting::ReusedRefreshTokenEnds(ReusedRefreshTokenEnds::Grant), &[OIDC_PROVIDER.at("lib/actions/grants/refresh_token.js", ""), OIDC_PROVIDER.at("measured: 27 of 27", "")]),
        stated(KnobSetting::ReplayedCodeEnds(ReplayedCodeEnds::Grant), &[OIDC_PROVIDER.at("lib/helpers/grant_common.js", ""), OIDC_PROVIDER.at("measured: 179 of 179", "")]),
        stated(KnobSetting::SessionDeadAtExchange(SessionDeadAtExchange::DenyWithoutOfflineAccess), &[OIDC_PROVIDER.at("lib/models/token_helpers.js, checkSessionBinding", ""), OIDC_PROVIDER.at("lib/helpers/revoke.js", "")]),
        stated(KnobSetting::AccessTokenRevocationRevokesRefreshToken(AccessTokenRevocationRevokesRefreshToken::AllOfGrant), &[OIDC_PROVIDER.at("lib/actions/revocation.js", ""), OIDC_PROVIDER.at("lib/helpers/revoke.js", "")]),
        stated(KnobSetting::ForeignTokenRevocationCode(ForeignTokenRevocationCode::InvalidRequestIfConfidential), &[OIDC_PROVIDER.at("lib/helpers/defaults.js, revocationAllowedPolicy", "")]),
        stated(KnobSetting::RevocationCascadesToGrant(RevocationCascadesToGrant::RefreshTokenOnly), &[OIDC_PROVIDER.at("lib/actions/revocation.js", ""), OIDC_PROVIDER.at("measured: consent forgotten 55 of 55, kept 223 of 223", "")]),
        stated(KnobSetting::DeclinedLogout(DeclinedLogout::ClientTokensAndConsent), &[OIDC_PROVIDER.at("lib/actions/end_session.js", ""), OIDC_PROVIDER.at("measured: 153 of 153", "")]),
        configured("access_token_lifetime_s", Constant::Number(3_600), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", "")]),
        configured("code_lifetime_s", Constant::Number(60), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", ""), OIDC_PROVIDER.at("measured: over at equality", "")]),
        configured("offline_refresh_token_absolute_lifetime_s", Constant::Number(1_209_600), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", ""), OIDC_PROVIDER.at("measured: 290 of 290", "")]),
        configured("rotate_after_s", Constant::Number(846_720), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", ""), OIDC_PROVIDER.at("measured: kept 29 of 29 until 70 per cent of the life", "")]),
        configured("grant_lifetime_s", Constant::Number(1_209_600), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", ""), OIDC_PROVIDER.at("measured: 54 of 54", "")]),
        configured("response_types_supported", Constant::Names(&["code", "id_token", "id_token token", "code id_token", "code token", "code id_token token", "none"]), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", "")]),
        configured("scopes_supported", Constant::Names(&["openid", "offline_access", "profile", "email", "address", "phone"]), &[OIDC_PROVIDER.at("lib/helpers/defaults.js", "")]),
    ],
};

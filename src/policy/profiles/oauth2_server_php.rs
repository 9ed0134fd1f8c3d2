//! The oauth2-server-php library, as it comes, with OpenID Connect and implicit enabled.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, inferred, inferred_configuration, stated};
use crate::sources::{OAUTH2_SERVER_PHP};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "oauth2-server-php",
    kind: ProfileKind::Server,
    about: about("oauth2-server-php", "With openid, offline_access alone brings a refresh token; it dies on first use, and none replaces it.", &[OAUTH2_SERVER_PHP.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::PromptVocabulary(PromptVocabulary::NoneOnly), &[OAUTH2_SERVER_PHP.at("OpenID/Controller/AuthorizeController.php", ""), OAUTH2_SERVER_PHP.at("measured: 63 lines with odd values succeed", "")]),
        stated(KnobSetting::ResponseTypeRefusal(ResponseTypeRefusal::InvalidRequestIfUnlisted), &[OAUTH2_SERVER_PHP.at("Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::ResponseModeParameter(ResponseModeParameter::Unknown), &[OAUTH2_SERVER_PHP.at("Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::ClientSideErrors(ClientSideErrors::Query), &[OAUTH2_SERVER_PHP.at("Response.php", ""), OAUTH2_SERVER_PHP.at("measured: 288 of 288", "")]),
        stated(KnobSetting::HybridFlow(HybridFlow::PlainCode), &[OAUTH2_SERVER_PHP.at("OpenID/ResponseType/CodeIdToken.php", ""), OAUTH2_SERVER_PHP.at("measured: 27 of 27", "")]),
        stated(KnobSetting::IdTokenNeedsOpenid(IdTokenNeedsOpenid::Nothing), &[OAUTH2_SERVER_PHP.at("OpenID/Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::MissingNonce(MissingNonce::ErrorPage), &[OAUTH2_SERVER_PHP.at("OpenID/Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::RequireState(RequireState::Yes), &[OAUTH2_SERVER_PHP.at("Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::UnknownScope(UnknownScope::Error), &[OAUTH2_SERVER_PHP.at("Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::ScopeNotAllowed(ScopeNotAllowed::Error), &[OAUTH2_SERVER_PHP.at("Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::EmptyScope(EmptyScope::Issue), &[OAUTH2_SERVER_PHP.at("Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::AccessDeniedFor(AccessDeniedFor::Nothing), &[OAUTH2_SERVER_PHP.at("OpenID/Controller/AuthorizeController.php", ""), OAUTH2_SERVER_PHP.at("measured: a denial is consent_required, 70 of 70", "")]),
        stated(KnobSetting::PromptNoneErrorCode(PromptNoneErrorCode::InteractionRequired), &[OAUTH2_SERVER_PHP.at("OpenID/Controller/AuthorizeController.php", "")]),
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[OAUTH2_SERVER_PHP.at("measured: 116 of 116, and prompt is not looked at", "")]),
        stated(KnobSetting::PlainOauthRefreshToken(PlainOauthRefreshToken::Always), &[OAUTH2_SERVER_PHP.at("OpenID/GrantType/AuthorizationCode.php", ""), OAUTH2_SERVER_PHP.at("measured: 54 of 54", "")]),
        stated(KnobSetting::UnregisteredRefreshGrant(UnregisteredRefreshGrant::Issue), &[OAUTH2_SERVER_PHP.at("measured: 32 of 32", "")]),
        stated(KnobSetting::OfflineScopeWithoutCode(OfflineScopeWithoutCode::Kept), &[OAUTH2_SERVER_PHP.at("measured: 31 of 31", "")]),
        inferred(KnobSetting::OfflineNotice(OfflineNotice::Never), "The library shows no page; the application is asked for a yes or no alone."),
        inferred(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), "The application decides whether it asks; the library does not look at the kind of client."),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::UsedUp), &[OAUTH2_SERVER_PHP.at("GrantType/RefreshToken.php", ""), OAUTH2_SERVER_PHP.at("measured: 60 of 60", "")]),
        stated(KnobSetting::RotatedRefreshTokenLifetime(RotatedRefreshTokenLifetime::New), &[OAUTH2_SERVER_PHP.at("GrantType/RefreshToken.php", "")]),
        stated(KnobSetting::ReusedRefreshTokenEnds(ReusedRefreshTokenEnds::Nothing), &[OAUTH2_SERVER_PHP.at("GrantType/RefreshToken.php", "")]),
        stated(KnobSetting::ReplayedCodeEnds(ReplayedCodeEnds::Nothing), &[OAUTH2_SERVER_PHP.at("GrantType/AuthorizationCode.php", ""), OAUTH2_SERVER_PHP.at("measured: 30 of 30", "")]),
        stated(KnobSetting::RevocationCascadesToGrant(RevocationCascadesToGrant::FamilySpared), &[OAUTH2_SERVER_PHP.at("measured: 22 of 22 and 19 of 19", "")]),
        configured("access_token_lifetime_s", Constant::Number(3_600), &[OAUTH2_SERVER_PHP.at("Server.php", "")]),
        configured("code_lifetime_s", Constant::Number(31), &[OAUTH2_SERVER_PHP.at("measured: 30 seconds, alive at equality", "")]),
        configured("offline_refresh_token_absolute_lifetime_s", Constant::Number(1_209_600), &[OAUTH2_SERVER_PHP.at("Server.php", "")]),
        configured("response_types_supported", Constant::Names(&["code", "token", "id_token", "id_token token", "code id_token"]), &[OAUTH2_SERVER_PHP.at("Server.php", "")]),
        inferred_configuration("scopes_supported", Constant::Names(&["openid", "offline_access", "profile", "email", "api"]), "The library has no scopes of its own; these are those of the server that was measured."),
    ],
};

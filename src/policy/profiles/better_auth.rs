//! The oauth-provider plugin of better-auth.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, stated};
use crate::sources::{BETTER_AUTH};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "better-auth",
    kind: ProfileKind::Server,
    about: about("better-auth oauth-provider 1.7", "offline_access alone brings a refresh token, and each approval replaces the stored consent.", &[BETTER_AUTH.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::UnknownPrompt(UnknownPrompt::Error), &[BETTER_AUTH.at("types/zod.ts", "")]),
        stated(KnobSetting::AllowImplicit(AllowImplicit::CodeOnly), &[BETTER_AUTH.at("authorize.ts", "")]),
        stated(KnobSetting::ResponseTypeRefusal(ResponseTypeRefusal::ErrorPage), &[BETTER_AUTH.at("authorize.ts", "")]),
        stated(KnobSetting::RequirePkcePublic(RequirePkcePublic::AllClients), &[BETTER_AUTH.at("utils", "")]),
        stated(KnobSetting::PkcePlain(PkcePlain::Refuse), &[BETTER_AUTH.at("utils", "")]),
        stated(KnobSetting::AdmittedRedirectUris(AdmittedRedirectUris::Exact), &[BETTER_AUTH.at("authorize.ts", "")]),
        stated(KnobSetting::UnknownScope(UnknownScope::Error), &[BETTER_AUTH.at("authorize.ts", "")]),
        stated(KnobSetting::ScopeNotAllowed(ScopeNotAllowed::Error), &[BETTER_AUTH.at("authorize.ts", "")]),
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[BETTER_AUTH.at("authorize.ts", "")]),
        stated(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), &[BETTER_AUTH.at("authorize.ts", "")]),
        stated(KnobSetting::PromptConsentWithCondition(PromptConsentWithCondition::Ask), &[BETTER_AUTH.at("authorize.ts", "")]),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No), &[BETTER_AUTH.at("token.ts", "")]),
        stated(KnobSetting::UnregisteredRefreshGrant(UnregisteredRefreshGrant::ImpliedByCode), &[BETTER_AUTH.at("utils", "")]),
        stated(KnobSetting::EarlierScopesOnApproval(EarlierScopesOnApproval::Replaced), &[BETTER_AUTH.at("consent.ts", "")]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::All), &[BETTER_AUTH.at("token.ts", "")]),
        stated(KnobSetting::ReusedRefreshTokenEnds(ReusedRefreshTokenEnds::ClientTokens), &[BETTER_AUTH.at("token.ts", "")]),
        stated(KnobSetting::SuccessorScope(SuccessorScope::Narrowed), &[BETTER_AUTH.at("token.ts", "")]),
        stated(KnobSetting::LogoutRevokesOffline(LogoutRevokesOffline::AccessTokensOnly), &[BETTER_AUTH.at("logout.ts", "")]),
        stated(KnobSetting::ForeignTokenRevocationCode(ForeignTokenRevocationCode::Http200), &[BETTER_AUTH.at("revoke.ts", "")]),
        configured("access_token_lifetime_s", Constant::Number(3_600), &[BETTER_AUTH.at("oauth.ts", "")]),
        configured("refresh_token_idle_lifetime_s", Constant::Number(2_592_000), &[BETTER_AUTH.at("oauth.ts", "")]),
        configured("code_lifetime_s", Constant::Number(600), &[BETTER_AUTH.at("oauth.ts", "")]),
        configured("reuse_grace_s", Constant::Number(0), &[BETTER_AUTH.at("token.ts", "")]),
        configured("scopes_supported", Constant::Names(&["openid", "profile", "email", "offline_access"]), &[BETTER_AUTH.at("oauth.ts", "")]),
        configured("default_scope", Constant::Names(&["openid", "profile", "email", "offline_access"]), &[BETTER_AUTH.at("authorize.ts", "")]),
    ],
};

//! workers-oauth-provider of Cloudflare.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, stated};
use crate::sources::{WORKERS_OAUTH_PROVIDER};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "cloudflare-workers",
    kind: ProfileKind::Server,
    about: about("Cloudflare workers-oauth-provider 0.10", "Every code gives a refresh token, and the previous one stays good until the new one is used.", &[WORKERS_OAUTH_PROVIDER.whole()]),
    base: Some(&super::oauth2::PROFILE),
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::None), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleTokenRequest", "")]),
        stated(KnobSetting::PromptVocabulary(PromptVocabulary::None), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, parseAuthRequest", "")]),
        stated(KnobSetting::OpenidConnect(OpenidConnect::No), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleTokenRequest", "")]),
        stated(KnobSetting::AllowImplicit(AllowImplicit::CodeOnly), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-capabilities.ts", "")]),
        stated(KnobSetting::RequirePkcePublic(RequirePkcePublic::Yes), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-capabilities.ts", "")]),
        stated(KnobSetting::PkcePlain(PkcePlain::Refuse), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-capabilities.ts", "")]),
        stated(KnobSetting::AdmittedRedirectUris(AdmittedRedirectUris::Exact), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, parseAuthRequest", "")]),
        stated(KnobSetting::UnknownScope(UnknownScope::Ignore), &[WORKERS_OAUTH_PROVIDER.at("README, Quick start", "")]),
        stated(KnobSetting::AutoApproval(AutoApproval::No), &[WORKERS_OAUTH_PROVIDER.at("README, Quick start", "")]),
        stated(KnobSetting::UnregisteredRefreshGrant(UnregisteredRefreshGrant::ImpliedByCode), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleTokenRequest", "")]),
        stated(KnobSetting::OldRefreshTokenAfterIncrement(OldRefreshTokenAfterIncrement::AllAtApproval), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, completeAuthorization", "")]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::UntilSuccessorUsed), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleRefreshTokenGrant", "")]),
        stated(KnobSetting::ReusedRefreshTokenEnds(ReusedRefreshTokenEnds::Nothing), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleRefreshTokenGrant", "")]),
        stated(KnobSetting::ReplayedCodeEnds(ReplayedCodeEnds::Grant), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleAuthorizationCodeGrant", "")]),
        stated(KnobSetting::WiderScopeAtRefresh(WiderScopeAtRefresh::Narrow), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, downscope", "")]),
        stated(KnobSetting::RevocationCascadesToGrant(RevocationCascadesToGrant::Yes), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, revokeToken", "")]),
        stated(KnobSetting::ForeignTokenRevocationCode(ForeignTokenRevocationCode::Http200), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, revokeToken", "")]),
        configured("access_token_lifetime_s", Constant::Number(3_600), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, options", "")]),
        configured("refresh_token_absolute_lifetime_s", Constant::Number(2_592_000), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, options", "")]),
        configured("code_lifetime_s", Constant::Number(600), &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, completeAuthorization", "")]),
    ],
};

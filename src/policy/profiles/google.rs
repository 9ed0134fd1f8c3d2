//! Google, as its identity documentation describes it today.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{
    Citation, GOOGLE_APPROVAL_PROMPT, GOOGLE_JAVASCRIPT, GOOGLE_NATIVE, GOOGLE_OAUTH, GOOGLE_WEB_SERVER,
    HOLOVIZ_PANEL_5815, TRAEFIKOIDC_44,
};

const OFFLINE: Citation = GOOGLE_WEB_SERVER.at("Refreshing an access token (offline access)", "offline");
const PARAMETERS: Citation = GOOGLE_WEB_SERVER.at("Set authorization parameters", "creatingclient");
const INCREMENTAL: Citation = GOOGLE_WEB_SERVER.at("Incremental authorization", "incrementalAuth");
const REVOKING: Citation = GOOGLE_WEB_SERVER.at("Revoking a token", "tokenrevoke");
const EXPIRATION: Citation = GOOGLE_OAUTH.at("Refresh token expiration", "expiration");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "google",
    kind: ProfileKind::Vendor,
    about: about("Google today", "access_type=offline gives a refresh token on the first authorization, and again with prompt=consent.", &[GOOGLE_OAUTH.whole(), GOOGLE_WEB_SERVER.whole(), GOOGLE_NATIVE.whole(), GOOGLE_JAVASCRIPT.whole()]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::AccessType), &[OFFLINE, PARAMETERS]),
        stated(
            KnobSetting::ForeignAccessScope(ForeignAccessScope::ErrorPage),
            &[HOLOVIZ_PANEL_5815.whole(), TRAEFIKOIDC_44.whole()],
        ),
        stated(KnobSetting::PromptVocabulary(PromptVocabulary::Google), &[PARAMETERS]),
        stated(KnobSetting::LegacyApprovalPrompt(LegacyApprovalPrompt::Ignore), &[GOOGLE_APPROVAL_PROMPT.whole()]),
        stated(KnobSetting::AutoApprovalReason(AutoApprovalReason::NotFirstAuthorization), &[OFFLINE]),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No), &[PARAMETERS]),
        inferred(
            KnobSetting::OfflineRefreshTokenLifetime(OfflineRefreshTokenLifetime::UntilRevoked),
            "The list of reasons for which a refresh token stops working names no age, only events and six months \
                without use.",
        ),
        stated(KnobSetting::NativeOfflineByDefault(NativeOfflineByDefault::Yes), &[GOOGLE_NATIVE.whole()]),
        stated(KnobSetting::AutoApproval(AutoApproval::Yes), &[PARAMETERS]),
        stated(KnobSetting::RefreshTokenOnAutoApproval(RefreshTokenOnAutoApproval::Never), &[OFFLINE]),
        inferred(
            KnobSetting::NewScopeUnderAutoApproval(NewScopeUnderAutoApproval::PromptForNew),
            "Incremental authorization adds a scope by asking the user for it.",
        ),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "The documentation prompts at the first request of a project, whatever the kind of client.",
        ),
        stated(KnobSetting::SupportsIncludeGrantedScopes(SupportsIncludeGrantedScopes::Yes), &[INCREMENTAL]),
        stated(KnobSetting::IncludeGrantedScopesPublic(IncludeGrantedScopesPublic::Ignore), &[GOOGLE_NATIVE.whole()]),
        stated(
            KnobSetting::IncludeGrantedScopesExcludes(IncludeGrantedScopesExcludes::InstalledApps),
            &[GOOGLE_NATIVE.whole(), GOOGLE_JAVASCRIPT.whole()],
        ),
        stated(KnobSetting::GrantModel(GrantModel::PerProject), &[INCREMENTAL]),
        stated(KnobSetting::PasswordChangeRevokesOffline(PasswordChangeRevokesOffline::ByRule), &[EXPIRATION]),
        stated(KnobSetting::PasswordChangeRule(PasswordChangeRule::GmailScopes), &[EXPIRATION]),
        stated(KnobSetting::RevocationCascadesToGrant(RevocationCascadesToGrant::Yes), &[INCREMENTAL, REVOKING]),
        stated(
            KnobSetting::AccessTokenRevocationRevokesRefreshToken(AccessTokenRevocationRevokesRefreshToken::Yes),
            &[REVOKING],
        ),
        inferred(
            KnobSetting::UserRevocationClearsConsent(UserRevocationClearsConsent::Yes),
            "After a revocation the user is asked again, as on the first authorization.",
        ),
        inferred(
            KnobSetting::LegacyParamConflict(LegacyParamConflict::ErrorPage),
            "The error is known, its placement is not documented; users report it from an error page of Google's.",
        ),
        stated(
            KnobSetting::AdminRestrictionError(AdminRestrictionError::AdminPolicyEnforced),
            &[GOOGLE_WEB_SERVER.whole()],
        ),
        stated(KnobSetting::TestingProjectLimit(TestingProjectLimit::Yes), &[EXPIRATION]),
        configured("max_refresh_tokens_per_client_and_user", Constant::Number(100), &[EXPIRATION]),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};

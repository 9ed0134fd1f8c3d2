//! Knobs: the finite questions on which the sources differ.
//!
//! A knob is an enum. Its id, its question, the evidence and the meaning of each value stand beside it, and the
//! catalogue for the package, the playground and the documentation is made from there.

#[macro_use]
pub(crate) mod definition;

mod approval;
mod errors;
mod incremental;
mod offline_consent;
mod page;
mod request;
mod session;
mod token_endpoint;
mod vendor;
mod vocabulary;

pub use approval::*;
pub use definition::{Group, Knob, KnobOption, KnobValue, OptionValue};
pub use errors::*;
pub use incremental::*;
pub use offline_consent::*;
pub use page::*;
pub use request::*;
pub use session::*;
pub use token_endpoint::*;
pub use vendor::*;
pub use vocabulary::*;

knobs! {
    // How the request asks, and in which words the server answers.
    offline_request: OfflineRequest,
    online_access_scope: OnlineAccessScope,
    prompt_vocabulary: PromptVocabulary,
    legacy_approval_prompt: LegacyApprovalPrompt,
    smart_launch: SmartLaunch,
    no_code_reason: NoCodeReason,
    auto_approval_reason: AutoApprovalReason,
    foreign_access_scope: ForeignAccessScope,
    token_response_scope: TokenResponseScope,
    response_mode_parameter: ResponseModeParameter,
    hybrid_flow: HybridFlow,
    openid_connect: OpenidConnect,

    // Consent to offline access.
    offline_without_consent: OfflineWithoutConsent,
    refresh_token_without_offline: RefreshTokenWithoutOffline,
    default_refresh_token_binding: DefaultRefreshTokenBinding,
    offline_refresh_token_lifetime: OfflineRefreshTokenLifetime,
    saved_consent_is_condition: SavedConsentIsCondition,
    remembered_consent_suffices_for_offline: RememberedConsentSufficesForOffline,
    native_explicit_consent: NativeExplicitConsent,
    native_offline_by_default: NativeOfflineByDefault,
    prompt_none_with_offline: PromptNoneWithOffline,
    hybrid_offline: HybridOffline,
    apply_to_plain_oauth: ApplyToPlainOauth,
    plain_oauth_refresh_token: PlainOauthRefreshToken,
    unregistered_refresh_grant: UnregisteredRefreshGrant,
    offline_scope_without_code: OfflineScopeWithoutCode,
    prompt_consent_with_condition: PromptConsentWithCondition,
    access_token_lifetime: AccessTokenLifetime,
    offline_access_token_capped_by_session: OfflineAccessTokenCappedBySession,
    issue_refresh_tokens: IssueRefreshTokens,
    offline_notice: OfflineNotice,

    // Approval without a page.
    auto_approval: AutoApproval,
    native_auto_approval: NativeAutoApproval,
    refresh_token_on_auto_approval: RefreshTokenOnAutoApproval,
    first_refresh_token_rule: FirstRefreshTokenRule,
    new_scope_under_auto_approval: NewScopeUnderAutoApproval,
    public_auto_approval: PublicAutoApproval,
    client_side_auto_approval: ClientSideAutoApproval,
    access_type_on_native: AccessTypeOnNative,
    access_type_offline_in_token_flow: AccessTypeOfflineInTokenFlow,
    remember_consent: RememberConsent,
    already_granted_display: AlreadyGrantedDisplay,
    refused_scopes: RefusedScopes,
    earlier_scopes_on_approval: EarlierScopesOnApproval,
    remembered_consent_binding: RememberedConsentBinding,
    loopback_auto_approval: LoopbackAutoApproval,
    redirect_notice: RedirectNotice,

    // Incremental authorization and grants.
    supports_include_granted_scopes: SupportsIncludeGrantedScopes,
    include_granted_scopes_public: IncludeGrantedScopesPublic,
    include_granted_scopes_excludes: IncludeGrantedScopesExcludes,
    supports_existing_grant: SupportsExistingGrant,
    existing_grant_failure: ExistingGrantFailure,
    code_consumed_on_failure: CodeConsumedOnFailure,
    old_refresh_token_after_increment: OldRefreshTokenAfterIncrement,
    grant_model: GrantModel,
    grant_management_action_required: GrantManagementActionRequired,

    // The session, and what ends a token.
    both_online_offline: BothOnlineOffline,
    honour_online_access: HonourOnlineAccess,
    online_access_needs_consent: OnlineAccessNeedsConsent,
    browser_requires_online_access: BrowserRequiresOnlineAccess,
    smart_online_access_standalone: SmartOnlineAccessStandalone,
    session_timeout_marks: SessionTimeoutMarks,
    logout_revokes_offline: LogoutRevokesOffline,
    password_change_revokes_offline: PasswordChangeRevokesOffline,
    password_change_rule: PasswordChangeRule,
    session_dead_at_exchange: SessionDeadAtExchange,
    account_switch_ends_session: AccountSwitchEndsSession,
    revocation_cascades_to_grant: RevocationCascadesToGrant,
    supports_access_token_revocation: SupportsAccessTokenRevocation,
    access_token_revocation_revokes_refresh_token: AccessTokenRevocationRevokesRefreshToken,
    foreign_token_revocation_code: ForeignTokenRevocationCode,
    user_revocation_clears_consent: UserRevocationClearsConsent,
    condition_withdrawn_revokes: ConditionWithdrawnRevokes,
    refresh_token_rotation: RefreshTokenRotation,
    rotated_refresh_token_lifetime: RotatedRefreshTokenLifetime,
    successor_scope: SuccessorScope,
    wider_scope_at_refresh: WiderScopeAtRefresh,
    reused_refresh_token_ends: ReusedRefreshTokenEnds,
    replayed_code_ends: ReplayedCodeEnds,
    sender_constrained_tokens: SenderConstrainedTokens,
    declined_logout: DeclinedLogout,

    // Prompts and errors.
    prompt_none_error_code: PromptNoneErrorCode,
    unknown_prompt: UnknownPrompt,
    unknown_display: UnknownDisplay,
    unknown_scope: UnknownScope,
    require_hint_with_none: RequireHintWithNone,
    max_age_zero_with_none: MaxAgeZeroWithNone,
    must_select_account: MustSelectAccount,
    legacy_param_conflict: LegacyParamConflict,
    unknown_response_type_placement: UnknownResponseTypePlacement,
    client_side_errors: ClientSideErrors,
    error_vs_open_redirector: ErrorVsOpenRedirector,
    require_pkce_public: RequirePkcePublic,
    pkce_plain: PkcePlain,
    allow_implicit: AllowImplicit,
    response_type_refusal: ResponseTypeRefusal,
    id_token_needs_openid: IdTokenNeedsOpenid,
    missing_nonce: MissingNonce,
    require_state: RequireState,
    admitted_redirect_uris: AdmittedRedirectUris,
    public_clients: PublicClients,
    scope_not_allowed: ScopeNotAllowed,
    empty_scope: EmptyScope,
    other_user_hinted: OtherUserHinted,
    access_denied_for: AccessDeniedFor,

    // Settings of single vendors.
    admin_restriction_error: AdminRestrictionError,
    consent_required: ConsentRequired,
    prompt_consent_on_trusted_client: PromptConsentOnTrustedClient,
    first_party_skips_consent: FirstPartySkipsConsent,
    resource_allows_offline: ResourceAllowsOffline,
    refresh_token_policy: RefreshTokenPolicy,
    idle_limit_30_days: IdleLimit30Days,
    testing_project_limit: TestingProjectLimit,
}

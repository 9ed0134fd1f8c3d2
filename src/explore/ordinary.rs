//! Ordinary situations, from which examples differ as little as can be: most of what people ask about.

use crate::decide::authorize::facts::{
    AccessType, AccountAnswer, AnsweredPage, ApprovalPrompt, AskedResponseType, AskedWord, AuthorizeFact,
    AuthorizeSituation, ClientStanding, CodeChallenge, Condition, ConsentAnswer, Display, GrantAction, GrantId, Hint,
    IncludeGrantedScopes, Kept, Launch, LoginAnswer, MaxAge, OrdinaryScopes, PriorGrant, RememberAnswer, RequestObject,
    SavedConsent, ScopeStanding,
};
use crate::decide::authorize::verdict::Authorize;
use crate::decide::component::Components;
use crate::decide::fact::Situation;
use crate::decide::lifecycle::facts::{
    LifecycleFact, LifecycleSituation, LogoutHint, Occurrence, Record, Revoked, StoredStatus, UserAnswer,
};
use crate::decide::lifecycle::verdict::Lifecycle;
use crate::decide::syntax::Syntax;
use crate::decide::token::facts::{
    AskedScope, Due, ExistingGrant, GrantType, Presented, Stored, TokenFact, TokenSituation, Verifier,
};
use crate::decide::token::verdict::Token;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::redirect::{RedirectForm, RedirectProof};
use crate::oauth::response::ResponseMode;

/// An engine of which it is known what most people ask about.
pub trait Ordinary: Components {
    /// An ordinary situation.
    fn ordinary() -> Situation<Self::Fact>;
}

impl Ordinary for Authorize {
    fn ordinary() -> Situation<AuthorizeFact> {
        authorization()
    }
}

impl Ordinary for Token {
    fn ordinary() -> Situation<TokenFact> {
        token_request()
    }
}

impl Ordinary for Lifecycle {
    fn ordinary() -> Situation<LifecycleFact> {
        occurrence()
    }
}

/// A web application asks for a code with PKCE and the scope `openid`; the user is signed in and granted nothing yet.
fn authorization() -> Situation<AuthorizeFact> {
    Situation::from(AuthorizeSituation {
        client: ClientStanding::Known,
        syntax: Syntax::WellFormed,
        response_type: AskedResponseType::Code,
        redirect_uri_sent: true,
        response_type_supported: true,
        response_type_registered: true,
        response_mode: ResponseMode::Default,
        request_object: RequestObject::Absent,
        prompt_none: false,
        prompt_login: false,
        prompt_consent: false,
        prompt_select_account: false,
        prompt_force: false,
        prompt_auto: false,
        prompt_unknown: false,
        display: Display::Known,
        nonce: true,
        state_sent: true,
        code_challenge: CodeChallenge::S256,
        max_age_malformed: false,
        max_age: MaxAge::Absent,
        foreign_hint: false,
        hint: Hint::Absent,
        scope: ScopeStanding::Fine,
        ordinary_not_allowed: false,
        openid: true,
        ordinary_scopes: OrdinaryScopes::SomeNew,
        unrefused_scopes: OrdinaryScopes::SomeNew,
        offline_refused_before: false,
        online_refused_before: false,
        asks_offline_access: AskedWord::No,
        asks_refresh_token_scope: AskedWord::No,
        asks_online_access: AskedWord::No,
        access_type: AccessType::Absent,
        approval_prompt: ApprovalPrompt::Absent,
        include_granted_scopes: IncludeGrantedScopes::Absent,
        grant_action: GrantAction::Absent,
        grant_id: GrantId::Absent,
        launch_sent: false,
        application_type: ApplicationType::Web,
        client_type: ClientType::Confidential,
        redirect_proof: RedirectProof::ExactHttps,
        redirect_form: RedirectForm::Web,
        only_loopback: false,
        first_party: false,
        refresh_grant_registered: true,
        signed_in: true,
        several_accounts: false,
        login_answer: LoginAnswer::Open,
        account_answer: AccountAnswer::Open,
        prior_grant: PriorGrant::None,
        grant_of_session: false,
        grant_for_other_redirect_uri: false,
        offline_granted_before: false,
        refresh_token_scope_granted_before: false,
        online_granted_before: false,
        first_code_exchanged: true,
        saved_consent: SavedConsent::NotExplicit,
        condition: Condition::None,
        launch: Launch::Unstated,
        client_eligible: true,
        user_may_have_offline: true,
        admin_restricted: false,
        consent_screen_available: true,
        consent_valid: true,
        consent_answer: ConsentAnswer::Open,
        answered_page: AnsweredPage::This,
        kept: Kept::All,
        keeps_offline: true,
        keeps_online: true,
        remember: RememberAnswer::Unsaid,
        time_limited: false,
        beyond_basic_profile: false,
        testing_project: false,
        browser_absolute_limit: false,
        offline_absolute_limit: false,
        absolute_limit: false,
        offline_idle_limit: false,
        idle_limit: false,
        policy_duration: false,
        grant_ends: false,
    })
}

/// A web application redeems the code of an authorization that fixed an offline refresh token.
fn token_request() -> Situation<TokenFact> {
    Situation::from(TokenSituation {
        syntax: Syntax::WellFormed,
        grant_type: GrantType::AuthorizationCode,
        client_known: true,
        authenticated: true,
        client_type: ClientType::Confidential,
        application_type: ApplicationType::Web,
        grant_type_registered: true,
        code_grant_registered: true,
        presented: Presented::Theirs,
        stored: Stored::Active,
        elapsed: false,
        redirect_uri_fits: true,
        verifier: Verifier::Fits,
        due: Due::Offline,
        session_alive: true,
        existing_grant: ExistingGrant::Absent,
        replaces_grant_tokens: false,
        scope: AskedScope::Same,
        leaves_out_offline: false,
        aged: false,
        sender_constrained: false,
        sender_proof: false,
        wants_id_token: false,
        limited: false,
        testing_project: false,
        beyond_basic_profile: false,
        browser_absolute_limit: false,
        offline_absolute_limit: false,
        absolute_limit: false,
        offline_idle_limit: false,
        idle_limit: false,
        policy_duration: false,
        grant_ends: false,
        only_redirect_uri_left_out: false,
    })
}

/// A signed-in user logs out.
fn occurrence() -> Situation<LifecycleFact> {
    Situation::from(LifecycleSituation {
        occurrence: Occurrence::Logout,
        signed_in: true,
        logout_hint: LogoutHint::Fits,
        user_answer: UserAnswer::Open,
        logout_client: false,
        client_known: true,
        authenticated: true,
        client_type: ClientType::Confidential,
        revoked: Revoked::RefreshToken,
        grant_scope: true,
        grant_found: true,
        limited: false,
        record: Record::RefreshToken,
        stored_status: StoredStatus::Active,
        elapsed: false,
        bound_to_session: false,
        session_alive: true,
        application_type: ApplicationType::Web,
        testing_project: false,
        beyond_basic_profile: false,
        browser_absolute_limit: false,
        offline_absolute_limit: false,
        absolute_limit: false,
        offline_idle_limit: false,
        idle_limit: false,
        policy_duration: false,
        grant_ends: false,
    })
}

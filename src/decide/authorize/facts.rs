//! Everything that a decision at the authorization endpoint depends on, as small enums: no strings, no times.
//!
//! Facts describe the request as it was written, in the union of all vocabularies, never one profile's reading of
//! it; else two policies could not be compared. Times appear as comparisons, scopes as classes, and the facts of
//! session and grant are those of the user who is answered for.

use crate::decide::syntax::Syntax;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::redirect::{RedirectForm, RedirectProof};
use crate::oauth::response::{ResponseMode, ResponseType};

finite_values!(ApplicationType { Web, Native, Browser });

finite_values!(ClientType { Confidential, Public });

finite_values!(RedirectProof { ClaimedHttps, ExactHttps, Localhost, Nothing });

finite_values!(RedirectForm { Web, Wildcard, PrivateUse });

finite_values!(ResponseMode { Default, Query, Fragment, FormPost, Unknown });

finite! {
    /// Whether the request can be answered to its client at all.
    ClientStanding {
        /// The client is known and the redirect URI is one of its own.
        Known,
        /// The query is longer than is read.
        Unreadable,
        /// No such client.
        UnknownClient,
        /// The redirect URI is not registered, or none is named and several are.
        UnknownRedirect,
    }
    /// The response type that was asked for.
    AskedResponseType {
        /// Not sent.
        Missing,
        /// A value that is no response type.
        Unknown,
        /// The same, and one of its words is `token` or `id_token`.
        UnknownWithToken,
        /// `code`
        Code,
        /// `token`
        Token,
        /// `id_token`
        IdToken,
        /// `id_token token`
        IdTokenToken,
        /// `code id_token`
        CodeIdToken,
        /// `code token`
        CodeToken,
        /// `code id_token token`
        CodeIdTokenToken,
        /// `none`
        None,
    }
    /// A request object.
    RequestObject {
        /// None.
        Absent,
        /// By value.
        Request,
        /// By reference.
        RequestUri,
    }
    /// The display parameter.
    Display {
        /// Absent, or a value of OpenID Connect Core.
        Known,
        /// Another value.
        Unknown,
    }
    /// The PKCE challenge (RFC 7636).
    CodeChallenge {
        /// Not sent.
        Absent,
        /// Sent with the method S256, which does not expose the verifier.
        S256,
        /// Sent with the method plain, or without one, which means plain (RFC 7636, section 4.3).
        Plain,
        /// Sent with a method that RFC 7636 does not define.
        UnknownMethod,
        /// Sent, and not of the form that RFC 7636, section 4.2, gives it.
        Malformed,
    }
    /// max_age, or the client's default_max_age, against the time since the last active sign-in.
    MaxAge {
        /// Neither.
        Absent,
        /// Not exceeded.
        Within,
        /// Exceeded.
        Exceeded,
        /// Zero: the same as prompt=login.
        Zero,
    }
    /// The id_token_hint.
    Hint {
        /// Not sent.
        Absent,
        /// Of the signed-in user, or nobody is signed in.
        SameUser,
        /// Of another user.
        OtherUser,
    }
    /// The scope parameter.
    ScopeStanding {
        /// Every scope is known and allowed.
        Fine,
        /// Not sent, and there is a default.
        Default,
        /// Not sent, and there is no default.
        Omitted,
        /// A character that RFC 6749 does not allow.
        Malformed,
        /// More scopes than the configured limit.
        Overbroad,
        /// At least one is unknown, at least one is known and allowed.
        SomeUnknown,
        /// At least one is not allowed, the others are fine.
        SomeNotAllowed,
        /// None is left that is known and allowed; at least one was unknown.
        NoneKnown,
        /// None is left that is known and allowed; each was known.
        NoneAllowed,
    }
    /// The scopes but `offline_access`, `online_access` and `refresh_token`, against those of the prior grant.
    OrdinaryScopes {
        /// None was asked.
        NoneAsked,
        /// All were granted before.
        AllGranted,
        /// At least one is new.
        SomeNew,
    }
    /// A scope that some vocabulary reads as a request for offline or online access.
    AskedWord {
        /// Not asked for.
        No,
        /// Asked for; the server's configuration does not name it among the scopes that it supports, nor leave it out.
        Asked,
        /// Asked for, and the server's configuration names it among the scopes that it supports.
        Supported,
        /// Asked for, and the server's configuration lists the scopes that it supports without it.
        Unsupported,
        /// Asked for, and the server does not allow it to this client.
        NotAllowed,
    }
    /// Google's access_type.
    AccessType {
        /// Not sent.
        Absent,
        /// `online`
        Online,
        /// `offline`
        Offline,
        /// Another value.
        Unknown,
    }
    /// Google's approval_prompt.
    ApprovalPrompt {
        /// Not sent.
        Absent,
        /// `auto`
        Auto,
        /// `force`
        Force,
        /// Another value.
        Unknown,
    }
    /// include_granted_scopes.
    IncludeGrantedScopes {
        /// Not sent.
        Absent,
        /// `true`
        True,
        /// `false`
        False,
        /// Another value.
        Unknown,
    }
    /// grant_management_action.
    GrantAction {
        /// Not sent.
        Absent,
        /// `create`
        Create,
        /// `merge`
        Merge,
        /// `replace`
        Replace,
        /// Another action, or one that the server does not offer.
        Unsupported,
    }
    /// grant_id.
    GrantId {
        /// Not sent.
        Absent,
        /// A live grant of this user and this client.
        Theirs,
        /// Unknown, dead, or somebody else's.
        NotTheirs,
    }
    /// What the person did on the sign-in page.
    LoginAnswer {
        /// Not shown yet.
        Open,
        /// Signed in.
        Done,
        /// Could not sign in.
        Failed,
        /// Gave up: the person does not want to sign in.
        Denied,
        /// Answered longer ago than the policy lets an answer count.
        TooOld,
    }
    /// What the person did on the account page.
    AccountAnswer {
        /// Not shown yet.
        Open,
        /// Chose an account.
        Done,
        /// Made no choice.
        NoneChosen,
        /// Answered longer ago than the policy lets an answer count.
        TooOld,
    }
    /// What the person did on the consent page.
    ConsentAnswer {
        /// Not shown yet.
        Open,
        /// Approved.
        Approved,
        /// Refused.
        Denied,
        /// Could not answer.
        Impossible,
    }
    /// The page to which the person's answer on the consent page was given.
    AnsweredPage {
        /// The one that would be shown now.
        This,
        /// One with other content.
        Other,
        /// One of another interaction, or nobody says of which.
        OfAnotherInteraction,
        /// One that was answered longer ago than the policy lets an answer count.
        TooLongAgo,
    }
    /// What an approval leaves of the ordinary scopes that the page listed.
    Kept {
        /// The page lists none.
        NoneListed,
        /// All of them.
        All,
        /// Some of them.
        Some,
        /// None of them.
        Nothing,
        /// A scope is left out that is not optional.
        RequiredRefused,
    }
    /// What the person said about remembering the approval.
    RememberAnswer {
        /// Nothing.
        Unsaid,
        /// Remember it.
        Yes,
        /// Do not.
        No,
    }
    /// What the user granted before.
    PriorGrant {
        /// Nothing that counts: none, revoked, over, not remembered, or another user's.
        None,
        /// A live grant to this client.
        ThisClient,
        /// A live grant to another client of the same project.
        SameProject,
    }
    /// How old and how explicit the saved consent is.
    SavedConsent {
        /// Explicit, and within the configured age.
        ExplicitRecent,
        /// Explicit, and older or of unknown age.
        ExplicitOld,
        /// An administrator's, or another condition for processing on record.
        Administrative,
        /// Otherwise.
        NotExplicit,
    }
    /// Conditions for processing other than consent.
    Condition {
        /// None that covers the request.
        None,
        /// They cover the requested scopes, and do not permit offline access.
        Ordinary,
        /// They cover the requested scopes and permit offline access to them.
        Offline,
    }
    /// How a SMART app was launched.
    Launch {
        /// Unknown.
        Unstated,
        /// From the electronic health record.
        Ehr,
        /// By itself.
        Standalone,
    }
}

facts! {
    /// What a decision at the authorization endpoint depends on.
    fact AuthorizeFact = b'a';
    /// Where the authorization endpoint's engine asks its questions.
    trait AuthorizeFacts;
    /// The value of every fact of the authorization endpoint.
    fields AuthorizeSituation;
    /// Whether the request can be answered to its client at all.
    Client client: ClientStanding,
    /// Whether the parameters are well formed.
    Syntax syntax: Syntax,
    /// The response type that was asked for.
    ResponseType response_type: AskedResponseType,
    /// The request names its redirect URI, and not only the client's registration.
    RedirectUriSent redirect_uri_sent: bool,
    /// Whether the server's configuration offers that response type.
    ResponseTypeSupported response_type_supported: bool,
    /// Whether the client registered that response type and its grant types.
    ResponseTypeRegistered response_type_registered: bool,
    /// The response mode that was asked for.
    ResponseMode response_mode: ResponseMode,
    /// A request object.
    RequestObject request_object: RequestObject,
    /// `none` in prompt.
    PromptNone prompt_none: bool,
    /// `login` in prompt.
    PromptLogin prompt_login: bool,
    /// `consent` in prompt.
    PromptConsent prompt_consent: bool,
    /// `select_account` in prompt.
    PromptSelectAccount prompt_select_account: bool,
    /// `force` in prompt (Google, 2012).
    PromptForce prompt_force: bool,
    /// `auto` in prompt (Google, 2012).
    PromptAuto prompt_auto: bool,
    /// A value in prompt that no vocabulary has.
    PromptUnknown prompt_unknown: bool,
    /// The display parameter.
    Display display: Display,
    /// Whether a nonce was sent.
    Nonce nonce: bool,
    /// Whether a state was sent.
    StateSent state_sent: bool,
    /// The PKCE challenge.
    CodeChallenge code_challenge: CodeChallenge,
    /// max_age is no whole number.
    MaxAgeMalformed max_age_malformed: bool,
    /// max_age against the last active sign-in.
    MaxAge max_age: MaxAge,
    /// An id_token_hint was sent that this server did not issue.
    ForeignHint foreign_hint: bool,
    /// The id_token_hint, where it is this server's.
    Hint hint: Hint,
    /// The scope parameter.
    Scope scope: ScopeStanding,
    /// A scope is asked for that the server knows and does not allow to this client, beside the words for offline and
    /// online access.
    OrdinaryNotAllowed ordinary_not_allowed: bool,
    /// `openid` is among the scopes.
    Openid openid: bool,
    /// The ordinary scopes against those of the prior grant.
    OrdinaryScopes ordinary_scopes: OrdinaryScopes,
    /// The same, without the scopes that the prior grant remembers as refused.
    UnrefusedScopes unrefused_scopes: OrdinaryScopes,
    /// The prior grant remembers offline access as refused.
    OfflineRefusedBefore offline_refused_before: bool,
    /// The prior grant remembers online_access as refused.
    OnlineRefusedBefore online_refused_before: bool,
    /// `offline_access` was asked for.
    AsksOfflineAccess asks_offline_access: AskedWord,
    /// `refresh_token` was asked for as a scope (Salesforce).
    AsksRefreshTokenScope asks_refresh_token_scope: AskedWord,
    /// `online_access` was asked for.
    AsksOnlineAccess asks_online_access: AskedWord,
    /// Google's access_type.
    AccessType access_type: AccessType,
    /// Google's approval_prompt.
    ApprovalPrompt approval_prompt: ApprovalPrompt,
    /// include_granted_scopes.
    IncludeGrantedScopes include_granted_scopes: IncludeGrantedScopes,
    /// grant_management_action.
    GrantAction grant_action: GrantAction,
    /// grant_id.
    GrantId grant_id: GrantId,
    /// Whether the SMART parameter launch was sent.
    LaunchSent launch_sent: bool,
    /// What kind of application the client is.
    ApplicationType application_type: ApplicationType,
    /// Whether the client can keep a secret.
    ClientType client_type: ClientType,
    /// What its redirect URI proves.
    RedirectProof redirect_proof: RedirectProof,
    /// What it looks like.
    RedirectForm redirect_form: RedirectForm,
    /// Every redirect URI that the client registered is on the user's own machine.
    OnlyLoopback only_loopback: bool,
    /// The client belongs to the server's own organisation.
    FirstParty first_party: bool,
    /// The client registered the grant type refresh_token.
    RefreshGrantRegistered refresh_grant_registered: bool,
    /// A user is signed in.
    SignedIn signed_in: bool,
    /// Several accounts are signed in.
    SeveralAccounts several_accounts: bool,
    /// What the person did on the sign-in page.
    LoginAnswer login_answer: LoginAnswer,
    /// What the person did on the account page.
    AccountAnswer account_answer: AccountAnswer,
    /// What the user granted before.
    PriorGrant prior_grant: PriorGrant,
    /// The prior grant was given in this session.
    GrantOfSession grant_of_session: bool,
    /// The prior grant was given for another redirect URI.
    GrantForOtherRedirectUri grant_for_other_redirect_uri: bool,
    /// The prior grant covers `offline_access`.
    OfflineGrantedBefore offline_granted_before: bool,
    /// The prior grant covers `refresh_token` as a scope.
    RefreshTokenScopeGrantedBefore refresh_token_scope_granted_before: bool,
    /// The prior grant covers online_access.
    OnlineGrantedBefore online_granted_before: bool,
    /// The code of the first authorization was redeemed.
    FirstCodeExchanged first_code_exchanged: bool,
    /// How old and how explicit the saved consent is.
    SavedConsent saved_consent: SavedConsent,
    /// Conditions for processing other than consent.
    Condition condition: Condition,
    /// How a SMART app was launched.
    Launch launch: Launch,
    /// The client is of a type that may have offline or online access (SMART).
    ClientEligible client_eligible: bool,
    /// The user may have offline access (Keycloak's role).
    UserMayHaveOffline user_may_have_offline: bool,
    /// An administrator does not allow this client.
    AdminRestricted admin_restricted: bool,
    /// A consent page can be shown.
    ConsentScreenAvailable consent_screen_available: bool,
    /// Pressing accept would be valid consent.
    ConsentValid consent_valid: bool,
    /// What the person did on the consent page.
    ConsentAnswer consent_answer: ConsentAnswer,
    /// The page to which that answer was given.
    AnsweredPage answered_page: AnsweredPage,
    /// What an approval leaves of the ordinary scopes on the page.
    Kept kept: Kept,
    /// The approval leaves offline access, where the page lists it.
    KeepsOffline keeps_offline: bool,
    /// The approval leaves online_access, where the page lists it.
    KeepsOnline keeps_online: bool,
    /// What the person said about remembering the approval.
    Remember remember: RememberAnswer,
    /// The person approved for a limited time.
    TimeLimited time_limited: bool,
    /// What is granted goes beyond name, email address and profile.
    BeyondBasicProfile beyond_basic_profile: bool,
    /// An external Google Cloud project whose publishing status is Testing.
    TestingProject testing_project: bool,
    /// A limit on the age of refresh tokens of single-page applications is configured.
    BrowserAbsoluteLimit browser_absolute_limit: bool,
    /// A limit on the age of offline refresh tokens is configured.
    OfflineAbsoluteLimit offline_absolute_limit: bool,
    /// A limit on the age of refresh tokens is configured, however they are bound.
    AbsoluteLimit absolute_limit: bool,
    /// A limit on the time without use of offline refresh tokens is configured.
    OfflineIdleLimit offline_idle_limit: bool,
    /// A limit on the time without use of refresh tokens is configured, however they are bound.
    IdleLimit idle_limit: bool,
    /// The duration of the application's refresh token policy is configured.
    PolicyDuration policy_duration: bool,
    /// The lifetime of grants is configured.
    GrantEnds grant_ends: bool,
}

impl AskedResponseType {
    /// The response type, when it is one.
    #[must_use]
    pub const fn known(self) -> Option<ResponseType> {
        match self {
            Self::Missing | Self::Unknown | Self::UnknownWithToken => None,
            Self::Code => Some(ResponseType::Code),
            Self::Token => Some(ResponseType::Token),
            Self::IdToken => Some(ResponseType::IdToken),
            Self::IdTokenToken => Some(ResponseType::IdTokenToken),
            Self::CodeIdToken => Some(ResponseType::CodeIdToken),
            Self::CodeToken => Some(ResponseType::CodeToken),
            Self::CodeIdTokenToken => Some(ResponseType::CodeIdTokenToken),
            Self::None => Some(ResponseType::None),
        }
    }

    /// The parameter as a fact.
    #[must_use]
    pub fn parse(text: Option<&str>) -> Self {
        let Some(text) = text else { return Self::Missing };
        match ResponseType::parse(text) {
            Some(ResponseType::Code) => Self::Code,
            Some(ResponseType::Token) => Self::Token,
            Some(ResponseType::IdToken) => Self::IdToken,
            Some(ResponseType::IdTokenToken) => Self::IdTokenToken,
            Some(ResponseType::CodeIdToken) => Self::CodeIdToken,
            Some(ResponseType::CodeToken) => Self::CodeToken,
            Some(ResponseType::CodeIdTokenToken) => Self::CodeIdTokenToken,
            Some(ResponseType::None) => Self::None,
            None if text.split(' ').any(|word| matches!(word, "token" | "id_token")) => Self::UnknownWithToken,
            None => Self::Unknown,
        }
    }
}

//! Everything that a decision at the authorization endpoint depends on, as small enums: no strings, no times.
//!
//! Facts describe the request as it was written, in the union of all vocabularies, never one profile's reading of
//! it; else two policies could not be compared. Times appear as comparisons, scopes as classes, and the facts of
//! session and grant are those of the user who is answered for.

use super::finite::Finite;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::redirect::RedirectProof;
use crate::oauth::response::{ResponseMode, ResponseType};

impl Finite for ApplicationType {
    const ALL: &'static [Self] = &[Self::Web, Self::Native, Self::Browser];
}

impl Finite for ClientType {
    const ALL: &'static [Self] = &[Self::Confidential, Self::Public];
}

impl Finite for RedirectProof {
    const ALL: &'static [Self] = &[Self::ClaimedHttps, Self::ExactHttps, Self::Localhost, Self::Nothing];
}

impl Finite for ResponseMode {
    const ALL: &'static [Self] = &[Self::Default, Self::Query, Self::Fragment, Self::FormPost, Self::Unknown];
}

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
    /// Whether the parameters are well formed.
    Syntax {
        /// They are.
        WellFormed,
        /// One is no percent-encoded UTF-8.
        Malformed,
        /// One was sent more than once.
        Repeated,
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
    /// `none` in prompt.
    PromptNone {
        /// Not there.
        Absent,
        /// The only value.
        Alone,
        /// Together with another value.
        WithOthers,
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
        /// Sent.
        Present,
        /// Sent with a transformation that RFC 7636 does not define.
        UnknownMethod,
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
        /// No whole number.
        Malformed,
    }
    /// The id_token_hint.
    Hint {
        /// Not sent.
        Absent,
        /// Of the signed-in user, or nobody is signed in.
        SameUser,
        /// Of another user.
        OtherUser,
        /// Not issued by this server.
        NotIssuedHere,
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
    }
    /// What the person did on the account page.
    AccountAnswer {
        /// Not shown yet.
        Open,
        /// Chose an account.
        Done,
        /// Made no choice.
        NoneChosen,
    }
    /// What the person did on the consent page that this request calls for.
    ConsentAnswer {
        /// Not shown yet.
        Open,
        /// Shown with other content than it would have now.
        OutOfDate,
        /// Approved.
        Approved,
        /// Refused.
        Denied,
        /// Could not answer.
        Impossible,
    }
    /// What an approval leaves of the scopes that the page listed.
    Kept {
        /// All of them.
        All,
        /// Some of them.
        Some,
        /// None but those granted before.
        OnlyGrantedBefore,
        /// Nothing at all.
        Nothing,
        /// A scope is refused that is not optional.
        RequiredRefused,
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
    Facts, Situation;
    /// Whether the request can be answered to its client at all.
    client: ClientStanding,
    /// Whether the parameters are well formed.
    syntax: Syntax,
    /// The response type that was asked for.
    response_type: AskedResponseType,
    /// Whether the client registered that response type and its grant types.
    response_type_registered: bool,
    /// The response mode that was asked for.
    response_mode: ResponseMode,
    /// A request object.
    request_object: RequestObject,
    /// Whether prompt was sent with any value.
    prompt_sent: bool,
    /// `none` in prompt.
    prompt_none: PromptNone,
    /// `login` in prompt.
    prompt_login: bool,
    /// `consent` in prompt.
    prompt_consent: bool,
    /// `select_account` in prompt.
    prompt_select_account: bool,
    /// `force` in prompt (Google, 2012).
    prompt_force: bool,
    /// `auto` in prompt (Google, 2012).
    prompt_auto: bool,
    /// A value in prompt that no vocabulary has.
    prompt_unknown: bool,
    /// The display parameter.
    display: Display,
    /// Whether a nonce was sent.
    nonce: bool,
    /// The PKCE challenge.
    code_challenge: CodeChallenge,
    /// max_age against the last active sign-in.
    max_age: MaxAge,
    /// The id_token_hint.
    hint: Hint,
    /// The scope parameter.
    scope: ScopeStanding,
    /// `openid` is among the scopes.
    openid: bool,
    /// The ordinary scopes against those of the prior grant.
    ordinary_scopes: OrdinaryScopes,
    /// `offline_access` was asked for.
    asks_offline_access: bool,
    /// `refresh_token` was asked for as a scope (Salesforce).
    asks_refresh_token_scope: bool,
    /// `online_access` was asked for.
    asks_online_access: bool,
    /// Google's access_type.
    access_type: AccessType,
    /// Google's approval_prompt.
    approval_prompt: ApprovalPrompt,
    /// include_granted_scopes.
    include_granted_scopes: IncludeGrantedScopes,
    /// grant_management_action.
    grant_action: GrantAction,
    /// grant_id.
    grant_id: GrantId,
    /// Whether the SMART parameter launch was sent.
    launch_sent: bool,
    /// What kind of application the client is.
    application_type: ApplicationType,
    /// Whether the client can keep a secret.
    client_type: ClientType,
    /// What its redirect URI proves.
    redirect_proof: RedirectProof,
    /// The client belongs to the server's own organisation.
    first_party: bool,
    /// The client registered the grant type refresh_token.
    refresh_grant_registered: bool,
    /// A user is signed in.
    signed_in: bool,
    /// Several accounts are signed in.
    several_accounts: bool,
    /// What the person did on the sign-in page.
    login_answer: LoginAnswer,
    /// What the person did on the account page.
    account_answer: AccountAnswer,
    /// What the user granted before.
    prior_grant: PriorGrant,
    /// The prior grant covers `offline_access`.
    offline_granted_before: bool,
    /// The prior grant covers `refresh_token` as a scope.
    refresh_token_scope_granted_before: bool,
    /// The prior grant covers online_access.
    online_granted_before: bool,
    /// The code of the first authorization was redeemed.
    first_code_exchanged: bool,
    /// How old and how explicit the saved consent is.
    saved_consent: SavedConsent,
    /// Conditions for processing other than consent.
    condition: Condition,
    /// How a SMART app was launched.
    launch: Launch,
    /// The client is of a type that may have offline or online access (SMART).
    client_eligible: bool,
    /// The user may have offline access (Keycloak's role).
    user_may_have_offline: bool,
    /// An administrator does not allow this client.
    admin_restricted: bool,
    /// A consent page can be shown.
    consent_screen_available: bool,
    /// Pressing accept would be valid consent.
    consent_valid: bool,
    /// What the person did on the consent page.
    consent_answer: ConsentAnswer,
    /// What an approval leaves of the ordinary scopes.
    kept: Kept,
    /// The approval leaves offline access.
    keeps_offline: bool,
    /// The approval leaves online_access.
    keeps_online: bool,
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

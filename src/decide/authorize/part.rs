//! The components of a verdict at the authorization endpoint by name, and what they say.

use super::verdict::{
    AccessTokenPlan, ConsentCauses, ConsentPage, GrantChange, GrantedHow, NoRefreshToken, RestsOn, ScopePlan,
    SignInScreen,
};
use crate::decide::life::{Binding, RefreshTokenLife};
use crate::decide::reason::Reason;
use crate::decide::report::ScopeReported;
use crate::decide::rotation::Rotation;
use crate::oauth::error::{ErrorCode, Placement};
use crate::oauth::response::ResponseType;

/// A component of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Component {
    /// What happens now.
    Outcome,
    /// The error.
    Error,
    /// Where the response is put.
    Response,
    /// What the consent page says.
    ConsentPage,
    /// Why it is shown.
    ConsentCauses,
    /// Which scopes are granted.
    Scope,
    /// Whether a refresh token comes, and why none.
    RefreshToken,
    /// How long it lives.
    RefreshTokenLifetime,
    /// The other tokens.
    Tokens,
    /// What is stored.
    Stored,
    /// A parameter that is set aside.
    Ignored(Parameter),
}

/// A parameter that can be set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// prompt, whole or in part.
    Prompt,
    /// response_mode.
    ResponseMode,
    /// display.
    Display,
    /// access_type.
    AccessType,
    /// approval_prompt.
    ApprovalPrompt,
    /// include_granted_scopes.
    IncludeGrantedScopes,
    /// grant_management_action and grant_id.
    GrantManagement,
    /// launch.
    Launch,
    /// Scopes that another vocabulary knows.
    ForeignScopes,
}

impl Parameter {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Prompt,
        Self::ResponseMode,
        Self::Display,
        Self::AccessType,
        Self::ApprovalPrompt,
        Self::IncludeGrantedScopes,
        Self::GrantManagement,
        Self::Launch,
        Self::ForeignScopes,
    ];

    /// What it is called on the wire; grant management has two.
    #[must_use]
    pub const fn wire_names(self) -> &'static [&'static str] {
        match self {
            Self::Prompt => &["prompt"],
            Self::ResponseMode => &["response_mode"],
            Self::Display => &["display"],
            Self::AccessType => &["access_type"],
            Self::ApprovalPrompt => &["approval_prompt"],
            Self::IncludeGrantedScopes => &["include_granted_scopes"],
            Self::GrantManagement => &["grant_management_action", "grant_id"],
            Self::Launch => &["launch"],
            Self::ForeignScopes => &["scope"],
        }
    }
}

/// What happens now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The request is refused.
    Error,
    /// A sign-in page.
    SignIn(SignInScreen),
    /// The consent page.
    Consent,
    /// A response.
    Issue,
}

/// Where an error is put, whatever the response mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorPlace {
    /// Sent to the client.
    Redirect,
    /// A page of the server's.
    Page,
    /// HTTP status 400.
    Http400,
}

/// The tokens beside a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OtherTokens {
    /// What the front channel returns.
    pub response_type: ResponseType,
    /// The front channel's access token.
    pub front_access_token: Option<AccessTokenPlan>,
    /// The token endpoint's access token.
    pub access_token: Option<AccessTokenPlan>,
    /// The token endpoint returns an ID Token.
    pub id_token: bool,
    /// When the scope is reported.
    pub scope_reported: ScopeReported,
}

/// What is stored, without the rules that ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StoredRecords {
    /// The grant, if it changes.
    pub grant: Option<(GrantChange, GrantedHow)>,
    /// What was left out is remembered as refused.
    pub remembers_refused: bool,
    /// A code.
    pub code: bool,
    /// The front channel's access token.
    pub access_token: bool,
    /// All earlier tokens of the user and the client end.
    pub ends_earlier: bool,
    /// The condition for processing that it rests on.
    pub rests_on: Option<RestsOn>,
}

/// Something that is set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SetAside {
    /// The whole parameter.
    pub whole: Option<Reason>,
    /// Values that the policy's vocabulary lacks.
    pub unknown_values: bool,
    /// The value `auto`.
    pub auto: Option<Reason>,
}

/// What one component says of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What happens now.
    Outcome(Outcome),
    /// The error, if it is one.
    Error(Option<(Option<ErrorCode>, ErrorPlace)>),
    /// Where the response is put, if there is one.
    Response(Option<Placement>),
    /// What the page says, if it is shown.
    ConsentPage(Option<ConsentPage>),
    /// Why it is shown, if it is.
    ConsentCauses(Option<ConsentCauses>),
    /// The scopes that are granted, or would be.
    Scope(Option<ScopePlan>),
    /// The refresh token, or why there is none; nothing where nothing is issued.
    RefreshToken(Option<Result<(Binding, Rotation), NoRefreshToken>>),
    /// How long it lives, if there is one.
    RefreshTokenLifetime(Option<RefreshTokenLife>),
    /// The other tokens, if any.
    Tokens(Option<OtherTokens>),
    /// What is stored, if anything.
    Stored(Option<StoredRecords>),
    /// What is set aside; nothing where the request is refused.
    Ignored(Option<SetAside>),
}

//! A decision, as it is handed over.

use serde::Serialize;

use crate::answer::{AccessToken, Ignored, ProtocolError, RefreshToken, ScopeReport, TraceEntry};
use crate::effects::Effect;

/// What to do now, and everything that belongs to it.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// `error`, `login`, `reauthenticate`, `select_account`, `consent` or `issue`.
    pub outcome: &'static str,
    /// Set when the outcome is `error`.
    pub error: Option<ProtocolError>,
    /// The response to the client; none while a page is to be shown, and none on an error page.
    pub response: Option<AuthorizeResponse>,
    /// What the consent page says, where one is shown or was answered.
    pub consent: Option<ConsentScreen>,
    /// Requested and granted scopes.
    pub scope: ScopeReport,
    /// What the client gets, or will get if the user approves.
    pub tokens: Option<TokenSet>,
    /// What was set aside.
    pub ignored: Vec<Ignored>,
    /// What to store.
    pub effects: Vec<Effect>,
    /// The rules that took part, in order.
    pub trace: Vec<TraceEntry>,
    /// The answer in one sentence.
    pub summary: String,
}

/// What is sent to the client.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorizeResponse {
    /// `query`, `fragment` or `form_post`.
    pub placement: &'static str,
    /// The registered address.
    pub redirect_uri: String,
    /// What the server must mint.
    pub mint: Vec<&'static str>,
    /// As sent.
    pub state: Option<String>,
    /// RFC 9207.
    pub iss: Option<String>,
    /// An error code.
    pub error: Option<&'static str>,
    /// One sentence.
    pub error_description: Option<&'static str>,
    /// Seconds, of the front channel's access token.
    pub expires_in: Option<u64>,
    /// Set when the scope of the front channel's access token must be reported.
    pub scope: Option<String>,
}

/// The consent page.
#[derive(Clone, Debug, Serialize)]
pub struct ConsentScreen {
    /// The user who is asked.
    pub sub: String,
    /// The client that asks.
    pub client_id: String,
    /// What is asked.
    pub scopes: Vec<ConsentScreenScope>,
    /// Whether it says that access goes on while the user is away.
    pub offline_access: bool,
    /// `checkbox` or `always`.
    pub remember: &'static str,
    /// Why it is shown.
    pub because: Vec<&'static str>,
}

/// A scope on the consent page.
#[derive(Clone, Debug, Serialize)]
pub struct ConsentScreenScope {
    /// The scope.
    pub scope: String,
    /// `new` or `already_granted`.
    pub status: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
}

/// What the client gets.
#[derive(Clone, Debug, Serialize)]
pub struct TokenSet {
    /// From the authorization endpoint.
    pub front_channel: FrontChannel,
    /// From the token endpoint; none when no code is returned.
    pub token_endpoint: Option<TokenEndpoint>,
}

/// What the authorization endpoint returns.
#[derive(Clone, Debug, Serialize)]
pub struct FrontChannel {
    /// A code.
    pub code: bool,
    /// An access token.
    pub access_token: Option<AccessToken>,
    /// An ID Token.
    pub id_token: bool,
}

/// What the code is redeemed for.
#[derive(Clone, Debug, Serialize)]
pub struct TokenEndpoint {
    /// An access token.
    pub access_token: AccessToken,
    /// An ID Token.
    pub id_token: bool,
    /// A refresh token, if any.
    pub refresh_token: Option<RefreshToken>,
}

//! A decision, as it is handed over.

use serde::Serialize;

/// What to do now, and everything that belongs to it.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// `error`, `login`, `reauthenticate`, `select_account`, `consent` or `issue`.
    pub outcome: &'static str,
    /// Set when the outcome is `error`.
    pub error: Option<ProtocolError>,
    /// The response to the client; none while a page is to be shown, and none on an error page.
    pub response: Option<Response>,
    /// What the consent page says, where one is shown or was answered.
    pub consent: Option<Consent>,
    /// Requested and granted scopes.
    pub scope: ScopeReport,
    /// What the client gets, or will get if the user approves.
    pub tokens: Option<TokenSet>,
    /// What was set aside.
    pub ignored: Vec<Ignored>,
    /// What to store.
    pub effects: Vec<crate::effects::Effect>,
    /// The rules that took part, in order.
    pub trace: Vec<TraceEntry>,
    /// The answer in one sentence.
    pub summary: String,
}

/// A refusal.
#[derive(Clone, Debug, Serialize)]
pub struct ProtocolError {
    /// None where the standard names none.
    pub code: Option<&'static str>,
    /// `query`, `fragment`, `form_post`, `page` or `http_400`.
    pub placement: &'static str,
    /// One sentence for the developer of the client.
    pub description: &'static str,
}

/// What is sent to the client.
#[derive(Clone, Debug, Serialize)]
pub struct Response {
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
pub struct Consent {
    /// The user who is asked.
    pub sub: String,
    /// The client that asks.
    pub client_id: String,
    /// What is asked.
    pub scopes: Vec<ConsentScope>,
    /// Whether it says that access goes on while the user is away.
    pub offline_access: bool,
    /// `checkbox` or `always`.
    pub remember: &'static str,
    /// Why it is shown.
    pub because: Vec<&'static str>,
}

/// A scope on the consent page.
#[derive(Clone, Debug, Serialize)]
pub struct ConsentScope {
    /// The scope.
    pub scope: String,
    /// `new` or `already_granted`.
    pub status: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
}

/// Requested and granted scopes.
#[derive(Clone, Debug, Serialize)]
pub struct ScopeReport {
    /// As sent.
    pub requested: Vec<String>,
    /// What the result has.
    pub granted: Vec<String>,
    /// Whether an access token is issued whose scope differs from the request (RFC 6749, section 3.3).
    pub must_report: bool,
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

/// An access token.
#[derive(Clone, Debug, Serialize)]
pub struct AccessToken {
    /// Space-delimited.
    pub scope: String,
    /// Seconds; none when no lifetime is configured.
    pub expires_in: Option<u64>,
    /// `session` or `offline`.
    pub binding: &'static str,
}

/// A refresh token.
#[derive(Clone, Debug, Serialize)]
pub struct RefreshToken {
    /// Space-delimited.
    pub scope: String,
    /// `session` or `offline`.
    pub binding: &'static str,
    /// How long it lives.
    pub lifetime: Lifetime,
    /// `none`, `replaced` or `added`.
    pub rotation: &'static str,
}

/// How long a refresh token lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Lifetime {
    /// Ends with the user's session.
    Session,
    /// Until somebody revokes it.
    UntilRevoked,
    /// Long; the source gives no number.
    LongLived,
    /// Long, and not for ever; the source gives no number.
    LongButFinite,
    /// So many seconds from issuance.
    Fixed {
        /// Seconds.
        seconds: u64,
    },
    /// So many seconds without use.
    Idle {
        /// Seconds.
        seconds: u64,
    },
    /// The source does not say.
    Unspecified,
}

/// Something that was set aside.
#[derive(Clone, Debug, Serialize)]
pub struct Ignored {
    /// The parameter.
    pub param: &'static str,
    /// Its value, or the part of it.
    pub value: String,
    /// Why.
    pub reason: &'static str,
    /// Why, as a sentence.
    pub sentence: &'static str,
}

/// A rule that took part.
#[derive(Clone, Debug, Serialize)]
pub struct TraceEntry {
    /// Its id.
    pub rule: &'static str,
    /// What it says.
    pub statement: &'static str,
    /// How binding it is.
    pub strength: &'static str,
    /// Where it comes from.
    pub sources: Vec<Source>,
}

/// A place in a document.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Public name.
    pub title: &'static str,
    /// Section.
    pub section: &'static str,
    /// Address, with the anchor.
    pub address: String,
}

impl TraceEntry {
    /// The rules of a trace, in order.
    #[must_use]
    pub fn list(trace: crate::decide::Trace) -> Vec<Self> {
        trace
            .rules()
            .filter_map(crate::decide::rule)
            .map(|rule| Self {
                rule: rule.id,
                statement: rule.statement,
                strength: rule.strength.name(),
                sources: rule.sources.iter().copied().map(Into::into).collect(),
            })
            .collect()
    }
}

impl From<crate::sources::Citation> for Source {
    fn from(citation: crate::sources::Citation) -> Self {
        let address = citation.document.address;
        let address = match citation.anchor {
            "" => address.to_owned(),
            anchor if address.contains('#') => format!("{}#{anchor}", address.split('#').next().unwrap_or(address)),
            anchor => format!("{address}#{anchor}"),
        };
        Self { title: citation.document.title, section: citation.section, address }
    }
}

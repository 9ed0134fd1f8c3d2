//! What the caller hands over with an event, a revocation request or a grant request.

use crate::decide::lifecycle::{LifecycleSituation, LogoutHint, Occurrence, Revoked, UserAnswer};
use crate::input::{Members, Misuse, MisuseCode, Node, Value, closed};
use crate::oauth::client::{Client, ClientType};
use crate::oauth::grant::Grant;
use crate::oauth::parameters::Parameters;
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::records::{TokenKind, TokenRecord};

/// Whom it happened to, and the situation.
#[derive(Clone, Debug)]
pub(super) struct LifecycleCase {
    pub(super) situation: LifecycleSituation,
    pub(super) sub: Option<String>,
    pub(super) sid: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) basis: Option<String>,
    pub(super) grant_id: Option<String>,
    pub(super) token: Option<TokenRecord>,
    /// The revocation endpoint and the Grant Management API answer with an HTTP status.
    pub(super) endpoint: AskedEndpoint,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AskedEndpoint {
    None,
    Revocation,
    Grants,
}

impl LifecycleCase {
    /// The situation; whether the number of refresh tokens is limited is the policy's word.
    pub(super) fn situation(&self, policy: &Policy) -> LifecycleSituation {
        let limited = policy.configuration.max_refresh_tokens_per_client_and_user.is_some();
        LifecycleSituation { limited, ..self.situation }
    }

    fn of(occurrence: Occurrence) -> Self {
        Self {
            situation: LifecycleSituation {
                occurrence,
                signed_in: true,
                logout_hint: LogoutHint::Absent,
                user_answer: UserAnswer::Open,
                client_known: true,
                authenticated: true,
                client_type: ClientType::Confidential,
                revoked: Revoked::NotFound,
                grant_scope: true,
                grant_found: true,
                limited: false,
            },
            sub: None,
            sid: None,
            client_id: None,
            basis: None,
            grant_id: None,
            token: None,
            endpoint: AskedEndpoint::None,
        }
    }
}

const EVENTS: &[(&str, Occurrence)] = &[
    ("logout", Occurrence::Logout),
    ("rp_initiated_logout", Occurrence::RpInitiatedLogout),
    ("session_timeout", Occurrence::SessionTimeout),
    ("admin_ends_session", Occurrence::AdminEndsSession),
    ("switch_account", Occurrence::SwitchAccount),
    ("password_change", Occurrence::PasswordChange),
    ("user_revokes_app", Occurrence::UserRevokesApp),
    ("as_revokes_refresh_token", Occurrence::ServerRevokesRefreshToken),
    ("condition_withdrawn", Occurrence::ConditionWithdrawn),
    ("issue_refresh_token", Occurrence::RefreshTokenIssued),
];

/// Reads an event.
pub(super) fn event(input: &Value) -> Result<LifecycleCase, Misuse> {
    let node = Node::root(input, "");
    let occurrence = node.members()?.need("event")?.word(EVENTS)?;
    let mut case = LifecycleCase::of(occurrence);
    let text = |members: Members<'_>, name: &'static str| -> Result<Option<String>, Misuse> {
        Ok(Some(members.need(name)?.text()?.to_owned()))
    };
    match occurrence {
        Occurrence::PasswordChange => {
            let members = closed(node, &["event", "sub", "now"])?;
            case.sub = text(members, "sub")?;
        }
        Occurrence::UserRevokesApp | Occurrence::RefreshTokenIssued => {
            let members = closed(node, &["event", "sub", "client_id", "now"])?;
            case.sub = text(members, "sub")?;
            case.client_id = text(members, "client_id")?;
        }
        Occurrence::ServerRevokesRefreshToken => {
            let members = closed(node, &["event", "token", "now"])?;
            let now = members.need("now")?.whole()?;
            let token = TokenRecord::read(members.need("token")?, now)?;
            if token.kind != TokenKind::RefreshToken {
                return Err(members.need("token")?.misuse(MisuseCode::WrongValue, "must be a refresh token"));
            }
            case.token = Some(token);
        }
        Occurrence::ConditionWithdrawn => {
            let members = closed(node, &["event", "basis", "sub", "client_id", "now"])?;
            case.basis = text(members, "basis")?;
            case.sub = members.optional("sub", Node::text)?.map(ToOwned::to_owned);
            case.client_id = members.optional("client_id", Node::text)?.map(ToOwned::to_owned);
        }
        Occurrence::RpInitiatedLogout => rp_initiated_logout(node, &mut case)?,
        _ => {
            let members = closed(node, &["event", "session", "now"])?;
            session(members.need("session")?, &mut case)?;
        }
    }
    node.members()?.need("now")?.whole()?;
    Ok(case)
}

fn session(node: Node<'_>, case: &mut LifecycleCase) -> Result<(), Misuse> {
    let members = closed(node, &["sid", "sub", "auth_time", "expires_at", "accounts"])?;
    case.sid = Some(members.need("sid")?.text()?.to_owned());
    case.sub = Some(members.need("sub")?.text()?.to_owned());
    Ok(())
}

fn rp_initiated_logout(node: Node<'_>, case: &mut LifecycleCase) -> Result<(), Misuse> {
    let members = closed(node, &["event", "session", "id_token_hint", "user_answer", "now"])?;
    match members.get("session") {
        Some(there) => session(there, case)?,
        None => case.situation.signed_in = false,
    }
    if let Some(hint) = members.get("id_token_hint") {
        let hint = closed(hint, &["sub", "expired", "issued_here"])?;
        let issued_here = hint.optional("issued_here", Node::boolean)?.unwrap_or(true);
        let sub = hint.need("sub")?.text()?;
        case.situation.logout_hint = match (issued_here, case.sub.as_deref() == Some(sub)) {
            (false, _) => LogoutHint::Absent,
            (true, true) => LogoutHint::Fits,
            (true, false) => LogoutHint::Differs,
        };
    }
    if let Some(answer) = members.get("user_answer") {
        case.situation.user_answer = answer.word(&[("yes", UserAnswer::Yes), ("no", UserAnswer::No)])?;
    }
    Ok(())
}

/// Reads a revocation request.
pub(super) fn revocation(input: &Value) -> Result<LifecycleCase, Misuse> {
    let members = closed(Node::root(input, ""), &["request", "client", "client_authenticated", "token", "now"])?;
    let now = members.need("now")?.whole()?;
    let parameters = Parameters::read(members.need("request")?)?;
    let client = members.optional("client", Client::read)?;
    let token = members.optional("token", |node| TokenRecord::read(node, now))?;
    let mut case = LifecycleCase::of(Occurrence::RevocationRequest);
    case.endpoint = AskedEndpoint::Revocation;
    case.situation.authenticated = members.need("client_authenticated")?.boolean()?;
    case.situation.client_known =
        client.as_ref().is_some_and(|client| parameters.get("client_id").is_none_or(|asked| asked == client.client_id));
    case.situation.client_type = client.as_ref().map_or(ClientType::Public, |client| client.client_type);
    let invalid = parameters.too_long() || parameters.malformed() || parameters.repeated();
    case.situation.revoked = match (&token, &client) {
        _ if invalid || parameters.get("token").is_none() => Revoked::Missing,
        (None, _) | (_, None) => Revoked::NotFound,
        (Some(token), Some(client)) if token.client_id != client.client_id => Revoked::OtherClients,
        (Some(token), Some(_)) => match token.kind {
            TokenKind::AccessToken => Revoked::AccessToken,
            TokenKind::RefreshToken => Revoked::RefreshToken,
        },
    };
    case.client_id = client.map(|client| client.client_id);
    case.sub = token.as_ref().and_then(|token| token.sub.clone());
    case.token = token;
    Ok(case)
}

/// Reads a request of the Grant Management API.
pub(super) fn grant(input: &Value) -> Result<LifecycleCase, Misuse> {
    let members = closed(Node::root(input, ""), &["method", "grant", "client_id", "scope", "now"])?;
    let now = members.need("now")?.whole()?;
    let (occurrence, needed) = members.need("method")?.word(&[
        ("GET", (Occurrence::GrantQuery, "grant_management_query")),
        ("DELETE", (Occurrence::GrantDeletion, "grant_management_revoke")),
    ])?;
    let client_id = members.need("client_id")?.text()?.to_owned();
    let grant = members.optional("grant", Grant::read)?;
    let mut case = LifecycleCase::of(occurrence);
    case.endpoint = AskedEndpoint::Grants;
    case.situation.grant_scope = Scopes::parse(members.need("scope")?.text()?).contains(needed);
    case.situation.grant_found = grant.as_ref().is_some_and(|grant| {
        !grant.revoked
            && grant.expires_at.is_none_or(|end| now < end)
            && grant.grant_id.is_some()
            && grant.client_id.as_deref().is_none_or(|owner| owner == client_id)
    });
    case.grant_id = grant.and_then(|grant| grant.grant_id);
    case.client_id = Some(client_id);
    Ok(case)
}

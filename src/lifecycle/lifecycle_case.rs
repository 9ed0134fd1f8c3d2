//! A case of the lifecycle: whom it happened to, and the situation.

use super::lifecycle_input::{EventInput, EventSession, GrantMethod, LogoutAnswer, ManageGrantInput, RevokeInput};
use crate::decide::lifecycle::facts::{LifecycleSituation, LogoutHint, Occurrence, Revoked, UserAnswer};
use crate::input::{Misuse, MisuseCode, Place, Text};
use crate::oauth::client::ClientType;
use crate::oauth::id_token_hint::IdTokenHint;
use crate::oauth::parameters::Parameter;
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::records::{TokenKind, TokenRecord};
use crate::standing;

/// Whom it happened to, and the situation.
#[derive(Clone, Debug)]
pub(super) struct LifecycleCase {
    pub(super) situation: LifecycleSituation,
    pub(super) sub: Option<Text>,
    pub(super) sid: Option<Text>,
    pub(super) client_id: Option<Text>,
    pub(super) basis: Option<Text>,
    pub(super) grant_id: Option<Text>,
    /// What the grant holds that the Grant Management API is asked for.
    pub(super) granted: Option<Scopes>,
    pub(super) token: Option<TokenRecord>,
    /// The revocation endpoint and the Grant Management API answer a client.
    pub(super) endpoint: AskedEndpoint,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AskedEndpoint {
    None,
    Revocation,
    Grants(GrantMethod),
}

impl LifecycleCase {
    /// The situation; whether the number of refresh tokens is limited is the policy's word.
    pub(super) fn situation(&self, policy: &Policy) -> LifecycleSituation {
        let limited = policy.configuration.max_refresh_tokens_per_client_and_user.is_some();
        LifecycleSituation { limited, ..self.situation }
    }

    fn of(occurrence: Occurrence) -> Self {
        Self {
            situation: standing::situation(occurrence),
            sub: None,
            sid: None,
            client_id: None,
            basis: None,
            grant_id: None,
            granted: None,
            token: None,
            endpoint: AskedEndpoint::None,
        }
    }

    fn of_session(occurrence: Occurrence, session: EventSession) -> Self {
        Self { sid: Some(session.sid), sub: Some(session.sub), ..Self::of(occurrence) }
    }

    fn of_user(occurrence: Occurrence, sub: Option<Text>, client_id: Option<Text>) -> Self {
        Self { sub, client_id, ..Self::of(occurrence) }
    }
}

/// Reads an event.
pub(super) fn event(policy: &Policy, given: EventInput) -> Result<LifecycleCase, Misuse> {
    Ok(match given {
        EventInput::Logout { session, .. } => LifecycleCase::of_session(Occurrence::Logout, session),
        EventInput::SessionTimeout { session, .. } => LifecycleCase::of_session(Occurrence::SessionTimeout, session),
        EventInput::AdminEndsSession { session, .. } => {
            LifecycleCase::of_session(Occurrence::AdminEndsSession, session)
        }
        EventInput::SwitchAccount { session, .. } => LifecycleCase::of_session(Occurrence::SwitchAccount, session),
        EventInput::RpInitiatedLogout { session, client_id, id_token_hint, user_answer, .. } => {
            let case = rp_initiated_logout(session, id_token_hint, user_answer);
            let situation = LifecycleSituation { logout_client: client_id.is_some(), ..case.situation };
            LifecycleCase { client_id, situation, ..case }
        }
        EventInput::PasswordChange { sub, .. } => LifecycleCase::of_user(Occurrence::PasswordChange, Some(sub), None),
        EventInput::UserRevokesApp { sub, client_id, .. } => {
            LifecycleCase::of_user(Occurrence::UserRevokesApp, Some(sub), Some(client_id))
        }
        EventInput::RefreshTokenIssued { sub, client_id, .. } => {
            LifecycleCase::of_user(Occurrence::RefreshTokenIssued, Some(sub), Some(client_id))
        }
        EventInput::ServerRevokesRefreshToken { token, now } => {
            let place = Place::of("token");
            let token = token.at(place, policy.configuration.clock(now))?;
            if token.kind != TokenKind::RefreshToken {
                return Err(place.misuse(MisuseCode::WrongValue, "must be a refresh token"));
            }
            LifecycleCase { token: Some(token), ..LifecycleCase::of(Occurrence::ServerRevokesRefreshToken) }
        }
        EventInput::ConditionWithdrawn { basis, sub, client_id, .. } => LifecycleCase {
            basis: Some(basis),
            ..LifecycleCase::of_user(Occurrence::ConditionWithdrawn, sub, client_id)
        },
    })
}

fn rp_initiated_logout(
    session: Option<EventSession>,
    hint: Option<IdTokenHint>,
    answer: Option<LogoutAnswer>,
) -> LifecycleCase {
    let mut case = match session {
        Some(session) => LifecycleCase::of_session(Occurrence::RpInitiatedLogout, session),
        None => LifecycleCase::of(Occurrence::RpInitiatedLogout),
    };
    case.situation.signed_in = case.sub.is_some();
    case.situation.logout_hint = match hint {
        Some(hint) if hint.issued_here && case.sub.as_ref() == Some(&hint.sub) => LogoutHint::Fits,
        Some(hint) if hint.issued_here => LogoutHint::Differs,
        _ => LogoutHint::Absent,
    };
    case.situation.user_answer = match answer {
        None => UserAnswer::Open,
        Some(LogoutAnswer::Yes) => UserAnswer::Yes,
        Some(LogoutAnswer::No) => UserAnswer::No,
    };
    case
}

/// Reads a revocation request.
pub(super) fn revocation(policy: &Policy, given: RevokeInput) -> Result<LifecycleCase, Misuse> {
    let RevokeInput { request, client, client_authenticated, token, now } = given;
    let request = request.parse(policy.limits());
    let clock = policy.configuration.clock(now);
    let token = token.map(|token| token.at(Place::of("token"), clock)).transpose()?;
    let mut case = LifecycleCase::of(Occurrence::RevocationRequest);
    case.endpoint = AskedEndpoint::Revocation;
    case.situation.authenticated = client_authenticated;
    case.situation.client_known = client
        .as_ref()
        .is_some_and(|client| request.get(Parameter::ClientId).is_none_or(|asked| *asked == client.client_id));
    case.situation.client_type = client.as_ref().map_or(ClientType::Public, |client| client.client_type);
    let invalid = request.too_long() || request.malformed() || request.repeated();
    case.situation.revoked = match (&token, &client) {
        _ if invalid || request.get(Parameter::Token).is_none() => Revoked::Missing,
        (None, _) | (_, None) => Revoked::NotFound,
        (Some(token), Some(client)) if token.client_id != client.client_id => Revoked::OtherClients,
        (Some(token), Some(_)) => match token.kind {
            TokenKind::AccessToken => Revoked::AccessToken,
            TokenKind::RefreshToken => Revoked::RefreshToken,
        },
    };
    case.client_id = client.map(|client| client.client_id.clone());
    case.sub = token.as_ref().and_then(|token| token.sub.clone());
    case.sid = token.as_ref().and_then(|token| token.sid.clone());
    case.token = token;
    Ok(case)
}

/// Reads a request of the Grant Management API.
pub(super) fn grant(policy: &Policy, given: ManageGrantInput) -> Result<LifecycleCase, Misuse> {
    let ManageGrantInput { method, grant, client_id, scope, now } = given;
    let clock = policy.configuration.clock(now);
    let grant = grant.map(|grant| grant.at(Place::of("grant"), clock)).transpose()?;
    let occurrence = match method {
        GrantMethod::Get => Occurrence::GrantQuery,
        GrantMethod::Delete => Occurrence::GrantDeletion,
    };
    let mut case = LifecycleCase::of(occurrence);
    case.endpoint = AskedEndpoint::Grants(method);
    case.situation.grant_scope = scope.contains(method.scope());
    case.situation.grant_found = grant.as_ref().is_some_and(|grant| {
        grant.is_alive(now)
            && grant.grant_id.is_some()
            && grant.client_id.as_deref().is_none_or(|owner| owner == client_id)
    });
    case.granted = grant.as_ref().map(|grant| grant.scope.clone());
    case.grant_id = grant.and_then(|grant| grant.grant_id);
    case.client_id = Some(client_id);
    Ok(case)
}

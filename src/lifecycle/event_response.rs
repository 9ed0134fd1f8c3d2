//! The response of the revocation endpoint and of the Grant Management API. There is nothing to mint in it.

use super::lifecycle_case::{AskedEndpoint, LifecycleCase};
use super::lifecycle_input::GrantMethod;
use crate::answer::{Headers, HttpStatus, ProtocolError};
use crate::input::Text;
use crate::oauth::error::ErrorCode;
use crate::oauth::scope::Scopes;
use crate::policy::Policy;

shape! {
    /// What is sent to the client.
    pub struct EventResponse {
        /// The HTTP status.
        needed status: HttpStatus,
        /// Headers by their names.
        needed headers: Headers,
        /// The body, to be sent as JSON; null: nothing is sent.
        nullable body: EventResponseBody,
    }
}

shape! {
    /// The body of such a response. What is not sent is absent.
    pub struct EventResponseBody: Default {
        /// What the grant holds (Grant Management for OAuth 2.0, section 6.4). The server may add `claims` and
        /// `authorization_details`.
        optional scopes: Vec<GrantedScopes>,
        /// An error code.
        optional error: ErrorCode,
        /// One sentence for the developer of the client.
        optional error_description: Text,
    }
}

shape! {
    /// Scopes of a grant. The server may add the `resource` that they are for.
    pub struct GrantedScopes {
        /// Space-delimited scopes, as on the wire (RFC 6749, section 3.3).
        needed scope: Scopes,
    }
}

impl EventResponse {
    /// Nothing but a status.
    fn empty(status: HttpStatus) -> Self {
        Self { status, headers: Headers::of_a_secret(), body: None }
    }

    fn add_body(&mut self, body: EventResponseBody) {
        self.headers.add_json();
        self.body = Some(body);
    }

    /// An error; where the standard names no code, the status says it all.
    fn refusal(status: HttpStatus, error: &ProtocolError) -> Self {
        let mut response = Self::empty(status);
        if error.code.is_some() {
            response.add_body(EventResponseBody {
                error: error.code,
                error_description: Some(error.description.clone()),
                scopes: None,
            });
        }
        response
    }

    /// The refusal of an access token, which may need a scope.
    pub(crate) fn of_access_token(
        policy: &Policy,
        status: HttpStatus,
        error: &ProtocolError,
        scope: Option<&str>,
    ) -> Self {
        let mut response = Self::refusal(status, error);
        if let Some(code) = error.code {
            response.headers.add_bearer_challenge(policy.configuration.issuer.as_deref(), code, scope);
        }
        response
    }
}

/// What is sent to the client of such a request.
pub(super) fn response(
    policy: &Policy,
    case: &LifecycleCase,
    refused: Option<(HttpStatus, &ProtocolError)>,
) -> Option<EventResponse> {
    match case.endpoint {
        AskedEndpoint::None => None,
        AskedEndpoint::Revocation => Some(revocation(policy, refused)),
        AskedEndpoint::Grants(method) => Some(grant(policy, case, refused, method)),
    }
}

fn revocation(policy: &Policy, refused: Option<(HttpStatus, &ProtocolError)>) -> EventResponse {
    let Some((status, error)) = refused else { return EventResponse::empty(HttpStatus::Ok) };
    let mut response = EventResponse::refusal(status, error);
    if status == HttpStatus::Unauthorized {
        response.headers.add_basic_challenge(policy.configuration.issuer.as_deref());
    }
    response
}

fn grant(
    policy: &Policy,
    case: &LifecycleCase,
    refused: Option<(HttpStatus, &ProtocolError)>,
    method: GrantMethod,
) -> EventResponse {
    if let Some((status, error)) = refused {
        return EventResponse::of_access_token(policy, status, error, Some(method.scope()));
    }
    match method {
        GrantMethod::Delete => EventResponse::empty(HttpStatus::NoContent),
        GrantMethod::Get => {
            let mut response = EventResponse::empty(HttpStatus::Ok);
            let granted = case.granted.iter().filter(|scope| !scope.is_empty());
            let scopes = granted.map(|scope| GrantedScopes { scope: scope.clone() }).collect();
            response.add_body(EventResponseBody { scopes: Some(scopes), ..EventResponseBody::default() });
            response
        }
    }
}

//! First stage: to whom can a response be sent?
//!
//! Without an answer the user is told, on a page of the server's own, and nothing is redirected.

use super::admitted::{Channel, page};
use super::facts::{AskedResponseType, AuthorizeFacts, ClientStanding};
use crate::decide::refusal::Refusal;
use crate::decide::rule::Told;
use crate::oauth::error::Placement;
use crate::oauth::response::ResponseMode;
use crate::policy::knobs::{AllowImplicit, ClientSideErrors, Knobs, UnknownResponseTypePlacement};
use crate::sources::{OPENID_CORE, RFC_6749};

rules! {
    /// To whom a response can be sent.
    AddressRule;
    TooLong = "request.too_long", Inferred, "A request that is longer than the policy reads is not read, and the user is told.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")];
    UnknownClient = "request.unknown_client", Must, "When the client is missing or unknown, the user is told and nothing is redirected.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")], of [client_id];
    UnknownRedirect = "request.unknown_redirect_uri", Must, "When the redirect URI is missing, invalid or not registered, the user is told and nothing is redirected.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_CORE.at("section 3.1.2.6", "AuthError")], of [redirect_uri];
    RedirectUriMissing = "request.redirect_uri_missing", Must, "An OpenID request names its redirect URI, also where only one is registered.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [redirect_uri];
}

/// Finds the way back to the client.
pub(super) fn address<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
) -> Told<Result<Channel, Refusal<AddressRule>>, AddressRule> {
    Told::by(|_| {
        let rule = match facts.client() {
            ClientStanding::Unreadable => AddressRule::TooLong,
            ClientStanding::UnknownClient => AddressRule::UnknownClient,
            ClientStanding::UnknownRedirect => AddressRule::UnknownRedirect,
            ClientStanding::Known if !facts.redirect_uri_sent() && facts.openid() => AddressRule::RedirectUriMissing,
            ClientStanding::Known => return Ok(channel(policy, facts)),
        };
        Err(page(None, rule))
    })
}

/// The response type's default, unless another response mode was asked for.
fn channel<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Channel {
    let asked = facts.response_type();
    let default = match asked.known() {
        Some(response_type) => response_type.default_placement(),
        None if asked == AskedResponseType::UnknownWithToken
            && policy.unknown_response_type_placement == UnknownResponseTypePlacement::FragmentIfContainsToken =>
        {
            Placement::Fragment
        }
        None => Placement::Query,
    };
    // A server that offers the response type code alone answers every other one as it answers that.
    let default = if policy.allow_implicit == AllowImplicit::CodeOnly { Placement::Query } else { default };
    let client_side = asked.known().is_some_and(|response_type| !response_type.returns_code());
    let default_error = match policy.client_side_errors {
        ClientSideErrors::Query if client_side => Placement::Query,
        ClientSideErrors::Query | ClientSideErrors::Fragment => default,
    };
    match facts.response_mode() {
        ResponseMode::Query if default == Placement::Query => both(Placement::Query),
        ResponseMode::Fragment => both(Placement::Fragment),
        ResponseMode::FormPost => both(Placement::FormPost),
        ResponseMode::Default | ResponseMode::Query | ResponseMode::Unknown => {
            Channel { placement: default, error_placement: default_error }
        }
    }
}

const fn both(placement: Placement) -> Channel {
    Channel { placement, error_placement: placement }
}

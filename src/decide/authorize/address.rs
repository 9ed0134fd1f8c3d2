//! First stage: to whom can a response be sent?
//!
//! Without an answer the user is told, on a page of the server's own, and nothing is redirected.

use super::admitted::{Channel, page};
use super::facts::{AskedResponseType, AuthorizeFacts, ClientStanding};
use super::vocabulary::{default_placement, is_openid};
use crate::decide::refusal::Refusal;
use crate::decide::rule::Told;
use crate::oauth::error::Placement;
use crate::oauth::redirect::{RedirectForm, RedirectProof};
use crate::oauth::response::ResponseMode;
use crate::policy::knobs::{
    AdmittedRedirectUris, AllowImplicit, ClientSideErrors, Knobs, ResponseModeParameter, UnknownResponseTypePlacement,
};
use crate::sources::{FAPI_2, MCP_SECURITY, OPENID_CORE, RFC_6749, RFC_9700};

rules! {
    /// To whom a response can be sent.
    AddressRule;
    TooLong = "request.too_long", Inferred, "A request that is longer than the policy reads is not read, and the user is told.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")];
    UnknownClient = "request.unknown_client", Must, "When the client is missing or unknown, the user is told and nothing is redirected.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")], of [client_id];
    UnknownRedirect = "request.unknown_redirect_uri", Must, "When the redirect URI is missing, invalid or not registered, the user is told and nothing is redirected.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_CORE.at("section 3.1.2.6", "AuthError")], of [redirect_uri];
    RedirectUriMissing = "request.redirect_uri_missing", Must, "An OpenID request names its redirect URI, also where only one is registered.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [redirect_uri];
    RedirectUriUnnamed = "request.redirect_uri_unnamed", Must, "Every request names its redirect URI, also where only one is registered.", [RFC_9700.at("section 2.1", "section-2.1"), FAPI_2.at("section 5.3.2.2", "")], of [redirect_uri];
    RedirectUriForm = "request.redirect_uri_form", Must, "Redirect URIs of this form are not admitted.", [RFC_9700.at("section 2.1", "section-2.1"), MCP_SECURITY.at("Communication Security and Open Redirection", "")], of [redirect_uri];
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
            ClientStanding::Known
                if policy.admitted_redirect_uris != AdmittedRedirectUris::RegisteredOrOnly
                    && !facts.redirect_uri_sent()
                    && is_openid(policy, facts) =>
            {
                AddressRule::RedirectUriMissing
            }
            ClientStanding::Known => match not_admitted(policy, facts) {
                Some(rule) => rule,
                None => return Ok(channel(policy, facts)),
            },
        };
        Err(page(None, rule))
    })
}

/// Why a redirect URI is not admitted that the client registered.
fn not_admitted<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Option<AddressRule> {
    let is_other_form = match policy.admitted_redirect_uris {
        AdmittedRedirectUris::Registered | AdmittedRedirectUris::RegisteredOrOnly => false,
        AdmittedRedirectUris::Exact if !facts.redirect_uri_sent() => return Some(AddressRule::RedirectUriUnnamed),
        // One that proves something has no wildcard.
        AdmittedRedirectUris::Exact => {
            facts.redirect_proof() == RedirectProof::Nothing && facts.redirect_form() == RedirectForm::Wildcard
        }
        AdmittedRedirectUris::HttpsOrLoopback => match facts.redirect_proof() {
            RedirectProof::ClaimedHttps | RedirectProof::ExactHttps => false,
            RedirectProof::Localhost => facts.redirect_form() != RedirectForm::Web,
            RedirectProof::Nothing => true,
        },
    };
    is_other_form.then_some(AddressRule::RedirectUriForm)
}

/// The response type's default, unless another response mode was asked for.
fn channel<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Channel {
    let asked = facts.response_type();
    let default = match asked.known() {
        Some(response_type) => default_placement(policy, response_type),
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
    let by_default = Channel { placement: default, error_placement: default_error };
    if policy.response_mode_parameter == ResponseModeParameter::Unknown {
        return by_default;
    }
    match facts.response_mode() {
        ResponseMode::Fragment => both(Placement::Fragment),
        ResponseMode::FormPost => both(Placement::FormPost),
        // What may not stand in the query is not put there; the error may go where the client asked for it.
        ResponseMode::Query if policy.response_mode_parameter == ResponseModeParameter::RedirectErrors => {
            Channel { placement: default, error_placement: Placement::Query }
        }
        ResponseMode::Default | ResponseMode::Query | ResponseMode::Unknown => by_default,
    }
}

const fn both(placement: Placement) -> Channel {
    Channel { placement, error_placement: placement }
}

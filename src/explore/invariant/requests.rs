//! Requests that are not in order, and what a response may carry.

use super::super::truth::When;
use super::claim::{Case, Claim, Says};
use super::stated::{Invariant, Proof, Under};
use super::token;
use crate::decide::authorize::component::Component;
use crate::decide::authorize::facts::{
    AuthorizeFacts, ClientStanding, CodeChallenge, Display, Hint, LoginAnswer, MaxAge, RequestObject, ScopeStanding,
};
use crate::decide::authorize::part::{ErrorPlace, Outcome, Part};
use crate::decide::authorize::verdict::Access;
use crate::decide::authorize::verdict::Authorize;
use crate::decide::syntax::Syntax;
use crate::decide::token::facts::TokenFacts;
use crate::oauth::client::ClientType;
use crate::oauth::error::Placement;
use crate::oauth::redirect::{RedirectForm, RedirectProof};
use crate::policy::knobs::{
    AdmittedRedirectUris, AllowImplicit, ErrorVsOpenRedirector, HybridFlow, IdTokenNeedsOpenid, OpenidConnect,
    PkcePlain, PublicClients, RefusedScopes, RequirePkcePublic, RequireState, ScopeNotAllowed, UnknownDisplay,
};
use crate::sources::{
    FAPI_2, MCP_SECURITY, MULTIPLE_RESPONSE_TYPES, OAUTH_21, OAUTH2_SERVER_PHP, OIDC_PROVIDER, OPENID_CORE,
    OPENID_REGISTRATION, RFC_6749, RFC_7636, RFC_9700,
};

/// A response with what was asked for.
pub(super) const ISSUES: (Component, fn(&Part) -> bool) =
    (Component::Outcome, |part| *part == Part::Outcome(Outcome::Issue));
/// The consent page.
pub(super) const ASKS: (Component, fn(&Part) -> bool) =
    (Component::Outcome, |part| *part == Part::Outcome(Outcome::Consent));
/// A response, or the consent page: the request is in order, and it is known who is answered for.
pub(super) const GOES_ON: (Component, fn(&Part) -> bool) =
    (Component::Outcome, |part| matches!(part, Part::Outcome(Outcome::Issue | Outcome::Consent)));
/// Any page.
pub(super) const SHOWS: (Component, fn(&Part) -> bool) =
    (Component::Outcome, |part| matches!(part, Part::Outcome(Outcome::SignIn(_) | Outcome::Consent)));
/// A response to the client, or an error that is sent to it.
const RESPONDS: (Component, fn(&Part) -> bool) = (Component::Response, |part| *part != Part::Response(None));
const REFUSES: (Component, fn(&Part) -> bool) = (Component::Error, |part| matches!(part, Part::Error(Some(_))));
/// A refresh token.
pub(super) const GIVES_REFRESH_TOKEN: (Component, fn(&Part) -> bool) =
    (Component::RefreshToken, |part| matches!(part, Part::RefreshToken(Some(Ok(_)))));
pub(super) const GRANTS_OFFLINE: (Component, fn(&Part) -> bool) =
    (Component::Scope, |part| matches!(part, Part::Scope(Some(scopes)) if scopes.offline == Access::Standing));
pub(super) const GRANTS_ONLINE: (Component, fn(&Part) -> bool) =
    (Component::Scope, |part| matches!(part, Part::Scope(Some(scopes)) if scopes.online == Access::Standing));
const GIVES_TOKENS: (Component, fn(&Part) -> bool) = (Component::Tokens, |part| matches!(part, Part::Tokens(Some(_))));
const STORES: (Component, fn(&Part) -> bool) = (Component::Stored, |part| matches!(part, Part::Stored(Some(_))));
const STORES_CODE: (Component, fn(&Part) -> bool) =
    (Component::Stored, |part| matches!(part, Part::Stored(Some(stored)) if stored.code));

const STORES_ACCESS_TOKEN: (Component, fn(&Part) -> bool) =
    (Component::Stored, |part| matches!(part, Part::Stored(Some(stored)) if stored.access_token));

/// No situation with these facts, of which these things are said.
pub(super) const fn never(when: When<Authorize>, says: &'static [Says<Authorize>]) -> Claim<Authorize> {
    Claim::Never(Case { when, says })
}

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "error.no_tokens",
        statement: "An error comes without tokens, and nothing is stored with it that gives any.",
        sources: &[RFC_6749.at("sections 4.1.2.1 and 4.2.2.1", "section-4.1.2.1")],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(|_, _| true, &[REFUSES, GIVES_TOKENS]),
                never(|_, _| true, &[REFUSES, GIVES_REFRESH_TOKEN]),
                never(|_, _| true, &[REFUSES, STORES_CODE]),
                never(|_, _| true, &[REFUSES, STORES_ACCESS_TOKEN]),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "error.stores_nothing",
        statement: "Nothing is stored with an error, unless what a person refused is remembered.",
        sources: &[RFC_6749.at("sections 4.1.2.1 and 4.2.2.1", "section-4.1.2.1")],
        under: Some(Under {
            says: "refused_scopes is asked_again",
            holds: |knobs| knobs.refused_scopes == RefusedScopes::AskedAgain,
        }),
        proof: Proof::Claims { authorize: &[never(|_, _| true, &[REFUSES, STORES])], token: &[], lifecycle: &[] },
    },
    Invariant {
        id: "error.never_to_a_stranger",
        statement: "Nothing is sent to a client that is not known, nor to a redirect URI that is not registered.",
        sources: &[RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_CORE.at("section 3.1.2.6", "AuthError")],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(
                    |_, facts| facts.client() != ClientStanding::Known,
                    &[(Component::Response, |part| *part != Part::Response(None))],
                ),
                never(|_, facts| facts.client() != ClientStanding::Known, &[GOES_ON]),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "error.not_before_sign_in",
        statement: "No error is redirected before the user has signed in, save under prompt=none.",
        sources: &[RFC_9700.at("section 4.11.2", "section-4.11.2")],
        under: Some(Under {
            says: "error_vs_open_redirector is after_login",
            holds: |knobs| knobs.error_vs_open_redirector == ErrorVsOpenRedirector::AfterLogin,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| !facts.signed_in() && !facts.prompt_none() && facts.login_answer() == LoginAnswer::Open,
                &[(Component::Error, |part| matches!(part, Part::Error(Some((_, ErrorPlace::Redirect)))))],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "request.malformed",
        statement: "A request with a malformed or repeated parameter gives nothing.",
        sources: &[RFC_6749.at("sections 3.1 and 4.1.2.1", "section-3.1")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(|_, facts| facts.syntax() != Syntax::WellFormed, &[GOES_ON])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "request.object_unresolved",
        statement: "A request object that nobody resolved gives nothing.",
        sources: &[OPENID_CORE.at("section 3.1.2.6", "AuthError")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(|_, facts| facts.request_object() != RequestObject::Absent, &[GOES_ON])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "request.unknown_display",
        statement: "A value of display that is not understood is an error where the policy says so.",
        sources: &[OPENID_CORE.at("section 3.1.2.1", "AuthRequest")],
        under: Some(Under {
            says: "unknown_display is error",
            holds: |knobs| knobs.unknown_display == UnknownDisplay::Error,
        }),
        proof: Proof::Claims {
            authorize: &[never(|_, facts| facts.display() == Display::Unknown, &[GOES_ON])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "response_type.registered",
        statement: "A client gets only what its registered response types and grant types allow, and what the server offers.",
        sources: &[
            RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"),
            OPENID_REGISTRATION.at("section 2", "ClientMetadata"),
        ],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(|_, facts| !facts.response_type_registered(), &[GOES_ON]),
                never(|_, facts| !facts.response_type_supported(), &[GOES_ON]),
                never(|_, facts| facts.response_type().known().is_none(), &[GOES_ON]),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "response.tokens_never_in_query",
        statement: "Tokens never stand in the query of a redirect.",
        sources: &[
            MULTIPLE_RESPONSE_TYPES.at("section 5", "Combinations"),
            RFC_9700.at("section 4.3.2", "section-4.3.2"),
        ],
        under: Some(Under { says: "hybrid_flow is openid", holds: |knobs| knobs.hybrid_flow == HybridFlow::Openid }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, _| true,
                &[
                    (Component::Response, |part| *part == Part::Response(Some(Placement::Query))),
                    (Component::Tokens, |part| {
                        matches!(part, Part::Tokens(Some(tokens)) if tokens.response_type.returns_access_token()
                        || tokens.response_type.returns_id_token())
                    }),
                ],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "implicit.off",
        statement: "No access token comes from the authorization endpoint.",
        sources: &[RFC_9700.at("section 2.1.2", "section-2.1.2"), OAUTH_21.at("section 10.1", "")],
        under: Some(Under {
            says: "allow_implicit is not true",
            holds: |knobs| knobs.allow_implicit != AllowImplicit::Yes,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, _| true,
                &[(
                    Component::Tokens,
                    |part| matches!(part, Part::Tokens(Some(tokens)) if tokens.front_access_token.is_some()),
                )],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "pkce.required",
        statement: "A public client gets no code without PKCE, and no client where all need it.",
        sources: &[RFC_9700.at("section 2.1.1", "section-2.1.1"), OAUTH_21.at("section 4.1.1", "")],
        under: Some(Under {
            says: "require_pkce_public is not false",
            holds: |knobs| knobs.require_pkce_public != RequirePkcePublic::No,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    facts.code_challenge() == CodeChallenge::Absent
                        && (policy.require_pkce_public == RequirePkcePublic::AllClients
                            || facts.client_type() == ClientType::Public)
                },
                &[STORES_CODE],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "pkce.well_formed",
        statement: "A code challenge that is malformed, or of a method that is not known, gives no code.",
        sources: &[RFC_7636.at("sections 4.2 and 4.4.1", "section-4.4.1")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| matches!(facts.code_challenge(), CodeChallenge::Malformed | CodeChallenge::UnknownMethod),
                &[STORES_CODE],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "pkce.not_plain",
        statement: "A code challenge that exposes its verifier gives no code.",
        sources: &[RFC_9700.at("section 2.1.1", "section-2.1.1")],
        under: Some(Under { says: "pkce_plain is not accept", holds: |knobs| knobs.pkce_plain != PkcePlain::Accept }),
        proof: Proof::Claims {
            authorize: &[never(|_, facts| facts.code_challenge() == CodeChallenge::Plain, &[STORES_CODE])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "id_token.needs_nonce_and_openid",
        statement: "The front channel returns an ID Token only to a request with a nonce and with openid, and no endpoint returns one \
            without openid.",
        sources: &[OPENID_CORE.at("sections 3.1.2.1, 3.2.2.1 and 3.3.2.11", "ImplicitAuthRequest")],
        under: Some(Under {
            says: "hybrid_flow is openid and id_token_needs_openid is not nothing",
            holds: |knobs| {
                knobs.hybrid_flow == HybridFlow::Openid && knobs.id_token_needs_openid != IdTokenNeedsOpenid::Nothing
            },
        }),
        proof: Proof::Claims {
            authorize: &[
                never(
                    |_, facts| !(facts.nonce() && facts.openid()),
                    &[(
                        Component::Tokens,
                        |part| matches!(part, Part::Tokens(Some(tokens)) if tokens.response_type.returns_id_token()),
                    )],
                ),
                never(
                    |_, facts| !facts.openid(),
                    &[(Component::Tokens, |part| matches!(part, Part::Tokens(Some(tokens)) if tokens.id_token))],
                ),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "id_token.needs_openid_connect",
        statement: "A server without OpenID Connect returns no ID Token.",
        sources: &[OPENID_CORE.at("section 3.1.2.1", "AuthRequest")],
        under: Some(Under {
            says: "openid_connect is false",
            holds: |knobs| knobs.openid_connect == OpenidConnect::No,
        }),
        proof: Proof::Claims {
            authorize: &[
                never(
                    |_, _| true,
                    &[(
                        Component::Tokens,
                        |part| matches!(part, Part::Tokens(Some(tokens)) if tokens.response_type.returns_id_token()),
                    )],
                ),
                never(
                    |_, _| true,
                    &[(Component::Tokens, |part| matches!(part, Part::Tokens(Some(tokens)) if tokens.id_token))],
                ),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "request.openid_requested",
        statement: "What only OpenID Connect has is given to no request without openid.",
        sources: &[OIDC_PROVIDER.whole(), OPENID_CORE.at("section 3.1.2.1", "AuthRequest")],
        under: Some(Under {
            says: "id_token_needs_openid is requested and openid_connect is true",
            holds: |knobs| {
                knobs.id_token_needs_openid == IdTokenNeedsOpenid::Requested
                    && knobs.openid_connect == OpenidConnect::Yes
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| {
                    let asks = facts.nonce() || facts.max_age() != MaxAge::Absent || facts.hint() != Hint::Absent;
                    !facts.openid() && asks
                },
                &[GOES_ON],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "request.state_required",
        statement: "A request without state gives nothing.",
        sources: &[OAUTH2_SERVER_PHP.whole()],
        under: Some(Under { says: "require_state is true", holds: |knobs| knobs.require_state == RequireState::Yes }),
        proof: Proof::Claims {
            authorize: &[never(|_, facts| !facts.state_sent(), &[GOES_ON])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "redirect_uri.exact",
        statement: "Nothing is sent to an address that the request does not name, or that a wildcard admits.",
        sources: &[RFC_9700.at("section 2.1", "section-2.1")],
        under: Some(Under {
            says: "admitted_redirect_uris is exact",
            holds: |knobs| knobs.admitted_redirect_uris == AdmittedRedirectUris::Exact,
        }),
        proof: Proof::Claims {
            authorize: &[
                never(|_, facts| !facts.redirect_uri_sent(), &[RESPONDS]),
                never(
                    |_, facts| {
                        facts.redirect_proof() == RedirectProof::Nothing
                            && facts.redirect_form() == RedirectForm::Wildcard
                    },
                    &[RESPONDS],
                ),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "redirect_uri.https_or_loopback",
        statement: "Nothing is sent to an address that is neither https without a wildcard nor the user's own machine.",
        sources: &[MCP_SECURITY.at("Communication Security and Open Redirection", "")],
        under: Some(Under {
            says: "admitted_redirect_uris is https_or_loopback",
            holds: |knobs| knobs.admitted_redirect_uris == AdmittedRedirectUris::HttpsOrLoopback,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| match facts.redirect_proof() {
                    RedirectProof::ClaimedHttps | RedirectProof::ExactHttps => false,
                    RedirectProof::Localhost => facts.redirect_form() == RedirectForm::PrivateUse,
                    RedirectProof::Nothing => true,
                },
                &[RESPONDS],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "client.confidential",
        statement: "A public client gets nothing, at no endpoint.",
        sources: &[FAPI_2.at("section 5.3.2.1", "")],
        under: Some(Under {
            says: "public_clients is refuse",
            holds: |knobs| knobs.public_clients == PublicClients::Refuse,
        }),
        proof: Proof::Claims {
            authorize: &[never(|_, facts| facts.client_type() == ClientType::Public, &[GOES_ON])],
            token: &[token::never(|_, facts| facts.client_type() == ClientType::Public, &[token::GIVES])],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "scope.allowed",
        statement: "A request for an ordinary scope that the client may not have gives nothing.",
        sources: &[RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")],
        under: Some(Under {
            says: "scope_not_allowed is error",
            holds: |knobs| knobs.scope_not_allowed == ScopeNotAllowed::Error,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| {
                    let may_have =
                        matches!(facts.scope(), ScopeStanding::Fine | ScopeStanding::Default | ScopeStanding::Omitted);
                    facts.ordinary_not_allowed() && !may_have
                },
                &[GOES_ON],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
];

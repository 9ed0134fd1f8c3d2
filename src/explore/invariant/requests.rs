//! Requests that are not in order, and what a response may carry.

use super::super::truth::When;
use super::claim::{Case, Claim, Says};
use super::stated::{Invariant, Proof, Under};
use crate::decide::authorize::component::Component;
use crate::decide::authorize::facts::{
    AuthorizeFacts, ClientStanding, CodeChallenge, Display, LoginAnswer, RequestObject,
};
use crate::decide::authorize::part::{ErrorPlace, Outcome, Part};
use crate::decide::authorize::verdict::Authorize;
use crate::decide::syntax::Syntax;
use crate::oauth::client::ClientType;
use crate::oauth::error::Placement;
use crate::policy::knobs::{AllowImplicit, ErrorVsOpenRedirector, PkcePlain, RequirePkcePublic, UnknownDisplay};
use crate::sources::{
    MULTIPLE_RESPONSE_TYPES, OAUTH_21, OPENID_CORE, OPENID_REGISTRATION, RFC_6749, RFC_7636, RFC_9700,
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
const REFUSES: (Component, fn(&Part) -> bool) = (Component::Error, |part| matches!(part, Part::Error(Some(_))));
/// A refresh token.
pub(super) const GIVES_REFRESH_TOKEN: (Component, fn(&Part) -> bool) =
    (Component::RefreshToken, |part| matches!(part, Part::RefreshToken(Some(Ok(_)))));
const GIVES_TOKENS: (Component, fn(&Part) -> bool) = (Component::Tokens, |part| matches!(part, Part::Tokens(Some(_))));
const STORES: (Component, fn(&Part) -> bool) = (Component::Stored, |part| matches!(part, Part::Stored(Some(_))));
const STORES_CODE: (Component, fn(&Part) -> bool) =
    (Component::Stored, |part| matches!(part, Part::Stored(Some(stored)) if stored.code));

/// No situation with these facts, of which these things are said.
pub(super) const fn never(when: When<Authorize>, says: &'static [Says<Authorize>]) -> Claim<Authorize> {
    Claim::Never(Case { when, says })
}

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "error.no_tokens",
        statement: "An error comes without tokens, and nothing is stored with it.",
        sources: &[RFC_6749.at("sections 4.1.2.1 and 4.2.2.1", "section-4.1.2.1")],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(|_, _| true, &[REFUSES, GIVES_TOKENS]),
                never(|_, _| true, &[REFUSES, GIVES_REFRESH_TOKEN]),
                never(|_, _| true, &[REFUSES, STORES]),
            ],
            token: &[],
            lifecycle: &[],
        },
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
        under: None,
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
        under: Some(Under { says: "pkce_plain is refuse", holds: |knobs| knobs.pkce_plain == PkcePlain::Refuse }),
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
        under: None,
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
];

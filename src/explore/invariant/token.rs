//! What a code is worth, and what every token request has to have.

use super::super::truth::When;
use super::claim::{Case, Claim, Says};
use super::stated::{Invariant, Proof, Under};
use crate::decide::syntax::Syntax;
use crate::decide::token::component::{Component, Outcome, Part};
use crate::decide::token::facts::{Due, ExistingGrant, GrantType, Presented, Stored, TokenFacts, Verifier};
use crate::decide::token::verdict::{Fate, Token};
use crate::oauth::client::ClientType;
use crate::policy::knobs::{
    AdmittedRedirectUris, ExistingGrantFailure, Knobs, PublicClients, ReplayedCodeEnds, SenderConstrainedTokens,
    SessionDeadAtExchange, SupportsExistingGrant,
};
use crate::sources::{FAPI_2, INCREMENTAL_00, ONLINE_ACCESS, RFC_6749, RFC_7636, RFC_9700};

pub(super) const GIVES: Says<Token> = (Component::Outcome, |part| !matches!(part, Part::Outcome(Outcome::Error(_))));
pub(super) const EXCHANGED: Says<Token> = (Component::Outcome, |part| *part == Part::Outcome(Outcome::Exchanged));
pub(super) const REFRESHED: Says<Token> = (Component::Outcome, |part| *part == Part::Outcome(Outcome::Refreshed));
const REFUSES: Says<Token> = (Component::Outcome, |part| matches!(part, Part::Outcome(Outcome::Error(_))));
const FOR_ITSELF: Says<Token> = (Component::Outcome, |part| *part == Part::Outcome(Outcome::ForItself));
const GIVES_ACCESS_TOKEN: Says<Token> = (Component::AccessToken, |part| matches!(part, Part::AccessToken(Some(_))));
const GIVES_REFRESH_TOKEN: Says<Token> = (Component::RefreshToken, |part| matches!(part, Part::RefreshToken(Some(_))));
pub(super) const FAMILY_LIVES_ON: Says<Token> = (Component::Presented, |part| {
    !matches!(part, Part::Presented(ended)
        if matches!(ended.fate, Fate::FamilyEnds | Fate::ClientTokensEnd | Fate::GrantEnds))
});
pub(super) const GRANT_LIVES_ON: Says<Token> =
    (Component::Presented, |part| !matches!(part, Part::Presented(ended) if ended.fate == Fate::GrantEnds));
const OTHERS_END: Says<Token> = (Component::Presented, |part| {
    matches!(part, Part::Presented(ended)
        if matches!(ended.fate, Fate::FamilyEnds | Fate::ClientTokensEnd | Fate::GrantEnds))
});

pub(super) const fn never(when: When<Token>, says: &'static [Says<Token>]) -> Claim<Token> {
    Claim::Never(Case { when, says })
}

/// A code that was redeemed is presented in a request with which nothing is wrong.
fn replays<F: TokenFacts>(facts: &F, policy: &Knobs) -> bool {
    facts.grant_type() == GrantType::AuthorizationCode
        && facts.stored() == Stored::UsedUp
        && in_order(facts, policy)
        && (policy.sender_constrained_tokens == SenderConstrainedTokens::Optional || facts.sender_constrained())
}

/// Nothing is wrong with the request, and what it presents was issued to this client.
pub(super) fn in_order<F: TokenFacts>(facts: &F, policy: &Knobs) -> bool {
    facts.syntax() == Syntax::WellFormed
        && facts.client_known()
        && match facts.client_type() {
            ClientType::Public => policy.public_clients == PublicClients::Admit,
            ClientType::Confidential => facts.authenticated(),
        }
        && facts.grant_type_registered()
        && facts.presented() == Presented::Theirs
}

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "token.error_gives_nothing",
        statement: "A token request that is refused gives no token.",
        sources: &[RFC_6749.at("section 5.2", "section-5.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(|_, _| true, &[REFUSES, GIVES_ACCESS_TOKEN]),
                never(|_, _| true, &[REFUSES, GIVES_REFRESH_TOKEN]),
            ],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "token.client_authenticates",
        statement: "A client that is not known, or confidential and not authenticated, gets nothing.",
        sources: &[RFC_6749.at("sections 3.2.1 and 5.2", "section-3.2.1")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(|_, facts| !facts.client_known(), &[GIVES]),
                never(|_, facts| facts.client_type() == ClientType::Confidential && !facts.authenticated(), &[GIVES]),
            ],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "token.own_records_only",
        statement: "What was issued to another client, or to nobody, gives nothing.",
        sources: &[RFC_6749.at("sections 4.1.3 and 5.2", "section-5.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(|_, facts| facts.presented() != Presented::Theirs, &[EXCHANGED]),
                never(|_, facts| facts.presented() != Presented::Theirs, &[REFRESHED]),
            ],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "token.client_credentials",
        statement: "A client that acts for itself is confidential, and gets no refresh token.",
        sources: &[RFC_6749.at("sections 4.4 and 4.4.3", "section-4.4.3")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(|_, facts| facts.client_type() == ClientType::Public, &[FOR_ITSELF]),
                never(|_, _| true, &[FOR_ITSELF, GIVES_REFRESH_TOKEN]),
            ],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "code.used_once",
        statement: "A code that was redeemed yields no token, and what came from it ends when it is presented again, unless the policy \
            says that nothing does.",
        sources: &[RFC_6749.at("section 4.1.2", "section-4.1.2"), RFC_9700.at("section 4.5.3", "section-4.5.3")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(
                    |_, facts| {
                        facts.grant_type() == GrantType::AuthorizationCode
                            && matches!(facts.stored(), Stored::UsedUp | Stored::UsedUpInGrace)
                    },
                    &[GIVES],
                ),
                never(
                    |policy, facts| policy.replayed_code_ends != ReplayedCodeEnds::Nothing && replays(facts, policy),
                    &[FAMILY_LIVES_ON],
                ),
                never(
                    |policy, facts| policy.replayed_code_ends == ReplayedCodeEnds::Grant && replays(facts, policy),
                    &[GRANT_LIVES_ON],
                ),
                never(
                    |_, _| true,
                    &[
                        EXCHANGED,
                        (
                            Component::Presented,
                            |part| !matches!(part, Part::Presented(ended) if ended.fate == Fate::UsedUp),
                        ),
                    ],
                ),
            ],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "code.alive",
        statement: "A code that was revoked, or whose time is over, yields no token.",
        sources: &[RFC_6749.at("sections 4.1.2 and 5.2", "section-4.1.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(|_, facts| facts.stored() == Stored::Dead || facts.elapsed(), &[EXCHANGED])],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "code.verifier",
        statement: "A code is redeemed only with the verifier of its challenge, and without one only where it has no challenge.",
        sources: &[RFC_7636.at("section 4.6", "section-4.6"), RFC_9700.at("section 4.8.2", "section-4.8.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(|_, facts| !matches!(facts.verifier(), Verifier::Neither | Verifier::Fits), &[EXCHANGED])],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "code.redirect_uri",
        statement: "A code is redeemed only with the redirect URI of its authorization request, which a token request may leave out \
            where there is no other and the policy says so.",
        sources: &[RFC_6749.at("section 4.1.3", "section-4.1.3")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(
                |policy, facts| {
                    let may_be_left_out = policy.admitted_redirect_uris == AdmittedRedirectUris::RegisteredOrOnly
                        && facts.only_redirect_uri_left_out();
                    !facts.redirect_uri_fits() && !may_be_left_out
                },
                &[EXCHANGED],
            )],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "code.as_authorized",
        statement: "A code yields a refresh token only where the authorization fixed one.",
        sources: &[RFC_6749.at("section 4.1.4", "section-4.1.4")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(|_, facts| facts.due() == Due::None, &[EXCHANGED, GIVES_REFRESH_TOKEN])],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "code.session_gone",
        statement: "A code yields no refresh token that would be bound to a session which has ended.",
        sources: &[ONLINE_ACCESS.whole()],
        under: Some(Under {
            says: "session_dead_at_exchange is not full",
            holds: |knobs| knobs.session_dead_at_exchange != SessionDeadAtExchange::Full,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(
                |_, facts| facts.due() == Due::Session && !facts.session_alive(),
                &[EXCHANGED, GIVES_REFRESH_TOKEN],
            )],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "existing_grant.verified",
        statement: "An existing grant that is not a live refresh token of the same client and user adds nothing, and fails the request \
            where the policy says so.",
        sources: &[INCREMENTAL_00.at("section 5", "section-5")],
        under: Some(Under {
            says: "supports_existing_grant is true",
            holds: |knobs| knobs.supports_existing_grant == SupportsExistingGrant::Yes,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(
                    |_, facts| facts.existing_grant() != ExistingGrant::Holds,
                    &[(
                        Component::AccessToken,
                        |part| matches!(part, Part::AccessToken(Some(token)) if token.adds_existing_grant),
                    )],
                ),
                never(
                    |policy, facts| {
                        policy.existing_grant_failure == ExistingGrantFailure::InvalidGrant
                            && facts.existing_grant() == ExistingGrant::Fails
                    },
                    &[EXCHANGED],
                ),
            ],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "token.only_a_replay_ends_others",
        statement: "Nothing else ends at the token endpoint than what a replayed code or a reused refresh token ends.",
        sources: &[RFC_6749.at("section 4.1.2", "section-4.1.2"), RFC_9700.at("section 4.14.2", "section-4.14.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(
                |_, facts| !matches!(facts.stored(), Stored::UsedUp | Stored::UsedUpInGrace),
                &[OTHERS_END],
            )],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "token.key_proven",
        statement: "No token is issued without proof of a key.",
        sources: &[FAPI_2.at("section 5.3.2.1", "")],
        under: Some(Under {
            says: "sender_constrained_tokens is required",
            holds: |knobs| knobs.sender_constrained_tokens == SenderConstrainedTokens::Required,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(
                    |_, facts| facts.grant_type() != GrantType::RefreshToken && !facts.sender_constrained(),
                    &[GIVES],
                ),
                never(|_, facts| facts.grant_type() == GrantType::RefreshToken && !facts.sender_proof(), &[GIVES]),
            ],
            lifecycle: &[],
        },
    },
];

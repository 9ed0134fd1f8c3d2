//! What a refresh token is worth.

use super::claim::Says;
use super::stated::{Invariant, Proof, Under};
use super::token::{FAMILY_LIVES_ON, GRANT_LIVES_ON, REFRESHED, in_order, never};
use crate::decide::life::AgeFrom;
use crate::decide::report::ScopeReported;
use crate::decide::rotation::Rotation;
use crate::decide::token::component::{Component, GivenRefreshToken, Part};
use crate::decide::token::facts::{AskedScope, GrantType, Stored, TokenFacts};
use crate::decide::token::verdict::{Fate, Token};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::knobs::{
    Knobs, RefreshTokenRotation, ReusedRefreshTokenEnds, RotatedRefreshTokenLifetime, SenderConstrainedTokens,
    SuccessorScope, WiderScopeAtRefresh,
};
use crate::sources::{BROWSER_BASED_APPS, OKTA_REFRESH, RFC_6749, RFC_9700, WORKERS_OAUTH_PROVIDER};

const TELLS_NOTHING: Says<Token> = (
    Component::AccessToken,
    |part| matches!(part, Part::AccessToken(Some(token)) if token.scope_reported == ScopeReported::Never),
);
const CLIENT_TOKENS_LIVE_ON: Says<Token> = (
    Component::Presented,
    |part| !matches!(part, Part::Presented(ended) if matches!(ended.fate, Fate::ClientTokensEnd | Fate::GrantEnds)),
);

/// A refresh token that was replaced is presented in a request with which nothing is wrong.
fn reuses<F: TokenFacts>(facts: &F, policy: &Knobs) -> bool {
    let bound = policy.sender_constrained_tokens == SenderConstrainedTokens::Required || facts.sender_constrained();
    facts.grant_type() == GrantType::RefreshToken
        && facts.stored() == Stored::UsedUp
        && in_order(facts, policy)
        && (!bound || facts.sender_proof())
}

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "refresh.superseded",
        statement: "A refresh token that was replaced is refused, and everything of its family ends, unless the policy says that nothing does.",
        sources: &[RFC_9700.at("section 4.14.2", "section-4.14.2"), OKTA_REFRESH.whole()],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(|_, facts| facts.stored() == Stored::UsedUp, &[REFRESHED]),
                never(
                    |policy, facts| {
                        policy.reused_refresh_token_ends != ReusedRefreshTokenEnds::Nothing && reuses(facts, policy)
                    },
                    &[FAMILY_LIVES_ON],
                ),
                never(
                    |policy, facts| {
                        policy.reused_refresh_token_ends == ReusedRefreshTokenEnds::ClientTokens
                            && reuses(facts, policy)
                    },
                    &[CLIENT_TOKENS_LIVE_ON],
                ),
                never(
                    |policy, facts| {
                        policy.reused_refresh_token_ends == ReusedRefreshTokenEnds::Grant && reuses(facts, policy)
                    },
                    &[GRANT_LIVES_ON],
                ),
            ],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh.alive",
        statement: "A refresh token that was revoked, or has reached a limit, is refused.",
        sources: &[RFC_6749.at("section 5.2", "section-5.2"), RFC_9700.at("section 4.14.2", "section-4.14.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(|_, facts| facts.stored() == Stored::Dead || facts.elapsed(), &[REFRESHED])],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh.not_wider",
        statement: "A refresh does not widen the scope: what was not granted is refused, or left out and the client told.",
        sources: &[RFC_6749.at("sections 5.1 and 6", "section-6")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[
                never(|_, facts| matches!(facts.scope(), AskedScope::Other | AskedScope::Malformed), &[REFRESHED]),
                never(
                    |policy, facts| {
                        policy.wider_scope_at_refresh == WiderScopeAtRefresh::Error
                            && facts.scope() == AskedScope::Wider
                    },
                    &[REFRESHED],
                ),
                never(|_, facts| facts.scope() == AskedScope::Wider, &[REFRESHED, TELLS_NOTHING]),
            ],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh.limit_stays",
        statement: "A limit on the age of a refresh token does not move with rotation.",
        sources: &[RFC_9700.at("section 4.14.2", "section-4.14.2"), BROWSER_BASED_APPS.at("section 6.3.2.3", "")],
        under: Some(Under {
            says: "rotated_refresh_token_lifetime is not new",
            holds: |knobs| knobs.rotated_refresh_token_lifetime != RotatedRefreshTokenLifetime::New,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(
                |policy, facts| {
                    policy.rotated_refresh_token_lifetime == RotatedRefreshTokenLifetime::Rest
                        || (facts.client_type() == ClientType::Public
                            && facts.application_type() != ApplicationType::Native
                            && !facts.sender_constrained())
                },
                &[(Component::RefreshToken, |part| {
                    matches!(part, Part::RefreshToken(Some(GivenRefreshToken::Successor(one)))
                        if one.age_from == AgeFrom::Issue)
                })],
            )],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh.successor_scope",
        statement: "A successor has the scope of the presented refresh token.",
        sources: &[RFC_6749.at("section 6", "section-6")],
        under: Some(Under {
            says: "successor_scope is kept",
            holds: |knobs| knobs.successor_scope == SuccessorScope::Kept,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(
                |_, _| true,
                &[(Component::RefreshToken, |part| {
                    matches!(part, Part::RefreshToken(Some(GivenRefreshToken::Successor(one)))
                        if one.narrowed_to.is_some())
                })],
            )],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh.two_at_most",
        statement: "Where a refresh token stays good until its successor is used, each refresh replaces all others of the family.",
        sources: &[WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleRefreshTokenGrant", "")],
        under: Some(Under {
            says: "refresh_token_rotation is until_successor_used",
            holds: |knobs| knobs.refresh_token_rotation == RefreshTokenRotation::UntilSuccessorUsed,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(
                |_, _| true,
                &[
                    REFRESHED,
                    (
                        Component::Presented,
                        |part| !matches!(part, Part::Presented(ended) if ended.fate == Fate::OthersReplaced),
                    ),
                ],
            )],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh.proof",
        statement: "A refresh token that is bound to a key is worth nothing without proof of the key.",
        sources: &[RFC_9700.at("section 2.2.2", "section-2.2.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(|_, facts| facts.sender_constrained() && !facts.sender_proof(), &[REFRESHED])],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh.replaced_is_used_up",
        statement: "A refresh token that is replaced is used up.",
        sources: &[RFC_6749.at("section 6", "section-6"), RFC_9700.at("section 4.14.2", "section-4.14.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(
                |_, facts| facts.stored() == Stored::Active,
                &[
                    (
                        Component::RefreshToken,
                        |part| matches!(part, Part::RefreshToken(Some(GivenRefreshToken::Successor(one))) if one.rotation == Rotation::Replaced),
                    ),
                    (
                        Component::Presented,
                        |part| !matches!(part, Part::Presented(ended) if ended.fate == Fate::UsedUp),
                    ),
                ],
            )],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh.public_clients",
        statement: "A refresh token of a public client is bound to its key, or replaced with each use.",
        sources: &[RFC_9700.at("sections 2.2.2 and 4.14.2", "section-2.2.2")],
        under: Some(Under {
            says: "refresh_token_rotation is public or all",
            holds: |knobs| {
                matches!(knobs.refresh_token_rotation, RefreshTokenRotation::Public | RefreshTokenRotation::All)
            },
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[never(
                |policy, facts| {
                    let dropped = policy.successor_scope == SuccessorScope::Narrowed && !facts.session_alive();
                    facts.client_type() == ClientType::Public && !facts.sender_constrained() && !dropped
                },
                &[
                    REFRESHED,
                    (
                        Component::RefreshToken,
                        |part| !matches!(part, Part::RefreshToken(Some(GivenRefreshToken::Successor(one))) if one.rotation == Rotation::Replaced),
                    ),
                ],
            )],
            lifecycle: &[],
        },
    },
];

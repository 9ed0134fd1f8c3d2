//! The components of a verdict at the token endpoint.

use super::engine::State;
use super::facts::TokenFact;
use super::verdict::{ExistingGrantUse, Fate, NewAccessToken, Successor, Token, TokenVerdict};
use crate::decide::authorize::aspect::{access_token_life, binding_word, reported, rotation_word};
use crate::decide::component::{Aspect, Components, Reached};
use crate::decide::life::{AccessTokenLife, AgeFrom, Binding, RefreshTokenLife};
use crate::decide::record::EndStatus;
use crate::decide::report::ScopeReported;
use crate::decide::rotation::Rotation;
use crate::oauth::error::ErrorCode;

/// A component of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Component {
    /// Whether tokens are given, or the error.
    Outcome,
    /// The access token, and what is said of its scope.
    AccessToken,
    /// The refresh token that is given.
    RefreshToken,
    /// What becomes of what was presented, and of what goes with it.
    Presented,
}

/// Whether tokens are given, or the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The request is refused.
    Error(ErrorCode),
    /// A code was redeemed.
    Exchanged,
    /// A refresh token was used.
    Refreshed,
    /// A client acts for itself.
    ForItself,
}

/// The access token, and what comes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GivenAccessToken {
    /// What its life depends on.
    pub binding: Binding,
    /// How long it lives.
    pub life: AccessTokenLife,
    /// When its scope is reported.
    pub scope_reported: ScopeReported,
    /// An ID Token comes with a refresh.
    pub id_token: bool,
    /// Scopes that stand for online access are left out.
    pub without_online: bool,
    /// The scopes of an existing grant are added.
    pub adds_existing_grant: bool,
}

/// The refresh token that is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GivenRefreshToken {
    /// The one that the authorization fixed.
    Fixed(Binding, Rotation),
    /// One that follows the presented one.
    Successor(GivenSuccessor),
}

/// A refresh token that follows the presented one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GivenSuccessor {
    /// How long it lives.
    pub life: RefreshTokenLife,
    /// What the next refresh will do to it.
    pub rotation: Rotation,
    /// What its life depends on, where it has the scope of this refresh and not that of the presented one.
    pub narrowed_to: Option<Binding>,
    /// From when on a limit on its age counts.
    pub age_from: AgeFrom,
}

impl From<Successor> for GivenSuccessor {
    fn from(token: Successor) -> Self {
        Self {
            life: token.life,
            rotation: token.rotation,
            narrowed_to: token.narrowed.then_some(token.binding),
            age_from: token.age_from,
        }
    }
}

/// What becomes of what was presented, and of what goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ended {
    /// What becomes of the presented record.
    pub fate: Fate,
    /// The refresh token that existing_grant names ends.
    pub existing_grant: bool,
    /// The refresh tokens of the grant end.
    pub grant_tokens: bool,
    /// The oldest of too many ends.
    pub oldest: bool,
}

/// What one component says of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Whether tokens are given, or the error.
    Outcome(Outcome),
    /// The access token, if one is given.
    AccessToken(Option<GivenAccessToken>),
    /// The refresh token, if one is given.
    RefreshToken(Option<GivenRefreshToken>),
    /// What becomes of what was presented.
    Presented(Ended),
}

impl Components for Token {
    type Component = Component;
    type Part = Part;

    const COMPONENTS: &'static [Component] =
        &[Component::Outcome, Component::AccessToken, Component::RefreshToken, Component::Presented];

    const OPENING: &'static [Component] = &[Component::Outcome];

    const UNANSWERED: Option<(TokenFact, usize)> = None;

    fn component_name(component: Component) -> &'static str {
        match component {
            Component::Outcome => "outcome",
            Component::AccessToken => "access_token",
            Component::RefreshToken => "refresh_token",
            Component::Presented => "presented",
        }
    }

    /// The states are few, so that nothing has to be forgotten.
    fn forget(_: Component, state: State, (): ()) -> (State, ()) {
        (state, ())
    }

    fn set_aside((): (), (): ()) {}

    fn reached(verdict: &TokenVerdict) -> Reached {
        match verdict {
            TokenVerdict::Refuse { .. } => Reached::Refused,
            TokenVerdict::Exchanged(_) | TokenVerdict::Refreshed(_) | TokenVerdict::ForItself { .. } => {
                Reached::Answered
            }
        }
    }

    fn says_nothing(part: &Part) -> bool {
        match part {
            Part::AccessToken(token) => token.is_none(),
            Part::Outcome(_) | Part::RefreshToken(_) | Part::Presented(_) => false,
        }
    }

    fn part(component: Component, verdict: &TokenVerdict, (): &()) -> Part {
        match component {
            Component::Outcome => Part::Outcome(match verdict {
                TokenVerdict::Refuse { code, .. } => Outcome::Error(*code),
                TokenVerdict::Exchanged(_) => Outcome::Exchanged,
                TokenVerdict::Refreshed(_) => Outcome::Refreshed,
                TokenVerdict::ForItself { .. } => Outcome::ForItself,
            }),
            Component::AccessToken => Part::AccessToken(access_token(verdict)),
            Component::RefreshToken => Part::RefreshToken(match verdict {
                TokenVerdict::Exchanged(exchanged) => {
                    exchanged.refresh_token.map(|token| GivenRefreshToken::Fixed(token.binding, token.rotation))
                }
                TokenVerdict::Refreshed(refreshed) => {
                    refreshed.successor.map(|token| GivenRefreshToken::Successor(token.into()))
                }
                TokenVerdict::Refuse { .. } | TokenVerdict::ForItself { .. } => None,
            }),
            Component::Presented => Part::Presented(ended(verdict)),
        }
    }

    fn aspects(part: Part) -> Vec<Aspect> {
        let yes = |yes: bool| if yes { "yes" } else { "no" };
        match part {
            Part::Outcome(outcome) => vec![(
                "outcome",
                Some(match outcome {
                    Outcome::Error(code) => code.name(),
                    Outcome::Exchanged => "exchanged",
                    Outcome::Refreshed => "refreshed",
                    Outcome::ForItself => "for_itself",
                }),
            )],
            Part::AccessToken(token) => vec![
                ("binding", token.map(|token| binding_word(token.binding))),
                ("lifetime", token.map(|token| access_token_life(token.life))),
                ("scope_reported", token.map(|token| reported(token.scope_reported))),
                ("id_token", token.map(|token| yes(token.id_token))),
                ("without_online", token.map(|token| yes(token.without_online))),
                ("existing_grant_added", token.map(|token| yes(token.adds_existing_grant))),
            ],
            Part::RefreshToken(token) => {
                let given = match token {
                    None => "none",
                    Some(GivenRefreshToken::Fixed(binding, _)) => binding_word(binding),
                    Some(GivenRefreshToken::Successor(_)) => "successor",
                };
                let rotation = token.map(|token| match token {
                    GivenRefreshToken::Fixed(_, rotation)
                    | GivenRefreshToken::Successor(GivenSuccessor { rotation, .. }) => rotation_word(rotation),
                });
                let successor = token.and_then(|token| match token {
                    GivenRefreshToken::Fixed(..) => None,
                    GivenRefreshToken::Successor(successor) => Some(successor),
                });
                let scope = |successor: GivenSuccessor| match successor.narrowed_to {
                    None => "kept",
                    Some(Binding::Session) => "narrowed_to_session",
                    Some(Binding::Offline) => "narrowed",
                };
                let age_from = |successor: GivenSuccessor| match successor.age_from {
                    AgeFrom::Authorization => "authorization",
                    AgeFrom::Issue => "issue",
                };
                vec![
                    ("refresh_token", Some(given)),
                    ("rotation", rotation),
                    ("successor_scope", successor.map(scope)),
                    ("successor_age_from", successor.map(age_from)),
                ]
            }
            Part::Presented(ended) => vec![
                ("presented", Some(fate(ended.fate))),
                ("existing_grant_ends", Some(yes(ended.existing_grant))),
                ("grant_tokens_end", Some(yes(ended.grant_tokens))),
            ],
        }
    }
}

const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Untouched => "untouched",
        Fate::Touched => "touched",
        Fate::UsedUp => "used_up",
        Fate::Ends(EndStatus::Expired) => "expires",
        Fate::Ends(EndStatus::Revoked) => "revoked",
        Fate::OthersReplaced => "others_replaced",
        Fate::FamilyEnds => "family_ends",
        Fate::ClientTokensEnd => "client_tokens_end",
        Fate::GrantEnds => "grant_ends",
    }
}

fn access_token(verdict: &TokenVerdict) -> Option<GivenAccessToken> {
    let given = |token: &NewAccessToken, scope_reported| GivenAccessToken {
        binding: token.binding,
        life: token.life,
        scope_reported,
        id_token: false,
        without_online: false,
        adds_existing_grant: false,
    };
    match verdict {
        TokenVerdict::Refuse { .. } => None,
        TokenVerdict::Exchanged(exchanged) => Some(GivenAccessToken {
            without_online: exchanged.without_online,
            adds_existing_grant: matches!(exchanged.existing_grant, ExistingGrantUse::Added { .. }),
            ..given(&exchanged.access_token, exchanged.scope_reported)
        }),
        TokenVerdict::Refreshed(refreshed) => Some(GivenAccessToken {
            id_token: refreshed.id_token,
            ..given(&refreshed.access_token, refreshed.scope_reported)
        }),
        TokenVerdict::ForItself { access_token, scope_reported } => Some(given(access_token, *scope_reported)),
    }
}

fn ended(verdict: &TokenVerdict) -> Ended {
    let only = |fate| Ended { fate, existing_grant: false, grant_tokens: false, oldest: false };
    match verdict {
        TokenVerdict::Refuse { fate, .. } => only(*fate),
        TokenVerdict::Exchanged(exchanged) => Ended {
            fate: Fate::UsedUp,
            existing_grant: matches!(exchanged.existing_grant, ExistingGrantUse::Added { ends: Some(_) }),
            grant_tokens: exchanged.ends_grant_tokens.is_some(),
            oldest: exchanged.refresh_token.is_some_and(|token| token.limit.is_some()),
        },
        TokenVerdict::Refreshed(refreshed) => only(refreshed.fate),
        TokenVerdict::ForItself { .. } => only(Fate::Untouched),
    }
}

//! The components of a verdict at the token endpoint.

use super::engine::State;
use super::verdict::{ExistingGrantUse, Fate, NewAccessToken, Token, TokenVerdict};
use crate::decide::component::{Components, Reached};
use crate::decide::life::{AccessTokenLife, Binding, RefreshTokenLife};
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
    Successor(RefreshTokenLife, Rotation),
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
                    refreshed.successor.map(|token| GivenRefreshToken::Successor(token.life, token.rotation))
                }
                TokenVerdict::Refuse { .. } | TokenVerdict::ForItself { .. } => None,
            }),
            Component::Presented => Part::Presented(ended(verdict)),
        }
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

//! What an invariant is, and how it is checked under a policy.

use super::super::ordinary::Ordinary;
use super::claim::{Breach, Claim, Survey, Telling};
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::verdict::Authorize;
use crate::decide::lifecycle::facts::LifecycleFact;
use crate::decide::lifecycle::verdict::Lifecycle;
use crate::decide::token::facts::TokenFact;
use crate::decide::token::verdict::Token;
use crate::policy::knobs::Knobs;
use crate::sources::Citation;

/// Something that holds for every request there is.
pub struct Invariant {
    /// Stable id.
    pub id: &'static str,
    /// What holds, in one sentence.
    pub statement: &'static str,
    /// Where it comes from.
    pub sources: &'static [Citation],
    /// The policies of which it is claimed; every one where it is none.
    pub under: Option<Under>,
    pub(super) proof: Proof,
}

/// Policies, by their knobs.
#[derive(Clone, Copy)]
pub struct Under {
    /// In words.
    pub says: &'static str,
    pub(super) holds: fn(&Knobs) -> bool,
}

/// How an invariant is shown.
pub(super) enum Proof {
    /// Claims over every situation of the engines.
    Claims {
        authorize: &'static [Claim<Authorize>],
        token: &'static [Claim<Token>],
        lifecycle: &'static [Claim<Lifecycle>],
    },
    /// It is about all policies together, and a test of that name shows it.
    Test(&'static str),
}

/// What came of an invariant under one policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It holds.
    Holds,
    /// It is not claimed of this policy.
    NotClaimed,
    /// It is shown by a test of that name.
    Tested(&'static str),
    /// It does not hold at the authorization endpoint.
    Authorize(Breach<AuthorizeFact>),
    /// It does not hold at the token endpoint.
    Token(Breach<TokenFact>),
    /// It does not hold of what ends records.
    Lifecycle(Breach<LifecycleFact>),
}

/// Everything that was explored under one policy.
#[derive(Debug)]
pub struct Surveys {
    /// The policy's knobs.
    pub policy: Knobs,
    /// The authorization endpoint.
    pub authorize: Survey<Authorize>,
    /// The token endpoint.
    pub token: Survey<Token>,
    /// What ends records.
    pub lifecycle: Survey<Lifecycle>,
}

impl Surveys {
    /// Explores all three engines under a policy.
    #[must_use]
    pub fn of(policy: &Knobs) -> Self {
        Self::following(policy, &mut |_| {})
    }

    /// The same; `then` is told of each component when it is explored.
    pub fn following(policy: &Knobs, then: &mut dyn FnMut(&'static str)) -> Self {
        Self {
            policy: *policy,
            authorize: Survey::of(policy, Authorize::ordinary(), then),
            token: Survey::of(policy, Token::ordinary(), then),
            lifecycle: Survey::of(policy, Lifecycle::ordinary(), then),
        }
    }
}

impl Invariant {
    /// Whether it holds under a policy.
    #[must_use]
    pub fn check(&self, surveys: &Surveys) -> Finding {
        let Surveys { policy, authorize: of_authorize, token: of_token, lifecycle: of_lifecycle } = surveys;
        if !self.is_claimed(policy) {
            return Finding::NotClaimed;
        }
        let (authorize, token, lifecycle) = match &self.proof {
            Proof::Test(name) => return Finding::Tested(name),
            Proof::Claims { authorize, token, lifecycle } => (authorize, token, lifecycle),
        };
        let found = authorize.iter().find_map(|claim| claim.breach(of_authorize, policy)).map(Finding::Authorize);
        found
            .or_else(|| token.iter().find_map(|claim| claim.breach(of_token, policy)).map(Finding::Token))
            .or_else(|| lifecycle.iter().find_map(|claim| claim.breach(of_lifecycle, policy)).map(Finding::Lifecycle))
            .unwrap_or(Finding::Holds)
    }

    /// What each claim tells under a policy, whether it is claimed there or not.
    #[must_use]
    pub fn telling(&self, surveys: &Surveys) -> Vec<Telling> {
        let Surveys { policy, authorize: of_authorize, token: of_token, lifecycle: of_lifecycle } = surveys;
        match &self.proof {
            Proof::Test(_) => Vec::new(),
            Proof::Claims { authorize, token, lifecycle } => {
                let authorize = authorize.iter().map(|claim| claim.telling(of_authorize, policy));
                let token = token.iter().map(|claim| claim.telling(of_token, policy));
                let lifecycle = lifecycle.iter().map(|claim| claim.telling(of_lifecycle, policy));
                authorize.chain(token).chain(lifecycle).collect()
            }
        }
    }

    /// Whether it is claimed of a policy.
    #[must_use]
    pub fn is_claimed(&self, policy: &Knobs) -> bool {
        self.under.is_none_or(|under| (under.holds)(policy))
    }
}

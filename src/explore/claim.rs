//! Claims about two policies that a pipeline can check before a changed setting goes out: each holds in every situation,
//! or there is a smallest counterexample.

use super::difference::said_of;
use super::explorer::Explorer;
use super::graph::{Graphs, values};
use super::ordinary::Ordinary;
use crate::decide::authorize::component::Component as AuthorizeComponent;
use crate::decide::authorize::verdict::Authorize;
use crate::decide::component::Components;
use crate::decide::fact::Situation;
use crate::decide::lifecycle::verdict::Lifecycle;
use crate::decide::token::component::{
    Component as TokenComponent, GivenRefreshToken, Outcome as TokenOutcome, Part as TokenPart,
};
use crate::decide::token::verdict::Token;
use crate::policy::knobs::Knobs;

/// A claim about a policy that is to take the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Both decide the same, with the same reasons.
    Equivalent,
    /// No request gets a refresh token that got none.
    NoNewRefreshTokens,
    /// No request loses its refresh token.
    NoLostRefreshTokens,
    /// No user sees a page where there was none.
    NoNewScreens,
}

/// A situation that refutes a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counterexample {
    /// At the authorization endpoint.
    Authorize(Situation<<Authorize as crate::decide::engine::Engine>::Fact>),
    /// At the token endpoint.
    Token(Situation<<Token as crate::decide::engine::Engine>::Fact>),
    /// Something that ends tokens, or a question whether one is alive.
    Lifecycle(Situation<<Lifecycle as crate::decide::engine::Engine>::Fact>),
}

/// The explorers of the three engines.
#[derive(Debug, Default)]
pub struct Explorers {
    /// Of the authorization endpoint.
    pub authorize: Explorer<Authorize>,
    /// Of the token endpoint.
    pub token: Explorer<Token>,
    /// Of what ends tokens.
    pub lifecycle: Explorer<Lifecycle>,
}

impl Explorers {
    /// The most ordinary situation that refutes a claim; none where it holds in every situation.
    pub fn refute(&mut self, claim: Claim, before: &Knobs, after: &Knobs) -> Option<Counterexample> {
        match claim {
            Claim::Equivalent => self.differing(before, after),
            Claim::NoNewRefreshTokens => self.refresh_token_comes(before, after),
            Claim::NoLostRefreshTokens => self.refresh_token_comes(after, before),
            Claim::NoNewScreens => {
                let shows = |part| said_of(Authorize::aspects(part), "outcome").is_some_and(|word| word != "issue");
                let found = self
                    .authorize
                    .first(before, after, AuthorizeComponent::Outcome, |before, after| !shows(before) && shows(after));
                found.map(Counterexample::Authorize)
            }
        }
    }

    /// Where the two say anything different.
    fn differing(&mut self, before: &Knobs, after: &Knobs) -> Option<Counterexample> {
        fn first<E: Ordinary>(explorer: &mut Explorer<E>, before: &Knobs, after: &Knobs) -> Option<Situation<E::Fact>> {
            E::COMPONENTS
                .iter()
                .find_map(|component| explorer.first(before, after, *component, |one, other| one != other))
        }
        first(&mut self.authorize, before, after)
            .map(Counterexample::Authorize)
            .or_else(|| first(&mut self.token, before, after).map(Counterexample::Token))
            .or_else(|| first(&mut self.lifecycle, before, after).map(Counterexample::Lifecycle))
    }

    /// Where the second gives a refresh token and the first gives none.
    fn refresh_token_comes(&mut self, one: &Knobs, other: &Knobs) -> Option<Counterexample> {
        let promised = |part| said_of(Authorize::aspects(part), "binding").is_some_and(|word| word != "none");
        let at_once = self
            .authorize
            .first(one, other, AuthorizeComponent::RefreshToken, |one, other| !promised(one) && promised(other));
        at_once.map(Counterexample::Authorize).or_else(|| {
            // A code brings one that it did not bring, or a refresh token works that did not.
            let brings = |part| matches!(part, TokenPart::RefreshToken(Some(GivenRefreshToken::Fixed(..))));
            let works = |part| matches!(part, TokenPart::Outcome(TokenOutcome::Refreshed));
            let mut first = |component, comes: fn(TokenPart) -> bool| {
                self.token.first(one, other, component, |one, other| !comes(one) && comes(other))
            };
            let found = first(TokenComponent::RefreshToken, brings).or_else(|| first(TokenComponent::Outcome, works));
            found.map(Counterexample::Token)
        })
    }
}

impl<E: Ordinary> Explorer<E> {
    /// The most ordinary situation of which two policies say what is looked for.
    fn first(
        &mut self,
        one: &Knobs,
        other: &Knobs,
        component: E::Component,
        looked_for: impl Fn(E::Part, E::Part) -> bool + Copy,
    ) -> Option<Situation<E::Fact>> {
        let (one, other) = (self.explore(one, component), self.explore(other, component));
        let mut found = Graphs::new(values::<E>());
        let set = found.both(&self.graphs, &self.graphs, (one.graph, other.graph), |one, other| {
            one.zip(other).is_some_and(|(one, other)| looked_for(one, other))
        });
        found.nearest::<E>(set, &E::ordinary())
    }
}

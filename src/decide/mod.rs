//! The decision: a total, pure function over a finite situation.
//!
//! [`decide`] runs a short, ordered list of stages. Each is a function of the policy's knobs, the facts that it asks
//! and the small state that the stage before left. It is generic over where the facts come from, so the same engine
//! serves one request and an exploration of all of them.

#[macro_use]
mod rule;
#[macro_use]
mod finite;

mod authentication;
mod consent;
mod extensions;
pub mod facts;
pub mod lifecycle;
mod offline;
mod request;
pub mod token;
mod tokens;
pub mod verdict;
pub(crate) mod vocabulary;

pub use facts::{Facts, Situation};
pub use finite::Finite;
pub use rule::{Rule, RuleNumber, Strength, Trace};
pub use verdict::Verdict;

use crate::policy::knobs::Knobs;
use verdict::{GrantChange, IgnoredParameters, Outcome, Refusal, Screen};

/// Why a stage does not hand over to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Halt {
    /// The request is refused.
    Refuse(Refusal),
    /// The user has to do something first.
    Show(Screen),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refuse(refusal)
    }
}

/// Decides a situation under a policy's knobs.
#[inline(never)]
pub fn decide<F: Facts>(policy: &Knobs, facts: &F) -> Verdict {
    let mut verdict = Verdict {
        outcome: Outcome::Issue,
        placement: None,
        ignored: IgnoredParameters::default(),
        scopes: None,
        consent: None,
        tokens: None,
        grant: GrantChange::Keep,
        trace: Trace::default(),
    };
    verdict.outcome = match run(policy, facts, &mut verdict) {
        Ok(()) => Outcome::Issue,
        Err(Halt::Show(screen)) => Outcome::Show(screen),
        Err(Halt::Refuse(refusal)) => {
            verdict.trace.note(refusal.rule);
            Outcome::Refuse(refusal)
        }
    };
    verdict
}

/// The stages, in their order.
fn run<F: Facts>(policy: &Knobs, facts: &F, verdict: &mut Verdict) -> Result<(), Halt> {
    let admitted = request::admit(policy, facts, verdict)?;
    authentication::authenticate(policy, facts, &admitted, &mut verdict.trace)?;
    let access = offline::decide(policy, facts, &admitted, verdict)?;
    let ignored = verdict.ignored;
    let approval = consent::obtain(policy, facts, &admitted, access, verdict);
    if approval != Err(Halt::Show(Screen::Consent)) {
        // What would have come out if the user agreed to everything is no part of what does.
        verdict.trace.forget_from(tokens::FROM);
        verdict.ignored = ignored;
    }
    let approval = approval?;
    tokens::plan(policy, facts, &admitted, access, approval, verdict);
    Ok(())
}

/// The rule with this number.
#[must_use]
pub fn rule(number: RuleNumber) -> Option<&'static Rule> {
    tables()
        .filter(|(from, _)| *from <= number.0)
        .last()
        .and_then(|(from, rules)| rules.get(usize::from(number.0.saturating_sub(from))))
}

/// All rules, in the order of the stages.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    tables().flat_map(|(_, rules)| rules)
}

/// The stages' tables with their first numbers, in ascending order.
fn tables() -> impl Iterator<Item = (u8, &'static [Rule])> {
    [
        (request::FROM, request::RULES),
        (authentication::FROM, authentication::RULES),
        (offline::FROM, offline::RULES),
        (consent::FROM, consent::RULES),
        (tokens::FROM, tokens::RULES),
        (token::FROM, token::RULES),
        (lifecycle::FROM, lifecycle::RULES),
    ]
    .into_iter()
}

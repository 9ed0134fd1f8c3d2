//! Situations that can occur.

use grantwise::decide::engine::Engine;
use grantwise::decide::fact::{Fact, Situation};

/// A situation near this one that can occur: whatever clashes with another fact gets a value that does not.
pub(crate) fn made_possible<E: Engine>(mut situation: Situation<E::Fact>) -> Situation<E::Fact> {
    for _ in 0..E::Fact::ALL.len() {
        let is = |(fact, value): (E::Fact, usize)| situation.index(fact) == value;
        let Some(pair) = E::IMPOSSIBLE.iter().find(|pair| is(pair.one) && is(pair.other)) else { break };
        let (fact, _) = pair.other;
        let fits = |value: &usize| !E::IMPOSSIBLE.iter().any(|clash| clash.other == (fact, *value) && is(clash.one));
        situation = match (0..fact.values()).find(fits) {
            Some(value) => situation.with_index(fact, value),
            None => situation.with_index(pair.one.0, usize::from(pair.one.1 == 0)),
        };
    }
    situation
}

//! Situations at random, near to ordinary ones, so that the later stages are reached as well.

use grantwise::decide::component::Components;
use grantwise::decide::engine::is_possible;
use grantwise::decide::fact::{Fact, Situation};

/// Draws situations, the same ones every time.
pub(crate) struct Drawn(u64);

impl Drawn {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound: the upper bits of a linear congruence (D. Knuth, MMIX).
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0).checked_rem(bound).unwrap_or(0)
    }

    /// A situation that can occur: an ordinary one with a few of its facts drawn anew, or with many.
    pub(crate) fn situation<E: Components>(&mut self) -> Situation<E::Fact> {
        let one_in = [2, 6, 12, 24].get(self.below(4)).copied().unwrap_or(2);
        loop {
            let drawn = E::Fact::ALL.iter().fold(E::ordinary(), |situation, fact| {
                let value = self.below(fact.values());
                if self.below(one_in) == 0 { situation.with_index(*fact, value) } else { situation }
            });
            if is_possible::<E>(&drawn) {
                return drawn;
            }
        }
    }
}

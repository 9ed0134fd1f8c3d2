//! Situations at random: most of them have the values that lead on, so that the later stages are reached as well.

use super::ordinary::Ordinary;
use crate::decide::engine::{Engine, decide, is_possible};
use crate::decide::fact::{Fact, Situation};
use crate::policy::knobs::Knobs;

/// Draws situations, the same ones for the same seed.
#[derive(Clone, Debug)]
pub struct Drawn(u64);

/// How often a situation is drawn, of which the best is taken.
const DRAWS: usize = 12;

impl Drawn {
    /// Before the first draw.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound: the upper bits of a linear congruence (D. Knuth, MMIX).
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0).checked_rem(bound).unwrap_or(0)
    }

    /// A situation that can occur: an ordinary one with a few of its facts drawn anew, or with many.
    pub fn near_ordinary<E: Ordinary>(&mut self) -> Situation<E::Fact> {
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

    /// A situation that can occur. Of several that are drawn it is the one that most rules take part in under a policy, so
    /// that a refusal of the first stage is not all that is looked at.
    pub fn situation<E: Engine>(&mut self, policy: &Knobs) -> Situation<E::Fact> {
        let mut best = (0, Situation::default());
        for _ in 0..=self.below(DRAWS) {
            let situation = self.possible::<E>(best.1);
            let rules = decide::<E, _>(policy, &situation).trace.count();
            if rules >= best.0 {
                best = (rules, situation);
            }
        }
        best.1
    }

    /// A situation that can occur: another one with some of its facts drawn anew.
    pub fn possible<E: Engine>(&mut self, from: Situation<E::Fact>) -> Situation<E::Fact> {
        let share = self.below(6).saturating_add(1);
        loop {
            let drawn = E::Fact::ALL.iter().fold(from, |situation, fact| {
                let value = self.below(fact.values());
                if self.below(share) == 0 { situation.with_index(*fact, value) } else { situation }
            });
            if is_possible::<E>(&drawn) {
                return drawn;
            }
        }
    }
}

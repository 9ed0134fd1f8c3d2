//! Situations at random: most of them have the values that lead on, so that the later stages are reached as well.

use grantwise::decide::component::Components;
use grantwise::decide::engine::{decide, is_possible};
use grantwise::decide::fact::{Fact, Situation};
use grantwise::policy::knobs::Knobs;
use grantwise::policy::profiles::PROFILES;

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

    /// A situation that can occur. Of several that are drawn it is the one that most rules take part in, so that a
    /// refusal of the first stage is not all that is looked at.
    pub(crate) fn situation<E: Components>(&mut self) -> Situation<E::Fact> {
        let mut best = (0, Situation::default());
        let Some(profile) = PROFILES.get(self.below(PROFILES.len())) else { return best.1 };
        let policy = profile.values().0;
        for _ in 0..=self.below(12) {
            let situation = self.possible::<E>(best.1);
            let rules = decide::<E, _>(&policy, &situation).trace.len();
            if rules >= best.0 {
                best = (rules, situation);
            }
        }
        best.1
    }

    /// A situation that can occur and is not refused under a policy.
    pub(crate) fn answered<E: Components>(&mut self, policy: &Knobs) -> Situation<E::Fact> {
        let mut found = self.climbed::<E>(policy);
        while E::refuses(&decide::<E, _>(policy, &found).verdict) {
            found = self.climbed::<E>(policy);
        }
        found
    }

    /// Facts of a drawn situation are drawn anew for as long as no more rules take part.
    fn climbed<E: Components>(&mut self, policy: &Knobs) -> Situation<E::Fact> {
        let mut at = self.situation::<E>();
        let mut best = (0, at);
        for _ in 0..5_000 {
            let fact = E::Fact::ALL[self.below(E::Fact::ALL.len())];
            let other = at.with_index(fact, self.below(fact.values()));
            if !is_possible::<E>(&other) {
                continue;
            }
            let decided = decide::<E, _>(policy, &other);
            let score = decided.trace.len() + if E::refuses(&decided.verdict) { 0 } else { 100 };
            if score >= best.0 || self.below(8) == 0 {
                at = other;
            }
            if score >= best.0 {
                best = (score, other);
            }
            if best.0 > 100 && self.below(100) == 0 {
                break;
            }
        }
        best.1
    }

    /// A situation that can occur: another one with some of its facts drawn anew.
    fn possible<E: Components>(&mut self, from: Situation<E::Fact>) -> Situation<E::Fact> {
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

//! Sets of changes, by the places of the changes among all effects.

use super::effect::Effect;

/// As many changes as a set has at most.
pub(super) const MOST: usize = 3;

/// No change.
const NONE: u16 = u16::MAX;

/// A set of changes, by their places, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set([u16; MOST]);

impl Set {
    pub(super) const EMPTY: Self = Self([NONE; MOST]);

    /// The places of the changes.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().take_while(|place| *place != NONE).map(usize::from)
    }

    pub(super) fn with(mut self, place: usize) -> Self {
        if let Some(free) = self.0.last_mut() {
            *free = u16::try_from(place).unwrap_or(NONE);
        }
        self.0.sort_unstable();
        self
    }

    pub(super) fn has(self, place: usize) -> bool {
        self.places().any(|known| known == place)
    }

    /// The one change that another set lacks to contain this one.
    pub(super) fn but_for(self, other: Self) -> Option<usize> {
        let mut lacking = self.places().filter(|place| !other.has(*place));
        lacking.next().filter(|_| lacking.next().is_none())
    }
}

/// Which sets were met, as a bit for each set that there can be: of some changes of facts, and one of any kind.
pub(super) struct Met {
    bits: Vec<u64>,
    /// The place of each effect among those that change facts; none where it turns a knob.
    ranks: Vec<Option<usize>>,
    /// How many change facts.
    facts: usize,
}

impl Met {
    pub(super) fn none_of(effects: &[Effect]) -> Self {
        let mut facts = 0_usize;
        let ranks = effects.iter().map(|effect| {
            let rank = effect.knob.is_none().then_some(facts);
            facts = facts.saturating_add(usize::from(rank.is_some()));
            rank
        });
        let ranks: Vec<Option<usize>> = ranks.collect();
        // Each number one higher, for none.
        let sets = (facts.saturating_add(1)).saturating_pow(2).saturating_mul(effects.len().saturating_add(1));
        Self { bits: vec![0; sets.div_ceil(64)], ranks, facts }
    }

    /// Whether a set was met before; from now on it was.
    pub(super) fn meets(&mut self, set: Set) -> bool {
        let at = self.number(set);
        let (word, bit) = (at / 64, 1_u64 << (at % 64));
        let Some(word) = self.bits.get_mut(word) else { return false };
        let met = *word & bit != 0;
        *word |= bit;
        met
    }

    /// The number of a set: what turns a knob, or else the last change, and the others by their ranks.
    fn number(&self, set: Set) -> usize {
        let rank = |place: usize| self.ranks.get(place).copied().flatten();
        let last = set.places().find(|place| rank(*place).is_none()).or(set.places().last());
        let others = set.places().filter(|place| Some(*place) != last).filter_map(rank);
        let number = others.fold(0, |number: usize, rank| {
            number.wrapping_mul(self.facts.wrapping_add(1)).wrapping_add(rank).wrapping_add(1)
        });
        number
            .wrapping_mul(self.ranks.len().wrapping_add(1))
            .wrapping_add(last.map_or(0, |place| place.wrapping_add(1)))
    }
}

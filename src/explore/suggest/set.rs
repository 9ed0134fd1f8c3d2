//! Sets of changes: some that change facts, and at most one that turns a knob.

/// As many changes as a set has at most.
pub(super) const MOST: usize = 3;

/// One change, by its number among those of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// One that changes facts.
    Fact(u16),
    /// One that turns a knob.
    Turn(u16),
}

/// A set of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set {
    /// The highest first, each one higher than its number; zero where there is none.
    facts: [u16; MOST],
    /// The same of what turns a knob.
    turn: u16,
}

impl Set {
    pub(super) const EMPTY: Self = Self { facts: [0; MOST], turn: 0 };

    /// The changes.
    pub(super) fn items(self) -> impl Iterator<Item = Item> {
        let item = |kind: fn(u16) -> Item| move |place: u16| place.checked_sub(1).map(kind);
        self.facts.into_iter().filter_map(item(Item::Fact)).chain(item(Item::Turn)(self.turn))
    }

    pub(super) fn with(mut self, item: Item) -> Self {
        match item {
            Item::Fact(number) => {
                let mut place = number.saturating_add(1);
                for known in &mut self.facts {
                    if *known < place {
                        std::mem::swap(known, &mut place);
                    }
                }
            }
            Item::Turn(number) => self.turn = number.saturating_add(1),
        }
        self
    }

    pub(super) fn has(self, item: Item) -> bool {
        match item {
            Item::Fact(number) => self.facts.contains(&number.saturating_add(1)),
            Item::Turn(number) => self.turn == number.saturating_add(1),
        }
    }

    /// The same without the turn of a knob.
    pub(super) const fn facts_alone(mut self) -> Self {
        self.turn = 0;
        self
    }

    /// The one change that another set lacks to contain this one.
    pub(super) fn but_for(self, other: Self) -> Option<Item> {
        let mut lacking = self.items().filter(|item| !other.has(*item));
        lacking.next().filter(|_| lacking.next().is_none())
    }
}

/// Which sets were met, as a bit for each set that there can be.
pub(super) struct Met {
    bits: Vec<u64>,
    /// How many numbers a change of facts can have in a set, zero for none among them.
    facts: usize,
}

impl Met {
    /// None, of so many changes of facts and so many turns.
    pub(super) fn none_of(facts: usize, turns: usize) -> Self {
        let facts = facts.saturating_add(1);
        // Three changes of facts, or two beside each turn.
        let sets = facts.saturating_pow(2).saturating_mul(facts.saturating_add(turns));
        Self { bits: vec![0; sets.div_ceil(64)], facts }
    }

    /// Whether a set was met before.
    pub(super) fn has(&self, set: Set) -> bool {
        let (word, bit) = self.place(set);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Whether a set was met before; from now on it was.
    pub(super) fn meets(&mut self, set: Set) -> bool {
        let (word, bit) = self.place(set);
        let Some(word) = self.bits.get_mut(word) else { return false };
        let met = *word & bit != 0;
        *word |= bit;
        met
    }

    /// The word of a set, and its bit in there.
    fn place(&self, set: Set) -> (usize, u64) {
        let at = self.number(set);
        (at / 64, 1_u64 << (at % 64))
    }

    fn number(&self, Set { facts: [one, two, three], turn }: Set) -> usize {
        let last = match turn.checked_sub(1) {
            Some(turn) => self.facts.wrapping_add(usize::from(turn)),
            None => usize::from(three),
        };
        let two = usize::from(two).wrapping_mul(self.facts);
        last.wrapping_mul(self.facts.wrapping_mul(self.facts)).wrapping_add(two).wrapping_add(usize::from(one))
    }
}

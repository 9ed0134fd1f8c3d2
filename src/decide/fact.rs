//! Facts that know their names, and the situation that answers for all of them.

use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use super::finite::Finite;

/// How many words a situation has.
pub const WORDS: usize = 2;

/// Where a fact stands in a packed situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The word.
    pub word: u8,
    /// Its lowest bit.
    pub shift: u8,
    /// How many bits it takes.
    pub bits: u8,
}

/// The facts of an engine as a list that has a name, so that a situation which was written down is read as what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactList {
    /// The engine, by a letter.
    pub letter: u8,
    /// A digest of the names of all facts and of their values, of 24 bits: another list is another number.
    pub digest: u32,
}

/// One thing that an engine's decisions depend on.
pub trait Fact: Copy + Eq + Hash + fmt::Debug + 'static {
    /// Every fact of the engine.
    const ALL: &'static [Self];

    /// The list that they are.
    const LIST: FactList;

    /// The place of this fact in [`Fact::ALL`].
    fn index(self) -> usize;

    /// Where its value stands in a packed situation.
    fn place(self) -> Place;

    /// How many values it can have.
    fn values(self) -> usize;

    /// Its name.
    #[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
    fn name(self) -> &'static str;

    /// What it says, in a sentence.
    #[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
    fn documentation(self) -> &'static str;

    /// The names of its values, by their index.
    #[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
    fn value_names(self) -> &'static [&'static str];
}

/// Where an engine asks its questions.
///
/// A [`Situation`] answers from what it holds. An explorer answers a question that is still open by following every
/// value; a tracer notes what was asked.
pub trait Ask<F: Fact> {
    /// The value of a fact, whose type is `T`.
    fn ask<T: Finite>(&self, fact: F) -> T;
}

/// One situation: the value of every fact of an engine, in a few machine words.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Situation<F> {
    words: [u64; WORDS],
    facts: PhantomData<F>,
}

impl<F: Fact> Default for Situation<F> {
    /// Every fact has its first value.
    fn default() -> Self {
        Self { words: [0; WORDS], facts: PhantomData }
    }
}

impl<F: Fact> Situation<F> {
    /// The index of a fact's value.
    #[must_use]
    pub fn index(&self, fact: F) -> usize {
        let Place { word, shift, bits } = fact.place();
        let value = self.words.get(usize::from(word)).map_or(0, |word| (word >> shift) & mask(bits));
        usize::try_from(value).unwrap_or(0)
    }

    /// The same, with the value of one fact set by its index.
    #[must_use]
    pub fn with_index(mut self, fact: F, index: usize) -> Self {
        let Place { word, shift, bits } = fact.place();
        if let Some(word) = self.words.get_mut(usize::from(word)) {
            let value = u64::try_from(index).unwrap_or(0) & mask(bits);
            *word = (*word & !(mask(bits) << shift)) | (value << shift);
        }
        self
    }

    /// The same, with another value of one fact.
    #[must_use]
    pub fn with<T: Finite>(self, fact: F, value: T) -> Self {
        self.with_index(fact, value.index())
    }

    /// A situation in which every fact has the value that `pick` chooses: it is given the number of values and answers
    /// with the index of one.
    #[must_use]
    pub fn choose(mut pick: impl FnMut(usize) -> usize) -> Self {
        F::ALL.iter().fold(Self::default(), |situation, fact| situation.with_index(*fact, pick(fact.values())))
    }

    /// The packed words.
    #[must_use]
    pub const fn words(&self) -> [u64; WORDS] {
        self.words
    }

    /// The situation of packed words; none where they are no situation's.
    #[must_use]
    pub fn unpacked(words: [u64; WORDS]) -> Option<Self> {
        let packed = Self { words, facts: PhantomData };
        let mut values = Self::default();
        for fact in F::ALL {
            let value = packed.index(*fact);
            values = (value < fact.values()).then(|| values.with_index(*fact, value))?;
        }
        (values == packed).then_some(values)
    }
}

impl<F: Fact> Ask<F> for Situation<F> {
    #[inline]
    fn ask<T: Finite>(&self, fact: F) -> T {
        T::at(self.index(fact))
    }
}

impl<F: Fact> fmt::Debug for Situation<F> {
    #[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = formatter.debug_map();
        for fact in F::ALL {
            map.entry(&fact.name(), &fact.value_names().get(self.index(*fact)).copied().unwrap_or("?"));
        }
        map.finish()
    }

    #[cfg(all(target_arch = "wasm32", not(feature = "explore")))]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.words)
    }
}

const fn mask(bits: u8) -> u64 {
    (1_u64 << (bits & 63)).wrapping_sub(1)
}

/// The places of facts with so many values, one after the other; none crosses a word.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "the compiler evaluates it, and stops at the first surprise"
)]
pub(super) const fn places<const N: usize>(values: [usize; N]) -> [Place; N] {
    let mut places = [Place { word: 0, shift: 0, bits: 0 }; N];
    let (mut word, mut shift, mut at) = (0_u8, 0_u8, 0_usize);
    while at < N {
        let mut bits = 0_u8;
        while (1_usize << bits) < values[at] {
            bits += 1;
        }
        if shift + bits > 64 {
            word += 1;
            shift = 0;
        }
        assert!((word as usize) < WORDS, "a situation has more facts than its words have bits");
        places[at] = Place { word, shift, bits };
        shift += bits;
        at += 1;
    }
    places
}

/// A digest of names, one after the other (FNV-1a), folded to 24 bits.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "the compiler evaluates it, and stops at the first surprise"
)]
pub(super) const fn digest(lists: &[&[&str]]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let name = lists[list][at].as_bytes();
            let mut letter = 0;
            while letter < name.len() {
                hash = (hash ^ name[letter] as u32).wrapping_mul(0x0100_0193);
                letter += 1;
            }
            // Names that are joined otherwise are other names.
            hash = (hash ^ 0xff).wrapping_mul(0x0100_0193);
            at += 1;
        }
        hash = (hash ^ 0xfe).wrapping_mul(0x0100_0193);
        list += 1;
    }
    (hash >> 24) ^ (hash & 0x00ff_ffff)
}

/// Lists the facts of an engine: the enum of their names, the trait that asks for each by name, and the fields from
/// which a situation is made.
macro_rules! facts {
    (
        $(#[$fact_doc:meta])* fact $fact:ident = $letter:literal;
        $(#[$facts_doc:meta])* trait $facts:ident;
        $(#[$fields_doc:meta])* fields $fields:ident;
        $( $(#[doc = $doc:literal])+ $variant:ident $name:ident: $type:ty, )+
    ) => {
        $(#[$fact_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $fact { $( $(#[doc = $doc])+ $variant, )+ }

        const PLACES: [$crate::decide::fact::Place; [ $( $fact::$variant ),+ ].len()] =
            $crate::decide::fact::places([ $( <$type as $crate::decide::finite::Finite>::ALL.len() ),+ ]);

        impl $crate::decide::fact::Fact for $fact {
            const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            const LIST: $crate::decide::fact::FactList = $crate::decide::fact::FactList {
                letter: $letter,
                digest: $crate::decide::fact::digest(&[
                    $( &[stringify!($name)], <$type as $crate::decide::finite::Finite>::NAMES ),+
                ]),
            };

            fn index(self) -> usize {
                self as usize
            }

            #[inline]
            fn place(self) -> $crate::decide::fact::Place {
                PLACES
                    .get(self as usize)
                    .copied()
                    .unwrap_or($crate::decide::fact::Place { word: 0, shift: 0, bits: 0 })
            }

            fn values(self) -> usize {
                match self { $( Self::$variant => <$type as $crate::decide::finite::Finite>::ALL.len() ),+ }
            }

            #[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
            fn name(self) -> &'static str {
                match self { $( Self::$variant => stringify!($name) ),+ }
            }

            #[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
            fn documentation(self) -> &'static str {
                match self { $( Self::$variant => concat!( $( $doc ),+ ).trim_ascii() ),+ }
            }

            #[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
            fn value_names(self) -> &'static [&'static str] {
                match self { $( Self::$variant => <$type as $crate::decide::finite::Finite>::NAMES ),+ }
            }
        }

        $(#[$facts_doc])*
        pub trait $facts: $crate::decide::fact::Ask<$fact> {
            $( $(#[doc = $doc])+ #[inline] fn $name(&self) -> $type { self.ask($fact::$variant) } )+
        }

        impl<A: $crate::decide::fact::Ask<$fact>> $facts for A {}

        $(#[$fields_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $fields { $( $(#[doc = $doc])+ pub $name: $type, )+ }

        impl From<$fields> for $crate::decide::fact::Situation<$fact> {
            fn from(fields: $fields) -> Self {
                Self::default()$( .with($fact::$variant, fields.$name) )+
            }
        }

        impl From<$crate::decide::fact::Situation<$fact>> for $fields {
            fn from(situation: $crate::decide::fact::Situation<$fact>) -> Self {
                Self { $( $name: situation.$name(), )+ }
            }
        }
    };
}

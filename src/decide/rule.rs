//! What a rule is, which rules took part, and the macros with which stages state their rules and engines put them
//! into one table.

use std::marker::PhantomData;

use crate::input::{RULE_SENTENCES, Sentence};
#[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
use crate::sources::Citation;

/// How binding a rule is in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// The source says MUST.
    Must,
    /// The source says SHOULD.
    Should,
    /// The source says MAY, and the policy took it up.
    May,
    /// A vendor documents that it behaves so.
    Vendor,
    /// No source says so; it follows from what they say.
    Inferred,
}

impl Strength {
    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::May => "MAY",
            Self::Vendor => "vendor",
            Self::Inferred => "inferred",
        }
    }
}

/// A rule, as data. The code that carries it out stands below its statement, in the stage that it belongs to.
///
/// The engine in WebAssembly knows the number only: what a rule says stands in the package's tables.
#[derive(Debug)]
pub struct Rule {
    /// Its place among all rules. Not stable: what is stored or shown is the id.
    pub number: u16,
    /// What it says, in plain words.
    pub statement: Sentence,
    /// Stable id: the stage and a name.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    pub id: &'static str,
    /// How binding it is.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    pub strength: Strength,
    /// Where it comes from.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    pub sources: &'static [Citation],
    /// The request parameters that it concerns: what it refuses, sets aside or acts on.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    pub parameters: &'static [&'static str],
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Rule {}

/// Stages in the order in which their rules are numbered.
pub trait Numbered {
    /// The number of the first rule.
    const FIRST: u16;
}

/// The rules of one stage, as an enum.
pub trait StageRules: Copy + Eq + 'static {
    /// The statements, by the index of the rule.
    const RULES: &'static [Rule];

    /// How many there are.
    const COUNT: u16;

    /// The place of this rule in the stage's list.
    fn index(self) -> u8;
}

/// An engine: the tables of its stages, one after the other, give its rules their numbers.
pub trait RuleTable: Copy + Eq + 'static {
    /// The tables of the stages, in the order of the stages.
    const TABLES: &'static [&'static [Rule]];
}

/// Rules that stand in the table of an engine.
pub trait RulesOf<E>: StageRules {
    /// The number of the first of them in the engine's table.
    const FROM: u8;
}

/// A rule by its number in the table of its engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleNumber<E> {
    number: u8,
    engine: PhantomData<E>,
}

impl<E: RuleTable> RuleNumber<E> {
    /// The number of a stage's rule.
    #[must_use]
    pub fn of<R: RulesOf<E>>(rule: R) -> Self {
        Self { number: R::FROM.saturating_add(rule.index()), engine: PhantomData }
    }

    /// The rule itself.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        let mut left = usize::from(self.number);
        for table in E::TABLES {
            match table.get(left) {
                Some(rule) => return rule,
                None => left = left.saturating_sub(table.len()),
            }
        }
        &NO_RULE
    }
}

/// The number of a stage's rule among all rules.
#[must_use]
pub const fn number<R: Numbered>(index: u16) -> u16 {
    R::FIRST.saturating_add(index)
}

/// What a stage's rule says.
#[must_use]
pub const fn sentence<R: Numbered>(index: u16, text: &'static str) -> Sentence {
    Sentence::new(RULE_SENTENCES.saturating_add(number::<R>(index)), text)
}

/// The number after the rules of a stage that begins with a number.
pub(super) const fn after<R: StageRules>(from: u8) -> u8 {
    #[expect(clippy::cast_possible_truncation, reason = "a stage has at most 64 rules")]
    match from.checked_add(R::RULES.len() as u8) {
        Some(next) => next,
        None => panic_full_table(),
    }
}

/// The number after the rules of a stage.
pub(super) const fn following<R: StageRules + Numbered>() -> u16 {
    R::FIRST.saturating_add(R::COUNT)
}

/// The compiler counts the rules of an engine, and stops where its table is full.
#[expect(clippy::panic, reason = "the compiler evaluates it")]
const fn panic_full_table() -> u8 {
    panic!("the table of an engine has more rules than numbers")
}

/// Stands for a number that no table has. There is none: numbers are made from rules only.
static NO_RULE: Rule = Rule {
    number: u16::MAX,
    statement: Sentence::new(u16::MAX, ""),
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    id: "",
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    strength: Strength::Inferred,
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    sources: &[],
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    parameters: &[],
};

/// The rules of one stage that took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted<R> {
    bits: u64,
    rules: PhantomData<R>,
}

impl<R> Default for Noted<R> {
    fn default() -> Self {
        Self { bits: 0, rules: PhantomData }
    }
}

impl<R: StageRules> Noted<R> {
    /// Notes that a rule took part.
    pub fn note(&mut self, rule: R) {
        self.bits |= 1_u64 << (rule.index() & 63);
    }
}

/// What a stage says, and the rules that took part in it.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Told<T, R> {
    /// What it says.
    pub said: T,
    /// The rules that took part.
    pub noted: Noted<R>,
}

impl<T, R: StageRules> Told<T, R> {
    /// What a function says, with what it notes on the way.
    pub fn by(say: impl FnOnce(&mut Noted<R>) -> T) -> Self {
        let mut noted = Noted::default();
        let said = say(&mut noted);
        Self { said, noted }
    }
}

/// The rules that took part in a decision, in the order of the table, which is the order of the stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Trace<E> {
    words: [u64; 4],
    engine: PhantomData<E>,
}

impl<E> Default for Trace<E> {
    fn default() -> Self {
        Self { words: [0; 4], engine: PhantomData }
    }
}

/// Adds rules that are numbered from a number on. One function for all engines and stages, because each of them would be
/// compiled by itself.
fn add(words: &mut [u64; 4], bits: u64, from: u8) {
    let shift = u32::from(from & 63);
    let beyond = bits.checked_shr(64_u32.saturating_sub(shift)).unwrap_or(0);
    let first = usize::from(from >> 6);
    if let Some(word) = words.get_mut(first) {
        *word |= bits << shift;
    }
    if let Some(word) = words.get_mut(first.saturating_add(1)) {
        *word |= beyond;
    }
}

impl<E: RuleTable> Trace<E> {
    /// What a stage says; the rules that took part in it are added.
    pub fn take<T, R: RulesOf<E>>(&mut self, told: Told<T, R>) -> T {
        add(&mut self.words, told.noted.bits, R::FROM);
        told.said
    }

    /// Notes that a rule took part.
    pub fn note(&mut self, rule: RuleNumber<E>) {
        if let Some(word) = self.words.get_mut(usize::from(rule.number >> 6)) {
            *word |= 1_u64 << (rule.number & 63);
        }
    }

    /// This trace and another.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for (word, more) in self.words.iter_mut().zip(other.words) {
            *word |= more;
        }
        self
    }

    /// Whether a rule took part.
    #[must_use]
    pub fn has(&self, rule: RuleNumber<E>) -> bool {
        self.words.get(usize::from(rule.number >> 6)).is_some_and(|word| word & (1_u64 << (rule.number & 63)) != 0)
    }

    /// How many rules took part.
    #[must_use]
    pub fn count(self) -> usize {
        self.words.iter().map(|word| usize::try_from(word.count_ones()).unwrap_or(0)).sum()
    }

    /// The rules that took part.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        self.numbers().map(RuleNumber::rule)
    }

    /// The numbers of the rules that took part: the places of the bits that are set, the lowest first.
    pub fn numbers(self) -> impl Iterator<Item = RuleNumber<E>> {
        self.words.into_iter().zip([0_u8, 64, 128, 192]).flat_map(|(word, from)| {
            std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)))
                .take_while(|word| *word != 0)
                .map(move |word| RuleNumber {
                    number: from.saturating_add(u8::try_from(word.trailing_zeros()).unwrap_or(0)),
                    engine: PhantomData,
                })
        })
    }
}

/// States the rules of one stage: an enum, and for each rule its id, strength, statement, sources and the request
/// parameters that it concerns.
macro_rules! rules {
    (
        $(#[$doc:meta])* $rules:ident;
        $( $name:ident = $id:literal, $strength:ident, $statement:literal, [ $( $source:expr ),* $(,)? ]
            $( , of [ $( $parameter:ident ),+ ] )? ; )+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $rules { $( #[doc = $statement] $name, )+ }

        const _: () = assert!([ $( $rules::$name ),+ ].len() <= 64, "a stage notes at most 64 rules");

        // What is cited is named in every build, though the engine in WebAssembly leaves it out.
        $( const _: &[$crate::sources::Citation] = &[ $( $source ),* ]; )+

        impl $crate::decide::rule::StageRules for $rules {
            const RULES: &'static [$crate::decide::rule::Rule] = &[
                $( $crate::decide::rule::Rule {
                    number: $crate::decide::rule::number::<$rules>($rules::$name as u16),
                    statement: $crate::decide::rule::sentence::<$rules>($rules::$name as u16, $statement),
                    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
                    id: $id,
                    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
                    strength: $crate::decide::rule::Strength::$strength,
                    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
                    sources: &[ $( $source ),* ],
                    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
                    parameters: &[ $( $( stringify!($parameter) ),+ )? ],
                }, )+
            ];

            const COUNT: u16 = [ $( $rules::$name ),+ ].len() as u16;

            fn index(self) -> u8 {
                self as u8
            }
        }
    };
}

/// Numbers the rules of all stages, one after the other.
macro_rules! numbered_rules {
    ( $( $rules:ty ),+ $(,)? ) => {
        /// The rules of each stage.
        const ALL_RULES: &[&[$crate::decide::rule::Rule]] =
            &[ $( <$rules as $crate::decide::rule::StageRules>::RULES ),+ ];
        numbered_rules!(@ 0; $( $rules ),+);
    };
    ( @ $first:expr; $rules:ty $( , $rest:ty )* ) => {
        impl $crate::decide::rule::Numbered for $rules {
            const FIRST: u16 = $first;
        }
        numbered_rules!(@ $crate::decide::rule::following::<$rules>(); $( $rest ),*);
    };
    ( @ $first:expr; ) => {};
}

/// Puts the rules of an engine's stages into one table; the numbers follow from the order.
macro_rules! rule_table {
    ( $engine:ty: $( $rules:ty ),+ $(,)? ) => {
        impl $crate::decide::rule::RuleTable for $engine {
            const TABLES: &'static [&'static [$crate::decide::rule::Rule]] =
                &[ $( <$rules as $crate::decide::rule::StageRules>::RULES ),+ ];
        }
        rule_table!(@ $engine; 0; $( $rules ),+);
    };
    ( @ $engine:ty; $from:expr; $first:ty $( , $rest:ty )* ) => {
        impl $crate::decide::rule::RulesOf<$engine> for $first {
            const FROM: u8 = $from;
        }
        rule_table!(@ $engine; $crate::decide::rule::after::<$first>($from); $( $rest ),*);
    };
    ( @ $engine:ty; $from:expr; ) => {};
}

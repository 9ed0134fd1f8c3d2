//! What a rule is, and the macro that a stage states its rules with.

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
#[derive(Debug)]
pub struct Rule {
    /// Stable id: the stage and a name.
    pub id: &'static str,
    /// What it says, in plain words.
    pub statement: &'static str,
    /// How binding it is.
    pub strength: Strength,
    /// Where it comes from.
    pub sources: &'static [Citation],
}

/// A rule by its number in the table of its engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleNumber(pub(super) u8);

/// The rules that took part in a decision, in the order of the table, which is the order of the stages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Trace {
    low: u128,
    high: u128,
}

impl Trace {
    /// Notes that a rule took part.
    pub const fn note(&mut self, rule: RuleNumber) {
        let bit = 1_u128 << (rule.0 & 127);
        if rule.0 < 128 {
            self.low |= bit;
        } else {
            self.high |= bit;
        }
    }

    /// Forgets the rules from this number on, as far as the first table reaches.
    pub(super) const fn forget_from(&mut self, number: u8) {
        self.low &= (1_u128 << (number & 127)).wrapping_sub(1);
    }

    /// Whether a rule took part.
    #[must_use]
    pub const fn has(self, rule: RuleNumber) -> bool {
        let half = if rule.0 < 128 { self.low } else { self.high };
        half & (1_u128 << (rule.0 & 127)) != 0
    }

    /// The rules that took part.
    pub fn rules(self) -> impl DoubleEndedIterator<Item = RuleNumber> {
        (0..=u8::MAX).map(RuleNumber).filter(move |rule| self.has(*rule))
    }
}

/// States the rules of one stage; `from` and `to` are its numbers in the table.
macro_rules! rules {
    (
        from $from:literal to $to:literal;
        $( $name:ident = $id:literal, $strength:ident, $statement:literal, [ $( $source:expr ),* $(,)? ]; )+
    ) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "counts the rules below")]
        #[derive(Clone, Copy)]
        #[repr(u8)]
        enum Number { $( $name, )+ COUNT }

        const _: () = assert!((Number::COUNT as u16) <= $to as u16 - $from as u16, "the stage has more rules than numbers");

        $(
            #[doc = $statement]
            pub(crate) const $name: $crate::decide::rule::RuleNumber =
                $crate::decide::rule::RuleNumber::at($from, Number::$name as u8);
        )+

        /// The number of this stage's first rule.
        pub(super) const FROM: u8 = $from;

        /// The rules of this stage.
        pub(super) static RULES: &[$crate::decide::rule::Rule] = &[
            $( $crate::decide::rule::Rule {
                id: $id,
                statement: $statement,
                strength: $crate::decide::rule::Strength::$strength,
                sources: &[ $( $source ),* ],
            }, )+
        ];
    };
}

impl RuleNumber {
    /// The number of a stage's rule.
    pub(super) const fn at(from: u8, offset: u8) -> Self {
        Self(from.saturating_add(offset))
    }
}

impl RuleNumber {
    /// The rule that notes an approval, which a stored grant goes back to.
    #[must_use]
    pub const fn approved() -> Self {
        super::consent::APPROVED
    }
}

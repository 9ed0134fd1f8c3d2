//! Why a component of a verdict says what it says: the facts that settle it, the knobs that it hangs on, and the rule.

use std::cell::RefCell;

use super::explorer::Explorer;
use super::walk::Known;
use crate::decide::component::{Components, Reached};
use crate::decide::engine::{Decided, To, decide, is_possible};
use crate::decide::fact::{Ask, Fact, Situation};
use crate::decide::finite::Finite;
use crate::decide::rule::{RuleNumber, Trace};
use crate::policy::knobs::{KnobSetting, Knobs};

/// How many situations are tried before all are followed.
const TRIED: usize = 200;

/// Why a component says what it says in a situation.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason<E: Components> {
    /// What it says.
    pub part: E::Part,
    /// The facts that settle it: every situation that can occur and has these values leads to the same part, and of none
    /// of them that could be left out. The decisive ones stand first.
    pub facts: Vec<Settling<E::Fact>>,
    /// The knobs of the policy that it hangs on: another value would say something else in this very situation.
    pub knobs: Vec<KnobSetting>,
    /// The rules that took part here and not where it says something else, the most telling first.
    pub rules: Vec<RuleNumber<E>>,
}

/// A fact that settles something, with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settling<F> {
    /// The fact.
    pub fact: F,
    /// The index of its value.
    pub value: usize,
    /// Another value of this fact alone would say something else, and not only because something stands in the way
    /// earlier.
    pub decisive: bool,
}

/// A situation that notes what is asked of it, in that order.
struct Noted<'a, F> {
    situation: &'a Situation<F>,
    asked: RefCell<Vec<F>>,
}

impl<F: Fact> Ask<F> for Noted<'_, F> {
    fn ask<T: Finite>(&self, fact: F) -> T {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&fact) {
            asked.push(fact);
        }
        T::at(self.situation.index(fact))
    }
}

/// One situation under one policy, with all that stands beside it: where one fact or one knob has another value.
#[derive(Debug)]
pub struct Reasons<'a, E: Components> {
    explorer: &'a Explorer<E>,
    policy: &'a Knobs,
    /// The situation.
    pub situation: Situation<E::Fact>,
    /// What is decided.
    pub decided: Decided<E>,
    beside: Vec<(E::Fact, Decided<E>)>,
    turned: Vec<(KnobSetting, Decided<E>)>,
}

impl<'a, E: Components> Reasons<'a, E> {
    /// Decides a situation, and those beside it.
    #[must_use]
    pub fn of(explorer: &'a Explorer<E>, policy: &'a Knobs, situation: Situation<E::Fact>) -> Self {
        let decided = decide::<E, _>(policy, &situation);
        let beside = E::Fact::ALL
            .iter()
            .flat_map(|fact| {
                let others = (0..fact.values()).filter(move |value| *value != situation.index(*fact));
                others.map(move |value| (*fact, situation.with_index(*fact, value)))
            })
            .filter(|(_, other)| is_possible::<E>(other))
            .map(|(fact, other)| (fact, decide::<E, _>(policy, &other)))
            .collect();
        let turned = policy
            .settings()
            .into_iter()
            .flat_map(|set| {
                KnobSetting::all(set.id()).into_iter().filter(move |other| *other != set).map(move |other| (set, other))
            })
            .map(|(set, other)| {
                let mut policy = *policy;
                policy.set(other);
                (set, decide::<E, _>(&policy, &situation))
            })
            .collect();
        Self { explorer, policy, situation, decided, beside, turned }
    }

    /// Why a component says what it says.
    #[must_use]
    pub fn why(&self, component: E::Component) -> Reason<E> {
        let part = Self::part(component, &self.decided);
        let facts = self.facts(component, part);
        let mut knobs: Vec<KnobSetting> = self
            .turned
            .iter()
            .filter(|(_, decided)| Self::part(component, decided) != part)
            .map(|(set, _)| *set)
            .collect();
        knobs.dedup();
        Reason { part, facts, knobs, rules: self.rules(component, part) }
    }

    /// What a component says.
    #[must_use]
    pub fn part_of(&self, component: E::Component) -> E::Part {
        Self::part(component, &self.decided)
    }

    /// Whether a rule would not take part if a fact alone had another value, and nothing was refused for it.
    #[must_use]
    pub fn brings(&self, fact: E::Fact, rule: RuleNumber<E>) -> bool {
        self.beside.iter().any(|(other, decided)| *other == fact && self.is_told(decided) && !decided.trace.has(rule))
    }

    /// What a component says of what was decided.
    fn part(component: E::Component, decided: &Decided<E>) -> E::Part {
        E::part(component, &decided.verdict, &decided.aside)
    }

    /// Whether what is decided beside it got as far, and further than a refusal.
    fn is_told(&self, decided: &Decided<E>) -> bool {
        let reached = E::reached(&decided.verdict);
        reached > Reached::Refused && reached >= E::reached(&self.decided.verdict)
    }

    /// Whether a component says something else there, and something of its own.
    fn is_contrast(&self, component: E::Component, part: E::Part, decided: &Decided<E>) -> bool {
        let other = Self::part(component, decided);
        other != part && self.is_told(decided) && (E::says_nothing(&part) || !E::says_nothing(&other))
    }

    fn facts(&self, component: E::Component, part: E::Part) -> Vec<Settling<E::Fact>> {
        let differs = |fact: E::Fact| {
            self.beside.iter().any(|(other, decided)| *other == fact && Self::part(component, decided) != part)
        };
        let decisive = |fact: E::Fact| {
            self.beside.iter().any(|(other, decided)| *other == fact && self.is_contrast(component, part, decided))
        };
        // Without one of these alone it is not settled, whatever else is known.
        let asked = self.asked(component);
        let (needed, others): (Vec<E::Fact>, Vec<E::Fact>) = asked.iter().copied().partition(|fact| differs(*fact));
        let known = needed.iter().fold(Known::default(), |known, fact| known.and(*fact, self.situation.index(*fact)));
        // Most of what is not settled is found out by trying, and what is, only by following every situation.
        let settles = |known: Known<E::Fact>| {
            !self.is_refuted(component, part, &known) && self.explorer.is_settled(self.policy, component, part, known)
        };
        let more = if settles(known) { Vec::new() } else { self.fewest(known, &others, &settles) };
        let mut facts: Vec<Settling<E::Fact>> = needed
            .into_iter()
            .chain(more)
            .map(|fact| Settling { fact, value: self.situation.index(fact), decisive: decisive(fact) })
            .collect();
        // Where each change alone leads to another refusal, what was asked last is what this one is for.
        if E::refuses(&self.decided.verdict)
            && facts.iter().all(|settling| !settling.decisive)
            && let Some(last) =
                facts.iter_mut().max_by_key(|settling| asked.iter().position(|fact| *fact == settling.fact))
        {
            last.decisive = true;
        }
        facts.sort_by_key(|settling| (!settling.decisive, settling.fact.index()));
        facts
    }

    /// Whether one of some situations with what is known, the same ones every time, leads to something else.
    fn is_refuted(&self, component: E::Component, part: E::Part, known: &Known<E::Fact>) -> bool {
        let mut drawn = 0x5EED_u64;
        let mut below = |bound: usize| {
            drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(drawn >> 33).unwrap_or(0).checked_rem(bound).unwrap_or(0)
        };
        (0..TRIED).any(|turn: usize| {
            let share = turn.checked_rem(5).unwrap_or(0).saturating_add(1);
            let other = E::Fact::ALL.iter().fold(self.situation, |situation, fact| {
                let stays = known.value(*fact).is_some() || below(share) != 0;
                if stays { situation } else { situation.with_index(*fact, below(fact.values())) }
            });
            is_possible::<E>(&other) && Self::part(component, &decide::<E, _>(self.policy, &other)) != part
        })
    }

    /// The facts that are asked on the way to what a component says: together they settle it.
    fn asked(&self, component: E::Component) -> Vec<E::Fact> {
        let noted = Noted { situation: &self.situation, asked: RefCell::default() };
        let (mut state, mut aside) = (E::START, E::Aside::default());
        while let To::Next(next) = E::advance(self.policy, &noted, state, &mut Trace::default(), &mut aside) {
            (state, aside) = E::forget(component, next, aside);
        }
        noted.asked.into_inner()
    }

    /// Of facts that settle something together with what is known, some of which none can be left out. Halves are left
    /// out at once where they can be (U. Junker, "QuickXplain", 2004).
    fn fewest(&self, known: Known<E::Fact>, of: &[E::Fact], settles: &impl Fn(Known<E::Fact>) -> bool) -> Vec<E::Fact> {
        let all = |known: Known<E::Fact>, facts: &[E::Fact]| {
            facts.iter().fold(known, |known, fact| known.and(*fact, self.situation.index(*fact)))
        };
        let (first, second) = match of {
            [] => return Vec::new(),
            [one] => return vec![*one],
            several => several.split_at(several.len().div_ceil(2)),
        };
        let with_first = all(known, first);
        let of_second = if settles(with_first) { Vec::new() } else { self.fewest(with_first, second, settles) };
        let with_second = all(known, &of_second);
        let of_first = if settles(with_second) { Vec::new() } else { self.fewest(with_second, first, settles) };
        of_first.into_iter().chain(of_second).collect()
    }

    /// Rules of the trace by how often they are missing where it says something else; those that never are say nothing
    /// of it.
    fn rules(&self, component: E::Component, part: E::Part) -> Vec<RuleNumber<E>> {
        let elsewhere: Vec<&Decided<E>> = self
            .beside
            .iter()
            .map(|(_, decided)| decided)
            .chain(self.turned.iter().map(|(_, decided)| decided))
            .filter(|decided| self.is_contrast(component, part, decided))
            .collect();
        let missing = |rule: RuleNumber<E>| elsewhere.iter().filter(|decided| !decided.trace.has(rule)).count();
        let mut rules: Vec<(usize, RuleNumber<E>)> =
            self.decided.trace.numbers().map(|rule| (missing(rule), rule)).filter(|(count, _)| *count > 0).collect();
        rules.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        rules.into_iter().map(|(_, rule)| rule).collect()
    }
}

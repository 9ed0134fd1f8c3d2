//! The search for the smallest sets of changes that reach a goal, on facts and knobs alone.
//!
//! Sets grow by one change at a time. A change of facts is tried where the run before asked one of them, a turn of a
//! knob where it makes a stage of that run another one. So none is missed: the first thing in which the run of a larger
//! set differs from that of a smaller one is one of these. One knob is turned at most; two that only together say
//! something else are another policy.

use super::effect::{Effect, Effects};
use super::goal::Goal;
use super::set::{Item, MOST, Met, Set};
use super::ways::{Outcome, Run, Ways};
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::fact::Situation;
use crate::policy::knobs::Knobs;

/// Some changes, and the situation with those that change facts.
#[derive(Clone, Copy)]
struct Changed {
    set: Set,
    situation: Situation<AuthorizeFact>,
    /// The bits of the situation that were changed.
    bits: Situation<AuthorizeFact>,
}

impl Changed {
    fn with(&self, effect: &Effect, item: Item) -> Self {
        Self { set: self.set.with(item), situation: effect.applied(self.situation), bits: effect.marked(self.bits) }
    }
}

/// A set with a knob that is turned, the number of the turn, and what the run asked.
type Turned = (Changed, usize, u128);

/// Sets that did not reach the goal, from which larger ones are made.
#[derive(Default)]
struct Level {
    /// Of changes of facts.
    facts: Vec<(Changed, Run)>,
    /// With a knob that is turned.
    turned: Vec<Turned>,
}

/// The search.
pub(super) struct Search<'a> {
    effects: &'a Effects,
    ways: Ways<'a>,
    found: Vec<Set>,
    met: Met,
}

impl<'a> Search<'a> {
    pub(super) fn new(knobs: &'a Knobs, goal: &'a Goal, effects: &'a Effects) -> Self {
        let changeable = effects.facts.iter().fold(0, |asks, effect| asks | effect.asks);
        let ways = Ways::new(knobs, effects.turns.iter().map(|turn| turn.setting), goal, changeable);
        Self { effects, ways, found: Vec::new(), met: Met::none_of(effects.facts.len(), effects.turns.len()) }
    }

    /// Every set of at most so many changes that reaches the goal, and of which no part does.
    pub(super) fn smallest(mut self, situation: Situation<AuthorizeFact>, most: usize) -> Vec<Set> {
        let most = most.min(MOST);
        let run = self.ways.run(&situation);
        let nothing = Changed { set: Set::EMPTY, situation, bits: Situation::default() };
        let mut level = Level { facts: vec![(nothing, run)], turned: Vec::new() };
        for size in 1..=most {
            let mut next = Level::default();
            for (open, run) in &level.facts {
                let reach = self.reach(open);
                self.with_facts(open, run, &reach, (size < most).then_some(&mut next.facts));
                self.with_turns(open, run, &reach, (size < most).then_some(&mut next.turned));
            }
            // What is asked only with the knob turned; whatever else was tried beside it.
            for (open, turn, asked) in &level.turned {
                self.beside_turn(open, *turn, *asked, &mut next.turned);
            }
            level = next;
        }
        self.found
    }

    /// One change of facts more.
    fn with_facts(&mut self, open: &Changed, run: &Run, reach: &[Item], mut left: Option<&mut Vec<(Changed, Run)>>) {
        let effects = self.effects;
        for (effect, item) in effects.facts.iter().zip((0..).map(Item::Fact)) {
            if !is_tried(effect, open, run.asked) || self.is_known(open, item, reach) {
                continue;
            }
            let changed = open.with(effect, item);
            let Some(left) = &mut left else {
                if self.ways.reaches_with(&changed.situation, run, effect.asks) {
                    self.found.push(changed.set);
                }
                continue;
            };
            let run = self.ways.again(&changed.situation, run, effect.asks);
            if self.ways.reaches(&run) {
                self.found.push(changed.set);
            } else {
                left.push((changed, run));
            }
        }
    }

    /// A knob more.
    fn with_turns(&mut self, open: &Changed, run: &Run, reach: &[Item], mut left: Option<&mut Vec<Turned>>) {
        for turn in self.ways.turns(run) {
            let item = Item::Turn(u16::try_from(turn).unwrap_or(u16::MAX));
            if self.is_known(open, item, reach) {
                continue;
            }
            let changed = Changed { set: open.set.with(item), ..*open };
            match &mut left {
                Some(left) => {
                    let outcome = self.ways.turned(turn, &open.situation, run);
                    self.sort(changed, turn, outcome, left);
                }
                None if self.ways.reaches_turned(turn, &open.situation, run) => self.found.push(changed.set),
                None => {}
            }
        }
    }

    /// One change of facts more beside a knob that is turned.
    fn beside_turn(&mut self, open: &Changed, turn: usize, asked: u128, left: &mut Vec<Turned>) {
        let reach = self.reach(open);
        let effects = self.effects;
        for (effect, item) in effects.facts.iter().zip((0..).map(Item::Fact)) {
            // Where the changes of facts were tried by themselves, so was every knob that matters beside them.
            let is_tried = is_tried(effect, open, asked) && !self.met.has(open.set.facts_alone().with(item));
            if is_tried && !self.is_known(open, item, &reach) {
                let changed = open.with(effect, item);
                let outcome = self.ways.turned_from_start(turn, &changed.situation);
                self.sort(changed, turn, outcome, left);
            }
        }
    }

    fn sort(&mut self, tried: Changed, turn: usize, outcome: Outcome, left: &mut Vec<Turned>) {
        if outcome.reached {
            self.found.push(tried.set);
        } else {
            left.push((tried, turn, outcome.asked));
        }
    }

    /// What a set lacks to contain one that reaches the goal.
    fn reach(&self, open: &Changed) -> Vec<Item> {
        self.found.iter().filter_map(|found| found.but_for(open.set)).collect()
    }

    /// Whether a set with a change more was tried, or contains one that reaches the goal.
    fn is_known(&mut self, open: &Changed, item: Item, reach: &[Item]) -> bool {
        open.set.has(item) || reach.contains(&item) || self.met.meets(open.set.with(item))
    }
}

/// Whether a change is tried beside others: one of its facts was asked, and none of them wants another value for it.
fn is_tried(effect: &Effect, open: &Changed, asked: u128) -> bool {
    effect.asks & asked != 0 && effect.agrees(&open.situation, &open.bits)
}

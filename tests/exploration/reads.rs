//! Which knobs each stage reads, as the search for suggestions has it, held against the stages: a knob that a stage does
//! not read can be turned, and the stage asks, leaves, notes and sets aside the same.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::mem::discriminant;

use grantwise::Policy;
use grantwise::decide::authorize::engine::State;
use grantwise::decide::authorize::facts::AuthorizeFact;
use grantwise::decide::authorize::verdict::{Authorize, IgnoredParameters};
use grantwise::decide::engine::{Engine as _, To};
use grantwise::decide::fact::{Ask, Fact as _, Situation};
use grantwise::decide::finite::Finite;
use grantwise::decide::rule::Trace;
use grantwise::explore::Ordinary;
use grantwise::explore::suggest::reads;
use grantwise::input::Value;
use grantwise::policy::knobs::{KnobSetting, Knobs};
use grantwise::policy::profiles::PROFILES;

/// Answers from a situation, and notes what was asked.
struct Noting<'a> {
    situation: &'a Situation<AuthorizeFact>,
    asked: Cell<u128>,
}

impl Ask<AuthorizeFact> for Noting<'_> {
    fn ask<T: Finite>(&self, fact: AuthorizeFact) -> T {
        self.asked.set(self.asked.get() | (1 << fact.index()));
        self.situation.ask(fact)
    }
}

/// All that a stage does.
type Stage = (To<Authorize>, u128, Trace<Authorize>, IgnoredParameters);

fn stage(knobs: &Knobs, situation: &Situation<AuthorizeFact>, state: State) -> Stage {
    let noting = Noting { situation, asked: Cell::new(0) };
    let (mut trace, mut aside) = (Trace::default(), IgnoredParameters::default());
    let to = Authorize::advance(knobs, &noting, state, &mut trace, &mut aside);
    (to, noting.asked.get(), trace, aside)
}

/// Numbers that look random and are always the same (Knuth's MMIX).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0).checked_rem(end).unwrap_or(0)
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// Situations that get far are kept and changed a little, so that the last stages are met as often as the first.
#[test]
fn a_stage_reads_no_other_knob() -> Result<(), String> {
    let mut random = Random(1);
    let turns: Vec<KnobSetting> = KnobSetting::every().collect();
    let mut kept = vec![(0, <Authorize as Ordinary>::ordinary()); 40];
    let mut met = BTreeMap::new();
    for _ in 0..6_000 {
        let profile = random.of(PROFILES).ok_or("there are profiles")?;
        let mut knobs = Policy::profile(profile.name, &Value::Null).map_err(|misuse| misuse.to_string())?.knobs;
        for _ in 0..random.below(20) {
            knobs.set(*random.of(&turns).ok_or("there are knobs")?);
        }
        let (_, mut situation) = *random.of(&kept).ok_or("there are situations")?;
        for _ in 0..random.below(6) {
            let fact = *random.of(AuthorizeFact::ALL).ok_or("there are facts")?;
            situation = situation.with_index(fact, random.below(fact.values()));
        }
        let (mut state, mut stages) = (Authorize::START, 0_usize);
        loop {
            stages += 1;
            let before = stage(&knobs, &situation, state);
            for turn in turns.iter().filter(|turn| !reads(&state, **turn)) {
                let mut turned = knobs;
                turned.set(*turn);
                let after = stage(&turned, &situation, state);
                assert_eq!(after, before, "{state:?} reads {turn:?} under {knobs:?} in {situation:?}");
            }
            let name = format!("{:?}", discriminant(&state));
            *met.entry(name).or_insert(0_usize) += 1;
            match before.0 {
                To::Next(next) => state = next,
                To::End(_) => break,
            }
        }
        if kept.len() < 40 {
            kept.push((stages, situation));
        } else {
            let place = random.below(kept.len());
            kept.get_mut(place)
                .filter(|kept| kept.0 <= stages)
                .into_iter()
                .for_each(|kept| *kept = (stages, situation));
        }
    }
    assert!(met.len() == 13 || met.len() == 14, "{met:?}");
    assert!(met.values().all(|times| *times > 50), "{met:?}");
    Ok(())
}

//! Which knobs make a difference.

use crate::decide::component::Components;
use crate::decide::engine::{Decided, decide};
use crate::decide::fact::Situation;
use crate::policy::knobs::{KnobSetting, Knobs};

/// The fewest knobs with which the first policy says in a situation what is looked for, once it has them as the second
/// has; none where no more than three were found that do.
pub(super) fn causes<E: Components>(
    [one, other]: &[Knobs; 2],
    situation: &Situation<E::Fact>,
    looked_for: impl Fn(E::Part) -> bool,
    component: E::Component,
) -> Vec<KnobSetting> {
    let differing: Vec<(KnobSetting, KnobSetting)> =
        one.settings().into_iter().zip(other.settings()).filter(|(one, other)| one != other).collect();
    let decided = |knobs: &Knobs| decide::<E, _>(knobs, situation);
    let (first, second) = (decided(one), decided(other));
    // A knob can be among the causes only if it changes something for one of the two.
    let matters = |(own, theirs): &(KnobSetting, KnobSetting)| {
        !same(&decided(&with(one, &[*theirs])), &first) || !same(&decided(&with(other, &[*own])), &second)
    };
    let candidates: Vec<KnobSetting> =
        differing.iter().filter(|pair| matters(pair)).map(|(_, theirs)| *theirs).collect();
    let explains = |settings: &[KnobSetting]| {
        let decided = decided(&with(one, settings));
        looked_for(E::part(component, &decided.verdict, &decided.aside))
    };
    (1..=3).find_map(|size| combination(&candidates, size, &mut Vec::new(), &explains)).unwrap_or_default()
}

fn same<E: Components>(one: &Decided<E>, other: &Decided<E>) -> bool {
    one.verdict == other.verdict && one.aside == other.aside && one.trace == other.trace
}

/// A policy with other values of some knobs.
pub(super) fn with(knobs: &Knobs, settings: &[KnobSetting]) -> Knobs {
    let mut changed = *knobs;
    settings.iter().for_each(|setting| changed.set(*setting));
    changed
}

/// The first combination of so many settings that explains it.
fn combination(
    candidates: &[KnobSetting],
    size: usize,
    chosen: &mut Vec<KnobSetting>,
    explains: &impl Fn(&[KnobSetting]) -> bool,
) -> Option<Vec<KnobSetting>> {
    if chosen.len() == size {
        return explains(chosen).then(|| chosen.clone());
    }
    let mut rest = candidates;
    while let Some((first, others)) = rest.split_first() {
        chosen.push(*first);
        let found = combination(others, size, chosen, explains);
        chosen.pop();
        if found.is_some() {
            return found;
        }
        rest = others;
    }
    None
}

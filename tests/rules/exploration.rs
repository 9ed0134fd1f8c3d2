//! Every engine under every profile: which rules no situation reaches, and which values of knobs change no decision.

use std::collections::BTreeSet;

use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::engine::{Engine, decide};
use grantwise::decide::fact::Situation;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::policy::knobs::{KNOBS, KnobSetting, Knobs};
use grantwise::policy::profiles::PROFILES;

use crate::explorer::explore;
use crate::search::changes;
use crate::table::{Case, Table, ids, written};

/// As many states of each stage as are followed where there are very many: the authorization endpoint has more
/// situations than a walk without merging inside of stages can visit.
const BOUND: usize = 60;

/// What the walks under all profiles reach, against the table: what is said never to take part is not reached, and what
/// no walk reaches has a case with a knob turned, or is said never to take part.
fn walk<E: Engine>(file: &str, bound: usize) -> Result<(), String> {
    let table = Table::<E>::read(file)?;
    let mut reached = BTreeSet::new();
    let mut complete = true;
    for profile in PROFILES {
        let found = explore::<E>(&profile.values().0, bound);
        complete &= found.complete;
        assert!(found.ways >= found.states, "{}: no state is a dead end", profile.name);
        reached.extend(ids(&found.trace));
    }
    let all: BTreeSet<&str> = E::TABLES.iter().copied().flatten().map(|rule| rule.id).collect();
    let unreached: BTreeSet<&str> = all.difference(&reached).copied().collect();
    assert!(complete || bound < usize::MAX, "without a bound every state is followed");
    let mut faults = Vec::new();
    for (rule, _) in table.never.iter().filter(|(rule, _)| reached.contains(rule.as_str())) {
        faults.push(format!("{file}: {rule} is said never to take part, and does"));
    }
    for rule in unreached {
        let never = table.never.iter().any(|(known, _)| known == rule);
        let turned = |case: &&Case| !complete || !case.knobs.is_empty();
        if !never && !table.cases.iter().filter(turned).any(|case| case.rule == rule) {
            faults.push(format!("{file}: {rule} is reached under no profile, and no case turns a knob for it"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

#[test]
fn the_token_endpoint_is_walked_in_whole() -> Result<(), String> {
    walk::<Token>("token.json", usize::MAX)
}

#[test]
fn the_lifecycle_is_walked_in_whole() -> Result<(), String> {
    walk::<Lifecycle>("lifecycle.json", usize::MAX)
}

#[test]
fn the_authorization_endpoint_is_walked_within_bounds() -> Result<(), String> {
    walk::<Authorize>("authorize.json", BOUND)
}

/// How far from the cases is looked: the cases, the same with one fact changed, and that under every profile.
#[derive(Clone, Copy)]
enum Reach {
    Cases,
    Near,
    EveryProfile,
}

/// Whether two values of a knob decide anything differently within reach of a table's cases.
fn differ<E: Engine>(file: &str, [one, other]: [KnobSetting; 2], reach: Reach) -> Result<bool, String> {
    let differs = |knobs: &Knobs, situation: &Situation<E::Fact>| {
        let (mut with_one, mut with_other) = (*knobs, *knobs);
        with_one.set(one);
        with_other.set(other);
        let (with_one, with_other) = (decide::<E, _>(&with_one, situation), decide::<E, _>(&with_other, situation));
        with_one.verdict != with_other.verdict || with_one.aside != with_other.aside
    };
    let near = |knobs: &Knobs, situation: &Situation<E::Fact>| {
        changes::<E>(*situation).into_iter().any(|(fact, value)| differs(knobs, &situation.with_index(fact, value)))
    };
    let table = Table::<E>::read(file)?;
    let settings: Vec<_> = table.cases.iter().map(|case| table.setting(case)).collect::<Result<_, String>>()?;
    Ok(match reach {
        Reach::Cases => settings.iter().any(|(knobs, situation)| differs(knobs, situation)),
        Reach::Near => settings.iter().any(|(knobs, situation)| near(knobs, situation)),
        Reach::EveryProfile => {
            PROFILES.iter().any(|profile| settings.iter().any(|(_, situation)| near(&profile.values().0, situation)))
        }
    })
}

/// Whether two values of a knob decide anything differently in any engine.
fn matter(pair: [KnobSetting; 2]) -> Result<bool, String> {
    for reach in [Reach::Cases, Reach::Near, Reach::EveryProfile] {
        if differ::<Authorize>("authorize.json", pair, reach)?
            || differ::<Token>("token.json", pair, reach)?
            || differ::<Lifecycle>("lifecycle.json", pair, reach)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

#[test]
fn every_value_of_every_knob_changes_a_decision() -> Result<(), String> {
    let mut faults = Vec::new();
    for knob in KNOBS {
        let settings = KnobSetting::all(knob.id);
        for one in &settings {
            let mut matters = false;
            for other in settings.iter().filter(|other| *other != one) {
                matters = matters || matter([*one, *other])?;
            }
            if !matters {
                faults.push(format!("{} = {} changes no decision that was found", knob.id, written(one.option())));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

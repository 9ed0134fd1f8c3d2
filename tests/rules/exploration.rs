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
use crate::search;
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

/// A policy and a situation.
type Setting<E> = (Knobs, Situation<<E as Engine>::Fact>);

/// The policies and situations of a table's cases, and of what is near them.
fn settings<E: Engine>(table: &Table<E>) -> Result<Vec<Setting<E>>, String> {
    let near = table.cases.iter().flat_map(|case| {
        let missed = case.not.iter().map(|change| change.applied(case));
        std::iter::once(case.clone()).chain(case.without_each()).chain(missed).collect::<Vec<_>>()
    });
    near.map(|case| table.setting(&case)).collect()
}

/// Whether a value of a knob decides something differently from what another value decides: near the cases, and then in
/// situations at random.
fn matters<E: Engine>(file: &str, setting: KnobSetting) -> Result<bool, String> {
    let differs = |(knobs, situation): Setting<E>| {
        let mut turned = knobs;
        turned.set(setting);
        turned != knobs && decide::<E, _>(&knobs, &situation).verdict != decide::<E, _>(&turned, &situation).verdict
    };
    let table = Table::<E>::read(file)?;
    Ok(settings::<E>(&table)?.into_iter().any(differs) || search::many::<E>(table.base).any(differs))
}

/// Values of knobs that change no verdict, and why they exist.
const CHANGE_NO_VERDICT: &[(&str, &str, &str)] = &[];

#[test]
fn every_value_of_every_knob_changes_a_verdict() -> Result<(), String> {
    let mut faults = Vec::new();
    for setting in KNOBS.iter().flat_map(|knob| KnobSetting::all(knob.id)) {
        let value = written(setting.option()).to_string();
        let matters = matters::<Token>("token.json", setting)?
            || matters::<Lifecycle>("lifecycle.json", setting)?
            || matters::<Authorize>("authorize.json", setting)?;
        let explained = CHANGE_NO_VERDICT.iter().any(|(knob, option, _)| *knob == setting.id() && *option == value);
        if matters == explained {
            faults.push(format!("{} = {value}: changes a verdict: {matters}, explained: {explained}", setting.id()));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

//! Looks for situations in which a rule takes part: near the base first, then at random, and each made as small as it
//! gets.

use std::collections::{BTreeMap, BTreeSet};

use grantwise::decide::engine::{Engine, decide, is_possible};
use grantwise::decide::fact::{Fact, Situation};
use grantwise::policy::knobs::{KNOBS, KnobSetting, Knobs};
use grantwise::policy::profiles::{PROFILES, find};

use crate::Outcome;
use crate::possible::made_possible;
use crate::table::{Case, Change, Changes, Table, ids, value_of, written};

/// Profiles in which a rule is looked for first, so that cases are like each other.
const FIRST: [&str; 4] = ["openid-core", "oauth2", "security-bcp", "google"];

/// Numbers that look random, and are the same every time (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default().checked_rem(count).unwrap_or_default()
    }
}

/// A policy and a situation, by what differs from a profile and from the base.
#[derive(Clone, Copy)]
struct Found<E: Engine> {
    profile: &'static str,
    knobs: Knobs,
    situation: Situation<E::Fact>,
}

fn profiles() -> Vec<(&'static str, Knobs)> {
    let mut all: Vec<&str> = PROFILES.iter().map(|profile| profile.name).collect();
    all.sort_by_key(|name| FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()));
    all.into_iter().filter_map(find).map(|profile| (profile.name, profile.values().0)).collect()
}

fn takes_part_in<E: Engine>(rule: &str, knobs: &Knobs, situation: &Situation<E::Fact>) -> bool {
    decide::<E, _>(knobs, situation).trace.rules().any(|took_part| took_part.id == rule)
}

/// Every value of every fact, but the one that a situation has.
pub(crate) fn changes<E: Engine>(base: Situation<E::Fact>) -> Vec<(E::Fact, usize)> {
    let values = |fact: &E::Fact| (0..fact.values()).map(|value| (*fact, value)).collect::<Vec<_>>();
    E::Fact::ALL.iter().flat_map(values).filter(|(fact, value)| base.index(*fact) != *value).collect()
}

/// A situation at random: the base, with as many facts changed as luck will have it, and a policy with a few knobs turned.
fn at_random<E: Engine>(
    base: Situation<E::Fact>,
    knobs: &Knobs,
    turned: usize,
    random: &mut Random,
) -> (Knobs, Situation<E::Fact>) {
    let changes = changes::<E>(base);
    let count = random.below(16);
    let situation = (0..count).fold(base, |situation, _| match changes.get(random.below(changes.len())) {
        Some((fact, value)) => situation.with_index(*fact, *value),
        None => situation,
    });
    let mut knobs = *knobs;
    for _ in 0..turned {
        let all = KNOBS.get(random.below(KNOBS.len())).map(|knob| KnobSetting::all(knob.id)).unwrap_or_default();
        if let Some(setting) = all.get(random.below(all.len())) {
            knobs.set(*setting);
        }
    }
    (knobs, made_possible::<E>(situation))
}

/// Rules that are said never to take part, and do.
pub(crate) fn takes_part<E: Engine>(table: &Table<E>, never: &BTreeSet<String>) -> Vec<String> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut faults = BTreeSet::new();
    for (profile, knobs) in profiles().iter().cycle().take(5_000) {
        let (knobs, situation) = at_random::<E>(table.base, knobs, 2, &mut random);
        let decided = decide::<E, _>(&knobs, &situation);
        for rule in ids(&decided.trace).into_iter().filter(|rule| never.contains(*rule)) {
            faults.insert(format!("{rule}: said never to take part, and does under {profile}"));
        }
    }
    faults.into_iter().collect()
}

/// Writes a table anew; what holds stays.
pub(crate) fn write_anew<E: Engine>(file: &str) -> Result<(), String>
where
    E::Verdict: Outcome,
{
    let mut table = Table::<E>::read(file)?;
    let holds = |case: &Case| {
        table.setting(case).is_ok_and(|(knobs, situation)| {
            is_possible::<E>(&situation) && takes_part_in::<E>(&case.rule, &knobs, &situation)
        })
    };
    let kept: Vec<Case> = table.cases.iter().filter(|case| holds(case)).cloned().collect();
    let mut missing: BTreeSet<&'static str> = E::TABLES.iter().copied().flatten().map(|rule| rule.id).collect();
    missing.retain(|rule| kept.iter().all(|case| case.rule != *rule));
    let found = look_for::<E>(&table, missing.clone());
    let cases = found.iter().map(|(rule, found)| case::<E>(&table, rule, found));
    let again = |case: &Case| {
        let (knobs, situation) = table.setting(case)?;
        let outcome = decide::<E, _>(&knobs, &situation).verdict.outcome().to_owned();
        let not = near_misses::<E>(&case.rule, table.base, &knobs, &situation);
        Ok(Case { outcome, not, ..case.clone() })
    };
    let kept: Vec<Case> = kept.iter().map(again).collect::<Result<_, String>>()?;
    let cases: Vec<Case> = kept.into_iter().chain(cases).collect();
    let why =
        |rule: &str| table.never.iter().find(|(known, _)| known == rule).map_or(String::new(), |(_, why)| why.clone());
    table.never =
        missing.iter().filter(|rule| !found.contains_key(**rule)).map(|rule| ((*rule).to_owned(), why(rule))).collect();
    table.cases = cases;
    table.write(file)
}

/// Situations for rules: with no fact changed, with one, with two, and then at random.
fn look_for<E: Engine>(table: &Table<E>, mut missing: BTreeSet<&'static str>) -> BTreeMap<&'static str, Found<E>> {
    let mut found = BTreeMap::new();
    let base = table.base;
    let single = changes::<E>(base);
    let mut note = |missing: &mut BTreeSet<&'static str>, profile, knobs: Knobs, situation: Situation<E::Fact>| {
        take::<E>(missing, &mut found, Found { profile, knobs, situation });
    };
    let profiles = profiles();
    for (name, knobs) in &profiles {
        note(&mut missing, name, *knobs, base);
    }
    for (name, knobs) in &profiles {
        for (fact, value) in &single {
            note(&mut missing, name, *knobs, base.with_index(*fact, *value));
        }
    }
    for (name, knobs) in &profiles {
        for (at, (fact, value)) in single.iter().enumerate() {
            for (other, another) in single.iter().skip(at) {
                note(&mut missing, name, *knobs, base.with_index(*fact, *value).with_index(*other, *another));
            }
        }
    }
    // One knob turned, and one fact changed.
    for (name, knobs) in &profiles {
        for setting in KNOBS.iter().flat_map(|knob| KnobSetting::all(knob.id)) {
            let mut turned = *knobs;
            turned.set(setting);
            for (fact, value) in &single {
                note(&mut missing, name, turned, base.with_index(*fact, *value));
            }
        }
    }
    near_cases::<E>(table, &single, &mut missing, &mut found);
    let mut note = |missing: &mut BTreeSet<&'static str>, profile, knobs: Knobs, situation: Situation<E::Fact>| {
        take::<E>(missing, &mut found, Found { profile, knobs, situation });
    };
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for turned in 0..4 {
        for (name, knobs) in profiles.iter().cycle().take(60_000) {
            let (knobs, situation) = at_random::<E>(base, knobs, turned, &mut random);
            note(&mut missing, name, knobs, situation);
        }
    }
    found.into_iter().map(|(rule, found)| (rule, smallest::<E>(rule, base, found))).collect()
}

/// Takes a setting for the rules that take part in it and that none was found for.
fn take<E: Engine>(
    missing: &mut BTreeSet<&'static str>,
    found: &mut BTreeMap<&'static str, Found<E>>,
    setting: Found<E>,
) {
    if !missing.is_empty() && is_possible::<E>(&setting.situation) {
        for rule in ids(&decide::<E, _>(&setting.knobs, &setting.situation).trace) {
            if missing.remove(rule) {
                found.insert(rule, setting);
            }
        }
    }
}

/// Near the cases of other rules: with one knob turned and one fact changed, and with two facts changed; and near what
/// that finds, for as long as it finds anything.
fn near_cases<E: Engine>(
    table: &Table<E>,
    single: &[(E::Fact, usize)],
    missing: &mut BTreeSet<&'static str>,
    found: &mut BTreeMap<&'static str, Found<E>>,
) {
    let setting = |case: &Case| {
        let (knobs, situation) = table.setting(case).ok()?;
        Some(Found { profile: find(&case.profile)?.name, knobs, situation })
    };
    let mut seeds: Vec<Found<E>> = table.cases.iter().filter_map(setting).chain(found.values().copied()).collect();
    while !seeds.is_empty() && !missing.is_empty() {
        let known: BTreeSet<&str> = found.keys().copied().collect();
        for seed in seeds {
            for (at, (fact, value)) in single.iter().enumerate() {
                let situation = seed.situation.with_index(*fact, *value);
                for (other, another) in single.iter().skip(at) {
                    take(missing, found, Found { situation: situation.with_index(*other, *another), ..seed });
                }
            }
            for turn in KNOBS.iter().flat_map(|knob| KnobSetting::all(knob.id)) {
                let mut knobs = seed.knobs;
                knobs.set(turn);
                take(missing, found, Found { knobs, ..seed });
                for (fact, value) in single {
                    take(missing, found, Found { knobs, situation: seed.situation.with_index(*fact, *value), ..seed });
                }
            }
        }
        seeds = found.iter().filter(|(rule, _)| !known.contains(**rule)).map(|(_, found)| *found).collect();
    }
}

/// The same with as few differences as possible: knobs first, then facts.
fn smallest<E: Engine>(rule: &str, base: Situation<E::Fact>, mut found: Found<E>) -> Found<E> {
    let nearest = |(name, profile): &(&'static str, Knobs)| {
        let mut knobs = found.knobs;
        for setting in profile.settings() {
            let mut turned = knobs;
            turned.set(setting);
            if takes_part_in::<E>(rule, &turned, &found.situation) {
                knobs = turned;
            }
        }
        let usual = profile.settings();
        (knobs.settings().iter().filter(|setting| !usual.contains(setting)).count(), *name, knobs)
    };
    if let Some((_, profile, knobs)) = profiles().iter().map(nearest).min_by_key(|(turned, ..)| *turned) {
        found.profile = profile;
        found.knobs = knobs;
    }
    for _ in 0..2 {
        for fact in E::Fact::ALL {
            let situation = found.situation.with_index(*fact, base.index(*fact));
            if is_possible::<E>(&situation) && takes_part_in::<E>(rule, &found.knobs, &situation) {
                found.situation = situation;
            }
        }
    }
    found
}

fn case<E: Engine>(table: &Table<E>, rule: &str, found: &Found<E>) -> Case
where
    E::Verdict: Outcome,
{
    let profile = find(found.profile).map(|profile| profile.values().0).unwrap_or_default();
    let usual = profile.settings();
    let knobs: Changes = found
        .knobs
        .settings()
        .iter()
        .filter(|setting| !usual.contains(setting))
        .map(|setting| (setting.id().to_owned(), written(setting.option())))
        .collect();
    let facts: Changes = E::Fact::ALL
        .iter()
        .filter(|fact| found.situation.index(**fact) != table.base.index(**fact))
        .map(|fact| (fact.name().to_owned(), value_of::<E>(*fact, &found.situation)))
        .collect();
    let decided = decide::<E, _>(&found.knobs, &found.situation);
    Case {
        rule: rule.to_owned(),
        profile: found.profile.to_owned(),
        knobs,
        facts,
        outcome: decided.verdict.outcome().to_owned(),
        not: near_misses::<E>(rule, table.base, &found.knobs, &found.situation),
    }
}

/// The change of a knob after which the rule takes no part and least else is different. That no fact and no knob that
/// a case lists can be left out is checked in any case; where it lists no fact, one is looked for, too.
fn near_misses<E: Engine>(
    rule: &str,
    base: Situation<E::Fact>,
    knobs: &Knobs,
    situation: &Situation<E::Fact>,
) -> Vec<Change> {
    let took_part: BTreeSet<&str> = ids(&decide::<E, _>(knobs, situation).trace).into_iter().collect();
    let difference = |knobs: &Knobs, situation: &Situation<E::Fact>| {
        let other: BTreeSet<&str> = ids(&decide::<E, _>(knobs, situation).trace).into_iter().collect();
        (!other.contains(rule)).then(|| took_part.symmetric_difference(&other).count())
    };
    let facts = changes::<E>(*situation).into_iter().filter(|_| *situation == base).filter_map(|(fact, value)| {
        let changed = situation.with_index(fact, value);
        let difference = difference(knobs, &changed).filter(|_| is_possible::<E>(&changed))?;
        Some((difference, Change::Fact(fact.name().to_owned(), value_of::<E>(fact, &changed))))
    });
    let settings = KNOBS.iter().flat_map(|knob| KnobSetting::all(knob.id));
    let turned = settings.filter_map(|setting| {
        let mut turned = *knobs;
        turned.set(setting);
        let difference = difference(&turned, situation)?;
        Some((difference, Change::Knob(setting.id().to_owned(), written(setting.option()))))
    });
    let best = |misses: Vec<(usize, Change)>| misses.into_iter().min_by_key(|(difference, _)| *difference);
    let chosen = [best(facts.collect()), best(turned.collect())];
    chosen.into_iter().flatten().map(|(_, change)| change).collect()
}

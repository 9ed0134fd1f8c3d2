//! Every rule of every engine, with a situation in which it takes part and, beside it, one in which it does not.
//!
//! The tables stand in JSON files, one for each engine: a base (a profile and the value of every fact), and for each
//! rule what differs from it. Nothing stands there that could be left out: without any one of the facts and knobs the
//! rule takes no part, and neither does it after any one of the changes under `not`. Whoever changes a rule finds its entry there, and whoever adds one is told which engine's
//! table lacks it.

#![cfg(not(target_arch = "wasm32"))]

mod exploration;
mod explorer;
mod names;
#[path = "../properties/possible.rs"]
mod possible;
mod search;
mod table;

use std::collections::BTreeSet;

use grantwise::decide::authorize::verdict::{Authorize, SignInScreen, Verdict};
use grantwise::decide::engine::{Engine, decide, is_possible};
use grantwise::decide::fact::Situation;
use grantwise::decide::lifecycle::verdict::{Lifecycle, LifecycleVerdict};
use grantwise::decide::rule::RuleTable;
use grantwise::decide::rules;
use grantwise::decide::token::verdict::{Token, TokenVerdict};
use grantwise::policy::profiles::PROFILES;

use table::{Table, ids};

/// How a decision comes out, in a word.
pub(crate) trait Outcome {
    fn outcome(&self) -> &'static str;
}

impl Outcome for Verdict {
    fn outcome(&self) -> &'static str {
        match self {
            Self::Refuse(..) => "error",
            Self::SignIn(SignInScreen::Login) => "login",
            Self::SignIn(SignInScreen::Reauthenticate) => "reauthenticate",
            Self::SignIn(SignInScreen::SelectAccount) => "select_account",
            Self::Ask { .. } => "consent",
            Self::Issue { .. } => "issue",
        }
    }
}

impl Outcome for TokenVerdict {
    fn outcome(&self) -> &'static str {
        match self {
            Self::Refuse { .. } => "error",
            Self::Exchanged(_) | Self::Refreshed(_) | Self::ForItself { .. } => "tokens",
        }
    }
}

impl Outcome for LifecycleVerdict {
    fn outcome(&self) -> &'static str {
        match self {
            Self::Refuse { .. } => "error",
            Self::AskUser => "ask_user",
            Self::Ends(ends) if ends.iter().next().is_none() => "nothing_ends",
            Self::Ends(_) => "ends",
            Self::Standing(Ok(())) => "alive",
            Self::Standing(Err(_)) => "dead",
        }
    }
}

/// Checks every case of an engine's table; gives the rules that take part in some case.
fn check<E: Engine>(file: &str) -> Result<BTreeSet<String>, String>
where
    E::Verdict: Outcome,
{
    let table = Table::<E>::read(file)?;
    let mut faults = Vec::new();
    for case in &table.cases {
        let (knobs, situation) = table.setting(case)?;
        if !is_possible::<E>(&situation) {
            faults.push(format!("{}: the situation cannot occur", case.rule));
        }
        let decided = decide::<E, _>(&knobs, &situation);
        if !ids(&decided.trace).contains(&case.rule.as_str()) {
            faults.push(format!("{}: takes no part in {:?}: {:?}", case.rule, case, ids(&decided.trace)));
        }
        if decided.verdict.outcome() != case.outcome {
            faults.push(format!("{}: {} instead of {}", case.rule, decided.verdict.outcome(), case.outcome));
        }
        for near in case.not.iter().map(|change| change.applied(case)).chain(case.without_each()) {
            let (knobs, situation) = table.setting(&near)?;
            let took_part = ids(&decide::<E, _>(&knobs, &situation).trace).contains(&case.rule.as_str());
            if took_part && is_possible::<E>(&situation) {
                faults.push(format!("{}: takes part with {:?} and {:?}, too", case.rule, near.knobs, near.facts));
            }
        }
    }
    let with_case: BTreeSet<String> = table.cases.iter().map(|case| case.rule.clone()).collect();
    let without: BTreeSet<String> = table.never.iter().map(|(rule, _)| rule.clone()).collect();
    for rule in E::TABLES.iter().copied().flatten().map(|rule| rule.id) {
        match (with_case.contains(rule), without.contains(rule)) {
            (false, false) => faults.push(format!("{rule}: no case in {file}")),
            (true, true) => faults.push(format!("{rule}: a case, and said never to take part, in {file}")),
            (true, false) | (false, true) => {}
        }
    }
    let known: BTreeSet<&str> = E::TABLES.iter().copied().flatten().map(|rule| rule.id).collect();
    for rule in with_case.iter().chain(&without).filter(|rule| !known.contains(rule.as_str())) {
        faults.push(format!("{rule}: no such rule in the engine of {file}"));
    }
    for (rule, why) in table.never.iter().filter(|(_, why)| why.len() < 20) {
        faults.push(format!("{rule}: nobody says why it never takes part: {why:?}"));
    }
    faults.extend(search::takes_part::<E>(&table, &without));
    if faults.is_empty() { Ok(with_case) } else { Err(faults.join("\n")) }
}

#[test]
fn rules_of_the_authorization_endpoint_take_part_where_they_should() -> Result<(), String> {
    check::<Authorize>("authorize.json").map(drop)
}

#[test]
fn rules_of_the_token_endpoint_take_part_where_they_should() -> Result<(), String> {
    check::<Token>("token.json").map(drop)
}

#[test]
fn rules_of_the_lifecycle_take_part_where_they_should() -> Result<(), String> {
    check::<Lifecycle>("lifecycle.json").map(drop)
}

/// Whatever one engine says of a rule that another has, too: in one of them it takes part.
#[test]
fn every_rule_has_a_case() -> Result<(), String> {
    let mut seen = BTreeSet::new();
    seen.extend(Table::<Authorize>::read("authorize.json")?.cases.into_iter().map(|case| case.rule));
    seen.extend(Table::<Token>::read("token.json")?.cases.into_iter().map(|case| case.rule));
    seen.extend(Table::<Lifecycle>::read("lifecycle.json")?.cases.into_iter().map(|case| case.rule));
    let missing: Vec<&str> = rules().map(|rule| rule.id).filter(|id| !seen.contains(*id)).collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
    Ok(())
}

/// Ids tell rules apart, in every engine.
#[test]
fn ids_are_unique() {
    let all: Vec<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    for tables in [Authorize::TABLES, Token::TABLES, Lifecycle::TABLES] {
        let ids: Vec<&str> = tables.iter().copied().flatten().map(|rule| rule.id).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }
    assert!(PROFILES.len() > 1);
}

/// Looks for a case for every rule whose case does not hold any more, and writes the tables anew. Cases that hold, and
/// what is said of rules that never take part, stay as they are.
#[test]
#[ignore = "writes the tables anew: cargo test --test rules -- --ignored, and read what changed"]
fn write_the_tables_anew() -> Result<(), String> {
    search::write_anew::<Authorize>("authorize.json")?;
    search::write_anew::<Token>("token.json")?;
    search::write_anew::<Lifecycle>("lifecycle.json")
}

/// A situation is two machine words, and a verdict is small enough to be copied about.
#[test]
fn situations_and_verdicts_are_small() {
    assert_eq!(size_of::<Situation<<Authorize as Engine>::Fact>>(), 16);
    assert_eq!(size_of::<Situation<<Token as Engine>::Fact>>(), 16);
    assert_eq!(size_of::<Situation<<Lifecycle as Engine>::Fact>>(), 16);
    assert!(size_of::<Verdict>() <= 64 && size_of::<TokenVerdict>() <= 64 && size_of::<LifecycleVerdict>() <= 64);
}

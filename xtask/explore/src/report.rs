//! What is printed.

use grantwise::explore::{Finding, Telling, invariants};

use crate::digests::{self, OfProfile};
use crate::survey::Surveyed;

/// A profile: its space, and every component.
pub(crate) fn profile(found: &Surveyed, committed: Option<&OfProfile>) {
    println!("\n=== {}", found.name);
    for space in &found.spaces {
        println!(
            "{}: {} facts, {} situations of {} combinations",
            space.engine,
            space.facts,
            rounded(space.situations),
            rounded(space.combinations)
        );
        println!("  {:<32} {:>12} {:>7} {:>7} {:>9}  digest", "component", "leaves", "nodes", "states", "time");
        for row in found.rows.iter().filter(|row| row.engine == space.engine) {
            let mark = match (digests::is_committed(row, committed), row.sound) {
                (true, true) => "",
                (false, true) => "  NOT THE COMMITTED ONE",
                (_, false) => "  UNSOUND",
            };
            println!(
                "  {:<32} {:>12} {:>7} {:>7} {:>6} ms  {}{mark}",
                row.component,
                row.leaves,
                row.nodes,
                row.states,
                row.took.as_millis(),
                row.digest
            );
        }
    }
    let (explored, checked) = found.took;
    println!("explored in {} ms, invariants checked in {} ms", explored.as_millis(), checked.as_millis());
}

/// Every invariant: of how many policies it is claimed, and a counterexample where there is one. Whether all hold.
pub(crate) fn invariants_of(surveyed: &[Surveyed], varied: &[Surveyed]) -> bool {
    println!("\n=== invariants");
    let mut all_hold = true;
    for (place, invariant) in invariants().enumerate() {
        let of = |found: &'_ Surveyed| found.findings.get(place).map(|(_, finding, shown)| (*finding, shown.clone()));
        let findings: Vec<(Finding, String)> = surveyed.iter().chain(varied).filter_map(of).collect();
        let holds = findings.iter().filter(|(finding, _)| *finding == Finding::Holds).count();
        let breach = findings.iter().find(|(_, shown)| !shown.is_empty());
        let under = invariant.under.map_or_else(String::new, |under| format!(" (under {})", under.says));
        match (breach, findings.first()) {
            (Some((_, shown)), _) => {
                all_hold = false;
                println!("COUNTEREXAMPLE {}: {}{under}\n{shown}", invariant.id, invariant.statement);
            }
            (None, Some((Finding::Tested(name), _))) => {
                println!("tested  {}: {} The test is {name}.", invariant.id, invariant.statement);
            }
            (None, _) if holds == 0 => {
                println!("no policy {}: {}{under}", invariant.id, invariant.statement);
            }
            (None, _) => {
                println!("passed  {} ({holds} policies): {}{under}", invariant.id, invariant.statement);
            }
        }
    }
    all_hold
}

/// Whether each claim could be broken: its facts occur under a policy of which it is claimed, and what it denies is said
/// under some policy.
pub(crate) fn all_tell(surveyed: &[Surveyed], varied: &[Surveyed]) -> bool {
    let mut all = true;
    for (place, invariant) in invariants().enumerate() {
        let tellings = || surveyed.iter().chain(varied).filter_map(|found| found.tellings.get(place));
        let claims = tellings().map(Vec::len).max().unwrap_or(0);
        for claim in 0..claims {
            let any = |told: fn(&Telling) -> bool| tellings().filter_map(|of| of.get(claim)).any(told);
            if !(any(|telling| telling.occurs) && any(|telling| telling.said)) {
                all = false;
                println!("tells nothing: claim {} of {}", claim.saturating_add(1), invariant.id);
            }
        }
    }
    all
}

/// What came of it.
pub(crate) fn summary(parts: &[(bool, &str)]) {
    println!("\n=== summary");
    for (holds, what) in parts {
        println!("{} {what}", if *holds { "ok    " } else { "FAILED" });
    }
}

/// A large number with its first digits.
pub(crate) fn rounded(number: u128) -> String {
    let digits = number.to_string();
    if digits.len() <= 6 {
        return digits;
    }
    let (first, rest) = digits.split_at_checked(1).unwrap_or_default();
    let more = rest.get(..2).unwrap_or_default();
    format!("{first}.{more}e{}", rest.len())
}

//! tmp
#![allow(clippy::all)]
use grantwise::explore::*;
use grantwise::policy::profiles::PROFILES;
use std::time::Instant;
fn main() {
    let only = std::env::args().nth(1);
    for profile in PROFILES {
        if only.as_deref().is_some_and(|name| name != profile.name) { continue; }
        let policy = profile.values().0;
        let start = Instant::now();
        let surveys = Surveys::of(&policy);
        let explored = start.elapsed();
        println!("{} explored {:?}", profile.name, explored);
        for (component, found) in &surveys.authorize.found {
            println!("   {:?} nodes {} leaves {} {}", component, surveys.authorize.explorer.nodes(found), surveys.authorize.explorer.leaves(found), surveys.authorize.explorer.digest(found));
        }
        let mut sum = std::time::Duration::ZERO;
        for invariant in invariants() {
            let start = Instant::now();
            let finding = invariant.check(&surveys);
            let took = start.elapsed();
            sum += took;
            if !matches!(finding, Finding::Holds | Finding::NotClaimed | Finding::Tested(_)) || took.as_millis() > 20 {
                println!("   {} {:?} {:?}", invariant.id, took, finding);
            }
        }
        println!("  invariants {:?}", sum);
    }
}

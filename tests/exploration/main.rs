//! The explorer against the engines: what it says of every situation is what they decide in each, and what holds for all
//! of them does.
//!
//! A few profiles are explored here, for without optimisation it takes long; `cargo xtask explore` does the same for all.

#![cfg(not(target_arch = "wasm32"))]

mod changes;
mod differences;
mod places;
mod reads;
mod reasons;
mod samples;
mod suggestions;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::component::Components;
use grantwise::decide::engine::decide;
use grantwise::decide::fact::Fact;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::{Drawn, Explorer, Finding, Ordinary, Survey, Surveys, Words, invariants};
use grantwise::policy::knobs::Knobs;
use grantwise::policy::profiles::{self, PROFILES};

const DIGESTS: &str = include_str!("../golden/digests.json");

/// The committed digests: by profile, then by engine and component.
type Digests = BTreeMap<String, BTreeMap<String, String>>;

fn committed() -> Result<Digests, String> {
    serde_json::from_str(DIGESTS).map_err(|error| error.to_string())
}

fn name<E: Words>(component: E::Component) -> String {
    format!("{} {}", E::ENGINE, E::component_name(component))
}

/// All of the space is said, different things in different words; situations at random are decided as their leaf says;
/// and the digests are the committed ones.
fn says_what_is_decided<E: Words + Ordinary>(profile: &str, policy: &Knobs, survey: &Survey<E>) -> Result<(), String> {
    let digests = committed()?;
    let mut drawn = Drawn::new(0x5EED);
    for (component, explored) in &survey.found {
        let name = name::<E>(*component);
        let parts = survey.explorer.parts(explored);
        let sizes = parts.iter().map(|part| survey.explorer.saying(explored, |said| said == *part));
        assert_eq!(sizes.sum::<u128>(), survey.explorer.situations(), "{profile} {name}");
        let words: BTreeSet<String> = parts.iter().map(E::words).collect();
        assert_eq!(words.len(), parts.len(), "{profile} {name} says different things in the same words");
        for turn in 0..400 {
            // Near an ordinary one the later stages are reached; far from it there is what is rare.
            let near = turn % 4 != 0;
            let situation = if near { drawn.near_ordinary::<E>() } else { drawn.situation::<E>(policy) };
            let decided = decide::<E, _>(policy, &situation);
            assert_eq!(
                survey.explorer.part(explored, &situation),
                Some(E::part(*component, &decided.verdict, &decided.aside)),
                "{profile} {name}: {situation:?}"
            );
        }
        let digest = survey.explorer.digest(explored).to_string();
        assert_eq!(
            digests.get(profile).and_then(|all| all.get(&name)),
            Some(&digest),
            "{profile} {name} decides otherwise; `cargo xtask explore --diff HEAD` says where, `--write` commits it"
        );
    }
    Ok(())
}

fn whole(name: &str) -> Result<(), String> {
    let policy = profiles::find(name).ok_or("there is no such profile")?.values().0;
    let surveys = Surveys::of(&policy);
    says_what_is_decided(name, &policy, &surveys.authorize)?;
    says_what_is_decided(name, &policy, &surveys.token)?;
    says_what_is_decided(name, &policy, &surveys.lifecycle)?;
    for invariant in invariants() {
        let finding = invariant.check(&surveys);
        let holds = matches!(finding, Finding::Holds | Finding::NotClaimed | Finding::Tested(_));
        assert!(holds, "{name}: not so: {} {finding:?}", invariant.statement);
    }
    Ok(())
}

#[test]
fn the_best_current_practice_decides_as_its_leaves_say() -> Result<(), String> {
    whole("security-bcp")
}

#[test]
fn google_before_2011_decides_as_its_leaves_say() -> Result<(), String> {
    whole("google-2011-before")
}

/// A digest is committed for each component under each profile, and for nothing else.
#[test]
fn every_component_under_every_profile_has_a_digest() -> Result<(), String> {
    fn names<E: Words>() -> impl Iterator<Item = String> {
        E::COMPONENTS.iter().map(|component| name::<E>(*component))
    }
    let components: Vec<String> = names::<Authorize>().chain(names::<Token>()).chain(names::<Lifecycle>()).collect();
    let wanted: BTreeSet<(String, String)> = PROFILES
        .iter()
        .flat_map(|profile| components.iter().map(|component| (profile.name.to_owned(), component.clone())))
        .collect();
    let there: BTreeSet<(String, String)> = committed()?
        .into_iter()
        .flat_map(|(profile, all)| all.into_keys().map(move |component| (profile.clone(), component)))
        .collect();
    assert_eq!(there, wanted);
    Ok(())
}

/// The leaves of a component exclude each other, pair by pair, and their sizes add up to the whole space.
fn leaves_are_the_whole_space<E: Components>() {
    for profile in PROFILES {
        let policy = profile.values().0;
        let mut explorer = Explorer::<E>::default();
        for component in E::COMPONENTS {
            let explored = explorer.explore(&policy, *component);
            let leaves = explorer.conditions(&explored);
            let place = format!("{} {}", profile.name, E::component_name(*component));
            let size = |way: &[(E::Fact, usize)]| {
                let free = E::Fact::ALL.iter().filter(|fact| !way.iter().any(|(asked, _)| asked == *fact));
                free.map(|fact| u128::try_from(fact.values()).unwrap_or(0)).product::<u128>()
            };
            let all: u128 = leaves.iter().map(|leaf| size(&leaf.way)).sum();
            let possible: u128 = leaves.iter().filter(|leaf| leaf.says.is_some()).map(|leaf| size(&leaf.way)).sum();
            assert_eq!(all, explorer.combinations(), "{place}");
            assert_eq!(possible, explorer.situations(), "{place}");
            let said = leaves.iter().filter(|leaf| leaf.says.is_some()).count();
            assert_eq!(u128::try_from(said), Ok(explorer.leaves(&explored)), "{place}");
            for (number, one) in leaves.iter().enumerate() {
                for other in leaves.iter().skip(number.saturating_add(1)) {
                    // Both are in the order of the facts, so where they part they ask the same fact.
                    let part = one.way.iter().zip(&other.way).find(|(one, other)| one != other);
                    let exclude = part.is_some_and(|((fact, _), (asked, _))| fact == asked);
                    assert!(exclude, "{place}: {:?} and {:?}", one.way, other.way);
                }
            }
        }
    }
}

#[test]
fn leaves_of_the_token_endpoint_exclude_each_other() {
    leaves_are_the_whole_space::<Token>();
}

#[test]
fn leaves_of_the_lifecycle_exclude_each_other() {
    leaves_are_the_whole_space::<Lifecycle>();
}

/// Ids are unique, and what is claimed has a source.
#[test]
fn invariants_are_named_and_sourced() {
    let ids: BTreeSet<&str> = invariants().map(|invariant| invariant.id).collect();
    assert_eq!(ids.len(), invariants().count());
    for invariant in invariants() {
        let of_all_policies = invariant.id.starts_with("rules.") || invariant.id.starts_with("knobs.");
        assert_eq!(invariant.sources.is_empty(), of_all_policies, "{}", invariant.id);
    }
}

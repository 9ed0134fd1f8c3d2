//! The graphs of this version against those of another: which decisions changed.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::{Context, Result, ensure};
use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::component::Components;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::{Change, Explorer, Known, Ordinary, Words, catalogue, changes};
use grantwise::policy::knobs::Knobs;
use grantwise::policy::profile::Profile;
use grantwise::policy::profiles;

use crate::policies::Named;
use crate::report::rounded;
use crate::shown;

/// The first line: what it is, and in which form.
const HEAD: &str = "grantwise-graphs 1";
/// Before the name of a graph.
const GRAPH: &str = "== ";
/// How many changes of a component are shown.
const SHOWN: usize = 12;

/// Graphs by engine, component and profile.
type Listings = BTreeMap<(String, String, String), String>;

/// Prints every graph of these profiles.
pub(crate) fn list(profiles: &[&'static Profile]) -> Result<()> {
    let mut to = io::stdout().lock();
    writeln!(to, "{HEAD}")?;
    for ((engine, component, profile), listing) in listings(profiles)? {
        write!(to, "{GRAPH}{engine} {component} {profile}\n{listing}")?;
    }
    Ok(())
}

/// Compares with what another version printed.
pub(crate) fn compare(profiles: &[&'static Profile], other: &str) -> Result<()> {
    let before = read(other)?;
    let after = listings(profiles)?;
    let mut changed = 0_usize;
    let mut groups: BTreeMap<(String, String), Group> = BTreeMap::new();
    for (name, listing) in &after {
        let (engine, component, profile) = name;
        let Some(old) = before.get(name) else {
            println!("new: {engine} {component} under {profile}");
            continue;
        };
        if old == listing {
            continue;
        }
        changed = changed.saturating_add(1);
        let found =
            changes(old, listing, &known(engine)).with_context(|| format!("cannot compare {engine} {component}"))?;
        let group = groups.entry((engine.clone(), component.clone())).or_default();
        for change in found {
            let said = (change.before.clone(), change.after.clone());
            group.entry(said).or_default().push((profile.clone(), change));
        }
    }
    let chosen = |profile: &str| profiles.iter().any(|known| known.name == profile);
    for (engine, component, profile) in before.keys().filter(|name| chosen(&name.2) && !after.contains_key(name)) {
        println!("gone: {engine} {component} under {profile}");
    }
    for ((engine, component), group) in groups {
        component_of(&engine, &component, group);
    }
    println!("\n{changed} of {} graphs changed", after.len());
    Ok(())
}

/// What was said, and what is said now.
type Said = (Option<String>, Option<String>);

/// The changes of a component, by what was said and is said now, under each profile.
type Group = BTreeMap<Said, Vec<(String, Change)>>;

/// The changes of a component, the largest first.
fn component_of(engine: &str, component: &str, group: Group) {
    println!("\n=== {engine}: {component}");
    let mut group: Vec<(Said, Vec<(String, Change)>)> = group.into_iter().collect();
    group.sort_by_key(|(_, changes)| std::cmp::Reverse(changes.iter().map(|(_, change)| change.situations).max()));
    let more = group.len().saturating_sub(SHOWN);
    for ((before, after), changes) in group.into_iter().take(SHOWN) {
        let word = |said: Option<String>| said.unwrap_or_else(|| "cannot occur".to_owned());
        println!("{}  ->  {}", word(before), word(after));
        let profiles: Vec<String> = changes
            .iter()
            .map(|(profile, change)| format!("{profile} ({} situations)", rounded(change.situations)))
            .collect();
        println!("    under {}", profiles.join(", "));
        if let Some((profile, change)) = changes.first() {
            let facts: Vec<String> = change.example.iter().map(|(fact, value)| format!("{fact} is {value}")).collect();
            let facts = if facts.is_empty() { "nothing is unusual".to_owned() } else { facts.join(", ") };
            println!("    for example under {profile}, where {facts}");
            if let Some(profile) = profiles::find(profile) {
                let policy = Named { name: String::new(), profile, changed: None, knobs: profile.values().0 };
                print!("{}", shown::example(&policy, engine, &change.example));
            }
        }
    }
    if more > 0 {
        println!("and {more} more");
    }
}

fn listings(profiles: &[&'static Profile]) -> Result<Listings> {
    let mut all = Listings::new();
    for profile in profiles {
        let knobs = profile.values().0;
        add::<Authorize>(profile.name, &knobs, &mut all)?;
        add::<Token>(profile.name, &knobs, &mut all)?;
        add::<Lifecycle>(profile.name, &knobs, &mut all)?;
    }
    Ok(all)
}

fn add<E: Words>(profile: &str, knobs: &Knobs, all: &mut Listings) -> Result<()> {
    let mut explorer = Explorer::<E>::default();
    for component in E::COMPONENTS {
        let explored = explorer.explore(knobs, *component);
        let mut listing = String::new();
        explorer.list(&explored, &mut listing).context("cannot list a graph")?;
        let name = <E as Components>::component_name(*component);
        all.insert((E::ENGINE.to_owned(), name.to_owned(), profile.to_owned()), listing);
    }
    Ok(())
}

fn read(text: &str) -> Result<Listings> {
    let (head, rest) = text.split_once('\n').unwrap_or_default();
    ensure!(head == HEAD, "the other version lists its graphs in another form: {head:?} instead of {HEAD:?}");
    let mut all = Listings::new();
    let mut name = None;
    for line in rest.split_inclusive('\n') {
        if let Some(named) = line.strip_prefix(GRAPH) {
            let mut words = named.trim_end().splitn(3, ' ').map(str::to_owned);
            name = words
                .next()
                .zip(words.next())
                .zip(words.next())
                .map(|((engine, component), profile)| (engine, component, profile));
        } else if let Some(name) = &name {
            all.entry(name.clone()).or_default().push_str(line);
        }
    }
    Ok(all)
}

/// The facts of an engine.
fn known(engine: &str) -> Vec<Known> {
    match engine {
        Authorize::ENGINE => catalogue(&Authorize::ordinary()),
        Token::ENGINE => catalogue(&Token::ordinary()),
        _ => catalogue(&Lifecycle::ordinary()),
    }
}

//! What is found under a policy.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use grantwise::decide::engine::decide;
use grantwise::decide::fact::Situation;
use grantwise::explore::{Drawn, Explorer, Finding, Invariant, Ordinary, Surveys, Telling, Words, invariants};
use grantwise::policy::knobs::Knobs;

use crate::policies::Named;

/// Situations at random for each component.
const DRAWN: usize = 300;

/// What was found under a policy.
pub(crate) struct Surveyed {
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
    /// Of each invariant, with what it took.
    pub(crate) findings: Vec<(&'static Invariant, Finding, String)>,
    /// Of each invariant, what its claims tell here.
    pub(crate) tellings: Vec<Vec<Telling>>,
    pub(crate) spaces: Vec<Space>,
    /// Exploring, and checking the invariants.
    pub(crate) took: (Duration, Duration),
}

/// The situations of one engine.
pub(crate) struct Space {
    pub(crate) engine: &'static str,
    pub(crate) facts: usize,
    pub(crate) combinations: u128,
    pub(crate) situations: u128,
}

/// What was found of a component.
pub(crate) struct Row {
    pub(crate) engine: &'static str,
    pub(crate) component: &'static str,
    pub(crate) leaves: u128,
    pub(crate) nodes: usize,
    /// States that were met between stages: more of them where a stage forgets less than it might.
    pub(crate) states: usize,
    pub(crate) digest: String,
    pub(crate) took: Duration,
    /// Its leaves are the whole space, different leaves have different words, and what was drawn is decided so.
    pub(crate) sound: bool,
}

impl Surveyed {
    pub(crate) fn is_sound(&self) -> bool {
        self.rows.iter().all(|row| row.sound)
    }
}

/// Explores each policy, several at a time; `then` is told of each as it is done.
pub(crate) fn each(policies: &[Named], mut then: impl FnMut(Surveyed)) {
    let next = AtomicUsize::new(0);
    let (done, all) = mpsc::channel();
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from).min(policies.len());
        for _ in 0..cores {
            let (next, done) = (&next, done.clone());
            scope.spawn(move || {
                while let Some(policy) = policies.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // Nobody waits any more where something went wrong, and then nobody wants it.
                    if done.send(Box::new(of(policy))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        all.iter().for_each(|found| then(*found));
    });
}

fn of(policy: &Named) -> Surveyed {
    let mut rows = Vec::new();
    let mut spaces = Vec::new();
    let begin = Instant::now();
    let mut laps = vec![begin.elapsed()];
    let surveys = Surveys::following(&policy.knobs, &mut |_| laps.push(begin.elapsed()));
    let explored = begin.elapsed();
    let mut took = laps.windows(2).filter_map(|pair| pair.last()?.checked_sub(*pair.first()?));
    let begin = Instant::now();
    let found: Vec<_> = invariants().map(|invariant| (invariant, invariant.check(&surveys))).collect();
    let checked = begin.elapsed();
    engine(&policy.knobs, &surveys.authorize.explorer, &surveys.authorize.found, &mut took, &mut rows, &mut spaces);
    engine(&policy.knobs, &surveys.token.explorer, &surveys.token.found, &mut took, &mut rows, &mut spaces);
    engine(&policy.knobs, &surveys.lifecycle.explorer, &surveys.lifecycle.found, &mut took, &mut rows, &mut spaces);
    let findings = found
        .into_iter()
        .map(|(invariant, finding)| (invariant, finding, crate::shown::finding(policy, &finding)))
        .collect();
    let tellings = invariants()
        .map(|invariant| {
            let claimed = invariant.is_claimed(&policy.knobs);
            let telling = |told: Telling| Telling { occurs: told.occurs && claimed, ..told };
            invariant.telling(&surveys).into_iter().map(telling).collect()
        })
        .collect();
    Surveyed { name: policy.name.clone(), rows, findings, tellings, spaces, took: (explored, checked) }
}

fn engine<E: Words + Ordinary>(
    policy: &Knobs,
    explorer: &Explorer<E>,
    found: &[(E::Component, grantwise::explore::Explored)],
    took: &mut impl Iterator<Item = Duration>,
    rows: &mut Vec<Row>,
    spaces: &mut Vec<Space>,
) {
    let situations = explorer.situations();
    spaces.push(Space {
        engine: E::ENGINE,
        facts: <E::Fact as grantwise::decide::fact::Fact>::ALL.len(),
        combinations: explorer.combinations(),
        situations,
    });
    let mut drawn = Drawn::new(0x5EED);
    // Near an ordinary one the later stages are reached; far from it there is what is rare.
    let draw = |turn| if turn % 4 == 0 { drawn.situation::<E>(policy) } else { drawn.near_ordinary::<E>() };
    let all: Vec<Situation<E::Fact>> = (0..DRAWN).map(draw).collect();
    for (component, explored) in found {
        let parts = explorer.parts(explored);
        let sizes = parts.iter().map(|part| explorer.saying(explored, |said| said == *part));
        let adds_up = sizes.fold(0_u128, u128::saturating_add) == situations;
        let mut words: Vec<String> = parts.iter().map(E::words).collect();
        words.sort();
        let told_apart = words.windows(2).all(|pair| pair.first() != pair.last());
        let as_decided = all.iter().all(|situation| {
            let decided = decide::<E, _>(policy, situation);
            explorer.part(explored, situation) == Some(E::part(*component, &decided.verdict, &decided.aside))
        });
        rows.push(Row {
            engine: E::ENGINE,
            component: E::component_name(*component),
            leaves: explorer.leaves(explored),
            nodes: explorer.nodes(explored),
            states: explored.states,
            digest: explorer.digest(explored).to_string(),
            took: took.next().unwrap_or_default(),
            sound: adds_up && told_apart && as_decided,
        });
    }
}

//! An authorization server in memory, for scenarios: the same pure functions, with their effects applied to records,
//! and a timeline of what lives and what died of what. Deterministic; names come from counters.

mod run;
mod step;
mod store;
mod world;

use serde::Serialize;

use crate::input::{Misuse, Value};
use crate::policy::Policy;

/// A running simulation.
#[derive(Clone, Debug)]
pub struct Simulation {
    policy: Policy,
    world: world::World,
    store: store::Store,
    steps: u64,
}

/// One entry of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    /// From 1.
    pub n: u64,
    /// What was done, as it was given.
    pub step: Value,
    /// Seconds since the epoch.
    pub at: u64,
    /// What came of it, in one word.
    pub result: &'static str,
    /// The pages that were shown.
    pub screens: Vec<&'static str>,
    /// What was decided; null for a clock step.
    pub decision: Value,
    /// The consent page that was shown, or null.
    pub consent: Value,
    /// Names of what this step issued.
    pub issued: Vec<String>,
    /// Names of what this step ended.
    pub ended: Vec<String>,
    /// Everything that was ever issued.
    pub lives: Vec<Life>,
    /// The session, or null.
    pub session: Option<world::OpenSession>,
    /// The stored grants.
    pub grants: Vec<Value>,
    /// What happened, in one sentence.
    pub summary: String,
}

/// A token or a code after a step.
#[derive(Clone, Debug, Serialize)]
pub struct Life {
    /// For example `RT1`.
    pub name: String,
    /// `access_token`, `refresh_token`, `id_token` or `code`.
    pub kind: &'static str,
    /// `active`, `expired`, `revoked`, `superseded` or `used`.
    pub status: String,
    /// Space-delimited.
    pub scope: String,
    /// `session` or `offline`; none for codes and ID Tokens.
    pub binding: Option<String>,
    /// Seconds since the epoch.
    pub issued_at: u64,
    /// When the clock alone ends it, in seconds since the epoch.
    pub expires_at: Option<u64>,
    /// When it ended, in seconds since the epoch.
    pub ended_at: Option<u64>,
    /// What it died of.
    pub because: Option<String>,
}

impl Simulation {
    /// A simulation under a policy, in a world that the options describe.
    ///
    /// # Errors
    /// On an unknown key or a wrong type.
    pub fn new(policy: &Policy, options: &Value) -> Result<Self, Misuse> {
        let (world, grant) = world::World::read(options)?;
        let mut store = store::Store::default();
        if let Some(grant) = grant {
            store.store_grant(grant);
        }
        Ok(Self { policy: policy.clone(), world, store, steps: 0 })
    }

    /// Runs one step.
    ///
    /// # Errors
    /// When the step is none, or names what is not there.
    pub fn step(&mut self, step: &Value) -> Result<Moment, Misuse> {
        // A step that is refused halfway leaves no trace.
        let mut next = self.clone();
        let moment = next.take(step)?;
        *self = next;
        Ok(moment)
    }

    fn take(&mut self, step: &Value) -> Result<Moment, Misuse> {
        let read = step::Step::read(step)?;
        self.steps = self.steps.saturating_add(1);
        let before = self.store.names();
        let done = self.run(&read)?;
        self.settle();
        Ok(Moment {
            n: self.steps,
            step: step.clone(),
            at: self.world.now,
            result: done.result,
            screens: done.screens,
            decision: done.decision,
            consent: done.consent,
            issued: self.store.names().into_iter().filter(|name| !before.contains(name)).collect(),
            ended: self.store.take_ended(),
            lives: self.lives(),
            session: self.world.session.clone(),
            grants: self.store.grants.clone(),
            summary: done.summary,
        })
    }

    /// Lets the clock end what it ends, so that every record says how it stands and how long it will.
    fn settle(&mut self) {
        let context = Value::object([
            ("session", self.world.session_value()),
            ("client", self.world.client.clone()),
            ("now", Value::whole(self.world.now)),
        ]);
        let now = self.world.now;
        for index in 0..self.store.records.len() {
            let Some(record) = self.store.records.get_mut(index) else { break };
            if record.kind == "id_token" || record.value.text_of("status") != Some("active") {
                continue;
            }
            let Ok(status) = self.policy.status(&record.value, &context) else { continue };
            if status.alive {
                record.expires_at = status.expires_in.and_then(|seconds| now.checked_add(seconds));
            } else {
                let at = record.expires_at.filter(|end| *end <= now).unwrap_or(now);
                self.store.end_at(index, status.status, at, status.because.unwrap_or_default().to_owned());
            }
        }
    }

    fn lives(&self) -> Vec<Life> {
        self.store
            .records
            .iter()
            .map(|record| {
                let text = |name: &str| record.value.text_of(name).map(ToOwned::to_owned);
                Life {
                    name: record.name.clone(),
                    kind: record.kind,
                    status: text("status").unwrap_or_else(|| "active".to_owned()),
                    scope: text("scope").unwrap_or_default(),
                    binding: text("binding"),
                    issued_at: record.issued_at,
                    expires_at: record.expires_at,
                    ended_at: record.ended.as_ref().map(|ended| ended.at),
                    because: record.ended.as_ref().map(|ended| ended.because.clone()),
                }
            })
            .collect()
    }
}

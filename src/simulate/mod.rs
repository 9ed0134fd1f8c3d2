//! An authorization server in memory, for scenarios: the same pure functions, with their effects applied to records,
//! and a timeline of what lives and what died of what. Deterministic; names come from counters.

mod moment;
mod run;
mod server;
mod step;
pub(crate) mod store;
mod world;

pub use moment::{Life, LifeKind, LifeStatus, Moment, ShownPage, StepResult};
pub use step::Person;
pub use world::OpenSession;

use crate::input::{Misuse, Value};
use crate::policy::Policy;
use crate::policy::knobs::GrantModel;

/// A running simulation.
#[derive(Clone, Debug)]
pub struct Simulation {
    server: server::Server,
    steps: u64,
}

impl Simulation {
    /// A simulation under a policy, in a world that the options describe.
    ///
    /// # Errors
    /// On an unknown key or a wrong type.
    pub fn new(policy: &Policy, options: &Value) -> Result<Self, Misuse> {
        let (world, grant) = world::World::read(options)?;
        let mut store = store::Store::default();
        if let Some(mut grant) = grant {
            // What nobody says otherwise about was granted in the session with which the simulation begins.
            if let Some(session) = world.session.as_ref().filter(|_| policy.knobs.grant_model == GrantModel::PerSession)
                && grant.text_of("sid").is_none()
            {
                grant.set("sid", Value::Text(session.sid.clone()));
            }
            store.store_grant(grant);
        }
        Ok(Self { server: server::Server { policy: policy.clone(), world, store }, steps: 0 })
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
        let server = &mut self.server;
        let before = server.store.names();
        let done = server.run(&read)?;
        server.settle();
        Ok(Moment {
            n: self.steps,
            step: step.clone(),
            at: server.world.now,
            result: done.result,
            screens: done.screens,
            decision: done.decision,
            consent: done.consent,
            issued: server.store.names().into_iter().filter(|name| !before.contains(name)).collect(),
            ended: server.store.take_ended(),
            lives: server.lives(),
            session: server.world.session.clone(),
            grants: server.store.grants.clone(),
            summary: done.summary,
        })
    }
}

//! The server of a simulation: its policy, the world around it, and what it stored.

use super::moment::{Life, LifeKind, LifeStatus};
use super::store::Store;
use super::world::World;
use crate::decide::life::Binding;
use crate::input::{Node, Shape, Value};
use crate::policy::Policy;

/// A server in memory.
#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) policy: Policy,
    pub(super) world: World,
    pub(super) store: Store,
}

impl Server {
    /// Lets the clock end what it ends, so that every record says how it stands and how long it will.
    pub(super) fn settle(&mut self) {
        let context = Value::object([
            ("session", self.world.session_value()),
            ("client", self.world.client.clone()),
            ("now", Value::whole(self.world.now)),
        ]);
        let now = self.world.now;
        for index in 0..self.store.records.len() {
            let Some(record) = self.store.records.get_mut(index) else { break };
            if record.kind == LifeKind::IdToken || record.value.text_of("status") != Some("active") {
                continue;
            }
            let Ok(status) = self.policy.status(&record.value, &context) else { continue };
            if status.alive {
                record.expires_at = status.expires_in.and_then(|seconds| now.checked_add(seconds));
            } else {
                let at = record.expires_at.filter(|end| *end <= now).unwrap_or(now);
                let because = status.because.unwrap_or_default();
                self.store.end_at(index, status.status.name(), at, because);
            }
        }
    }

    pub(super) fn lives(&self) -> Vec<Life> {
        self.store
            .records
            .iter()
            .map(|record| {
                let word = |name| record.value.member(name).map(|word| Node::root(word, name));
                Life {
                    name: record.name.clone(),
                    kind: record.kind,
                    status: word("status").and_then(|node| LifeStatus::read(node).ok()).unwrap_or(LifeStatus::Active),
                    scope: record.value.text_of("scope").unwrap_or_default().into(),
                    binding: word("binding").and_then(|node| Binding::read(node).ok()),
                    issued_at: record.issued_at,
                    expires_at: record.expires_at,
                    ended_at: record.ended.as_ref().map(|ended| ended.at),
                    because: record.ended.as_ref().map(|ended| ended.because.clone()),
                }
            })
            .collect()
    }
}

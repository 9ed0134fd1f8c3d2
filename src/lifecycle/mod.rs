//! What ends tokens: events, revocation, the Grant Management API; and whether a record is still alive.

mod context;
mod expand;
mod status;

use serde::Serialize;

use crate::authorize::decision::{ProtocolError, TraceEntry};
use crate::decide::lifecycle::decide;
use crate::effects::Effect;
use crate::input::{Misuse, Value};
use crate::policy::Policy;

pub use status::{Status, status};

/// What an event or a request of this kind does.
#[derive(Clone, Debug, Serialize)]
pub struct EventDecision {
    /// `done`, `ask_user` or `error`.
    pub outcome: &'static str,
    /// Of the revocation endpoint and the Grant Management API; none for events.
    pub http_status: Option<u16>,
    /// Set when the outcome is `error`.
    pub error: Option<ProtocolError>,
    /// What to do with stored records.
    pub effects: Vec<Effect>,
    /// The rules that took part.
    pub trace: Vec<TraceEntry>,
    /// What happens, in one sentence.
    pub summary: String,
}

/// What an event does to stored records.
///
/// # Errors
/// On misuse of the interface.
pub fn event(policy: &Policy, input: &Value) -> Result<EventDecision, Misuse> {
    Ok(made(policy, &context::event(input)?))
}

/// Answers a revocation request (RFC 7009).
///
/// # Errors
/// On misuse of the interface; whatever the request says is a decision.
pub fn revoke(policy: &Policy, input: &Value) -> Result<EventDecision, Misuse> {
    Ok(made(policy, &context::revocation(input)?))
}

/// Answers a request of the Grant Management API.
///
/// # Errors
/// On misuse of the interface.
pub fn manage_grant(policy: &Policy, input: &Value) -> Result<EventDecision, Misuse> {
    Ok(made(policy, &context::grant(input)?))
}

fn made(policy: &Policy, context: &context::Context) -> EventDecision {
    let verdict = decide(&policy.knobs, &context.situation(policy));
    expand::decision(policy, context, &verdict)
}

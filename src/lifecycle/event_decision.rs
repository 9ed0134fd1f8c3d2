//! What happens after an event, a revocation request or a request of the Grant Management API, as it is handed over.

use serde::Serialize;

use crate::answer::{ProtocolError, TraceEntry};
use crate::effects::Effect;

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

//! What happens after an event, a revocation request or a request of the Grant Management API, as it is handed over.

use super::event_response::EventResponse;
use crate::answer::{PackedSituation, ProtocolError, TraceEntry};
use crate::effects::Effect;
use crate::input::Composed;

words! {
    /// What comes of an event or a request.
    pub enum EventOutcome {
        /// It is done, with the effects.
        Done = "done",
        /// The user must be asked first.
        AskUser = "ask_user",
        /// A refusal.
        Error = "error",
    }
}

shape! {
    /// What an event or a request of this kind does.
    pub struct EventDecision {
        /// What comes of it.
        needed outcome: EventOutcome,
        /// What is sent to the client by the revocation endpoint and the Grant Management API; null for events.
        nullable response: EventResponse,
        /// Set when the outcome is `error`.
        nullable error: ProtocolError,
        /// What to do with stored records.
        needed effects: Vec<Effect>,
        /// The rules that took part, in order.
        needed trace: Vec<TraceEntry>,
        /// The situation that was decided, as one short text without personal data: with the policy it says why.
        needed situation: PackedSituation,
        /// What happens, in one sentence.
        needed summary: Composed,
    }
}

//! What an event does, in one sentence.

use super::event_decision::{EventDecision, EventOutcome};

/// What an event does, in one sentence.
pub(super) fn summary(decision: &EventDecision) -> String {
    if let Some(error) = &decision.error {
        return format!("Refused: {}", error.description);
    }
    if decision.outcome == EventOutcome::AskUser {
        return "The user is asked first.".to_owned();
    }
    decision
        .trace
        .iter()
        .rfind(|entry| decision.effects.iter().any(|effect| effect.rule() == entry.rule()))
        .or(decision.trace.last())
        .map_or_else(|| "Nothing ends.".to_owned(), |entry| entry.statement().to_owned())
}

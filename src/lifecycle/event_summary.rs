//! What an event does, in one sentence.

use super::event_decision::{EventDecision, EventOutcome};
use crate::answer::TraceEntry;
use crate::input::{Composed, Text};

/// What an event does, in one sentence.
pub(super) fn summary(decision: &EventDecision) -> Composed {
    if let Some(error) = &decision.error {
        return Composed::default().and_fixed("Refused: ").and(error.description.clone());
    }
    if decision.outcome == EventOutcome::AskUser {
        return Text::fixed("The user is asked first.").into();
    }
    decision
        .trace
        .iter()
        .rfind(|entry| decision.effects.iter().any(|effect| effect.rule() == entry.rule()))
        .or(decision.trace.last())
        .map_or_else(|| Text::fixed("Nothing ends."), TraceEntry::statement)
        .into()
}

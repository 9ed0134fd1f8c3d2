//! How a run of stages is compiled: as one, or stage by stage.

/// How many stages are run. It is a type, so that the run of a decision is compiled as one straight line, in which no
/// state is copied from a stage to the next, and explorers have another that returns after each.
pub(super) trait Pace {
    const RETURNS: Returns;
}

#[derive(PartialEq, Eq)]
pub(super) enum Returns {
    AfterEachStage,
    AtTheEnd,
}

/// After a stage.
pub(super) struct OneStage;

impl Pace for OneStage {
    const RETURNS: Returns = Returns::AfterEachStage;
}

/// After the last.
pub(super) struct Onwards;

impl Pace for Onwards {
    const RETURNS: Returns = Returns::AtTheEnd;
}

//! The components of a verdict on what ends.

use super::verdict::{Consequence, DeadStatus, Lifecycle, LifecycleVerdict, RefusedStatus, State};
use crate::decide::component::{Components, Reached};
use crate::oauth::error::ErrorCode;

/// How many things one occurrence ends at most.
const MOST: usize = 6;

/// A component of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Component {
    /// What is answered.
    Outcome,
    /// What ends.
    Ends,
}

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The request is refused.
    Refused(Option<ErrorCode>, RefusedStatus),
    /// The user is asked first.
    AskUser,
    /// Something may end.
    Ends,
    /// The record is alive.
    Alive,
    /// The record is dead.
    Dead(DeadStatus),
}

/// What one component says of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What is answered.
    Outcome(Outcome),
    /// What ends, in order.
    Ends([Option<Consequence>; MOST]),
}

impl Components for Lifecycle {
    type Component = Component;
    type Part = Part;

    const COMPONENTS: &'static [Component] = &[Component::Outcome, Component::Ends];

    fn component_name(component: Component) -> &'static str {
        match component {
            Component::Outcome => "outcome",
            Component::Ends => "ends",
        }
    }

    /// The states are few, so that nothing has to be forgotten.
    fn forget(_: Component, state: State, (): ()) -> (State, ()) {
        (state, ())
    }

    fn reached(verdict: &LifecycleVerdict) -> Reached {
        match verdict {
            LifecycleVerdict::Refuse { .. } => Reached::Refused,
            LifecycleVerdict::AskUser => Reached::Waiting,
            LifecycleVerdict::Ends(_) | LifecycleVerdict::Standing(_) => Reached::Answered,
        }
    }

    fn says_nothing(_: &Part) -> bool {
        false
    }

    fn part(component: Component, verdict: &LifecycleVerdict, (): &()) -> Part {
        match component {
            Component::Outcome => Part::Outcome(match verdict {
                LifecycleVerdict::Refuse { code, status, .. } => Outcome::Refused(*code, *status),
                LifecycleVerdict::AskUser => Outcome::AskUser,
                LifecycleVerdict::Ends(_) => Outcome::Ends,
                LifecycleVerdict::Standing(Ok(())) => Outcome::Alive,
                LifecycleVerdict::Standing(Err((status, _))) => Outcome::Dead(*status),
            }),
            Component::Ends => {
                let mut ends = [None; MOST];
                if let LifecycleVerdict::Ends(consequences) = verdict {
                    ends.iter_mut().zip(consequences.iter()).for_each(|(slot, (what, _))| *slot = Some(what));
                }
                Part::Ends(ends)
            }
        }
    }
}

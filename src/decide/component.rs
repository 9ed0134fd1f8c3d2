//! The components of a verdict, which an exploration follows one at a time.
//!
//! What a component says depends on far fewer facts than the verdict as a whole, if what the others need is forgotten
//! between the stages. So each engine says what a state may forget when only one component is looked at; a test holds
//! the shortened way against the whole one.

use std::fmt;
use std::hash::Hash;

use super::engine::Engine;

/// How far a verdict got: what comes later was reached because nothing earlier stood in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// It refuses.
    Refused,
    /// Somebody has to do something first.
    Waiting,
    /// It answers, or asks what only the user can answer.
    Answered,
}

/// An engine whose verdicts are explored component by component.
pub trait Components: Engine {
    /// The components.
    type Component: Copy + Eq + Hash + fmt::Debug + 'static;
    /// What a component says of one verdict. Parts of different components are different values.
    type Part: Copy + Eq + Hash + fmt::Debug;

    /// Every component.
    const COMPONENTS: &'static [Self::Component];

    /// The components that say what happens next; where two policies differ in one of these, all others follow.
    const OPENING: &'static [Self::Component];

    /// The fact that says what the person answered to the page, and its value while nothing was answered.
    const UNANSWERED: Option<(Self::Fact, usize)>;

    /// The published name of a component.
    fn component_name(component: Self::Component) -> &'static str;

    /// A state without what a component does not depend on. States that lead to the same part become equal values.
    fn forget(component: Self::Component, state: Self::State, aside: Self::Aside) -> (Self::State, Self::Aside);

    /// What was set aside before a stage, and what the stage sets aside.
    fn set_aside(before: Self::Aside, more: Self::Aside) -> Self::Aside;

    /// How far a verdict got before it was reached.
    fn reached(verdict: &Self::Verdict) -> Reached;

    /// Whether a part says only that what its component is about is not there.
    fn says_nothing(part: &Self::Part) -> bool;

    /// Whether a verdict refuses.
    fn refuses(verdict: &Self::Verdict) -> bool {
        Self::reached(verdict) == Reached::Refused
    }

    /// What a component says.
    fn part(component: Self::Component, verdict: &Self::Verdict, aside: &Self::Aside) -> Self::Part;

    /// What a part says of one aspect after the other, each in a published word; nothing where there is nothing to say,
    /// because another component says why. Reasons, and what no knob decides, are no aspects.
    fn aspects(part: Self::Part) -> Vec<Aspect>;
}

/// One thing that a component says: what it is about, and the word.
pub type Aspect = (&'static str, Option<&'static str>);

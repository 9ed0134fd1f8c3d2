//! Every situation there is: what holds for all of them, where two policies differ, and what would change a decision.
//!
//! An engine asks facts, and each has few values. The explorer answers a question by following every value, merges what
//! is equal between the stages, and is left with one graph for each component of a verdict ([`Explorer`]): which facts
//! decide it, and how. Nothing is sampled, so what is read off the graph holds for every request there is.

mod below;
mod cause;
mod claim;
mod clause;
mod condition;
mod difference;
mod digest;
mod drawn;
pub mod explain;
mod exploration;
mod explorer;
mod fast;
mod graph;
mod invariant;
mod listed;
mod listing;
mod nodes;
mod ordinary;
pub mod place;
mod reading;
pub mod reason;
pub mod sample;
mod sets;
mod stages;
pub mod suggest;
mod truth;
mod walk;
mod words;
mod written;

pub use claim::{Claim, Counterexample, Explorers};
pub use difference::{Comparison, Difference, Side};
pub use digest::Digest;
pub use drawn::Drawn;
pub use explorer::{Condition, Explored, Explorer};
pub use invariant::{Breach, Finding, Invariant, Survey, Surveys, Telling, Under, invariants};
pub use listed::{Change, Known, Unreadable, catalogue, changes};
pub use ordinary::Ordinary;
pub use words::Words;
pub use written::Differing;

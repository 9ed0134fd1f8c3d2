//! Every situation there is: what holds for all of them, where two policies differ, and what would change a decision.
//!
//! An engine asks facts, and each has few values. The explorer answers a question by following every value, merges what
//! is equal between the stages, and is left with one graph for each component of a verdict ([`Explorer`]): which facts
//! decide it, and how. Nothing is sampled, so what is read off the graph holds for every request there is.

#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
mod digest;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
mod drawn;
mod exploration;
mod explorer;
mod graph;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
mod invariant;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
mod listed;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
mod listing;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
pub mod ordinary;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
pub mod sample;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
mod truth;
mod walk;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
mod words;

#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
pub use digest::Digest;
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
pub use drawn::Drawn;
pub use explorer::{Condition, Explored, Explorer};
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
pub use invariant::{Breach, Finding, Invariant, Survey, Surveys, Telling, Under, invariants};
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
pub use listed::{Change, Known, Unreadable, catalogue, changes};
#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
pub use words::Words;

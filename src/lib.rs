//! Grantwise decides refresh tokens and consent in OAuth 2.0 and OpenID Connect, and says why.
//!
//! ```text
//! parameters ─► Request ─┐
//! client metadata ───────┤                          ┌─► Decision for JavaScript
//! session, prior grant ──┼─► Situation ─► decide ─► Verdict ─► explanation
//! screens answered ──────┘   (finite)       ▲       └─► effects on stored records
//!                                         Policy
//!                                    (profile + knobs)
//! ```
//!
//! Everything is a pure function of its arguments: nothing is stored, minted, signed or fetched, no clock is read and
//! no random number is drawn.
//!
//! Where things are, from the bottom to the top; a module imports only from those before it, and those of one layer do
//! not know each other:
//!
//! ```text
//! sources                       the documents that are cited
//! < input                       what a caller hands over, read strictly; the shapes on the wire, each listed once
//! < oauth                       the standards' words, parsed once
//! < policy                      knobs, configuration and profiles
//! < decide                      the rules and the three engines
//! < answer                      what every answer is made of: tokens, errors, what was ignored, the trace
//! < records                     what a server stores between decisions
//! < effects                     what a decision does to the stored records
//! < lifetimes                   from a verdict's symbols to seconds
//! < standing                    a stored record as a situation
//! < authorize, token, lifecycle  the three endpoints: from input to a situation, from a verdict to a decision
//! < log                         a decision as one line, and a policy's fingerprint
//! < simulate                    a server in memory, for scenarios
//! < explore                     every situation: graphs, invariants, differences, digests
//! < catalogue                   what the package publishes beside its functions
//! < wasm                        the only place that knows JavaScript
//! ```
//!
//! Each endpoint gives [`Policy`] its own methods.

pub mod sources;

#[macro_use]
pub mod input;

pub mod oauth;

pub mod policy;

pub mod decide;

pub mod answer;

pub mod records;

pub mod effects;

mod lifetimes;
mod standing;

pub mod authorize;
pub mod lifecycle;
pub mod token;

pub mod log;

pub mod simulate;

#[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
pub mod explore;

#[cfg(not(target_arch = "wasm32"))]
pub mod catalogue;

#[cfg(target_arch = "wasm32")]
mod wasm;

pub use authorize::Decision;
pub use input::Misuse;
pub use policy::Policy;

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
//! Where things are: [`oauth`] has the standards' words, [`policy`] the knobs and the profiles, [`decide`] the rules
//! and the engine, [`authorize`] the authorization endpoint, [`catalogue`] the tables for people. The JavaScript
//! boundary is the only place that knows JavaScript.

pub mod authorize;
#[cfg(not(target_arch = "wasm32"))]
pub mod catalogue;
pub mod decide;
pub mod effects;
mod explain;
pub mod input;
pub mod lifecycle;
mod lifetimes;
pub mod oauth;
pub mod policy;
pub mod records;
pub mod simulate;
pub mod sources;
pub mod token;

#[cfg(target_arch = "wasm32")]
mod wasm;

pub use authorize::Decision;
pub use input::Misuse;
pub use policy::Policy;

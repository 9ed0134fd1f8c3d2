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

pub mod policy;
pub mod sources;

#[cfg(target_arch = "wasm32")]
mod wasm;

//! What an answer is made of, whichever endpoint gives it: tokens, a refusal, what was set aside, the rules that took
//! part. It lies below the stored records and the endpoints, which share it.

mod error;
mod ignored;
mod scope;
mod tokens;
mod trace;
pub(crate) mod words;

pub use error::{ErrorPlace, ProtocolError};
pub use ignored::Ignored;
pub use scope::ScopeReport;
pub use tokens::{AccessToken, Lifetime, RefreshToken};
pub use trace::{RuleId, Source, TraceEntry};

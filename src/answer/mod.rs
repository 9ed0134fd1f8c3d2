//! What an answer is made of, whichever endpoint gives it: tokens, a refusal, what was set aside, the rules that took
//! part, what HTTP wants beside a body. It lies below the stored records and the endpoints, which share it.

mod http;
mod id_token_claims;
mod ignored;
mod issued_tokens;
mod protocol_error;
mod scope_report;
mod situation;
mod trace;
pub(crate) mod words;

pub use http::{Headers, HttpStatus};
pub use id_token_claims::IdTokenClaims;
pub use ignored::Ignored;
pub use issued_tokens::{AccessToken, Lifetime, RefreshToken};
pub use protocol_error::{ErrorPlace, ProtocolError};
pub use scope_report::ScopeReport;
pub use situation::PackedSituation;
pub use trace::{RuleId, Source, TraceEntry, WrittenTraceEntry};

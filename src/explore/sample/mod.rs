//! From a situation back to an input: a request, a client, a session, a grant and answers of which it is the situation.
//!
//! Only the facts that the engine asks have to be honoured. A few combinations of facts have no input; a sample says which
//! facts its input does not honour, and [`why_not`] says why.

mod answers;
mod authorize;
mod lifecycle;
mod limits;
mod parts;
mod records;
mod scopes;
mod token;

pub use authorize::authorization;
pub use lifecycle::occurrence;
pub use limits::{why_not, why_not_lifecycle, why_not_token};
pub use parts::{Call, Sample, asked};
pub use token::token_request;

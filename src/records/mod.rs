//! The records that a server stores between decisions, as the engine reads and writes them.
//!
//! `v` is the version of a shape; a record of version 1 is read by every later version.

mod check;
mod code_record;
mod grant;
mod new_record;
mod session_link;
mod token_record;

pub use code_record::{CodeRecord, CodeStatus};
pub use grant::{Grant, GrantStatus, How};
pub use new_record::New;
pub use session_link::session_is_alive;
pub use token_record::{TokenKind, TokenRecord, TokenStatus};

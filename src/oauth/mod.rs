//! The standards' words, parsed once.

pub mod client;
pub mod clock;
pub mod error;
pub mod id_token_hint;
pub mod identifier;
pub mod parameters;
pub mod prompt;
pub mod redirect;
pub mod response;
pub mod scope;
pub mod session;

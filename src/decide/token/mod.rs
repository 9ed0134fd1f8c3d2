//! The engine of the token endpoint: one presented code or refresh token, with an existing grant beside it.

pub mod component;
pub mod engine;
pub mod exchange;
pub mod facts;
pub mod refresh;
pub mod refused;
pub mod request;
pub mod verdict;

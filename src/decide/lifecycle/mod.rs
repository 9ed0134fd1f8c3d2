//! The engine of what ends tokens: what happened, against the stored records of whom it happened to.

pub mod component;
pub mod ending;
pub mod engine;
pub mod events;
pub mod facts;
pub mod revocation;
pub mod standing;
pub mod verdict;

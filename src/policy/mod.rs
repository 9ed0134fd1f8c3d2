//! Policies: knobs with their values, and configuration. A profile is a policy that ships.

pub mod configuration;
mod in_force;
pub mod knobs;
mod overrides;
pub mod profile;
pub mod profiles;
pub mod published;
mod warnings;

pub use in_force::Policy;
pub use warnings::{PolicyWarning, WarningCode};

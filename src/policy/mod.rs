//! Policies: knobs with their values, and configuration. A profile is a policy that ships.

pub mod configuration;
mod in_force;
pub mod knobs;
pub mod profile;
pub mod profiles;
pub mod published;
mod read;

pub use in_force::Policy;

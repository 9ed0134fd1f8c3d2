//! Policies: knobs with their values, and configuration. A profile is a policy that ships.

pub mod configuration;
pub mod knobs;
pub mod profile;
pub mod profiles;
pub mod published;
mod read;

use configuration::Configuration;
use knobs::Knobs;
use profile::Profile;

/// A profile with overrides.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The profile that it started from.
    pub profile: &'static Profile,
    /// The value of every knob.
    pub knobs: Knobs,
    /// Numbers and lists.
    pub configuration: Configuration,
}

impl From<&'static Profile> for Policy {
    fn from(profile: &'static Profile) -> Self {
        let (knobs, configuration) = profile.values();
        Self { profile, knobs, configuration }
    }
}

//! The policy that is in force.

use super::configuration::Configuration;
use super::knobs::Knobs;
use super::profile::Profile;

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

//! The policy that is in force.

use super::configuration::Configuration;
use super::knobs::Knobs;
use super::profile::Profile;
use crate::oauth::parameters::Limits;

/// Bytes of a request that are read where the policy sets no limit.
const LONGEST_REQUEST: usize = 8 * 1024;
/// Parameters of a request that are read where the policy sets no limit.
const MOST_PARAMETERS: usize = 1000;

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

impl Policy {
    /// How much of a request is read. There is always a limit: a policy without one has the usual one.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let limit = |configured: Option<u64>, usual| {
            configured.map_or(usual, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
        };
        Limits {
            bytes: limit(self.configuration.max_request_bytes, LONGEST_REQUEST),
            parameters: limit(self.configuration.max_request_parameters, MOST_PARAMETERS),
        }
    }
}

impl From<&'static Profile> for Policy {
    fn from(profile: &'static Profile) -> Self {
        let (knobs, configuration) = profile.values();
        Self { profile, knobs, configuration }
    }
}

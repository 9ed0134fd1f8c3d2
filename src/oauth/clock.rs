//! The time at which something is decided, and how far the clocks of a server's nodes may differ.

use crate::input::{Misuse, MisuseCode, Place};

/// The time at which something is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Seconds since the epoch.
    pub now: u64,
    /// How many seconds another node's clock may be ahead.
    pub tolerance: u64,
}

impl Clock {
    /// A time that was recorded. Another node may have written it a moment ahead of this one's clock: then it is taken
    /// as now, so that no age is negative. None where it is later than that.
    #[must_use]
    pub fn past(self, at: u64) -> Option<u64> {
        (at <= self.now.saturating_add(self.tolerance)).then_some(at.min(self.now))
    }

    /// The time that stands at this place, which happened already.
    ///
    /// # Errors
    /// When it is later than now, and later than the clocks may differ.
    pub fn recorded(self, place: Place<'_>, at: u64) -> Result<u64, Misuse> {
        self.past(at).ok_or_else(|| place.misuse(MisuseCode::Contradiction, LATER))
    }

    /// The same where nothing may be recorded.
    ///
    /// # Errors
    /// As above.
    pub fn recorded_if(self, place: Place<'_>, at: Option<u64>) -> Result<Option<u64>, Misuse> {
        at.map(|at| self.recorded(place, at)).transpose()
    }
}

/// What is wrong with a time that has not come yet.
pub const LATER: &str = "is later than `now`, by more than the policy's clock_tolerance_s";

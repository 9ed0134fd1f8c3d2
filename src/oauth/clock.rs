//! The time at which something is decided, and how far the clocks of a server's nodes may differ.

use crate::input::{Members, Misuse, MisuseCode};

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

    /// The time that stands in this member, which happened already.
    ///
    /// # Errors
    /// When it is later than now, and later than the clocks may differ.
    pub fn recorded(self, members: Members<'_>, name: &'static str, at: u64) -> Result<u64, Misuse> {
        match self.past(at) {
            Some(at) => Ok(at),
            None => Err(members.need(name)?.misuse(MisuseCode::Contradiction, LATER)),
        }
    }

    /// The same where nothing may be recorded.
    ///
    /// # Errors
    /// As above.
    pub fn recorded_if(self, members: Members<'_>, name: &'static str, at: Option<u64>) -> Result<Option<u64>, Misuse> {
        at.map(|at| self.recorded(members, name, at)).transpose()
    }
}

/// What is wrong with a time that has not come yet.
pub const LATER: &str = "is later than `now`, by more than the policy's clock_tolerance_s";

//! What must hold between the members of a record, beyond its shape.

use crate::input::{Misuse, MisuseCode, Place};
use crate::oauth::clock::Clock;

/// Where the record stands, and the time.
pub(super) struct Check<'a> {
    place: Place<'a>,
    clock: Clock,
}

impl<'a> Check<'a> {
    pub(super) const fn of(place: Place<'a>, clock: Clock) -> Self {
        Self { place, clock }
    }

    /// Nothing that is recorded happened later than now.
    pub(super) fn happened(&self, name: &'static str, at: u64) -> Result<u64, Misuse> {
        self.clock.recorded(self.place.member(name), at)
    }

    /// The same where it may not have happened.
    pub(super) fn happened_if(&self, name: &'static str, at: Option<u64>) -> Result<Option<u64>, Misuse> {
        self.clock.recorded_if(self.place.member(name), at)
    }

    /// Nothing ends before it was issued.
    pub(super) fn not_before_issuance(&self, end: Option<u64>, issued_at: u64) -> Result<(), Misuse> {
        if end.is_none_or(|end| end >= issued_at) {
            return Ok(());
        }
        Err(self.place.member("expires_at").misuse(MisuseCode::Contradiction, "is earlier than `issued_at`"))
    }
}

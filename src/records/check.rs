//! What must hold between the members of a record, beyond its shape.

use crate::input::{Misuse, MisuseCode, Place};

/// Where the record stands, and the time.
pub(super) struct Check<'a> {
    place: Place<'a>,
    now: u64,
}

impl<'a> Check<'a> {
    pub(super) const fn of(place: Place<'a>, now: u64) -> Self {
        Self { place, now }
    }

    /// Nothing that is recorded happened later than now.
    pub(super) fn not_in_the_future(&self, name: &'static str, at: Option<u64>) -> Result<(), Misuse> {
        self.that(at.is_none_or(|at| at <= self.now), name, "is later than `now`")
    }

    /// Nothing ends before it was issued.
    pub(super) fn not_before_issuance(&self, end: Option<u64>, issued_at: u64) -> Result<(), Misuse> {
        self.that(end.is_none_or(|end| end >= issued_at), "expires_at", "is earlier than `issued_at`")
    }

    fn that(&self, holds: bool, name: &'static str, problem: &str) -> Result<(), Misuse> {
        if holds { Ok(()) } else { Err(self.place.member(name).misuse(MisuseCode::Contradiction, problem)) }
    }
}

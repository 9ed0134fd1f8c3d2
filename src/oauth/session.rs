//! The user's session at the authorization server.

use super::clock::Clock;
use super::identifier::Identifier;
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Misuse, Place, Text, Time, Value};

shape! {
    /// The user's session at the authorization server. The server keeps it in its own shape and hands over these
    /// members; the engine never writes one, so it has no version.
    pub struct Session {
        /// The session's id (OpenID Connect Front-Channel Logout 1.0, section 3).
        optional sid: Text as Identifier,
        /// The user.
        needed sub: Text as Identifier,
        /// When the user last signed in actively. Seconds since the epoch (OpenID Connect Core 1.0, section 2).
        needed auth_time: u64 as Time,
        /// When it ends. Seconds since the epoch.
        optional expires_at: u64 as Time,
        /// How many accounts are signed in; 1 when absent.
        defaulted accounts: u64 as Accounts = 1,
    }
}

/// A number of accounts, of which one is signed in at least.
#[derive(Clone, Copy, Debug)]
pub struct Accounts;

impl Codec<u64> for Accounts {
    const LAYOUT: Layout = Layout::Whole(1, "must be at least 1");

    fn write(value: &u64) -> Value {
        Value::whole(*value)
    }

    fn decode(from: &mut Decoder<'_>) -> Option<u64> {
        from.number().filter(|number| *number > 0)
    }

    fn encode(value: &u64, to: &mut Encoder) {
        to.number(*value);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Count { least: 1 }
    }
}

impl Session {
    /// The session if it is not over; `place` is where it stands.
    ///
    /// # Errors
    /// When the user is said to have signed in later than now.
    pub fn at(self, place: Place<'_>, clock: Clock) -> Result<Option<Self>, Misuse> {
        let auth_time = clock.recorded(place.member("auth_time"), self.auth_time)?;
        let alive = self.expires_at.is_none_or(|end| clock.now < end);
        Ok(alive.then_some(Self { auth_time, ..self }))
    }

    /// Seconds until it ends.
    #[must_use]
    pub fn remaining(&self, now: u64) -> Option<u64> {
        self.expires_at.map(|end| end.saturating_sub(now))
    }
}

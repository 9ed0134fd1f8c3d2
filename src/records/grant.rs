//! What a user granted a client before, as it is stored.

use super::check::Check;
use crate::input::{Misuse, Place, Text, Time, Version};
use crate::oauth::clock::Clock;
use crate::oauth::identifier::Identifier;
use crate::oauth::scope::Scopes;

words! {
    /// How a consent came about.
    pub enum How {
        /// The user approved a screen.
        ExplicitPrompt = "explicit_prompt",
        /// The user ticked the box that keeps the approval.
        RememberCheckbox = "remember_checkbox",
        /// The user installed the app.
        Install = "install",
        /// An administrator agreed.
        Admin = "admin",
        /// Another condition for processing (OpenID Connect Core 1.0, section 11).
        Policy = "policy",
    }
}

words! {
    /// Whether a grant counts.
    pub enum GrantStatus {
        /// It does.
        Active = "active",
        /// It was revoked since.
        Revoked = "revoked",
    }
}

shape! {
    /// What one user granted one client. A new one replaces the stored one of the same client_id, sub, sid and grant_id. Only
    /// `scope` is needed, so that consents which were recorded before Grantwise can be read.
    pub struct Grant {
        /// The version of this shape; 1 when absent.
        defaulted v: Version = Version,
        /// The id under which the client addresses the grant (Grant Management for OAuth 2.0). The server gives it to a
        /// grant that is stored without one, where grants are addressed.
        optional grant_id: Text as Identifier,
        /// The client; the one of the request when absent.
        optional client_id: Text as Identifier,
        /// The user; the one who is signed in when absent.
        optional sub: Text as Identifier,
        /// The session in which it was given, where a grant counts in its own session only.
        optional sid: Text as Identifier,
        /// The redirect URI for which it was given, where consent is bound to one. One without it counts for each.
        optional redirect_uri: Text,
        /// What was granted. Space-delimited scopes, as on the wire (RFC 6749, section 3.3).
        needed scope: Scopes,
        /// Access while the user is away was part of it. False when absent.
        defaulted offline: bool = false,
        /// How the consent came about; `explicit_prompt` when absent. `policy` stands for a condition for processing
        /// other than consent (OpenID Connect Core 1.0, section 11).
        defaulted how: How = How::ExplicitPrompt,
        /// False: the user agreed once, and wants to be asked again. True when absent.
        defaulted remembered: bool = true,
        /// `active` when absent.
        defaulted status: GrantStatus = GrantStatus::Active,
        /// When the user agreed. Seconds since the epoch.
        optional granted_at: u64 as Time,
        /// From then on the consent no longer counts. Seconds since the epoch; never when absent.
        optional expires_at: u64 as Time,
        /// A code of this grant was redeemed. Where refresh tokens come with the first authorization only, a grant
        /// without it still is the first. True when absent.
        defaulted first_code_exchanged: bool = true,
        /// The grant was given to another client of the same project (Google). The engine reads it and never writes it.
        /// False when absent.
        silent project_shared: bool = false,
        /// Scopes that the user refused and wants to be remembered as refused; they never count as granted.
        /// Space-delimited.
        optional refused: Scopes,
    }
}

impl Grant {
    /// Checks what holds beyond the shape of a grant that stands at `place`.
    ///
    /// # Errors
    /// When the user is said to have agreed later than now.
    pub fn at(self, place: Place<'_>, clock: Clock) -> Result<Self, Misuse> {
        let granted_at = Check::of(place, clock).happened_if("granted_at", self.granted_at)?;
        Ok(Self { granted_at, ..self })
    }

    /// Whether it counts now: not revoked, and its time not over.
    #[must_use]
    pub fn is_alive(&self, now: u64) -> bool {
        self.status == GrantStatus::Active && self.expires_at.is_none_or(|end| now < end)
    }
}

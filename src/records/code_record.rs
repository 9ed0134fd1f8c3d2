//! The authorization code as it is stored: everything that the token endpoint needs to know.

use super::check::Check;
use crate::answer::{AccessToken, RefreshToken};
use crate::input::{Misuse, Node, Place, Shape, Text, Time, Version};
use crate::oauth::clock::Clock;
use crate::oauth::identifier::Identifier;
use crate::oauth::scope::Scopes;

words! {
    /// What became of a code.
    pub enum CodeStatus {
        /// It can be redeemed.
        Active = "active",
        /// It was redeemed once; whoever comes with it again replays it (RFC 6749, section 4.1.2).
        Used = "used",
        /// It was revoked.
        Revoked = "revoked",
    }
}

shape! {
    /// An authorization code as a decision stored it; the server added `id`.
    pub struct CodeRecord {
        /// The version of this shape. A record of version 1 is read by every later version of Grantwise.
        needed v: Version,
        /// The server's own id of the record, not the code itself. The tokens that come from the code carry it as
        /// `family`.
        assigned id: Text as Identifier,
        /// The client that it was issued to; nobody else can redeem it (RFC 6749, section 4.1.3).
        needed client_id: Text as Identifier,
        /// The user.
        needed sub: Text as Identifier,
        /// The session in which it was issued.
        nullable sid: Text as Identifier,
        /// The redirect URI to which it was sent.
        needed redirect_uri: Text,
        /// The authorization request named it, so that the token request has to name it again (RFC 6749, section 4.1.3).
        needed redirect_uri_sent: bool,
        /// What was granted. Space-delimited scopes, as on the wire (RFC 6749, section 3.3).
        needed scope: Scopes,
        /// What was asked for, as it was sent; null when the request named no scope.
        nullable requested_scope: Text,
        /// `used`: it was redeemed once; whoever comes with it again replays it (RFC 6749, section 4.1.2).
        needed status: CodeStatus,
        /// The access token that the authorization fixed.
        needed access_token: AccessToken,
        /// An ID Token is issued with it (OpenID Connect Core 1.0, section 3.1.3).
        needed id_token: bool,
        /// The refresh token to issue; null when there will be none.
        nullable refresh_token: RefreshToken,
        /// The user was not asked for consent.
        needed auto_approved: bool,
        /// For the ID Token (OpenID Connect Core 1.0, section 3.1.2.1).
        nullable nonce: Text,
        /// When the user signed in. Seconds since the epoch.
        needed auth_time: u64 as Time,
        /// RFC 7636, section 4.2.
        nullable code_challenge: Text,
        /// RFC 7636, section 4.3.
        nullable code_challenge_method: Text,
        /// Grant Management for OAuth 2.0: `create`, `merge` or `replace`.
        nullable grant_management_action: Text,
        /// Grant Management for OAuth 2.0. For `create` the server puts the id here that it gave to the grant stored
        /// beside the code.
        nullable grant_id: Text as Identifier,
        /// When the grant ends that it goes back to, and which no refresh token outlives. Seconds since the epoch; never when
        /// absent.
        optional grant_expires_at: u64 as Time,
        /// The condition for processing that stood in for consent (OpenID Connect Core 1.0, section 11).
        nullable basis: Text,
        /// Seconds since the epoch.
        needed issued_at: u64 as Time,
        /// Seconds since the epoch; null when the policy configures no lifetime.
        nullable expires_at: u64 as Time,
    }
}

impl CodeRecord {
    /// Reads a stored code, and checks what holds between its members.
    ///
    /// # Errors
    /// On an unknown key, a wrong type or a contradiction.
    pub fn read_at(node: Node<'_>, clock: Clock) -> Result<Self, Misuse> {
        Self::read(node)?.at(node.place(), clock)
    }

    /// Checks what holds between the members of a record that stands at `place`.
    ///
    /// # Errors
    /// On a contradiction.
    pub fn at(self, place: Place<'_>, clock: Clock) -> Result<Self, Misuse> {
        let check = Check::of(place, clock);
        check.not_before_issuance(self.expires_at, self.issued_at)?;
        Ok(Self {
            auth_time: check.happened("auth_time", self.auth_time)?,
            issued_at: check.happened("issued_at", self.issued_at)?,
            ..self
        })
    }
}

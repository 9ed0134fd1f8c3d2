//! An access token or a refresh token as it is stored.

use super::check::Check;
use crate::decide::life::Binding;
use crate::input::{Misuse, MisuseCode, Node, Place, Shape, Text, Time, Version};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::clock::Clock;
use crate::oauth::identifier::Identifier;
use crate::oauth::scope::Scopes;

words! {
    /// Which token it is.
    pub enum TokenKind {
        /// An access token.
        AccessToken = "access_token",
        /// A refresh token.
        RefreshToken = "refresh_token",
    }
}

words! {
    /// What became of a token.
    pub enum TokenStatus {
        /// It counts, as far as the record knows: the clock alone may have ended it.
        Active = "active",
        /// Its time is over.
        Expired = "expired",
        /// It was revoked.
        Revoked = "revoked",
        /// A refresh token that was replaced; whoever comes with it again reuses it (RFC 9700, section 4.14.2).
        Superseded = "superseded",
    }
}

shape! {
    /// An access token or a refresh token as a decision stored it; the server added `id`.
    pub struct TokenRecord {
        /// The version of this shape. A record of version 1 is read by every later version of Grantwise.
        needed v: Version,
        /// Which of the two it is.
        needed kind: TokenKind,
        /// The server's own id of the record, not the token itself.
        assigned id: Text as Identifier,
        /// The client that it was issued to.
        needed client_id: Text as Identifier,
        /// What kind of application the client was; `browser` stands for a single-page application.
        needed application_type: ApplicationType,
        /// Whether the client could keep a secret (RFC 6749, section 2.1).
        needed client_type: ClientType,
        /// The user; null for a client that acts for itself (RFC 6749, section 4.4). A refresh token has one.
        nullable sub: Text as Identifier,
        /// The session in which it was issued.
        nullable sid: Text as Identifier,
        /// The id of the code that all tokens of one authorization come from; null when there was none.
        nullable family: Text as Identifier,
        /// The grant, where grants are addressed (Grant Management for OAuth 2.0).
        nullable grant_id: Text as Identifier,
        /// Space-delimited scopes, as on the wire (RFC 6749, section 3.3).
        needed scope: Scopes,
        /// What its life depends on.
        needed binding: Binding,
        /// `superseded`: a refresh token that was replaced; whoever comes with it again reuses it (RFC 9700, section
        /// 4.14.2).
        needed status: TokenStatus,
        /// How the user signed in, if the server knows: `password` or another method.
        optional_or_null auth: Text,
        /// When the user signed in. Seconds since the epoch.
        nullable auth_time: u64 as Time,
        /// The condition for processing that it rests on (OpenID Connect Core 1.0, section 11).
        nullable basis: Text,
        /// It is bound to a key of the client (RFC 9449, RFC 8705). False when absent.
        defaulted sender_constrained: bool = false,
        /// Seconds since the epoch.
        needed issued_at: u64 as Time,
        /// When the authorization was redeemed that it goes back to; rotation does not move it. Seconds since the epoch.
        needed authorized_at: u64 as Time,
        /// Seconds since the epoch; null when the clock alone does not end it.
        nullable expires_at: u64 as Time,
        /// When the grant ends that it goes back to, and which neither a refresh token nor its successors outlive. Seconds
        /// since the epoch; never when absent.
        optional grant_expires_at: u64 as Time,
        /// When a refresh token was last used. Seconds since the epoch.
        nullable last_used_at: u64 as Time,
        /// When a refresh token was replaced. Seconds since the epoch.
        nullable superseded_at: u64 as Time,
    }
}

impl TokenRecord {
    /// Reads a stored token, and checks what holds between its members.
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
        if self.kind == TokenKind::RefreshToken && self.sub.is_none() {
            return Err(place.misuse(MisuseCode::Contradiction, "is a refresh token without a user"));
        }
        Ok(Self {
            auth_time: check.happened_if("auth_time", self.auth_time)?,
            issued_at: check.happened("issued_at", self.issued_at)?,
            authorized_at: check.happened("authorized_at", self.authorized_at)?,
            last_used_at: check.happened_if("last_used_at", self.last_used_at)?,
            superseded_at: check.happened_if("superseded_at", self.superseded_at)?,
            ..self
        })
    }

    /// The family that it belongs to; one without a code starts a family of its own.
    #[must_use]
    pub fn family(&self) -> Option<Text> {
        self.family.clone().or_else(|| self.id.clone())
    }

    /// The id that the server gave it.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }
}

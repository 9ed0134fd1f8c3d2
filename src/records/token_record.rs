//! An access token or a refresh token as it is stored.

use serde::{Serialize, Serializer};

use super::{binding, not_in_the_future, optional_text, text, version};
use crate::decide::verdict::Binding;
use crate::input::{Misuse, MisuseCode, Node, closed};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::scope::Scopes;

/// Which token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// An access token.
    AccessToken,
    /// A refresh token.
    RefreshToken,
}

impl TokenKind {
    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccessToken => "access_token",
            Self::RefreshToken => "refresh_token",
        }
    }
}

/// A token.
#[derive(Clone, Debug, Serialize)]
pub struct TokenRecord {
    /// The version of this shape.
    pub v: u8,
    /// Which token it is.
    #[serde(serialize_with = "kind_name")]
    pub kind: TokenKind,
    /// The server's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The client.
    pub client_id: String,
    /// What kind of application it is.
    #[serde(serialize_with = "application_type_name")]
    pub application_type: ApplicationType,
    /// Whether it can keep a secret.
    #[serde(serialize_with = "client_type_name")]
    pub client_type: ClientType,
    /// The user; none for a client that acts for itself.
    pub sub: Option<String>,
    /// The session in which it was issued.
    pub sid: Option<String>,
    /// The id of the code that all tokens of one authorization come from.
    pub family: Option<String>,
    /// The grant, where grants are addressed.
    pub grant_id: Option<String>,
    /// Space-delimited.
    #[serde(serialize_with = "as_text")]
    pub scope: Scopes,
    /// What its life depends on.
    #[serde(serialize_with = "binding_name")]
    pub binding: Binding,
    /// `active`, `expired`, `revoked` or `superseded`.
    pub status: &'static str,
    /// How the user signed in.
    pub auth: Option<String>,
    /// When the user signed in, in seconds since the epoch.
    pub auth_time: Option<u64>,
    /// The condition for processing that it rests on.
    pub basis: Option<String>,
    /// It is bound to the client's key.
    pub sender_constrained: bool,
    /// Seconds since the epoch.
    pub issued_at: u64,
    /// When the authorization was redeemed that it goes back to; rotation does not move it.
    pub authorized_at: u64,
    /// Seconds since the epoch.
    pub expires_at: Option<u64>,
    /// Seconds since the epoch.
    pub last_used_at: Option<u64>,
    /// Seconds since the epoch.
    pub superseded_at: Option<u64>,
}

pub(super) fn as_text<S: Serializer>(scope: &Scopes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&scope.text())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn kind_name<S: Serializer>(kind: &TokenKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn application_type_name<S: Serializer>(value: &ApplicationType, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.name())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn client_type_name<S: Serializer>(value: &ClientType, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.name())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn binding_name<S: Serializer>(value: &Binding, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.name())
}

const KEYS: &[&str] = &[
    "v",
    "kind",
    "id",
    "client_id",
    "application_type",
    "client_type",
    "sub",
    "sid",
    "family",
    "grant_id",
    "scope",
    "binding",
    "status",
    "auth",
    "auth_time",
    "basis",
    "sender_constrained",
    "issued_at",
    "authorized_at",
    "expires_at",
    "last_used_at",
    "superseded_at",
];

const STATUSES: &[(&str, &str)] =
    &[("active", "active"), ("expired", "expired"), ("revoked", "revoked"), ("superseded", "superseded")];

impl TokenRecord {
    /// Reads a stored token.
    ///
    /// # Errors
    /// On an unknown key, a wrong type or a contradiction.
    pub fn read(node: Node<'_>, now: u64) -> Result<Self, Misuse> {
        let members = closed(node, KEYS)?;
        version(members)?;
        let record = Self {
            v: 1,
            kind: members
                .need("kind")?
                .word(&[("access_token", TokenKind::AccessToken), ("refresh_token", TokenKind::RefreshToken)])?,
            id: Some(text(members, "id")?),
            client_id: text(members, "client_id")?,
            application_type: members.need("application_type")?.word(ApplicationType::WORDS)?,
            client_type: members.need("client_type")?.word(ClientType::WORDS)?,
            sub: optional_text(members, "sub")?,
            sid: optional_text(members, "sid")?,
            family: optional_text(members, "family")?,
            grant_id: optional_text(members, "grant_id")?,
            scope: Scopes::parse(members.need("scope")?.text()?),
            binding: binding(members)?,
            status: members.need("status")?.word(STATUSES)?,
            auth: optional_text(members, "auth")?,
            auth_time: members.optional("auth_time", Node::whole)?,
            basis: optional_text(members, "basis")?,
            sender_constrained: members.optional("sender_constrained", Node::boolean)?.unwrap_or(false),
            issued_at: not_in_the_future(members, "issued_at", now)?,
            authorized_at: not_in_the_future(members, "authorized_at", now)?,
            expires_at: members.optional("expires_at", Node::whole)?,
            last_used_at: members.optional("last_used_at", Node::whole)?,
            superseded_at: members.optional("superseded_at", Node::whole)?,
        };
        let contradiction =
            |name: &'static str, problem: &str| Err(members.need(name)?.misuse(MisuseCode::Contradiction, problem));
        if record.expires_at.is_some_and(|end| end < record.issued_at) {
            return contradiction("expires_at", "is earlier than `issued_at`");
        }
        if record.last_used_at.is_some_and(|at| at > now) {
            return contradiction("last_used_at", "is later than `now`");
        }
        if record.superseded_at.is_some_and(|at| at > now) {
            return contradiction("superseded_at", "is later than `now`");
        }
        if record.kind == TokenKind::RefreshToken && record.sub.is_none() {
            return Err(node.misuse(MisuseCode::Contradiction, "is a refresh token without a user"));
        }
        Ok(record)
    }

    /// The family that it belongs to; one without a code starts a family of its own.
    #[must_use]
    pub fn family(&self) -> Option<String> {
        self.family.clone().or_else(|| self.id.clone())
    }

    /// The id that the server gave it.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }
}

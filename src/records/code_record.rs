//! The authorization code as it is stored: everything that the token endpoint needs to know.

use serde::Serialize;

use super::{not_in_the_future, optional_text, read_access_token, read_refresh_token, text, version};
use crate::answer::{AccessToken, RefreshToken};
use crate::input::{Misuse, MisuseCode, Node, closed};
use crate::oauth::scope::Scopes;

/// An authorization code.
#[derive(Clone, Debug, Serialize)]
pub struct CodeRecord {
    /// The version of this shape.
    pub v: u8,
    /// The server's own id; the tokens that come from the code carry it as `family`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The client.
    pub client_id: String,
    /// The user.
    pub sub: String,
    /// The session.
    pub sid: Option<String>,
    /// The redirect URI of the response.
    pub redirect_uri: String,
    /// Whether the authorization request named it, so that the token request has to (RFC 6749, section 4.1.3).
    pub redirect_uri_sent: bool,
    /// Space-delimited.
    #[serde(serialize_with = "super::token_record::as_text")]
    pub scope: Scopes,
    /// Space-delimited, as sent; none when the request named no scope.
    pub requested_scope: Option<String>,
    /// `active`, `used` or `revoked`.
    pub status: &'static str,
    /// The access token to issue.
    pub access_token: AccessToken,
    /// Whether an ID Token is to be issued.
    pub id_token: bool,
    /// The refresh token to issue, if any.
    pub refresh_token: Option<RefreshToken>,
    /// The user was not asked.
    pub auto_approved: bool,
    /// For the ID Token.
    pub nonce: Option<String>,
    /// When the user signed in, in seconds since the epoch.
    pub auth_time: u64,
    /// RFC 7636.
    pub code_challenge: Option<String>,
    /// RFC 7636.
    pub code_challenge_method: Option<String>,
    /// Grant Management for OAuth 2.0.
    pub grant_management_action: Option<String>,
    /// Grant Management for OAuth 2.0.
    pub grant_id: Option<String>,
    /// The condition for processing that stood in for consent.
    pub basis: Option<String>,
    /// Seconds since the epoch.
    pub issued_at: u64,
    /// Seconds since the epoch.
    pub expires_at: Option<u64>,
}

const KEYS: &[&str] = &[
    "v",
    "id",
    "client_id",
    "sub",
    "sid",
    "redirect_uri",
    "redirect_uri_sent",
    "scope",
    "requested_scope",
    "status",
    "access_token",
    "id_token",
    "refresh_token",
    "auto_approved",
    "nonce",
    "auth_time",
    "code_challenge",
    "code_challenge_method",
    "grant_management_action",
    "grant_id",
    "basis",
    "issued_at",
    "expires_at",
];

impl CodeRecord {
    /// Reads a stored code.
    ///
    /// # Errors
    /// On an unknown key, a wrong type or a contradiction.
    pub fn read(node: Node<'_>, now: u64) -> Result<Self, Misuse> {
        let members = closed(node, KEYS)?;
        version(members)?;
        let record = Self {
            v: 1,
            id: Some(text(members, "id")?),
            client_id: text(members, "client_id")?,
            sub: text(members, "sub")?,
            sid: optional_text(members, "sid")?,
            redirect_uri: text(members, "redirect_uri")?,
            redirect_uri_sent: members.need("redirect_uri_sent")?.boolean()?,
            scope: Scopes::parse(members.need("scope")?.text()?),
            requested_scope: optional_text(members, "requested_scope")?,
            status: members.need("status")?.word(&[("active", "active"), ("used", "used"), ("revoked", "revoked")])?,
            access_token: read_access_token(members.need("access_token")?)?,
            id_token: members.need("id_token")?.boolean()?,
            refresh_token: members.optional("refresh_token", read_refresh_token)?,
            auto_approved: members.need("auto_approved")?.boolean()?,
            nonce: optional_text(members, "nonce")?,
            auth_time: members.need("auth_time")?.whole()?,
            code_challenge: optional_text(members, "code_challenge")?,
            code_challenge_method: optional_text(members, "code_challenge_method")?,
            grant_management_action: optional_text(members, "grant_management_action")?,
            grant_id: optional_text(members, "grant_id")?,
            basis: optional_text(members, "basis")?,
            issued_at: not_in_the_future(members, "issued_at", now)?,
            expires_at: members.optional("expires_at", Node::whole)?,
        };
        if record.expires_at.is_some_and(|end| end < record.issued_at) {
            return Err(members.need("expires_at")?.misuse(MisuseCode::Contradiction, "is earlier than `issued_at`"));
        }
        Ok(record)
    }
}

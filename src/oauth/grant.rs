//! What a user granted a client before.

use super::scope::Scopes;
use crate::input::{Misuse, MisuseCode, Node, closed};

/// A grant, as the server stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Identifier, where grants are addressed (Grant Management for OAuth 2.0).
    pub grant_id: Option<String>,
    /// The client; this one when absent.
    pub client_id: Option<String>,
    /// The user; the one who is signed in when absent.
    pub sub: Option<String>,
    /// What was granted.
    pub scope: Scopes,
    /// Offline access was part of it.
    pub offline: bool,
    /// How the consent came about.
    pub how: How,
    /// Whether the consent was kept for later.
    pub remembered: bool,
    /// Whether it was revoked since.
    pub revoked: bool,
    /// When it was given, in seconds since the epoch.
    pub granted_at: Option<u64>,
    /// From then on it no longer counts, in seconds since the epoch.
    pub expires_at: Option<u64>,
    /// Whether the code of the first authorization was redeemed.
    pub first_code_exchanged: bool,
    /// Given to another client of the same project.
    pub project_shared: bool,
    /// Scopes that the user refused, and that are remembered as refused.
    pub refused: Option<Scopes>,
}

/// How a consent came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// The user approved a screen.
    ExplicitPrompt,
    /// The user ticked the box that keeps the approval.
    RememberCheckbox,
    /// The user installed the app.
    Install,
    /// An administrator agreed.
    Admin,
    /// Another condition for processing.
    Policy,
}

impl How {
    /// The words on the wire.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("explicit_prompt", Self::ExplicitPrompt),
        ("remember_checkbox", Self::RememberCheckbox),
        ("install", Self::Install),
        ("admin", Self::Admin),
        ("policy", Self::Policy),
    ];
}

impl Grant {
    /// Reads a grant.
    ///
    /// # Errors
    /// On an unknown key or a wrong type.
    pub fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = closed(
            node,
            &[
                "v",
                "grant_id",
                "client_id",
                "sub",
                "scope",
                "offline",
                "how",
                "remembered",
                "status",
                "granted_at",
                "expires_at",
                "first_code_exchanged",
                "project_shared",
                "refused",
            ],
        )?;
        if let Some(version) = members.get("v").filter(|version| version.whole() != Ok(1)) {
            return Err(version.misuse(MisuseCode::WrongValue, "must be 1, the only version of this record"));
        }
        Ok(Self {
            grant_id: members.optional("grant_id", Node::text)?.map(ToOwned::to_owned),
            client_id: members.optional("client_id", Node::text)?.map(ToOwned::to_owned),
            sub: members.optional("sub", Node::text)?.map(ToOwned::to_owned),
            scope: Scopes::parse(members.need("scope")?.text()?),
            offline: members.optional("offline", Node::boolean)?.unwrap_or(false),
            how: members.optional("how", |how| how.word(How::WORDS))?.unwrap_or(How::ExplicitPrompt),
            remembered: members.optional("remembered", Node::boolean)?.unwrap_or(true),
            revoked: members
                .optional("status", |status| status.word(&[("active", false), ("revoked", true)]))?
                .unwrap_or(false),
            granted_at: members.optional("granted_at", Node::whole)?,
            expires_at: members.optional("expires_at", Node::whole)?,
            first_code_exchanged: members.optional("first_code_exchanged", Node::boolean)?.unwrap_or(true),
            project_shared: members.optional("project_shared", Node::boolean)?.unwrap_or(false),
            refused: members.optional("refused", Node::text)?.map(Scopes::parse),
        })
    }
}

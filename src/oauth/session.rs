//! The user's session at the authorization server.

use crate::input::{Misuse, MisuseCode, Node, closed};

/// A session, as the server stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub sid: Option<String>,
    /// The user.
    pub sub: String,
    /// When the user last signed in actively, in seconds since the epoch.
    pub auth_time: u64,
    /// When it ends, in seconds since the epoch.
    pub expires_at: Option<u64>,
    /// How many accounts are signed in.
    pub accounts: u64,
}

impl Session {
    /// Reads a session; one that is over is none.
    ///
    /// # Errors
    /// On an unknown key, a wrong type, or an authentication in the future.
    pub fn read(node: Node<'_>, now: u64) -> Result<Option<Self>, Misuse> {
        let members = closed(node, &["sid", "sub", "auth_time", "expires_at", "accounts"])?;
        let session = Self {
            sid: members.optional("sid", Node::text)?.map(ToOwned::to_owned),
            sub: members.need("sub")?.text()?.to_owned(),
            auth_time: members.need("auth_time")?.whole()?,
            expires_at: members.optional("expires_at", Node::whole)?,
            accounts: members.optional("accounts", Node::whole)?.unwrap_or(1),
        };
        if session.auth_time > now {
            return Err(members.need("auth_time")?.misuse(MisuseCode::Contradiction, "is later than `now`"));
        }
        if session.accounts == 0 {
            return Err(members.need("accounts")?.misuse(MisuseCode::WrongValue, "must be at least 1"));
        }
        Ok(Some(session).filter(|session| session.expires_at.is_none_or(|end| now < end)))
    }

    /// Seconds until it ends.
    #[must_use]
    pub fn remaining(&self, now: u64) -> Option<u64> {
        self.expires_at.map(|end| end.saturating_sub(now))
    }
}

//! The session that a record names.

use crate::oauth::session::Session;

/// Whether the session that a record names is there: the same user's, and the same one where both say which.
#[must_use]
pub fn session_is_alive(session: Option<&Session>, sub: Option<&str>, sid: Option<&str>) -> bool {
    session.is_some_and(|session| {
        Some(session.sub.as_str()) == sub
            && session.sid.as_deref().is_none_or(|known| sid.is_none_or(|sid| sid == known))
    })
}

//! The session that a record names.

use crate::oauth::session::Session;

/// Whether the session that a record names is there: the same user's, and the same one where the record says which. A
/// session of which nobody says which it is, is not the one that a record names.
#[must_use]
pub fn session_is_alive(session: Option<&Session>, sub: Option<&str>, sid: Option<&str>) -> bool {
    session.is_some_and(|session| {
        Some(session.sub.as_str()) == sub && sid.is_none_or(|sid| session.sid.as_deref() == Some(sid))
    })
}

//! What a decision fixes of an ID Token, whichever endpoint returns it.

use crate::input::{Text, Time};

shape! {
    /// Claims of an ID Token that follow from the records, ready to be signed: a claim that is not known is absent. The
    /// server adds `exp`, and whatever else it says of the user.
    pub struct IdTokenClaims {
        /// The issuer, when the policy names one.
        optional iss: Text,
        /// The user.
        needed sub: Text,
        /// The client.
        needed aud: Text,
        /// When the user signed in. Seconds since the epoch.
        optional auth_time: u64 as Time,
        /// Now. Seconds since the epoch.
        needed iat: u64 as Time,
        /// As sent in the authorization request; a refresh returns none (OpenID Connect Core 1.0, section 12.2).
        optional nonce: Text,
        /// The session (OpenID Connect Front-Channel Logout 1.0, section 3).
        optional sid: Text,
    }
}

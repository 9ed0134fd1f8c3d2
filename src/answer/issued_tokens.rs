//! The tokens that a client gets, and how long they live.

use crate::decide::life::Binding;
use crate::decide::rotation::Rotation;
use crate::input::Duration;
use crate::oauth::scope::Scopes;

spelled! {
    /// What the life of a token depends on.
    Binding as "Binding" {
        /// It ends with the user's session at the authorization server.
        Session = "session",
        /// It outlives the session (OpenID Connect Core 1.0, section 11; OpenID Connect Back-Channel Logout 1.0, section
        /// 2.7).
        Offline = "offline",
    }
}

spelled! {
    /// What a refresh does to the refresh token.
    Rotation as "Rotation" {
        /// Nothing.
        Kept = "none",
        /// It is superseded by a new one (RFC 9700, section 4.14.2).
        Replaced = "replaced",
        /// A new one is issued beside it, and the old one stays alive.
        Added = "added",
        /// A new one is issued beside it, and the old one stays alive until the new one is used.
        UntilSuccessorUsed = "until_successor_used",
        /// It is superseded, and no new one is issued.
        UsedUp = "used_up",
    }
}

shape! {
    /// An access token that is issued now, or that a stored code will be redeemed for.
    pub struct AccessToken {
        /// Space-delimited scopes, as on the wire (RFC 6749, section 3.3).
        needed scope: Scopes,
        /// Seconds from issuance; null when the policy configures no lifetime.
        nullable expires_in: u64 as Duration,
        /// What its life depends on.
        needed binding: Binding,
    }
}

shape! {
    /// A refresh token that is issued now, or that a stored code will be redeemed for.
    pub struct RefreshToken {
        /// Space-delimited scopes, as on the wire (RFC 6749, section 3.3).
        needed scope: Scopes,
        /// What its life depends on.
        needed binding: Binding,
        /// How long it lives.
        needed lifetime: Lifetime,
        /// What a refresh does to it: nothing, replace it (RFC 9700, section 4.14.2), issue another one beside it, or use
        /// it up.
        needed rotation: Rotation,
    }
}

union! {
    /// How long a refresh token lives.
    pub enum Lifetime by "kind": Copy {
        /// As long as the user's session at the authorization server.
        Session = "session",
        /// Until somebody revokes it.
        UntilRevoked = "until_revoked",
        /// Long; the source gives no number.
        LongLived = "long_lived",
        /// Long, and not for ever; the source gives no number.
        LongButFinite = "long_but_finite",
        /// So many seconds from issuance, used or not.
        Fixed = "fixed" {
            /// How many.
            needed seconds: u64 as Duration,
        },
        /// So many seconds without use.
        Idle = "idle" {
            /// How many.
            needed seconds: u64 as Duration,
        },
        /// The source does not say, and the policy configures none.
        Unspecified = "unspecified",
    }
}

//! How many refresh tokens a user and a client may have.

use crate::sources::{AUTH0_REFRESH, GOOGLE_OAUTH};

rules! {
    /// How many refresh tokens a user and a client may have.
    LimitRule;
    TooMany = "refresh.too_many", Vendor, "When a user and a client have too many refresh tokens, the oldest ends.", [GOOGLE_OAUTH.whole(), AUTH0_REFRESH.whole()];
}

//! What the caller hands over with an event, a revocation request, a request of the Grant Management API, or a question
//! about a record.

use std::sync::Arc;

use crate::input::{Text, Time, Value};
use crate::oauth::client::Client;
use crate::oauth::id_token_hint::IdTokenHint;
use crate::oauth::identifier::Identifier;
use crate::oauth::parameters::Request;
use crate::oauth::scope::Scopes;
use crate::oauth::session::Session;
use crate::records::{Grant, TokenRecord};

union! {
    /// Something that happened outside of a request of the client.
    pub enum EventInput by "event" {
        /// The user logs out at the server.
        Logout = "logout" {
            /// The session that ends.
            needed session: EventSession,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// A client asks the server to log the user out (OpenID Connect RP-Initiated Logout 1.0).
        RpInitiatedLogout = "rp_initiated_logout" {
            /// The session of the browser that asks; null when nobody is signed in.
            nullable session: EventSession,
            /// The client that asks, where the request says: its client_id, or the audience of its id_token_hint.
            optional client_id: Text as Identifier,
            /// The verified hint, where the request sends one.
            optional_or_null id_token_hint: IdTokenHint,
            /// What the user answered when asked.
            optional user_answer: LogoutAnswer,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// The session timed out.
        SessionTimeout = "session_timeout" {
            /// The session that ends.
            needed session: EventSession,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// An administrator ends the session.
        AdminEndsSession = "admin_ends_session" {
            /// The session that ends.
            needed session: EventSession,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// The user switches to another account.
        SwitchAccount = "switch_account" {
            /// The session of the account that is left.
            needed session: EventSession,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// The user changes the password.
        PasswordChange = "password_change" {
            /// The user.
            needed sub: Text as Identifier,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// The user takes a client's access back.
        UserRevokesApp = "user_revokes_app" {
            /// The user.
            needed sub: Text as Identifier,
            /// The client.
            needed client_id: Text as Identifier,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// The server revokes one refresh token.
        ServerRevokesRefreshToken = "as_revokes_refresh_token" {
            /// The stored token.
            needed token: Box<TokenRecord>,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// A condition for processing is withdrawn (OpenID Connect Core 1.0, section 11).
        ConditionWithdrawn = "condition_withdrawn" {
            /// The condition, for example `employment_contract`.
            needed basis: Text,
            /// The user; all when absent.
            optional sub: Text as Identifier,
            /// The client; all when absent.
            optional client_id: Text as Identifier,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
        /// A refresh token was issued, so that there may be too many.
        RefreshTokenIssued = "issue_refresh_token" {
            /// The user.
            needed sub: Text as Identifier,
            /// The client.
            needed client_id: Text as Identifier,
            /// Seconds since the epoch.
            needed now: u64 as Time,
        },
    }
}

words! {
    /// What the user answers to a logout that a client asks for.
    pub enum LogoutAnswer {
        /// Log out.
        Yes = "yes",
        /// Stay.
        No = "no",
    }
}

shape! {
    /// The session that an event is about; a whole session may be handed over.
    pub struct EventSession {
        /// The session's id.
        needed sid: Text as Identifier,
        /// The user.
        needed sub: Text as Identifier,
    }
    beside { "auth_time", "expires_at", "accounts" }
}

shape! {
    /// What a decision on a revocation request starts from (RFC 7009).
    pub struct RevokeInput {
        /// The body of the revocation request.
        needed request: Request,
        /// The client's registered metadata. Null: the server knows no such client.
        nullable client: Arc<Client>,
        /// The outcome of client authentication. Public clients need none.
        needed client_authenticated: bool,
        /// The stored token, of either kind and whatever its status; null when there is none.
        nullable token: TokenRecord,
        /// Seconds since the epoch.
        needed now: u64 as Time,
    }
}

words! {
    /// What is asked of the Grant Management API.
    pub enum GrantMethod {
        /// Show the grant.
        Get = "GET",
        /// Revoke the grant.
        Delete = "DELETE",
    }
}

impl GrantMethod {
    /// The scope that the access token needs (Grant Management for OAuth 2.0, section 6.1).
    pub(super) const fn scope(self) -> &'static str {
        match self {
            Self::Get => "grant_management_query",
            Self::Delete => "grant_management_revoke",
        }
    }
}

shape! {
    /// What a decision on a request of the Grant Management API starts from.
    pub struct ManageGrantInput {
        /// The method of the request.
        needed method: GrantMethod,
        /// The stored grant; null when there is none.
        nullable grant: Grant,
        /// The client that asks, as its access token says.
        needed client_id: Text as Identifier,
        /// The scope of the access token that was presented.
        needed scope: Scopes,
        /// Seconds since the epoch.
        needed now: u64 as Time,
    }
}

shape! {
    /// A record, and what its life depends on.
    pub struct StatusInput {
        /// The stored record; null when there is none.
        optional record: Value,
        /// What its life depends on beside itself.
        needed context: StatusContext,
    }
}

shape! {
    /// What the life of a record depends on beside itself.
    pub struct StatusContext {
        /// The session that the record names, if it is still there: without it, a token that is bound to a session is
        /// over.
        optional_or_null session: Session,
        /// The client's registered metadata.
        optional_or_null client: Arc<Client>,
        /// Seconds since the epoch.
        needed now: u64 as Time,
    }
}

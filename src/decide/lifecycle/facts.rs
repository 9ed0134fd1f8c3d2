//! Everything that the end of records depends on, as small enums.

use crate::oauth::client::{ApplicationType, ClientType};

finite! {
    /// What happened.
    Occurrence {
        /// The user logs out at the server.
        Logout,
        /// A client asks the server to log the user out.
        RpInitiatedLogout,
        /// The session timed out.
        SessionTimeout,
        /// An administrator ended the session.
        AdminEndsSession,
        /// The user switched to another account.
        SwitchAccount,
        /// The user changed the password.
        PasswordChange,
        /// The user revoked a client's access.
        UserRevokesApp,
        /// The server revokes one refresh token.
        ServerRevokesRefreshToken,
        /// A condition for processing is withdrawn.
        ConditionWithdrawn,
        /// A refresh token was issued.
        RefreshTokenIssued,
        /// A client revokes a token.
        RevocationRequest,
        /// A client asks for a grant.
        GrantQuery,
        /// A client deletes a grant.
        GrantDeletion,
        /// The server asks whether a record is alive.
        StatusAsked,
    }
    /// The id_token_hint of a logout request.
    LogoutHint {
        /// None, or none that this server issued.
        Absent,
        /// Of the session's user.
        Fits,
        /// Of somebody else.
        Differs,
    }
    /// What the user answered.
    UserAnswer {
        /// Not asked yet.
        Open,
        /// Log out.
        Yes,
        /// Stay.
        No,
    }
    /// The token of a revocation request.
    Revoked {
        /// The parameter is missing or malformed.
        Missing,
        /// No such token.
        NotFound,
        /// Another client's.
        OtherClients,
        /// An access token of this client.
        AccessToken,
        /// A refresh token of this client.
        RefreshToken,
    }
    /// A record whose status is asked.
    Record {
        /// There is none.
        Missing,
        /// A code.
        Code,
        /// An access token.
        AccessToken,
        /// A refresh token.
        RefreshToken,
    }
    /// What a record says of itself.
    StoredStatus {
        /// Alive.
        Active,
        /// A code that was redeemed.
        Used,
        /// A refresh token that was replaced.
        Superseded,
        /// Over.
        Expired,
        /// Ended by somebody.
        Revoked,
    }
}

facts! {
    /// What a decision on the end of records depends on.
    fact LifecycleFact = b'l';
    /// Where the lifecycle's engine asks its questions.
    trait LifecycleFacts;
    /// The value of every fact of the lifecycle.
    fields LifecycleSituation;
    /// What happened.
    Occurrence occurrence: Occurrence,
    /// Somebody is signed in.
    SignedIn signed_in: bool,
    /// The id_token_hint of a logout request.
    LogoutHint logout_hint: LogoutHint,
    /// What the user answered.
    UserAnswer user_answer: UserAnswer,
    /// The logout request names the client that asks.
    LogoutClient logout_client: bool,
    /// The client of the request is known.
    ClientKnown client_known: bool,
    /// It authenticated.
    Authenticated authenticated: bool,
    /// Whether it can keep a secret.
    ClientType client_type: ClientType,
    /// The token of a revocation request.
    Revoked revoked: Revoked,
    /// The access token has the scope for grant management.
    GrantScope grant_scope: bool,
    /// The grant is there, and this client's.
    GrantFound grant_found: bool,
    /// The number of refresh tokens of a user and a client is limited.
    Limited limited: bool,
    /// The record whose status is asked.
    Record record: Record,
    /// What it says of itself.
    StoredStatus stored_status: StoredStatus,
    /// Its time is over by the clock.
    Elapsed elapsed: bool,
    /// What its life depends on.
    BoundToSession bound_to_session: bool,
    /// The session that it names is alive.
    SessionAlive session_alive: bool,
    /// What kind of application the client is.
    ApplicationType application_type: ApplicationType,
    /// An external Google Cloud project whose publishing status is Testing.
    TestingProject testing_project: bool,
    /// What is granted goes beyond name, email address and profile.
    BeyondBasicProfile beyond_basic_profile: bool,
    /// A limit on the age of refresh tokens of single-page applications is configured.
    BrowserAbsoluteLimit browser_absolute_limit: bool,
    /// A limit on the age of offline refresh tokens is configured.
    OfflineAbsoluteLimit offline_absolute_limit: bool,
    /// A limit on the age of refresh tokens is configured, however they are bound.
    AbsoluteLimit absolute_limit: bool,
    /// A limit on the time without use of offline refresh tokens is configured.
    OfflineIdleLimit offline_idle_limit: bool,
    /// A limit on the time without use of refresh tokens is configured, however they are bound.
    IdleLimit idle_limit: bool,
    /// The duration of the application's refresh token policy is configured.
    PolicyDuration policy_duration: bool,
    /// The grant that the record goes back to has an end.
    GrantEnds grant_ends: bool,
}

//! Everything that a decision at the token endpoint depends on, as small enums: one presented code or refresh token,
//! with an existing grant beside it.

use crate::decide::syntax::Syntax;
use crate::oauth::client::{ApplicationType, ClientType};

finite! {
    /// What the token request asks for.
    GrantType {
        /// authorization_code
        AuthorizationCode,
        /// refresh_token
        RefreshToken,
        /// client_credentials
        ClientCredentials,
        /// Not sent.
        Missing,
        /// Another one.
        Unknown,
    }
    /// What was presented.
    Presented {
        /// The parameter is missing.
        Missing,
        /// There is no such record, or it is one of another kind.
        NotFound,
        /// It was issued to another client.
        OtherClients,
        /// It was issued to this client.
        Theirs,
    }
    /// What the stored record says of itself.
    Stored {
        /// Alive.
        Active,
        /// A code that was redeemed, or a refresh token that was replaced longer ago than the grace.
        UsedUp,
        /// A refresh token that was replaced within the grace.
        UsedUpInGrace,
        /// Revoked or expired.
        Dead,
    }
    /// The code verifier against the stored challenge (RFC 7636).
    Verifier {
        /// Neither is there.
        Neither,
        /// It fits.
        Fits,
        /// It does not fit.
        Differs,
        /// There is a challenge, and no verifier.
        Missing,
        /// There is a verifier, and no challenge.
        Unexpected,
    }
    /// The parameter existing_grant.
    ExistingGrant {
        /// Not sent.
        Absent,
        /// A live refresh token of this client and this user.
        Holds,
        /// Anything else.
        Fails,
    }
    /// The scope of a refresh request.
    AskedScope {
        /// Not sent, or the same.
        Same,
        /// Less.
        Narrower,
        /// More, or something else beside what was granted.
        Wider,
        /// Nothing of what was granted.
        Other,
        /// A character that the syntax does not have.
        Malformed,
    }
    /// The refresh token that the authorization fixed.
    Due {
        /// None.
        None,
        /// One that ends with the session.
        Session,
        /// One that survives it.
        Offline,
    }
}

facts! {
    /// What a decision at the token endpoint depends on.
    fact TokenFact = b't';
    /// Where the token endpoint's engine asks its questions.
    trait TokenFacts;
    /// The value of every fact of the token endpoint.
    fields TokenSituation;
    /// Whether the parameters are well formed.
    Syntax syntax: Syntax,
    /// What is asked for.
    GrantType grant_type: GrantType,
    /// The client is known.
    ClientKnown client_known: bool,
    /// The client authenticated.
    Authenticated authenticated: bool,
    /// Whether it can keep a secret.
    ClientType client_type: ClientType,
    /// What kind of application it is.
    ApplicationType application_type: ApplicationType,
    /// It registered the grant type.
    GrantTypeRegistered grant_type_registered: bool,
    /// It registered the grant type authorization_code.
    CodeGrantRegistered code_grant_registered: bool,
    /// What was presented.
    Presented presented: Presented,
    /// What the stored record says of itself.
    Stored stored: Stored,
    /// Its time is over by the clock.
    Elapsed elapsed: bool,
    /// The redirect URI is the one of the authorization request.
    RedirectUriFits redirect_uri_fits: bool,
    /// The code verifier against the challenge.
    Verifier verifier: Verifier,
    /// The refresh token that the authorization fixed, or the binding of the one that is presented.
    Due due: Due,
    /// The session that the record names is alive.
    SessionAlive session_alive: bool,
    /// The parameter existing_grant.
    ExistingGrant existing_grant: ExistingGrant,
    /// The grant management action was merge or replace.
    ReplacesGrantTokens replaces_grant_tokens: bool,
    /// The scope of a refresh request.
    Scope scope: AskedScope,
    /// What is asked for leaves out the offline access that the refresh token has.
    LeavesOutOffline leaves_out_offline: bool,
    /// The refresh token has reached the age from which on it is replaced.
    Aged aged: bool,
    /// The refresh token is bound to a key.
    SenderConstrained sender_constrained: bool,
    /// The client proved possession of that key; of any, where the refresh token is bound to none.
    SenderProof sender_proof: bool,
    /// The server wants to return an ID Token, and the scope has openid.
    WantsIdToken wants_id_token: bool,
    /// The number of refresh tokens of a user and a client is limited.
    Limited limited: bool,
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
    /// The token request leaves the redirect URI out, and the client registered no other than that of the code.
    OnlyRedirectUriLeftOut only_redirect_uri_left_out: bool,
}

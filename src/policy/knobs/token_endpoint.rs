//! The token endpoint: what a refresh brings, and what a reuse ends.

knob! {
    RotatedRefreshTokenLifetime = "rotated_refresh_token_lifetime" in Session,
    question: "Does the limit on the age of a refresh token start anew with its successor?",
    evidence: "Browser-Based Applications section 6.3.2.3 and RFC 9700 section 4.14.2 reckon with a limit that rotation \
        does not move. oauth2-server-php gives each new token its whole lifetime, and so does oidc-provider, except for \
        public web clients whose tokens are bound to no key.",
    {
        Rest = "rest": "It goes on from the authorization.",
        New = "new": "It starts anew with each successor.",
        NewUnlessPublicWeb = "new_unless_public_web": "It starts anew, but goes on for public clients that are not \
            installed and whose tokens are bound to no key.",
    },
    default: Rest
}

knob! {
    SuccessorScope = "successor_scope" in Session,
    question: "Which scope has the refresh token that follows a refresh for less?",
    evidence: "RFC 6749 section 6 requires the scope of the presented token. better-auth gives the scope of this \
        refresh, and without offline_access the successor ends with the session.",
    {
        Kept = "kept": "That of the presented token.",
        Narrowed = "narrowed": "That of this refresh; where offline access is left out, it ends with the session.",
    },
    default: Kept
}

knob! {
    WiderScopeAtRefresh = "wider_scope_at_refresh" in Session,
    question: "What becomes of a refresh that asks for more than was granted?",
    evidence: "RFC 6749 section 6 and OAuth 2.1 section 4.3.1 do not allow it. workers-oauth-provider leaves out what \
        was not granted.",
    {
        Error = "error": "It is refused with invalid_scope.",
        Narrow = "narrow": "What was not granted is left out, and the client is told.",
    },
    default: Error
}

knob! {
    ReusedRefreshTokenEnds = "reused_refresh_token_ends" in Session,
    question: "What ends when a refresh token that was replaced is presented again?",
    evidence: "RFC 9700 section 4.14.2 revokes the active token, and OAuth 2.1 section 4.3.1 the authorization, too, as \
        oidc-provider does. better-auth ends all tokens of the user and the client. oauth2-server-php and \
        workers-oauth-provider refuse, and leave it at that.",
    {
        Family = "family": "The tokens that came from the same authorization.",
        ClientTokens = "client_tokens": "All tokens of the user and the client.",
        Grant = "grant": "The tokens of the grant, and the consent.",
        Nothing = "nothing": "Nothing: the token is refused.",
    },
    default: Family
}

knob! {
    ReplayedCodeEnds = "replayed_code_ends" in Session,
    question: "What ends when a code is presented again?",
    evidence: "RFC 6749 section 4.1.2 would revoke the tokens that came from it. oidc-provider and \
        workers-oauth-provider end the grant. oauth2-server-php refuses, and leaves it at that.",
    {
        Family = "family": "The tokens that came from it.",
        Grant = "grant": "The tokens of the grant, and the consent.",
        Nothing = "nothing": "Nothing: the code is refused.",
    },
    default: Family
}

knob! {
    SenderConstrainedTokens = "sender_constrained_tokens" in Session,
    question: "Are tokens issued that are bound to no key of the client?",
    evidence: "The FAPI 2.0 Security Profile section 5.3.2.1 issues sender-constrained access tokens only. RFC 9700 \
        section 2.2.1 recommends them, and elsewhere they are the client's choice.",
    {
        Optional = "optional": "They are: a key is the client's choice.",
        Required = "required": "They are not: without proof of a key the token request is invalid_request.",
    },
    default: Optional
}

//! The session, and what ends a token.

knob! {
    BothOnlineOffline = "both_online_offline" in Session,
    question: "Which wins when a request has both online_access and offline_access?",
    evidence: "No source says. SMART App Launch lists the two side by side and excludes nothing.",
    {
        OfflineWins = "offline_wins": "offline_access; online_access is ignored.",
        OnlineWins = "online_wins": "online_access; offline_access is ignored.",
        Error = "error": "Neither: the request is refused.",
    },
    default: OfflineWins
}

knob! {
    HonourOnlineAccess = "honour_online_access" in Session,
    question: "Does the server honour online_access?",
    evidence: "\"Online Access Refresh Tokens\" (2019) lets the server honour the wish or not, by its policy.",
    {
        Yes = true: "It honours the scope.",
        No = false: "It ignores the scope.",
    },
    default: Yes
}

knob! {
    OnlineAccessNeedsConsent = "online_access_needs_consent" in Session,
    question: "Does online_access call for a consent screen?",
    evidence: "\"Online Access Refresh Tokens\" (2019) attaches no rule of consent to it, and OpenID Connect Core \
        section 11 speaks of offline_access only.",
    {
        Yes = true: "It does, where consent for it is missing.",
        No = false: "It does not, but it is listed on a screen that is shown for another reason.",
    },
    default: No
}

knob! {
    BrowserRequiresOnlineAccess = "browser_requires_online_access" in Session,
    question: "Must a browser client ask for online_access?",
    evidence: "\"Online Access Refresh Tokens\" (2019) considers an application_type browser that requires the scope, \
        with a perhaps.",
    {
        Off = "off": "It need not.",
        Error = "error": "It must: without it the request is invalid_scope.",
        Add = "add": "The server adds the scope by itself.",
    },
    default: Off
}

knob! {
    SmartOnlineAccessStandalone = "smart_online_access_standalone" in Session,
    question: "Is online_access granted in a standalone launch?",
    evidence: "The refresh section of SMART App Launch names the scope for a launch from the health record. Its table \
        of scopes has no such limit.",
    {
        Allow = "allow": "It is granted.",
        Drop = "drop": "It is dropped.",
    },
    default: Allow
}

knob! {
    SessionTimeoutMarks = "session_timeout_marks" in Session,
    question: "What does a session-bound token become when the session times out?",
    evidence: "\"Online Access Refresh Tokens\" (2019) requires that it be revoked. AOL makes it valid for the life of \
        the session (OpenID Connect issue #539 comment 4), and SMART App Launch usable while the user is online, so \
        that it just lapses.",
    {
        Expired = "expired": "It is expired.",
        Revoked = "revoked": "It is revoked.",
    },
    default: Revoked
}

knob! {
    LogoutRevokesOffline = "logout_revokes_offline" in Session,
    question: "Does logout end offline refresh tokens?",
    evidence: "Back-Channel Logout section 2.7 says that normally it should not, AOL does not bind them (OpenID \
        Connect issue #539 comment 4), and Microsoft keeps them at single sign-out. RFC 9700 section 4.14.2 allows it, \
        and Browser-Based Applications section 6.3.2.3 would link every refresh token to the session. better-auth ends \
        every access token of the session, and no refresh token with offline_access.",
    {
        Yes = true: "All are revoked.",
        No = false: "None is revoked.",
        BrowserClientsOnly = "browser_clients_only": "Only those of browser clients.",
        AccessTokensOnly = "access_tokens_only": "None is revoked, but the offline access tokens of the session are.",
    },
    default: No
}

knob! {
    PasswordChangeRevokesOffline = "password_change_revokes_offline" in Session,
    question: "Does a change of password end offline refresh tokens?",
    evidence: "AOL (OpenID Connect issue #539 comment 4) and RFC 9700 section 4.14.2 allow it. Google ends those with \
        Gmail scopes, Microsoft those of public clients that came from a sign-in by password.",
    {
        Yes = true: "All are revoked.",
        No = false: "None is revoked.",
        ByRule = "by_rule": "Where the vendor's rule says so.",
    },
    default: No
}

knob! {
    PasswordChangeRule = "password_change_rule" in Session,
    question: "Which tokens does a changed password end, where a rule decides?",
    evidence: "Google lists refresh tokens that contain Gmail scopes. Microsoft's revocation table lists tokens of public \
        clients for which the user signed in with the password, and keeps those of confidential clients.",
    {
        GmailScopes = "gmail_scopes": "Refresh tokens that contain a Gmail scope.",
        PublicPassword = "public_password": "Tokens of public clients for which the user signed in with the password.",
    },
    default: GmailScopes
}

knob! {
    SessionDeadAtExchange = "session_dead_at_exchange" in Session,
    question: "What does a code give when its session ended before the exchange and the refresh token would be bound \
        to it?",
    evidence: "No standard says. \"Online Access Refresh Tokens\" (2019) revokes such tokens at the end of the session, \
        which speaks for refusal; under RFC 6749 a valid code can be redeemed. oidc-provider finds no code of a \
        session that ended, unless it is for offline access.",
    {
        Deny = "deny": "Nothing: invalid_grant.",
        DenyWithoutOfflineAccess = "deny_without_offline_access": "Nothing, also where there would be no refresh token: \
            invalid_grant.",
        AccessTokenOnly = "access_token_only": "An access token without a refresh token.",
        Full = "full": "Both tokens.",
    },
    default: Deny
}

knob! {
    AccountSwitchEndsSession = "account_switch_ends_session" in Session,
    question: "Does switching to another account end the session of the first?",
    evidence: "\"Online Access Refresh Tokens\" (2019) names account switching as a benefit of session-bound tokens \
        and gives no rule.",
    {
        Yes = true: "The session ends, and with it all that is bound to it.",
        No = false: "The session goes on.",
    },
    default: Yes
}

knob! {
    RevocationCascadesToGrant = "revocation_cascades_to_grant" in Session,
    question: "Does revoking a refresh token also forget the authorization?",
    evidence: "RFC 7009 section 2.1 allows it. Google relies on it, so that the next visit asks again (OpenID Connect \
        issue #539 comment 2), and revokes all scopes of a project together; Grant Management section 6.5 need not, \
        and the proposal of online_access leaves the session alone. oidc-provider forgets it with a refresh token \
        only, and oauth2-server-php ends only the token that was named.",
    {
        Yes = true: "The authorization is forgotten, and the next visit asks.",
        No = false: "The authorization stays.",
        RefreshTokenOnly = "refresh_token_only": "It is forgotten with a refresh token, and stays when an access token \
            takes its refresh token along.",
        FamilySpared = "family_spared": "The authorization stays, and only the token that was named ends.",
    },
    default: No
}

knob! {
    SupportsAccessTokenRevocation = "supports_access_token_revocation" in Session,
    question: "Can access tokens be revoked at the revocation endpoint?",
    evidence: "RFC 7009 section 2 requires the revocation of refresh tokens and recommends that of access tokens. \
        OpenID Connect Core section 16.18 reckons with access tokens that cannot be revoked.",
    {
        Yes = true: "They can.",
        No = false: "They cannot: unsupported_token_type.",
    },
    default: Yes
}

knob! {
    AccessTokenRevocationRevokesRefreshToken = "access_token_revocation_revokes_refresh_token" in Session,
    question: "Does revoking an access token also revoke its refresh token?",
    evidence: "RFC 7009 section 2.1 allows it, Google does it. oidc-provider ends whatever was issued under the same \
        authorization, at other times, too.",
    {
        Yes = true: "Both are revoked.",
        No = false: "The refresh token stays.",
        AllOfGrant = "all_of_grant": "Every token and code of the user and the client is revoked.",
    },
    default: No
}

knob! {
    ForeignTokenRevocationCode = "foreign_token_revocation_code" in Session,
    question: "What is the answer when a client revokes a token of another client?",
    evidence: "RFC 7009 section 2.1 refuses the request and names no error code. Some servers answer 200 and do \
        nothing, so that a token's existence is not told; oidc-provider does so for public clients alone.",
    {
        InvalidGrant = "invalid_grant": "The error invalid_grant.",
        InvalidClient = "invalid_client": "The error invalid_client.",
        Http200 = "http_200": "200, and nothing happens.",
        InvalidRequestIfConfidential = "invalid_request_if_confidential": "The error invalid_request for a confidential \
            client, and 200 for a public one, and nothing happens.",
    },
    default: InvalidGrant
}

knob! {
    UserRevocationClearsConsent = "user_revocation_clears_consent" in Session,
    question: "Is the stored consent forgotten when a user revokes an application?",
    evidence: "Google shows the screen again after a revocation (OpenID Connect issue #539 comment 2). AOL speaks of \
        the tokens of the client only (comment 4).",
    {
        Yes = true: "Tokens and consent go.",
        No = false: "Only the tokens go.",
    },
    default: Yes
}

knob! {
    ConditionWithdrawnRevokes = "condition_withdrawn_revokes" in Session,
    question: "Is the refresh token revoked when the condition that permitted it ends?",
    evidence: "No source says. OpenID Connect issue #539 comment 7 and OpenID Connect Core section 11 let a condition \
        for processing, such as an employment, permit offline access, and the GDPR wants a basis for as long as \
        processing lasts.",
    {
        Yes = true: "It is revoked.",
        No = false: "It stays.",
    },
    default: Yes
}

knob! {
    RefreshTokenRotation = "refresh_token_rotation" in Session,
    question: "Does a refresh bring a new refresh token?",
    evidence: "RFC 6749 section 6 allows it. RFC 9700 section 2.2.2 requires it of public clients whose tokens are not \
        sender-constrained; Okta rotates for single-page applications, and Microsoft gives a new token and keeps the \
        old one good. workers-oauth-provider keeps it good until the new one is used, as FAPI 2.0 section 5.3.2.1 \
        wants a client to be able to retry, and oauth2-server-php by default uses it up and gives none.",
    {
        Off = "off": "It does not.",
        Public = "public": "It does for public clients, unless the token is sender-constrained.",
        BrowserClients = "browser_clients": "It does for browser clients.",
        All = "all": "It does for all clients.",
        ReplaceKeepOld = "replace_keep_old": "It does, and the old one stays active.",
        UntilSuccessorUsed = "until_successor_used": "It does for all clients; the presented one stays active until the \
            new one is used, and all others of the authorization are superseded.",
        UsedUp = "used_up": "It does not, and the presented one is superseded.",
    },
    default: Off
}

knob! {
    DeclinedLogout = "declined_logout" in Session,
    question: "What ends when a client asks for a logout and the user declines?",
    evidence: "RP-Initiated Logout section 2 says only that the user may decline. oidc-provider ends what the client that \
        asked has in the session, and forgets its consent.",
    {
        Nothing = "nothing": "Nothing.",
        ClientTokensAndConsent = "client_tokens_and_consent": "The tokens of that client that are bound to the session, \
            and its consent.",
    },
    default: Nothing
}

//! Consent to offline access.

knob! {
    OfflineWithoutConsent = "offline_without_consent" in OfflineConsent,
    question: "What becomes of offline_access without prompt=consent when nothing else permits it?",
    evidence: "OpenID Connect Core section 11 (bullet 1) and OpenID Connect issue #539 comment 6 require that the \
        request be ignored. Microsoft, Okta, Auth0 and Keycloak ask only for consent that is missing; Duende \
        IdentityServer asks every time; OpenIddict refuses a client that has no permission for it.",
    {
        Ignore = "ignore": "The offline request is ignored, and the reduced scope is reported.",
        ShowConsent = "show_consent": "It is an ordinary scope: the screen appears where consent for it is missing.",
        AlwaysAsk = "always_ask": "The screen appears every time.",
        Error = "error": "The whole request is refused.",
    },
    default: Ignore
}

knob! {
    RefreshTokenWithoutOffline = "refresh_token_without_offline" in OfflineConsent,
    question: "Is a refresh token issued when offline access was not asked for, or was ignored?",
    evidence: "OpenID Connect Core section 11 allows it and defines nothing further, which is why the 2019 proposal of \
        online_access exists. AOL always issues one (OpenID Connect issue #539 comment 4), Google's web applications \
        and OAuthSD never do, and under RFC 6749 it is the server's choice.",
    {
        Yes = true: "One is issued, bound as default_refresh_token_binding says.",
        No = false: "None is issued.",
    },
    default: No
}

knob! {
    DefaultRefreshTokenBinding = "default_refresh_token_binding" in OfflineConsent,
    question: "Does a refresh token that nobody asked for end with the session?",
    evidence: "Back-Channel Logout section 2.7 says that refresh tokens without offline_access should be revoked at \
        logout, and AOL binds them to the session. The default suggested in OpenID Connect issue #539 keeps them valid \
        until revoked; \"Online Access Refresh Tokens\" (2019) finds the behaviour different in every implementation.",
    {
        Session = "session": "It ends with the session.",
        UntilRevoked = "until_revoked": "It outlives the session.",
    },
    default: Session
}

knob! {
    OfflineRefreshTokenLifetime = "offline_refresh_token_lifetime" in OfflineConsent,
    question: "How long does an offline refresh token live when no number is configured?",
    evidence: "The default suggested in OpenID Connect issue #539 and Google's principles (comment 2) name no end but \
        revocation. Google's announcement of 2011 says long-lived, AOL a long time but not infinite (comment 4), and \
        OpenID Connect Core nothing.",
    {
        Unspecified = "unspecified": "The source does not say.",
        UntilRevoked = "until_revoked": "Until it is revoked.",
        LongLived = "long_lived": "Long; no end is named.",
        LongButFinite = "long_but_finite": "Long, but not for ever.",
    },
    default: Unspecified
}

knob! {
    SavedConsentIsCondition = "saved_consent_is_condition" in OfflineConsent,
    question: "Does a saved consent that covered offline_access stand in for the screen?",
    evidence: "OpenID Connect issue #539 comment 6 and the draft of December 2012 call it not sufficient. OpenID \
        Connect Core section 11 calls it not always sufficient, and its third bullet is satisfied by consent that the \
        server already has.",
    {
        Yes = true: "It does, if it was given for offline access.",
        No = false: "It does not.",
        IfRecent = "if_recent": "Yes, if it is explicit and younger than saved_consent_max_age_s.",
    },
    default: No
}

knob! {
    RememberedConsentSufficesForOffline = "remembered_consent_suffices_for_offline" in OfflineConsent,
    question: "Where offline_access is an ordinary scope, does remembered consent cover it?",
    evidence: "OpenID Connect issue #539 comment 4 (AOL) lets consent be remembered with its list of scopes and names \
        no exception. Comment 5 understands that AOL wants explicit consent for such a refresh token, and comment 6, \
        by the author of comment 4, holds saved consent to be insufficient.",
    {
        Yes = true: "Yes, as for any other scope.",
        No = false: "No: the screen appears whenever offline access is asked for.",
    },
    default: Yes
}

knob! {
    NativeExplicitConsent = "native_explicit_consent" in OfflineConsent,
    question: "Must the screen appear every time a native application asks for offline access?",
    evidence: "OpenID Connect Core section 11 makes consent of native clients a SHOULD, yet prompt=consent still calls \
        for the screen. OpenID Connect issue #539 comment 6 would spare an application of the server's own company, \
        whose installation is consent; RFC 8252 section 8.6 and Google's first principle (comment 2) go the other way.",
    {
        AlwaysPrompt = "always_prompt": "It must.",
        SkipIfFirstPartyInstall = "skip_if_first_party_install": "Not if it is the server's own application and the \
            user installed it.",
    },
    default: AlwaysPrompt
}

knob! {
    NativeOfflineByDefault = "native_offline_by_default" in OfflineConsent,
    question: "Does an installed application have offline access without asking for it?",
    evidence: "Google grants it by default, since handing over credentials again and again is the greater risk there \
        (OpenID Connect issue #539 comment 2), and documents it so today. OpenID Connect Core and AOL grant it only on \
        request.",
    {
        Yes = true: "It has, in the code flow.",
        No = false: "It has not.",
    },
    default: No
}

knob! {
    PromptNoneWithOffline = "prompt_none_with_offline" in OfflineConsent,
    question: "What happens to offline_access in a request with prompt=none?",
    evidence: "OpenID Connect Core section 11 read literally ignores the offline request and lets the rest succeed. \
        Read with section 3.1.2.6, consent cannot be had and the answer is consent_required. Another condition for \
        processing can permit it without a screen.",
    {
        IgnoreOffline = "ignore_offline": "Only the offline request is ignored.",
        Error = "error": "The request fails with consent_required.",
    },
    default: IgnoreOffline
}

knob! {
    HybridOffline = "hybrid_offline" in OfflineConsent,
    question: "What does a hybrid response give for offline_access?",
    evidence: "OpenID Connect Core section 11 (bullet 2) asks only that a code be returned, as settled in \
        openid/connect issue #826, where the front-channel token does without offline access. Section 17.4 says that \
        the request is ignored when the access token passes through the User Agent.",
    {
        TokenEndpointOnly = "token_endpoint_only": "Offline access for the tokens of the token endpoint, not for \
            those in the front channel.",
        IgnoreIfFrontChannelAccessToken = "ignore_if_front_channel_access_token": "Nothing, when the front channel \
            carries an access token.",
        Full = "full": "Offline access for every token.",
    },
    default: TokenEndpointOnly
}

knob! {
    ApplyToPlainOauth = "apply_to_plain_oauth" in OfflineConsent,
    question: "Do the rules for offline_access bind a request without openid?",
    evidence: "OpenID Connect Core section 3.1.2.1 leaves a request without openid unspecified. OpenID Connect issue \
        #539 comment 6 wants the scope for plain OAuth as well.",
    {
        Yes = true: "They bind it too.",
        No = false: "No: there offline_access is an ordinary scope.",
    },
    default: Yes
}

knob! {
    PlainOauthRefreshToken = "plain_oauth_refresh_token" in OfflineConsent,
    question: "Does a plain OAuth code request always give a refresh token?",
    evidence: "oauth2-server-php, on which OAuthSD stands, issues one for every plain OAuth code and for OpenID \
        Connect only with offline_access. OpenID Connect Core is silent on plain OAuth.",
    {
        Always = "always": "It does, bound offline, whatever OpenID Connect requests get.",
        OnlyWithOfflineAccess = "only_with_offline_access": "It gets what an OpenID Connect request would get.",
    },
    default: OnlyWithOfflineAccess
}

knob! {
    UnregisteredRefreshGrant = "unregistered_refresh_grant" in OfflineConsent,
    question: "What happens when a client that is not registered for the refresh_token grant asks for offline access?",
    evidence: "OpenID Connect Registration lets a client declare the grants it restricts itself to. node-oidc-provider \
        drops the scope; OpenIddict refuses the request. oauth2-server-php issues the refresh token and refuses its \
        use; workers-oauth-provider and better-auth let whoever redeems a code refresh.",
    {
        Ignore = "ignore": "The offline request is ignored.",
        Error = "error": "The whole request is refused.",
        Issue = "issue": "The refresh token is issued, and its use is unauthorized_client.",
        ImpliedByCode = "implied_by_code": "Whoever may redeem codes may refresh.",
    },
    default: Ignore
}

knob! {
    OfflineScopeWithoutCode = "offline_scope_without_code" in OfflineConsent,
    question: "What becomes of a scope for offline access where the response type returns no code?",
    evidence: "OpenID Connect Core section 11 (bullet 2) has the request ignored unless the response type returns a \
        code. oauth2-server-php leaves the scope in the access token, and gives no refresh token.",
    {
        Dropped = "dropped": "It is left out, and the reduced scope is reported.",
        Kept = "kept": "It stays in the scope, and gives no refresh token.",
    },
    default: Dropped
}

knob! {
    AccessTokenLifetime = "access_token_lifetime" in OfflineConsent,
    question: "Does an access token outlive the session?",
    evidence: "AOL cuts it to one hour or the rest of the session, whichever is shorter (OpenID Connect issue #539 \
        comment 4). Other sources give it a lifetime of its own.",
    {
        Configured = "configured": "It lives as long as configured.",
        ShorterOfConfiguredAndSession = "shorter_of_configured_and_session": "It lives as long as configured, but not \
            longer than the session.",
    },
    default: Configured
}

knob! {
    OfflineAccessTokenCappedBySession = "offline_access_token_capped_by_session" in OfflineConsent,
    question: "Is an access token that comes with an offline refresh token still cut to the session?",
    evidence: "OpenID Connect issue #539 comment 4 gives the cut as the rule of AOL, and says of offline access only \
        that access tokens are still good for one hour.",
    {
        Yes = true: "It lives no longer than the session.",
        No = false: "It lives as long as configured.",
    },
    default: No
}

knob! {
    IssueRefreshTokens = "issue_refresh_tokens" in OfflineConsent,
    question: "Does the server issue refresh tokens to this client at all?",
    evidence: "RFC 9700 section 4.14.2 requires the server to decide that by an assessment of risk, and Browser-Based \
        Applications section 6.3.2.3 leaves it the choice. Spring Authorization Server issues none to public clients. All \
        other sources assume that it does.",
    {
        Yes = true: "It does.",
        No = false: "It never does, whatever is asked.",
        ConfidentialClients = "confidential_clients": "It does to confidential clients alone.",
    },
    default: Yes
}

knob! {
    OfflineNotice = "offline_notice" in OfflineConsent,
    question: "When does the consent screen tell the user about offline access?",
    evidence: "Google's announcement of November 2011 shows it when the application asks for offline access. OpenID \
        Connect Core section 16.18 wants long-term grants made clear, and Microsoft shows its line on every consent \
        screen.",
    {
        AskedForOrDefault = "asked_for_or_default": "When it was asked for or is the default of this client, and will \
            be granted.",
        AskedFor = "asked_for": "When it was asked for and will be granted.",
        Never = "never": "Never.",
        Always = "always": "On every consent screen.",
    },
    default: AskedForOrDefault
}

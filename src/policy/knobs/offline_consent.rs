//! Consent to offline access.

knob! {
    OfflineWithoutConsent = "offline_without_consent" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Ignore = "ignore": "TODO-PROSE",
        ShowConsent = "show_consent": "TODO-PROSE",
        AlwaysAsk = "always_ask": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
    },
    default: Ignore
}

knob! {
    RefreshTokenWithoutOffline = "refresh_token_without_offline" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    DefaultRefreshTokenBinding = "default_refresh_token_binding" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Session = "session": "TODO-PROSE",
        UntilRevoked = "until_revoked": "TODO-PROSE",
    },
    default: Session
}

knob! {
    OfflineRefreshTokenLifetime = "offline_refresh_token_lifetime" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Unspecified = "unspecified": "TODO-PROSE",
        UntilRevoked = "until_revoked": "TODO-PROSE",
        LongLived = "long_lived": "TODO-PROSE",
        LongButFinite = "long_but_finite": "TODO-PROSE",
    },
    default: Unspecified
}

knob! {
    SavedConsentIsCondition = "saved_consent_is_condition" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
        IfRecent = "if_recent": "TODO-PROSE",
    },
    default: No
}

knob! {
    RememberedConsentSufficesForOffline = "remembered_consent_suffices_for_offline" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    NativeExplicitConsent = "native_explicit_consent" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        AlwaysPrompt = "always_prompt": "TODO-PROSE",
        SkipIfFirstPartyInstall = "skip_if_first_party_install": "TODO-PROSE",
    },
    default: AlwaysPrompt
}

knob! {
    NativeOfflineByDefault = "native_offline_by_default" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    PromptNoneWithOffline = "prompt_none_with_offline" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        IgnoreOffline = "ignore_offline": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
    },
    default: IgnoreOffline
}

knob! {
    HybridOffline = "hybrid_offline" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        TokenEndpointOnly = "token_endpoint_only": "TODO-PROSE",
        IgnoreIfFrontChannelAccessToken = "ignore_if_front_channel_access_token": "TODO-PROSE",
        Full = "full": "TODO-PROSE",
    },
    default: TokenEndpointOnly
}

knob! {
    ApplyToPlainOauth = "apply_to_plain_oauth" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    PlainOauthRefreshToken = "plain_oauth_refresh_token" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Always = "always": "TODO-PROSE",
        OnlyWithOfflineAccess = "only_with_offline_access": "TODO-PROSE",
    },
    default: OnlyWithOfflineAccess
}

knob! {
    UnregisteredRefreshGrant = "unregistered_refresh_grant" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Ignore = "ignore": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
    },
    default: Ignore
}

knob! {
    AccessTokenLifetime = "access_token_lifetime" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Configured = "configured": "TODO-PROSE",
        ShorterOfConfiguredAndSession = "shorter_of_configured_and_session": "TODO-PROSE",
    },
    default: Configured
}

knob! {
    OfflineAccessTokenCappedBySession = "offline_access_token_capped_by_session" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    IssueRefreshTokens = "issue_refresh_tokens" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    OfflineNotice = "offline_notice" in OfflineConsent,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        AskedForOrDefault = "asked_for_or_default": "TODO-PROSE",
        AskedFor = "asked_for": "TODO-PROSE",
        Never = "never": "TODO-PROSE",
        Always = "always": "TODO-PROSE",
    },
    default: AskedForOrDefault
}

//! The session, and what ends a token.

knob! {
    BothOnlineOffline = "both_online_offline" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        OfflineWins = "offline_wins": "TODO-PROSE",
        OnlineWins = "online_wins": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
    },
    default: OfflineWins
}

knob! {
    HonourOnlineAccess = "honour_online_access" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    OnlineAccessNeedsConsent = "online_access_needs_consent" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    BrowserRequiresOnlineAccess = "browser_requires_online_access" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Off = "off": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
        Add = "add": "TODO-PROSE",
    },
    default: Off
}

knob! {
    SmartOnlineAccessStandalone = "smart_online_access_standalone" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Allow = "allow": "TODO-PROSE",
        Drop = "drop": "TODO-PROSE",
    },
    default: Allow
}

knob! {
    SessionTimeoutMarks = "session_timeout_marks" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Expired = "expired": "TODO-PROSE",
        Revoked = "revoked": "TODO-PROSE",
    },
    default: Revoked
}

knob! {
    LogoutRevokesOffline = "logout_revokes_offline" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
        BrowserClientsOnly = "browser_clients_only": "TODO-PROSE",
    },
    default: No
}

knob! {
    PasswordChangeRevokesOffline = "password_change_revokes_offline" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
        ByRule = "by_rule": "TODO-PROSE",
    },
    default: No
}

knob! {
    SessionDeadAtExchange = "session_dead_at_exchange" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Deny = "deny": "TODO-PROSE",
        AccessTokenOnly = "access_token_only": "TODO-PROSE",
        Full = "full": "TODO-PROSE",
    },
    default: Deny
}

knob! {
    AccountSwitchEndsSession = "account_switch_ends_session" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    RevocationCascadesToGrant = "revocation_cascades_to_grant" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    SupportsAccessTokenRevocation = "supports_access_token_revocation" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    AccessTokenRevocationRevokesRefreshToken = "access_token_revocation_revokes_refresh_token" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    ForeignTokenRevocationCode = "foreign_token_revocation_code" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        InvalidGrant = "invalid_grant": "TODO-PROSE",
        InvalidClient = "invalid_client": "TODO-PROSE",
        Http200 = "http_200": "TODO-PROSE",
    },
    default: InvalidGrant
}

knob! {
    UserRevocationClearsConsent = "user_revocation_clears_consent" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    ConditionWithdrawnRevokes = "condition_withdrawn_revokes" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    RefreshTokenRotation = "refresh_token_rotation" in Session,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Off = "off": "TODO-PROSE",
        Public = "public": "TODO-PROSE",
        BrowserClients = "browser_clients": "TODO-PROSE",
        All = "all": "TODO-PROSE",
        ReplaceKeepOld = "replace_keep_old": "TODO-PROSE",
    },
    default: Off
}

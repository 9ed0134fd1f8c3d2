//! Settings of single vendors.

knob! {
    AdminRestrictionError = "admin_restriction_error" in Vendor,
    question: "Which error tells that an administrator restricts the application?",
    evidence: "Google shows admin_policy_enforced. RFC 6749 section 4.1.2.1 has access_denied.",
    {
        AdminPolicyEnforced = "admin_policy_enforced": "admin_policy_enforced.",
        AccessDenied = "access_denied": "access_denied.",
    },
    default: AccessDenied
}

knob! {
    ConsentRequired = "consent_required" in Vendor,
    question: "Does this client need consent at all?",
    evidence: "Okta and Keycloak let an administrator mark a client as trusted, which then never shows a screen. \
        OpenID Connect Core section 3.1.2.4 accepts consent established by other means.",
    {
        Yes = true: "It needs consent like any other client.",
        No = false: "It is trusted and never shows a screen for consent.",
    },
    default: Yes
}

knob! {
    PromptConsentOnTrustedClient = "prompt_consent_on_trusted_client" in Vendor,
    question: "Does prompt=consent show the screen for a client that needs no consent?",
    evidence: "Okta asks on prompt=consent also where the app is trusted. Keycloak shows the screen only for clients \
        whose registration requires consent; there prompt=consent sets the stored consent aside, and nothing else.",
    {
        Ask = "ask": "The screen is shown.",
        Skip = "skip": "No screen is shown.",
    },
    default: Ask
}

knob! {
    FirstPartySkipsConsent = "first_party_skips_consent" in Vendor,
    question: "Does the server's own application skip the consent screen?",
    evidence: "Auth0 lets an API allow it, but never for a localhost redirect, where anybody can pose as the \
        application. OpenID Connect issue #539 comment 6 wants it for native applications of the server's company.",
    {
        Yes = true: "It does, except with a redirect to localhost.",
        No = false: "It asks like any other client.",
    },
    default: No
}

knob! {
    ResourceAllowsOffline = "resource_allows_offline" in Vendor,
    question: "Does the requested API allow offline access?",
    evidence: "Auth0 has a switch for it on every API and drops the offline request where it is off. Other sources \
        know no such switch.",
    {
        Yes = true: "It does.",
        No = false: "It does not: the offline request is ignored.",
    },
    default: Yes
}

knob! {
    RefreshTokenPolicy = "refresh_token_policy" in Vendor,
    question: "Which refresh token policy does the application have?",
    evidence: "Salesforce Help lists four, set by the administrator of the application. RFC 6749 leaves the lifetime \
        of a refresh token to the server.",
    {
        ValidUntilRevoked = "valid_until_revoked": "It is valid until revoked.",
        ExpireImmediately = "expire_immediately": "It expires at once.",
        ExpireAfter = "expire_after": "It expires after refresh_token_policy_s.",
        ExpireIfUnused = "expire_if_unused": "It expires when it is not used for refresh_token_policy_s.",
    },
    default: ValidUntilRevoked
}

knob! {
    IdleLimit30Days = "idle_limit_30_days" in Vendor,
    question: "Does a refresh token expire after 30 days without use, whatever its policy says?",
    evidence: "Salesforce Help offers this limit to the developer of the application; it turns the policy \"valid \
        until revoked\" into 30 days without use.",
    {
        Yes = true: "It does.",
        No = false: "Its policy alone counts.",
    },
    default: No
}

knob! {
    TestingProjectLimit = "testing_project_limit" in Vendor,
    question: "Do refresh tokens of a project in testing end after seven days?",
    evidence: "Google ends them for external projects that are not published, unless the scopes are name, email \
        address and profile only. No other source has such a limit.",
    {
        Yes = true: "They end after seven days.",
        No = false: "They live as long as any other.",
    },
    default: No
}

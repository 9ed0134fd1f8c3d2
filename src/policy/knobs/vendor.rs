//! Settings of single vendors.

knob! {
    AdminRestrictionError = "admin_restriction_error" in Vendor,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        AdminPolicyEnforced = "admin_policy_enforced": "TODO-PROSE",
        AccessDenied = "access_denied": "TODO-PROSE",
    },
    default: AccessDenied
}

knob! {
    ConsentRequired = "consent_required" in Vendor,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    FirstPartySkipsConsent = "first_party_skips_consent" in Vendor,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    ResourceAllowsOffline = "resource_allows_offline" in Vendor,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    RefreshTokenPolicy = "refresh_token_policy" in Vendor,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        ValidUntilRevoked = "valid_until_revoked": "TODO-PROSE",
        ExpireImmediately = "expire_immediately": "TODO-PROSE",
        ExpireAfter = "expire_after": "TODO-PROSE",
        ExpireIfUnused = "expire_if_unused": "TODO-PROSE",
    },
    default: ValidUntilRevoked
}

knob! {
    IdleLimit30Days = "idle_limit_30_days" in Vendor,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    TestingProjectLimit = "testing_project_limit" in Vendor,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

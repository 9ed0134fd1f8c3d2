//! Incremental authorization and grants.

knob! {
    SupportsIncludeGrantedScopes = "supports_include_granted_scopes" in Incremental,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    IncludeGrantedScopesPublic = "include_granted_scopes_public" in Incremental,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Ignore = "ignore": "TODO-PROSE",
        Honour = "honour": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
    },
    default: Ignore
}

knob! {
    IncludeGrantedScopesExcludes = "include_granted_scopes_excludes" in Incremental,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        PublicClients = "public_clients": "TODO-PROSE",
        InstalledApps = "installed_apps": "TODO-PROSE",
    },
    default: PublicClients
}

knob! {
    ExistingGrantFailure = "existing_grant_failure" in Incremental,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        InvalidGrant = "invalid_grant": "TODO-PROSE",
        Ignore = "ignore": "TODO-PROSE",
    },
    default: InvalidGrant
}

knob! {
    CodeConsumedOnFailure = "code_consumed_on_failure" in Incremental,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    OldRefreshTokenAfterIncrement = "old_refresh_token_after_increment" in Incremental,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Keep = "keep": "TODO-PROSE",
        Revoke = "revoke": "TODO-PROSE",
    },
    default: Keep
}

knob! {
    GrantModel = "grant_model" in Incremental,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Single = "single": "TODO-PROSE",
        PerProject = "per_project": "TODO-PROSE",
        Multiple = "multiple": "TODO-PROSE",
    },
    default: Single
}

knob! {
    GrantManagementActionRequired = "grant_management_action_required" in Incremental,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

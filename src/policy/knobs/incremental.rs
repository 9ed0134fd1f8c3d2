//! Incremental authorization and grants.

knob! {
    SupportsIncludeGrantedScopes = "supports_include_granted_scopes" in Incremental,
    question: "Does include_granted_scopes=true add earlier grants to the new tokens?",
    evidence: "draft-wdenniss-oauth-incremental-auth-00 section 4 leaves the support to the server, and draft -04 \
        makes even the effect a SHOULD, so that a client cannot tell whether it was heeded. Google documents the \
        parameter.",
    {
        Yes = true: "Earlier grants are added.",
        No = false: "The parameter is not supported.",
    },
    default: No
}

knob! {
    IncludeGrantedScopesPublic = "include_granted_scopes_public" in Incremental,
    question: "What happens when an excluded client sends include_granted_scopes?",
    evidence: "draft-wdenniss-oauth-incremental-auth-00 section 5 wants no earlier scopes in grants of public clients. \
        Google does not support the parameter for installed applications, but documents it for JavaScript ones.",
    {
        Ignore = "ignore": "It is ignored.",
        Honour = "honour": "It is honoured all the same.",
        Error = "error": "The request is refused.",
    },
    default: Ignore
}

knob! {
    IncludeGrantedScopesExcludes = "include_granted_scopes_excludes" in Incremental,
    question: "Which clients may not use include_granted_scopes?",
    evidence: "draft-wdenniss-oauth-incremental-auth-00 divides by secret: public clients cannot be auto-approved. \
        Google divides by platform: installed applications cannot use it, JavaScript applications can.",
    {
        PublicClients = "public_clients": "Public clients.",
        InstalledApps = "installed_apps": "Native clients only.",
    },
    default: PublicClients
}

knob! {
    SupportsExistingGrant = "supports_existing_grant" in Incremental,
    question: "Does the server know existing_grant at the code exchange?",
    evidence: "draft-wdenniss-oauth-incremental-auth-00 section 5 defines the parameter. No server of the other profiles \
        documents it, and RFC 6749 section 3.2 has unrecognised parameters ignored.",
    {
        Yes = true: "The refresh token in existing_grant is verified, and its scopes join the new one.",
        No = false: "The parameter is ignored.",
    },
    default: No
}

knob! {
    ExistingGrantFailure = "existing_grant_failure" in Incremental,
    question: "What happens to the code exchange when existing_grant fails its checks?",
    evidence: "draft-wdenniss-oauth-incremental-auth-00 section 5 says what must be verified and what follows from \
        success, not what follows from failure.",
    {
        InvalidGrant = "invalid_grant": "The exchange fails with invalid_grant.",
        Ignore = "ignore": "The exchange goes on without the earlier grant.",
    },
    default: InvalidGrant
}

knob! {
    CodeConsumedOnFailure = "code_consumed_on_failure" in Incremental,
    question: "Is the code used up when existing_grant fails its checks?",
    evidence: "draft-wdenniss-oauth-incremental-auth-00 does not say. RFC 6749 section 4.1.2 makes a code single use; \
        keeping it would let a client try again without asking the user.",
    {
        Yes = true: "It is used up.",
        No = false: "It can be redeemed once more.",
    },
    default: Yes
}

knob! {
    OldRefreshTokenAfterIncrement = "old_refresh_token_after_increment" in Incremental,
    question: "Does the earlier refresh token survive when a grant grows?",
    evidence: "draft-wdenniss-oauth-incremental-auth-00 issues a new one and is silent on the old. Grant Management \
        section 5.2 invalidates the refresh tokens of a grant that is merged or replaced. workers-oauth-provider ends \
        the earlier grants of user and client whenever an authorization is completed.",
    {
        Keep = "keep": "It survives.",
        Revoke = "revoke": "It is revoked.",
        AllAtApproval = "all_at_approval": "Each approval ends all earlier tokens of the user and the client.",
    },
    default: Keep
}

knob! {
    GrantModel = "grant_model" in Incremental,
    question: "How many grants can a user have given to a client?",
    evidence: "AOL keeps one for each user and client (OpenID Connect issue #539 comment 4). Google counts the clients \
        of an API project together, and Grant Management keeps several, each with an id. panva/node-oidc-provider \
        keeps the grant in the session, so that another session of the user starts without one.",
    {
        Single = "single": "One.",
        PerProject = "per_project": "One for all clients of a project.",
        Multiple = "multiple": "Several, each with its own id.",
        PerSession = "per_session": "One in each session of the user, which counts in no other.",
    },
    default: Single
}

knob! {
    GrantManagementActionRequired = "grant_management_action_required" in Incremental,
    question: "Must every request name a grant management action?",
    evidence: "Grant Management lets a server announce that the parameter is required, and then has it answer \
        invalid_request where it is missing. By default a request without it is an ordinary one.",
    {
        Yes = true: "A request without one is invalid_request.",
        No = false: "A request without one is an ordinary request.",
    },
    default: No
}

//! How the request asks, and in which words the server answers.

knob! {
    OfflineRequest = "offline_request" in Vocabulary,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Scope = "scope": "TODO-PROSE",
        ScopeOrRefreshToken = "scope_or_refresh_token": "TODO-PROSE",
        AccessType = "access_type": "TODO-PROSE",
        None = "none": "TODO-PROSE",
    },
    default: Scope
}

knob! {
    OnlineAccessScope = "online_access_scope" in Vocabulary,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    PromptVocabulary = "prompt_vocabulary" in Vocabulary,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Openid = "openid": "TODO-PROSE",
        Google = "google": "TODO-PROSE",
        AutoForce = "auto_force": "TODO-PROSE",
        None = "none": "TODO-PROSE",
    },
    default: Openid
}

knob! {
    LegacyApprovalPrompt = "legacy_approval_prompt" in Vocabulary,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Honour = "honour": "TODO-PROSE",
        Ignore = "ignore": "TODO-PROSE",
        Unknown = "unknown": "TODO-PROSE",
    },
    default: Unknown
}

knob! {
    SmartLaunch = "smart_launch" in Vocabulary,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    NoCodeReason = "no_code_reason" in Vocabulary,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        NotCodeFlow = "not_code_flow": "TODO-PROSE",
        ImplicitFlow = "implicit_flow": "TODO-PROSE",
        ResponseTypeReturnsNoCode = "response_type_returns_no_code": "TODO-PROSE",
    },
    default: ResponseTypeReturnsNoCode
}

knob! {
    AutoApprovalReason = "auto_approval_reason" in Vocabulary,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        AutoApprovalWins = "auto_approval_wins": "TODO-PROSE",
        AutoApproved = "auto_approved": "TODO-PROSE",
        NotFirstAuthorization = "not_first_authorization": "TODO-PROSE",
    },
    default: AutoApprovalWins
}

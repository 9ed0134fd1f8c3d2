//! Approval without a page, and what it gives.

knob! {
    AutoApproval = "auto_approval" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    NativeAutoApproval = "native_auto_approval" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    RefreshTokenOnAutoApproval = "refresh_token_on_auto_approval" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Never = "never": "TODO-PROSE",
        SessionOnly = "session_only": "TODO-PROSE",
        Always = "always": "TODO-PROSE",
    },
    default: Always
}

knob! {
    FirstRefreshTokenRule = "first_refresh_token_rule" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        ConsentedResponse = "consented_response": "TODO-PROSE",
        FirstExchange = "first_exchange": "TODO-PROSE",
    },
    default: ConsentedResponse
}

knob! {
    NewScopeUnderAutoApproval = "new_scope_under_auto_approval" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        PromptForNew = "prompt_for_new": "TODO-PROSE",
        AppLevelGrant = "app_level_grant": "TODO-PROSE",
    },
    default: PromptForNew
}

knob! {
    PublicAutoApproval = "public_auto_approval" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Never = "never": "TODO-PROSE",
        ClaimedHttps = "claimed_https": "TODO-PROSE",
        ExactHttps = "exact_https": "TODO-PROSE",
        Always = "always": "TODO-PROSE",
    },
    default: Never
}

knob! {
    ClientSideAutoApproval = "client_side_auto_approval" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

knob! {
    AccessTypeOnNative = "access_type_on_native" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Ignore = "ignore": "TODO-PROSE",
        Honour = "honour": "TODO-PROSE",
    },
    default: Ignore
}

knob! {
    AccessTypeOfflineInTokenFlow = "access_type_offline_in_token_flow" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Reject = "reject": "TODO-PROSE",
        Ignore = "ignore": "TODO-PROSE",
    },
    default: Ignore
}

knob! {
    RememberConsent = "remember_consent" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Always = "always": "TODO-PROSE",
        Checkbox = "checkbox": "TODO-PROSE",
    },
    default: Always
}

knob! {
    AlreadyGrantedDisplay = "already_granted_display" in Approval,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Hidden = "hidden": "TODO-PROSE",
        Marked = "marked": "TODO-PROSE",
    },
    default: Marked
}

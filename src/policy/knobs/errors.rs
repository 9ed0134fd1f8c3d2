//! Prompts and errors.

knob! {
    PromptNoneErrorCode = "prompt_none_error_code" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Specific = "specific": "TODO-PROSE",
        InteractionRequired = "interaction_required": "TODO-PROSE",
    },
    default: Specific
}

knob! {
    UnknownPrompt = "unknown_prompt" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Ignore = "ignore": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
        Http400 = "http_400": "TODO-PROSE",
    },
    default: Ignore
}

knob! {
    UnknownDisplay = "unknown_display" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Ignore = "ignore": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
    },
    default: Ignore
}

knob! {
    UnknownScope = "unknown_scope" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Ignore = "ignore": "TODO-PROSE",
        Error = "error": "TODO-PROSE",
    },
    default: Ignore
}

knob! {
    RequireHintWithNone = "require_hint_with_none" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    MaxAgeZeroWithNone = "max_age_zero_with_none" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        LoginRequired = "login_required": "TODO-PROSE",
        InvalidRequest = "invalid_request": "TODO-PROSE",
    },
    default: LoginRequired
}

knob! {
    MustSelectAccount = "must_select_account" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    LegacyParamConflict = "legacy_param_conflict" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        ErrorPage = "error_page": "TODO-PROSE",
        RedirectError = "redirect_error": "TODO-PROSE",
    },
    default: ErrorPage
}

knob! {
    UnknownResponseTypePlacement = "unknown_response_type_placement" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Query = "query": "TODO-PROSE",
        FragmentIfContainsToken = "fragment_if_contains_token": "TODO-PROSE",
    },
    default: Query
}

knob! {
    ClientSideErrors = "client_side_errors" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Fragment = "fragment": "TODO-PROSE",
        Query = "query": "TODO-PROSE",
    },
    default: Fragment
}

knob! {
    ErrorVsOpenRedirector = "error_vs_open_redirector" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Immediate = "immediate": "TODO-PROSE",
        AfterLogin = "after_login": "TODO-PROSE",
    },
    default: Immediate
}

knob! {
    RequirePkcePublic = "require_pkce_public" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: No
}

knob! {
    AllowImplicit = "allow_implicit" in Errors,
    question: "TODO-PROSE",
    evidence: "TODO-PROSE",
    {
        Yes = true: "TODO-PROSE",
        No = false: "TODO-PROSE",
    },
    default: Yes
}

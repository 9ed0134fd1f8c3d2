//! How the request asks, and in which words the server answers.

knob! {
    OfflineRequest = "offline_request" in Vocabulary,
    question: "How does a request ask for offline access?",
    evidence: "OpenID Connect Core section 11 and AOL (OpenID Connect issue #539 comment 4) use the scope \
        offline_access. Google uses the parameter access_type, which never appears in the granted scope (comment 2). \
        Salesforce Help names the scope refresh_token with offline_access as its alias, and RFC 6749 has no word for \
        it at all.",
    {
        Scope = "scope": "By the scope offline_access.",
        ScopeOrRefreshToken = "scope_or_refresh_token": "By the scope refresh_token or its alias offline_access.",
        AccessType = "access_type": "By the parameter access_type=offline.",
        None = "none": "Not at all: the server alone decides, and offline_access is none of its scopes.",
    },
    default: Scope
}

knob! {
    OnlineAccessScope = "online_access_scope" in Vocabulary,
    question: "Does the scope online_access ask for a refresh token that ends with the session?",
    evidence: "\"Online Access Refresh Tokens\" (2019) proposes the scope, and SMART App Launch has used it for long. \
        OpenID Connect Core does not know it, so other servers treat it as any scope that they do not know.",
    {
        Yes = true: "It asks for a session-bound refresh token.",
        No = false: "It is none of the server's scopes, unless scopes_supported names it.",
    },
    default: No
}

knob! {
    PromptVocabulary = "prompt_vocabulary" in Vocabulary,
    question: "Which values of prompt does the server know?",
    evidence: "OpenID Connect Core section 3.1.2.1 defines none, login, consent and select_account. Google documents \
        none, consent and select_account today and had auto and force in 2012 (OpenID Connect issue #539 comment 2); \
        comment 6 finds that consent serves for force. node-oidc-provider has no select_account by default, and \
        oauth2-server-php compares the whole parameter with none.",
    {
        Openid = "openid": "none, login, consent and select_account.",
        Google = "google": "none, consent and select_account.",
        AutoForce = "auto_force": "auto and force, and none for a silent request.",
        None = "none": "No value: the parameter is not known.",
        LoginConsent = "login_consent": "none, login and consent.",
        NoneOnly = "none_only": "Exactly none; anything else has no effect, and is no error.",
    },
    default: Openid
}

knob! {
    LegacyApprovalPrompt = "legacy_approval_prompt" in Vocabulary,
    question: "What becomes of approval_prompt=force?",
    evidence: "Google's announcement of November 2011 offers it to keep the consent screen at every visit. Google's \
        later endpoint no longer honours it (googleapis/oauth2client issue #453), and no other server knows it.",
    {
        Honour = "honour": "It shows the screen even to a returning user.",
        Ignore = "ignore": "It is known, set aside, and reported as ignored.",
        Unknown = "unknown": "It is an unsupported parameter.",
    },
    default: Unknown
}

knob! {
    SmartLaunch = "smart_launch" in Vocabulary,
    question: "Are the launch scopes and the launch parameter of SMART App Launch understood?",
    evidence: "SMART App Launch lets a health record start an application in context and lets the server decide which \
        kinds of client are eligible for a refresh token. Outside SMART these scopes have no meaning of their own.",
    {
        Yes = true: "The launch context and the client's eligibility take part in the decision.",
        No = false: "Launch scopes are scopes like any other.",
    },
    default: No
}

knob! {
    NoCodeReason = "no_code_reason" in Vocabulary,
    question: "By which reason is an offline request set aside when the response holds no code?",
    evidence: "Google and AOL speak of the code flow (OpenID Connect issue #539 comments 2 and 4), the draft of \
        December 2012 of the Implicit Flow (comment 6), OpenID Connect Core section 11 of a response_type that returns \
        a code. The outcome is the same, the words differ.",
    {
        NotCodeFlow = "not_code_flow": "The request is not in the code flow.",
        ImplicitFlow = "implicit_flow": "The request is in the Implicit Flow.",
        ResponseTypeReturnsNoCode = "response_type_returns_no_code": "The response_type returns no code.",
    },
    default: ResponseTypeReturnsNoCode
}

knob! {
    AutoApprovalReason = "auto_approval_reason" in Vocabulary,
    question: "By which reason is access_type=offline set aside when no screen was shown?",
    evidence: "Google said in 2011 that auto-approved responses carry no refresh token, in 2012 that auto-approval \
        wins over offline access (OpenID Connect issue #539 comment 2), and documents today that only the first \
        authorization gives one.",
    {
        AutoApprovalWins = "auto_approval_wins": "Auto-approval wins over offline access.",
        AutoApproved = "auto_approved": "The response was auto-approved.",
        NotFirstAuthorization = "not_first_authorization": "It is not the first authorization.",
    },
    default: AutoApprovalWins
}

knob! {
    ForeignAccessScope = "foreign_access_scope" in Vocabulary,
    question: "What becomes of a scope by which other servers are asked for offline or online access?",
    evidence: "A server that does not know offline_access or online_access treats it as any unknown scope (RFC 6749 \
        section 4.1.2.1, OpenID Connect Core section 3.1.2.1). Google, where access_type asks, shows the user an error \
        page, 400 invalid_scope, for offline_access (holoviz/panel issue #5815, lukaszraczylo/traefikoidc issue #44), \
        and did so in 2012 (Grive/grive issue #7). A server that names the scope among those that it supports knows it.",
    {
        UnknownScope = "unknown_scope": "It is an unknown scope.",
        ErrorPage = "error_page": "The user sees an error page, invalid_scope, and nothing is redirected.",
    },
    default: UnknownScope
}

knob! {
    TokenResponseScope = "token_response_scope" in Vocabulary,
    question: "When does a token response report the scope?",
    evidence: "RFC 6749 sections 3.3 and 5.1 require it where the scope differs from the requested one and leave it \
        out otherwise. SMART App Launch requires scope and expires_in in every token response.",
    {
        IfChanged = "if_changed": "Where it differs from the requested one.",
        Always = "always": "In every token response.",
    },
    default: IfChanged
}

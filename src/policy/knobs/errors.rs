//! Prompts and errors.

knob! {
    PromptNoneErrorCode = "prompt_none_error_code" in Errors,
    question: "Which error code does prompt=none get when a screen is needed?",
    evidence: "OpenID Connect Core section 3.1.2.6 offers login_required, consent_required, account_selection_required \
        and interaction_required, each as a MAY. Hydra answers with the specific one, node-oidc-provider with \
        interaction_required for native clients.",
    {
        Specific = "specific": "The code that names what is missing.",
        InteractionRequired = "interaction_required": "interaction_required, where consent is missing.",
        InteractionRequiredIfNative = "interaction_required_if_native": "The same for native clients alone, and not for \
            the response type none.",
    },
    default: Specific
}

knob! {
    UnknownPrompt = "unknown_prompt" in Errors,
    question: "What happens to an unknown value of prompt?",
    evidence: "OpenID Connect Core section 3.1.2.1 allows an error and prefers to ignore it. Initiating User \
        Registration section 4.1 wants HTTP 400 with invalid_request, not a redirect.",
    {
        Ignore = "ignore": "It is ignored.",
        Error = "error": "The error invalid_request, by redirect.",
        Http400 = "http_400": "The error invalid_request, as HTTP 400.",
    },
    default: Ignore
}

knob! {
    UnknownDisplay = "unknown_display" in Errors,
    question: "What happens to an unknown value of display?",
    evidence: "OpenID Connect Core section 3.1.2.1 lets a server ignore it and does not forbid an error.",
    {
        Ignore = "ignore": "It is ignored.",
        Error = "error": "The error invalid_request.",
    },
    default: Ignore
}

knob! {
    UnknownScope = "unknown_scope" in Errors,
    question: "What happens to an unknown scope?",
    evidence: "OpenID Connect Core section 3.1.2.1 says that it should be ignored. RFC 6749 section 4.1.2.1 has \
        invalid_scope for it.",
    {
        Ignore = "ignore": "It is left out, and the reduced scope is reported.",
        Error = "error": "The error invalid_scope.",
    },
    default: Ignore
}

knob! {
    RequireHintWithNone = "require_hint_with_none" in Errors,
    question: "Does prompt=none need an id_token_hint?",
    evidence: "OpenID Connect Core section 3.1.2.1 lets a server answer invalid_request without it, and says that it \
        should succeed where it can.",
    {
        Yes = true: "Without it the request is invalid_request.",
        No = false: "It is optional.",
    },
    default: No
}

knob! {
    MaxAgeZeroWithNone = "max_age_zero_with_none" in Errors,
    question: "What is the answer to max_age=0 with prompt=none?",
    evidence: "Errata set 2 of OpenID Connect Core makes max_age=0 equal to prompt=login, so that the request \
        contradicts itself as prompt=none login does. It can also be read as a sign-in that is too old.",
    {
        LoginRequired = "login_required": "The error login_required.",
        InvalidRequest = "invalid_request": "The error invalid_request.",
    },
    default: LoginRequired
}

knob! {
    MustSelectAccount = "must_select_account" in Errors,
    question: "Must a user who is signed in with several accounts choose one?",
    evidence: "OpenID Connect Core section 3.1.2.6 has account_selection_required for prompt=none and leaves it to the \
        server when a choice is needed.",
    {
        Yes = true: "A choice is needed, unless the request says which one.",
        No = false: "The current account is taken.",
    },
    default: No
}

knob! {
    LegacyParamConflict = "legacy_param_conflict" in Errors,
    question: "Where does the error appear when approval_prompt and prompt are sent together?",
    evidence: "Google refuses the pair as conflicting (googleapis/google-auth-library-java issue #1443); the placement \
        is not documented.",
    {
        ErrorPage = "error_page": "On an error page of the server.",
        RedirectError = "redirect_error": "In a redirect, as invalid_request.",
    },
    default: ErrorPage
}

knob! {
    UnknownResponseTypePlacement = "unknown_response_type_placement" in Errors,
    question: "Where does the error go for a response_type that the server cannot parse?",
    evidence: "RFC 6749 section 3.1.1 refers to section 4.1.2.1, which puts errors into the query. A value that names \
        token or id_token suggests a client that reads the fragment.",
    {
        Query = "query": "Into the query.",
        FragmentIfContainsToken = "fragment_if_contains_token": "Into the fragment if the value names token or \
            id_token.",
    },
    default: Query
}

knob! {
    ClientSideErrors = "client_side_errors" in Errors,
    question: "Where do errors of the token flow go?",
    evidence: "RFC 6749 section 4.2.2.1 and OpenID Connect Core section 3.2.2.6 put them into the fragment. Google put \
        them into the query until its change of December 2011, and oauth2-server-php still does.",
    {
        Fragment = "fragment": "Into the fragment.",
        Query = "query": "Into the query.",
    },
    default: Fragment
}

knob! {
    ErrorVsOpenRedirector = "error_vs_open_redirector" in Errors,
    question: "May an error be redirected before the user is authenticated?",
    evidence: "RFC 6749 section 4.1.2.1 redirects errors at once. RFC 9700 section 4.11.2 wants the user authenticated \
        first, except for silent authentication, lest the server serve as an open redirector.",
    {
        Immediate = "immediate": "Yes, at once.",
        AfterLogin = "after_login": "No, only after sign-in, except with prompt=none.",
    },
    default: Immediate
}

knob! {
    RequirePkcePublic = "require_pkce_public" in Errors,
    question: "Must a public client use PKCE?",
    evidence: "RFC 9700 section 2.1.1 requires it of public clients and recommends it for confidential ones, and the \
        OAuth 2.1 draft requires it of all. RFC 6749 does not know it, and older clients do without.",
    {
        Yes = true: "Without it the request is invalid_request.",
        No = false: "PKCE is optional.",
        AllClients = "all_clients": "Confidential clients need it, too.",
    },
    default: No
}

knob! {
    PkcePlain = "pkce_plain" in Errors,
    question: "Is the code challenge method plain accepted?",
    evidence: "RFC 7636 section 4.2 defines plain, which is also meant where no method is sent (section 4.3). RFC 9700 \
        section 2.1.1 wants a method that does not expose the verifier in the authorization request, and finds S256 \
        to be the only one. oidc-provider looks at it in every request, whether a code is returned or not.",
    {
        Accept = "accept": "Plain, or no method, passes.",
        Refuse = "refuse": "Anything but S256 is invalid_request.",
        RefuseWithoutCode = "refuse_without_code": "The same, also in a request that asks for no code.",
    },
    default: Accept
}

knob! {
    AllowImplicit = "allow_implicit" in Errors,
    question: "Are access tokens issued from the authorization endpoint?",
    evidence: "RFC 6749 section 4.2 and OpenID Connect Core section 3.2 define it. RFC 9700 section 2.1.2 advises \
        against every response type that does so, and the OAuth 2.1 draft keeps the response type code alone.",
    {
        Yes = true: "They are, for every response type that asks for one.",
        No = false: "Such response types are unsupported_response_type.",
        CodeOnly = "code_only": "Any response type but code is unsupported_response_type, in the query.",
    },
    default: Yes
}

//! What a request must have, what the server reads of it, and how it is refused.

knob! {
    ResponseTypeRefusal = "response_type_refusal" in Errors,
    question: "How is a response type refused that the client cannot have?",
    evidence: "RFC 6749 section 4.1.2.1 has unsupported_response_type for what the server does not offer and \
        unauthorized_client for what this client may not use. node-oidc-provider answers invalid_request to a response \
        type that the client did not register, oauth2-server-php to one that it does not offer. Better Auth never \
        redirects either, and shows a page.",
    {
        ByCause = "by_cause": "unsupported_response_type, or unauthorized_client where only the registration lacks.",
        InvalidRequestIfUnregistered = "invalid_request_if_unregistered": "invalid_request where only the registration \
            lacks.",
        InvalidRequestIfUnlisted = "invalid_request_if_unlisted": "invalid_request for what response_types_supported \
            lacks and for what is no response type.",
        ErrorPage = "error_page": "By its cause, on a page of the server's own.",
    },
    default: ByCause
}

knob! {
    ResponseModeParameter = "response_mode_parameter" in Vocabulary,
    question: "What does the server make of response_mode?",
    evidence: "OpenID Connect Core section 3.1.2.6 wants HTTP status 400 without error parameters for a response mode \
        that is not supported. node-oidc-provider redirects that error, and puts the refusal of the mode query where \
        the client asked for it. oauth2-server-php does not know the parameter.",
    {
        Honour = "honour": "An unknown mode is HTTP 400; query for tokens is refused in the fragment.",
        RedirectErrors = "redirect_errors": "An unknown mode is redirected; query for tokens is refused in the query.",
        Unknown = "unknown": "It is not read, and reported as unsupported.",
    },
    default: Honour
}

knob! {
    HybridFlow = "hybrid_flow" in Vocabulary,
    question: "What is a response type that has a code beside tokens?",
    evidence: "OpenID Connect Core section 3.3 puts such a response into the fragment, requires a nonce and redeems the \
        code as it redeems any other. oauth2-server-php adds the ID Token to the response of its code flow, in the \
        query, and redeems the code as one of plain OAuth.",
    {
        Openid = "openid": "As OpenID Connect Core says.",
        PlainCode = "plain_code": "In the query, without need of a nonce, and redeemed as plain OAuth.",
    },
    default: Openid
}

knob! {
    OpenidConnect = "openid_connect" in Vocabulary,
    question: "Does the server know OpenID Connect?",
    evidence: "OpenID Connect Core section 3.1.2.1 lets a server treat a request without openid as it likes, and RFC \
        6749 knows neither. oauth2-server-php can be built without it, and workers-oauth-provider has none.",
    {
        Yes = true: "A request with openid is one of OpenID Connect.",
        No = false: "openid is a scope like any other: there are no ID Tokens, and its parameters and errors are unknown.",
    },
    default: Yes
}

knob! {
    IdTokenNeedsOpenid = "id_token_needs_openid" in Errors,
    question: "Does an ID Token need the scope openid?",
    evidence: "OpenID Connect Core section 3.1.2.1 makes a request without openid none of its own. node-oidc-provider \
        checks the request alone, together with the parameters that only OpenID Connect has. oauth2-server-php \
        returns an ID Token to whoever asks for the response type.",
    {
        Granted = "granted": "It has to be requested and granted; a request without it is invalid_scope.",
        Requested = "requested": "It has to be requested, also for max_age, nonce and id_token_hint, else the request \
            is invalid_request; a person may leave it out.",
        Nothing = "nothing": "An ID Token comes without it.",
    },
    default: Granted
}

knob! {
    MissingNonce = "missing_nonce" in Errors,
    question: "What is the answer where a nonce is required and missing?",
    evidence: "OpenID Connect Core sections 3.2.2.1 and 3.2.2.6 make it an error of the request, which is redirected. \
        oauth2-server-php answers invalid_nonce to the user's browser.",
    {
        InvalidRequest = "invalid_request": "The error invalid_request, by redirect.",
        ErrorPage = "error_page": "A page of the server's own, with invalid_nonce.",
    },
    default: InvalidRequest
}

knob! {
    RequireState = "require_state" in Errors,
    question: "Must a request have a state?",
    evidence: "RFC 6749 section 4.1.1 recommends the parameter, and RFC 9700 section 2.1 finds PKCE or a nonce enough \
        against forged requests. oauth2-server-php refuses a request without it.",
    {
        Yes = true: "Without it the request is invalid_request.",
        No = false: "It is optional.",
    },
    default: No
}

knob! {
    AdmittedRedirectUris = "admitted_redirect_uris" in Errors,
    question: "Which registered redirect URIs does the server admit?",
    evidence: "RFC 6749 section 3.1.2 leaves the form open and lets a request do without where one is registered. RFC \
        9700 section 2.1 wants exact string comparison, save the port of a loopback address. The Model Context \
        Protocol admits https and loopback addresses alone. oidc-provider takes the only one that is registered for \
        granted, at both endpoints.",
    {
        Registered = "registered": "Any that is registered.",
        RegisteredOrOnly = "registered_or_only": "The same; an OpenID request and a token request need not name the \
            only one, either.",
        Exact = "exact": "One that the request names, without a wildcard; the port of a loopback address is free.",
        HttpsOrLoopback = "https_or_loopback": "https without a wildcard, and the user's own machine.",
    },
    default: Registered
}

knob! {
    PublicClients = "public_clients" in Errors,
    question: "Does the server serve public clients?",
    evidence: "RFC 6749 section 2.1 has them, and RFC 8252 is about them. The FAPI 2.0 Security Profile, section \
        5.3.2.1, supports confidential clients alone.",
    {
        Admit = "admit": "Like any other client.",
        Refuse = "refuse": "They are unauthorized_client, and at the token endpoint invalid_client.",
    },
    default: Admit
}

knob! {
    ScopeNotAllowed = "scope_not_allowed" in Errors,
    question: "What happens to a scope that the client may not have?",
    evidence: "RFC 6749 section 3.3 lets the server ignore a part of the scope, and section 4.1.2.1 has invalid_scope. \
        node-oidc-provider, oauth2-server-php and Better Auth refuse what goes beyond the client's registered scope; \
        the first does not hold an offline_access against it that counts for nothing anyway.",
    {
        Narrow = "narrow": "It is left out, and the reduced scope is reported.",
        Error = "error": "The request is invalid_scope.",
    },
    default: Narrow
}

knob! {
    EmptyScope = "empty_scope" in Errors,
    question: "What becomes of a request of which no scope is left?",
    evidence: "RFC 6749 section 3.3 has a default or a failure with invalid_scope. node-oidc-provider goes on, and finds \
        that the user granted nothing. oauth2-server-php issues tokens without a scope.",
    {
        InvalidScope = "invalid_scope": "The error invalid_scope.",
        AccessDenied = "access_denied": "The error access_denied, after sign-in, and after a page where one is due.",
        Issue = "issue": "It goes on with an empty scope.",
    },
    default: InvalidScope
}

knob! {
    OtherUserHinted = "other_user_hinted" in Errors,
    question: "What happens when id_token_hint names another user than the one who signs in?",
    evidence: "OpenID Connect Core section 3.1.2.1 answers for the hinted user alone, and else wants login_required. \
        node-oidc-provider asks for a sign-in, and then answers for whoever signed in.",
    {
        Refuse = "refuse": "login_required, unless the hinted user signs in.",
        AskOnce = "ask_once": "The user is asked to sign in, and whoever does is answered for.",
    },
    default: Refuse
}

knob! {
    AccessDeniedFor = "access_denied_for" in Errors,
    question: "Who gets the error access_denied?",
    evidence: "RFC 6749 section 4.1.2.1 has it for a resource owner who denies the request, and OpenID Connect Core \
        section 3.1.2.6 adds login_required and consent_required. node-oidc-provider gives it for a failed sign-in, too, \
        and oauth2-server-php answers even a denial with consent_required.",
    {
        Consent = "consent": "Whoever denies; a failed sign-in is login_required.",
        SignInAndConsent = "sign_in_and_consent": "Whoever denies, and whoever cannot sign in.",
        Nothing = "nothing": "Nobody: a denial is consent_required, and without a sign-in login_required.",
    },
    default: Consent
}

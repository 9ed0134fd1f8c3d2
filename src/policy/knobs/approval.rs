//! Approval without a page, and what it gives.

knob! {
    AutoApproval = "auto_approval" in Approval,
    question: "May a returning user pass without a consent screen?",
    evidence: "Google asked at every visit until December 2011 and approves returning users since. OpenID Connect Core \
        section 3.1.2.4 accepts consent that is already established, and AOL remembers it (OpenID Connect issue #539 \
        comment 4).",
    {
        Yes = true: "A returning user passes if consent covers the request.",
        No = false: "Every visit asks.",
    },
    default: Yes
}

knob! {
    NativeAutoApproval = "native_auto_approval" in Approval,
    question: "May a returning user of a native application pass without a consent screen?",
    evidence: "Google never auto-approves installed applications (OpenID Connect issue #539 comments 2 and 3), and its \
        change of 2011 covers the server-side flow only. RFC 8252 section 8.6 lets a server skip the screen when the \
        client's identity is assured. panva/node-oidc-provider asks unless the response type is none.",
    {
        Yes = true: "A returning user passes, as far as public_auto_approval allows.",
        No = false: "Every visit asks.",
        ResponseTypeNone = "response_type_none": "Every visit asks, except for the response type none.",
    },
    default: Yes
}

knob! {
    RefreshTokenOnAutoApproval = "refresh_token_on_auto_approval" in Approval,
    question: "Is a refresh token returned when no screen was shown?",
    evidence: "Google never does so, so that a single button for sign-up and sign-in hands out no lasting credentials \
        (OpenID Connect issue #539 comment 2). AOL and Salesforce return one with every code that asks (comments 4 and \
        1); OpenID Connect Core is silent.",
    {
        Never = "never": "None is returned.",
        SessionOnly = "session_only": "One is returned that ends with the session, at most.",
        Always = "always": "One is returned, if the policy gives one otherwise.",
    },
    default: Always
}

knob! {
    FirstRefreshTokenRule = "first_refresh_token_rule" in Approval,
    question: "Is the first refresh token tied to the first response with consent, or to the first code that is \
        exchanged?",
    evidence: "Google's announcement of November 2011 says both: the first exchange gives a refresh token, and \
        auto-approved responses give none. The two differ when the first code was never redeemed.",
    {
        ConsentedResponse = "consented_response": "To the response for which the user was asked.",
        FirstExchange = "first_exchange": "To the first code that is exchanged.",
    },
    default: ConsentedResponse
}

knob! {
    NewScopeUnderAutoApproval = "new_scope_under_auto_approval" in Approval,
    question: "Is a returning user asked when the application wants more than before?",
    evidence: "OpenID Connect issue #539 comment 2 speaks of access granted to the application, not of scopes. Its \
        third principle and every other source want consent to what is new.",
    {
        PromptForNew = "prompt_for_new": "Yes, for what is new.",
        AppLevelGrant = "app_level_grant": "No: a grant is to the application as a whole.",
    },
    default: PromptForNew
}

knob! {
    PublicAutoApproval = "public_auto_approval" in Approval,
    question: "May a public client pass without a consent screen?",
    evidence: "RFC 6749 section 10.2, RFC 8252 section 8.6 and draft-wdenniss-oauth-incremental-auth-00 advise against \
        it unless the client's identity is assured; a claimed https redirect may assure it, and for Browser-Based \
        Applications (section 6.3.3.2) an exactly registered https redirect. Google approves its token flow (OpenID \
        Connect issue #539 comment 2), and prompt=none in a single-page application presumes it.",
    {
        Never = "never": "It may not.",
        ClaimedHttps = "claimed_https": "It may, if an https redirect claimed through the platform proves the \
            application.",
        ExactHttps = "exact_https": "It may, also if its redirect URI is an exact https address.",
        Always = "always": "It always may.",
    },
    default: Never
}

knob! {
    ClientSideAutoApproval = "client_side_auto_approval" in Approval,
    question: "May a returning user pass without a screen in the token flow?",
    evidence: "Google's change of November 2011 covers the server-side flow and says nothing of the client-side one. \
        OpenID Connect issue #539 comment 2 (2012) names token and code flows alike.",
    {
        Yes = true: "The user may.",
        No = false: "The token flow always asks.",
    },
    default: Yes
}

knob! {
    AccessTypeOnNative = "access_type_on_native" in Approval,
    question: "Does access_type=online turn off offline access on an installed application?",
    evidence: "OpenID Connect issue #539 comment 2 offers the parameter to web applications, and gives installed ones \
        offline access by default, a word that leaves room. Google documents today that installed applications always \
        get a refresh token.",
    {
        Ignore = "ignore": "It is ignored there.",
        Honour = "honour": "It turns it off.",
    },
    default: Ignore
}

knob! {
    AccessTypeOfflineInTokenFlow = "access_type_offline_in_token_flow" in Approval,
    question: "Is access_type=offline in the token flow an error?",
    evidence: "OpenID Connect issue #539 comment 2 calls it legal in the code flow only, yet ignores it where a \
        request is auto-approved. Google's announcement of November 2011 offers it in the server-side flow only.",
    {
        Reject = "reject": "It is: invalid_request.",
        Ignore = "ignore": "It is ignored.",
    },
    default: Ignore
}

knob! {
    RememberConsent = "remember_consent" in Approval,
    question: "What makes consent last beyond the request?",
    evidence: "AOL stores it when the user ticks a box (OpenID Connect issue #539 comment 4). Other sources store \
        every approval and show no box.",
    {
        Always = "always": "Every approval is stored.",
        Checkbox = "checkbox": "The user ticks a box.",
    },
    default: Always
}

knob! {
    AlreadyGrantedDisplay = "already_granted_display" in Approval,
    question: "How does the consent screen treat scopes that were granted before?",
    evidence: "draft-wdenniss-oauth-incremental-auth-00 section 4 hides them or at least marks them as approved. \
        draft-ietf-oauth-incremental-authz-04 section 8.4 finds that listing them can be better, since people take the \
        screen for the full list.",
    {
        Hidden = "hidden": "They are left out.",
        Marked = "marked": "They are listed and marked.",
    },
    default: Marked
}

knob! {
    RefusedScopes = "refused_scopes" in Approval,
    question: "What becomes of scopes that a person left out on the screen?",
    evidence: "panva/node-oidc-provider keeps them in the grant as rejected and offers them no more. RFC 6749 section \
        3.3 lets a person grant less than was asked for and says nothing of the next request.",
    {
        AskedAgain = "asked_again": "The next request asks for them again.",
        Remembered = "remembered": "They are neither offered nor granted until the grant goes.",
    },
    default: AskedAgain
}

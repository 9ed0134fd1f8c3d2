//! The consent page, and what an answer on it does to the stored grant.

knob! {
    EarlierScopesOnApproval = "earlier_scopes_on_approval" in Approval,
    question: "What becomes of scopes that were granted before when a person approves again?",
    evidence: "Google adds what is approved to what was granted (OpenID Connect issue #539 comment 2), and taking away is \
        an act of its own. panva/node-oidc-provider takes scopes away that the answer leaves out, and better-auth \
        stores what is approved now in place of the earlier consent.",
    {
        Stay = "stay": "They stay, and are united with what is approved.",
        LeftOutGo = "left_out_go": "Those that the answer leaves out go, except openid.",
        Replaced = "replaced": "The grant is what is approved now.",
    },
    default: Stay
}

knob! {
    RememberedConsentBinding = "remembered_consent_binding" in Approval,
    question: "Does remembered consent count for another redirect URI of the same client?",
    evidence: "The Security Best Practices of the Model Context Protocol bind consent to the client. Its authorization \
        specification has the page name the host that receives the response, so a person agreed to that one. RFC 6749 \
        section 10.2 speaks of the client alone.",
    {
        Client = "client": "It counts for every redirect URI of the client.",
        RedirectUri = "redirect_uri": "It counts for the one that it was given for; loopback ports are alike.",
    },
    default: Client
}

knob! {
    PromptConsentWithCondition = "prompt_consent_with_condition" in OfflineConsent,
    question: "What does prompt=consent do where another condition covers the whole request, offline access included?",
    evidence: "OpenID Connect Core section 3.1.2.1 says that the server should ask, and section 11 needs no prompt where \
        another condition permits offline access. The SDK of the Model Context Protocol sends prompt=consent with every \
        request for offline_access (modelcontextprotocol/typescript-sdk pull request #681).",
    {
        Ask = "ask": "The page is shown.",
        Satisfied = "satisfied": "It is no reason for a page.",
    },
    default: Ask
}

knob! {
    LoopbackAutoApproval = "loopback_auto_approval" in Approval,
    question: "May a request with a loopback redirect URI pass without a page?",
    evidence: "The OAuth 2.1 draft section 7.3 lets a client pass that authenticates. The Security Best Practices of the \
        Model Context Protocol find that nothing proves which program listens on a loopback address.",
    {
        ByClientType = "by_client_type": "It may, as far as public_auto_approval allows.",
        Never = "never": "It may not, whatever stands in for the page.",
    },
    default: ByClientType
}

knob! {
    RedirectNotice = "redirect_notice" in Approval,
    question: "Does the page name the host that receives the response?",
    evidence: "The security considerations of the Model Context Protocol require it, and recommend a warning where a \
        client has loopback redirect URIs only. Other sources say nothing of it.",
    {
        None = "none": "It names no host.",
        Host = "host": "It names the host.",
        HostAndLoopback = "host_and_loopback": "It names the host, and warns where every redirect URI is loopback.",
    },
    default: None
}

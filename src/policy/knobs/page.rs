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

//! Who is answered for.

use super::requests::{GOES_ON, SHOWS, never};
use super::stated::{Invariant, Proof, Under};
use crate::decide::authorize::facts::{AccountAnswer, AuthorizeFacts, Hint, LoginAnswer, MaxAge};
use crate::policy::knobs::{MustSelectAccount, OpenidConnect, OtherUserHinted, PromptVocabulary};
use crate::sources::{GOOGLE_OAUTH, OPENID_CORE, RFC_6749};

/// prompt has another value than none.
pub(super) fn other_prompt<F: AuthorizeFacts>(facts: &F) -> bool {
    facts.prompt_login()
        || facts.prompt_consent()
        || facts.prompt_select_account()
        || facts.prompt_force()
        || facts.prompt_auto()
        || facts.prompt_unknown()
}

/// The server knows OpenID Connect, and with it its parameters.
const KNOWS_OPENID: Under =
    Under { says: "openid_connect is true", holds: |knobs| knobs.openid_connect == OpenidConnect::Yes };

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "prompt_none.nothing_shown",
        statement: "Nothing is shown under prompt=none.",
        sources: &[OPENID_CORE.at("section 3.1.2.1", "AuthRequest")],
        under: Some(Under {
            says: "prompt_vocabulary is not none",
            holds: |knobs| knobs.prompt_vocabulary != PromptVocabulary::None,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    // Beside another value it may have no effect.
                    let counts = policy.prompt_vocabulary != PromptVocabulary::NoneOnly || !other_prompt(facts);
                    facts.prompt_none() && counts
                },
                &[SHOWS],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.needed",
        statement: "Nobody is answered for, or asked for consent, who is not signed in.",
        sources: &[OPENID_CORE.at("section 3.1.2.3", "Authenticates")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(|_, facts| !facts.signed_in(), &[GOES_ON])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.failed",
        statement: "A sign-in that failed, or that the person refused, gives nothing.",
        sources: &[
            OPENID_CORE.at("sections 3.1.2.1 and 3.1.2.6", "AuthError"),
            RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"),
        ],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| matches!(facts.login_answer(), LoginAnswer::Failed | LoginAnswer::Denied),
                &[GOES_ON],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.max_age",
        statement: "When more seconds have passed than max_age, or it is zero, the user signs in again before anything else.",
        sources: &[OPENID_CORE.at("section 3.1.2.1", "AuthRequest")],
        under: Some(KNOWS_OPENID),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| {
                    matches!(facts.max_age(), MaxAge::Exceeded | MaxAge::Zero)
                        && facts.login_answer() != LoginAnswer::Done
                },
                &[GOES_ON],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.max_age_is_a_number",
        statement: "A max_age that is no whole number of seconds gives nothing.",
        sources: &[OPENID_CORE.at("section 3.1.2.1", "AuthRequest")],
        under: Some(KNOWS_OPENID),
        proof: Proof::Claims {
            authorize: &[never(|_, facts| facts.max_age_malformed(), &[GOES_ON])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.prompt_login",
        statement: "prompt=login signs the user in again before anything else.",
        sources: &[OPENID_CORE.at("sections 3.1.2.1 and 3.1.2.3", "Authenticates")],
        under: Some(Under {
            says: "prompt_vocabulary is openid or login_consent",
            holds: |knobs| matches!(knobs.prompt_vocabulary, PromptVocabulary::Openid | PromptVocabulary::LoginConsent),
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| facts.prompt_login() && facts.login_answer() != LoginAnswer::Done,
                &[GOES_ON],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.prompt_select_account",
        statement: "prompt=select_account lets the user choose an account, or sign in, before anything else.",
        sources: &[OPENID_CORE.at("section 3.1.2.1", "AuthRequest")],
        under: Some(Under {
            says: "prompt_vocabulary is openid or google",
            holds: |knobs| matches!(knobs.prompt_vocabulary, PromptVocabulary::Openid | PromptVocabulary::Google),
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| {
                    facts.prompt_select_account()
                        && facts.account_answer() != AccountAnswer::Done
                        && facts.login_answer() != LoginAnswer::Done
                },
                &[GOES_ON],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.several_accounts",
        statement: "With several accounts signed in and none named, the user chooses before anything else.",
        sources: &[OPENID_CORE.at("section 3.1.2.6", "AuthError")],
        under: Some(Under {
            says: "must_select_account is true",
            holds: |knobs| knobs.must_select_account == MustSelectAccount::Yes,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| {
                    facts.several_accounts()
                        && facts.hint() == Hint::Absent
                        && facts.account_answer() != AccountAnswer::Done
                        && facts.login_answer() != LoginAnswer::Done
                },
                &[GOES_ON],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.hinted_user",
        statement: "With an id_token_hint, no other user is answered for, at least not before signing in; a hint that this server did not issue gives nothing.",
        sources: &[OPENID_CORE.at("sections 3.1.2.1 and 3.1.2.2", "AuthRequestValidation")],
        under: Some(KNOWS_OPENID),
        proof: Proof::Claims {
            authorize: &[
                never(
                    |policy, facts| {
                        let accepts = policy.other_user_hinted == OtherUserHinted::AskOnce
                            && facts.login_answer() == LoginAnswer::Done;
                        facts.hint() == Hint::OtherUser && !accepts
                    },
                    &[GOES_ON],
                ),
                never(|_, facts| facts.foreign_hint(), &[GOES_ON]),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "sign_in.admin_restricted",
        statement: "What an administrator does not allow a user is neither asked for nor given.",
        sources: &[GOOGLE_OAUTH.whole()],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(|_, facts| facts.admin_restricted(), &[GOES_ON])],
            token: &[],
            lifecycle: &[],
        },
    },
];

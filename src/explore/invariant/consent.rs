//! Consent: who is asked, and what an answer is worth.

use super::claim::{Case, Claim, Move};
use super::requests::{ASKS, GRANTS_OFFLINE, GRANTS_ONLINE, ISSUES, SHOWS, never};
use super::stated::{Invariant, Proof, Under};
use crate::decide::authorize::component::Component;
use crate::decide::authorize::facts::{
    AnsweredPage, ApprovalPrompt, AuthorizeFact, AuthorizeFacts, Condition, ConsentAnswer, GrantAction, Kept,
    OrdinaryScopes, PriorGrant, RememberAnswer, SavedConsent,
};
use crate::decide::authorize::part::Part;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::redirect::RedirectProof;
use crate::policy::knobs::{
    ConsentRequired, FirstPartySkipsConsent, GrantModel, Knobs, LegacyApprovalPrompt, LoopbackAutoApproval,
    NativeExplicitConsent, NewScopeUnderAutoApproval, PromptConsentOnTrustedClient, PromptConsentWithCondition,
    PromptVocabulary, PublicAutoApproval, RefusedScopes, RememberedConsentBinding,
};
use crate::sources::{
    GRANT_MANAGEMENT, ISSUE_539, MCP_BEST_PRACTICES, MCP_SECURITY, OIDC_PROVIDER, OKTA_CONSENT, OPENID_CORE, RFC_6749,
};

/// The person approved this very page.
pub(super) fn approved<F: AuthorizeFacts>(facts: &F) -> bool {
    facts.consent_answer() == ConsentAnswer::Approved && facts.answered_page() == AnsweredPage::This
}

/// The request asks for the page, in the policy's vocabulary.
pub(super) fn asks_for_page<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let word = match policy.prompt_vocabulary {
        PromptVocabulary::Openid | PromptVocabulary::Google | PromptVocabulary::LoginConsent => facts.prompt_consent(),
        PromptVocabulary::AutoForce => facts.prompt_force(),
        PromptVocabulary::NoneOnly | PromptVocabulary::None => false,
    };
    word || (policy.legacy_approval_prompt == LegacyApprovalPrompt::Honour
        && facts.approval_prompt() == ApprovalPrompt::Force)
}

/// The user installed an app of the server's own organisation, and that stands in for the page.
pub(super) fn installed<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.native_explicit_consent == NativeExplicitConsent::SkipIfFirstPartyInstall
        && facts.application_type() == ApplicationType::Native
        && facts.first_party()
}

/// Something else than the user's consent stands in for the page.
fn waived<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let own = policy.first_party_skips_consent == FirstPartySkipsConsent::Yes
        && facts.first_party()
        && facts.redirect_proof() != RedirectProof::Localhost;
    own || installed(policy, facts) || facts.condition() != Condition::None
}

/// A grant of this client's is on record that the request neither sets aside nor was given in another session.
fn remembers_refusals<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    facts.prior_grant() == PriorGrant::ThisClient
        && match policy.grant_model {
            GrantModel::Single | GrantModel::PerProject => true,
            GrantModel::Multiple => facts.grant_action() != GrantAction::Create,
            GrantModel::PerSession => facts.grant_of_session(),
        }
}

/// More on record than before: a grant, what it covers, and how it came about.
const MORE_CONSENT: &[Move<AuthorizeFact>] = &[
    more(AuthorizeFact::PriorGrant, PriorGrant::None as usize, PriorGrant::ThisClient as usize),
    more(AuthorizeFact::PriorGrant, PriorGrant::None as usize, PriorGrant::SameProject as usize),
    more(AuthorizeFact::PriorGrant, PriorGrant::SameProject as usize, PriorGrant::ThisClient as usize),
    more(AuthorizeFact::GrantOfSession, 0, 1),
    more(AuthorizeFact::GrantForOtherRedirectUri, 1, 0),
    more(AuthorizeFact::OrdinaryScopes, OrdinaryScopes::SomeNew as usize, OrdinaryScopes::AllGranted as usize),
    more(AuthorizeFact::UnrefusedScopes, OrdinaryScopes::SomeNew as usize, OrdinaryScopes::AllGranted as usize),
    more(AuthorizeFact::OfflineGrantedBefore, 0, 1),
    more(AuthorizeFact::RefreshTokenScopeGrantedBefore, 0, 1),
    more(AuthorizeFact::OnlineGrantedBefore, 0, 1),
    more(AuthorizeFact::SavedConsent, SavedConsent::NotExplicit as usize, SavedConsent::ExplicitOld as usize),
    more(AuthorizeFact::SavedConsent, SavedConsent::NotExplicit as usize, SavedConsent::ExplicitRecent as usize),
    more(AuthorizeFact::SavedConsent, SavedConsent::ExplicitOld as usize, SavedConsent::ExplicitRecent as usize),
];

const fn more(fact: AuthorizeFact, from: usize, to: usize) -> Move<AuthorizeFact> {
    Move { fact, from, to }
}

/// An answer is given where there was none.
const ANSWERED: &[Move<AuthorizeFact>] = &[
    more(AuthorizeFact::ConsentAnswer, ConsentAnswer::Open as usize, ConsentAnswer::Approved as usize),
    more(AuthorizeFact::ConsentAnswer, ConsentAnswer::Open as usize, ConsentAnswer::Denied as usize),
    more(AuthorizeFact::ConsentAnswer, ConsentAnswer::Open as usize, ConsentAnswer::Impossible as usize),
    more(AuthorizeFact::AnsweredPage, AnsweredPage::This as usize, AnsweredPage::Other as usize),
    more(AuthorizeFact::AnsweredPage, AnsweredPage::This as usize, AnsweredPage::OfAnotherInteraction as usize),
    more(AuthorizeFact::AnsweredPage, AnsweredPage::This as usize, AnsweredPage::TooLongAgo as usize),
];

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "consent.denied_or_unanswered",
        statement: "A page that was denied, not answered, or answered as another page, never yields a token.",
        sources: &[
            RFC_6749.at("sections 4.1.2.1 and 10.12", "section-4.1.2.1"),
            OPENID_CORE.at("sections 3.1.2.4 and 3.1.2.6", "Consent"),
        ],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(|_, facts| facts.consent_answer() == ConsentAnswer::Denied, &[ISSUES]),
                Claim::NeverMoved {
                    moves: ANSWERED,
                    from: Case { when: |_, facts| facts.consent_answer() == ConsentAnswer::Open, says: &[ASKS] },
                    to: Case { when: |_, facts| !approved(facts), says: &[ISSUES] },
                },
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.more_adds_no_page",
        statement: "What is answered without a page is answered without one when more consent is on record.",
        sources: &[OPENID_CORE.at("section 3.1.2.4", "Consent"), RFC_6749.at("section 10.2", "section-10.2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[Claim::NeverMoved {
                moves: MORE_CONSENT,
                from: Case { when: |_, _| true, says: &[ISSUES] },
                to: Case { when: |_, _| true, says: &[SHOWS] },
            }],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.new_scopes_are_asked_for",
        statement: "What the user has not granted is given only with an approval of this very page, or on another condition for \
            processing.",
        sources: &[
            OPENID_CORE.at("section 3.1.2.4", "Consent"),
            ISSUE_539.at("comment 4 (G. Fletcher), user consent", ""),
        ],
        under: Some(Under {
            says: "consent_required is true",
            holds: |knobs| knobs.consent_required == ConsentRequired::Yes,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    let counts = facts.prior_grant() != PriorGrant::None
                        && policy.new_scope_under_auto_approval == NewScopeUnderAutoApproval::AppLevelGrant;
                    facts.ordinary_scopes() == OrdinaryScopes::SomeNew
                        && facts.unrefused_scopes() == OrdinaryScopes::SomeNew
                        && !counts
                        && !approved(facts)
                        && !waived(policy, facts)
                },
                &[ISSUES],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.prompted",
        statement: "A request that asks for the page is answered only with an approval of it.",
        sources: &[OPENID_CORE.at("section 3.1.2.1", "AuthRequest"), OKTA_CONSENT.whole()],
        under: Some(Under {
            says: "consent_required is true, or prompt_consent_on_trusted_client is ask; and prompt_consent_with_condition is \
                ask",
            holds: |knobs| {
                knobs.prompt_consent_with_condition == PromptConsentWithCondition::Ask
                    && (knobs.consent_required == ConsentRequired::Yes
                        || knobs.prompt_consent_on_trusted_client == PromptConsentOnTrustedClient::Ask)
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| asks_for_page(policy, facts) && !installed(policy, facts) && !approved(facts),
                &[ISSUES],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.public_client_is_asked_for",
        statement: "A public client whose identity its redirect URI does not assure is answered only with an approval.",
        sources: &[RFC_6749.at("section 10.2", "section-10.2")],
        under: Some(Under {
            says: "consent_required is true and public_auto_approval is not always",
            holds: |knobs| {
                knobs.consent_required == ConsentRequired::Yes
                    && knobs.public_auto_approval != PublicAutoApproval::Always
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    let proof = facts.redirect_proof();
                    let assured = match policy.public_auto_approval {
                        PublicAutoApproval::Never => false,
                        PublicAutoApproval::ClaimedHttps => proof == RedirectProof::ClaimedHttps,
                        PublicAutoApproval::ExactHttps | PublicAutoApproval::Always => {
                            matches!(proof, RedirectProof::ClaimedHttps | RedirectProof::ExactHttps)
                        }
                    };
                    facts.client_type() == ClientType::Public && !assured && !approved(facts) && !waived(policy, facts)
                },
                &[ISSUES],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.loopback_is_asked_for",
        statement: "A response goes to the user's own machine only with an approval of this very page.",
        sources: &[MCP_BEST_PRACTICES.at("Localhost Redirect URI Impersonation", "")],
        under: Some(Under {
            says: "loopback_auto_approval is never",
            holds: |knobs| knobs.loopback_auto_approval == LoopbackAutoApproval::Never,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| facts.redirect_proof() == RedirectProof::Localhost && !approved(facts),
                &[ISSUES],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.for_one_redirect_uri",
        statement: "Consent that was given for another redirect URI stands in for no page.",
        sources: &[MCP_SECURITY.at("Localhost Redirect URI Risks", "")],
        under: Some(Under {
            says: "remembered_consent_binding is redirect_uri and consent_required is true",
            holds: |knobs| {
                knobs.remembered_consent_binding == RememberedConsentBinding::RedirectUri
                    && knobs.consent_required == ConsentRequired::Yes
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    facts.prior_grant() == PriorGrant::ThisClient
                        && facts.grant_for_other_redirect_uri()
                        && policy.grant_model == GrantModel::Single
                        && !approved(facts)
                        && !waived(policy, facts)
                },
                &[ISSUES],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.of_one_session",
        statement: "Consent that was given in another session stands in for no page.",
        sources: &[OIDC_PROVIDER.whole()],
        under: Some(Under {
            says: "grant_model is per_session and consent_required is true",
            holds: |knobs| {
                knobs.grant_model == GrantModel::PerSession && knobs.consent_required == ConsentRequired::Yes
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    facts.ordinary_scopes() != OrdinaryScopes::NoneAsked
                        && !facts.grant_of_session()
                        && !approved(facts)
                        && !waived(policy, facts)
                },
                &[ISSUES],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.no_page_to_show",
        statement: "Where no page can be shown, none is.",
        sources: &[OPENID_CORE.at("section 3.1.2.1", "AuthRequest")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(|_, facts| !facts.consent_screen_available(), &[ASKS])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.stored_as_approved",
        statement: "A grant is stored only with an approval of this very page, and not where the person does not want it kept.",
        sources: &[OPENID_CORE.at("section 3.1.2.4", "Consent"), ISSUE_539.at("comment 4 (G. Fletcher)", "")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| !approved(facts) || facts.remember() == RememberAnswer::No,
                &[(Component::Stored, |part| matches!(part, Part::Stored(Some(stored)) if stored.grant.is_some()))],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.required_scope_left_out",
        statement: "An approval that leaves out a scope that is not optional gives nothing where the page was needed.",
        sources: &[OKTA_CONSENT.whole()],
        under: None,
        proof: Proof::Claims {
            authorize: &[Claim::NeverMoved {
                moves: ANSWERED,
                from: Case {
                    when: |_, facts| {
                        facts.consent_answer() == ConsentAnswer::Open && facts.kept() == Kept::RequiredRefused
                    },
                    says: &[ASKS],
                },
                to: Case { when: |_, _| true, says: &[ISSUES] },
            }],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "consent.grant_made_anew",
        statement: "A grant that is created or replaced is what the user consents to now.",
        sources: &[GRANT_MANAGEMENT.at("section 5.2", "")],
        under: Some(Under {
            says: "grant_model is multiple",
            holds: |knobs| knobs.grant_model == GrantModel::Multiple,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, facts| {
                    matches!(facts.grant_action(), GrantAction::Create | GrantAction::Replace) && !approved(facts)
                },
                &[ISSUES],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "scope.refused_stays_refused",
        statement: "Offline or online access that the user left out before, and that is remembered as refused, is not granted.",
        sources: &[OIDC_PROVIDER.whole()],
        under: Some(Under {
            says: "refused_scopes is remembered",
            holds: |knobs| knobs.refused_scopes == RefusedScopes::Remembered,
        }),
        proof: Proof::Claims {
            authorize: &[
                never(
                    |policy, facts| facts.offline_refused_before() && remembers_refusals(policy, facts),
                    &[GRANTS_OFFLINE],
                ),
                never(
                    |policy, facts| facts.online_refused_before() && remembers_refusals(policy, facts),
                    &[GRANTS_ONLINE],
                ),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
];

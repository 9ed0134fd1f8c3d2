//! Eighth stage: what does the person say on the page?
//!
//! A page has many authors between the moment that it was drawn and the moment that it is answered: the request, the
//! grant or the policy may have changed, and another person may have signed in. So an answer counts only for the page
//! that would be shown now, in the interaction in which that is shown, and not for ever.

use super::admitted::Admitted;
use super::facts::{AnsweredPage, AuthorizeFacts, ConsentAnswer, GrantAction, Kept, RememberAnswer};
use super::prior::{earlier_scopes, prior_grant_counts};
use super::verdict::{
    Access, AuthorizeRuleNumber, ConsentPage, GrantChange, GrantedHow, RememberedRefusal, StoredGrant,
};
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, RuleNumber, Told};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{EarlierScopesOnApproval, EmptyScope, Knobs, RefusedScopes};
use crate::sources::{BETTER_AUTH, ISSUE_539, OIDC_PROVIDER, OKTA_CONSENT, OPENID_CORE, RFC_6749};

rules! {
    /// What the person says on the page.
    AnswerRule;
    Denied = "consent.denied", Must, "The user refuses, and the client is told; what was granted before stays.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_CORE.at("section 3.1.2.6", "AuthError")];
    Narrowed = "consent.narrowed", May, "The user may grant less than was asked for, and the client is told.", [RFC_6749.at("section 3.3", "section-3.3")];
    RequiredRefused = "consent.required_refused", Vendor, "Leaving out a scope that is not optional is a refusal.", [OKTA_CONSENT.whole()];
    OutOfDate = "consent.out_of_date", Inferred, "An answer counts only for the page that was shown.", [OPENID_CORE.at("section 3.1.2.4", "Consent")];
    OtherInteraction = "consent.other_interaction", Must, "An answer counts only in the interaction in which the page was shown, so that nobody else can have it given.", [RFC_6749.at("section 10.12", "section-10.12")];
    TooLongAgo = "consent.answered_too_long_ago", Inferred, "An answer that is older than the policy allows does not count, and the user is asked again.", [OPENID_CORE.at("section 3.1.2.4", "Consent")];
    Approved = "consent.approved", Must, "The user approved.", [OPENID_CORE.at("section 3.1.2.4", "Consent")];
    Impossible = "consent.impossible", Must, "When the person cannot answer, consent is not obtained, and an error is returned.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    NotRemembered = "consent.not_remembered", Vendor, "The approval holds for this request and is not kept for later.", [ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    LeftOutGo = "consent.left_out_go", Vendor, "What the answer leaves out of what was granted before goes, except openid.", [OIDC_PROVIDER.whole()];
    Replaced = "consent.replaced", Vendor, "The stored consent becomes what is approved now.", [BETTER_AUTH.whole()];
    RefusalRemembered = "consent.refusal_remembered", Vendor, "What a person left out is remembered, also where nothing is left.", [OIDC_PROVIDER.whole()];
    DeniedUnasked = "consent.denied_unasked", Inferred, "The person refused on a page that is not needed any more, and a refusal still refuses.", [OPENID_CORE.at("section 3.1.2.4", "Consent")];
}

/// What the person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Nobody is asked.
    NotAsked,
    /// Nothing yet: the page is shown.
    Open(ConsentPage),
    /// Approved.
    Approved(ConsentPage, Approval),
    /// Nothing is left of what was asked, which is remembered.
    Refused(Refusal<AuthorizeRuleNumber>, Option<RememberedRefusal>),
}

/// What an approval leaves, and what becomes of the stored grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Approval {
    /// Offline access was left in.
    pub(super) offline: bool,
    /// online_access was left in.
    pub(super) online: bool,
    /// What becomes of the stored grant; nothing where the approval is not remembered.
    pub(super) grant: Option<(GrantChange, GrantedHow)>,
}

type Check<T> = Result<T, Refusal<AnswerRule>>;

/// Reads the answer to the page.
pub(super) fn answer<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    page: Option<ConsentPage>,
) -> Told<Check<Answer>, AnswerRule> {
    Told::by(|noted| {
        let Some(page) = page else {
            // A refusal refuses, wherever and whenever it was given.
            return match facts.consent_answer() {
                ConsentAnswer::Denied => Err(admitted.refuse_as_denied(policy, facts, AnswerRule::DeniedUnasked)),
                // Consent came about otherwise since the page was shown.
                ConsentAnswer::Open | ConsentAnswer::Approved | ConsentAnswer::Impossible => Ok(Answer::NotAsked),
            };
        };
        if facts.consent_answer() == ConsentAnswer::Open {
            return Ok(Answer::Open(page));
        }
        let why_not = match facts.answered_page() {
            AnsweredPage::This => None,
            AnsweredPage::Other => Some(AnswerRule::OutOfDate),
            AnsweredPage::OfAnotherInteraction => Some(AnswerRule::OtherInteraction),
            AnsweredPage::TooLongAgo => Some(AnswerRule::TooLongAgo),
        };
        if let Some(rule) = why_not {
            noted.note(rule);
            let mut page = page;
            page.causes.answer_out_of_date = true;
            return Ok(Answer::Open(page));
        }
        match facts.consent_answer() {
            ConsentAnswer::Denied => Err(admitted.refuse_as_denied(policy, facts, AnswerRule::Denied)),
            ConsentAnswer::Impossible => {
                Err(admitted.refuse_as_openid(policy, ErrorCode::ConsentRequired, AnswerRule::Impossible))
            }
            ConsentAnswer::Approved | ConsentAnswer::Open => approved(policy, facts, admitted, page, noted),
        }
    })
}

/// An approval may leave out scopes, and still leave something: an ordinary scope, or offline or online access alone.
fn approved<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    page: ConsentPage,
    noted: &mut Noted<AnswerRule>,
) -> Check<Answer> {
    let offline = page.lists.offline == Access::Standing && facts.keeps_offline();
    let online = page.lists.online == Access::Standing && facts.keeps_online();
    match facts.kept() {
        Kept::All => {}
        Kept::Some => noted.note(AnswerRule::Narrowed),
        Kept::NoneListed if offline || online => {}
        Kept::Nothing if offline || online => noted.note(AnswerRule::Narrowed),
        Kept::NoneListed if policy.empty_scope == EmptyScope::Issue => {}
        Kept::NoneListed | Kept::Nothing => {
            return nothing_left(policy, facts, admitted, page, AnswerRule::Denied, noted);
        }
        Kept::RequiredRefused => {
            return nothing_left(policy, facts, admitted, page, AnswerRule::RequiredRefused, noted);
        }
    }
    noted.note(AnswerRule::Approved);
    let remembered = is_remembered(facts, page);
    if !remembered {
        noted.note(AnswerRule::NotRemembered);
    }
    let grant = remembered.then(|| {
        let change = change(policy, facts);
        if change != GrantChange::Add && prior_grant_counts(policy, facts) {
            match change {
                GrantChange::LeaveOut => noted.note(AnswerRule::LeftOutGo),
                GrantChange::Renew => noted.note(AnswerRule::Replaced),
                GrantChange::Add | GrantChange::Create | GrantChange::Replace => {}
            }
        }
        (change, how(page))
    });
    Ok(Answer::Approved(page, Approval { offline, online, grant }))
}

/// Whether the approval is kept for later.
fn is_remembered<F: AuthorizeFacts>(facts: &F, page: ConsentPage) -> bool {
    match (facts.remember(), page.remember_checkbox) {
        (RememberAnswer::Yes, _) | (RememberAnswer::Unsaid, false) => true,
        (RememberAnswer::No, _) | (RememberAnswer::Unsaid, true) => false,
    }
}

const fn how(page: ConsentPage) -> GrantedHow {
    if page.remember_checkbox { GrantedHow::RememberCheckbox } else { GrantedHow::ExplicitPrompt }
}

/// An approval that leaves nothing is a refusal; where refusals are remembered, this one is, too.
fn nothing_left<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    page: ConsentPage,
    rule: AnswerRule,
    noted: &mut Noted<AnswerRule>,
) -> Check<Answer> {
    let refusal = admitted.refuse_as_denied(policy, facts, rule);
    let change = change(policy, facts);
    let remembers = policy.refused_scopes == RefusedScopes::Remembered
        && !matches!(change, GrantChange::Create | GrantChange::Replace)
        && is_remembered(facts, page);
    if !remembers {
        return Err(refusal);
    }
    noted.note(AnswerRule::RefusalRemembered);
    let grant = StoredGrant {
        change,
        how: how(page),
        remembers_refused: true,
        rule: RuleNumber::of(AnswerRule::RefusalRemembered),
    };
    Ok(Answer::Refused(refusal.of_engine(), Some(RememberedRefusal { page, grant })))
}

fn change<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> GrantChange {
    match earlier_scopes(policy, facts) {
        Some(EarlierScopesOnApproval::Stay) => GrantChange::Add,
        Some(EarlierScopesOnApproval::LeftOutGo) => GrantChange::LeaveOut,
        Some(EarlierScopesOnApproval::Replaced) => GrantChange::Renew,
        None if facts.grant_action() == GrantAction::Create => GrantChange::Create,
        None => GrantChange::Replace,
    }
}

//! Fourth stage: is the user asked, and what do they say?

use super::Halt;
use super::facts::{Condition, ConsentAnswer, Facts, GrantAction, Kept, OrdinaryScopes, PriorGrant};
use super::offline::{Accesses, Consent, Offline, installed_by_user};
use super::request::Admitted;
use super::rule::{RuleNumber, Trace};
use super::verdict::{Access, ConsentCauses, ConsentPage, GrantChange, Refusal, Screen, Verdict};
use super::vocabulary::{OfflineAsked, offline_granted_before, ordinary_scopes, prompts};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::oauth::redirect::RedirectProof;
use crate::policy::knobs::{
    AlreadyGrantedDisplay, AutoApproval, ClientSideAutoApproval, ConsentRequired, FirstPartySkipsConsent, GrantModel,
    Knobs, NativeAutoApproval, NewScopeUnderAutoApproval, OfflineNotice, OnlineAccessNeedsConsent,
    PromptConsentOnTrustedClient, PromptNoneErrorCode, PublicAutoApproval, RememberConsent,
    RememberedConsentSufficesForOffline,
};
use crate::sources::{
    AUTH0_CONSENT, BROWSER_BASED_APPS, GOOGLE_2011, GRANT_MANAGEMENT, INCREMENTAL_00, ISSUE_539, OKTA_CONSENT,
    OPENID_CORE, RFC_6749, RFC_8252,
};

rules! {
    from 90 to 112;
    PROMPTED = "consent.prompted", Should, "The request asks for the consent page.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest"), ISSUE_539.at("comment 2 (Breno), prompt", ""), GOOGLE_2011.at("mitigation", "")];
    NEW_SCOPES = "consent.new_scopes", Must, "The user has not granted a requested scope yet, and decides before anything is released.", [OPENID_CORE.at("section 3.1.2.4", "Consent"), ISSUE_539.at("comment 4 (G. Fletcher), user consent", "")];
    ON_RECORD = "consent.on_record", May, "Consent to everything is on record, so no page is needed.", [OPENID_CORE.at("section 3.1.2.4", "Consent"), RFC_6749.at("section 10.2", "section-10.2"), GOOGLE_2011.at("change 3", "")];
    APPLICATION_LEVEL = "consent.application_level", Inferred, "What counts is that the user granted access to the application, whatever the scopes.", [ISSUE_539.at("comment 2 (Breno), prompt", "")];
    OFFLINE_MISSING = "consent.offline_missing", Must, "Consent to offline access is missing, or has to be given every time.", [OPENID_CORE.at("section 11", "OfflineAccess"), ISSUE_539.at("comment 5 (N. Sakimura)", "")];
    PUBLIC_CLIENT = "consent.public_client", Should, "A public client whose identity is not assured is not approved without asking the user.", [RFC_6749.at("section 10.2", "section-10.2"), RFC_8252.at("section 8.6", "section-8.6"), INCREMENTAL_00.at("section 5", "section-5"), BROWSER_BASED_APPS.at("section 6.3.3.2", "")];
    INSTALLED_APP = "consent.installed_app", Vendor, "An installed app is never approved without asking the user.", [ISSUE_539.at("comment 2 (Breno), principle 1", "")];
    EVERY_TIME = "consent.every_time", Vendor, "The user is asked every time.", [GOOGLE_2011.at("change 3, current behaviour", "")];
    CLIENT_SIDE = "consent.client_side", Inferred, "Auto-approval covers the server-side flow only.", [GOOGLE_2011.at("change 3", "")];
    GRANT_ACTION = "consent.grant_action", Must, "A new or replaced grant becomes what the user consents to now.", [GRANT_MANAGEMENT.at("section 5.2", "")];
    OTHER_CONDITION = "consent.other_condition", Must, "Another condition for processing stands in for the page.", [OPENID_CORE.at("section 3.1.2.4", "Consent"), ISSUE_539.at("comment 7 (N. Sakimura)", "")];
    NOT_REQUIRED = "consent.not_required", Vendor, "The client is fully trusted: its registration says that no consent is required.", [OKTA_CONSENT.whole()];
    FIRST_PARTY = "consent.first_party", Vendor, "A client of the server's own organisation skips the page, but not on the developer's own machine.", [AUTH0_CONSENT.whole()];
    INSTALL = "consent.install", Inferred, "Installing an app of the server's own organisation is consent.", [ISSUE_539.at("comment 6 (G. Fletcher), rationale 4", "")];
    SILENT = "consent.prompt_none", Must, "With prompt=none no page is shown, and missing consent is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    NOT_POSSIBLE = "consent.not_possible", Must, "When consent cannot be obtained, an error is returned.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    DENIED = "consent.denied", Must, "The user refuses, and the client is told; what was granted before stays.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_CORE.at("section 3.1.2.6", "AuthError")];
    NARROWED = "consent.narrowed", May, "The user may grant less than was asked for, and the client is told.", [RFC_6749.at("section 3.3", "section-3.3")];
    REQUIRED_REFUSED = "consent.required_refused", Vendor, "Leaving out a scope that is not optional is a refusal.", [OKTA_CONSENT.whole()];
    OUT_OF_DATE = "consent.out_of_date", Inferred, "An answer counts only for the page that was shown.", [OPENID_CORE.at("section 3.1.2.4", "Consent")];
    APPROVED = "consent.approved", Must, "The user approved.", [OPENID_CORE.at("section 3.1.2.4", "Consent")];
}

/// How consent came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Approval {
    /// No page was shown.
    Silent,
    /// The user approved on the page.
    Asked {
        /// Offline access was left in.
        offline: bool,
        /// online_access was left in.
        online: bool,
    },
}

/// Obtains consent, or says what is missing.
pub(super) fn obtain<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    verdict: &mut Verdict,
) -> Result<Approval, Halt> {
    let causes = causes(policy, facts, admitted, access, &mut verdict.trace);
    // Later stages and the screen itself need to know what would come out if the user agrees.
    super::tokens::plan(policy, facts, admitted, access, approval_if_agreed(causes), verdict);
    let Some(causes) = causes else {
        return match facts.consent_answer() {
            ConsentAnswer::Denied => Err(admitted.refusal(ErrorCode::AccessDenied, DENIED).into()),
            _ => Ok(Approval::Silent),
        };
    };
    if admitted.silent {
        return Err(silent_refusal(policy, admitted, SILENT).into());
    }
    if !facts.consent_screen_available() {
        return Err(admitted.refusal(ErrorCode::ConsentRequired, NOT_POSSIBLE).into());
    }
    verdict.consent = Some(page(policy, facts, access, causes));
    answer(policy, facts, admitted, verdict)
}

/// What a request with prompt=none gets when consent is missing.
pub(super) fn silent_refusal(policy: &Knobs, admitted: &Admitted, rule: RuleNumber) -> Refusal {
    let code = match policy.prompt_none_error_code {
        PromptNoneErrorCode::Specific => ErrorCode::ConsentRequired,
        PromptNoneErrorCode::InteractionRequired => ErrorCode::InteractionRequired,
    };
    admitted.refusal(code, rule)
}

const fn approval_if_agreed(causes: Option<ConsentCauses>) -> Approval {
    match causes {
        None => Approval::Silent,
        Some(_) => Approval::Asked { offline: true, online: true },
    }
}

fn answer<F: Facts>(policy: &Knobs, facts: &F, admitted: &Admitted, verdict: &mut Verdict) -> Result<Approval, Halt> {
    match facts.consent_answer() {
        ConsentAnswer::Open => return Err(Halt::Show(Screen::Consent)),
        ConsentAnswer::OutOfDate => {
            verdict.trace.note(OUT_OF_DATE);
            if let Some(page) = &mut verdict.consent {
                page.causes.answer_out_of_date = true;
            }
            return Err(Halt::Show(Screen::Consent));
        }
        ConsentAnswer::Denied => return Err(admitted.refusal(ErrorCode::AccessDenied, DENIED).into()),
        ConsentAnswer::Impossible => return Err(admitted.refusal(ErrorCode::ConsentRequired, NOT_POSSIBLE).into()),
        ConsentAnswer::Approved => {}
    }
    match facts.kept() {
        Kept::All => {}
        Kept::Some | Kept::OnlyGrantedBefore => verdict.trace.note(NARROWED),
        Kept::Nothing => return Err(admitted.refusal(ErrorCode::AccessDenied, DENIED).into()),
        Kept::RequiredRefused => return Err(admitted.refusal(ErrorCode::AccessDenied, REQUIRED_REFUSED).into()),
    }
    verdict.trace.note(APPROVED);
    verdict.grant = match (policy.grant_model, facts.grant_action()) {
        (GrantModel::Multiple, GrantAction::Create) => GrantChange::Create,
        (GrantModel::Multiple, GrantAction::Replace) => GrantChange::Replace,
        (GrantModel::Multiple | GrantModel::PerProject | GrantModel::Single, _) => GrantChange::Add,
    };
    Ok(Approval::Asked { offline: facts.keeps_offline(), online: facts.keeps_online() })
}

/// Why the page is shown; none when it is not.
fn causes<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    trace: &mut Trace,
) -> Option<ConsentCauses> {
    let installed = installed_by_user(policy, facts);
    let trusted = policy.consent_required == ConsentRequired::No
        && policy.prompt_consent_on_trusted_client == PromptConsentOnTrustedClient::Skip;
    let mut causes = ConsentCauses::default();
    if prompts(policy, facts).consent && !installed && !trusted {
        trace.note(PROMPTED);
        causes.prompt_consent = true;
    }
    if makes_grant(policy, facts) {
        trace.note(GRANT_ACTION);
        causes.always_asked = true;
    }
    let waived = waiver(policy, facts, installed);
    match waived {
        Some(rule) => trace.note(rule),
        None => {
            always_asked(policy, facts, admitted, trace, &mut causes);
            if ordinary_missing(policy, facts, access, trace) {
                trace.note(NEW_SCOPES);
                causes.new_scopes = true;
            }
        }
    }
    // A condition that does not permit offline access stands in for the ordinary page only.
    let offline_waived = waived.is_some_and(|rule| rule != OTHER_CONDITION);
    if !offline_waived && offline_missing(policy, facts, access) {
        trace.note(OFFLINE_MISSING);
        causes.offline_access = true;
    }
    let asked = causes != ConsentCauses::default();
    if !asked && waived.is_none() {
        trace.note(ON_RECORD);
    }
    asked.then_some(causes)
}

/// What stands in for the page.
fn waiver<F: Facts>(policy: &Knobs, facts: &F, installed: bool) -> Option<RuleNumber> {
    if policy.consent_required == ConsentRequired::No {
        Some(NOT_REQUIRED)
    } else if policy.first_party_skips_consent == FirstPartySkipsConsent::Yes
        && facts.first_party()
        && facts.redirect_proof() != RedirectProof::Localhost
    {
        Some(FIRST_PARTY)
    } else if installed {
        Some(INSTALL)
    } else if facts.condition() != Condition::None {
        Some(OTHER_CONDITION)
    } else {
        None
    }
}

fn always_asked<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    trace: &mut Trace,
    causes: &mut ConsentCauses,
) {
    if policy.auto_approval == AutoApproval::No {
        trace.note(EVERY_TIME);
        causes.always_asked = true;
    }
    let client_side = admitted.response_type.returns_access_token() && !admitted.response_type.returns_code();
    if client_side && policy.client_side_auto_approval == ClientSideAutoApproval::No {
        trace.note(CLIENT_SIDE);
        causes.always_asked = true;
    }
    if policy.native_auto_approval == NativeAutoApproval::No && facts.application_type() == ApplicationType::Native {
        trace.note(INSTALLED_APP);
        causes.client_always_asked = true;
    }
    if facts.client_type() == ClientType::Public && !identity_assured(policy, facts) {
        trace.note(PUBLIC_CLIENT);
        causes.client_always_asked = true;
    }
}

/// Each value of the knob includes the ones before it.
fn identity_assured<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    match policy.public_auto_approval {
        PublicAutoApproval::Never => false,
        PublicAutoApproval::ClaimedHttps => facts.redirect_proof() == RedirectProof::ClaimedHttps,
        PublicAutoApproval::ExactHttps => {
            matches!(facts.redirect_proof(), RedirectProof::ClaimedHttps | RedirectProof::ExactHttps)
        }
        PublicAutoApproval::Always => true,
    }
}

/// Whether the request makes a grant anew (Grant Management), so that no earlier one counts.
fn makes_grant<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    policy.grant_model == GrantModel::Multiple
        && matches!(facts.grant_action(), GrantAction::Create | GrantAction::Replace)
}

/// Whether the prior grant counts under this policy.
pub(super) fn prior_grant_counts<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    let creates = policy.grant_model == GrantModel::Multiple && facts.grant_action() == GrantAction::Create;
    !creates
        && match facts.prior_grant() {
            PriorGrant::None => false,
            PriorGrant::ThisClient => true,
            PriorGrant::SameProject => policy.grant_model == GrantModel::PerProject,
        }
}

fn ordinary_missing<F: Facts>(policy: &Knobs, facts: &F, access: Accesses, trace: &mut Trace) -> bool {
    let counts = prior_grant_counts(policy, facts);
    let online = access.online == Access::Standing
        && policy.online_access_needs_consent == OnlineAccessNeedsConsent::Yes
        && !(counts && facts.online_granted_before());
    let ordinary = match ordinary_scopes(policy, facts) {
        OrdinaryScopes::NoneAsked => false,
        OrdinaryScopes::AllGranted => !counts,
        OrdinaryScopes::SomeNew
            if counts && policy.new_scope_under_auto_approval == NewScopeUnderAutoApproval::AppLevelGrant =>
        {
            trace.note(APPLICATION_LEVEL);
            false
        }
        OrdinaryScopes::SomeNew => true,
    };
    ordinary || online
}

fn offline_missing<F: Facts>(policy: &Knobs, facts: &F, access: Accesses) -> bool {
    match access.offline {
        Offline::Standing(_, Consent::Ordinary) => {
            let remembered = policy.remembered_consent_suffices_for_offline == RememberedConsentSufficesForOffline::Yes
                && prior_grant_counts(policy, facts)
                && offline_granted_before(policy, facts);
            !remembered
        }
        Offline::Standing(_, Consent::EveryTime | Consent::Prompted) => true,
        Offline::Standing(_, Consent::InPlace) | Offline::NotAsked | Offline::Ignored(..) => false,
    }
}

fn page<F: Facts>(policy: &Knobs, facts: &F, access: Accesses, causes: ConsentCauses) -> ConsentPage {
    let offline_notice = match (policy.offline_notice, access.offline) {
        (OfflineNotice::Always, _) => true,
        (OfflineNotice::Never, _) => false,
        (OfflineNotice::AskedFor, Offline::Standing(asked, _)) => asked != OfflineAsked::NativeDefault,
        (OfflineNotice::AskedForOrDefault, Offline::Standing(..)) => true,
        (OfflineNotice::AskedFor | OfflineNotice::AskedForOrDefault, Offline::NotAsked | Offline::Ignored(..)) => false,
    };
    ConsentPage {
        offline_notice,
        remember_checkbox: policy.remember_consent == RememberConsent::Checkbox,
        shows_already_granted: policy.already_granted_display == AlreadyGrantedDisplay::Marked,
        counts_prior_grant: prior_grant_counts(policy, facts),
        causes,
    }
}

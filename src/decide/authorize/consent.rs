//! Seventh stage: is the user asked, and what does the page say?
//!
//! The page is this stage's verdict. What the person answers is a fact about it, and the next stage's.

use super::access::{Accesses, Offline, PermittedBy, installed_by_user, nothing_left, prompt_satisfied};
use super::admitted::Admitted;
use super::facts::{AuthorizeFacts, Condition, GrantAction, OrdinaryScopes};
use super::prior::{earlier_scopes, given_elsewhere, offline_granted_before, prior_grant_counts, refusals_count};
use super::verdict::{Access, ConsentCauses, ConsentPage, Included, RedirectNamed, RestsOn, ScopePlan, Stays};
use super::vocabulary::{OfflineAsked, ordinary_scopes};
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, Told};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::oauth::redirect::RedirectProof;
use crate::oauth::response::ResponseType;
use crate::policy::knobs::{
    AlreadyGrantedDisplay, AutoApproval, ClientSideAutoApproval, ConsentRequired, EarlierScopesOnApproval, EmptyScope,
    FirstPartySkipsConsent, GrantModel, Knobs, LoopbackAutoApproval, NativeAutoApproval, NewScopeUnderAutoApproval,
    OfflineNotice, OnlineAccessNeedsConsent, PromptConsentOnTrustedClient, PublicAutoApproval, RedirectNotice,
    RememberConsent, RememberedConsentSufficesForOffline,
};
use crate::sources::{
    AUTH0_CONSENT, BROWSER_BASED_APPS, GOOGLE_2011, GRANT_MANAGEMENT, INCREMENTAL_00, ISSUE_539, MCP_BEST_PRACTICES,
    MCP_SDK_681, MCP_SECURITY, OIDC_PROVIDER, OKTA_CONSENT, OPENID_CORE, RFC_6749, RFC_8252,
};

rules! {
    /// Whether the user is asked.
    ConsentRule;
    Prompted = "consent.prompted", Should, "The request asks for the consent page.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest"), ISSUE_539.at("comment 2 (Breno), prompt", ""), GOOGLE_2011.at("mitigation", "")], of [prompt, approval_prompt];
    PromptSatisfied = "consent.prompt_satisfied", Inferred, "Another condition covers the request and permits offline access, so prompt=consent has nothing left to ask.", [OPENID_CORE.at("section 11, bullet 1", "OfflineAccess"), MCP_SDK_681.whole()], of [prompt];
    OtherRedirectUri = "consent.other_redirect_uri", Inferred, "Consent counts for the redirect URI that it was given for.", [MCP_SECURITY.at("Localhost Redirect URI Risks", ""), MCP_BEST_PRACTICES.whole()], of [redirect_uri];
    LoopbackClient = "consent.loopback_client", Inferred, "Nobody knows which program listens on a loopback address.", [MCP_BEST_PRACTICES.at("Localhost Redirect URI Impersonation", "")], of [redirect_uri];
    RedirectHost = "consent.redirect_host", Must, "The page names the host that receives the response.", [MCP_SECURITY.at("Localhost Redirect URI Risks", "")], of [redirect_uri];
    LoopbackWarning = "consent.loopback_warning", Should, "The page warns that every redirect URI is loopback.", [MCP_SECURITY.at("Localhost Redirect URI Risks", "")], of [redirect_uri];
    NewScopes = "consent.new_scopes", Must, "The user has not granted a requested scope yet, and decides before anything is released.", [OPENID_CORE.at("section 3.1.2.4", "Consent"), ISSUE_539.at("comment 4 (G. Fletcher), user consent", "")], of [scope];
    OnRecord = "consent.on_record", May, "Consent to everything is on record, so no page is needed.", [OPENID_CORE.at("section 3.1.2.4", "Consent"), RFC_6749.at("section 10.2", "section-10.2"), GOOGLE_2011.at("change 3", "")];
    ApplicationLevel = "consent.application_level", Inferred, "What counts is that the user granted access to the application, whatever the scopes.", [ISSUE_539.at("comment 2 (Breno), prompt", "")], of [scope];
    OfflineMissing = "consent.offline_missing", Must, "Consent to offline access is missing, or has to be given every time.", [OPENID_CORE.at("section 11", "OfflineAccess"), ISSUE_539.at("comment 5 (N. Sakimura)", "")], of [scope];
    PublicClient = "consent.public_client", Should, "A public client whose identity is not assured is not approved without asking the user.", [RFC_6749.at("section 10.2", "section-10.2"), RFC_8252.at("section 8.6", "section-8.6"), INCREMENTAL_00.at("section 5", "section-5"), BROWSER_BASED_APPS.at("section 6.3.3.2", "")];
    InstalledApp = "consent.installed_app", Vendor, "An installed app is never approved without asking the user.", [ISSUE_539.at("comment 2 (Breno), principle 1", "")];
    EveryTime = "consent.every_time", Vendor, "The user is asked every time.", [GOOGLE_2011.at("change 3, current behaviour", "")];
    ClientSide = "consent.client_side", Inferred, "Auto-approval covers the server-side flow only.", [GOOGLE_2011.at("change 3", "")];
    GrantAction = "consent.grant_action", Must, "A new or replaced grant becomes what the user consents to now.", [GRANT_MANAGEMENT.at("section 5.2", "")], of [grant_management_action];
    OtherCondition = "consent.other_condition", Must, "Another condition for processing stands in for the page.", [OPENID_CORE.at("section 3.1.2.4", "Consent"), ISSUE_539.at("comment 7 (N. Sakimura)", "")];
    NotRequired = "consent.not_required", Vendor, "The client is fully trusted: its registration says that no consent is required.", [OKTA_CONSENT.whole()];
    FirstParty = "consent.first_party", Vendor, "A client of the server's own organisation skips the page, but not on the developer's own machine.", [AUTH0_CONSENT.whole()];
    Install = "consent.install", Inferred, "Installing an app of the server's own organisation is consent.", [ISSUE_539.at("comment 6 (G. Fletcher), rationale 4", "")];
    Silent = "consent.prompt_none", Must, "With prompt=none no page is shown, and missing consent is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [prompt];
    NothingLeft = "consent.nothing_left", Vendor, "There is nothing that the user could grant, so access is denied.", [OIDC_PROVIDER.whole()], of [scope];
    NotPossible = "consent.not_possible", Must, "When consent cannot be obtained, an error is returned.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
}

/// Whether the user is asked, and what a result could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Consent {
    /// The scopes of a result, if the user agrees where that is needed.
    pub(super) scopes: ScopePlan,
    /// The page; none where nobody needs to be asked.
    pub(super) page: Option<ConsentPage>,
    /// A condition for processing stands in for the page.
    pub(super) rests_on: Option<RestsOn>,
}

/// Decides whether the user is asked.
pub(super) fn consent<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
) -> Told<Result<Consent, Refusal<ConsentRule>>, ConsentRule> {
    Told::by(|noted| {
        let scopes = scopes(policy, facts, admitted, access);
        let waiver = waiver(policy, facts);
        let rests_on = (waiver == Some(Waiver::Condition)).then_some(RestsOn::Condition);
        let Some(causes) = causes(policy, facts, admitted, access, waiver, noted) else {
            if policy.empty_scope == EmptyScope::AccessDenied && nothing_left(policy, facts, admitted, &access) {
                return Err(admitted.refuse(ErrorCode::AccessDenied, ConsentRule::NothingLeft));
            }
            return Ok(Consent { scopes, page: None, rests_on });
        };
        if admitted.silent {
            return Err(admitted.refuse_silently(policy, facts, ConsentRule::Silent));
        }
        if !facts.consent_screen_available() {
            return Err(admitted.refuse_as_openid(policy, ErrorCode::ConsentRequired, ConsentRule::NotPossible));
        }
        Ok(Consent { scopes, page: Some(page(policy, facts, access, scopes, causes, noted)), rests_on })
    })
}

/// What becomes of the scopes that ask for offline and online access if the user agrees, and whether earlier ones are
/// added.
fn scopes<F: AuthorizeFacts>(policy: &Knobs, facts: &F, admitted: &Admitted, access: Accesses) -> ScopePlan {
    let offline = match access.offline {
        Offline::Ignored(OfflineAsked::Scope, reason) => Access::Ignored(reason),
        Offline::Standing(OfflineAsked::Scope, _) => Access::Standing,
        Offline::NotAsked | Offline::Ignored(..) | Offline::Standing(..) => Access::NotAsked,
    };
    let merges = policy.grant_model == GrantModel::Multiple && facts.grant_action() == GrantAction::Merge;
    let included = match (merges, admitted.includes_granted_scopes) {
        (true, _) => Some(Included::Merged),
        (false, true) => Some(Included::Requested),
        (false, false) => None,
    };
    ScopePlan {
        offline,
        online: access.online,
        online_added: access.online_added,
        included: included.filter(|_| prior_grant_counts(policy, facts) && !given_elsewhere(policy, facts)),
        without_refused: refusals_count(policy, facts),
    }
}

/// Why the page is shown; none when it is not.
fn causes<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    waiver: Option<Waiver>,
    noted: &mut Noted<ConsentRule>,
) -> Option<ConsentCauses> {
    let trusted = policy.consent_required == ConsentRequired::No
        && policy.prompt_consent_on_trusted_client == PromptConsentOnTrustedClient::Skip;
    let mut causes = ConsentCauses::default();
    if !trusted && admitted.consent && !installed_by_user(policy, facts) {
        let stands = matches!(access.offline, Offline::Standing(OfflineAsked::Scope, _));
        if stands && prompt_satisfied(policy, facts, admitted) {
            noted.note(ConsentRule::PromptSatisfied);
        } else {
            noted.note(ConsentRule::Prompted);
            causes.prompt_consent = true;
        }
    }
    if policy.loopback_auto_approval == LoopbackAutoApproval::Never
        && facts.redirect_proof() == RedirectProof::Localhost
    {
        noted.note(ConsentRule::LoopbackClient);
        causes.loopback_client = true;
    }
    if makes_grant(policy, facts) {
        noted.note(ConsentRule::GrantAction);
        causes.always_asked = true;
    }
    match waiver {
        Some(waiver) => noted.note(waiver.rule()),
        None => {
            always_asked(policy, facts, admitted, noted, &mut causes);
            causes.redirect_uri_changed = given_elsewhere(policy, facts);
            if ordinary_missing(policy, facts, admitted, access, noted) {
                noted.note(ConsentRule::NewScopes);
                causes.new_scopes = true;
            }
        }
    }
    // A condition that does not permit offline access stands in for the ordinary page only.
    let offline_waived = waiver.is_some_and(|waiver| waiver != Waiver::Condition);
    if !offline_waived {
        if offline_missing(policy, facts, access) {
            noted.note(ConsentRule::OfflineMissing);
            causes.offline_access = true;
        } else if matches!(access.offline, Offline::Standing(_, PermittedBy::PageWhereMissing)) {
            // It would rest on what is remembered.
            causes.redirect_uri_changed = given_elsewhere(policy, facts);
        }
    }
    if causes.redirect_uri_changed {
        noted.note(ConsentRule::OtherRedirectUri);
    }
    let asked = causes != ConsentCauses::default();
    if !asked && waiver.is_none() {
        noted.note(ConsentRule::OnRecord);
    }
    asked.then_some(causes)
}

/// What stands in for the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waiver {
    /// The registration says that no consent is required.
    NotRequired,
    /// A client of the server's own organisation.
    FirstParty,
    /// The installation of the app.
    Install,
    /// Another condition for processing.
    Condition,
}

impl Waiver {
    const fn rule(self) -> ConsentRule {
        match self {
            Self::NotRequired => ConsentRule::NotRequired,
            Self::FirstParty => ConsentRule::FirstParty,
            Self::Install => ConsentRule::Install,
            Self::Condition => ConsentRule::OtherCondition,
        }
    }
}

fn waiver<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Option<Waiver> {
    if policy.consent_required == ConsentRequired::No {
        Some(Waiver::NotRequired)
    } else if policy.first_party_skips_consent == FirstPartySkipsConsent::Yes
        && facts.first_party()
        && facts.redirect_proof() != RedirectProof::Localhost
    {
        Some(Waiver::FirstParty)
    } else if installed_by_user(policy, facts) {
        Some(Waiver::Install)
    } else if facts.condition() != Condition::None {
        Some(Waiver::Condition)
    } else {
        None
    }
}

fn always_asked<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    noted: &mut Noted<ConsentRule>,
    causes: &mut ConsentCauses,
) {
    if policy.auto_approval == AutoApproval::No {
        noted.note(ConsentRule::EveryTime);
        causes.always_asked = true;
    }
    let client_side = admitted.response_type.returns_access_token() && !admitted.response_type.returns_code();
    if client_side && policy.client_side_auto_approval == ClientSideAutoApproval::No {
        noted.note(ConsentRule::ClientSide);
        causes.always_asked = true;
    }
    if never_auto_approved(policy, admitted) && facts.application_type() == ApplicationType::Native {
        noted.note(ConsentRule::InstalledApp);
        causes.client_always_asked = true;
    }
    if facts.client_type() == ClientType::Public && !identity_assured(policy, facts) {
        noted.note(ConsentRule::PublicClient);
        causes.client_always_asked = true;
    }
}

/// Whether an installed app is asked for every time, as far as the request decides it.
pub(super) fn never_auto_approved(policy: &Knobs, admitted: &Admitted) -> bool {
    match policy.native_auto_approval {
        NativeAutoApproval::Yes => false,
        NativeAutoApproval::No => true,
        NativeAutoApproval::ResponseTypeNone => admitted.response_type != ResponseType::None,
    }
}

/// Each value of the knob includes the ones before it.
fn identity_assured<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
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
fn makes_grant<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.grant_model == GrantModel::Multiple
        && matches!(facts.grant_action(), GrantAction::Create | GrantAction::Replace)
}

fn ordinary_missing<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    noted: &mut Noted<ConsentRule>,
) -> bool {
    let counts = prior_grant_counts(policy, facts);
    let ordinary_scopes = ordinary_scopes(policy, facts, admitted.words);
    // Online access that needs no consent of its own goes along with what the user granted, or with offline access. With
    // nothing else asked and nothing granted, there would be no decision of the user's at all; ordinary scopes that are
    // not granted are a reason of their own, below.
    let goes_along = policy.online_access_needs_consent == OnlineAccessNeedsConsent::No
        && (counts || matches!(access.offline, Offline::Standing(..)));
    let online = access.online == Access::Standing && !goes_along && !(counts && facts.online_granted_before());
    let ordinary = match ordinary_scopes {
        OrdinaryScopes::NoneAsked => false,
        OrdinaryScopes::AllGranted => !counts,
        OrdinaryScopes::SomeNew
            if counts && policy.new_scope_under_auto_approval == NewScopeUnderAutoApproval::AppLevelGrant =>
        {
            noted.note(ConsentRule::ApplicationLevel);
            false
        }
        OrdinaryScopes::SomeNew => true,
    };
    ordinary || online
}

fn offline_missing<F: AuthorizeFacts>(policy: &Knobs, facts: &F, access: Accesses) -> bool {
    match access.offline {
        Offline::Standing(_, PermittedBy::PageWhereMissing) => {
            let remembered = policy.remembered_consent_suffices_for_offline == RememberedConsentSufficesForOffline::Yes
                && prior_grant_counts(policy, facts)
                && offline_granted_before(policy, facts);
            !remembered
        }
        Offline::Standing(_, PermittedBy::PageEveryTime | PermittedBy::PromptedPage) => true,
        Offline::Standing(_, PermittedBy::InPlace | PermittedBy::Condition)
        | Offline::NotAsked
        | Offline::Ignored(..) => false,
    }
}

fn page<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    access: Accesses,
    lists: ScopePlan,
    causes: ConsentCauses,
    noted: &mut Noted<ConsentRule>,
) -> ConsentPage {
    let offline_notice = match (policy.offline_notice, access.offline) {
        (OfflineNotice::Always, _) => true,
        (OfflineNotice::Never, _) => false,
        (OfflineNotice::AskedFor, Offline::Standing(asked, _)) => asked != OfflineAsked::NativeDefault,
        (OfflineNotice::AskedForOrDefault, Offline::Standing(..)) => true,
        (OfflineNotice::AskedFor | OfflineNotice::AskedForOrDefault, Offline::NotAsked | Offline::Ignored(..)) => false,
    };
    let counts_prior_grant = prior_grant_counts(policy, facts);
    ConsentPage {
        lists,
        offline_notice,
        remember_checkbox: policy.remember_consent == RememberConsent::Checkbox,
        shows_already_granted: policy.already_granted_display == AlreadyGrantedDisplay::Marked,
        redirect: redirect_named(policy, facts, noted),
        counts_prior_grant,
        stays: if counts_prior_grant { stays(policy, facts) } else { Stays::Nothing },
        causes,
    }
}

fn stays<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Stays {
    match earlier_scopes(policy, facts) {
        None | Some(EarlierScopesOnApproval::Replaced) => Stays::Nothing,
        Some(EarlierScopesOnApproval::LeftOutGo) => Stays::Openid,
        Some(EarlierScopesOnApproval::Stay) => Stays::Everything,
    }
}

/// What the page says of where the response goes.
fn redirect_named<F: AuthorizeFacts>(policy: &Knobs, facts: &F, noted: &mut Noted<ConsentRule>) -> RedirectNamed {
    let named = match policy.redirect_notice {
        RedirectNotice::None => return RedirectNamed::No,
        RedirectNotice::Host => RedirectNamed::Host,
        RedirectNotice::HostAndLoopback if facts.only_loopback() => RedirectNamed::HostWithWarning,
        RedirectNotice::HostAndLoopback => RedirectNamed::HostWithoutWarning,
    };
    noted.note(ConsentRule::RedirectHost);
    if named == RedirectNamed::HostWithWarning {
        noted.note(ConsentRule::LoopbackWarning);
    }
    named
}

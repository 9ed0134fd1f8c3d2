//! From the case to a situation: every string and every time becomes a fact.

use std::sync::Arc;

use super::answers::ConsentGiven;
use super::asked::AskedMaxAge;
use super::asked_scopes::AccessWord;
use super::authorize_case::AuthorizeCase;
use super::authorized;
use super::result_scopes;
use super::surroundings::SmartContext;
use crate::decide::authorize::engine::Asking;
use crate::decide::authorize::facts::{
    AccountAnswer, AnsweredPage, AuthorizeFact, AuthorizeSituation, ClientStanding, Condition, ConsentAnswer,
    GrantAction, GrantId, Hint, Kept, Launch, MaxAge, PriorGrant, RememberAnswer, SavedConsent,
};
use crate::decide::fact::Situation;
use crate::decide::syntax::Syntax;
use crate::decide::words::is_offline_scope;
use crate::oauth::client::{ApplicationType, Client, ClientType};
use crate::oauth::parameters::Parameter;
use crate::oauth::redirect::{self, RedirectForm, RedirectProof};
use crate::oauth::response::ResponseType;
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, OPENID, REFRESH_TOKEN};
use crate::policy::Policy;
use crate::records::{Grant, How};

/// The situation before the consent page is answered.
pub(super) fn unanswered(policy: &Policy, case: &AuthorizeCase) -> Situation<AuthorizeFact> {
    let request = &case.request;
    let client = case.client.as_ref();
    let effective = &case.scopes.effective;
    let grant = remembered_grant(case);
    let covers = |scope: &str| grant.is_some_and(|grant| grant.scope.contains(scope));
    let configured = &policy.configuration;
    Situation::from(AuthorizeSituation {
        client: client_standing(case),
        redirect_uri_sent: request.redirect_uri.is_some(),
        syntax: syntax(case),
        response_type: request.response_type,
        response_type_supported: response_type_supported(policy, case),
        response_type_registered: match (client, request.response_type.known()) {
            (Some(client), Some(response_type)) => client.has_response_type(response_type),
            _ => false,
        },
        response_mode: request.response_mode,
        request_object: request.request_object,
        prompt_none: request.prompt.none,
        prompt_login: request.prompt.login,
        prompt_consent: request.prompt.consent,
        prompt_select_account: request.prompt.select_account,
        prompt_force: request.prompt.force,
        prompt_auto: request.prompt.auto,
        prompt_unknown: request.prompt.unknown,
        display: request.display,
        nonce: request.parameters.get(Parameter::Nonce).is_some(),
        state_sent: request.parameters.get(Parameter::State).is_some(),
        code_challenge: request.code_challenge,
        max_age_malformed: case.max_age() == AskedMaxAge::Malformed,
        max_age: max_age(case),
        foreign_hint: request.parameters.get(Parameter::IdTokenHint).is_some()
            && !case.hint.as_ref().is_some_and(|hint| hint.issued_here),
        hint: hint(case),
        scope: case.scopes.standing,
        ordinary_not_allowed: case.scopes.ordinary_not_allowed(),
        openid: effective.contains(OPENID),
        ordinary_scopes: case.scopes.ordinary(grant.is_some(), true),
        unrefused_scopes: case.scopes.ordinary(grant.is_some(), false),
        offline_refused_before: [OFFLINE_ACCESS, REFRESH_TOKEN]
            .into_iter()
            .any(|scope| is_offline_scope(&policy.knobs, scope) && refused_before(grant, scope)),
        online_refused_before: refused_before(grant, ONLINE_ACCESS),
        asks_offline_access: case.scopes.word(policy, AccessWord::OfflineAccess),
        asks_refresh_token_scope: case.scopes.word(policy, AccessWord::RefreshToken),
        asks_online_access: case.scopes.word(policy, AccessWord::OnlineAccess),
        access_type: request.access_type,
        approval_prompt: request.approval_prompt,
        include_granted_scopes: request.include_granted_scopes,
        grant_action: grant_action(policy, request.grant_action),
        grant_id: grant_id(case),
        launch_sent: request.parameters.get(Parameter::Launch).is_some(),
        application_type: client.map_or(ApplicationType::Web, |client| client.application_type),
        client_type: client.map_or(ClientType::Public, |client| client.client_type),
        redirect_proof: case.redirect.as_ref().map_or(RedirectProof::Nothing, |redirect| redirect.proof),
        redirect_form: case.redirect.as_ref().map_or(RedirectForm::Web, |redirect| redirect.form),
        only_loopback: client
            .filter(|_| case.redirect.is_some())
            .is_some_and(|client| redirect::are_local(&client.redirect_uris)),
        first_party: case.trust.first_party,
        refresh_grant_registered: client.is_some_and(|client| client.has_grant_type("refresh_token")),
        signed_in: case.session.is_some(),
        several_accounts: case.session.as_ref().is_some_and(|session| session.accounts > 1),
        login_answer: case.answers.login,
        account_answer: match case.session {
            Some(_) => case.answers.account,
            None => AccountAnswer::Open,
        },
        prior_grant: prior_grant(case, grant),
        grant_of_session: grant.is_some_and(|grant| case.grant_is_of_this_session(grant)),
        grant_for_other_redirect_uri: grant.is_some_and(|grant| given_for_other_redirect(case, grant)),
        offline_granted_before: covers(OFFLINE_ACCESS),
        refresh_token_scope_granted_before: covers(REFRESH_TOKEN),
        online_granted_before: covers(ONLINE_ACCESS),
        first_code_exchanged: grant.is_none_or(|grant| grant.first_code_exchanged),
        saved_consent: saved_consent(policy, case, grant),
        condition: condition(case),
        launch: match case.circumstances.launch {
            None => Launch::Unstated,
            Some(SmartContext::Ehr) => Launch::Ehr,
            Some(SmartContext::Standalone) => Launch::Standalone,
        },
        client_eligible: case.circumstances.client_eligible,
        user_may_have_offline: case.circumstances.user_may_have_offline,
        admin_restricted: case.circumstances.admin_restricted,
        consent_screen_available: case.circumstances.consent_screen_available,
        consent_valid: case.circumstances.consent_valid,
        consent_answer: ConsentAnswer::Open,
        answered_page: AnsweredPage::This,
        kept: Kept::All,
        keeps_offline: true,
        keeps_online: true,
        remember: RememberAnswer::Unsaid,
        time_limited: false,
        beyond_basic_profile: false,
        testing_project: client.is_some_and(|client| client.testing_project),
        browser_absolute_limit: configured.browser_refresh_token_absolute_lifetime_s.is_some(),
        offline_absolute_limit: configured.offline_refresh_token_absolute_lifetime_s.is_some(),
        absolute_limit: configured.refresh_token_absolute_lifetime_s.is_some(),
        offline_idle_limit: configured.offline_refresh_token_idle_lifetime_s.is_some(),
        idle_limit: configured.refresh_token_idle_lifetime_s.is_some(),
        policy_duration: configured.refresh_token_policy_s.is_some(),
        grant_ends: configured.grant_lifetime_s.is_some(),
    })
}

/// The situation with what the person answered on the page, and with what that leaves; no other fact depends on it.
pub(super) fn answered(
    policy: &Policy,
    case: &AuthorizeCase,
    asking: &Asking,
    unanswered: Situation<AuthorizeFact>,
) -> Situation<AuthorizeFact> {
    let page = asking.page();
    let given = case.answers.consent.as_ref();
    let answered_page = given.map_or(AnsweredPage::This, |given| {
        given.page(page.and_then(|page| authorized::screen(policy, case, page)).as_ref())
    });
    let counts = page.is_some() && answered_page == AnsweredPage::This;
    let approved = given.filter(|_| counts).and_then(|given| given.scope.as_ref());
    let left = result_scopes::left(policy, case, asking, approved);
    unanswered
        .with(AuthorizeFact::ConsentAnswer, given.map_or(ConsentAnswer::Open, |given| given.result))
        .with(AuthorizeFact::AnsweredPage, answered_page)
        .with(AuthorizeFact::Kept, left.kept)
        .with(AuthorizeFact::KeepsOffline, left.offline)
        .with(AuthorizeFact::KeepsOnline, left.online)
        .with(AuthorizeFact::Remember, given.map_or(RememberAnswer::Unsaid, ConsentGiven::remember))
        .with(AuthorizeFact::TimeLimited, given.is_some_and(|given| given.time_limit.is_some()))
        .with(AuthorizeFact::BeyondBasicProfile, left.beyond_basic_profile)
}

/// The response types that the configuration offers; every one where it lists none.
fn response_type_supported(policy: &Policy, case: &AuthorizeCase) -> bool {
    let Some(asked) = case.request.response_type.known() else { return true };
    let offered = policy.configuration.response_types_supported.as_ref();
    offered.is_none_or(|offered| offered.iter().any(|name| ResponseType::parse(name) == Some(asked)))
}

fn client_standing(case: &AuthorizeCase) -> ClientStanding {
    let asked = |client: &&Arc<Client>| case.request.client_id.as_deref() == Some(client.client_id.as_str());
    if case.request.parameters.too_long() {
        ClientStanding::Unreadable
    } else if case.client.as_ref().filter(asked).is_none() {
        ClientStanding::UnknownClient
    } else if case.redirect.is_none() {
        ClientStanding::UnknownRedirect
    } else {
        ClientStanding::Known
    }
}

fn syntax(case: &AuthorizeCase) -> Syntax {
    let parameters = &case.request.parameters;
    if parameters.malformed() {
        Syntax::Malformed
    } else if parameters.repeated() {
        Syntax::Repeated
    } else {
        Syntax::WellFormed
    }
}

/// "More seconds than this" (OpenID Connect Core 1.0, section 3.1.2.1): an equal age is within.
fn max_age(case: &AuthorizeCase) -> MaxAge {
    let age = case.session.as_ref().map(|session| case.now.saturating_sub(session.auth_time));
    match (case.max_age(), age) {
        (AskedMaxAge::Absent | AskedMaxAge::Malformed, _) => MaxAge::Absent,
        (AskedMaxAge::Seconds(0), _) => MaxAge::Zero,
        (AskedMaxAge::Seconds(limit), Some(age)) if age > limit => MaxAge::Exceeded,
        (AskedMaxAge::Seconds(_), _) => MaxAge::Within,
    }
}

/// A hint that was sent and of which the caller verified nothing was not issued here as far as anybody knows; that is
/// a fact of its own.
fn hint(case: &AuthorizeCase) -> Hint {
    match (case.request.parameters.get(Parameter::IdTokenHint), &case.hint) {
        (None, _) => Hint::Absent,
        (Some(_), Some(hint)) if hint.issued_here => match case.sub() {
            Some(sub) if *sub != hint.sub => Hint::OtherUser,
            _ => Hint::SameUser,
        },
        (Some(_), _) => Hint::Absent,
    }
}

fn grant_action(policy: &Policy, asked: GrantAction) -> GrantAction {
    let name = match asked {
        GrantAction::Create => "create",
        GrantAction::Merge => "merge",
        GrantAction::Replace => "replace",
        GrantAction::Absent | GrantAction::Unsupported => return asked,
    };
    match &policy.configuration.grant_management_actions_supported {
        Some(offered) if !offered.iter().any(|known| known == name) => GrantAction::Unsupported,
        _ => asked,
    }
}

/// Before anybody is signed in, a grant of that id is taken for theirs; after that its owner decides.
fn grant_id(case: &AuthorizeCase) -> GrantId {
    let Some(asked) = &case.request.grant_id else { return GrantId::Absent };
    let theirs = case.grant.as_ref().is_some_and(|grant| {
        grant.grant_id.as_ref() == Some(asked)
            && case.grant_is_this_clients(grant)
            && (case.session.is_none() || case.live_grant().is_some())
    });
    if theirs { GrantId::Theirs } else { GrantId::NotTheirs }
}

/// The grant that counts as consent: alive, this user's, and kept for later.
fn remembered_grant(case: &AuthorizeCase) -> Option<&Grant> {
    case.live_grant().filter(|grant| grant.remembered && (case.grant_is_this_clients(grant) || grant.project_shared))
}

fn prior_grant(case: &AuthorizeCase, grant: Option<&Grant>) -> PriorGrant {
    match grant {
        None => PriorGrant::None,
        Some(grant) if case.grant_is_this_clients(grant) => PriorGrant::ThisClient,
        Some(_) => PriorGrant::SameProject,
    }
}

/// A grant of which nobody says for which redirect URI it was given counts for each.
fn given_for_other_redirect(case: &AuthorizeCase, grant: &Grant) -> bool {
    match (&grant.redirect_uri, &case.redirect) {
        (Some(given_for), Some(asked)) => !redirect::is_same(given_for, &asked.uri),
        (Some(_), None) | (None, _) => false,
    }
}

fn refused_before(grant: Option<&Grant>, scope: &str) -> bool {
    grant.and_then(|grant| grant.refused.as_ref()).is_some_and(|refused| refused.contains(scope))
}

fn saved_consent(policy: &Policy, case: &AuthorizeCase, grant: Option<&Grant>) -> SavedConsent {
    let Some(grant) = grant else { return SavedConsent::NotExplicit };
    match grant.how {
        How::ExplicitPrompt | How::RememberCheckbox => {}
        How::Admin | How::Policy => return SavedConsent::Administrative,
        How::Install => return SavedConsent::NotExplicit,
    }
    let age = grant.granted_at.map(|granted_at| case.now.saturating_sub(granted_at));
    match (age, policy.configuration.saved_consent_max_age_s) {
        (Some(age), Some(limit)) if age < limit => SavedConsent::ExplicitRecent,
        _ => SavedConsent::ExplicitOld,
    }
}

/// Offline access is permitted where conditions that permit it cover every requested scope.
fn condition(case: &AuthorizeCase) -> Condition {
    if case.conditions.is_empty() {
        return Condition::None;
    }
    let covered = |offline_only: bool| {
        case.scopes.beyond_vocabularies().all(|(scope, _)| {
            case.conditions
                .iter()
                .filter(|condition| condition.permits_offline || !offline_only)
                .any(|condition| condition.resources.as_ref().is_none_or(|resources| resources.contains(scope)))
        })
    };
    if !covered(false) {
        Condition::None
    } else if case.conditions.iter().any(|condition| condition.permits_offline) && covered(true) {
        Condition::Offline
    } else {
        Condition::Ordinary
    }
}

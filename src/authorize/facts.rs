//! From the context to a situation: every string and every time becomes a fact.

use super::context::Context;
use super::request::AskedMaxAge;
use crate::decide::Situation;
use crate::decide::facts::{
    AccountAnswer, ClientStanding, Condition, ConsentAnswer, GrantAction, GrantId, Hint, Kept, MaxAge, OrdinaryScopes,
    PriorGrant, PromptNone, SavedConsent, Syntax,
};
use crate::oauth::client::{ApplicationType, Client, ClientType};
use crate::oauth::grant::{Grant, How};
use crate::oauth::redirect::RedirectProof;
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, OPENID, REFRESH_TOKEN};
use crate::policy::Policy;

/// The situation before the consent page is answered.
pub(super) fn situation(policy: &Policy, context: &Context) -> Situation {
    let request = &context.request;
    let client = context.client.as_ref();
    let effective = &context.scopes.effective;
    let grant = remembered_grant(context);
    let covers = |scope: &str| grant.is_some_and(|grant| grant.scope.contains(scope));
    Situation {
        client: client_standing(context),
        syntax: syntax(context),
        response_type: request.response_type,
        response_type_registered: match (client, request.response_type.known()) {
            (Some(client), Some(response_type)) => client.has_response_type(response_type),
            _ => false,
        },
        response_mode: request.response_mode,
        request_object: request.request_object,
        prompt_sent: !request.prompt.values.is_empty(),
        prompt_none: match (request.prompt.contains("none"), request.prompt.values.len()) {
            (false, _) => PromptNone::Absent,
            (true, 1) => PromptNone::Alone,
            (true, _) => PromptNone::WithOthers,
        },
        prompt_login: request.prompt.contains("login"),
        prompt_consent: request.prompt.contains("consent"),
        prompt_select_account: request.prompt.contains("select_account"),
        prompt_force: request.prompt.contains("force"),
        prompt_auto: request.prompt.contains("auto"),
        prompt_unknown: request.prompt.values.iter().any(|value| !known_prompt(value)),
        display: request.display,
        nonce: request.parameters.get("nonce").is_some(),
        code_challenge: request.code_challenge,
        max_age: max_age(context),
        hint: hint(context),
        scope: context.scopes.standing,
        openid: effective.contains(OPENID),
        ordinary_scopes: ordinary_scopes(context, grant),
        asks_offline_access: effective.contains(OFFLINE_ACCESS),
        asks_refresh_token_scope: effective.contains(REFRESH_TOKEN),
        asks_online_access: effective.contains(ONLINE_ACCESS),
        access_type: request.access_type,
        approval_prompt: request.approval_prompt,
        include_granted_scopes: request.include_granted_scopes,
        grant_action: grant_action(policy, request.grant_action),
        grant_id: grant_id(context),
        launch_sent: request.parameters.get("launch").is_some(),
        application_type: client.map_or(ApplicationType::Web, |client| client.application_type),
        client_type: client.map_or(ClientType::Public, |client| client.client_type),
        redirect_proof: context.redirect.as_ref().map_or(RedirectProof::Nothing, |redirect| redirect.proof),
        first_party: context.trust.first_party,
        refresh_grant_registered: client.is_some_and(|client| client.has_grant_type("refresh_token")),
        signed_in: context.session.is_some(),
        several_accounts: context.session.as_ref().is_some_and(|session| session.accounts > 1),
        login_answer: context.answers.login,
        account_answer: match context.session {
            Some(_) => context.answers.account,
            None => AccountAnswer::Open,
        },
        prior_grant: prior_grant(context, grant),
        offline_granted_before: covers(OFFLINE_ACCESS),
        refresh_token_scope_granted_before: covers(REFRESH_TOKEN),
        online_granted_before: covers(ONLINE_ACCESS),
        first_code_exchanged: grant.is_none_or(|grant| grant.first_code_exchanged),
        saved_consent: saved_consent(policy, context, grant),
        condition: condition(context),
        launch: context.circumstances.launch,
        client_eligible: context.circumstances.client_eligible,
        user_may_have_offline: context.circumstances.user_may_have_offline,
        admin_restricted: context.circumstances.admin_restricted,
        consent_screen_available: context.circumstances.consent_screen_available,
        consent_valid: context.circumstances.consent_valid,
        consent_answer: ConsentAnswer::Open,
        kept: Kept::All,
        keeps_offline: true,
        keeps_online: true,
    }
}

fn client_standing(context: &Context) -> ClientStanding {
    let asked = |client: &&Client| context.request.client_id.as_deref() == Some(client.client_id.as_str());
    if context.request.parameters.too_long() {
        ClientStanding::Unreadable
    } else if context.client.as_ref().filter(asked).is_none() {
        ClientStanding::UnknownClient
    } else if context.redirect.is_none() {
        ClientStanding::UnknownRedirect
    } else {
        ClientStanding::Known
    }
}

fn syntax(context: &Context) -> Syntax {
    let parameters = &context.request.parameters;
    if parameters.malformed() {
        Syntax::Malformed
    } else if parameters.repeated() {
        Syntax::Repeated
    } else {
        Syntax::WellFormed
    }
}

/// Known to one vocabulary or another.
fn known_prompt(value: &str) -> bool {
    matches!(value, "none" | "login" | "consent" | "select_account" | "force" | "auto")
}

/// "More seconds than this" (OpenID Connect Core 1.0, section 3.1.2.1): an equal age is within.
fn max_age(context: &Context) -> MaxAge {
    let age = context.session.as_ref().map(|session| context.now.saturating_sub(session.auth_time));
    match (context.max_age(), age) {
        (AskedMaxAge::Absent, _) => MaxAge::Absent,
        (AskedMaxAge::Malformed, _) => MaxAge::Malformed,
        (AskedMaxAge::Seconds(0), _) => MaxAge::Zero,
        (AskedMaxAge::Seconds(limit), Some(age)) if age > limit => MaxAge::Exceeded,
        (AskedMaxAge::Seconds(_), _) => MaxAge::Within,
    }
}

/// A hint that was sent and of which the caller verified nothing was not issued here as far as anybody knows.
fn hint(context: &Context) -> Hint {
    match (context.request.parameters.get("id_token_hint"), &context.hint) {
        (None, _) => Hint::Absent,
        (Some(_), Some(hint)) if hint.issued_here => match context.sub() {
            Some(sub) if sub != hint.sub => Hint::OtherUser,
            _ => Hint::SameUser,
        },
        (Some(_), _) => Hint::NotIssuedHere,
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
fn grant_id(context: &Context) -> GrantId {
    let Some(asked) = &context.request.grant_id else { return GrantId::Absent };
    let theirs = context.grant.as_ref().is_some_and(|grant| {
        grant.grant_id.as_ref() == Some(asked)
            && context.grant_is_this_clients(grant)
            && (context.session.is_none() || context.live_grant().is_some())
    });
    if theirs { GrantId::Theirs } else { GrantId::NotTheirs }
}

/// The grant that counts as consent: alive, this user's, and kept for later.
fn remembered_grant(context: &Context) -> Option<&Grant> {
    context
        .live_grant()
        .filter(|grant| grant.remembered && (context.grant_is_this_clients(grant) || grant.project_shared))
}

fn prior_grant(context: &Context, grant: Option<&Grant>) -> PriorGrant {
    match grant {
        None => PriorGrant::None,
        Some(grant) if context.grant_is_this_clients(grant) => PriorGrant::ThisClient,
        Some(_) => PriorGrant::SameProject,
    }
}

fn ordinary_scopes(context: &Context, grant: Option<&Grant>) -> OrdinaryScopes {
    let asked = context.scopes.beyond_vocabularies();
    match grant {
        _ if asked.is_empty() => OrdinaryScopes::NoneAsked,
        Some(grant) if asked.is_subset(&grant.scope) => OrdinaryScopes::AllGranted,
        _ => OrdinaryScopes::SomeNew,
    }
}

fn saved_consent(policy: &Policy, context: &Context, grant: Option<&Grant>) -> SavedConsent {
    let Some(grant) = grant else { return SavedConsent::NotExplicit };
    match grant.how {
        How::ExplicitPrompt | How::RememberCheckbox => {}
        How::Admin | How::Policy => return SavedConsent::Administrative,
        How::Install => return SavedConsent::NotExplicit,
    }
    let age = grant.granted_at.map(|granted_at| context.now.saturating_sub(granted_at));
    match (age, policy.configuration.saved_consent_max_age_s) {
        (Some(age), Some(limit)) if age < limit => SavedConsent::ExplicitRecent,
        _ => SavedConsent::ExplicitOld,
    }
}

/// Offline access is permitted where conditions that permit it cover every requested scope.
fn condition(context: &Context) -> Condition {
    let asked = context.scopes.beyond_vocabularies();
    let covered = |offline_only: bool| {
        asked.iter().all(|scope| {
            context
                .conditions
                .iter()
                .filter(|condition| condition.permits_offline || !offline_only)
                .any(|condition| condition.resources.as_ref().is_none_or(|resources| resources.contains(scope)))
        })
    };
    if context.conditions.is_empty() || !covered(false) {
        Condition::None
    } else if context.conditions.iter().any(|condition| condition.permits_offline) && covered(true) {
        Condition::Offline
    } else {
        Condition::Ordinary
    }
}

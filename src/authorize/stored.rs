//! What to store when a response is issued: the grant, the code, and a token of the front channel.

use super::answers::ConsentGiven;
use super::authorize_case::AuthorizeCase;
use super::decision::TokenSet;
use crate::decide::verdict::{Binding, GrantChange, Verdict};
use crate::decide::{RuleNumber, lifecycle};
use crate::effects::Effect;
use crate::input::Version;
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::policy::knobs::RememberConsent;
use crate::records::{CodeRecord, CodeStatus, Grant, GrantStatus, How, TokenKind, TokenRecord, TokenStatus};

pub(super) fn of_issue(
    policy: &Policy,
    case: &AuthorizeCase,
    verdict: &Verdict,
    tokens: &TokenSet,
    granted: &Scopes,
    given: Option<&ConsentGiven>,
) -> Vec<Effect> {
    let deciding = verdict.trace.rules().next_back().unwrap_or(RuleNumber::approved());
    let grant = grant(policy, case, verdict, tokens, granted, given)
        .map(|record| Effect::store_grant(record, RuleNumber::approved()));
    let code = code(policy, case, verdict, tokens, granted).map(|record| Effect::store_code(record, deciding));
    let access_token = access_token(case, tokens).map(|record| Effect::store_token(record, deciding));
    grant.into_iter().chain(code).chain(access_token).collect()
}

fn grant(
    policy: &Policy,
    case: &AuthorizeCase,
    verdict: &Verdict,
    tokens: &TokenSet,
    granted: &Scopes,
    given: Option<&ConsentGiven>,
) -> Option<Grant> {
    let given = given?;
    let checkbox = policy.knobs.remember_consent == RememberConsent::Checkbox;
    let remembered = given.remember.unwrap_or(!checkbox);
    if !remembered {
        return None;
    }
    let client = case.client.as_ref()?;
    let prior = case
        .live_grant()
        .filter(|grant| grant.remembered && case.grant_is_this_clients(grant) && verdict.grant == GrantChange::Add);
    let offline = tokens
        .token_endpoint
        .as_ref()
        .and_then(|tokens| tokens.refresh_token.as_ref())
        .is_some_and(|token| token.binding == Binding::Offline);
    Some(Grant {
        v: Version,
        grant_id: match verdict.grant {
            GrantChange::Create => None,
            GrantChange::Replace => case.request.grant_id.clone(),
            GrantChange::Add | GrantChange::Keep => prior.and_then(|grant| grant.grant_id.clone()),
        },
        client_id: Some(client.client_id.clone()),
        sub: Some(case.sub()?.to_owned()),
        scope: prior.map_or_else(|| granted.clone(), |grant| grant.scope.union(granted)),
        offline: offline || prior.is_some_and(|grant| grant.offline),
        how: if checkbox { How::RememberCheckbox } else { How::ExplicitPrompt },
        remembered,
        status: GrantStatus::Active,
        granted_at: Some(case.now),
        expires_at: given.time_limit.and_then(|seconds| case.now.checked_add(seconds)),
        first_code_exchanged: prior.is_some_and(|grant| grant.first_code_exchanged),
        project_shared: false,
        refused: prior.and_then(|grant| grant.refused.clone()),
    })
}

fn code(
    policy: &Policy,
    case: &AuthorizeCase,
    verdict: &Verdict,
    tokens: &TokenSet,
    granted: &Scopes,
) -> Option<CodeRecord> {
    let issued = tokens.token_endpoint.as_ref()?;
    let session = case.session.as_ref()?;
    let sent = |name| case.request.parameters.get(name).map(ToOwned::to_owned);
    let condition = lifecycle::rests_on_condition(verdict.trace);
    Some(CodeRecord {
        v: Version,
        id: None,
        client_id: case.client.as_ref()?.client_id.clone(),
        sub: session.sub.clone(),
        sid: session.sid.clone(),
        redirect_uri: case.redirect.as_ref()?.uri.clone(),
        redirect_uri_sent: case.request.redirect_uri.is_some(),
        scope: granted.clone(),
        requested_scope: case.request.scope.as_ref().map(Scopes::text),
        status: CodeStatus::Active,
        access_token: issued.access_token.clone(),
        id_token: issued.id_token,
        refresh_token: issued.refresh_token.clone(),
        auto_approved: verdict.grant == GrantChange::Keep,
        nonce: sent("nonce"),
        auth_time: session.auth_time,
        code_challenge: sent("code_challenge"),
        code_challenge_method: sent("code_challenge_method"),
        grant_management_action: sent("grant_management_action").filter(|_| grants_are_addressed(policy)),
        grant_id: case.request.grant_id.clone().filter(|_| grants_are_addressed(policy)),
        basis: case.conditions.first().filter(|_| condition).map(|condition| condition.basis.clone()),
        issued_at: case.now,
        expires_at: policy.configuration.code_lifetime_s.and_then(|seconds| case.now.checked_add(seconds)),
    })
}

fn grants_are_addressed(policy: &Policy) -> bool {
    policy.knobs.grant_model == crate::policy::knobs::GrantModel::Multiple
}

fn access_token(case: &AuthorizeCase, tokens: &TokenSet) -> Option<TokenRecord> {
    let token = tokens.front_channel.access_token.as_ref()?;
    let session = case.session.as_ref()?;
    let client = case.client.as_ref()?;
    Some(TokenRecord {
        v: Version,
        kind: TokenKind::AccessToken,
        id: None,
        client_id: client.client_id.clone(),
        application_type: client.application_type,
        client_type: client.client_type,
        sub: Some(session.sub.clone()),
        sid: session.sid.clone(),
        family: None,
        grant_id: None,
        scope: token.scope.clone(),
        binding: Binding::Session,
        status: TokenStatus::Active,
        auth: None,
        auth_time: Some(session.auth_time),
        basis: None,
        sender_constrained: false,
        issued_at: case.now,
        authorized_at: case.now,
        expires_at: token.expires_in.and_then(|seconds| case.now.checked_add(seconds)),
        last_used_at: None,
        superseded_at: None,
    })
}

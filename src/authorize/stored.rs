//! What to store when a response is issued: the grant, the code, and a token of the front channel.

use super::answers::ConsentGiven;
use super::authorize_case::AuthorizeCase;
use super::decision::{Decision, TokenSet};
use super::grant_end;
use crate::decide::authorize::verdict::{AuthorizeRuleNumber, GrantChange, GrantedHow, RestsOn, Stored, StoredGrant};
use crate::decide::life::Binding;
use crate::decide::record::EndStatus;
use crate::decide::words::is_offline_scope;
use crate::effects::{Effect, EndedKind, Filter, LinkedKind, Links};
use crate::input::{Text, Version};
use crate::lifetimes::{after, shorter};
use crate::oauth::parameters::Parameter;
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::policy::knobs::{GrantModel, RememberedConsentBinding};
use crate::records::{CodeRecord, CodeStatus, Grant, GrantStatus, How, TokenKind, TokenRecord, TokenStatus};

/// The effects of an issued response, each by the rule that asks for it.
pub(super) fn effects(
    policy: &Policy,
    case: &AuthorizeCase,
    stored: Stored,
    decision: &Decision,
    granted: &Scopes,
    left_out: &Scopes,
    given: Option<&ConsentGiven>,
) -> Vec<Effect> {
    let Some(tokens) = &decision.tokens else { return Vec::new() };
    let time_limit = given.and_then(|given| given.time_limit);
    let grant_end = grant_end::of_issued(policy, case, stored);
    let grant = stored.grant.and_then(|plan| {
        let record = grant(policy, case, plan, tokens, granted, left_out)?;
        Some((Grant { expires_at: shorter(grant_end, after(case.now, time_limit)), ..record }, plan.rule))
    });
    let grant_id = case.request.grant_id.clone().filter(|_| stored.grants_are_addressed);
    // The server gives a new grant its id, and the code its own: what is stored beside them learns it.
    let is_new = grant.as_ref().is_some_and(|(record, _)| record.grant_id.is_none());
    let new_grant = (stored.grants_are_addressed && grant_id.is_none() && is_new).then_some(LinkedKind::Grant);
    let code = stored.code.and_then(|rule| {
        let links = new_grant.map(|grant| Links { family: None, grant_id: Some(grant) });
        let end = grant_end::of_tokens(policy, case, grant_end, time_limit);
        let record = code(policy, case, stored, tokens, granted)?;
        let grant_expires_at = end.filter(|_| record.refresh_token.is_some());
        Some(Effect::store_code(CodeRecord { grant_expires_at, ..record }, links, rule))
    });
    let access_token = stored.access_token.and_then(|rule| {
        let family = code.is_some().then_some(LinkedKind::Code);
        let links = family.or(new_grant).map(|_| Links { family, grant_id: new_grant });
        access_token(case, tokens, grant_id.clone())
            .map(|record| Effect::store_front_channel_token(record, links, rule))
    });
    let grant = grant.map(|(record, rule)| Effect::store_grant(record, rule));
    let ended = stored.ends_earlier.map(|rule| earlier_end(case, rule)).unwrap_or_default();
    ended.into_iter().chain(grant).chain(code).chain(access_token).collect()
}

/// The end of all that the user's earlier approvals gave to the client, before anything new is stored.
fn earlier_end(case: &AuthorizeCase, rule: AuthorizeRuleNumber) -> Vec<Effect> {
    let (Some(client), Some(sub)) = (&case.client, case.sub()) else { return Vec::new() };
    let filter = Filter { client_id: Some(client.client_id.clone()), sub: Some(sub.clone()), ..Filter::default() };
    [EndedKind::RefreshToken, EndedKind::AccessToken, EndedKind::Code]
        .map(|kind| Effect::end(kind, filter.clone(), EndStatus::Revoked, rule))
        .into()
}

fn grant(
    policy: &Policy,
    case: &AuthorizeCase,
    plan: StoredGrant,
    tokens: &TokenSet,
    granted: &Scopes,
    left_out: &Scopes,
) -> Option<Grant> {
    let existing = case.standing_grant(policy);
    // What the new grant has of the earlier one, beside its id and what it remembers as refused.
    let prior = existing.filter(|_| matches!(plan.change, GrantChange::Add | GrantChange::LeaveOut));
    let offline = tokens
        .token_endpoint
        .as_ref()
        .and_then(|tokens| tokens.refresh_token.as_ref())
        .is_some_and(|token| token.binding == Binding::Offline);
    let refuses = matches!(plan.change, GrantChange::Add | GrantChange::LeaveOut | GrantChange::Renew);
    Some(Grant {
        grant_id: match plan.change {
            GrantChange::Create => None,
            GrantChange::Replace => case.request.grant_id.clone(),
            GrantChange::Add | GrantChange::LeaveOut | GrantChange::Renew => {
                existing.and_then(|grant| grant.grant_id.clone())
            }
        },
        scope: prior
            .map_or_else(|| granted.clone(), |grant| stays(policy, plan.change, grant, left_out).0.union(granted)),
        offline: offline || prior.is_some_and(|grant| stays(policy, plan.change, grant, left_out).1),
        how: how(plan),
        first_code_exchanged: prior.is_some_and(|grant| grant.first_code_exchanged),
        refused: refused(plan, existing.filter(|_| refuses), granted, left_out),
        ..new_grant(policy, case)?
    })
}

/// A grant that is given now, of nothing yet.
fn new_grant(policy: &Policy, case: &AuthorizeCase) -> Option<Grant> {
    let sid = case.session.as_ref().and_then(|session| session.sid.clone());
    Some(Grant {
        v: Version,
        grant_id: None,
        client_id: Some(case.client.as_ref()?.client_id.clone()),
        sub: Some(case.sub()?.clone()),
        sid: sid.filter(|_| policy.knobs.grant_model == GrantModel::PerSession),
        redirect_uri: case
            .redirect
            .as_ref()
            .filter(|_| policy.knobs.remembered_consent_binding == RememberedConsentBinding::RedirectUri)
            .map(|redirect| redirect.uri.clone()),
        scope: Scopes::default(),
        offline: false,
        how: How::ExplicitPrompt,
        remembered: true,
        status: GrantStatus::Active,
        granted_at: Some(case.now),
        expires_at: None,
        first_code_exchanged: false,
        project_shared: false,
        refused: None,
    })
}

/// What stays of an earlier grant: its scopes, and whether offline access is one of them.
fn stays(policy: &Policy, change: GrantChange, grant: &Grant, left_out: &Scopes) -> (Scopes, bool) {
    if change != GrantChange::LeaveOut {
        return (grant.scope.clone(), grant.offline);
    }
    let offline = left_out.iter().any(|scope| is_offline_scope(&policy.knobs, scope));
    (grant.scope.filter(|scope| !left_out.contains(scope)), grant.offline && !offline)
}

/// The effect of an answer that left nothing, and that is remembered: nothing is granted by it.
pub(super) fn remembered(
    policy: &Policy,
    case: &AuthorizeCase,
    plan: StoredGrant,
    left_out: &Scopes,
) -> Option<Effect> {
    let grant = match case.standing_grant(policy) {
        Some(existing) => {
            let (scope, offline) = stays(policy, plan.change, existing, left_out);
            let identity = new_grant(policy, case)?;
            Grant { client_id: identity.client_id, sub: identity.sub, scope, offline, ..existing.clone() }
        }
        None => Grant { how: how(plan), expires_at: grant_end::of(policy, case, true), ..new_grant(policy, case)? },
    };
    let refused = refused(plan, Some(&grant), &Scopes::default(), left_out);
    Some(Effect::store_grant(Grant { refused, ..grant }, plan.rule))
}

const fn how(plan: StoredGrant) -> How {
    match plan.how {
        GrantedHow::RememberCheckbox => How::RememberCheckbox,
        GrantedHow::ExplicitPrompt => How::ExplicitPrompt,
    }
}

/// Scopes that are remembered as refused: those of before and those that were left out now, as far as they are not
/// granted.
fn refused(plan: StoredGrant, prior: Option<&Grant>, granted: &Scopes, left_out: &Scopes) -> Option<Scopes> {
    let before = prior.and_then(|grant| grant.refused.as_ref());
    if !plan.remembers_refused {
        return before.cloned();
    }
    let all = before.map_or_else(|| left_out.clone(), |before| before.union(left_out));
    Some(all.filter(|scope| !granted.contains(scope))).filter(|refused| !refused.is_empty())
}

fn code(
    policy: &Policy,
    case: &AuthorizeCase,
    stored: Stored,
    tokens: &TokenSet,
    granted: &Scopes,
) -> Option<CodeRecord> {
    let issued = tokens.token_endpoint.as_ref()?;
    let session = case.session.as_ref()?;
    let sent = |name| case.request.parameters.get(name).cloned();
    let addressed = |value: Option<Text>| value.filter(|_| stored.grants_are_addressed);
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
        auto_approved: stored.auto_approved,
        nonce: sent(Parameter::Nonce),
        auth_time: session.auth_time,
        code_challenge: sent(Parameter::CodeChallenge),
        code_challenge_method: sent(Parameter::CodeChallengeMethod),
        grant_management_action: addressed(sent(Parameter::GrantManagementAction)),
        grant_id: addressed(case.request.grant_id.clone()),
        grant_expires_at: None,
        basis: stored.rests_on.and_then(|rests_on| basis(case, rests_on)),
        issued_at: case.now,
        expires_at: after(case.now, policy.configuration.code_lifetime_s),
    })
}

/// The condition for processing that it rests on: the first that does what it is needed for.
fn basis(case: &AuthorizeCase, rests_on: RestsOn) -> Option<Text> {
    case.conditions
        .iter()
        .find(|condition| rests_on == RestsOn::Condition || condition.permits_offline)
        .map(|condition| condition.basis.clone())
}

fn access_token(case: &AuthorizeCase, tokens: &TokenSet, grant_id: Option<Text>) -> Option<TokenRecord> {
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
        grant_id,
        scope: token.scope.clone(),
        binding: token.binding,
        status: TokenStatus::Active,
        auth: None,
        auth_time: Some(session.auth_time),
        basis: None,
        sender_constrained: false,
        issued_at: case.now,
        authorized_at: case.now,
        expires_at: after(case.now, token.expires_in),
        grant_expires_at: None,
        last_used_at: None,
        superseded_at: None,
    })
}

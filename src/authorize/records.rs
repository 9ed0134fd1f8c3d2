//! What a decision fixes for later: the grant, the code, and a token of the front channel.

use serde::Serialize;

use super::answers::ConsentGiven;
use super::context::Context;
use super::decision::{AccessToken, Effect, RefreshToken, TokenSet};
use crate::decide::verdict::{GrantChange, Verdict};
use crate::decide::{RuleNumber, rule};
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::policy::knobs::RememberConsent;

/// A record to store. `v` is the version of its shape.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Record {
    /// A grant.
    Grant(GrantRecord),
    /// An authorization code.
    Code(Box<CodeRecord>),
    /// An access token of the front channel.
    AccessToken(AccessTokenRecord),
}

/// What this user granted this client, replacing an earlier record of the same `client_id`, `sub` and `grant_id`.
#[derive(Clone, Debug, Serialize)]
pub struct GrantRecord {
    v: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    grant_id: Option<String>,
    client_id: String,
    sub: String,
    scope: String,
    offline: bool,
    how: &'static str,
    remembered: bool,
    status: &'static str,
    granted_at: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<u64>,
    first_code_exchanged: bool,
}

/// Everything that the token endpoint needs to know of a code.
#[derive(Clone, Debug, Serialize)]
pub struct CodeRecord {
    v: u8,
    client_id: String,
    sub: String,
    sid: Option<String>,
    redirect_uri: String,
    /// Whether the authorization request named the redirect URI, so that the token request has to (RFC 6749, 4.1.3).
    redirect_uri_sent: bool,
    scope: String,
    scope_must_be_reported: bool,
    status: &'static str,
    binding: &'static str,
    access_token: AccessToken,
    id_token: bool,
    refresh_token: Option<RefreshToken>,
    auto_approved: bool,
    nonce: Option<String>,
    auth_time: u64,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    grant_management_action: Option<String>,
    grant_id: Option<String>,
    issued_at: u64,
    expires_at: Option<u64>,
}

/// A token that went through the browser.
#[derive(Clone, Debug, Serialize)]
pub struct AccessTokenRecord {
    v: u8,
    client_id: String,
    sub: String,
    sid: Option<String>,
    scope: String,
    binding: &'static str,
    status: &'static str,
    auth_time: u64,
    issued_at: u64,
    expires_at: Option<u64>,
}

/// What to store when the response is issued.
pub(super) fn effects(
    policy: &Policy,
    context: &Context,
    verdict: &Verdict,
    tokens: &TokenSet,
    granted: &Scopes,
    must_report: bool,
    given: Option<&ConsentGiven>,
) -> Vec<Effect> {
    let deciding = verdict.trace.rules().last().and_then(rule).map_or("", |rule| rule.id);
    let approving = RuleNumber::approved();
    let grant = grant(policy, context, verdict, tokens, granted, given).map(|record| Effect {
        effect: "store",
        kind: "grant",
        record: Record::Grant(record),
        rule: rule(approving).map_or(deciding, |rule| rule.id),
    });
    let code = code(policy, context, verdict, tokens, granted, must_report).map(|record| Effect {
        effect: "store",
        kind: "code",
        record: Record::Code(Box::new(record)),
        rule: deciding,
    });
    let access_token = access_token(context, tokens).map(|record| Effect {
        effect: "store",
        kind: "access_token",
        record: Record::AccessToken(record),
        rule: deciding,
    });
    grant.into_iter().chain(code).chain(access_token).collect()
}

fn grant(
    policy: &Policy,
    context: &Context,
    verdict: &Verdict,
    tokens: &TokenSet,
    granted: &Scopes,
    given: Option<&ConsentGiven>,
) -> Option<GrantRecord> {
    let given = given?;
    let checkbox = policy.knobs.remember_consent == RememberConsent::Checkbox;
    let remembered = given.remember.unwrap_or(!checkbox);
    if !remembered {
        return None;
    }
    let client = context.client.as_ref()?;
    let prior = context
        .live_grant()
        .filter(|grant| grant.remembered && context.grant_is_this_clients(grant) && verdict.grant == GrantChange::Add);
    let offline = tokens
        .token_endpoint
        .as_ref()
        .and_then(|tokens| tokens.refresh_token.as_ref())
        .is_some_and(|token| token.binding == "offline");
    Some(GrantRecord {
        v: 1,
        grant_id: match verdict.grant {
            GrantChange::Create => None,
            GrantChange::Replace => context.request.grant_id.clone(),
            GrantChange::Add | GrantChange::Keep => prior.and_then(|grant| grant.grant_id.clone()),
        },
        client_id: client.client_id.clone(),
        sub: context.sub()?.to_owned(),
        scope: prior.map_or_else(|| granted.clone(), |grant| grant.scope.union(granted)).text(),
        offline: offline || prior.is_some_and(|grant| grant.offline),
        how: if checkbox { "remember_checkbox" } else { "explicit_prompt" },
        remembered,
        status: "active",
        granted_at: context.now,
        expires_at: given.time_limit.and_then(|seconds| context.now.checked_add(seconds)),
        first_code_exchanged: prior.is_some_and(|grant| grant.first_code_exchanged),
    })
}

fn code(
    policy: &Policy,
    context: &Context,
    verdict: &Verdict,
    tokens: &TokenSet,
    granted: &Scopes,
    must_report: bool,
) -> Option<CodeRecord> {
    let issued = tokens.token_endpoint.as_ref()?;
    let session = context.session.as_ref()?;
    let sent = |name| context.request.parameters.get(name).map(ToOwned::to_owned);
    Some(CodeRecord {
        v: 1,
        client_id: context.client.as_ref()?.client_id.clone(),
        sub: session.sub.clone(),
        sid: session.sid.clone(),
        redirect_uri: context.redirect.as_ref()?.uri.clone(),
        redirect_uri_sent: context.request.redirect_uri.is_some(),
        scope: granted.text(),
        scope_must_be_reported: must_report,
        status: "active",
        binding: issued.access_token.binding,
        access_token: issued.access_token.clone(),
        id_token: issued.id_token,
        refresh_token: issued.refresh_token.clone(),
        auto_approved: verdict.grant == GrantChange::Keep,
        nonce: sent("nonce"),
        auth_time: session.auth_time,
        code_challenge: sent("code_challenge"),
        code_challenge_method: sent("code_challenge_method"),
        grant_management_action: sent("grant_management_action").filter(|_| verdict.grant != GrantChange::Keep),
        grant_id: context.request.grant_id.clone(),
        issued_at: context.now,
        expires_at: policy.configuration.code_lifetime_s.and_then(|seconds| context.now.checked_add(seconds)),
    })
}

fn access_token(context: &Context, tokens: &TokenSet) -> Option<AccessTokenRecord> {
    let token = tokens.front_channel.access_token.as_ref()?;
    let session = context.session.as_ref()?;
    Some(AccessTokenRecord {
        v: 1,
        client_id: context.client.as_ref()?.client_id.clone(),
        sub: session.sub.clone(),
        sid: session.sid.clone(),
        scope: token.scope.clone(),
        binding: token.binding,
        status: "active",
        auth_time: session.auth_time,
        issued_at: context.now,
        expires_at: token.expires_in.and_then(|seconds| context.now.checked_add(seconds)),
    })
}

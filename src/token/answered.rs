//! From a verdict of the token endpoint to a decision.

use super::token_case::{PresentedRecord, TokenCase};
use super::token_decision::{IdTokenClaims, TokenDecision, TokenOutcome};
use super::token_summary;
use crate::answer::{AccessToken, ErrorPlace, Ignored, Lifetime, ProtocolError, RefreshToken, ScopeReport, TraceEntry};
use crate::decide::token::{self as rules, Fate, NewRefreshToken, TokenVerdict};
use crate::decide::verdict::{AccessTokenLife, Binding, Reason};
use crate::decide::vocabulary::is_online_scope;
use crate::decide::{RuleNumber, lifecycle};
use crate::effects::{Effect, EndStatus, EndedKind, Filter};
use crate::input::Version;
use crate::lifetimes::{self, Holder};
use crate::oauth::scope::{OPENID, Scopes};
use crate::policy::Policy;
use crate::policy::knobs::{AccessTokenLifetime, OfflineAccessTokenCappedBySession, SessionTimeoutMarks};
use crate::records::{CodeRecord, TokenKind, TokenRecord, TokenStatus};

/// The decision that a verdict means in this case.
pub(super) fn decision(policy: &Policy, case: &TokenCase, verdict: &TokenVerdict) -> TokenDecision {
    let asked = case.asked_scope();
    let mut decision = TokenDecision {
        outcome: TokenOutcome::Error,
        error: None,
        scope: ScopeReport {
            requested: asked.as_ref().map(Scopes::to_vec).unwrap_or_default(),
            granted: Vec::new(),
            must_report: false,
        },
        access_token: None,
        id_token: None,
        refresh_token: None,
        ignored: Vec::new(),
        effects: fate(policy, case, verdict),
        trace: TraceEntry::list(verdict.trace),
        summary: String::new(),
    };
    if let Some((code, number)) = verdict.refusal {
        decision.error = Some(ProtocolError::by(number, Some(code), ErrorPlace::TokenResponse));
    } else {
        decision.outcome = TokenOutcome::Tokens;
        match &case.presented {
            PresentedRecord::Code(code) => exchanged(policy, case, verdict, code, &mut decision),
            PresentedRecord::Token(token) => refreshed(policy, case, verdict, token, &mut decision),
            PresentedRecord::None => for_itself(policy, case, &mut decision),
        }
    }
    decision.summary = token_summary::summary(&decision);
    decision
}

/// What becomes of the presented record.
fn fate(policy: &Policy, case: &TokenCase, verdict: &TokenVerdict) -> Vec<Effect> {
    let (kind, id, family) = match &case.presented {
        PresentedRecord::None => return Vec::new(),
        PresentedRecord::Code(code) => (EndedKind::Code, code.id.clone().unwrap_or_default(), code.id.clone()),
        PresentedRecord::Token(token) => (EndedKind::RefreshToken, token.id().to_owned(), token.family()),
    };
    let deciding = verdict.refusal.map(|(_, rule)| rule).or_else(|| verdict.trace.rules().next_back());
    let number = deciding.unwrap_or(rules::KEPT);
    match verdict.fate {
        Fate::Untouched => Vec::new(),
        Fate::Touched => vec![Effect::use_refresh_token(&id, case.now, number)],
        Fate::UsedUp if kind == EndedKind::Code => vec![Effect::consume_code(&id, number)],
        Fate::UsedUp => vec![Effect::consume_refresh_token(&id, case.now, number)],
        Fate::Ends => vec![Effect::end(kind, Filter::id(&id), end_status(policy, kind, number), number)],
        Fate::FamilyEnds => {
            let filter = match &family {
                Some(family) => Filter { family: Some(family.clone()), ..Filter::default() },
                None => Filter::id(&id),
            };
            vec![
                Effect::end(EndedKind::RefreshToken, filter.clone(), EndStatus::Revoked, number),
                Effect::end(EndedKind::AccessToken, filter, EndStatus::Revoked, number),
            ]
        }
    }
}

/// The clock makes a token expire; the end of the session makes of it what the policy says; a code is revoked.
fn end_status(policy: &Policy, kind: EndedKind, number: RuleNumber) -> EndStatus {
    let marks = policy.knobs.session_timeout_marks;
    match (kind, number) {
        (EndedKind::Code, _) => EndStatus::Revoked,
        (_, rules::SESSION_ENDED) if marks == SessionTimeoutMarks::Revoked => EndStatus::Revoked,
        _ => EndStatus::Expired,
    }
}

fn exchanged(
    policy: &Policy,
    case: &TokenCase,
    verdict: &TokenVerdict,
    code: &CodeRecord,
    decision: &mut TokenDecision,
) {
    let online = |scope: &str| is_online_scope(&policy.knobs, scope);
    let mut granted = code.scope.filter(|scope| !(verdict.without_online && online(scope)));
    if let Some(existing) = case.existing_grant.as_ref().filter(|_| verdict.adds_existing_grant) {
        granted = existing.scope.union(&granted);
    }
    let binding = match verdict.refresh_token {
        NewRefreshToken::AsFixed(binding) => binding,
        NewRefreshToken::None | NewRefreshToken::Successor => Binding::Session,
    };
    let requested = code.requested_scope.as_deref().map(Scopes::parse).unwrap_or_default();
    decision.scope.requested = requested.to_vec();
    decision.scope.granted = granted.to_vec();
    decision.scope.must_report = !granted.same_as(&requested);
    let access_token = access_token(policy, case, &granted, binding);
    decision.id_token = (verdict.id_token && code.id_token && granted.contains(OPENID)).then(|| IdTokenClaims {
        sub: code.sub.clone(),
        aud: code.client_id.clone(),
        auth_time: Some(code.auth_time),
        iat: case.now,
        nonce: code.nonce.clone(),
    });
    if verdict.ignored_existing_grant {
        decision.ignored.push(Ignored::new("existing_grant", "(a token)", Reason::Unsupported));
    }
    let refresh_token = code
        .refresh_token
        .as_ref()
        .filter(|_| verdict.refresh_token != NewRefreshToken::None)
        .map(|fixed| RefreshToken { scope: granted.clone(), ..fixed.clone() });
    ended_by_exchange(case, verdict, code, &mut decision.effects);
    let record =
        |kind, expires_at| TokenRecord { binding, scope: granted.clone(), ..from_code(case, code, kind, expires_at) };
    let expires_at = after(case.now, access_token.expires_in);
    store(record(TokenKind::AccessToken, expires_at), rules::CODE_REDEEMED, &mut decision.effects);
    if let Some(token) = &refresh_token {
        let expires_at = match token.lifetime {
            Lifetime::Fixed { seconds } => after(case.now, Some(seconds)),
            _ => None,
        };
        store(record(TokenKind::RefreshToken, expires_at), rules::CODE_REDEEMED, &mut decision.effects);
        limit(policy, code, &mut decision.effects);
    }
    decision.access_token = Some(access_token);
    decision.refresh_token = refresh_token;
}

/// What a successful exchange ends before it stores anything new.
fn ended_by_exchange(case: &TokenCase, verdict: &TokenVerdict, code: &CodeRecord, effects: &mut Vec<Effect>) {
    if let Some(existing) = case.existing_grant.as_ref().filter(|_| verdict.ends_existing_grant) {
        let filter = Filter::id(existing.id());
        effects.push(Effect::end(EndedKind::RefreshToken, filter, EndStatus::Revoked, rules::EXISTING_GRANT_ADDED));
    }
    if verdict.ends_grant_tokens && code.grant_id.is_some() {
        let filter =
            Filter { grant_id: code.grant_id.clone(), client_id: Some(code.client_id.clone()), ..Filter::default() };
        effects.push(Effect::end(EndedKind::RefreshToken, filter, EndStatus::Revoked, rules::GRANT_TOKENS_REPLACED));
    }
    let grant = Filter {
        client_id: Some(code.client_id.clone()),
        sub: Some(code.sub.clone()),
        grant_id: code.grant_id.clone(),
        ..Filter::default()
    };
    effects.push(Effect::use_grant(grant, rules::CODE_REDEEMED));
}

/// When a user and a client have too many refresh tokens, the oldest ends.
fn limit(policy: &Policy, code: &CodeRecord, effects: &mut Vec<Effect>) {
    let Some(newest) = policy.configuration.max_refresh_tokens_per_client_and_user else { return };
    let filter = Filter { client_id: Some(code.client_id.clone()), sub: Some(code.sub.clone()), ..Filter::default() };
    effects.push(Effect::end_all_but(newest, filter, lifecycle::TOO_MANY));
}

fn refreshed(
    policy: &Policy,
    case: &TokenCase,
    verdict: &TokenVerdict,
    token: &TokenRecord,
    decision: &mut TokenDecision,
) {
    let granted = case.asked_scope().unwrap_or_else(|| token.scope.clone());
    decision.scope.granted = granted.to_vec();
    // A client that named no scope asked for the scope of the token (RFC 6749, section 6).
    decision.scope.must_report = false;
    let access_token = access_token(policy, case, &granted, token.binding);
    let expires_at = after(case.now, access_token.expires_in);
    let record = TokenRecord { kind: TokenKind::AccessToken, scope: granted, expires_at, ..successor(case, token) };
    store(record, rules::KEPT, &mut decision.effects);
    decision.access_token = Some(access_token);
    decision.id_token = verdict.id_token.then(|| IdTokenClaims {
        sub: token.sub.clone().unwrap_or_default(),
        aud: token.client_id.clone(),
        auth_time: token.auth_time,
        iat: case.now,
        nonce: None,
    });
    if verdict.refresh_token == NewRefreshToken::Successor {
        let (lifetime, expires_at) = rest(policy, case, token);
        let record = TokenRecord { expires_at, ..successor(case, token) };
        store(record, rules::ROTATED, &mut decision.effects);
        decision.refresh_token = Some(RefreshToken {
            scope: token.scope.clone(),
            binding: token.binding,
            lifetime,
            rotation: lifetimes::rotation(policy, token.application_type, token.client_type),
        });
    }
}

/// The successor's lifetime: a limit from issuance is not moved by rotation, an idle limit starts anew.
fn rest(policy: &Policy, case: &TokenCase, token: &TokenRecord) -> (Lifetime, Option<u64>) {
    let holder = Holder::of(case.client.as_ref(), &token.scope);
    let lifetime = lifetimes::refresh_token(policy, holder, token.binding, None);
    let end = match (token.expires_at, lifetime) {
        (Some(end), _) => Some(end),
        (None, Lifetime::Fixed { seconds }) => token.authorized_at.checked_add(seconds),
        (None, _) => None,
    };
    match end {
        Some(end) => (Lifetime::Fixed { seconds: end.saturating_sub(case.now) }, Some(end)),
        None => (lifetime, None),
    }
}

fn for_itself(policy: &Policy, case: &TokenCase, decision: &mut TokenDecision) {
    let default = || policy.configuration.default_scope.iter().flatten().map(String::as_str).collect();
    let asked = case.asked_scope();
    let granted = asked.clone().unwrap_or_else(default);
    let expires_in = policy.configuration.access_token_lifetime_s;
    decision.scope.granted = granted.to_vec();
    decision.scope.must_report = !granted.same_as(&asked.unwrap_or_default());
    decision.access_token = Some(AccessToken { scope: granted.clone(), expires_in, binding: Binding::Offline });
    let Some(client) = &case.client else { return };
    let record = TokenRecord {
        v: Version,
        kind: TokenKind::AccessToken,
        id: None,
        client_id: client.client_id.clone(),
        application_type: client.application_type,
        client_type: client.client_type,
        sub: None,
        sid: None,
        family: None,
        grant_id: None,
        scope: granted,
        binding: Binding::Offline,
        status: TokenStatus::Active,
        auth: None,
        auth_time: None,
        basis: None,
        sender_constrained: case.sender_constrained,
        issued_at: case.now,
        authorized_at: case.now,
        expires_at: after(case.now, expires_in),
        last_used_at: None,
        superseded_at: None,
    };
    store(record, rules::CLIENT_CREDENTIALS, &mut decision.effects);
}

fn access_token(policy: &Policy, case: &TokenCase, scope: &Scopes, binding: Binding) -> AccessToken {
    let capped = binding == Binding::Session
        || policy.knobs.offline_access_token_capped_by_session == OfflineAccessTokenCappedBySession::Yes;
    let life = match policy.knobs.access_token_lifetime {
        AccessTokenLifetime::ShorterOfConfiguredAndSession if capped => AccessTokenLife::ShorterOfConfiguredAndSession,
        AccessTokenLifetime::ShorterOfConfiguredAndSession | AccessTokenLifetime::Configured => {
            AccessTokenLife::Configured
        }
    };
    let session = case.live_session().and_then(|session| session.remaining(case.now));
    AccessToken { scope: scope.clone(), expires_in: lifetimes::access_token(policy, session, life), binding }
}

fn store(record: TokenRecord, number: RuleNumber, effects: &mut Vec<Effect>) {
    effects.push(Effect::store_token(record, number));
}

fn after(now: u64, seconds: Option<u64>) -> Option<u64> {
    seconds.and_then(|seconds| now.checked_add(seconds))
}

fn from_code(case: &TokenCase, code: &CodeRecord, kind: TokenKind, expires_at: Option<u64>) -> TokenRecord {
    let holder = Holder::of(case.client.as_ref(), &code.scope);
    TokenRecord {
        v: Version,
        kind,
        id: None,
        client_id: code.client_id.clone(),
        application_type: holder.application_type,
        client_type: case.client.as_ref().map_or(crate::oauth::client::ClientType::Public, |client| client.client_type),
        sub: Some(code.sub.clone()),
        sid: code.sid.clone(),
        family: code.id.clone(),
        grant_id: code.grant_id.clone(),
        scope: code.scope.clone(),
        binding: Binding::Session,
        status: TokenStatus::Active,
        auth: case.auth.clone(),
        auth_time: Some(code.auth_time),
        basis: code.basis.clone(),
        sender_constrained: case.sender_constrained,
        issued_at: case.now,
        authorized_at: case.now,
        expires_at,
        last_used_at: None,
        superseded_at: None,
    }
}

fn successor(case: &TokenCase, token: &TokenRecord) -> TokenRecord {
    TokenRecord {
        id: None,
        family: token.family(),
        status: TokenStatus::Active,
        issued_at: case.now,
        expires_at: None,
        last_used_at: None,
        superseded_at: None,
        ..token.clone()
    }
}

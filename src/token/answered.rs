//! From a verdict of the token endpoint to a decision.

use super::token_case::{PresentedRecord, TokenCase};
use super::token_decision::{TokenDecision, TokenOutcome};
use super::token_response::{TokenMint, TokenResponse, TokenType};
use super::token_summary;
use crate::answer::{
    AccessToken, ErrorPlace, HttpStatus, IdTokenClaims, Ignored, Lifetime, ProtocolError, RefreshToken, ScopeReport,
    TraceEntry,
};
use crate::decide::engine::Decided;
use crate::decide::fact::Situation;
use crate::decide::life::Binding;
use crate::decide::reason::Reason;
use crate::decide::record::EndStatus;
use crate::decide::report::ScopeReported;
use crate::decide::token::facts::TokenFact;
use crate::decide::token::verdict::{
    Exchanged, ExistingGrantUse, Fate, NewAccessToken, Refreshed, Token, TokenRuleNumber, TokenVerdict,
};
use crate::decide::words::is_online_scope;
use crate::effects::{Effect, EndedKind, Filter, Granted};
use crate::input::{Composed, Text, Version};
use crate::lifetimes::{self, after};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::scope::{OPENID, Scopes};
use crate::policy::Policy;
use crate::policy::knobs::SenderConstrainedTokens;
use crate::records::{CodeRecord, TokenKind, TokenRecord, TokenStatus};

/// The decision that a verdict means in this case.
pub(super) fn decision(
    policy: &Policy,
    case: &TokenCase,
    situation: Situation<TokenFact>,
    decided: &Decided<Token>,
) -> TokenDecision {
    let asked = case.asked_scope();
    let mut decision = TokenDecision {
        outcome: TokenOutcome::Tokens,
        error: None,
        response: TokenResponse::empty(),
        scope: ScopeReport {
            requested: asked.clone().unwrap_or_default(),
            granted: Scopes::default(),
            must_report: false,
        },
        access_token: None,
        id_token: None,
        refresh_token: None,
        ignored: Vec::new(),
        effects: Vec::new(),
        trace: TraceEntry::list(decided.trace),
        situation: situation.into(),
        summary: Composed::default(),
    };
    match (decided.verdict, &case.presented) {
        (TokenVerdict::Refuse { code, fate, rule }, _) => {
            decision.outcome = TokenOutcome::Error;
            decision.error = Some(ProtocolError::by(rule.rule(), Some(code), ErrorPlace::TokenResponse));
            presented(policy, case, fate, rule, &mut decision.effects);
        }
        (TokenVerdict::Exchanged(plan), PresentedRecord::Code(code)) => {
            exchanged(policy, case, &plan, code, &mut decision);
        }
        (TokenVerdict::Refreshed(plan), PresentedRecord::Token(token)) => {
            refreshed(policy, case, &plan, token, &mut decision);
        }
        (TokenVerdict::ForItself { access_token, scope_reported }, _) => {
            for_itself(policy, case, access_token, scope_reported, &mut decision);
        }
        // Only what was presented is redeemed or refreshed.
        (TokenVerdict::Exchanged(_) | TokenVerdict::Refreshed(_), _) => {}
    }
    respond(policy, case, &mut decision);
    decision.summary = token_summary::summary(&decision);
    decision
}

/// What is sent, but for the tokens.
fn respond(policy: &Policy, case: &TokenCase, decision: &mut TokenDecision) {
    let response = &mut decision.response;
    if let Some(error) = &decision.error {
        response.status = HttpStatus::of_token_error(error.code);
        if response.status == HttpStatus::Unauthorized {
            response.headers.add_basic_challenge(policy.configuration.issuer.as_deref());
        }
        response.body.error = error.code;
        response.body.error_description = Some(error.description.clone());
        return;
    }
    let minted = [
        (decision.access_token.is_some(), TokenMint::Access),
        (decision.refresh_token.is_some(), TokenMint::Refresh),
        (decision.id_token.is_some(), TokenMint::Id),
    ];
    response.mint = minted.into_iter().filter_map(|(holds, name)| holds.then_some(name)).collect();
    if let Some(token) = &decision.access_token {
        response.body.token_type = Some(case.token_type);
        response.body.expires_in = token.expires_in;
        response.body.scope = decision.scope.must_report.then(|| token.scope.clone());
        response.body.grant_id = case.grant_id().cloned();
    }
}

/// What becomes of the presented record.
fn presented(policy: &Policy, case: &TokenCase, fate: Fate, rule: TokenRuleNumber, effects: &mut Vec<Effect>) {
    let (kind, id, family) = match &case.presented {
        PresentedRecord::None => return,
        PresentedRecord::Code(code) => (EndedKind::Code, code.id.clone().unwrap_or_default(), code.id.clone()),
        PresentedRecord::Token(token) => (EndedKind::RefreshToken, Text::from(token.id()), token.family()),
    };
    match fate {
        Fate::Untouched => {}
        Fate::Touched => effects.push(Effect::use_refresh_token(&id, case.now, rule)),
        Fate::UsedUp if kind == EndedKind::Code => effects.push(Effect::consume_code(&id, rule)),
        Fate::UsedUp => effects.push(Effect::consume_refresh_token(&id, case.now, rule)),
        Fate::Ends(status) => effects.push(Effect::end(kind, Filter::id(&id), status, rule)),
        Fate::OthersReplaced => {
            if matches!(&case.presented, PresentedRecord::Token(token) if token.status == TokenStatus::Active) {
                effects.push(Effect::use_refresh_token(&id, case.now, rule));
            }
            effects.extend(family.map(|family| Effect::supersede_others(family, &id, case.now, rule)));
        }
        Fate::FamilyEnds => {
            let filter = match &family {
                Some(family) => Filter { family: Some(family.clone()), ..Filter::default() },
                None => Filter::id(&id),
            };
            effects.push(Effect::end(EndedKind::RefreshToken, filter.clone(), EndStatus::Revoked, rule));
            effects.push(Effect::end(EndedKind::AccessToken, filter, EndStatus::Revoked, rule));
        }
        Fate::ClientTokensEnd => {
            if let Some(Granted { client_id, sub, .. }) = whose(case) {
                let filter = Filter { client_id, sub, ..Filter::default() };
                effects.push(Effect::end(EndedKind::RefreshToken, filter.clone(), EndStatus::Revoked, rule));
                effects.push(Effect::end(EndedKind::AccessToken, filter, EndStatus::Revoked, rule));
            }
        }
        Fate::GrantEnds => {
            let grant = whose(case).map(|of| Filter::of_grant(policy.knobs.grant_model, of));
            effects.extend(grant.into_iter().flat_map(|grant| Effect::end_grant(grant, rule)));
        }
    }
}

/// Whose grant the presented record goes back to. A filter without a user would reach all of them.
fn whose(case: &TokenCase) -> Option<Granted> {
    let (client_id, sub, sid) = match &case.presented {
        PresentedRecord::None => return None,
        PresentedRecord::Code(code) => (&code.client_id, &code.sub, &code.sid),
        PresentedRecord::Token(token) => (&token.client_id, token.sub.as_ref()?, &token.sid),
    };
    Some(Granted {
        grant_id: case.grant_id().cloned(),
        sub: Some(sub.clone()),
        client_id: Some(client_id.clone()),
        sid: sid.clone(),
    })
}

/// Whether the scope is told to the client.
fn told(reported: ScopeReported, granted: &Scopes, requested: &Scopes) -> bool {
    match reported {
        ScopeReported::Never => false,
        ScopeReported::IfOther => !granted.same_as(requested),
        ScopeReported::Always => true,
    }
}

fn exchanged(policy: &Policy, case: &TokenCase, plan: &Exchanged, code: &CodeRecord, decision: &mut TokenDecision) {
    let mut granted = code.scope.filter(|scope| !(plan.without_online && is_online_scope(&policy.knobs, scope)));
    if let (Some(existing), ExistingGrantUse::Added { .. }) = (&case.existing_grant, plan.existing_grant) {
        granted = existing.scope.union(&granted);
    }
    let requested = code.requested_scope.as_ref().map(Scopes::parse).unwrap_or_default();
    decision.scope = ScopeReport {
        requested: requested.clone(),
        granted: granted.clone(),
        must_report: told(plan.scope_reported, &granted, &requested),
    };
    decision.id_token = (code.id_token && granted.contains(OPENID)).then(|| IdTokenClaims {
        iss: policy.configuration.issuer.clone(),
        sub: code.sub.clone(),
        aud: code.client_id.clone(),
        auth_time: Some(code.auth_time),
        iat: case.now,
        nonce: code.nonce.clone(),
        sid: code.sid.clone(),
    });
    if plan.existing_grant == ExistingGrantUse::Ignored {
        decision.ignored.push(Ignored::new("existing_grant", &Text::fixed("(a token)"), Reason::Unsupported));
    }
    presented(policy, case, Fate::UsedUp, plan.rule, &mut decision.effects);
    ended_by_exchange(policy, case, plan, code, &mut decision.effects);
    let access_token = access_token(policy, case, &granted, plan.access_token);
    let expires_at = after(case.now, access_token.expires_in);
    let record = from_code(case, code, TokenKind::AccessToken, access_token.binding, granted.clone(), expires_at);
    decision.effects.push(Effect::store_token(record, plan.access_token.rule));
    if let (Some(token), Some(fixed)) = (&plan.refresh_token, &code.refresh_token) {
        // The authorization fixed how long it lives, and when its grant ends; what a refresh does to it depends on what
        // binds it now.
        let by_age = match fixed.lifetime {
            Lifetime::Fixed { seconds } => after(case.now, Some(seconds)),
            _ => None,
        };
        let expires_at = lifetimes::shorter(by_age, code.grant_expires_at);
        let lifetime =
            expires_at.map_or(fixed.lifetime, |end| Lifetime::Fixed { seconds: end.saturating_sub(case.now) });
        let token_issued =
            RefreshToken { scope: granted.clone(), binding: token.binding, lifetime, rotation: token.rotation };
        let record = from_code(case, code, TokenKind::RefreshToken, token.binding, granted, expires_at);
        let record = TokenRecord {
            grant_expires_at: code.grant_expires_at,
            // A confidential client's is bound by its authentication (RFC 9449, section 5).
            sender_constrained: record.sender_constrained && record.client_type == ClientType::Public,
            ..record
        };
        decision.effects.push(Effect::store_token(record, token.rule));
        if let (Some(rule), Some(newest)) = (token.limit, policy.configuration.max_refresh_tokens_per_client_and_user) {
            decision.effects.push(Effect::end_all_but(newest, user_and_client(code), rule));
        }
        decision.refresh_token = Some(token_issued);
    }
    decision.access_token = Some(access_token);
}

fn user_and_client(code: &CodeRecord) -> Filter {
    Filter { client_id: Some(code.client_id.clone()), sub: Some(code.sub.clone()), ..Filter::default() }
}

/// What a successful exchange ends before it stores anything new.
fn ended_by_exchange(
    policy: &Policy,
    case: &TokenCase,
    plan: &Exchanged,
    code: &CodeRecord,
    effects: &mut Vec<Effect>,
) {
    if let (Some(existing), ExistingGrantUse::Added { ends: Some(rule) }) = (&case.existing_grant, plan.existing_grant)
    {
        effects.push(Effect::end(EndedKind::RefreshToken, Filter::id(existing.id()), EndStatus::Revoked, rule));
    }
    if let Some(rule) = plan.ends_grant_tokens.filter(|_| code.grant_id.is_some()) {
        let filter =
            Filter { grant_id: code.grant_id.clone(), client_id: Some(code.client_id.clone()), ..Filter::default() };
        effects.push(Effect::end(EndedKind::RefreshToken, filter, EndStatus::Revoked, rule));
    }
    let of = Granted {
        grant_id: code.grant_id.clone(),
        sub: Some(code.sub.clone()),
        client_id: Some(code.client_id.clone()),
        sid: code.sid.clone(),
    };
    effects.push(Effect::use_grant(Filter::of_grant(policy.knobs.grant_model, of), plan.rule));
}

fn refreshed(policy: &Policy, case: &TokenCase, plan: &Refreshed, token: &TokenRecord, decision: &mut TokenDecision) {
    let granted = case.refreshed_scope(token);
    let requested = case.asked_scope();
    decision.scope.granted = granted.clone();
    decision.scope.must_report = told(plan.scope_reported, &granted, requested.as_ref().unwrap_or(&token.scope));
    presented(policy, case, plan.fate, plan.rule, &mut decision.effects);
    let access_token = access_token(policy, case, &granted, plan.access_token);
    let expires_at = after(case.now, access_token.expires_in);
    let record = TokenRecord {
        kind: TokenKind::AccessToken,
        scope: granted.clone(),
        // A confidential client binds its access tokens, and not its refresh tokens (RFC 9449, section 5).
        sender_constrained: token.sender_constrained
            || case.token_type == TokenType::DPoP
            || policy.knobs.sender_constrained_tokens == SenderConstrainedTokens::Required,
        expires_at,
        grant_expires_at: None,
        ..successor(case, token)
    };
    decision.effects.push(Effect::store_token(record, plan.access_token.rule));
    decision.access_token = Some(access_token);
    decision.id_token = plan.id_token.then(|| IdTokenClaims {
        iss: policy.configuration.issuer.clone(),
        sub: token.sub.clone().unwrap_or_default(),
        aud: token.client_id.clone(),
        auth_time: token.auth_time,
        iat: case.now,
        nonce: None,
        sid: token.sid.clone(),
    });
    if let Some(next) = plan.successor {
        let (lifetime, expires_at) =
            lifetimes::successor(&policy.configuration, next.life, next.age_from, token, case.now);
        let scope = if next.narrowed { granted } else { token.scope.clone() };
        let record = TokenRecord { scope: scope.clone(), binding: next.binding, expires_at, ..successor(case, token) };
        decision.effects.push(Effect::store_token(record, next.rule));
        decision.refresh_token = Some(RefreshToken { scope, binding: next.binding, lifetime, rotation: next.rotation });
    }
}

fn for_itself(
    policy: &Policy,
    case: &TokenCase,
    plan: NewAccessToken,
    reported: ScopeReported,
    decision: &mut TokenDecision,
) {
    let default = || policy.configuration.default_scope.clone().unwrap_or_default();
    let asked = case.asked_scope();
    let granted = asked.clone().unwrap_or_else(default);
    let access_token = access_token(policy, case, &granted, plan);
    decision.scope.granted = granted.clone();
    decision.scope.must_report = told(reported, &granted, &asked.unwrap_or_default());
    if let Some(client) = &case.client {
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
            binding: plan.binding,
            status: TokenStatus::Active,
            auth: None,
            auth_time: None,
            basis: None,
            sender_constrained: case.sender_constrained,
            issued_at: case.now,
            authorized_at: case.now,
            expires_at: after(case.now, access_token.expires_in),
            grant_expires_at: None,
            last_used_at: None,
            superseded_at: None,
        };
        decision.effects.push(Effect::store_token(record, plan.rule));
    }
    decision.access_token = Some(access_token);
}

fn access_token(policy: &Policy, case: &TokenCase, scope: &Scopes, plan: NewAccessToken) -> AccessToken {
    let session = case.live_session().and_then(|session| session.remaining(case.now));
    AccessToken {
        scope: scope.clone(),
        expires_in: lifetimes::access_token(policy, session, plan.life),
        binding: plan.binding,
    }
}

fn from_code(
    case: &TokenCase,
    code: &CodeRecord,
    kind: TokenKind,
    binding: Binding,
    scope: Scopes,
    expires_at: Option<u64>,
) -> TokenRecord {
    let client = case.client.as_ref();
    TokenRecord {
        v: Version,
        kind,
        id: None,
        client_id: code.client_id.clone(),
        application_type: client.map_or(ApplicationType::Web, |client| client.application_type),
        client_type: client.map_or(ClientType::Public, |client| client.client_type),
        sub: Some(code.sub.clone()),
        sid: code.sid.clone(),
        family: code.id.clone(),
        grant_id: code.grant_id.clone(),
        scope,
        binding,
        status: TokenStatus::Active,
        auth: case.auth.clone(),
        auth_time: Some(code.auth_time),
        basis: code.basis.clone(),
        sender_constrained: case.sender_constrained,
        issued_at: case.now,
        authorized_at: case.now,
        expires_at,
        grant_expires_at: None,
        last_used_at: None,
        superseded_at: None,
    }
}

/// What a refresh stores goes back to the same authorization; when it ends is for the caller to say.
fn successor(case: &TokenCase, token: &TokenRecord) -> TokenRecord {
    TokenRecord {
        id: None,
        family: token.family(),
        status: TokenStatus::Active,
        issued_at: case.now,
        last_used_at: None,
        superseded_at: None,
        ..token.clone()
    }
}

//! From a verdict on an occurrence to effects: each consequence becomes a filter on stored records.

use super::event_decision::EventDecision;
use super::event_summary;
use super::lifecycle_input::{AskedEndpoint, LifecycleCase};
use crate::answer::{ProtocolError, TraceEntry};
use crate::decide::lifecycle::{Consequence, LifecycleVerdict};
use crate::decide::{RuleNumber, rule};
use crate::effects::{Effect, Filter};
use crate::oauth::error::ErrorCode;
use crate::policy::Policy;
use crate::records::{TokenKind, TokenRecord};

/// A scope of Gmail: this one, or one whose last path segment starts with `gmail`.
const GMAIL: &[&str] = &["https://mail.google.com/", "gmail*", "**/gmail*"];

pub(super) fn decision(policy: &Policy, case: &LifecycleCase, verdict: &LifecycleVerdict) -> EventDecision {
    let mut effects = Vec::new();
    for (consequence, number) in verdict.consequences.iter().flatten() {
        add(policy, case, *consequence, *number, &mut effects);
    }
    let error = verdict.refusal.map(|(code, status, number)| ProtocolError {
        code: code.map(ErrorCode::name),
        placement: match case.endpoint {
            AskedEndpoint::Grants if status == 401 => "http_401",
            AskedEndpoint::Grants => "http_400",
            AskedEndpoint::None | AskedEndpoint::Revocation => "token_response",
        },
        description: rule(number).map_or("", |rule| rule.statement),
    });
    let http_status = match (verdict.refusal, case.endpoint) {
        (_, AskedEndpoint::None) => None,
        (Some((_, status, _)), _) => Some(status),
        (None, AskedEndpoint::Grants) if !effects.is_empty() => Some(204),
        (None, AskedEndpoint::Revocation | AskedEndpoint::Grants) => Some(200),
    };
    let mut decision = EventDecision {
        outcome: match (&error, verdict.asks_user) {
            (Some(_), _) => "error",
            (None, true) => "ask_user",
            (None, false) => "done",
        },
        http_status,
        error,
        effects,
        trace: TraceEntry::list(verdict.trace),
        summary: String::new(),
    };
    decision.summary = event_summary::summary(&decision);
    decision
}

fn add(policy: &Policy, case: &LifecycleCase, consequence: Consequence, number: RuleNumber, effects: &mut Vec<Effect>) {
    let user = || Filter { sub: case.sub.clone(), ..Filter::default() };
    let session = || Filter { sid: case.sid.clone(), ..user() };
    let client = || Filter { client_id: case.client_id.clone(), ..user() };
    let offline = |filter: Filter| Filter { binding: Some("offline"), ..filter };
    let mut both = |filter: Filter, status: &'static str| {
        effects.push(Effect::end("refresh_token", filter.clone(), status, number));
        effects.push(Effect::end("access_token", filter, status, number));
    };
    match consequence {
        // A token of a client that acts for itself has no user, and a filter without one would reach all users.
        Consequence::ClientTokens | Consequence::Grant if case.sub.is_none() => {}
        Consequence::Session => effects.push(Effect::end("session", session(), "ended", number)),
        Consequence::SessionTokensRevoked => {
            both(Filter { binding: Some("session"), ..session() }, "revoked");
        }
        Consequence::SessionTokensExpired => {
            both(Filter { binding: Some("session"), ..session() }, "expired");
        }
        Consequence::OfflineTokensOfSession => both(offline(session()), "revoked"),
        Consequence::OfflineTokensOfBrowserClients => {
            both(Filter { application_type: Some("browser"), ..offline(session()) }, "revoked");
        }
        Consequence::OfflineTokensOfUser => both(offline(user()), "revoked"),
        Consequence::GmailTokensOfUser => {
            let filter = Filter { any_scope_matches: Some(GMAIL), ..user() };
            effects.push(Effect::end("refresh_token", filter, "revoked", number));
        }
        Consequence::PublicPasswordTokens => {
            both(Filter { client_type: Some("public"), auth: Some("password"), ..user() }, "revoked");
        }
        Consequence::ClientTokens => {
            both(client(), "revoked");
            effects.push(Effect::end("code", client(), "revoked", number));
        }
        Consequence::Grant => effects.push(Effect::remove("grant", client(), number)),
        Consequence::PresentedToken => presented(case, number, effects),
        Consequence::FamilyRefreshTokens => family(case, TokenKind::RefreshToken, number, effects),
        Consequence::FamilyAccessTokens => family(case, TokenKind::AccessToken, number, effects),
        Consequence::ConditionTokens => {
            let filter = Filter { basis: case.basis.clone(), ..client() };
            both(filter.clone(), "revoked");
            effects.push(Effect::end("code", filter, "revoked", number));
        }
        Consequence::OldestRefreshTokens => {
            if let Some(newest) = policy.configuration.max_refresh_tokens_per_client_and_user {
                let effect = Effect::end("refresh_token", client(), "revoked", number);
                effects.push(effect.keeping_newest(newest));
            }
        }
        Consequence::GrantTokens => both(grant(case), "revoked"),
        Consequence::GrantById => effects.push(Effect::remove("grant", grant(case), number)),
    }
}

fn grant(case: &LifecycleCase) -> Filter {
    Filter { grant_id: case.grant_id.clone(), client_id: case.client_id.clone(), ..Filter::default() }
}

fn presented(case: &LifecycleCase, number: RuleNumber, effects: &mut Vec<Effect>) {
    if let Some(token) = &case.token {
        let filter = Filter { id: Some(token.id().to_owned()), ..Filter::default() };
        effects.push(Effect::end(token.kind.name(), filter, "revoked", number));
    }
}

/// A token without a family has nothing that came with it.
fn family(case: &LifecycleCase, kind: TokenKind, number: RuleNumber, effects: &mut Vec<Effect>) {
    if let Some(family) = case.token.as_ref().and_then(TokenRecord::family) {
        let filter = Filter { family: Some(family), ..Filter::default() };
        effects.push(Effect::end(kind.name(), filter, "revoked", number));
    }
}

//! From a verdict on an occurrence to effects: each consequence becomes a filter on stored records.

use super::event_decision::{EventDecision, EventOutcome};
use super::lifecycle_case::{AskedEndpoint, LifecycleCase};
use super::{event_response, event_summary};
use crate::answer::{ErrorPlace, HttpStatus, ProtocolError, TraceEntry};
use crate::decide::engine::Decided;
use crate::decide::fact::Situation;
use crate::decide::life::Binding;
use crate::decide::lifecycle::facts::LifecycleFact;
use crate::decide::lifecycle::verdict::{Consequence, Lifecycle, LifecycleRuleNumber, LifecycleVerdict, RefusedStatus};
use crate::decide::record::EndStatus;
use crate::effects::{Effect, EndedKind, Filter, Granted};
use crate::input::{Composed, Text};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::Policy;
use crate::records::{TokenKind, TokenRecord};

/// A scope of Gmail: this one, or one whose last path segment starts with `gmail`.
const GMAIL: &[&str] = &["https://mail.google.com/", "gmail*", "**/gmail*"];

/// The decision that a verdict means in this case.
pub(super) fn decision(
    policy: &Policy,
    case: &LifecycleCase,
    situation: Situation<LifecycleFact>,
    decided: &Decided<Lifecycle>,
) -> EventDecision {
    let mut decision = EventDecision {
        outcome: EventOutcome::Done,
        response: event_response::response(policy, case, None),
        error: None,
        effects: Vec::new(),
        trace: TraceEntry::list(decided.trace),
        situation: situation.into(),
        summary: Composed::default(),
    };
    match decided.verdict {
        LifecycleVerdict::Refuse { code, status, rule } => {
            let placement = match (case.endpoint, status) {
                (AskedEndpoint::Grants(_), RefusedStatus::Unauthorized) => ErrorPlace::Http401,
                (AskedEndpoint::Grants(_), _) => ErrorPlace::Http400,
                (AskedEndpoint::None | AskedEndpoint::Revocation, _) => ErrorPlace::TokenResponse,
            };
            decision.outcome = EventOutcome::Error;
            let error = ProtocolError::by(rule.rule(), code, placement);
            decision.response = event_response::response(policy, case, Some((HttpStatus::of(status.number()), &error)));
            decision.error = Some(error);
        }
        LifecycleVerdict::AskUser => decision.outcome = EventOutcome::AskUser,
        LifecycleVerdict::Ends(consequences) => {
            for (consequence, rule) in consequences.iter() {
                add(policy, case, consequence, rule, &mut decision.effects);
            }
        }
        LifecycleVerdict::Standing(_) => {}
    }
    decision.summary = event_summary::summary(&decision);
    decision
}

fn add(
    policy: &Policy,
    case: &LifecycleCase,
    consequence: Consequence,
    number: LifecycleRuleNumber,
    effects: &mut Vec<Effect>,
) {
    let user = || Filter { sub: case.sub.clone(), ..Filter::default() };
    let session = || Filter { sid: case.sid.clone(), ..user() };
    let client = || Filter { client_id: case.client_id.clone(), ..user() };
    let granted = || {
        let (sub, client_id, sid) = (case.sub.clone(), case.client_id.clone(), case.sid.clone());
        let of = Granted { grant_id: None, sub, client_id, sid };
        Filter::of_grant(policy.knobs.grant_model, of)
    };
    let offline = |filter: Filter| Filter { binding: Some(Binding::Offline), ..filter };
    let mut both = |filter: Filter, status: EndStatus| {
        effects.push(Effect::end(EndedKind::RefreshToken, filter.clone(), status, number));
        effects.push(Effect::end(EndedKind::AccessToken, filter, status, number));
    };
    match consequence {
        // A token of a client that acts for itself has no user, and a filter without one would reach all users.
        Consequence::ClientTokens | Consequence::Grant if case.sub.is_none() => {}
        Consequence::OfflineAccessTokensOfSession => {
            effects.push(Effect::end(EndedKind::AccessToken, offline(session()), EndStatus::Revoked, number));
        }
        Consequence::ClientTokensOfSession => both(
            Filter { client_id: case.client_id.clone(), binding: Some(Binding::Session), ..session() },
            EndStatus::Revoked,
        ),
        Consequence::Session => effects.push(Effect::end_session(session(), number)),
        Consequence::SessionTokens(status) => {
            both(Filter { binding: Some(Binding::Session), ..session() }, status);
        }
        Consequence::OfflineTokensOfSession => both(offline(session()), EndStatus::Revoked),
        Consequence::OfflineTokensOfBrowserClients => {
            both(Filter { application_type: Some(ApplicationType::Browser), ..offline(session()) }, EndStatus::Revoked);
        }
        Consequence::OfflineTokensOfUser => both(offline(user()), EndStatus::Revoked),
        Consequence::GmailTokensOfUser => {
            let filter = Filter { any_scope_matches: Some(GMAIL.iter().copied().map(Into::into).collect()), ..user() };
            effects.push(Effect::end(EndedKind::RefreshToken, filter, EndStatus::Revoked, number));
        }
        Consequence::PublicPasswordTokens => {
            both(
                Filter { client_type: Some(ClientType::Public), auth: Some(Text::fixed("password")), ..user() },
                EndStatus::Revoked,
            );
        }
        Consequence::ClientTokens => {
            both(granted(), EndStatus::Revoked);
            effects.push(Effect::end(EndedKind::Code, granted(), EndStatus::Revoked, number));
        }
        Consequence::Grant => effects.push(Effect::remove_grants(granted(), number)),
        Consequence::PresentedToken => presented(case, number, effects),
        Consequence::FamilyRefreshTokens => family(case, TokenKind::RefreshToken, number, effects),
        Consequence::FamilyAccessTokens => family(case, TokenKind::AccessToken, number, effects),
        Consequence::ConditionTokens => {
            let filter = Filter { basis: case.basis.clone(), ..client() };
            both(filter.clone(), EndStatus::Revoked);
            effects.push(Effect::end(EndedKind::Code, filter, EndStatus::Revoked, number));
        }
        Consequence::OldestRefreshTokens => {
            if let Some(newest) = policy.configuration.max_refresh_tokens_per_client_and_user {
                effects.push(Effect::end_all_but(newest, client(), number));
            }
        }
        Consequence::GrantTokens => both(grant(case), EndStatus::Revoked),
        Consequence::GrantById => effects.push(Effect::remove_grants(grant(case), number)),
    }
}

fn grant(case: &LifecycleCase) -> Filter {
    Filter { grant_id: case.grant_id.clone(), client_id: case.client_id.clone(), ..Filter::default() }
}

fn presented(case: &LifecycleCase, number: LifecycleRuleNumber, effects: &mut Vec<Effect>) {
    if let Some(token) = &case.token {
        effects.push(Effect::end(token.kind.into(), Filter::id(token.id()), EndStatus::Revoked, number));
    }
}

/// A token without a family has nothing that came with it.
fn family(case: &LifecycleCase, kind: TokenKind, number: LifecycleRuleNumber, effects: &mut Vec<Effect>) {
    if let Some(family) = case.token.as_ref().and_then(TokenRecord::family) {
        let filter = Filter { family: Some(family), ..Filter::default() };
        effects.push(Effect::end(kind.into(), filter, EndStatus::Revoked, number));
    }
}

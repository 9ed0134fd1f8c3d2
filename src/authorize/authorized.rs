//! From a verdict to a decision: numbers, scopes and sentences take the place of symbols.

use super::answers::ConsentGiven;
use super::authorize_case::AuthorizeCase;
use super::decision::{
    AuthorizeResponse, ConsentReason, ConsentScopeStatus, ConsentScreen, ConsentScreenScope, Decision, DecisionOutcome,
    FrontChannel, Mint, RememberChoice, TokenEndpoint, TokenSet,
};
use super::{authorize_summary, scopes, stored};
use crate::answer::{AccessToken, Ignored, ProtocolError, RefreshToken, Rotation, ScopeReport, TraceEntry};
use crate::decide::rule;
use crate::decide::verdict::{
    Access, AccessTokenPlan, ConsentCauses, IgnoredParameters, Outcome, Reason, Refusal, ScopePlan, Screen, TokenPlan,
    Verdict,
};
use crate::decide::vocabulary::{is_offline_scope, knows_prompt};
use crate::lifetimes::{self, Holder};
use crate::oauth::error::ErrorPlacement;
use crate::oauth::scope::{OPENID, Scopes};
use crate::policy::Policy;

/// The decision that a verdict means in this case.
#[inline(never)]
pub(super) fn decision(
    policy: &Policy,
    case: &AuthorizeCase,
    verdict: &Verdict,
    given: Option<&ConsentGiven>,
) -> Decision {
    let result = result(policy, case, verdict, given);
    let mut decision = Decision {
        outcome: outcome(verdict.outcome),
        error: None,
        response: None,
        consent: consent(policy, case, verdict),
        scope: ScopeReport {
            requested: case.scopes.requested.to_vec(),
            granted: result.as_ref().map(|result| result.granted.to_vec()).unwrap_or_default(),
            must_report: result.as_ref().is_some_and(|result| result.must_report),
        },
        tokens: result.as_ref().map(|result| result.tokens.clone()),
        ignored: Vec::new(),
        effects: Vec::new(),
        trace: TraceEntry::list(verdict.trace),
        summary: String::new(),
    };
    match verdict.outcome {
        Outcome::Refuse(refusal) => {
            decision.error = Some(error(refusal));
            decision.response = error_response(policy, case, refusal);
        }
        Outcome::Show(_) => decision.ignored = ignored(policy, case, verdict),
        Outcome::Issue => {
            decision.ignored = ignored(policy, case, verdict);
            if let Some(result) = &result {
                decision.response = response(policy, case, verdict, result);
                decision.effects = stored::of_issue(policy, case, verdict, &result.tokens, &result.granted, given);
            }
        }
    }
    decision.summary =
        authorize_summary::summary(&decision, case.client.as_ref().map(|client| client.client_id.as_str()));
    decision
}

const fn outcome(outcome: Outcome) -> DecisionOutcome {
    match outcome {
        Outcome::Refuse(_) => DecisionOutcome::Error,
        Outcome::Show(Screen::Login) => DecisionOutcome::Login,
        Outcome::Show(Screen::Reauthenticate) => DecisionOutcome::Reauthenticate,
        Outcome::Show(Screen::SelectAccount) => DecisionOutcome::SelectAccount,
        Outcome::Show(Screen::Consent) => DecisionOutcome::Consent,
        Outcome::Issue => DecisionOutcome::Issue,
    }
}

/// What comes out, or would come out if the user agreed; none on a refusal and while the user is unknown.
struct ResultSet {
    granted: Scopes,
    must_report: bool,
    tokens: TokenSet,
}

fn result(policy: &Policy, case: &AuthorizeCase, verdict: &Verdict, given: Option<&ConsentGiven>) -> Option<ResultSet> {
    let (plan, tokens) = match verdict.outcome {
        Outcome::Issue | Outcome::Show(Screen::Consent) => (verdict.scopes?, verdict.tokens?),
        Outcome::Refuse(_) | Outcome::Show(_) => return None,
    };
    let granted = scopes::granted(policy, case, verdict, plan, given);
    let front_scope = granted.filter(|scope| {
        tokens.front_access_token.is_some_and(|token| token.carries_offline) || !is_offline_scope(&policy.knobs, scope)
    });
    let requested = &case.scopes.requested;
    let must_report = (tokens.access_token.is_some() && !granted.same_as(requested))
        || (tokens.front_access_token.is_some() && !front_scope.same_as(requested));
    let tokens = token_set(policy, case, tokens, &granted, &front_scope, given);
    Some(ResultSet { granted, must_report, tokens })
}

fn token_set(
    policy: &Policy,
    case: &AuthorizeCase,
    plan: TokenPlan,
    granted: &Scopes,
    front_scope: &Scopes,
    given: Option<&ConsentGiven>,
) -> TokenSet {
    let client = case.client.as_ref();
    let time_limit = given.and_then(|given| given.time_limit);
    let remaining = case.session.as_ref().and_then(|session| session.remaining(case.now));
    let access_token = |token: AccessTokenPlan, scope: &Scopes| AccessToken {
        scope: scope.clone(),
        expires_in: lifetimes::access_token(policy, remaining, token.life),
        binding: token.binding,
    };
    TokenSet {
        front_channel: FrontChannel {
            code: plan.response_type.returns_code(),
            access_token: plan.front_access_token.map(|token| access_token(token, front_scope)),
            id_token: plan.front_id_token,
        },
        token_endpoint: plan.access_token.map(|token| TokenEndpoint {
            access_token: access_token(token, granted),
            id_token: plan.id_token && granted.contains(OPENID),
            refresh_token: plan.refresh_token.map(|binding| RefreshToken {
                scope: granted.clone(),
                binding,
                lifetime: lifetimes::refresh_token(policy, Holder::of(client, granted), binding, time_limit),
                rotation: client.map_or(Rotation::None, |client| {
                    lifetimes::rotation(policy, client.application_type, client.client_type)
                }),
            }),
        }),
    }
}

/// What the consent page says, when one is shown or was answered.
pub(super) fn consent(policy: &Policy, case: &AuthorizeCase, verdict: &Verdict) -> Option<ConsentScreen> {
    let page = verdict.consent?;
    let plan = verdict.scopes?;
    let listed = scopes::prospective(policy, case, plan);
    let scopes = listed
        .iter()
        .map(|scope| {
            let before = scopes::granted_before(policy, case, verdict, scope);
            (
                before,
                ConsentScreenScope {
                    scope: scope.to_owned(),
                    status: if before { ConsentScopeStatus::AlreadyGranted } else { ConsentScopeStatus::New },
                    optional: !scopes::stays(policy, case, verdict, scope) && scopes::optional(policy, scope),
                },
            )
        })
        .filter(|(before, _)| page.shows_already_granted || !before)
        .map(|(_, scope)| scope)
        .collect();
    Some(ConsentScreen {
        sub: case.sub()?.to_owned(),
        client_id: case.client.as_ref()?.client_id.clone(),
        scopes,
        offline_access: page.offline_notice,
        remember: if page.remember_checkbox { RememberChoice::Checkbox } else { RememberChoice::Always },
        because: because(page.causes),
    })
}

fn because(causes: ConsentCauses) -> Vec<ConsentReason> {
    [
        (causes.prompt_consent, ConsentReason::PromptConsent),
        (causes.new_scopes, ConsentReason::NewScopes),
        (causes.offline_access, ConsentReason::OfflineAccess),
        (causes.client_always_asked, ConsentReason::ClientAlwaysAsked),
        (causes.always_asked, ConsentReason::AlwaysAsked),
        (causes.answer_out_of_date, ConsentReason::AnswerOutOfDate),
    ]
    .into_iter()
    .filter_map(|(holds, name)| holds.then_some(name))
    .collect()
}

fn error(refusal: Refusal) -> ProtocolError {
    ProtocolError::by(refusal.rule, refusal.code, refusal.placement.into())
}

fn error_response(policy: &Policy, case: &AuthorizeCase, refusal: Refusal) -> Option<AuthorizeResponse> {
    let ErrorPlacement::Redirect(placement) = refusal.placement else { return None };
    Some(AuthorizeResponse {
        placement,
        redirect_uri: case.redirect.as_ref()?.uri.clone(),
        mint: Vec::new(),
        state: case.request.parameters.get("state").map(ToOwned::to_owned),
        iss: policy.configuration.issuer.clone(),
        error: refusal.code,
        error_description: rule(refusal.rule).map(|rule| rule.statement.into()),
        expires_in: None,
        scope: None,
    })
}

fn response(policy: &Policy, case: &AuthorizeCase, verdict: &Verdict, result: &ResultSet) -> Option<AuthorizeResponse> {
    let front = &result.tokens.front_channel;
    let minted =
        [(front.code, Mint::Code), (front.access_token.is_some(), Mint::AccessToken), (front.id_token, Mint::IdToken)];
    let reported = front
        .access_token
        .as_ref()
        .map(|token| &token.scope)
        .filter(|scope| !scope.same_as(&case.scopes.requested))
        .map(Scopes::text);
    Some(AuthorizeResponse {
        placement: verdict.placement?,
        redirect_uri: case.redirect.as_ref()?.uri.clone(),
        mint: minted.into_iter().filter_map(|(holds, name)| holds.then_some(name)).collect(),
        state: case.request.parameters.get("state").map(ToOwned::to_owned),
        iss: policy.configuration.issuer.clone(),
        error: None,
        error_description: None,
        expires_in: front.access_token.as_ref().and_then(|token| token.expires_in),
        scope: reported,
    })
}

fn ignored(policy: &Policy, case: &AuthorizeCase, verdict: &Verdict) -> Vec<Ignored> {
    let mut ignored = Vec::new();
    let mut add = |param: &'static str, value: &str, reason: Reason| {
        ignored.push(Ignored::new(param, value, reason));
    };
    parameters(policy, case, verdict.ignored, &mut add);
    for scope in case.scopes.unknown.iter() {
        add("scope", scope, Reason::UnknownScope);
    }
    for scope in case.scopes.not_allowed.iter() {
        add("scope", scope, Reason::PolicyNarrowed);
    }
    if let Some(ScopePlan { offline, online, .. }) = verdict.scopes {
        if let Access::Ignored(reason) = offline {
            case.scopes.offline(&policy.knobs).iter().for_each(|scope| add("scope", scope, reason));
        }
        if let Access::Ignored(reason) = online {
            case.scopes.online(&policy.knobs).iter().for_each(|scope| add("scope", scope, reason));
        }
    }
    ignored
}

fn parameters(
    policy: &Policy,
    case: &AuthorizeCase,
    ignored: IgnoredParameters,
    add: &mut impl FnMut(&'static str, &str, Reason),
) {
    let sent = &case.request.parameters;
    let mut whole = |name: &'static str, reason: Option<Reason>| {
        if let (Some(reason), Some(value)) = (reason, sent.get(name)) {
            add(name, value, reason);
        }
    };
    whole("prompt", ignored.prompt);
    whole("display", ignored.display);
    whole("access_type", ignored.access_type);
    whole("approval_prompt", ignored.approval_prompt);
    whole("include_granted_scopes", ignored.include_granted_scopes);
    whole("grant_management_action", ignored.grant_management);
    whole("grant_id", ignored.grant_management);
    whole("launch", ignored.launch);
    for value in &case.request.prompt.values {
        if ignored.prompt_unknown_values && !knows_prompt(policy.knobs.prompt_vocabulary, value) {
            add("prompt", value, Reason::UnknownValue);
        }
        if let Some(reason) = ignored.prompt_auto.filter(|_| value == "auto") {
            add("prompt", value, reason);
        }
    }
}

//! From a verdict to a decision: numbers, scopes and sentences take the place of symbols.

use super::answers::ConsentGiven;
use super::authorize_case::AuthorizeCase;
use super::decision::{
    AuthorizeResponse, ConsentReason, ConsentScopeStatus, ConsentScreen, ConsentScreenScope, Decision, DecisionOutcome,
    FrontChannel, FrontChannelIdToken, Mint, RefreshTokenReason, RememberChoice, TokenEndpoint, TokenHash, TokenSet,
};
use super::result_scopes::Listed;
use super::{authorize_summary, grant_end, result_scopes, set_aside, stored};
use crate::answer::{AccessToken, IdTokenClaims, ProtocolError, RefreshToken, ScopeReport, TraceEntry};
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::verdict::{
    AccessTokenPlan, Authorize, AuthorizeRuleNumber, ConsentCauses, ConsentPage, GrantChange, RedirectNamed,
    RefreshTokenVerdict, RememberedRefusal, SignInScreen, Stays, StoredGrant, TokenResult, Verdict,
};
use crate::decide::engine::Decided;
use crate::decide::fact::Situation;
use crate::decide::refusal::Refusal;
use crate::decide::report::ScopeReported;
use crate::decide::words::is_offline_scope;
use crate::effects::Effect;
use crate::input::{Composed, Text};
use crate::lifetimes;
use crate::oauth::error::{ErrorPlacement, Placement};
use crate::oauth::parameters::Parameter;
use crate::oauth::redirect;
use crate::oauth::scope::{OPENID, Scopes};
use crate::policy::Policy;

/// The decision that a verdict means in this case.
#[inline(never)]
pub(super) fn decision(
    policy: &Policy,
    case: &AuthorizeCase,
    situation: Situation<AuthorizeFact>,
    decided: &Decided<Authorize>,
) -> Decision {
    let mut decision = Decision {
        outcome: outcome(&decided.verdict),
        error: None,
        response: None,
        consent: None,
        scope: ScopeReport { requested: case.scopes.requested.clone(), granted: Scopes::default(), must_report: false },
        tokens: None,
        ignored: set_aside::list(policy, case, decided),
        effects: Vec::new(),
        trace: TraceEntry::list(decided.trace),
        situation: situation.into(),
        summary: Composed::default(),
    };
    match decided.verdict {
        Verdict::Refuse(refusal, remembered) => {
            decision.error = Some(ProtocolError::by(refusal.rule.rule(), refusal.code, refusal.placement.into()));
            decision.response = error_response(policy, case, refusal);
            decision.effects =
                remembered.and_then(|remembered| refusal_effect(policy, case, remembered)).into_iter().collect();
        }
        Verdict::SignIn(_) => {}
        Verdict::Ask { page, result } => {
            decision.consent = screen(policy, case, page);
            let grant_end = grant_end::of(policy, case, page.stays != Stays::Nothing);
            expand(policy, case, &result, None, None, grant_end, &mut decision);
        }
        Verdict::Issue { placement, approved, result, stored } => {
            let given = case.answers.consent.as_ref().filter(|_| approved.is_some());
            decision.consent = approved.and_then(|page| screen(policy, case, page));
            let grant_end = grant_end::of_issued(policy, case, stored);
            let granted = expand(policy, case, &result, approved, given, grant_end, &mut decision);
            decision.response = response(policy, case, placement, result.scope_reported, &decision);
            let left_out = approved
                .filter(|_| stored.grant.is_some_and(needs_left_out))
                .map(|page| result_scopes::left_out(policy, case, page, &granted))
                .unwrap_or_default();
            decision.effects = stored::effects(policy, case, stored, &decision, &granted, &left_out, given);
        }
    }
    let client_id = case.client.as_ref().map(|client| &client.client_id);
    decision.summary = authorize_summary::summary(&decision, client_id);
    decision
}

const fn outcome(verdict: &Verdict) -> DecisionOutcome {
    match verdict {
        Verdict::Refuse(..) => DecisionOutcome::Error,
        Verdict::SignIn(SignInScreen::Login) => DecisionOutcome::Login,
        Verdict::SignIn(SignInScreen::Reauthenticate) => DecisionOutcome::Reauthenticate,
        Verdict::SignIn(SignInScreen::SelectAccount) => DecisionOutcome::SelectAccount,
        Verdict::Ask { .. } => DecisionOutcome::Consent,
        Verdict::Issue { .. } => DecisionOutcome::Issue,
    }
}

/// Whether what the answer left out becomes part of what is stored.
fn needs_left_out(grant: StoredGrant) -> bool {
    grant.remembers_refused || grant.change == GrantChange::LeaveOut
}

/// What is stored of an answer that left nothing.
fn refusal_effect(policy: &Policy, case: &AuthorizeCase, remembered: RememberedRefusal) -> Option<Effect> {
    let approved = case.answers.consent.as_ref().and_then(|given| given.scope.as_ref());
    let left_out = result_scopes::refused_now(policy, case, remembered.page, approved);
    stored::remembered(policy, case, remembered.grant, &left_out)
}

/// What comes out, or would come out if the user agreed: scopes and tokens of the decision. Returns what is granted.
fn expand(
    policy: &Policy,
    case: &AuthorizeCase,
    result: &TokenResult,
    approved: Option<ConsentPage>,
    given: Option<&ConsentGiven>,
    grant_end: Option<u64>,
    decision: &mut Decision,
) -> Scopes {
    let approved_scopes = given.and_then(|given| given.scope.as_ref());
    let granted = result_scopes::granted(policy, case, approved, result.scopes, approved_scopes);
    let front_scope = match result.front_access_token {
        Some(token) if !token.carries_offline => granted.filter(|scope| !is_offline_scope(&policy.knobs, scope)),
        Some(_) | None => granted.clone(),
    };
    let requested = &case.scopes.requested;
    let differs = (result.token_endpoint.is_some() && !granted.same_as(requested))
        || (result.front_access_token.is_some() && !front_scope.same_as(requested));
    decision.scope.granted = granted.clone();
    decision.scope.must_report = match result.scope_reported {
        ScopeReported::Never => false,
        ScopeReported::IfOther => differs,
        ScopeReported::Always => true,
    };
    decision.tokens = Some(token_set(policy, case, result, &granted, front_scope, given, grant_end));
    granted
}

fn token_set(
    policy: &Policy,
    case: &AuthorizeCase,
    result: &TokenResult,
    granted: &Scopes,
    front_scope: Scopes,
    given: Option<&ConsentGiven>,
    grant_end: Option<u64>,
) -> TokenSet {
    let time_limit = given.and_then(|given| given.time_limit);
    let grant_rest = grant_end.map(|end| end.saturating_sub(case.now));
    let remaining = case.session.as_ref().and_then(|session| session.remaining(case.now));
    let access_token = |token: AccessTokenPlan, scope: Scopes| AccessToken {
        scope,
        expires_in: lifetimes::access_token(policy, remaining, token.life),
        binding: token.binding,
    };
    let refresh_token = match result.refresh_token {
        RefreshTokenVerdict::Issued(plan, _) => Some(RefreshToken {
            scope: granted.clone(),
            binding: plan.binding,
            lifetime: lifetimes::refresh_token(&policy.configuration, plan.life, time_limit, grant_rest),
            rotation: plan.rotation,
        }),
        RefreshTokenVerdict::None(..) => None,
    };
    let (rule, reason, sentence) = match result.refresh_token {
        RefreshTokenVerdict::Issued(_, rule) => (rule, None, rule.rule().statement),
        RefreshTokenVerdict::None(why, rule) => (rule, why.reason(), why.sentence()),
    };
    let refresh_token_because =
        RefreshTokenReason { issued: refresh_token.is_some(), rule: rule.into(), reason, sentence: sentence.into() };
    TokenSet {
        front_channel: FrontChannel {
            code: result.response_type.returns_code(),
            access_token: result.front_access_token.map(|token| access_token(token, front_scope)),
            id_token: result.front_id_token,
        },
        token_endpoint: result.token_endpoint.map(|plan| TokenEndpoint {
            access_token: access_token(plan.access_token, granted.clone()),
            id_token: plan.id_token && granted.contains(OPENID),
            refresh_token,
        }),
        refresh_token_because,
    }
}

/// What the consent page says.
pub(super) fn screen(policy: &Policy, case: &AuthorizeCase, page: ConsentPage) -> Option<ConsentScreen> {
    let mut scopes = Vec::with_capacity(case.scopes.effective.len());
    scopes.extend(
        Listed::of(policy, case, page.lists)
            .each()
            .map(|(scope, kind)| (scope, kind, result_scopes::granted_before(page, kind)))
            .filter(|(_, _, before)| page.shows_already_granted || !before)
            .map(|(scope, kind, before)| ConsentScreenScope {
                scope: scope.clone(),
                status: if before { ConsentScopeStatus::AlreadyGranted } else { ConsentScopeStatus::New },
                optional: !result_scopes::stays(page, kind) && result_scopes::optional(policy, scope),
            }),
    );
    Some(ConsentScreen {
        sub: case.sub()?.to_owned(),
        client_id: case.client.as_ref()?.client_id.clone(),
        scopes,
        offline_access: page.offline_notice,
        remember: if page.remember_checkbox { RememberChoice::Checkbox } else { RememberChoice::Always },
        redirect_host: case
            .redirect
            .as_ref()
            .filter(|_| page.redirect != RedirectNamed::No)
            .and_then(|redirect| redirect::host(&redirect.uri))
            .map(Text::from),
        loopback_warning: match page.redirect {
            RedirectNamed::No | RedirectNamed::Host => None,
            RedirectNamed::HostWithoutWarning => Some(false),
            RedirectNamed::HostWithWarning => Some(true),
        },
        because: because(page.causes),
        interaction: case.interaction.clone(),
    })
}

fn because(causes: ConsentCauses) -> Vec<ConsentReason> {
    [
        (causes.prompt_consent, ConsentReason::PromptConsent),
        (causes.new_scopes, ConsentReason::NewScopes),
        (causes.offline_access, ConsentReason::OfflineAccess),
        (causes.client_always_asked, ConsentReason::ClientAlwaysAsked),
        (causes.always_asked, ConsentReason::AlwaysAsked),
        (causes.redirect_uri_changed, ConsentReason::RedirectUriChanged),
        (causes.loopback_client, ConsentReason::LoopbackClient),
        (causes.answer_out_of_date, ConsentReason::AnswerOutOfDate),
    ]
    .into_iter()
    .filter_map(|(holds, name)| holds.then_some(name))
    .collect()
}

fn error_response(
    policy: &Policy,
    case: &AuthorizeCase,
    refusal: Refusal<AuthorizeRuleNumber>,
) -> Option<AuthorizeResponse> {
    let ErrorPlacement::Redirect(placement) = refusal.placement else { return None };
    Some(AuthorizeResponse {
        placement,
        redirect_uri: case.redirect.as_ref()?.uri.clone(),
        mint: Vec::new(),
        state: case.request.parameters.get(Parameter::State).cloned(),
        iss: policy.configuration.issuer.clone(),
        error: refusal.code,
        error_description: Some(refusal.rule.rule().statement.into()),
        expires_in: None,
        scope: None,
        id_token: None,
    })
}

fn response(
    policy: &Policy,
    case: &AuthorizeCase,
    placement: Placement,
    scope_reported: ScopeReported,
    decision: &Decision,
) -> Option<AuthorizeResponse> {
    let front = &decision.tokens.as_ref()?.front_channel;
    let minted =
        [(front.code, Mint::Code), (front.access_token.is_some(), Mint::AccessToken), (front.id_token, Mint::IdToken)];
    let reported = front
        .access_token
        .as_ref()
        .map(|token| &token.scope)
        .filter(|scope| scope_reported == ScopeReported::Always || !scope.same_as(&case.scopes.requested))
        .map(Scopes::text);
    Some(AuthorizeResponse {
        placement,
        redirect_uri: case.redirect.as_ref()?.uri.clone(),
        mint: minted.into_iter().filter_map(|(holds, name)| holds.then_some(name)).collect(),
        state: case.request.parameters.get(Parameter::State).cloned(),
        iss: policy.configuration.issuer.clone(),
        error: None,
        error_description: None,
        expires_in: front.access_token.as_ref().and_then(|token| token.expires_in),
        scope: reported,
        id_token: front.id_token.then(|| id_token(policy, case, front)).flatten(),
    })
}

/// What is fixed of the ID Token, and what binds it to the code and the access token beside it.
fn id_token(policy: &Policy, case: &AuthorizeCase, front: &FrontChannel) -> Option<FrontChannelIdToken> {
    let session = case.session.as_ref()?;
    let hashes = [(front.code, TokenHash::Code), (front.access_token.is_some(), TokenHash::AccessToken)];
    Some(FrontChannelIdToken {
        claims: IdTokenClaims {
            iss: policy.configuration.issuer.clone(),
            sub: session.sub.clone(),
            aud: case.client.as_ref()?.client_id.clone(),
            auth_time: Some(session.auth_time),
            iat: case.now,
            nonce: case.request.parameters.get(Parameter::Nonce).cloned(),
            sid: session.sid.clone(),
        },
        hashes: hashes.into_iter().filter_map(|(holds, name)| holds.then_some(name)).collect(),
    })
}

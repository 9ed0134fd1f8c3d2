//! How a step runs: the server's calls, and their effects.

use super::moment::{LifeKind, ShownPage, StepResult};
use super::server::Server;
use super::step::{Person, Step};
use crate::answer::{ErrorPlace, HttpStatus, ProtocolError};
use crate::authorize::{Decision, DecisionOutcome, SignInResult};
use crate::effects::Effect;
use crate::input::{Composed, Misuse, MisuseCode, Shape, Text, Value};
use crate::lifecycle::{EventDecision, EventOutcome, EventResponse};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::GrantModel;
use crate::token::{TokenDecision, TokenOutcome};

/// No request needs more pages.
const MOST_SCREENS: usize = 10;

/// What came of a step.
pub(super) struct Done {
    pub(super) result: StepResult,
    pub(super) screens: Vec<ShownPage>,
    pub(super) decision: Option<Value>,
    pub(super) consent: Option<Value>,
    pub(super) summary: Composed,
}

impl Done {
    fn plain(summary: &'static str) -> Self {
        Self {
            result: StepResult::Ok,
            screens: Vec::new(),
            decision: None,
            consent: None,
            summary: Text::fixed(summary).into(),
        }
    }
}

impl Server {
    pub(super) fn run(&mut self, step: &Step) -> Result<Done, Misuse> {
        match step {
            Step::Authorize { params, person } => self.authorize(params, person),
            Step::Exchange { code, existing_grant, sender_constrained, params } => {
                self.exchange(code, existing_grant.as_deref(), *sender_constrained, params)
            }
            Step::Refresh { refresh_token, scope, sender_proof, id_token } => {
                self.refresh(refresh_token, scope.as_deref(), *sender_proof, *id_token)
            }
            Step::ClientCredentials { scope } => self.client_credentials(scope.as_deref()),
            Step::Revoke { token } => self.revoke(token),
            Step::ApiCall { token } => self.api_call(token),
            Step::GrantDelete { grant_id } => self.grant_delete(grant_id),
            Step::AdvanceClock { seconds } => self.advance_clock(*seconds),
            Step::SetSession { remaining } => {
                match &mut self.world.session {
                    Some(session) => session.expires_at = self.world.now.saturating_add(*remaining),
                    None => self.world.open(None, 0, *remaining, 1),
                }
                Ok(Done::plain("The session's time is set."))
            }
            Step::SessionEvent(event) => self.session_event(event),
            Step::PasswordChange => {
                let sub = Value::Text(self.world.sub.clone());
                self.event(&Value::object([("event", "password_change".into()), ("sub", sub), ("now", self.now())]))
            }
            Step::UserRevokesApp => self.event(&Value::object([
                ("event", "user_revokes_app".into()),
                ("sub", Value::Text(self.world.sub.clone())),
                ("client_id", Value::Text(self.world.client_id.clone())),
                ("now", self.now()),
            ])),
            Step::ConditionWithdrawn { basis } => {
                self.world.conditions.retain(|condition| condition.text_of("basis") != Some(basis));
                self.event(&Value::object([
                    ("event", "condition_withdrawn".into()),
                    ("basis", Value::Text(basis.clone())),
                    ("sub", Value::Text(self.world.sub.clone())),
                    ("now", self.now()),
                ]))
            }
        }
    }

    fn now(&self) -> Value {
        Value::whole(self.world.now)
    }

    fn apply(&mut self, effects: &[Effect]) {
        let addressed = self.policy.knobs.grant_model == GrantModel::Multiple;
        self.store.apply(effects, addressed, self.world.now);
        if effects.iter().any(|effect| matches!(effect, Effect::EndSession { .. })) {
            self.world.session = None;
        }
    }

    fn authorize(&mut self, params: &[(Text, Value)], person: &Person) -> Result<Done, Misuse> {
        let mut request = params.to_vec();
        let mut add = |name: &str, value: &str| {
            if !request.iter().any(|(known, _)| known == name) {
                request.push((name.into(), value.into()));
            }
        };
        add("client_id", &self.world.client_id);
        add("redirect_uri", &self.world.redirect_uri);
        let request = Value::Members(request);
        let mut answers: Vec<Value> = Vec::new();
        let mut screens = Vec::new();
        let mut consent = None;
        for _ in 0..MOST_SCREENS {
            let decision = self.policy.authorize(&self.authorize_input(&request, &answers))?;
            let page = match decision.outcome {
                DecisionOutcome::Error | DecisionOutcome::Issue => {
                    return Ok(self.authorized(&decision, screens, consent));
                }
                DecisionOutcome::Login => ShownPage::Login,
                DecisionOutcome::Reauthenticate => ShownPage::Reauthenticate,
                DecisionOutcome::SelectAccount => ShownPage::SelectAccount,
                DecisionOutcome::Consent => ShownPage::Consent,
            };
            answers.push(match page {
                ShownPage::Login | ShownPage::Reauthenticate => {
                    if person.login == SignInResult::Done {
                        self.world.sign_in(person.login_as.as_deref());
                    }
                    answer(page, person.login.name(), self.world.now)
                }
                ShownPage::SelectAccount => answer(page, person.account.name(), self.world.now),
                ShownPage::Consent => {
                    let shown = decision.consent.as_ref().map_or(Value::Null, Shape::write);
                    let answer = consented(person, &shown, self.world.now);
                    consent = Some(shown);
                    answer
                }
            });
            screens.push(page);
        }
        Err(Misuse::new(MisuseCode::Contradiction, "step", "goes round in circles"))
    }

    fn authorize_input(&self, request: &Value, answers: &[Value]) -> Value {
        let session = self.world.session.as_ref();
        let (sub, sid) = (session.map(|session| session.sub.as_str()), session.map(|session| session.sid.as_str()));
        let grant_id = request.text_of("grant_id");
        let mut input = Value::object([
            ("request", request.clone()),
            ("client", self.world.client.clone()),
            ("trust", self.world.trust.clone()),
            ("session", self.world.session_value()),
            ("grant", self.store.grant(sub, &self.world.client_id, sid, grant_id)),
            ("conditions", Value::List(self.world.conditions.clone())),
            ("circumstances", self.world.circumstances.clone()),
            ("answers", Value::List(answers.to_vec())),
            ("now", self.now()),
        ]);
        if let Some(hinted) = request.text_of("id_token_hint").and_then(|hint| hint.strip_prefix("sub=")) {
            let sub = hinted.strip_suffix(";expired").unwrap_or(hinted);
            input.set("id_token_hint", Value::object([("sub", sub.into())]));
        }
        input
    }

    fn authorized(&mut self, decision: &Decision, screens: Vec<ShownPage>, consent: Option<Value>) -> Done {
        self.apply(&decision.effects);
        let front = decision.tokens.as_ref().map(|tokens| &tokens.front_channel);
        if decision.outcome == DecisionOutcome::Issue && front.is_some_and(|front| front.id_token) {
            let scope = decision.scope.granted.text();
            self.id_token(&scope);
        }
        let result = match (decision.outcome, &decision.response, front) {
            (DecisionOutcome::Error, Some(_), _) => StepResult::RedirectError,
            (DecisionOutcome::Error, None, _) => StepResult::ErrorPage,
            (_, _, Some(front)) => {
                let tokens = front.access_token.is_some() || front.id_token;
                match (front.code, tokens) {
                    (true, true) => StepResult::CodeAndFrontChannelTokens,
                    (true, false) => StepResult::Code,
                    (false, true) => StepResult::FrontChannelTokens,
                    (false, false) => StepResult::NoneResponse,
                }
            }
            _ => StepResult::ErrorPage,
        };
        Done { result, screens, decision: Some(decision.write()), consent, summary: decision.summary.clone() }
    }

    fn id_token(&mut self, scope: &str) {
        let record = Value::object([("scope", scope.into()), ("status", "active".into())]);
        self.store.issue(LifeKind::IdToken, record, self.world.now);
    }

    /// A token of either kind.
    fn token_named(&self, name: &str, path: &str) -> Result<Value, Misuse> {
        let record = self.named(name, path)?;
        if record.text_of("kind").is_none() {
            return Err(Misuse::new(MisuseCode::WrongValue, path, "names no access token and no refresh token"));
        }
        Ok(record)
    }

    fn named(&self, name: &str, path: &str) -> Result<Value, Misuse> {
        self.store
            .find(name)
            .cloned()
            .ok_or_else(|| Misuse::new(MisuseCode::WrongValue, path, &format!("names {name}, which was never issued")))
    }

    fn token_input<const N: usize>(&self, request: Vec<(Text, Value)>, more: [(&str, Value); N]) -> Value {
        let mut input = Value::object([
            ("request", Value::Members(request)),
            ("client", self.world.client.clone()),
            ("client_authenticated", Value::Boolean(true)),
            ("now", self.now()),
        ]);
        for (name, value) in more {
            input.set(name, value);
        }
        input
    }

    fn exchange(
        &mut self,
        code: &str,
        existing_grant: Option<&str>,
        sender_constrained: bool,
        params: &[(Text, Value)],
    ) -> Result<Done, Misuse> {
        let record = self.named(code, "step.code")?;
        if record.member("redirect_uri").is_none() {
            return Err(Misuse::new(MisuseCode::WrongValue, "step.code", "names no code"));
        }
        let existing = existing_grant.map(|name| self.token_named(name, "step.existing_grant")).transpose()?;
        let mut request = params.to_vec();
        request.push((Text::fixed("grant_type"), "authorization_code".into()));
        request.push((Text::fixed("code"), code.into()));
        request.push((Text::fixed("redirect_uri"), record.member("redirect_uri").cloned().unwrap_or(Value::Null)));
        if record.text_of("code_challenge").is_some() {
            request.push((Text::fixed("code_verifier"), "verifier".into()));
        }
        if let Some(name) = existing_grant {
            request.push((Text::fixed("existing_grant"), name.into()));
        }
        let input = self.token_input(
            request,
            [
                ("code", record),
                ("session", self.world.session_value()),
                ("existing_grant", existing.unwrap_or(Value::Null)),
                ("code_verifier_matches", Value::Boolean(true)),
                ("sender_constrained", Value::Boolean(sender_constrained)),
                ("auth", "password".into()),
            ],
        );
        let decision = self.policy.exchange(&input)?;
        Ok(self.answered(&decision))
    }

    fn refresh(&mut self, name: &str, scope: Option<&str>, sender_proof: bool, id_token: bool) -> Result<Done, Misuse> {
        let record = self.token_named(name, "step.refresh_token")?;
        let mut request =
            vec![(Text::fixed("grant_type"), "refresh_token".into()), (Text::fixed("refresh_token"), name.into())];
        if let Some(scope) = scope {
            request.push((Text::fixed("scope"), scope.into()));
        }
        let input = self.token_input(
            request,
            [
                ("refresh_token", record),
                ("session", self.world.session_value()),
                ("sender_proof", Value::Boolean(sender_proof)),
                ("id_token", Value::Boolean(id_token)),
            ],
        );
        let decision = self.policy.refresh(&input)?;
        Ok(self.answered(&decision))
    }

    fn client_credentials(&mut self, scope: Option<&str>) -> Result<Done, Misuse> {
        let mut request = vec![(Text::fixed("grant_type"), "client_credentials".into())];
        if let Some(scope) = scope {
            request.push((Text::fixed("scope"), scope.into()));
        }
        let decision = self.policy.exchange(&self.token_input(request, []))?;
        Ok(self.answered(&decision))
    }

    fn answered(&mut self, decision: &TokenDecision) -> Done {
        self.apply(&decision.effects);
        if decision.id_token.is_some() {
            let scope = decision.scope.granted.text();
            self.id_token(&scope);
        }
        Done {
            result: match decision.outcome {
                TokenOutcome::Tokens => StepResult::Tokens,
                TokenOutcome::Error => StepResult::Error,
            },
            screens: Vec::new(),
            decision: Some(decision.write()),
            consent: None,
            summary: decision.summary.clone(),
        }
    }

    fn revoke(&mut self, name: &str) -> Result<Done, Misuse> {
        let record = self.token_named(name, "step.token")?;
        let input = self.token_input(vec![(Text::fixed("token"), name.into())], [("token", record)]);
        let decision = self.policy.revoke(&input)?;
        Ok(self.happened(&decision))
    }

    fn grant_delete(&mut self, grant_id: &str) -> Result<Done, Misuse> {
        let grant = self.store.grant(Some(&self.world.sub), &self.world.client_id, None, Some(grant_id));
        let decision = self.policy.manage_grant(&Value::object([
            ("method", "DELETE".into()),
            ("grant", grant),
            ("client_id", Value::Text(self.world.client_id.clone())),
            ("scope", "grant_management_revoke".into()),
            ("now", self.now()),
        ]))?;
        Ok(self.happened(&decision))
    }

    fn api_call(&mut self, name: &str) -> Result<Done, Misuse> {
        // Anything but an access token is unknown to a resource server.
        let record = match self.named(name, "step.token")? {
            token if token.text_of("kind") == Some("access_token") => token,
            _ => Value::Null,
        };
        let context = Value::object([
            ("session", self.world.session_value()),
            ("client", self.world.client.clone()),
            ("now", self.now()),
        ]);
        let status = self.policy.status(&record, &context)?;
        let (Some(rule), Some(because)) = (status.rule, status.because) else {
            return Ok(Done::plain("The resource server accepts the access token."));
        };
        let error = ProtocolError {
            code: Some(ErrorCode::InvalidToken),
            placement: ErrorPlace::Http401,
            description: because,
            rule,
        };
        let response = EventResponse::of_access_token(&self.policy, HttpStatus::Unauthorized, &error, None);
        let refused = EventDecision {
            outcome: EventOutcome::Error,
            response: Some(response),
            error: Some(error),
            effects: Vec::new(),
            trace: status.trace,
            situation: status.situation,
            summary: Text::from(format!(
                "The resource server refuses the access token: it is {}.",
                status.status.name()
            ))
            .into(),
        };
        Ok(self.happened(&refused))
    }

    fn event(&mut self, input: &Value) -> Result<Done, Misuse> {
        let decision = self.policy.event(input)?;
        Ok(self.happened(&decision))
    }

    fn session_event(&mut self, event: &'static str) -> Result<Done, Misuse> {
        let Some(session) = &self.world.session else {
            return Ok(Done::plain("Nobody is signed in, so nothing ends."));
        };
        let session =
            Value::object([("sid", Value::Text(session.sid.clone())), ("sub", Value::Text(session.sub.clone()))]);
        self.event(&Value::object([("event", event.into()), ("session", session), ("now", self.now())]))
    }

    /// The clock ends the session when its time is over.
    fn advance_clock(&mut self, seconds: u64) -> Result<Done, Misuse> {
        let before = self.world.now;
        self.world.advance(seconds)?;
        let then = self.world.now;
        let Some(end) = self.world.session.as_ref().map(|session| session.expires_at).filter(|end| *end <= then) else {
            return Ok(Done::plain("Time passes."));
        };
        self.world.now = end.max(before);
        let done = self.session_event("session_timeout");
        self.world.now = then;
        done
    }

    fn happened(&mut self, decision: &EventDecision) -> Done {
        self.apply(&decision.effects);
        let result = match (decision.outcome, decision.response.as_ref().map(|response| response.status)) {
            (EventOutcome::Error, _) => StepResult::Error,
            (EventOutcome::AskUser, _) => StepResult::AskUser,
            (_, Some(HttpStatus::NoContent)) => StepResult::Http204,
            (_, Some(_)) => StepResult::Http200,
            (_, None) => StepResult::Ok,
        };
        Done {
            result,
            screens: Vec::new(),
            decision: Some(decision.write()),
            consent: None,
            summary: decision.summary.clone(),
        }
    }
}

fn answer(page: ShownPage, result: &str, now: u64) -> Value {
    Value::object([("screen", page.name().into()), ("result", result.into()), ("at", Value::whole(now))])
}

fn consented(person: &Person, shown: &Value, now: u64) -> Value {
    let mut answer = answer(ShownPage::Consent, person.consent.name(), now);
    answer.set("shown", shown.clone());
    if let Some(scope) = &person.scope {
        answer.set("scope", Value::Text(scope.clone()));
    }
    if let Some(remember) = person.remember {
        answer.set("remember", Value::Boolean(remember));
    }
    if let Some(seconds) = person.time_limit {
        answer.set("time_limit", Value::whole(seconds));
    }
    answer
}

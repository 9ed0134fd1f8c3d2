//! The expectation of a vector, as fields and the values that they must have.
//!
//! What a vector does not say, and what its field guide lists as not asserted, is not among them; everything else is.

use crate::compare::answer::World;
use crate::compare::moment::StepExpectation;
use crate::vector::Fields;
use crate::vocabulary::{
    AUTHORIZATION_RESULTS, BINDINGS, EVENT_RESULTS, GRANT_STATES, IGNORED, LIFETIMES, PLACEMENTS, RESPONSES, SCREENS,
    SESSION_STATES, STATUS_RESULTS, TOKEN_RESULTS, TOKEN_STATES,
};
use serde_json::Value;

/// What a vector expects.
#[derive(Clone, Debug)]
pub struct Expectation(pub(crate) Expected);

#[derive(Clone, Debug)]
pub(crate) enum Expected {
    /// Of a decision of the authorization endpoint.
    Authorization(Vec<Alternative>),
    /// Of any other decision.
    Answer(Box<AnswerExpectation>),
    /// Of a scenario, one for each step.
    Scenario(Vec<StepExpectation>),
}

/// A field, and the value that it must have.
pub(crate) type Assertion = (String, Value);

/// What may come. A vector states one alternative, or with `any_of` several, of which one must hold.
pub(crate) type Alternative = Vec<Assertion>;

/// Of a decision about records that exist.
#[derive(Clone, Debug)]
pub(crate) struct AnswerExpectation {
    pub(crate) kind: AnswerKind,
    pub(crate) alternatives: Vec<Alternative>,
    /// What exists before the decision.
    pub(crate) world: World,
    /// What the authorization endpoint must have fixed in the code; none without a code.
    pub(crate) code: Option<Vec<Assertion>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    Tokens,
    Event,
    Status,
}

impl Expectation {
    pub(crate) fn of_authorization(expect: Vec<Fields>) -> Result<Self, String> {
        let alternatives = expect.into_iter().map(|mut expect| {
            let mut all = Assertions::default();
            all.result(&mut expect, &AUTHORIZATION_RESULTS)?;
            all.decision(&mut expect)?;
            expect.finish()?;
            Ok(all.0)
        });
        Ok(Self(Expected::Authorization(alternatives.collect::<Result<_, String>>()?)))
    }

    pub(crate) fn of_tokens(expect: Vec<Fields>, world: World, code: Option<Vec<Assertion>>) -> Result<Self, String> {
        Self::answer(AnswerKind::Tokens, &TOKEN_RESULTS, expect, world, code)
    }

    pub(crate) fn of_event(expect: Vec<Fields>, world: World) -> Result<Self, String> {
        Self::answer(AnswerKind::Event, &EVENT_RESULTS, expect, world, None)
    }

    pub(crate) fn of_status(expect: Vec<Fields>, world: World) -> Result<Self, String> {
        Self::answer(AnswerKind::Status, &STATUS_RESULTS, expect, world, None)
    }

    fn answer(
        kind: AnswerKind,
        results: &[&str],
        expect: Vec<Fields>,
        world: World,
        code: Option<Vec<Assertion>>,
    ) -> Result<Self, String> {
        let alternatives = expect.into_iter().map(|expect| Self::of_answer(results, expect));
        let alternatives = alternatives.collect::<Result<_, String>>()?;
        Ok(Self(Expected::Answer(Box::new(AnswerExpectation { kind, alternatives, world, code }))))
    }

    fn of_answer(results: &[&str], mut expect: Fields) -> Result<Alternative, String> {
        let mut all = Assertions::default();
        all.result(&mut expect, results)?;
        all.decision(&mut expect)?;
        all.claims(&mut expect)?;
        for (name, state) in expect.members("effects")? {
            let known: &[&str] = match name.as_str() {
                "session" => &SESSION_STATES,
                "grant" => &GRANT_STATES,
                _ => &TOKEN_STATES,
            };
            if !state.as_str().is_some_and(|state| known.contains(&state)) {
                return Err(format!("`expect.effects.{name}` has an unexpected value: {state}"));
            }
            all.always(format!("effects.{name}"), state);
        }
        expect.finish()?;
        Ok(all.0)
    }
}

#[derive(Default)]
pub(crate) struct Assertions(pub(crate) Vec<Assertion>);

impl Assertions {
    pub(crate) fn always(&mut self, field: impl Into<String>, value: impl Into<Value>) {
        self.0.push((field.into(), value.into()));
    }

    fn stated(&mut self, field: &str, value: Option<impl Into<Value>>) {
        self.0.extend(value.map(|value| (field.to_owned(), value.into())));
    }

    pub(crate) fn list(&mut self, field: &str, value: Option<Vec<String>>) {
        self.stated(field, value.map(sorted));
    }

    fn nothing(&mut self, field: &str, stated: bool) {
        if stated {
            self.always(field, Value::Null);
        }
    }

    fn unless_null(&mut self, field: &str, null: bool, value: Option<String>) {
        self.nothing(field, null);
        self.stated(field, value);
    }

    pub(crate) fn result(&mut self, expect: &mut Fields, known: &[&str]) -> Result<(), String> {
        let result = expect.word("result", known)?.ok_or("`expect` has no `result`")?;
        self.always("result", result);
        Ok(())
    }

    /// What every decision can be held to.
    fn decision(&mut self, expect: &mut Fields) -> Result<(), String> {
        self.list("interaction", closed("interaction", expect.texts("interaction")?, &SCREENS)?);
        self.stated("scope_response_required", expect.boolean("scope_response_required")?);
        let silent = expect.is_null("response_in");
        self.unless_null("response_in", silent, expect.word("response_in", &RESPONSES)?);
        let none = expect.is_null("front_channel");
        match expect.fields("front_channel")? {
            None => self.nothing("front_channel", none),
            Some(mut tokens) => {
                self.stated("front_channel.access_token", tokens.boolean("access_token")?);
                self.stated("front_channel.access_token_lifetime_s", tokens.integer("access_token_lifetime_s")?);
                self.list("front_channel.access_token_scopes", tokens.texts("access_token_scopes")?);
                self.stated("front_channel.id_token", tokens.boolean("id_token")?);
                self.stated("front_channel.refresh_token", tokens.boolean("refresh_token")?);
                tokens.finish()?;
            }
        }
        let none = expect.is_null("token_set");
        match expect.fields("token_set")? {
            None => self.nothing("token_set", none),
            Some(tokens) => self.token_set(tokens)?,
        }
        self.common(expect)
    }

    /// What decisions and steps of scenarios have in common.
    pub(crate) fn common(&mut self, expect: &mut Fields) -> Result<(), String> {
        self.list("granted_scopes", expect.texts("granted_scopes")?);
        let none = expect.is_null("consent_screen");
        match expect.fields("consent_screen")? {
            None => self.nothing("consent_screen", none),
            Some(mut screen) => {
                self.list("consent_screen.new", screen.texts("new")?);
                self.list("consent_screen.already_granted", screen.texts("already_granted")?);
                self.stated("consent_screen.offline_notice", screen.boolean("offline_notice")?);
                self.stated("consent_screen.remember_checkbox", screen.boolean("remember_checkbox")?);
                let nowhere = screen.is_null("redirect_host");
                self.unless_null("consent_screen.redirect_host", nowhere, screen.text("redirect_host")?);
                self.stated("consent_screen.loopback_warning", screen.boolean("loopback_warning")?);
                screen.finish()?;
            }
        }
        let none = expect.is_null("error");
        match expect.fields("error")? {
            None => self.nothing("error", none),
            Some(mut error) => {
                self.stated("error.code", error.text("code")?);
                self.stated("error.placement", error.word("placement", &PLACEMENTS)?);
                error.finish()?;
            }
        }
        if let Some(ignored) = expect.take("ignored") {
            let Value::Array(ignored) = ignored else {
                return Err(format!("`expect.ignored` is not a list: {ignored}"));
            };
            let listed = ignored.into_iter().map(|entry| {
                let mut entry = Fields::of("expect.ignored[]", entry)?;
                let reason = entry.word("reason", &IGNORED)?.ok_or("an `ignored` entry has no reason")?;
                let param = entry.text("param")?.ok_or("an `ignored` entry has no param")?;
                let value = entry.text("value")?.ok_or("an `ignored` entry has no value")?;
                entry.finish()?;
                Ok(set_aside(&param, &value, &reason))
            });
            self.list("ignored", Some(listed.collect::<Result<Vec<String>, String>>()?));
        }
        let none = expect.is_null("iss");
        self.unless_null("iss", none, expect.text("iss")?);
        for rule in expect.texts("rules")?.unwrap_or_default() {
            self.always(format!("rules.{rule}"), rule);
        }
        expect.take("notes");
        Ok(())
    }

    fn token_set(&mut self, mut tokens: Fields) -> Result<(), String> {
        self.claims(&mut tokens)?;
        self.stated("token_set.access_token", tokens.boolean("access_token")?);
        self.stated("token_set.access_token_lifetime_s", tokens.integer("access_token_lifetime_s")?);
        self.stated("token_set.id_token", tokens.boolean("id_token")?);
        let issued = tokens.boolean("refresh_token")?;
        let unbound = tokens.is_null("refresh_token_binding");
        let binding = tokens.word("refresh_token_binding", &BINDINGS)?;
        let lifetime = tokens.fields("refresh_token_lifetime")?;
        let scopes = tokens.texts("refresh_token_scopes")?;
        tokens.finish()?;
        let lifetime = lifetime.map(read_lifetime).transpose()?;
        // A null `refresh_token` means that the source does not say, and takes the rest with it.
        if issued.is_some() {
            self.stated("token_set.refresh_token", issued);
            self.unless_null("token_set.refresh_token_binding", unbound, binding);
            self.list("token_set.refresh_token_scopes", scopes);
            self.lifetime("token_set.refresh_token_lifetime", lifetime);
        }
        Ok(())
    }

    /// A lifetime that the source leaves open is not asserted.
    pub(crate) fn lifetime(&mut self, field: &str, lifetime: Option<(String, Option<u64>)>) {
        if let Some((kind, seconds)) = lifetime.filter(|(kind, _)| kind != "unspecified") {
            self.always(format!("{field}.kind"), kind);
            self.always(format!("{field}.seconds"), seconds);
        }
    }

    /// Claims of the ID Token: `now` is the clock of the request, and `absent` or false says so.
    fn claims(&mut self, expect: &mut Fields) -> Result<(), String> {
        let none = expect.is_null("id_token_claims");
        self.nothing("id_token_claims", none);
        for (name, value) in expect.members("id_token_claims")? {
            if !["sub", "aud", "auth_time", "iat", "nonce"].contains(&name.as_str()) {
                return Err(format!("unknown key: `expect.id_token_claims.{name}`"));
            }
            let value = match value.as_str() {
                Some("now") => crate::convert::NOW.into(),
                Some("absent") => Value::Null,
                _ if value == false => Value::Null,
                _ => value,
            };
            self.always(format!("id_token_claims.{name}"), value);
        }
        Ok(())
    }
}

pub(crate) fn read_lifetime(mut lifetime: Fields) -> Result<(String, Option<u64>), String> {
    let kind = lifetime.word("kind", &LIFETIMES)?.ok_or("a lifetime has no kind")?;
    let seconds = lifetime.integer("seconds")?;
    lifetime.finish()?;
    Ok((kind, seconds))
}

pub(crate) fn closed(field: &str, words: Option<Vec<String>>, known: &[&str]) -> Result<Option<Vec<String>>, String> {
    match words.iter().flatten().find(|word| !known.contains(&word.as_str())) {
        Some(word) => Err(format!("`expect.{field}` has an unexpected value: `{word}`")),
        None => Ok(words),
    }
}

pub(crate) fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

pub(crate) fn set_aside(param: &str, value: &str, reason: &str) -> String {
    format!("{param}={value} ({reason})")
}

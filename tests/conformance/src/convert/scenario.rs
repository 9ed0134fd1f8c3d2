//! Scenarios: a simulation and its steps.

use super::authorize::{PARAMETERS, added};
use super::given::{Given, Uses};
use super::person::Person;
use super::sent::Sent;
use super::{NOW, expectations, request, required};
use crate::compare::moment::StepExpectation;
use crate::expectation::{Expectation, Expected};
use crate::vector::Fields;
use serde_json::{Map, Value, json};

/// The members of a step that name a token or a code.
const NAMES: [&str; 4] = ["code", "existing_grant", "refresh_token", "token"];
/// The lifetime of access tokens in a scenario that waits for one to expire and does not say how long that takes.
const SOME_LIFETIME_S: u64 = 3600;

/// The script of a scenario, and what it expects.
pub(crate) fn script(scenario: Value) -> Result<(Value, Expectation), String> {
    let mut scenario = Fields::of("scenario", scenario)?;
    let id = required(scenario.text("id")?, "id")?;
    let profile = required(scenario.text("profile")?, "profile")?;
    for for_people in ["title", "basis"] {
        scenario.required(for_people)?;
    }
    let mut fields = scenario.required_fields("given")?;
    let steps = scenario.required("steps")?.as_array().cloned().ok_or("`steps` is not a list")?;
    scenario.take("knobs");
    scenario.take("why");
    scenario.finish()?;

    let given = Given::read(&mut fields, &uses(&steps))?;
    let person = fields.fields("user")?.map_or_else(|| Ok(Person::willing()), Person::read)?;
    fields.finish()?;

    let mut scripts = Vec::new();
    let mut expected = Vec::new();
    for (number, step) in (1_u64..).zip(steps) {
        let mut step = Fields::of(&format!("steps[{number}]"), step)?;
        for for_people in ["basis", "why"] {
            step.take(for_people);
        }
        if step.integer("n")?.is_some_and(|written| written != number) {
            return Err(format!("step {number} has another number"));
        }
        let expectation = StepExpectation::read(expectations(&mut step)?)?;
        let mut script =
            Step { profile: &profile, given: &given, person: &person }.read(step.required_fields("do")?)?;
        step.finish()?;
        let issued: Vec<Value> =
            expectation.issued.iter().map(|(name, kind)| json!({ "name": name, "kind": kind })).collect();
        script.insert("issued".to_owned(), issued.into());
        scripts.push(Value::Object(script));
        expected.push(expectation);
    }

    let waits = scripts.iter().any(|step| step.get("expired").is_some());
    let mut overrides = given.overrides.clone();
    if let Some(overrides) = overrides.as_object_mut()
        && waits
        && !expected.iter().any(StepExpectation::states_a_lifetime)
    {
        // Most profiles have no lifetime of access tokens, because their sources give none. Where a vector waits until
        // one is over and asserts no number, any number will do.
        overrides.entry("access_token_lifetime_s").or_insert_with(|| SOME_LIFETIME_S.into());
    }
    let script = json!({
        "id": id,
        "policy": { "profile": profile, "overrides": overrides },
        "call": "simulate",
        "input": options(&given),
        "steps": scripts,
    });
    Ok((script, Expectation(Expected::Scenario(expected))))
}

/// The response types of all the requests, for a client that has none registered.
fn uses(steps: &[Value]) -> Uses {
    let params = steps.iter().filter_map(|step| step.pointer("/do/params"));
    let types = params.filter_map(|params| match params {
        Value::Array(pairs) => {
            pairs.iter().find(|pair| pair.get(0).is_some_and(|name| name == "response_type"))?.get(1)
        }
        members => members.get("response_type"),
    });
    Uses::response_types(types.filter_map(Value::as_str))
}

fn options(given: &Given) -> Value {
    let mut options = given.surroundings();
    options.insert("client".to_owned(), given.client.metadata.clone());
    let session = given.session.as_ref().map_or(Value::Null, |session| {
        let mut session = json!({
            "remaining": session.expires_at.saturating_sub(NOW),
            "auth_age": NOW.saturating_sub(session.auth_time),
            "accounts": session.accounts,
        });
        if let Some(members) = session.as_object_mut() {
            members.retain(|_, value| !value.is_null());
        }
        session
    });
    options.insert("sub".to_owned(), given.user().into());
    options.insert("session".to_owned(), session);
    options.insert("grant".to_owned(), given.grant.as_ref().map_or(Value::Null, |grant| grant.of(given.user())));
    options.insert("now".to_owned(), NOW.into());
    Value::Object(options)
}

/// What every step of a scenario has around it.
struct Step<'a> {
    profile: &'a str,
    given: &'a Given,
    person: &'a Person,
}

impl Step<'_> {
    /// `{ step }`, with `named`, the members of the step that name tokens, and `expired`, the token that is over before.
    fn read(&self, mut what: Fields) -> Result<Map<String, Value>, String> {
        let action = required(what.text("action")?, "do.action")?;
        let mut step = Map::new();
        let mut expired = None;
        match action.as_str() {
            "authorize" => self.authorize(&mut what, &mut step)?,
            "exchange" => {
                name(&mut what, &mut step, "code")?;
                proof(&mut what, &mut step, "sender_constrained")?;
                if let Some(existing) = what.text("existing_grant")? {
                    step.insert("existing_grant".to_owned(), existing.into());
                }
            }
            "refresh" => {
                name(&mut what, &mut step, "refresh_token")?;
                proof(&mut what, &mut step, "sender_proof")?;
            }
            "revoke" => name(&mut what, &mut step, "token")?,
            "api_call" => {
                name(&mut what, &mut step, "token")?;
                let after = what.word("after", &["expiry"])?;
                expired = after.and_then(|_| step.get("token").cloned());
            }
            "grant_delete" => name(&mut what, &mut step, "grant_id")?,
            "advance_clock" => {
                step.insert("seconds".to_owned(), required(what.integer("seconds")?, "do.seconds")?.into());
            }
            "set_session" => {
                step.insert("remaining".to_owned(), required(what.integer("remaining_s")?, "do.remaining_s")?.into());
            }
            "condition_withdrawn" => name(&mut what, &mut step, "basis")?,
            "logout" | "session_timeout" | "password_change" | "user_revokes_app" => {}
            other => return Err(format!("`do.action` has an unexpected value: {other}")),
        }
        // Who acts and over which channel changes no call.
        what.word("by", &["attacker", "client"])?;
        what.word("channel", &["back"])?;
        what.finish()?;
        step.insert("action".to_owned(), action.into());
        let named: Vec<&str> = NAMES.into_iter().filter(|name| step.contains_key(*name)).collect();
        let mut script = Map::new();
        script.insert("named".to_owned(), json!(named));
        script.insert("step".to_owned(), Value::Object(step));
        script.extend(expired.map(|token| ("expired".to_owned(), token)));
        Ok(script)
    }

    fn authorize(&self, what: &mut Fields, step: &mut Map<String, Value>) -> Result<(), String> {
        let sent = Sent::of_params(what.required("params")?, &PARAMETERS)?;
        if sent.get("id_token_hint").is_some_and(|hint| hint.contains(';') || !hint.starts_with("sub=")) {
            return Err("a step can say of an id_token_hint only whom it names".to_owned());
        }
        let mut all = added(self.given, &sent);
        all.extend(sent.pairs().iter().cloned());
        step.insert("params".to_owned(), request::object(&all));
        let person = match what.fields("user")? {
            None => self.person.clone(),
            Some(user) => self.person.otherwise(user)?,
        };
        step.insert("person".to_owned(), person.of_step(self.profile));
        Ok(())
    }
}

/// The request proves possession of a key.
fn proof(what: &mut Fields, step: &mut Map<String, Value>, key: &str) -> Result<(), String> {
    let proven = what.word("dpop", &["ok"])?;
    step.extend(proven.map(|_| (key.to_owned(), true.into())));
    Ok(())
}

fn name(what: &mut Fields, step: &mut Map<String, Value>, key: &str) -> Result<(), String> {
    step.insert(key.to_owned(), required(what.text(key)?, &format!("do.{key}"))?.into());
    Ok(())
}

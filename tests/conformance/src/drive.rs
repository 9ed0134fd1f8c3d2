//! Runs a script against an engine. The same stands in JavaScript in xtask/js/drive.js.

use serde_json::{Map, Value, json};

/// No request needs more screens than this.
const MOST_CALLS: usize = 10;

/// What is tested, with the JSON of the package on both sides. An error is what it throws.
pub trait Engine {
    /// A simulation of a policy.
    type Simulation;

    /// Calls the function of a policy that has this name in the package. The input of `status` holds its two
    /// arguments, `record` and `context`.
    ///
    /// # Errors
    /// What the function throws.
    fn call(&mut self, policy: &Value, name: &str, input: &Value) -> Result<Value, Value>;

    /// Starts a simulation.
    ///
    /// # Errors
    /// What its constructor throws.
    fn simulation(&mut self, policy: &Value, options: &Value) -> Result<Self::Simulation, Value>;

    /// Runs one step.
    ///
    /// # Errors
    /// What the step throws.
    fn step(&mut self, simulation: &mut Self::Simulation, step: &Value) -> Result<Value, Value>;
}

/// Runs a script. The result is the observation: what [`crate::compare`] reads, or `{ id, thrown }`.
pub fn drive<E: Engine>(engine: &mut E, script: &Value) -> Value {
    let observation = match text(script, "call") {
        "authorize" => converse(engine, script, script),
        "simulate" => play(engine, script),
        _ => answer(engine, script),
    };
    let mut observation = observation.unwrap_or_else(|thrown| members([("thrown", thrown)]));
    observation.insert("id".to_owned(), member(script, "id"));
    Value::Object(observation)
}

/// Calls authorize, answers the screen that came, and calls again, until the person has nothing more to answer:
/// `{ screens, consent, decision }`.
fn converse<E: Engine>(engine: &mut E, script: &Value, conversation: &Value) -> Result<Map<String, Value>, Value> {
    let mut input = object(conversation, "input");
    let person = member(conversation, "person");
    let mut answers = Vec::new();
    let mut screens = Vec::new();
    let mut consent = Value::Null;
    let mut decision = Value::Null;
    for _ in 0..MOST_CALLS {
        input.insert("answers".to_owned(), Value::Array(answers.clone()));
        decision = engine.call(&member(script, "policy"), "authorize", &Value::Object(input.clone()))?;
        let screen = text(&decision, "outcome").to_owned();
        let Some(turn) = person.get(&screen) else { break };
        let mut answer = object(turn, "answer");
        if screen == "consent" {
            consent = member(&decision, "consent");
            answer.insert("shown".to_owned(), consent.clone());
        }
        screens.push(Value::String(screen));
        answers.push(Value::Object(answer));
        input.extend(object(turn, "then"));
    }
    Ok(members([("screens", screens.into()), ("consent", consent), ("decision", decision)]))
}

/// One call: `{ decision, statuses }`, with `{ authorized, code }` when a code had to be fetched first.
fn answer<E: Engine>(engine: &mut E, script: &Value) -> Result<Map<String, Value>, Value> {
    let policy = member(script, "policy");
    let mut input = member(script, "input");
    let mut observation = Map::new();
    let mut code = Value::Null;
    if let Some(wanted) = script.get("code") {
        let authorized = converse(engine, script, wanted)?.remove("decision").unwrap_or_default();
        code = stored_code(&authorized, object(wanted, "since"));
        observation.extend(members([("authorized", authorized), ("code", code.clone())]));
        if code.is_null() {
            return Ok(observation);
        }
        if let Some(input) = input.as_object_mut() {
            input.insert("code".to_owned(), code.clone());
        }
    }
    let mut statuses = Map::new();
    for asked in script.get("statuses").and_then(Value::as_array).into_iter().flatten() {
        let record = asked.get("record").filter(|record| !record.is_null()).unwrap_or(&code);
        let question = json!({ "record": record, "context": asked.get("context") });
        statuses.insert(text(asked, "name").to_owned(), engine.call(&policy, "status", &question)?);
    }
    observation.insert("statuses".to_owned(), Value::Object(statuses));
    observation.insert("decision".to_owned(), engine.call(&policy, text(script, "call"), &input)?);
    Ok(observation)
}

/// The record of the code that a decision stores, with what happened to it since; null when it stores none.
fn stored_code(decision: &Value, since: Map<String, Value>) -> Value {
    let effects = decision.get("effects").and_then(Value::as_array);
    let found = effects.into_iter().flatten().find(|one| text(one, "effect") == "store" && text(one, "kind") == "code");
    found.map_or(Value::Null, |effect| {
        let mut record = object(effect, "record");
        record.extend(since);
        Value::Object(record)
    })
}

/// Every step of a scenario: `{ moments: [{ moment, names }] }`, with the names so far from the vector's to the
/// simulation's.
fn play<E: Engine>(engine: &mut E, script: &Value) -> Result<Map<String, Value>, Value> {
    let mut simulation = engine.simulation(&member(script, "policy"), &member(script, "input"))?;
    let mut names = Map::new();
    let mut moments: Vec<Value> = Vec::new();
    let mut moment = Value::Null;
    for entry in script.get("steps").and_then(Value::as_array).into_iter().flatten() {
        let bound = |name: &Value, names: &Map<String, Value>| {
            name.as_str().and_then(|name| names.get(name)).unwrap_or(name).clone()
        };
        let mut step = object(entry, "step");
        for key in entry.get("named").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if let Some(name) = step.get_mut(key) {
                *name = bound(name, &names);
            }
        }
        if let Some(token) = entry.get("expired") {
            let seconds = remaining(&moment, &bound(token, &names))?;
            engine.step(&mut simulation, &json!({ "action": "advance_clock", "seconds": seconds }))?;
        }
        moment = engine.step(&mut simulation, &Value::Object(step))?;
        for issued in entry.get("issued").and_then(Value::as_array).into_iter().flatten() {
            if let Some(name) = issued_name(&moment, text(issued, "kind"), &names) {
                names.insert(text(issued, "name").to_owned(), name);
            }
        }
        moments.push(json!({ "moment": moment, "names": names }));
    }
    Ok(members([("moments", moments.into())]))
}

/// The first token of this kind that the moment issued and that has no name yet.
fn issued_name(moment: &Value, kind: &str, names: &Map<String, Value>) -> Option<Value> {
    let issued = moment.get("issued").and_then(Value::as_array)?;
    let right = |name: &&Value| {
        life(moment, name).is_some_and(|life| text(life, "kind") == kind) && !names.values().any(|known| known == *name)
    };
    issued.iter().find(right).cloned()
}

/// Seconds until the clock ends a token.
fn remaining(moment: &Value, name: &Value) -> Result<u64, Value> {
    let end = life(moment, name).and_then(|life| life.get("expires_at")?.as_f64());
    let now = moment.get("at").and_then(Value::as_f64);
    match end.zip(now).map(|(end, now)| end - now) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of seconds")]
        Some(seconds) => Ok(seconds.max(0.0) as u64),
        None => Err(json!({ "message": format!("{name} never expires") })),
    }
}

fn life<'a>(moment: &'a Value, name: &Value) -> Option<&'a Value> {
    moment.get("lives").and_then(Value::as_array)?.iter().find(|life| life.get("name") == Some(name))
}

fn member(value: &Value, name: &str) -> Value {
    value.get(name).cloned().unwrap_or_default()
}

fn object(value: &Value, name: &str) -> Map<String, Value> {
    value.get(name).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn members<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

//! Runs a script against an engine.

use serde_json::{Map, Value};

/// No request needs more screens than this.
const MOST_CALLS: usize = 10;

/// Calls with the policy and the input, answers the screen that came, and calls again, until the
/// person of the script has nothing more to answer. The result is the observation:
/// `{ id, screens, consent, decision }`, or `{ id, thrown }`.
pub fn drive(script: &Value, mut call: impl FnMut(&Value, &Value) -> Result<Value, Value>) -> Value {
    let member = |name: &str| script.get(name).cloned().unwrap_or_default();
    let (id, policy, person) = (member("id"), member("policy"), member("person"));
    let mut input = match member("input") {
        Value::Object(input) => input,
        _ => Map::new(),
    };
    let mut answers = Vec::new();
    let mut screens = Vec::new();
    let mut consent = Value::Null;
    let mut last = Value::Null;
    for _ in 0..MOST_CALLS {
        input.insert("answers".to_owned(), Value::Array(answers.clone()));
        last = match call(&policy, &Value::Object(input.clone())) {
            Ok(decision) => decision,
            Err(thrown) => return object([("id", id), ("thrown", thrown)]),
        };
        let screen = last.get("outcome").and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(turn) = person.get(&screen) else { break };
        let mut answer = turn.get("answer").and_then(Value::as_object).cloned().unwrap_or_default();
        if screen == "consent" {
            consent = last.get("consent").cloned().unwrap_or_default();
            answer.insert("shown".to_owned(), consent.clone());
        }
        screens.push(Value::String(screen));
        answers.push(Value::Object(answer));
        for (name, value) in turn.get("then").and_then(Value::as_object).into_iter().flatten() {
            input.insert(name.clone(), value.clone());
        }
    }
    object([("id", id), ("screens", Value::Array(screens)), ("consent", consent), ("decision", last)])
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

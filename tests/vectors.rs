//! The vectors, run through the engine natively.

#![cfg(not(target_arch = "wasm32"))]

use grantwise::Policy;
use grantwise::input::{Misuse, Value};
use grantwise_conformance::{Report, Work, drive, prepare};
use serde_json::{Value as Json, json};
use std::io::Write as _;

fn handed_over(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(boolean) => Value::Boolean(*boolean),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(handed_over).collect()),
        Json::Object(members) => {
            Value::Members(members.iter().map(|(name, value)| (name.clone(), handed_over(value))).collect())
        }
    }
}

fn authorize(policy: &Json, input: &Json) -> Result<Json, Json> {
    let thrown =
        |misuse: Misuse| json!({ "code": misuse.code().name(), "path": misuse.path(), "message": misuse.to_string() });
    let member = |name: &str| policy.get(name).cloned().unwrap_or_default();
    let profile = member("profile");
    let profile = profile.as_str().unwrap_or_default();
    let policy = Policy::profile(profile, &handed_over(&member("overrides"))).map_err(thrown)?;
    let decision = policy.authorize(&handed_over(input)).map_err(thrown)?;
    serde_json::to_value(&decision).map_err(|error| json!({ "message": error.to_string() }))
}

#[test]
fn every_vector_is_met() -> Result<(), std::io::Error> {
    let mut report = Report::default();
    for vector in prepare(include_str!("vectors/decisions.jsonl")) {
        let observation = match &vector.work {
            Work::Script(script, _) => Some(drive(script, authorize)),
            Work::Skipped | Work::Broken(_) => None,
        };
        report.add(&vector, observation.as_ref());
    }
    assert!(report.clean(), "\n{report}");
    assert!(report.passed > 0, "no vector was run");
    // Written past the capture of the test harness: what is skipped must be seen, not only what fails.
    writeln!(std::io::stdout(), "{report}")
}

//! The expectation of a vector beside what came. Lists are compared without regard to order.

pub(crate) mod answer;
mod authorize;
pub(crate) mod moment;

use crate::expectation::{Alternative, Assertion, Expectation, Expected, set_aside, sorted};
use serde_json::Value;
use std::fmt;

/// One field in which a decision differs from its vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The field, in the vector's words.
    pub field: String,
    /// What the vector expects.
    pub expected: String,
    /// What came.
    pub actual: String,
}

impl Mismatch {
    pub(crate) fn new(field: &str, expected: impl fmt::Display, actual: impl fmt::Display) -> Self {
        Self { field: field.to_owned(), expected: expected.to_string(), actual: actual.to_string() }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, came {}", self.field, self.expected, self.actual)
    }
}

/// Compares an observation (see [`crate::drive`]) with what its vector expects. No mismatch: it passed.
pub fn compare(expectation: &Expectation, observation: &Value) -> Vec<Mismatch> {
    if let Some(thrown) = observation.get("thrown") {
        return vec![Mismatch::new("thrown", "a decision", thrown)];
    }
    match &expectation.0 {
        Expected::Authorization(alternatives) => authorize::compare(alternatives, observation),
        Expected::Answer(expectation) => answer::compare(expectation, observation),
        Expected::Scenario(steps) => moment::compare(steps, observation),
    }
}

/// The members that every decision of its kind has, and this one lacks.
fn lacking(decision: &Value, members: &[&str]) -> Vec<Mismatch> {
    let missing = members.iter().filter(|key| decision.get(**key).is_none());
    missing.map(|key| Mismatch::new(key, "a member of the decision", "none")).collect()
}

/// What differs from the alternative that comes closest, which the fields name when there is a choice.
fn closest(alternatives: &[Alternative], actual: impl Fn(&str) -> Value) -> Vec<Mismatch> {
    let wrong = (0_u32..).zip(alternatives).map(|(number, assertions)| (number, failed(assertions, &actual)));
    let Some((number, wrong)) = wrong.min_by_key(|(_, wrong)| wrong.len()) else {
        return vec![Mismatch::new("any_of", "an alternative", "none")];
    };
    if alternatives.len() == 1 {
        return wrong;
    }
    wrong.into_iter().map(|one| Mismatch { field: format!("any_of[{number}].{}", one.field), ..one }).collect()
}

fn failed(assertions: &[Assertion], actual: impl Fn(&str) -> Value) -> Vec<Mismatch> {
    let different = |(field, expected): &Assertion| {
        let actual = actual(field);
        (!same(expected, &actual)).then(|| Mismatch::new(field, expected, actual))
    };
    assertions.iter().filter_map(different).collect()
}

/// 3600 and 3600.0 are the same number.
fn same(expected: &Value, actual: &Value) -> bool {
    match (expected.as_f64(), actual.as_f64()) {
        (Some(expected), Some(actual)) => expected == actual,
        _ => expected == actual,
    }
}

/// What decisions of every endpoint say in the same place; none for another field.
fn common(field: &str, decision: &Value) -> Option<Value> {
    if let Some(rule) = field.strip_prefix("rules.") {
        let trace = list(decision.get("trace"), |entry| entry.get("rule")?.as_str());
        let took_part = trace.as_array().is_some_and(|rules| rules.iter().any(|one| one == rule));
        return Some(if took_part { rule.into() } else { trace });
    }
    Some(match field {
        "granted_scopes" => list(decision.pointer("/scope/granted"), Value::as_str),
        "scope_response_required" => at(decision, "/scope/must_report"),
        "error" => at(decision, "/error"),
        "error.code" => at(decision, "/error/code"),
        "error.placement" => at(decision, "/error/placement"),
        "iss" => at(decision, "/response/iss"),
        "ignored" => list(decision.get("ignored"), |entry| {
            let text = |key: &str| entry.get(key).and_then(Value::as_str);
            Some(set_aside(text("param")?, text("value")?, text("reason")?))
        }),
        _ => return None,
    })
}

/// What a consent page says; null when none was shown.
fn consent_screen(field: &str, consent: Option<&Value>) -> Option<Value> {
    let shown = |read: &dyn Fn(&Value) -> Value| consent.map_or(Value::Null, read);
    Some(match field {
        "consent_screen" => shown(&Value::clone),
        "consent_screen.new" => shown(&|consent| scopes_with(consent, "new")),
        "consent_screen.already_granted" => shown(&|consent| scopes_with(consent, "already_granted")),
        "consent_screen.offline_notice" => shown(&|consent| at(consent, "/offline_access")),
        "consent_screen.redirect_host" => shown(&|consent| at(consent, "/redirect_host")),
        "consent_screen.loopback_warning" => shown(&|consent| at(consent, "/loopback_warning")),
        "consent_screen.remember_checkbox" => shown(&|consent| (at(consent, "/remember") == "checkbox").into()),
        _ => return None,
    })
}

fn unknown(field: &str) -> Value {
    format!("no such field: {field}").into()
}

/// The value at a pointer; null when it is not there.
fn at(value: &Value, pointer: &str) -> Value {
    value.pointer(pointer).cloned().unwrap_or_default()
}

fn has(value: &Value, pointer: &str) -> bool {
    !at(value, pointer).is_null()
}

/// A list in a fixed order; null when it is not a list, or an entry cannot be read.
fn list<'a, T: ToString>(value: Option<&'a Value>, read: impl Fn(&'a Value) -> Option<T>) -> Value {
    let entries = value.and_then(Value::as_array);
    let entries: Option<Vec<String>> =
        entries.and_then(|entries| entries.iter().map(|entry| read(entry).map(|text| text.to_string())).collect());
    entries.map_or(Value::Null, |entries| sorted(entries).into())
}

/// The scopes of a consent screen with this status; null when a status is not a known one.
fn scopes_with(consent: &Value, status: &str) -> Value {
    let scopes = consent.get("scopes").and_then(Value::as_array);
    let known = |entry: &&Value| matches!(at(entry, "/status").as_str(), Some("new" | "already_granted"));
    match scopes {
        Some(scopes) if scopes.iter().all(|entry| known(&entry)) => {
            let chosen = scopes.iter().filter(|entry| at(entry, "/status") == status);
            let names: Option<Vec<String>> =
                chosen.map(|entry| entry.get("scope").and_then(Value::as_str).map(str::to_owned)).collect();
            names.map_or(Value::Null, |names| sorted(names).into())
        }
        _ => Value::Null,
    }
}

/// The words of a space-delimited list.
fn words(value: &Value) -> Value {
    value.as_str().map_or(Value::Null, |text| {
        sorted(text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()).into()
    })
}

//! From a vector to a script: what to call, with what, and what to expect.

pub(crate) mod authorize;
mod code;
mod event;
pub(crate) mod given;
mod person;
mod request;
pub(crate) mod scenario;
mod sent;
mod token;
mod tokens;

use crate::Expectation;
use crate::vector::Fields;
use serde_json::{Map, Value};

/// The clock of every vector.
pub(crate) const NOW: u64 = 1_700_000_000;
/// How long a session lasts that begins with a sign-in.
const FRESH_SESSION_S: u64 = 28_800;

/// The script and the expectation of a single decision; none when no vector has this kind.
pub(crate) fn decision(kind: &str, vector: Value) -> Option<Result<(Value, Expectation), String>> {
    let convert = match kind {
        "authorize" => authorize::script,
        "token" => token::script,
        "revoke" | "event" | "api" | "grant_api" => event::script,
        _ => return None,
    };
    Some(Vector::read(vector).and_then(convert))
}

/// The parts of a single decision.
pub(crate) struct Vector {
    id: String,
    profile: String,
    given: Fields,
    request: Fields,
    expect: Vec<Fields>,
}

impl Vector {
    fn read(vector: Value) -> Result<Self, String> {
        let mut vector = Fields::of("vector", vector)?;
        for for_people in ["kind", "title", "basis", "knobs", "why"] {
            vector.required(for_people)?;
        }
        let parts = Self {
            id: required(vector.text("id")?, "id")?,
            profile: required(vector.text("profile")?, "profile")?,
            given: vector.required_fields("given")?,
            request: vector.required_fields("request")?,
            expect: expectations(&mut vector)?,
        };
        vector.finish()?;
        Ok(parts)
    }
}

/// `expect`, or the alternatives of `any_of`.
fn expectations(written: &mut Fields) -> Result<Vec<Fields>, String> {
    match (written.take("expect"), written.take("any_of")) {
        (Some(one), None) => Ok(vec![Fields::of("expect", one)?]),
        (None, Some(Value::Array(several))) if !several.is_empty() => {
            several.into_iter().map(|one| Fields::of("any_of[]", one)).collect()
        }
        (None, None) => Err("neither `expect` nor `any_of`".to_owned()),
        (Some(_), Some(_)) => Err("both `expect` and `any_of`".to_owned()),
        (None, Some(other)) => Err(format!("`any_of` is not a list of expectations: {other}")),
    }
}

fn required<T>(value: Option<T>, key: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("no `{key}`"))
}

fn named<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.as_str())
}

/// `sub=X`, `;expired` and `iss=other`, as the facts that a server has after verifying.
fn hint_facts(written: &str, user: &str) -> Result<Value, String> {
    let mut facts = Map::new();
    facts.insert("sub".to_owned(), user.into());
    for part in written.split(';') {
        let (name, fact) = match part.split_once('=') {
            Some(("sub", sub)) => ("sub", sub.into()),
            Some(("iss", "other")) => ("issued_here", false.into()),
            None if part == "expired" => ("expired", true.into()),
            _ => return Err(format!("`id_token_hint` has an unexpected part: `{part}`")),
        };
        facts.insert(name.to_owned(), fact);
    }
    Ok(Value::Object(facts))
}

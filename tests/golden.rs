//! Stored records of version 1 are read by every later version, and the published schema has the keys that are read.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::error::Error;

use grantwise::Policy;
use grantwise::answer::{AccessToken, RefreshToken};
use grantwise::effects::Filter;
use grantwise::input::describe::Description;
use grantwise::input::{Misuse, Shape, Value};
use grantwise::oauth::session::Session;
use grantwise::records::{CodeRecord, Grant, TokenRecord};
use serde_json::{Value as Json, json};

const GOLDEN: &str = include_str!("golden/records_v1.json");
const SCHEMA: &str = include_str!("../pkg-template/schema/records.json");

fn handed_over(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(boolean) => Value::Boolean(*boolean),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::from(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(handed_over).collect()),
        Json::Object(members) => {
            Value::Members(members.iter().map(|(name, value)| (name.clone().into(), handed_over(value))).collect())
        }
    }
}

fn member<'a>(value: &'a Json, name: &str) -> &'a Json {
    value.get(name).unwrap_or(&Json::Null)
}

fn text<'a>(value: &'a Json, name: &str) -> &'a str {
    member(value, name).as_str().unwrap_or_default()
}

/// The members of an object that have these names.
fn only(value: &Json, names: &[&str]) -> Json {
    if value.is_null() {
        return Json::Null;
    }
    Json::Object(names.iter().map(|name| ((*name).to_owned(), member(value, name).clone())).collect())
}

/// What a case records of a decision; `tests/package/records.test.js` does the same.
fn observed(call: &str, decision: &Json) -> Json {
    let error = member(member(decision, "error"), "code").clone();
    let token = |name| only(member(decision, name), &["scope", "binding"]);
    match call {
        "authorize" => {
            let granted_before = member(member(decision, "consent"), "scopes").as_array().map(|scopes| {
                let known = scopes.iter().filter(|scope| text(scope, "status") == "already_granted");
                known.map(|scope| text(scope, "scope")).collect::<Vec<_>>()
            });
            json!({
                "outcome": member(decision, "outcome"), "granted": member(member(decision, "scope"), "granted"),
                "already_granted": granted_before,
            })
        }
        "exchange" | "refresh" => json!({
            "outcome": member(decision, "outcome"), "error": error,
            "granted": member(member(decision, "scope"), "granted"), "access_token": token("access_token"),
            "refresh_token": token("refresh_token"), "id_token": !member(decision, "id_token").is_null(),
        }),
        "status" => only(decision, &["alive", "status"]),
        _ => json!({
            "outcome": member(decision, "outcome"), "http_status": member(member(decision, "response"), "status"),
            "error": error,
        }),
    }
}

fn decided(case: &Json, records: &Json) -> Result<Json, Box<dyn Error>> {
    fn written<T: serde::Serialize>(made: Result<T, Misuse>) -> Result<Json, Box<dyn Error>> {
        Ok(serde_json::to_value(made.map_err(|misuse| misuse.to_string())?)?)
    }
    let policy = Policy::profile(text(case, "profile"), &Value::Null).map_err(|misuse| misuse.to_string())?;
    let named = member(case, "records").as_object().ok_or("a case names records")?;
    let record = |name: &Json| {
        let name = name.as_str().unwrap_or_default();
        records.get(name).ok_or_else(|| format!("there is no record {name}"))
    };
    let mut input = member(case, "input").clone();
    if text(case, "call") == "status" {
        let record = record(member(member(case, "records"), "record"))?;
        return written(policy.status(&handed_over(record), &handed_over(&input)));
    }
    for (place, name) in named {
        input.as_object_mut().ok_or("an input is an object")?.insert(place.clone(), record(name)?.clone());
    }
    let input = handed_over(&input);
    match text(case, "call") {
        "authorize" => written(policy.authorize(&input)),
        "exchange" => written(policy.exchange(&input)),
        "refresh" => written(policy.refresh(&input)),
        "revoke" => written(policy.revoke(&input)),
        "manageGrant" => written(policy.manage_grant(&input)),
        other => Err(format!("unknown call {other}").into()),
    }
}

#[test]
fn records_of_version_1_are_read_and_decided_as_ever() -> Result<(), Box<dyn Error>> {
    let golden: Json = serde_json::from_str(GOLDEN)?;
    let cases = member(&golden, "cases").as_array().ok_or("there are no cases")?;
    for case in cases {
        let call = text(case, "call");
        let decision = decided(case, member(&golden, "records")).map_err(|error| format!("{error}\n{case}"))?;
        assert_eq!(&observed(call, &decision), member(case, "expect"), "{case}");
    }
    assert!(cases.len() > 150);
    Ok(())
}

#[test]
fn the_schema_has_the_keys_that_are_read() -> Result<(), Box<dyn Error>> {
    let schema: Json = serde_json::from_str(SCHEMA)?;
    for (definition, shape) in [
        ("new_code", CodeRecord::describe()),
        ("new_token", TokenRecord::describe()),
        ("grant", Grant::describe()),
        ("session", Session::describe()),
        ("planned_access_token", AccessToken::describe()),
        ("planned_refresh_token", RefreshToken::describe()),
        ("filter", Filter::describe()),
    ] {
        let Description::Object(object) = shape else { return Err("a record is an object".into()) };
        let properties = schema.pointer(&format!("/$defs/{definition}/properties")).and_then(Json::as_object);
        let properties = properties.ok_or_else(|| format!("the schema has no {definition}"))?;
        let described: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        let keys: BTreeSet<&str> = object.members.iter().map(|member| member.name).collect();
        assert_eq!(described, keys, "{definition}");
    }
    Ok(())
}

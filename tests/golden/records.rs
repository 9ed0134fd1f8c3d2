//! Stored records of version 1 are read by every later version, and the published schema has the keys that are read.

use std::collections::BTreeSet;
use std::error::Error;

use grantwise::answer::{AccessToken, RefreshToken};
use grantwise::effects::Filter;
use grantwise::input::Shape;
use grantwise::input::describe::Description;
use grantwise::oauth::session::Session;
use grantwise::records::{CodeRecord, Grant, TokenRecord};
use serde_json::{Value as Json, json};

use crate::{RECORDS, decided, member, only, text};

const SCHEMA: &str = include_str!("../../pkg-template/schema/records.json");

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

#[test]
fn records_of_version_1_are_read_and_decided_as_ever() -> Result<(), Box<dyn Error>> {
    let golden: Json = serde_json::from_str(RECORDS)?;
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

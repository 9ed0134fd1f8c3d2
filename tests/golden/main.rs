//! What is committed of decisions, so that a change of it is seen: what stored records of version 1 give, and what effects there are.

#![cfg(not(target_arch = "wasm32"))]

mod effects;
mod facts;
#[path = "../shared/handed_over.rs"]
mod handed_over;
mod otherwise;
mod records;

use std::error::Error;

use grantwise::Policy;
use grantwise::input::{Misuse, Value};
use serde_json::Value as Json;

use handed_over::handed_over;

/// Records of version 1, with what to ask about each.
const RECORDS: &str = include_str!("records_v1.json");

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

fn written<T: serde::Serialize>(made: Result<T, Misuse>) -> Result<Json, Box<dyn Error>> {
    Ok(serde_json::to_value(made.map_err(|misuse| misuse.to_string())?)?)
}

/// Decides a case of the records.
fn decided(case: &Json, records: &Json) -> Result<Json, Box<dyn Error>> {
    let overrides = case.get("overrides").map_or(Value::Null, handed_over);
    let policy = Policy::profile(text(case, "profile"), &overrides).map_err(|misuse| misuse.to_string())?;
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

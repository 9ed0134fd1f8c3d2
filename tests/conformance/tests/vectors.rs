//! Every vector that ships can be read, and becomes the call that its field guide describes.

use grantwise_conformance::{Prepared, Work, prepare};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn vectors() -> Vec<Prepared> {
    let files = [include_str!("../../vectors/decisions.jsonl"), include_str!("../../vectors/scenarios.jsonl")];
    files.iter().flat_map(|file| prepare(file)).collect()
}

fn script(id: &str) -> Result<Value, String> {
    match vectors().into_iter().find(|vector| vector.id == id).map(|vector| vector.work) {
        Some(Work::Script(script, _)) => Ok(script),
        other => Err(format!("{id}: {other:?}")),
    }
}

fn at(script: &Value, pointer: &str) -> Value {
    script.pointer(pointer).cloned().unwrap_or_default()
}

#[test]
fn all_can_be_read() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for vector in vectors() {
        assert!(!matches!(vector.work, Work::Broken(_)), "{}: {:?}", vector.id, vector.work);
        let count = kinds.entry(vector.kind).or_default();
        *count = count.saturating_add(1);
    }
    for (kind, least) in [("authorize", 200), ("token", 30), ("event", 20), ("revoke", 10), ("scenario", 30)] {
        assert!(kinds.get(kind).is_some_and(|count| *count >= least), "{kinds:?}");
    }
}

#[test]
fn every_form_of_a_request_is_exercised() {
    let (mut queries, mut urls, mut objects) = (0_u32, 0_u32, 0_u32);
    for vector in vectors() {
        let Some(script) = vector.script().filter(|_| vector.kind == "authorize") else { continue };
        let form = match at(script, "/input/request") {
            Value::String(text) if text.starts_with("https://server.example/authorize?") => &mut urls,
            Value::String(_) => &mut queries,
            _ => &mut objects,
        };
        *form = form.saturating_add(1);
    }
    assert!(queries > 40 && urls > 40 && objects > 40, "{queries} {urls} {objects}");
}

#[test]
fn facts_become_inputs() -> Result<(), String> {
    let signed_out = script("GB-032")?;
    assert_eq!(at(&signed_out, "/input/session"), Value::Null);
    assert_eq!(at(&signed_out, "/person/login/then/session/sub"), json!("alice"));

    let other = script("CORE-029")?;
    assert_eq!(at(&other, "/input/id_token_hint"), json!({ "sub": "bob" }));
    assert_eq!(at(&other, "/person/login/then/session/sub"), json!("bob"));

    let cannot = script("CORE-006")?;
    assert_eq!(
        at(&cannot, "/person/reauthenticate"),
        json!({ "answer": { "screen": "reauthenticate", "result": "failed" } })
    );
    assert_eq!(at(&script("CORE-015")?, "/person/consent"), Value::Null);

    let unknown = script("OA2-003")?;
    assert_eq!(at(&unknown, "/input/client"), Value::Null);

    let theirs = script("GM-007")?;
    assert_eq!(at(&theirs, "/input/grant/sub"), json!("bob"));
    assert_eq!(at(&theirs, "/input/grant/grant_id"), json!("G1"));

    let proven = script("NB-002")?;
    assert_eq!(at(&proven, "/input/trust"), json!({ "first_party": false, "redirect_identity": "claimed_https" }));
    assert_eq!(at(&proven, "/input/client/token_endpoint_auth_method"), json!("none"));

    let shared = script("BBA-008")?;
    assert_eq!(at(&shared, "/input/client/token_endpoint_auth_method"), json!("client_secret_post"));
    assert_eq!(at(&shared, "/input/client/redirect_uris"), json!(["https://*.client.example/cb"]));

    let limited = script("GT-019")?;
    assert_eq!(at(&limited, "/person/consent/answer/time_limit"), json!(604_800));
    let unticked = script("CORE-071")?;
    assert_eq!(at(&unticked, "/person/consent/answer/scope"), json!("openid profile"));
    assert_eq!(at(&script("AOL-001")?, "/person/consent/answer/remember"), json!(false));

    let payroll = script("CORE-063")?;
    assert_eq!(
        at(&payroll, "/input/conditions"),
        json!([{ "basis": "legal_obligation_or_contract", "permits_offline": true }])
    );
    Ok(())
}

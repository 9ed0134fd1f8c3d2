//! What cannot be read breaks a vector, and what can be read is driven to its end.

mod support;

use grantwise_conformance::{Engine, compare, drive};
use serde_json::{Value, json};
use support::{changed, ready, vector};

#[test]
fn an_unknown_key_breaks_the_vector_wherever_it_stands() -> Result<(), String> {
    let places = [
        "",
        "/given",
        "/given/client",
        "/given/session",
        "/given/prior_grant",
        "/given/user",
        "/given/conditions",
        "/request",
        "/expect",
        "/expect/consent_screen",
        "/expect/front_channel",
        "/expect/token_set",
        "/expect/token_set/refresh_token_lifetime",
        "/expect/ignored/0",
    ];
    for place in places {
        let vector = changed(vector(), &[(&format!("{place}/speling"), json!(1))])?;
        let broken = ready(&vector).err().unwrap_or_default();
        assert!(broken.contains("Broken") && broken.contains("speling"), "{place}: {broken}");
    }
    let vector = changed(vector(), &[("/expect/error", json!({ "code": null, "placement": "page", "speling": 1 }))])?;
    assert!(ready(&vector).is_err());
    // Names of the policy and the circumstances are the engine's to refuse: they reach it unchanged.
    let vector = changed(
        changed(support::vector(), &[("/given/policy", json!({ "speling": 1 }))])?,
        &[("/given/circumstances", json!({ "speling": 1 }))],
    )?;
    let (script, _) = ready(&vector)?;
    assert_eq!(script.pointer("/policy/overrides/speling"), Some(&json!(1)));
    assert_eq!(script.pointer("/input/circumstances/speling"), Some(&json!(1)));
    Ok(())
}

#[test]
fn an_unknown_value_breaks_the_vector() -> Result<(), String> {
    let cases = [
        ("/kind", json!("authorise")),
        ("/given/client/redirect", json!("https")),
        ("/given/client/application_type", json!("mobile")),
        ("/given/session/state", json!("idle")),
        ("/given/user/consent", json!("maybe")),
        ("/given/user/subset", Value::Null),
        ("/request/scope", json!(["openid"])),
        ("/request/id_token_hint", json!("sub=alice;forged")),
        ("/expect/result", json!("tokens")),
        ("/expect/result", Value::Null),
        ("/expect/interaction", json!(["captcha"])),
        ("/expect/response_in", json!("cookie")),
        ("/expect/granted_scopes", json!("openid")),
        ("/expect/token_set/refresh_token_binding", json!("device")),
        ("/expect/token_set/refresh_token_lifetime/kind", json!("eternal")),
        ("/expect/ignored/0/reason", json!("because")),
        ("/expect/ignored", json!("scope")),
    ];
    for (pointer, value) in cases {
        let broken = ready(&changed(vector(), &[(pointer, value.clone())])?).err().unwrap_or_default();
        assert!(broken.contains("Broken"), "{pointer} = {value}: {broken}");
    }
    Ok(())
}

/// An engine that has only authorize.
struct Authorizing<F>(F);

impl<F: FnMut(&Value, &Value) -> Result<Value, Value>> Engine for Authorizing<F> {
    type Simulation = ();

    fn call(&mut self, policy: &Value, name: &str, input: &Value) -> Result<Value, Value> {
        assert_eq!(name, "authorize");
        self.0(policy, input)
    }

    fn simulation(&mut self, _: &Value, options: &Value) -> Result<(), Value> {
        Err(options.clone())
    }

    fn step(&mut self, _: &mut (), step: &Value) -> Result<Value, Value> {
        Err(step.clone())
    }
}

#[test]
fn the_driver_answers_each_screen_and_carries_on() -> Result<(), String> {
    let (script, expectation) = ready(&vector())?;
    let decision = |outcome: &str| json!({ "outcome": outcome, "consent": { "sub": outcome } });
    let mut calls = Vec::new();
    let mut engine = Authorizing(|policy: &Value, input: &Value| {
        assert_eq!(policy, &json!({ "profile": "aol", "overrides": { "code_lifetime_s": 600 } }));
        calls.push(input.clone());
        Ok(decision(["reauthenticate", "consent"].get(calls.len().saturating_sub(1)).copied().unwrap_or("issue")))
    });
    let observation = drive(&mut engine, &script);
    assert_eq!(
        observation,
        json!({ "id": "T-1", "screens": ["reauthenticate", "consent"], "consent": { "sub": "consent" },
            "decision": decision("issue") })
    );
    let answers: Vec<_> = calls.iter().filter_map(|input| input.get("answers")).collect();
    let signed_in = json!({ "screen": "reauthenticate", "result": "done" });
    let consented = json!({ "screen": "consent", "result": "approved", "scope": "openid offline_access",
        "remember": false, "shown": { "sub": "consent" } });
    assert_eq!(answers, [&json!([]), &json!([signed_in]), &json!([signed_in, consented])]);
    let session = |accounts: u64, auth_time: u64, expires_at: u64| json!({ "sid": "s1", "sub": "alice", "auth_time": auth_time, "expires_at": expires_at, "accounts": accounts });
    let sessions: Vec<_> = calls.iter().filter_map(|input| input.get("session")).collect();
    let fresh = session(2, 1_700_000_000, 1_700_028_800);
    assert_eq!(sessions, [&session(2, 1_699_999_940, 1_700_000_600), &fresh, &fresh]);

    let mut engine = Authorizing(|_: &Value, _: &Value| Err(json!({ "code": "wrong_type" })));
    let thrown = drive(&mut engine, &script);
    assert_eq!(thrown, json!({ "id": "T-1", "thrown": { "code": "wrong_type" } }));
    assert_eq!(compare(&expectation, &thrown).len(), 1);

    let mut count = 0_u32;
    let mut engine = Authorizing(|_: &Value, _: &Value| {
        count = count.saturating_add(1);
        Ok(decision("login"))
    });
    let endless = drive(&mut engine, &script);
    assert_eq!((count, endless.pointer("/decision/outcome")), (10, Some(&json!("login"))));
    Ok(())
}

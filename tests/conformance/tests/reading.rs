//! What cannot be read breaks a vector, and what can be read is driven to its end.

mod support;

use grantwise_conformance::{Engine, compare, drive};
use serde_json::{Value, json};
use std::collections::BTreeMap;
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
        ("/request/zork", json!(true)),
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

#[test]
fn conditions_grants_and_redirect_uris_become_inputs() -> Result<(), String> {
    let input = |changes: &[(&str, Value)], pointer: &str| -> Result<Value, String> {
        let (script, _) = ready(&changed(vector(), changes)?)?;
        Ok(script.pointer(&format!("/input/{pointer}")).cloned().unwrap_or_default())
    };
    let one = json!({ "basis": "a", "permits_offline": true, "resources": ["x", "y"], "expires_at": 9 });
    let read = json!({ "basis": "a", "permits_offline": true, "resources": "x y", "expires_at": 9 });
    let other = json!({ "basis": "b", "permits_offline": false });
    for (given, expected) in [
        (Value::Null, Value::Null),
        (json!([]), Value::Null),
        (one.clone(), json!([read])),
        (json!([one, other]), json!([read, other])),
    ] {
        assert_eq!(input(&[("/given/conditions", given.clone())], "conditions")?, expected, "{given}");
    }
    let grant = json!({ "scopes": ["a"], "granted_at": 1, "expires_at": 2, "refused": ["b", "c"], "offline": true,
        "how": "admin", "remembered": false, "status": "revoked", "redirect": "https_other",
        "first_code_exchanged": false, "granted_to": "c9", "project_shared": true, "grant_id": "G1" });
    assert_eq!(
        input(&[("/given/prior_grant", grant)], "grant")?,
        json!({ "scope": "a", "granted_at": 1, "expires_at": 2, "refused": "b c", "offline": true, "how": "admin",
            "remembered": false, "status": "revoked", "redirect_uri": "https://other.example/cb", "sub": "alice",
            "first_code_exchanged": false, "client_id": "c9", "project_shared": true, "grant_id": "G1", "sid": "s1" })
    );
    assert_eq!(
        input(&[("/given/client/also_redirects", json!(["https_other", "loopback"]))], "client/redirect_uris")?,
        json!(["https://client.example/cb", "https://other.example/cb", "http://127.0.0.1/cb"])
    );
    assert_eq!(input(&[("/given/user/remember", json!(true))], "now")?, json!(1_700_000_000));
    for (pointer, value) in [
        ("/given/client/also_redirects", json!(["https"])),
        ("/given/client/also_redirect", json!(["https_other"])),
        ("/given/prior_grant/redirect", json!("https")),
        ("/given/prior_grant/granted_a", json!(1)),
        ("/given/prior_grant/refused", json!("b c")),
        ("/given/conditions/resource", json!(["x"])),
        ("/given/conditions/resources", json!("x")),
        ("/given/conditions/expires_at", json!("9")),
        ("/given/conditions", json!([{ "basis": "a", "permits_offline": true, "speling": 1 }])),
        ("/given/conditions", json!("contract")),
        ("/given/user/remembers", json!(true)),
    ] {
        let broken = ready(&changed(vector(), &[(pointer, value.clone())])?).err().unwrap_or_default();
        assert!(broken.contains("Broken"), "{pointer} = {value}: {broken}");
    }
    Ok(())
}

/// What a vector with these changes sends to the authorization endpoint, by name, in whichever form.
fn sent(changes: &[(&str, Value)]) -> Result<BTreeMap<String, Vec<String>>, String> {
    let (script, _) = ready(&changed(vector(), changes)?)?;
    let request = script.pointer("/input/request").cloned().unwrap_or_default();
    let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |name: &str, value: &str| sent.entry(name.to_owned()).or_default().push(value.to_owned());
    match &request {
        Value::String(text) => {
            let plain = text.rsplit('?').next().unwrap_or_default().replace(['+'], " ").replace("%20", " ");
            for (name, value) in plain.split('&').filter_map(|pair| pair.split_once('=')) {
                add(name, value);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let several = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
                several.iter().filter_map(Value::as_str).for_each(|value| add(name, value));
            }
        }
        other => return Err(format!("{other}")),
    }
    Ok(sent)
}

fn one(value: &str) -> Option<Vec<String>> {
    Some(vec![value.to_owned()])
}

#[test]
fn every_parameter_reaches_the_engine() -> Result<(), String> {
    for name in [
        "acr_values",
        "client_id",
        "code_challenge_method",
        "login_hint",
        "redirect_uri",
        "request",
        "request_uri",
        "resource",
        "response_mode",
        "state",
        "ui_locales",
        "zork",
    ] {
        let sent = sent(&[(&format!("/request/{name}"), json!("v"))])?;
        assert_eq!(sent.get(name).cloned(), one("v"), "{name}");
    }
    for name in ["authorization_details", "claims", "registration"] {
        let (script, _) = ready(&changed(vector(), &[(&format!("/request/{name}"), json!({ "a": [1] }))])?)?;
        let request = script.pointer("/input/request").map(ToString::to_string).unwrap_or_default();
        assert!(request.contains(name), "{request}");
    }
    let challenged = sent(&[("/request/code_challenge", json!("x"))])?;
    let challenge = challenged.get("code_challenge").and_then(|values| values.first()).map(String::as_str);
    assert!(challenge.is_some_and(|text| text.len() == 43 && !text.contains('=')), "{challenge:?}");
    assert_eq!(sent(&[("/request/code_challenge", json!("xy"))])?.get("code_challenge").cloned(), one("xy"));
    Ok(())
}

#[test]
fn what_the_runner_adds_can_be_withheld() -> Result<(), String> {
    let usual = sent(&[])?;
    assert!(usual.contains_key("client_id") && usual.contains_key("redirect_uri"));
    let (script, _) = ready(&changed(vector(), &[("/request/client_id", Value::Null)])?)?;
    assert_eq!(script.pointer("/input/client"), Some(&Value::Null), "nobody knows whose request it is");
    for name in ["client_id", "redirect_uri"] {
        for withheld in
            [(format!("/request/{name}"), Value::Null), ("/request/params".to_owned(), json!({ name: null }))]
        {
            assert!(!sent(&[(&withheld.0, withheld.1.clone())])?.contains_key(name), "{withheld:?}");
        }
        assert_eq!(sent(&[(&format!("/request/{name}"), json!(""))])?.get(name).cloned(), one(""));
    }
    assert!(ready(&changed(vector(), &[("/request/scope", Value::Null)])?).is_err());
    Ok(())
}

#[test]
fn params_are_sent_as_they_stand() -> Result<(), String> {
    let pairs = json!([["scope", "openid"], ["scope", "email"], ["scpoe", "a"], ["token", "t"], ["max_age", 5]]);
    let listed = sent(&[("/request/params", pairs)])?;
    assert_eq!(listed.get("scope").cloned(), Some(vec!["openid".to_owned(), "email".to_owned()]));
    assert_eq!((listed.get("scpoe").cloned(), listed.get("token").cloned()), (one("a"), one("t")));
    assert_eq!((listed.get("max_age").cloned(), listed.get("client_id").cloned()), (one("5"), one("c1")));
    assert_eq!(listed.get("response_type").cloned(), one("code token id_token"), "what stands beside is sent too");
    let members = sent(&[("/request/params", json!({ "scope": "a", "client_id": "c1" }))])?;
    assert_eq!((members.get("scope").cloned(), members.get("client_id").cloned()), (one("a"), one("c1")));

    let twice = changed(vector(), &[("/request/params", json!([["client_id", "c1"], ["client_id", "c1"]]))])?;
    assert_eq!(ready(&twice)?.0.pointer("/input/client"), Some(&Value::Null));
    let hint = changed(vector(), &[("/request/params", json!([["id_token_hint", "sub=bob"]]))])?;
    assert_eq!(ready(&hint)?.0.pointer("/input/id_token_hint"), Some(&json!({ "sub": "bob" })));
    for wrong in [
        json!("scope=a"),
        json!([["scope"]]),
        json!([["scope", null]]),
        json!([{ "scope": "a" }]),
        json!({ "scope": ["a"] }),
    ] {
        let broken = ready(&changed(vector(), &[("/request/params", wrong.clone())])?).err().unwrap_or_default();
        assert!(broken.contains("Broken"), "{wrong}: {broken}");
    }
    Ok(())
}

#[test]
fn a_misspelled_parameter_breaks_the_vector() -> Result<(), String> {
    for name in [
        "acr_value",
        "cilent_id",
        "claim",
        "code_challenge_metod",
        "code_chalenge",
        "params_",
        "registraton",
        "request_urI",
        "resouce",
        "ui_locale",
        "token",
        "dpop",
        "client_auth",
    ] {
        let broken = ready(&changed(vector(), &[(&format!("/request/{name}"), json!("v"))])?).err().unwrap_or_default();
        assert!(broken.contains("Broken") && broken.contains(name), "{name}: {broken}");
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

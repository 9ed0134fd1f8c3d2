//! A wrong decision is caught: each field of a right observation is changed in turn.

use grantwise_conformance::{Engine, Expectation, Mismatch, Prepared, Report, Work, compare, drive, prepare};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn vector() -> Value {
    json!({
        "id": "T-1", "kind": "authorize", "profile": "aol", "title": "t", "basis": "N", "knobs": [], "why": [],
        "given": {
            "client": { "application_type": "web", "confidential": true, "redirect": "https_exact",
                "first_party": false, "client_id": "c1" },
            "session": { "state": "active", "user": "alice", "auth_age_s": 60, "remaining_s": 600, "accounts": 2 },
            "prior_grant": { "scopes": ["openid"], "offline": false, "how": "install", "remembered": true,
                "status": "active", "grant_id": "G1" },
            "policy": { "code_lifetime_s": 600 },
            "user": { "login": "ok", "consent": "approve_subset", "subset": ["openid", "offline_access"] },
            "conditions": { "basis": "contract", "permits_offline": false },
            "circumstances": { "launch": "ehr" },
        },
        "request": { "endpoint": "authorize", "response_type": "code token id_token",
            "scope": "openid email offline_access zork", "max_age": 300, "id_token_hint": "sub=alice;expired" },
        "expect": {
            "interaction": ["reauthenticate", "consent"],
            "consent_screen": { "new": ["email", "offline_access"], "already_granted": ["openid"],
                "offline_notice": true, "remember_checkbox": true },
            "result": "code_and_front_channel_tokens", "error": null, "response_in": "fragment",
            "granted_scopes": ["openid", "offline_access"], "scope_response_required": true,
            "front_channel": { "access_token": true, "access_token_lifetime_s": 600, "access_token_scopes": ["openid"],
                "id_token": true, "refresh_token": false },
            "token_set": { "access_token": true, "access_token_lifetime_s": 3600, "id_token": true,
                "refresh_token": true, "refresh_token_binding": "offline",
                "refresh_token_lifetime": { "kind": "fixed", "seconds": 86400 },
                "refresh_token_scopes": ["openid", "offline_access"] },
            "ignored": [{ "param": "scope", "value": "zork", "reason": "unknown_scope" }],
            "notes": "n",
        },
    })
}

fn right() -> Value {
    json!({
        "id": "T-1",
        "screens": ["consent", "reauthenticate"],
        "consent": { "sub": "alice", "client_id": "c1", "offline_access": true, "remember": "checkbox", "because": [],
            "scopes": [
                { "scope": "openid", "status": "already_granted", "optional": false },
                { "scope": "offline_access", "status": "new", "optional": false },
                { "scope": "email", "status": "new", "optional": false },
            ] },
        "decision": {
            "outcome": "issue", "error": null, "consent": null, "effects": [], "trace": [], "summary": "",
            "response": { "placement": "fragment", "mint": ["id_token", "code", "access_token"] },
            "scope": { "requested": [], "granted": ["offline_access", "openid"], "must_report": true },
            "ignored": [{ "param": "scope", "value": "zork", "reason": "unknown_scope", "sentence": "s" }],
            "tokens": {
                "front_channel": { "code": true, "id_token": true,
                    "access_token": { "scope": "openid", "expires_in": 600, "binding": "session" } },
                "token_endpoint": {
                    "access_token": { "scope": "openid offline_access", "expires_in": 3600.0, "binding": "session" },
                    "id_token": true,
                    "refresh_token": { "scope": "offline_access openid", "binding": "offline",
                        "lifetime": { "kind": "fixed", "seconds": 86400 }, "rotation": "none" } },
            },
        },
    })
}

fn only(vector: &Value) -> Result<Prepared, String> {
    prepare(&vector.to_string()).pop().ok_or_else(|| "nothing prepared".to_owned())
}

fn ready(vector: &Value) -> Result<(Value, Expectation), String> {
    match only(vector)?.work {
        Work::Script(script, expectation) => Ok((script, expectation)),
        other => Err(format!("{other:?}")),
    }
}

/// Every member is set, or removed when the value is none.
fn changed(mut value: Value, changes: &[(&str, Value)]) -> Result<Value, String> {
    for (pointer, new) in changes {
        let (parent, key) = pointer.rsplit_once('/').ok_or("a pointer begins with a slash")?;
        let parent = value.pointer_mut(parent).ok_or_else(|| format!("nothing at {pointer}"))?;
        match parent {
            Value::Object(members) => {
                members.insert(key.to_owned(), new.clone());
            }
            Value::Array(items) => {
                let index: usize = key.parse().map_err(|error| format!("{pointer}: {error}"))?;
                *items.get_mut(index).ok_or_else(|| format!("nothing at {pointer}"))? = new.clone();
            }
            _ => return Err(format!("{pointer} is in neither an object nor a list")),
        }
    }
    Ok(value)
}

fn fields(mismatches: &[Mismatch]) -> BTreeSet<String> {
    mismatches.iter().map(|mismatch| mismatch.field.clone()).collect()
}

#[test]
fn a_right_decision_passes() -> Result<(), String> {
    let (_, expectation) = ready(&vector())?;
    assert_eq!(compare(&expectation, &right()), []);
    Ok(())
}

#[test]
fn each_wrong_field_is_caught() -> Result<(), String> {
    let wrong: &[(&str, &str, Value)] = &[
        ("/screens", "interaction", json!(["consent"])),
        ("/screens", "interaction", json!(["consent", "reauthenticate", "login"])),
        ("/screens", "consent_screen.new", json!(["reauthenticate"])),
        ("/consent", "consent_screen.new", Value::Null),
        ("/consent/scopes/1/status", "consent_screen.new", json!("already_granted")),
        ("/consent/scopes/1/status", "consent_screen.new", json!("old")),
        ("/consent/scopes/0/scope", "consent_screen.already_granted", json!("profile")),
        ("/consent/offline_access", "consent_screen.offline_notice", json!(false)),
        ("/consent/remember", "consent_screen.remember_checkbox", json!("always")),
        ("/decision/outcome", "result", json!("error")),
        ("/decision/outcome", "result", json!("consent")),
        ("/decision/tokens/front_channel/code", "result", json!(false)),
        ("/decision/error", "error", json!({ "code": "x", "placement": "page" })),
        ("/decision/response/placement", "response_in", json!("query")),
        ("/decision/response/mint", "response.mint", json!(["code"])),
        ("/decision/scope/granted", "granted_scopes", json!(["openid"])),
        ("/decision/scope/granted", "granted_scopes", json!(["openid", "openid", "offline_access"])),
        ("/decision/scope/must_report", "scope_response_required", json!(false)),
        ("/decision/tokens/front_channel/access_token", "front_channel.access_token", Value::Null),
        ("/decision/tokens/front_channel/access_token/expires_in", "front_channel.access_token_lifetime_s", json!(601)),
        ("/decision/tokens/front_channel/access_token/scope", "front_channel.access_token_scopes", json!("openid a")),
        ("/decision/tokens/front_channel/id_token", "front_channel.id_token", json!(false)),
        ("/decision/tokens/front_channel/refresh_token", "front_channel.refresh_token", json!({})),
        ("/decision/tokens/token_endpoint", "token_set.access_token", Value::Null),
        ("/decision/tokens/token_endpoint/access_token/expires_in", "token_set.access_token_lifetime_s", json!(1)),
        ("/decision/tokens/token_endpoint/id_token", "token_set.id_token", json!(false)),
        ("/decision/tokens/token_endpoint/refresh_token", "token_set.refresh_token", Value::Null),
        ("/decision/tokens/token_endpoint/refresh_token/binding", "token_set.refresh_token_binding", json!("session")),
        (
            "/decision/tokens/token_endpoint/refresh_token/lifetime/kind",
            "token_set.refresh_token_lifetime.kind",
            json!("idle"),
        ),
        (
            "/decision/tokens/token_endpoint/refresh_token/lifetime/seconds",
            "token_set.refresh_token_lifetime.seconds",
            json!(86399),
        ),
        ("/decision/tokens/token_endpoint/refresh_token/scope", "token_set.refresh_token_scopes", json!("openid")),
        ("/decision/ignored", "ignored", json!([])),
        ("/decision/ignored/0/param", "ignored", json!("prompt")),
        ("/decision/ignored/0/value", "ignored", json!("other")),
        ("/decision/ignored/0/reason", "ignored", json!("unsupported")),
        ("/thrown", "thrown", json!({ "code": "wrong_type" })),
    ];
    let (_, expectation) = ready(&vector())?;
    for (pointer, field, value) in wrong {
        let mismatches = compare(&expectation, &changed(right(), &[(pointer, value.clone())])?);
        assert!(fields(&mismatches).contains(*field), "{pointer} = {value}: {mismatches:?}");
    }
    Ok(())
}

#[test]
fn a_decision_without_one_of_its_members_is_caught() -> Result<(), String> {
    let (_, expectation) = ready(&vector())?;
    let members = right().get("decision").and_then(Value::as_object).cloned().unwrap_or_default();
    assert_eq!(members.len(), 10);
    for name in members.keys() {
        let mut observation = right();
        if let Some(decision) = observation.get_mut("decision").and_then(Value::as_object_mut) {
            decision.remove(name);
        }
        assert_eq!(fields(&compare(&expectation, &observation)), BTreeSet::from([name.clone()]));
    }
    Ok(())
}

#[test]
fn an_error_is_compared_by_code_and_placement() -> Result<(), String> {
    let expected = |error: Value, result: &str| {
        changed(
            vector(),
            &[(
                "/expect",
                json!({ "result": result, "error": error, "interaction": [], "consent_screen": null,
                    "front_channel": null, "token_set": null, "granted_scopes": [], "ignored": [] }),
            )],
        )
    };
    let refusal = changed(
        right(),
        &[
            ("/screens", json!([])),
            ("/consent", Value::Null),
            ("/decision/outcome", json!("error")),
            ("/decision/tokens", Value::Null),
            ("/decision/scope/granted", json!([])),
            ("/decision/ignored", json!([])),
            ("/decision/error", json!({ "code": "access_denied", "placement": "query", "description": "d" })),
        ],
    )?;
    let cases = [
        (json!({ "code": "access_denied", "placement": "query" }), "redirect_error", vec![]),
        (json!({ "code": null, "placement": "query" }), "redirect_error", vec![]),
        (json!({ "code": "login_required", "placement": "query" }), "redirect_error", vec!["error.code"]),
        (json!({ "code": "access_denied", "placement": "page" }), "error_page", vec!["error.placement", "result"]),
        (Value::Null, "redirect_error", vec!["error"]),
        (json!({ "code": null, "placement": "query" }), "code", vec!["result"]),
    ];
    for (error, result, wrong) in cases {
        let (_, expectation) = ready(&expected(error, result)?)?;
        let wrong: BTreeSet<String> = wrong.into_iter().map(str::to_owned).collect();
        assert_eq!(fields(&compare(&expectation, &refusal)), wrong);
    }
    let (_, expectation) = ready(&expected(Value::Null, "code")?)?;
    let all = fields(&compare(&expectation, &right()));
    for field in ["interaction", "consent_screen", "front_channel", "token_set", "granted_scopes", "ignored"] {
        assert!(all.contains(field), "{field} is asserted by null or by an empty list: {all:?}");
    }
    Ok(())
}

#[test]
fn what_the_field_guide_leaves_open_is_not_asserted() -> Result<(), String> {
    let none = changed(right(), &[("/decision/tokens/token_endpoint/refresh_token", Value::Null)])?;
    let other = changed(
        right(),
        &[
            ("/decision/tokens/front_channel/access_token/expires_in", json!(7)),
            ("/decision/tokens/token_endpoint/access_token/expires_in", Value::Null),
            ("/decision/tokens/token_endpoint/refresh_token/lifetime", json!({ "kind": "session" })),
        ],
    )?;
    let lifetimes = [
        ("/expect/front_channel/access_token_lifetime_s", Value::Null),
        ("/expect/token_set/access_token_lifetime_s", Value::Null),
    ];
    for open in [json!({ "kind": "unspecified" }), Value::Null] {
        let vector = changed(changed(vector(), &lifetimes)?, &[("/expect/token_set/refresh_token_lifetime", open)])?;
        assert_eq!(compare(&ready(&vector)?.1, &other), []);
        assert!(!compare(&ready(&vector)?.1, &none).is_empty());
    }
    let silent = changed(
        vector(),
        &[
            ("/expect/token_set/refresh_token", Value::Null),
            ("/expect/token_set/refresh_token_binding", Value::Null),
            ("/expect/token_set/refresh_token_lifetime", Value::Null),
        ],
    )?;
    assert_eq!(compare(&ready(&silent)?.1, &none), []);
    assert_eq!(compare(&ready(&silent)?.1, &right()), []);
    let refused = changed(silent, &[("/expect/token_set/refresh_token", json!(false))])?;
    assert_eq!(
        fields(&compare(&ready(&refused)?.1, &right())),
        BTreeSet::from(["token_set.refresh_token".to_owned(), "token_set.refresh_token_binding".to_owned()])
    );
    Ok(())
}

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
        let work = only(&vector)?.work;
        assert!(matches!(&work, Work::Broken(why) if why.contains("speling")), "{place}: {work:?}");
    }
    let vector = changed(vector(), &[("/expect/error", json!({ "code": null, "placement": "page", "speling": 1 }))])?;
    assert!(matches!(only(&vector)?.work, Work::Broken(_)));
    // Names of the policy and the circumstances are the engine's to refuse: they reach it unchanged.
    let vector = changed(
        changed(self::vector(), &[("/given/policy", json!({ "speling": 1 }))])?,
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
        let work = only(&changed(vector(), &[(pointer, value.clone())])?)?.work;
        assert!(matches!(work, Work::Broken(_)), "{pointer} = {value}: {work:?}");
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
    assert_eq!(fields(&compare(&expectation, &thrown)), BTreeSet::from(["thrown".to_owned()]));

    let mut count = 0_u32;
    let mut engine = Authorizing(|_: &Value, _: &Value| {
        count = count.saturating_add(1);
        Ok(decision("login"))
    });
    let endless = drive(&mut engine, &script);
    assert_eq!((count, endless.pointer("/decision/outcome")), (10, Some(&json!("login"))));
    Ok(())
}

#[test]
fn the_report_lists_failures_and_ends_with_the_counts() -> Result<(), String> {
    let mut lines = vector().to_string();
    for (id, kind) in [("T-2", "token"), ("T-5", "authorise"), ("T-1", "token")] {
        lines.push_str(&format!("\n{}", json!({ "id": id, "kind": kind })));
    }
    lines.push_str("\nnot JSON\n{\"id\":\"T-6\"}");
    let prepared = prepare(&lines);
    let mut report = Report::default();
    for one in &prepared {
        report.add(one, Some(&right()));
    }
    let text = report.to_string();
    for failure in [
        "T-2: vector: expected one that can be read, came `vector` has no `title`",
        "T-5: vector: expected one that can be read, came unknown kind `authorise`",
        "T-1: vector: expected one that can be read, came another vector has the same id",
        "line 5: vector: expected one that can be read, came not JSON",
        "line 6: vector: expected one that can be read, came neither a decision nor a scenario",
    ] {
        assert!(text.contains(failure), "{failure}: {text}");
    }
    assert!(text.ends_with("\n1 passed, 5 failed"), "{text}");
    assert!(!report.clean());
    Ok(())
}

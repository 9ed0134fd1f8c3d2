//! Decisions about records: a wrong decision, a wrong effect and a wrong code are caught.

use grantwise_conformance::{Engine, Expectation, Mismatch, Work, compare, drive, prepare, spoil};
use serde_json::{Value, json};

fn exchange() -> Value {
    json!({
        "id": "T-1", "kind": "token", "profile": "oauth2", "title": "t", "basis": "N", "knobs": [], "why": [],
        "given": {
            "client": { "application_type": "native", "confidential": false, "redirect": "custom_scheme",
                "client_id": "c1" },
            "session": { "state": "none" }, "prior_grant": null, "policy": {}, "conditions": null,
            "code": { "scopes": ["openid", "offline_access"], "binding": "offline", "age_s": 20 },
            "tokens": [
                { "id": "RT0", "kind": "refresh_token", "binding": "offline", "scopes": ["a"], "user": "bob",
                    "idle_s": 100, "status": "superseded", "superseded_s_ago": 10 },
                { "id": "AT0", "kind": "access_token", "binding": "offline", "scopes": ["a"], "parent": "RT0" },
            ],
        },
        "request": { "endpoint": "token", "grant_type": "authorization_code", "code": "CODE1", "client_auth": "ok",
            "existing_grant": "RT9" },
        "expect": {
            "result": "tokens", "error": null, "granted_scopes": ["offline_access", "openid"], "ignored": [],
            "token_set": { "access_token": true, "access_token_lifetime_s": 60, "id_token": true,
                "refresh_token": true, "refresh_token_binding": "offline",
                "refresh_token_lifetime": { "kind": "idle", "seconds": 9 },
                "refresh_token_scopes": ["openid", "offline_access"] },
            "id_token_claims": { "auth_time": 1000, "nonce": "absent", "iat": "now" },
            "effects": { "CODE1": "used", "RT1": "active", "AT1": "active", "AT0": "expired", "RT0": "superseded" },
        },
    })
}

fn right() -> Value {
    let store = |kind: &str| {
        json!({ "effect": "store", "kind": kind, "rule": "r",
            "record": { "kind": kind, "scope": "openid offline_access", "binding": "offline", "status": "active" } })
    };
    let token = json!({ "scope": "openid offline_access", "binding": "offline", "expires_in": 60 });
    json!({
        "id": "T-1",
        "authorized": { "effects": [] },
        "code": { "id": "CODE1", "status": "active", "scope": "offline_access openid",
            "access_token": { "binding": "session" }, "refresh_token": { "binding": "offline" } },
        "statuses": { "CODE1": { "alive": true, "status": "active" }, "RT0": { "alive": false, "status": "superseded" },
            "AT0": { "alive": false, "status": "expired" } },
        "decision": {
            "outcome": "tokens", "error": null, "response": { "status": 200 }, "ignored": [], "trace": [], "situation": "", "summary": "",
            "scope": { "requested": [], "granted": ["openid", "offline_access"], "must_report": false },
            "access_token": token,
            "id_token": { "sub": "alice", "aud": "c1", "auth_time": 1000, "iat": 1_700_000_000, "nonce": null },
            "refresh_token": { "scope": "openid offline_access", "binding": "offline", "rotation": "none",
                "lifetime": { "kind": "idle", "seconds": 9 } },
            "effects": [
                { "effect": "consume", "kind": "code", "where": { "id": "CODE1", "status": "active" },
                    "set": { "status": "used" }, "rule": "r" },
                store("access_token"), store("refresh_token"),
            ],
        },
    })
}

fn revocation() -> Value {
    json!({
        "id": "T-2", "kind": "revoke", "profile": "google", "title": "t", "basis": "N", "knobs": [], "why": [],
        "given": {
            "client": { "application_type": "web", "confidential": true, "redirect": "https_exact",
                "client_id": "c1" },
            "session": { "state": "active", "user": "alice", "auth_age_s": 60, "remaining_s": 600 },
            "prior_grant": { "scopes": ["a"], "offline": true }, "policy": {}, "conditions": null,
            "tokens": [{ "id": "RT1", "kind": "refresh_token", "binding": "offline", "scopes": ["a"] }],
        },
        "request": { "endpoint": "revoke", "token": "RT1", "client_auth": "ok", "token_type_hint": "access_token" },
        "expect": { "result": "http_200", "error": null, "token_set": null,
            "effects": { "RT1": "revoked", "grant": "removed", "session": "active" } },
    })
}

fn revoked() -> Value {
    json!({
        "id": "T-2", "statuses": { "RT1": { "alive": true, "status": "active" } },
        "decision": { "outcome": "done", "response": { "status": 200 }, "error": null, "trace": [], "situation": "", "summary": "", "effects": [
            { "effect": "end", "kind": "refresh_token", "where": { "id": "RT1" }, "set": { "status": "revoked" },
                "rule": "r" },
            { "effect": "remove", "kind": "grant", "where": { "sub": "alice", "client_id": "c1" }, "rule": "r" },
        ] },
    })
}

fn ready(vector: &Value) -> Result<(Value, Expectation), String> {
    match prepare(&vector.to_string()).pop().map(|prepared| prepared.work) {
        Some(Work::Script(script, expectation)) => Ok((script, expectation)),
        other => Err(format!("{other:?}")),
    }
}

/// A member set to something else.
fn changed(mut value: Value, pointer: &str, new: Value) -> Result<Value, String> {
    let (parent, key) = pointer.rsplit_once('/').ok_or("a pointer begins with a slash")?;
    let parent = value.pointer_mut(parent).ok_or_else(|| format!("nothing at {pointer}"))?;
    match parent {
        Value::Array(items) => {
            let index: usize = key.parse().map_err(|error| format!("{pointer}: {error}"))?;
            *items.get_mut(index).ok_or_else(|| format!("nothing at {pointer}"))? = new;
        }
        Value::Object(members) => {
            members.insert(key.to_owned(), new);
        }
        _ => return Err(format!("{pointer} is in neither an object nor a list")),
    }
    Ok(value)
}

fn caught(expectation: &Expectation, right: &Value, wrong: &[(&str, &str, Value)]) -> Result<(), String> {
    assert_eq!(compare(expectation, right), []);
    for (pointer, field, value) in wrong {
        let mismatches: Vec<Mismatch> = compare(expectation, &changed(right.clone(), pointer, value.clone())?);
        assert!(mismatches.iter().any(|one| one.field == *field), "{pointer} = {value}: {mismatches:?}");
    }
    Ok(())
}

#[test]
fn each_wrong_field_of_an_exchange_is_caught() -> Result<(), String> {
    let refused = json!({ "code": "invalid_grant", "placement": "token_response" });
    let wrong = [
        ("/thrown", "thrown", json!({ "code": "wrong_type" })),
        ("/code", "code", Value::Null),
        ("/code/scope", "code.scopes", json!("openid")),
        ("/code/refresh_token/binding", "code.binding", json!("session")),
        ("/code/refresh_token", "code.binding", Value::Null),
        ("/authorized/effects", "code", json!([{ "effect": "spill", "kind": "grant" }])),
        ("/decision/outcome", "result", json!("error")),
        ("/decision/outcome", "tokens", json!("error")),
        ("/decision/error", "error", refused.clone()),
        ("/decision/error", "outcome", refused),
        ("/decision/scope/granted", "granted_scopes", json!(["openid"])),
        ("/decision/ignored", "ignored", json!([{ "param": "scope", "value": "x", "reason": "unsupported" }])),
        ("/decision/access_token", "token_set.access_token", Value::Null),
        ("/decision/access_token", "effects.store", Value::Null),
        ("/decision/access_token/scope", "effects.store", json!("openid")),
        ("/decision/access_token/expires_in", "token_set.access_token_lifetime_s", json!(61)),
        ("/decision/id_token", "token_set.id_token", Value::Null),
        ("/decision/id_token/auth_time", "id_token_claims.auth_time", json!(1001)),
        ("/decision/id_token/nonce", "id_token_claims.nonce", json!("n")),
        ("/decision/id_token/iat", "id_token_claims.iat", json!(1_700_000_001)),
        ("/decision/refresh_token", "token_set.refresh_token", Value::Null),
        ("/decision/refresh_token/binding", "token_set.refresh_token_binding", json!("session")),
        ("/decision/refresh_token/scope", "token_set.refresh_token_scopes", json!("openid")),
        ("/decision/refresh_token/lifetime/kind", "token_set.refresh_token_lifetime.kind", json!("fixed")),
        ("/decision/refresh_token/lifetime/seconds", "token_set.refresh_token_lifetime.seconds", json!(8)),
        ("/decision/effects", "effects.CODE1", json!([])),
        ("/decision/effects", "effects.AT1", json!([])),
        ("/decision/effects/0/where/status", "effects", json!("superseded")),
        ("/decision/effects/0/where/id", "effects", json!("CODE2")),
        ("/decision/effects/0/set/status", "effects", json!("revoked")),
        ("/decision/effects/0/where", "effects", json!({ "id": "CODE1" })),
        ("/decision/effects/1/record/status", "effects.AT1", json!("revoked")),
        ("/decision/effects/2/record/binding", "effects.store", json!("session")),
        ("/decision/effects/2/kind", "effects.RT1", json!("access_token")),
    ];
    let (_, expectation) = ready(&exchange())?;
    caught(&expectation, &right(), &wrong)?;
    let alive = json!({ "alive": true, "status": "active" });
    caught(&expectation, &right(), &[("/statuses/AT0", "effects.AT0", alive), ("/statuses", "effects.AT0", json!({}))])
}

#[test]
fn each_wrong_field_of_a_revocation_is_caught() -> Result<(), String> {
    let (script, expectation) = ready(&revocation())?;
    assert_eq!(script["input"]["client_authenticated"], json!(true));
    let session = json!({ "effect": "end", "kind": "session", "where": { "sid": "s1" }, "set": { "status": "ended" },
        "rule": "r" });
    caught(
        &expectation,
        &revoked(),
        &[
            ("/decision/response/status", "result", Value::Null),
            ("/decision/response/status", "result", json!(204)),
            ("/decision/outcome", "result", json!("ask_user")),
            ("/decision/error", "error", json!({ "code": "invalid_client", "placement": "http_401" })),
            ("/decision/access_token", "token_set", json!({ "scope": "a" })),
            ("/decision/effects", "effects.RT1", json!([])),
            ("/decision/effects", "effects.grant", json!([])),
            ("/decision/effects/0/where/id", "effects.RT1", json!("RT2")),
            ("/decision/effects/0/set/status", "effects.RT1", json!("expired")),
            ("/decision/effects/1/where/sub", "effects.grant", json!("bob")),
            ("/decision/effects/1", "effects.session", session),
            ("/decision/effects/1/rule", "effects", Value::Null),
        ],
    )
}

#[test]
fn a_decision_without_one_of_its_members_is_caught() -> Result<(), String> {
    for (vector, right) in [(exchange(), right()), (revocation(), revoked())] {
        let (_, expectation) = ready(&vector)?;
        for name in right["decision"].as_object().into_iter().flatten().map(|(name, _)| name) {
            let mut wrong = right.clone();
            wrong["decision"].as_object_mut().and_then(|decision| decision.remove(name));
            let mismatches = compare(&expectation, &wrong);
            assert_eq!(mismatches.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), [name]);
        }
    }
    Ok(())
}

#[test]
fn a_resource_server_accepts_what_is_alive() -> Result<(), String> {
    let mut vector = revocation();
    vector["kind"] = json!("api");
    vector["request"] = json!({ "endpoint": "api", "access_token": "RT1" });
    vector["expect"] = json!({ "result": "error", "error": { "code": "invalid_token", "placement": "http_401" } });
    let (script, expectation) = ready(&vector)?;
    assert_eq!(script["input"]["record"], Value::Null, "a refresh token is no access token");
    let dead = json!({ "id": "T-2", "statuses": {}, "decision": { "alive": false, "status": "unknown",
        "because": "b", "expires_in": null, "trace": [], "situation": "cAAAA" } });
    caught(
        &expectation,
        &dead,
        &[("/decision/alive", "result", json!(true)), ("/decision/alive", "error.code", json!(true))],
    )?;
    vector["expect"] = json!({ "result": "ok", "error": null, "token_set": null });
    let (_, expectation) = ready(&vector)?;
    let alive = changed(dead, "/decision/alive", json!(true))?;
    caught(&expectation, &alive, &[("/decision/alive", "error", json!(false))])
}

/// Answers every function, and keeps what it was asked.
struct Recorder(Vec<(String, Value)>);

impl Engine for Recorder {
    type Simulation = ();

    fn call(&mut self, _: &Value, name: &str, input: &Value) -> Result<Value, Value> {
        self.0.push((name.to_owned(), input.clone()));
        Ok(match name {
            "authorize" if input["answers"] == json!([]) => json!({ "outcome": "consent", "consent": { "sub": "a" } }),
            "authorize" => json!({ "outcome": "issue", "effects": [
                { "effect": "store", "kind": "grant", "record": {} },
                { "effect": "store", "kind": "code", "record": { "status": "active", "scope": "openid" } },
            ] }),
            other => json!({ "asked": other }),
        })
    }

    fn simulation(&mut self, _: &Value, options: &Value) -> Result<(), Value> {
        Err(options.clone())
    }

    fn step(&mut self, (): &mut (), step: &Value) -> Result<Value, Value> {
        Err(step.clone())
    }
}

#[test]
fn a_code_is_fetched_and_then_redeemed() -> Result<(), String> {
    let (script, _) = ready(&exchange())?;
    let mut engine = Recorder(Vec::new());
    let observation = drive(&mut engine, &script);
    let code = json!({ "id": "CODE1", "status": "active", "scope": "openid" });
    assert_eq!(observation["code"], code);
    assert_eq!(observation["decision"], json!({ "asked": "exchange" }));
    assert_eq!(
        observation["statuses"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["AT0", "CODE1", "RT0"]
    );
    let names: Vec<&str> = engine.0.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["authorize", "authorize", "status", "status", "status", "exchange"]);
    let [(_, authorization), .., (_, code_status), (_, redemption)] = engine.0.as_slice() else {
        return Err("too few calls".to_owned());
    };
    assert_eq!(authorization["now"], json!(1_699_999_980));
    assert_eq!(authorization["session"]["auth_time"], json!(1_699_999_980));
    assert_eq!(code_status["record"], code);
    assert_eq!((&redemption["code"], &redemption["session"]), (&code, &Value::Null));
    assert_eq!(redemption["existing_grant"], Value::Null);
    assert_eq!(redemption["code_verifier_matches"], json!(true));
    assert_eq!(redemption["client_authenticated"], json!(false));
    Ok(())
}

#[test]
fn tokens_become_records_that_fit_together() -> Result<(), String> {
    let (script, _) = ready(&exchange())?;
    let records: Vec<&Value> = script["statuses"].as_array().into_iter().flatten().map(|one| &one["record"]).collect();
    let [rt, at, _code] = records.as_slice() else { return Err(format!("{records:?}")) };
    assert_eq!((&rt["family"], &at["family"]), (&json!("RT0"), &json!("RT0")));
    assert_eq!((&rt["sid"], &at["sid"]), (&json!("s-bob"), &json!("s1")));
    assert_eq!((&rt["issued_at"], &rt["last_used_at"]), (&json!(1_699_999_900), &json!(1_699_999_900)));
    assert_eq!((&at["issued_at"], &at["authorized_at"]), (&json!(1_699_999_940), &json!(1_699_999_900)));
    assert_eq!(rt["superseded_at"], json!(1_699_999_990));
    assert_eq!(rt["client_type"], json!("public"));
    Ok(())
}

#[test]
fn an_unknown_key_or_value_breaks_the_vector() -> Result<(), String> {
    for (vector, pointer, value) in [
        (exchange(), "/given/speling", json!(1)),
        (exchange(), "/given/code/speling", json!(1)),
        (exchange(), "/given/tokens/0/speling", json!(1)),
        (exchange(), "/given/tokens/1/id", json!("RT0")),
        (exchange(), "/given/tokens/0/status", json!("lost")),
        (exchange(), "/request/speling", json!(1)),
        (exchange(), "/request/grant_type", json!("password")),
        (exchange(), "/request/client_auth", json!("maybe")),
        (exchange(), "/expect/result", json!("ok")),
        (exchange(), "/expect/effects/RT1", json!("alive")),
        (exchange(), "/expect/id_token_claims/speling", json!(1)),
        (revocation(), "/request/code", json!("CODE1")),
        (revocation(), "/request/endpoint", json!("token")),
        (revocation(), "/given/code", json!({})),
        (revocation(), "/expect/effects/grant", json!("active")),
        (revocation(), "/expect/effects/session", json!("revoked")),
    ] {
        let spoilt = changed(vector, pointer, value.clone())?;
        assert!(ready(&spoilt).is_err_and(|why| why.contains("Broken")), "{pointer} = {value}");
    }
    Ok(())
}

#[test]
fn every_client_proves_that_it_asked_for_its_code() -> Result<(), String> {
    let confidential = changed(exchange(), "/given/client/confidential", json!(true))?;
    for vector in [exchange(), confidential] {
        let (script, _) = ready(&vector)?;
        let asked = script["code"]["input"]["request"].to_string();
        assert!(asked.contains("S256") && asked.contains("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), "{asked}");
        assert!(script["input"]["request"].to_string().contains("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert_eq!(script["input"]["code_verifier_matches"], json!(true));
        let withheld = changed(vector, "/request/code_verifier", Value::Null)?;
        assert!(!ready(&withheld)?.0["input"]["request"].to_string().contains("code_verifier"));
    }
    Ok(())
}

#[test]
fn token_requests_send_what_the_vector_says() -> Result<(), String> {
    let pairs = json!([["resource", "r1"], ["resource", "r2"], ["scpoe", "a"]]);
    for (vector, key) in [(exchange(), "zork"), (revocation(), "zork"), (exchange(), "resource")] {
        let (script, _) = ready(&changed(vector.clone(), &format!("/request/{key}"), json!("v"))?)?;
        assert!(script["input"]["request"].to_string().contains(key), "{key}");
        let (script, _) = ready(&changed(vector, "/request/params", pairs.clone())?)?;
        let request = script["input"]["request"].to_string();
        assert!(["r1", "r2", "scpoe"].iter().all(|text| request.contains(text)), "{request}");
    }
    let unnamed = changed(exchange(), "/request/client_id", Value::Null)?;
    assert_eq!(ready(&unnamed)?.0["input"]["client"], Value::Null);
    let unnamed = changed(revocation(), "/request/client_id", Value::Null)?;
    assert_eq!(ready(&unnamed)?.0["input"]["client"]["client_id"], json!("c1"), "it authenticated in the header");
    Ok(())
}

#[test]
fn an_event_may_name_its_client() -> Result<(), String> {
    let mut vector = revocation();
    vector["kind"] = json!("event");
    vector["expect"] = json!({ "result": "ok", "error": null });
    for (event, more) in [
        ("user_revokes_app", json!({ "client_id": "c9" })),
        ("issue_refresh_token", json!({ "client_id": "c9", "live_count": 2 })),
        ("logout", json!({ "client_id": "c9" })),
    ] {
        vector["request"] = more;
        vector["request"]["endpoint"] = json!("event");
        vector["request"]["event"] = json!(event);
        let (script, _) = ready(&vector)?;
        let named = script["input"].get("client_id").cloned().unwrap_or_else(|| json!("c9"));
        assert_eq!(named, json!("c9"), "{event}");
        let live = script["statuses"].as_array().and_then(|all| all.last()).cloned().unwrap_or_default();
        assert!(event != "issue_refresh_token" || live["record"]["client_id"] == json!("c9"), "{live}");
        vector["request"]["clientid"] = json!("c9");
        assert!(ready(&vector).is_err_and(|why| why.contains("Broken")), "{event}");
    }
    Ok(())
}

#[test]
fn a_token_request_may_state_rules_and_alternatives() -> Result<(), String> {
    let mut vector = exchange();
    vector["expect"]["rules"] = json!(["code.redeemed"]);
    let mut observation = right();
    let (_, expectation) = ready(&vector)?;
    assert_eq!(compare(&expectation, &observation).len(), 1);
    observation["decision"]["trace"] = json!([{ "rule": "code.redeemed" }]);
    caught(&expectation, &observation, &[("/decision/trace", "rules.code.redeemed", json!([{ "rule": "r" }]))])?;

    let refusal = json!({ "result": "error", "error": { "code": "invalid_grant", "placement": "token_response" },
        "token_set": null, "granted_scopes": [], "id_token_claims": null, "rules": ["code.replayed"] });
    let stated = vector["expect"].take();
    vector.as_object_mut().and_then(|members| members.remove("expect"));
    vector["any_of"] = json!([refusal, stated]);
    let (_, expectation) = ready(&vector)?;
    caught(&expectation, &observation, &[("/decision/outcome", "any_of[1].result", json!("ok"))])?;
    for (place, wrong) in spoil(&vector) {
        let (_, expectation) = ready(&wrong).map_err(|why| format!("{place}: {why}"))?;
        assert!(!compare(&expectation, &observation).is_empty(), "{place}");
    }
    Ok(())
}

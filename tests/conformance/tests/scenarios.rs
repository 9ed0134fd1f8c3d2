//! Scenarios: the steps reach the simulation, and a wrong moment is caught.

use grantwise_conformance::{Engine, Expectation, Work, compare, drive, prepare, spoil};
use serde_json::{Value, json};

fn scenario() -> Value {
    json!({
        "id": "S-1", "profile": "aol", "title": "t", "basis": "mixed",
        "given": {
            "client": { "application_type": "web", "confidential": true, "redirect": "https_exact",
                "client_id": "c1" },
            "session": "active", "prior_grant": null, "policy": { "code_lifetime_s": 600 }, "conditions": null,
            "circumstances": { "launch": "ehr" },
        },
        "steps": [
            { "n": 1, "basis": "N", "why": [],
                "do": { "action": "authorize", "params": { "response_type": "code token", "scope": "a" },
                    "user": { "consent": "deny" } },
                "expect": { "result": "code_and_front_channel_tokens", "screens": ["consent"],
                    "consent_screen": { "new": ["a"], "already_granted": [], "offline_notice": false },
                    "granted_scopes": ["a"], "ignored": [],
                    "issued": [{ "name": "AT_front", "kind": "access_token", "lifetime_s": null }],
                    "state": { "grant": "b a", "stored_consent": "a b", "G1": "kept", "grant_id": "G1",
                        "session_remaining_s": 100 } } },
            { "n": 2, "basis": "N", "why": [],
                "do": { "action": "exchange", "code": "CODE1", "by": "attacker" },
                "expect": { "result": "tokens", "notes": "n",
                    "issued": [
                        { "name": "AT_back", "kind": "access_token", "binding": "session" },
                        { "name": "RT0", "kind": "refresh_token", "lifetime": { "kind": "fixed", "seconds": 5 } },
                    ],
                    "state": { "AT_front": "active" } } },
            { "n": 3, "basis": "N", "why": [],
                "do": { "action": "api_call", "token": "AT_back", "after": "expiry" },
                "expect": { "result": "error", "error": { "code": "invalid_token", "placement": "http_401" },
                    "state": { "AT_back": "expired", "grant": "removed", "G2": "removed", "session": "ended" } } },
        ],
    })
}

fn ready(vector: &Value) -> Result<(Value, Expectation), String> {
    match prepare(&vector.to_string()).pop().map(|prepared| prepared.work) {
        Some(Work::Script(script, expectation)) => Ok((script, expectation)),
        other => Err(format!("{other:?}")),
    }
}

fn life(name: &str, kind: &str, status: &str, expires_at: Value) -> Value {
    json!({ "name": name, "kind": kind, "status": status, "scope": "a", "binding": "session", "issued_at": 0,
        "expires_at": expires_at, "ended_at": null, "because": null })
}

/// Has the moments that the scenario expects, and keeps the steps that it gets.
#[derive(Default)]
struct Server(Vec<Value>);

impl Engine for Server {
    type Simulation = ();

    fn call(&mut self, _: &Value, name: &str, _: &Value) -> Result<Value, Value> {
        Err(name.into())
    }

    fn simulation(&mut self, policy: &Value, options: &Value) -> Result<(), Value> {
        self.0.push(json!({ "policy": policy, "options": options }));
        Ok(())
    }

    fn step(&mut self, (): &mut (), step: &Value) -> Result<Value, Value> {
        self.0.push(step.clone());
        let front = life("AT1", "access_token", "active", json!(3700));
        let back = |status: &str| life("AT2", "access_token", status, json!(3700));
        let refresh = life("RT1", "refresh_token", "active", Value::Null);
        let code = |status: &str| life("CODE1", "code", status, json!(700));
        let grants = json!([{ "scope": "a b", "grant_id": "G1" }]);
        let session = json!({ "sid": "s1", "sub": "alice", "expires_at": 200 });
        let moment = |at: u64, result: &str, issued: Value, lives: Value, more: Value| {
            let mut moment = json!({ "n": 1, "step": step, "at": at, "result": result, "screens": [], "decision": null,
                "consent": null, "issued": issued, "ended": [], "lives": lives, "session": session, "grants": grants,
                "summary": "s" });
            if let (Some(moment), Some(more)) = (moment.as_object_mut(), more.as_object()) {
                moment.extend(more.clone());
            }
            moment
        };
        Ok(match step["action"].as_str().unwrap_or_default() {
            "authorize" => moment(
                100,
                "code_and_front_channel_tokens",
                json!(["CODE1", "AT1"]),
                json!([code("active"), front]),
                json!({ "screens": ["consent"],
                    "consent": { "scopes": [{ "scope": "a", "status": "new" }], "offline_access": false },
                    "decision": { "scope": { "granted": ["a"] }, "ignored": [], "error": null } }),
            ),
            "exchange" => moment(
                100,
                "tokens",
                json!(["AT2", "RT1"]),
                json!([code("used"), front, back("active"), refresh]),
                json!({ "ended": ["CODE1"], "decision": { "access_token": { "expires_in": 9 },
                    "refresh_token": { "lifetime": { "kind": "fixed", "seconds": 5 } } } }),
            ),
            "advance_clock" => moment(3700, "ok", json!([]), json!([]), json!({})),
            _ => moment(
                3700,
                "error",
                json!([]),
                json!([back("expired")]),
                json!({ "session": null, "grants": [],
                    "decision": { "error": { "code": "invalid_token", "placement": "http_401" } } }),
            ),
        })
    }
}

#[test]
fn the_steps_reach_the_simulation() -> Result<(), String> {
    let (script, expectation) = ready(&scenario())?;
    let mut server = Server::default();
    let observation = drive(&mut server, &script);
    assert_eq!(compare(&expectation, &observation), []);
    let [start, authorize, exchange, clock, call] = server.0.as_slice() else {
        return Err(format!("{:?}", server.0));
    };
    // It waits for an access token to expire and says nothing about how long that takes.
    assert_eq!(start["policy"]["overrides"], json!({ "access_token_lifetime_s": 3600, "code_lifetime_s": 600 }));
    assert_eq!(start["options"]["session"], json!({ "remaining": 28_800, "auth_age": 60 }));
    assert_eq!(start["options"]["client"]["response_types"], json!(["code token"]));
    assert_eq!(start["options"]["client"]["grant_types"], json!(["authorization_code", "implicit", "refresh_token"]));
    assert_eq!(start["options"]["circumstances"], json!({ "launch": "ehr" }));
    assert_eq!(authorize["person"], json!({ "consent": "denied", "remember": false }));
    assert_eq!(authorize["params"]["redirect_uri"], json!("https://client.example/cb"));
    assert_eq!(exchange, &json!({ "action": "exchange", "code": "CODE1" }));
    assert_eq!(clock, &json!({ "action": "advance_clock", "seconds": 3600 }));
    assert_eq!(call, &json!({ "action": "api_call", "token": "AT2" }));
    let names = json!({ "AT_front": "AT1", "AT_back": "AT2", "RT0": "RT1" });
    assert_eq!(observation["moments"][2]["names"], names);
    Ok(())
}

#[test]
fn each_wrong_member_of_a_moment_is_caught() -> Result<(), String> {
    let wrong = [
        (0, "/result", "result", json!("code")),
        (0, "/screens", "screens", json!([])),
        (0, "/consent", "consent_screen.new", Value::Null),
        (0, "/consent/scopes/0/status", "consent_screen.already_granted", json!("already_granted")),
        (0, "/consent/offline_access", "consent_screen.offline_notice", json!(true)),
        (0, "/decision/scope/granted", "granted_scopes", json!([])),
        (0, "/decision/ignored", "ignored", json!([{ "param": "p", "value": "v", "reason": "unsupported" }])),
        (0, "/issued", "issued.AT_front", json!(["CODE1"])),
        (0, "/lives/1/kind", "issued.AT_front", json!("refresh_token")),
        (0, "/lives/1/status", "issued", json!("revoked")),
        (0, "/grants", "state.G1.kept", json!([])),
        (0, "/grants/0/grant_id", "state.grant_id", json!("G2")),
        (0, "/grants/0/scope", "state.grant", json!("a")),
        (0, "/grants/0/remembered", "state.stored_consent", json!(false)),
        (0, "/grants/0/status", "state.grant", json!("revoked")),
        (0, "/session/expires_at", "state.session_remaining_s", json!(201)),
        (1, "/lives/1/status", "state.AT_front", json!("revoked")),
        (1, "/lives/2/binding", "issued.AT_back.binding", json!("offline")),
        (1, "/lives/0/status", "ended", json!("active")),
        (1, "/decision/refresh_token/lifetime/kind", "issued.RT0.lifetime.kind", json!("idle")),
        (1, "/decision/refresh_token/lifetime/seconds", "issued.RT0.lifetime.seconds", json!(6)),
        (2, "/decision/error/code", "error.code", json!("invalid_grant")),
        (2, "/decision/error/placement", "error.placement", json!("http_400")),
        (2, "/lives", "state.AT_back", json!([])),
        (2, "/session", "state.session", json!({ "sid": "s1", "sub": "alice", "expires_at": 1 })),
        (2, "/grants", "state.grant", json!([{ "scope": "a" }])),
        (2, "/grants", "state.G2", json!([{ "scope": "a", "grant_id": "G2" }])),
    ];
    let (script, expectation) = ready(&scenario())?;
    let right = drive(&mut Server::default(), &script);
    for (index, pointer, field, value) in wrong {
        let mut observation = right.clone();
        let (parent, key) = pointer.rsplit_once('/').ok_or("a pointer begins with a slash")?;
        let parent = observation.pointer_mut(&format!("/moments/{index}/moment{parent}")).ok_or(pointer)?;
        parent[key] = value.clone();
        let field = format!("step {}: {field}", index + 1);
        let mismatches = compare(&expectation, &observation);
        assert!(mismatches.iter().any(|one| one.field == field), "{pointer} = {value}: {mismatches:?}");
    }
    for name in right["moments"][1]["moment"].as_object().into_iter().flatten().map(|(name, _)| name) {
        let mut observation = right.clone();
        observation["moments"][1]["moment"].as_object_mut().and_then(|moment| moment.remove(name));
        let mismatches = compare(&expectation, &observation);
        assert_eq!(mismatches.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), [format!("step 2: {name}")]);
    }
    let mut short = right.clone();
    short["moments"].as_array_mut().and_then(Vec::pop);
    assert_eq!(compare(&expectation, &short).len(), 1);
    assert_eq!(compare(&expectation, &json!({ "thrown": "t" })).len(), 1);
    Ok(())
}

#[test]
fn a_step_may_state_rules_and_alternatives() -> Result<(), String> {
    let mut scenario = scenario();
    let stated = scenario["steps"][1]["expect"].clone();
    let refusal = json!({ "result": "error", "error": { "code": "invalid_grant", "placement": "token_response" },
        "issued": [{ "name": "AT_back", "kind": "access_token" }] });
    scenario["steps"][0]["expect"]["rules"] = json!(["consent.asked"]);
    let step = scenario["steps"][1].as_object_mut().ok_or("no step")?;
    step.remove("expect");
    step.insert("any_of".to_owned(), json!([refusal, stated]));
    let (script, expectation) = ready(&scenario)?;
    let mut observation = drive(&mut Server::default(), &script);
    assert_eq!(observation["moments"][2]["names"], json!({ "AT_front": "AT1", "AT_back": "AT2", "RT0": "RT1" }));
    let fields = |observation: &Value| {
        compare(&expectation, observation).iter().map(|one| one.field.clone()).collect::<Vec<String>>()
    };
    assert_eq!(fields(&observation), ["step 1: rules.consent.asked"], "the trace is not there");
    observation["moments"][0]["moment"]["decision"]["trace"] = json!([{ "rule": "consent.asked" }]);
    assert_eq!(fields(&observation), Vec::<String>::new());
    let right = observation.clone();
    observation["moments"][1]["moment"]["result"] = json!("ok");
    assert_eq!(fields(&observation), ["step 2: any_of[1].result"]);

    for (place, wrong) in spoil(&scenario) {
        let (_, expectation) = ready(&wrong).map_err(|why| format!("{place}: {why}"))?;
        assert!(!compare(&expectation, &right).is_empty(), "{place}");
    }
    let mut two = scenario.clone();
    two["steps"][1]["any_of"][0]["issued"][0]["kind"] = json!("refresh_token");
    assert!(ready(&two).is_err_and(|why| why.contains("two kinds")));
    Ok(())
}

#[test]
fn a_lifetime_that_is_asserted_stays_as_it_is() -> Result<(), String> {
    let mut scenario = scenario();
    scenario["steps"][1]["expect"]["issued"][0]["lifetime_s"] = json!(9);
    assert_eq!(ready(&scenario)?.0["policy"]["overrides"], json!({ "code_lifetime_s": 600 }));
    Ok(())
}

#[test]
fn a_step_sends_what_it_says_and_proves_a_key() -> Result<(), String> {
    let mut scenario = scenario();
    let pairs = [["response_type", "code"], ["scope", "a"], ["scope", "b"], ["zork", "z"], ["code_challenge", "x"]];
    scenario["steps"][0]["do"]["params"] = json!(pairs);
    scenario["steps"][1]["do"]["dpop"] = json!("ok");
    let (script, _) = ready(&scenario)?;
    let params = &script["steps"][0]["step"]["params"];
    assert_eq!((&params["scope"], &params["zork"]), (&json!(["a", "b"]), &json!("z")));
    assert_eq!(params["code_challenge"].as_str().map(str::len), Some(43));
    assert_eq!(script["input"]["client"]["response_types"], json!(["code"]));
    assert_eq!(script["steps"][1]["step"]["sender_constrained"], json!(true));
    scenario["steps"][1]["do"] = json!({ "action": "refresh", "refresh_token": "RT0", "dpop": "ok" });
    assert_eq!(ready(&scenario)?.0["steps"][1]["step"]["sender_proof"], json!(true));
    Ok(())
}

#[test]
fn an_unknown_key_or_value_breaks_the_scenario() -> Result<(), String> {
    for (pointer, key, value) in [
        ("", "speling", json!(1)),
        ("/given", "speling", json!(1)),
        ("/given", "session", json!("idle")),
        ("/steps/0", "speling", json!(1)),
        ("/steps/0", "n", json!(2)),
        ("/steps/0/do", "speling", json!(1)),
        ("/steps/0/do", "action", json!("dance")),
        ("/steps/0/do/params", "scpoe", json!("a")),
        ("/steps/0/do/params", "token", json!("AT1")),
        ("/steps/1/do", "dpop", json!("stolen")),
        ("/steps/0/do/params", "id_token_hint", json!("sub=alice;expired")),
        ("/steps/0/do/user", "consent", json!("maybe")),
        ("/steps/1/do", "by", json!("bob")),
        ("/steps/2/do", "after", json!("lunch")),
        ("/steps/0/expect", "speling", json!(1)),
        ("/steps/0/expect", "result", json!("ask_user")),
        ("/steps/0/expect/issued/0", "kind", json!("code")),
        ("/steps/0/expect/state", "AT_front", json!("alive")),
        ("/steps/0/expect/state", "session", json!("revoked")),
    ] {
        let mut spoilt = scenario();
        spoilt.pointer_mut(pointer).ok_or(pointer)?[key] = value.clone();
        assert!(ready(&spoilt).is_err_and(|why| why.contains("Broken")), "{pointer}/{key} = {value}");
    }
    Ok(())
}

//! Explanations and log lines of every decision that the vectors make.

#![cfg(not(target_arch = "wasm32"))]

#[path = "shared/handed_over.rs"]
mod handed_over;

use std::error::Error;

use grantwise::Policy;
use grantwise::input::{Misuse, Value};
use grantwise::log::LogOptions;
use grantwise::simulate::Simulation;
use grantwise_conformance::{Engine, drive, prepare};
use serde::Serialize;
use serde_json::{Value as Json, json};

use handed_over::handed_over;

const DECISIONS: &str = include_str!("vectors/decisions.jsonl");

fn written<T: Serialize>(made: Result<T, Misuse>) -> Json {
    made.ok().and_then(|made| serde_json::to_value(&made).ok()).unwrap_or_default()
}

fn text<'a>(value: &'a Json, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Json::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Json, pointer: &str) -> &'a [Json] {
    value.pointer(pointer).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// The engine, which keeps what it decided.
#[derive(Default)]
struct Kept(Vec<(Json, Policy, Json)>);

impl Engine for Kept {
    type Simulation = Simulation;

    fn call(&mut self, policy: &Json, name: &str, input: &Json) -> Result<Json, Json> {
        let overrides = policy.get("overrides").map_or(Value::Null, handed_over);
        let policy =
            Policy::profile(text(policy, "/profile"), &overrides).map_err(|misuse| json!(misuse.to_string()))?;
        let given = handed_over(input);
        let argument = |name: &str| input.get(name).map_or(Value::Null, handed_over);
        let decision = match name {
            "authorize" => written(policy.authorize(&given)),
            "exchange" => written(policy.exchange(&given)),
            "refresh" => written(policy.refresh(&given)),
            "revoke" => written(policy.revoke(&given)),
            "manageGrant" => written(policy.manage_grant(&given)),
            "event" => written(policy.event(&given)),
            _ => written(policy.status(&argument("record"), &argument("context"))),
        };
        self.0.push((json!(name), policy, decision.clone()));
        Ok(decision)
    }

    fn simulation(&mut self, _: &Json, _: &Json) -> Result<Simulation, Json> {
        Err(json!("decisions only"))
    }

    fn step(&mut self, _: &mut Simulation, _: &Json) -> Result<Json, Json> {
        Err(json!("decisions only"))
    }
}

fn decisions() -> Vec<(String, Policy, Json)> {
    let mut all = Vec::new();
    for vector in prepare(DECISIONS) {
        let mut kept = Kept::default();
        if let Some(script) = vector.script() {
            let _observed = drive(&mut kept, script);
        }
        all.extend(
            kept.0.into_iter().map(|(name, policy, decision)| (format!("{} {name}", vector.id), policy, decision)),
        );
    }
    assert!(all.len() > 300, "{} decisions", all.len());
    all
}

/// The sentence about something, if there is one.
fn about<'a>(explanation: &'a Json, what: &str) -> Option<&'a Json> {
    list(explanation, "/sentences").iter().find(|sentence| text(sentence, "/about") == what)
}

/// What is explained is what was decided: the outcome first, then whether a refresh token comes, as the summary says it; a
/// sentence for each parameter that was set aside and for each scope on the page; only rules of the trace; and the same
/// reasons where a log kept the situation alone.
#[test]
fn an_explanation_agrees_with_its_decision() {
    for (place, (id, policy, decision)) in decisions().into_iter().enumerate() {
        let explanation = written(policy.explain(&handed_over(&decision), &Value::Null));
        let sentences = list(&explanation, "/sentences");
        let outcome = sentences.first().unwrap_or(&Json::Null);
        assert_eq!(text(outcome, "/about"), "outcome", "{id}");
        let says = text(outcome, "/says");
        if text(&decision, "/outcome") == "error" {
            assert!(says.contains(text(&decision, "/error/code")), "{id}: {says}");
            assert_eq!(text(outcome, "/rule"), text(&decision, "/error/rule"), "{id}");
        }
        let expected = match text(&decision, "/outcome") {
            "login" => Some("signs in first"),
            "reauthenticate" => Some("signs in again"),
            "select_account" => Some("chooses an account"),
            "consent" => Some("is asked for consent"),
            "issue" if decision["consent"].is_null() => Some("no consent page"),
            "issue" => Some("was asked and approved"),
            _ => None,
        };
        assert!(expected.is_none_or(|words| says.contains(words)), "{id}: {says}");
        if !decision["tokens"].is_null() {
            let token = about(&explanation, "refresh_token").unwrap_or(&Json::Null);
            let comes = !decision["tokens"]["token_endpoint"]["refresh_token"].is_null();
            assert_eq!(comes, !text(token, "/says").contains("no refresh token"), "{id}");
            assert_eq!(text(token, "/rule"), text(&decision, "/tokens/refresh_token_because/rule"), "{id}");
            let summary = text(&decision, "/summary");
            assert_eq!(comes, summary.contains(" and a refresh token that "), "{id}: {summary}");
            assert!(
                comes || summary.contains("no refresh token") || summary.contains("without any token"),
                "{id}: {summary}"
            );
        }
        let trace: Vec<&str> = list(&decision, "/trace").iter().map(|entry| text(entry, "/rule")).collect();
        for sentence in sentences {
            let rule = text(sentence, "/rule");
            assert!(rule.is_empty() || trace.contains(&rule), "{id}: {rule} took no part");
            assert!(!text(sentence, "/says").is_empty() && text(&explanation, "/text").len() > 10, "{id}");
        }
        let count = |what: &str| sentences.iter().filter(|sentence| text(sentence, "/about") == what).count();
        assert_eq!(count("ignored"), list(&decision, "/ignored").len(), "{id}");
        if text(&decision, "/outcome") == "consent" {
            let notice = usize::from(decision["consent"]["offline_access"] == json!(true));
            assert_eq!(count("scope"), list(&decision, "/consent/scopes").len() + notice, "{id}");
        }
        if place % 7 != 0 {
            continue;
        }
        let alone = written(policy.explain(&Value::from(text(&decision, "/situation").to_owned()), &Value::Null));
        for what in ["outcome", "refresh_token"] {
            let reason = |explanation: &Json| {
                about(explanation, what)
                    .map(|sentence| (sentence["says"].clone(), sentence["facts"].clone(), sentence["rule"].clone()))
            };
            assert_eq!(reason(&explanation), reason(&alone), "{id} {what}");
        }
    }
}

/// A situation of another version, or none at all, is refused with its place, and so is what is no decision.
#[test]
fn what_cannot_be_explained_is_refused() -> Result<(), Box<dyn Error>> {
    let policy = Policy::profile("openid-core", &Value::Null)?;
    let refused = |decision: Json| {
        policy.explain(&handed_over(&decision), &Value::Null).err().map(|misuse| misuse.path().to_owned())
    };
    assert_eq!(refused(json!("aAAAAAAAAAAAAAAAAAAAAAAAAAA")), Some("decision".to_owned()));
    assert_eq!(refused(json!({ "situation": "other" })), Some("decision.situation".to_owned()));
    assert_eq!(refused(json!({ "outcome": "issue" })), Some("decision.situation".to_owned()));
    Ok(())
}

/// What an event does is said of the records at hand, and not of the rule in general.
#[test]
fn an_event_is_explained_for_the_records_at_hand() -> Result<(), Box<dyn Error>> {
    let policy = Policy::profile("google", &Value::Null)?;
    let event = json!({ "event": "password_change", "sub": "alice", "now": 1_700_000_100 });
    let decision = serde_json::to_value(policy.event(&handed_over(&event))?)?;
    let token = |id: &str, scope: &str| {
        json!({ "kind": "refresh_token", "id": id, "sub": "alice", "scope": scope, "status": "active", "binding": "offline",
            "issued_at": 1_700_000_000 })
    };
    let explained = |records: Json| -> Result<Json, Box<dyn Error>> {
        let options = handed_over(&json!({ "records": records }));
        Ok(serde_json::to_value(policy.explain(&handed_over(&decision), &options)?)?)
    };
    let none = explained(json!([token("RT1", "openid email")]))?;
    let said: Vec<&str> = list(&none, "/sentences").iter().map(|sentence| text(sentence, "/says")).collect();
    assert!(text(&none, "/sentences/0/says").starts_with("Nothing ends"), "{said:?}");
    assert_eq!(text(&none, "/sentences/1/of"), "RT1");
    assert_eq!(text(&none, "/sentences/1/because"), "it has no scope of Gmail");
    let one = explained(json!([token("RT1", "openid"), token("RT2", "https://mail.google.com/")]))?;
    assert_eq!(text(&one, "/sentences/0/says"), "One record ends.");
    assert_eq!((text(&one, "/sentences/1/of"), text(&one, "/sentences/1/says")), ("RT2", "RT2 ends."));
    assert_eq!(text(&one, "/sentences/2/says"), "RT1 lives on.");
    let general = serde_json::to_value(policy.explain(&handed_over(&decision), &Value::Null)?)?;
    assert!(text(&general, "/sentences/0/says").contains("Gmail"), "{general}");
    Ok(())
}

/// A line of each decision: JSON, with the keys of `docs/log.md` and no others.
#[test]
fn every_decision_has_its_line() -> Result<(), Box<dyn Error>> {
    let documented = include_str!("../docs/log.md");
    for (id, policy, decision) in decisions() {
        let line = policy.log(&handed_over(&decision), &LogOptions { client_id: Some("a\"b\n\u{e9}".into()) })?;
        assert!(!line.contains('\n') && line.is_ascii(), "{id}: {line}");
        let read: Json = serde_json::from_str(&line)?;
        assert_eq!(text(&read, "/client_id"), "a\"b\n\u{e9}");
        assert_eq!(read["situation"], decision["situation"], "{id}");
        let decided = decision.get("outcome").or(decision.get("status"));
        assert_eq!(Some(&read["outcome"]), decided, "{id}");
        for key in read.as_object().into_iter().flat_map(|members| members.keys()) {
            assert!(documented.contains(&format!("| `{key}` |")), "{key} is not documented");
        }
    }
    Ok(())
}

/// Nothing of a request, of a session or of a record is in a line.
#[test]
fn a_line_leaks_nothing() -> Result<(), Box<dyn Error>> {
    let policy = Policy::profile("openid-core", &Value::Null)?;
    let request = json!({
        "client_id": "SECRETclient", "response_type": "code", "redirect_uri": "https://secretclient.example/SECRETcb",
        "scope": "openid SECRETscope offline_access", "state": "SECRETstate", "nonce": "SECRETnonce", "prompt": "SECRETprompt consent",
        "display": "SECRETdisplay", "login_hint": "SECREThint", "access_type": "SECRETaccess", "claims": "SECRETclaims",
    });
    let client = json!({ "client_id": "SECRETclient", "redirect_uris": ["https://secretclient.example/SECRETcb"],
        "grant_types": ["authorization_code", "refresh_token"] });
    let session = json!({ "sid": "SECRETsid", "sub": "SECRETsub", "auth_time": 1_699_999_990 });
    for (prompt, login) in [(true, true), (false, true), (true, false)] {
        let mut request = request.clone();
        if !prompt {
            request["prompt"] = json!("none");
        }
        let session = if login { session.clone() } else { Json::Null };
        let input =
            json!({ "request": request, "client": client, "session": session, "grant": null, "now": 1_700_000_000 });
        let decision = serde_json::to_value(policy.authorize(&handed_over(&input))?)?;
        assert!(decision.to_string().contains("SECRET"), "the test marks what could leak");
        let line = policy.log(&handed_over(&decision), &LogOptions { client_id: None })?;
        assert!(!line.to_lowercase().contains("secret"), "{line}");
    }
    // What stands in a decision's place is no word of ours, and is refused.
    let situation = serde_json::to_value(
        policy.event(&handed_over(&json!({ "event": "password_change", "sub": "a", "now": 1 })))?,
    )?;
    let forged = json!({ "situation": situation["situation"], "outcome": "SECRET outcome" });
    assert!(policy.log(&handed_over(&forged), &LogOptions { client_id: None }).is_err());
    Ok(())
}

/// Equal policies have one fingerprint, however they were written, and one setting more makes another.
#[test]
fn a_fingerprint_is_that_of_the_settings() -> Result<(), Box<dyn Error>> {
    let fingerprint = |name: &str, overrides: Json| -> Result<String, Misuse> {
        Ok(Policy::profile(name, &handed_over(&overrides))?.fingerprint())
    };
    let plain = fingerprint("openid-core", json!(null))?;
    assert_eq!(plain.len(), 32);
    let one = fingerprint("openid-core", json!({ "auto_approval": false, "issuer": "https://as.example" }))?;
    assert_eq!(one, fingerprint("openid-core", json!({ "issuer": "https://as.example", "auto_approval": false }))?);
    assert_eq!(plain, fingerprint("openid-core", json!({ "clock_tolerance_s": 5 }))?, "a value that holds anyway");
    let mut seen = vec![plain, one];
    for overrides in [
        json!({ "auto_approval": false }),
        json!({ "code_lifetime_s": 61 }),
        json!({ "code_lifetime_s": 62 }),
        json!({ "scopes_supported": ["a", "b"] }),
        json!({ "scopes_supported": ["ab"] }),
        json!({ "allowed_scopes": ["a", "b"] }),
    ] {
        let other = fingerprint("openid-core", overrides)?;
        assert!(!seen.contains(&other), "{other}");
        seen.push(other);
    }
    Ok(())
}

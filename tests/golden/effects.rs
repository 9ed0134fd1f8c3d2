//! The effects of events under every profile, and of the decisions about stored records: every filter and every member of a
//! record that is stored. `GRANTWISE_GOLDEN=write cargo test --test golden` writes the file anew.

use std::error::Error;

use grantwise::Policy;
use grantwise::input::Value;
use grantwise::policy::profiles::PROFILES;
use serde_json::{Map, Value as Json, json};

use crate::otherwise::{GRANTED, OTHERWISE};
use crate::{RECORDS, decided, handed_over, member, only, text, written};

const FILE: &str = "tests/golden/effects.jsonl";
const EFFECTS: &str = include_str!("effects.jsonl");

const NOW: u64 = 1_700_000_000;

/// Every event, as often as something in it makes a difference.
fn events(records: &Json) -> Vec<(String, Json)> {
    let session = json!({ "sid": "s1", "sub": "alice" });
    let mut events = Vec::new();
    let mut add = |name: &str, event: Json| events.push((name.to_owned(), event));
    for event in ["logout", "session_timeout", "admin_ends_session", "switch_account"] {
        add(event, json!({ "event": event, "session": session }));
    }
    let hint = |sub: &str, issued_here: bool| json!({ "sub": sub, "issued_here": issued_here, "expired": false });
    let hints = [("no hint", Json::Null), ("her hint", hint("alice", true)), ("another's hint", hint("bob", true))];
    for (hinted, hint) in hints.into_iter().chain([("a foreign hint", hint("alice", false))]) {
        for (answered, answer) in [("not asked", None), ("yes", Some("yes")), ("no", Some("no"))] {
            for client in [None, Some("calendar")] {
                let mut event = json!({ "event": "rp_initiated_logout", "session": session, "id_token_hint": hint });
                let members = event.as_object_mut();
                if let Some(members) = members {
                    members.extend(answer.map(|answer| ("user_answer".to_owned(), json!(answer))));
                    members.extend(client.map(|client| ("client_id".to_owned(), json!(client))));
                }
                let client = if client.is_some() { ", from a client" } else { "" };
                add(&format!("rp_initiated_logout, {hinted}, {answered}{client}"), event);
            }
        }
    }
    add("rp_initiated_logout, nobody signed in", json!({ "event": "rp_initiated_logout", "session": null }));
    add("password_change", json!({ "event": "password_change", "sub": "alice" }));
    for event in ["user_revokes_app", "issue_refresh_token"] {
        add(event, json!({ "event": event, "sub": "alice", "client_id": "calendar" }));
    }
    let token = member(records, "openid-core: refresh_token");
    add("as_revokes_refresh_token", json!({ "event": "as_revokes_refresh_token", "token": token }));
    for (whose, sub, client) in [
        ("of all", None, None),
        ("of a user", Some("alice"), None),
        ("of a client", None, Some("calendar")),
        ("of a user and a client", Some("alice"), Some("calendar")),
    ] {
        let mut event = json!({ "event": "condition_withdrawn", "basis": "employment_contract" });
        if let Some(members) = event.as_object_mut() {
            members.extend(sub.map(|sub| ("sub".to_owned(), json!(sub))));
            members.extend(client.map(|client| ("client_id".to_owned(), json!(client))));
        }
        add(&format!("condition_withdrawn, {whose}"), event);
    }
    events
}

/// What is committed of a decision: what comes of it, and the rules that took part.
fn told(decision: &Json) -> Json {
    let mut told = only(decision, &["outcome", "summary", "effects"]);
    // Of what else is issued or set aside: that it is.
    for name in ["id_token", "ignored"] {
        let there = decision.get(name).is_some_and(|value| !value.is_null() && *value != json!([]));
        if let (true, Some(members)) = (there, told.as_object_mut()) {
            members.insert(name.to_owned(), json!(true));
        }
    }
    let trace = member(decision, "trace").as_array().map_or(&[][..], Vec::as_slice);
    let rules: Vec<&str> = trace.iter().map(|entry| text(entry, "rule")).collect();
    if let Some(members) = told.as_object_mut() {
        members.insert("rules".to_owned(), json!(rules.join(" ")));
    }
    told
}

/// What there is under each profile: the profiles with the same stand together.
fn under_every_profile(decide: impl Fn(&'static str) -> Result<Json, Box<dyn Error>>) -> Result<Json, Box<dyn Error>> {
    let mut answers: Vec<(Json, Vec<&str>)> = Vec::new();
    for profile in PROFILES {
        let answer = told(&decide(profile.name)?);
        match answers.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, profiles)) => profiles.push(profile.name),
            None => answers.push((answer, vec![profile.name])),
        }
    }
    let answers = answers.into_iter().map(|(mut answer, profiles)| {
        if let Some(members) = answer.as_object_mut() {
            members.insert("profiles".to_owned(), json!(profiles.join(" ")));
        }
        answer
    });
    Ok(Json::Array(answers.collect()))
}

fn of_events(records: &Json) -> Result<Json, Box<dyn Error>> {
    let mut all = Map::new();
    let limited = json!({ "max_refresh_tokens_per_client_and_user": 2 });
    let mut decide = |name: String, mut event: Json, overrides: &Json| -> Result<(), Box<dyn Error>> {
        event.as_object_mut().ok_or("an event is an object")?.insert("now".to_owned(), json!(NOW + 10));
        let (event, overrides) = (handed_over(&event), handed_over(overrides));
        let decide = |profile| {
            let policy = Policy::profile(profile, &overrides).map_err(|misuse| misuse.to_string())?;
            written(policy.event(&event))
        };
        all.insert(name, under_every_profile(decide)?);
        Ok(())
    };
    for (name, event) in events(records) {
        decide(name, event, &limited)?;
    }
    // What no profile chooses.
    for ends in [json!(true), json!("browser_clients_only"), json!("access_tokens_only")] {
        let event = json!({ "event": "logout", "session": { "sid": "s1", "sub": "alice" } });
        decide(format!("logout, logout_revokes_offline is {ends}"), event, &json!({ "logout_revokes_offline": ends }))?;
    }
    Ok(Json::Object(all))
}

/// What comes of each case of the records, and of those of one profile under all the others.
fn of_records(golden: &Json) -> Result<Json, Box<dyn Error>> {
    let records = member(golden, "records");
    let cases = member(golden, "cases").as_array().ok_or("there are no cases")?;
    let mut all = Vec::new();
    for case in cases.iter().filter(|case| text(case, "call") != "status") {
        let mut entry = only(case, &["profile", "call", "records"]);
        let under = |profile: &str| {
            let mut case = case.clone();
            case.as_object_mut().ok_or("a case is an object")?.insert("profile".to_owned(), json!(profile));
            decided(&case, records)
        };
        let here = text(case, "profile");
        let came = if here == "openid-core" { under_every_profile(under)? } else { told(&under(here)?) };
        entry.as_object_mut().ok_or("a case is an object")?.insert("came".to_owned(), came);
        all.push(entry);
    }
    Ok(Json::Array(all))
}

/// Puts a value where a path says: in a stored record, or else in the case.
fn put(at: &str, value: &str, case: &mut Json, stored: &mut Json) -> Result<(), Box<dyn Error>> {
    let (at, object) = match at.strip_prefix("/record/") {
        Some(rest) => (format!("/{rest}"), stored),
        None => (at.to_owned(), case),
    };
    let (parent, key) = at.rsplit_once('/').ok_or("a place is a path")?;
    let parent = object.pointer_mut(parent).and_then(Json::as_object_mut);
    parent.ok_or_else(|| format!("there is no {at}"))?.insert(key.to_owned(), serde_json::from_str(value)?);
    Ok(())
}

fn of_requests(golden: &Json) -> Result<Json, Box<dyn Error>> {
    let records = member(golden, "records");
    let cases = member(golden, "cases").as_array().ok_or("there are no cases")?;
    let mut all = Map::new();
    for (call, otherwise) in OTHERWISE {
        let base = cases.iter().find(|case| text(case, "call") == call && text(case, "profile") == "openid-core");
        let mut case = base.ok_or("there is no such case")?.clone();
        let stored = member(&case, "records").as_object().and_then(|named| named.values().next());
        let stored = stored.and_then(Json::as_str).ok_or("a case names a record")?.to_owned();
        let mut records = records.clone();
        let mut name = call.to_owned();
        for (at, value) in otherwise {
            put(at, value, &mut case, records.get_mut(&stored).ok_or("a record is there")?)?;
            let value = if *value == GRANTED { "a refresh token" } else { value };
            name.push_str(&format!(", {} is {value}", at.trim_start_matches("/input").trim_start_matches('/')));
        }
        let came = under_every_profile(|profile| {
            let mut case = case.clone();
            case.as_object_mut().ok_or("a case is an object")?.insert("profile".to_owned(), json!(profile));
            // What is misuse of the interface is so under every profile.
            Ok(decided(&case, &records)
                .unwrap_or_else(|misuse| json!({ "outcome": "misuse", "summary": misuse.to_string() })))
        })?;
        all.insert(name, came);
    }
    Ok(Json::Object(all))
}

/// A line for each answer to a question, and one for each case of the records.
fn lines(golden: &Json) -> Result<Vec<String>, Box<dyn Error>> {
    let mut lines = Vec::new();
    for asked in [of_events(member(golden, "records"))?, of_requests(golden)?] {
        for (name, answers) in asked.as_object().into_iter().flatten() {
            for answer in answers.as_array().into_iter().flatten() {
                lines.push(json!([name, answer]).to_string());
            }
        }
    }
    let cases = of_records(golden)?;
    lines.extend(cases.as_array().into_iter().flatten().map(Json::to_string));
    Ok(lines)
}

/// Whose hint it is shows in the situation, though the user is asked either way: an explanation names it.
#[test]
fn hints_at_a_logout_are_told_apart() -> Result<(), Box<dyn Error>> {
    let policy = Policy::profile("openid-core", &Value::Null).map_err(|misuse| misuse.to_string())?;
    let events = events(member(&serde_json::from_str(RECORDS)?, "records"));
    let situation = |hint: &str| {
        let name = format!("rp_initiated_logout, {hint}, not asked");
        let (_, event) = events.iter().find(|(known, _)| *known == name).ok_or("there is no such event")?;
        let mut event = event.clone();
        event.as_object_mut().ok_or("an event is an object")?.insert("now".to_owned(), json!(NOW));
        Ok::<_, Box<dyn Error>>(member(&written(policy.event(&handed_over(&event)))?, "situation").clone())
    };
    assert_eq!(situation("a foreign hint")?, situation("no hint")?);
    assert_ne!(situation("another's hint")?, situation("no hint")?);
    assert_ne!(situation("her hint")?, situation("another's hint")?);
    Ok(())
}

#[test]
fn effects_are_the_committed_ones() -> Result<(), Box<dyn Error>> {
    let now = lines(&serde_json::from_str(RECORDS)?)?;
    if std::env::var("GRANTWISE_GOLDEN").is_ok_and(|what| what == "write") {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
        return Ok(std::fs::write(file, now.join("\n") + "\n")?);
    }
    let committed: Vec<&str> = EFFECTS.lines().collect();
    for (one, other) in committed.iter().zip(&now) {
        assert_eq!(one, other, "committed and now; GRANTWISE_GOLDEN=write writes {FILE} anew");
    }
    assert_eq!(committed.len(), now.len());
    assert!(now.len() > 300);
    Ok(())
}

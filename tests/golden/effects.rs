//! The effects of events under every profile, and of the decisions about stored records: every filter and every member of a
//! record that is stored. `GRANTWISE_GOLDEN=write cargo test --test golden` writes the file anew.

use std::error::Error;

use grantwise::Policy;
use grantwise::policy::profiles::PROFILES;
use serde_json::{Map, Value as Json, json};

use crate::{RECORDS, decided, handed_over, member, only, text, written};

const FILE: &str = "tests/golden/effects.json";
const EFFECTS: &str = include_str!("effects.json");

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

/// What there is under each profile: the profiles with the same stand together.
fn under_every_profile(
    decide: impl Fn(&'static str) -> Result<Json, Box<dyn Error>>,
    told: &[&str],
) -> Result<Json, Box<dyn Error>> {
    let mut answers: Vec<(Json, Vec<&str>)> = Vec::new();
    for profile in PROFILES {
        let answer = only(&decide(profile.name)?, told);
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
    let overrides = handed_over(&json!({ "max_refresh_tokens_per_client_and_user": 2 }));
    let mut all = Map::new();
    for (name, mut event) in events(records) {
        event.as_object_mut().ok_or("an event is an object")?.insert("now".to_owned(), json!(NOW + 10));
        let decide = |profile| {
            let policy = Policy::profile(profile, &overrides).map_err(|misuse| misuse.to_string())?;
            written(policy.event(&handed_over(&event)))
        };
        all.insert(name, under_every_profile(decide, &["outcome", "summary", "effects"])?);
    }
    Ok(Json::Object(all))
}

/// What comes of each case of the records, and of those of one profile under all the others.
fn of_records(golden: &Json) -> Result<Json, Box<dyn Error>> {
    let records = member(golden, "records");
    let cases = member(golden, "cases").as_array().ok_or("there are no cases")?;
    let mut all = Vec::new();
    for case in cases.iter().filter(|case| text(case, "call") != "status") {
        let mut told = only(case, &["profile", "call", "records"]);
        let under = |profile: &str| {
            let mut case = case.clone();
            case.as_object_mut().ok_or("a case is an object")?.insert("profile".to_owned(), json!(profile));
            decided(&case, records)
        };
        let here = text(case, "profile");
        let came = if here == "openid-core" {
            under_every_profile(under, &["effects"])?
        } else {
            only(&under(here)?, &["effects"])
        };
        told.as_object_mut().ok_or("a case is an object")?.insert("came".to_owned(), came);
        all.push(told);
    }
    Ok(Json::Array(all))
}

#[test]
fn effects_are_the_committed_ones() -> Result<(), Box<dyn Error>> {
    let golden: Json = serde_json::from_str(RECORDS)?;
    let now = json!({ "events": of_events(member(&golden, "records"))?, "records": of_records(&golden)? });
    if std::env::var("GRANTWISE_GOLDEN").is_ok_and(|what| what == "write") {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
        return Ok(std::fs::write(file, serde_json::to_string_pretty(&now)? + "\n")?);
    }
    let committed: Json = serde_json::from_str(EFFECTS)?;
    for part in ["events", "records"] {
        let (one, other) = (member(&committed, part), member(&now, part));
        if one == other {
            continue;
        }
        let first = match (one, other) {
            (Json::Array(one), Json::Array(other)) => one.iter().zip(other).find(|(one, other)| one != other),
            (Json::Object(one), Json::Object(_)) => {
                one.iter().map(|(name, value)| (value, member(other, name))).find(|(one, other)| one != other)
            }
            _ => None,
        };
        return Err(format!("{part} have other effects, first: {first:#?}").into());
    }
    Ok(())
}

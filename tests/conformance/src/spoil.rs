//! Vectors with one assertion made wrong, to see that the comparison notices.

use serde_json::{Map, Value, json};

/// Copies of a vector, each with one asserted value replaced by another that could stand there, and where it stands.
pub fn spoil(vector: &Value) -> Vec<(String, Value)> {
    match vector.get("steps").and_then(Value::as_array) {
        Some(steps) => (0..steps.len()).flat_map(|index| expectation(vector, &format!("/steps/{index}"))).collect(),
        None => expectation(vector, ""),
    }
}

/// Of alternatives, each stands alone: the others would meet what came, or fail, without regard to it.
fn expectation(vector: &Value, at: &str) -> Vec<(String, Value)> {
    let pointer = format!("{at}/any_of");
    let Some(alternatives) = vector.pointer(&pointer).and_then(Value::as_array) else {
        return spoilt(vector, &format!("{at}/expect"));
    };
    let alone = alternatives.iter().enumerate().flat_map(|(index, alternative)| {
        let mut vector = vector.clone();
        if let Some(alternatives) = vector.pointer_mut(&pointer) {
            *alternatives = json!([alternative]);
        }
        let places = spoilt(&vector, &format!("{pointer}/0"));
        places.into_iter().map(move |(place, wrong)| (format!("alternative {index}: {place}"), wrong))
    });
    alone.collect()
}

fn spoilt(vector: &Value, at: &str) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    members(at, vector.pointer(at), &mut places);
    let token_request = vector.get("kind").is_some_and(|kind| kind == "token");
    let spoilt = places.into_iter().filter_map(|(pointer, wrong)| {
        let ok = token_request && pointer == format!("{at}/result") && wrong == "ok";
        let mut vector = vector.clone();
        *vector.pointer_mut(&pointer)? = if ok { "tokens".into() } else { wrong };
        Some((pointer, vector))
    });
    spoilt.collect()
}

type Places = Vec<(String, Value)>;

fn members(at: &str, value: Option<&Value>, places: &mut Places) {
    let Some(object) = value.and_then(Value::as_object) else { return };
    // A lifetime that is left open says nothing, and a null refresh_token takes the rest with it.
    let open = object.get("kind").is_some_and(|kind| kind == "unspecified");
    let silent = object.get("refresh_token").is_some_and(Value::is_null);
    for (key, value) in object {
        if key == "notes" || open || (silent && key.starts_with("refresh_token")) {
            continue;
        }
        let pointer = format!("{at}/{key}");
        match value {
            Value::Object(_) => members(&pointer, Some(value), places),
            Value::Array(entries) => {
                places.push((pointer.clone(), longer(key, entries)));
                for (index, entry) in entries.iter().enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    // Each rule is asserted on its own, the entries of another list are not.
                    places.extend(
                        entry
                            .as_str()
                            .filter(|_| key == "rules")
                            .map(|rule| (pointer.clone(), other_word(at, key, rule))),
                    );
                    members(&pointer, Some(entry), places);
                }
            }
            Value::Bool(flag) => places.push((pointer, (!flag).into())),
            Value::Number(number) => places.push((pointer, number.as_u64().unwrap_or(0).saturating_add(1).into())),
            Value::String(text) => places.push((pointer, other_word(at, key, text))),
            Value::Null => places.extend(something(key, object).map(|wrong| (pointer, wrong))),
        }
    }
}

/// A list with one entry more, or fewer.
fn longer(key: &str, entries: &[Value]) -> Value {
    let more = match key {
        "interaction" | "screens" if !entries.is_empty() => return json!([]),
        "interaction" | "screens" => json!("login"),
        "ignored" => json!({ "param": "zork", "value": "zork", "reason": "unsupported" }),
        "issued" => json!({ "name": "zork", "kind": "access_token" }),
        _ => json!("zork"),
    };
    entries.iter().cloned().chain([more]).collect()
}

fn other_word(at: &str, key: &str, text: &str) -> Value {
    let other = match (key, text) {
        ("result", "tokens" | "ok" | "ask_user") => "error",
        ("result", "error") => "ok",
        ("result", "http_200") => "http_204",
        ("result", "http_204") => "http_200",
        ("result", "redirect_error") => "error_page",
        ("result", "error_page") => "redirect_error",
        ("result", "code") => "none_response",
        ("placement" | "response_in", "query") => "fragment",
        ("placement" | "response_in", "fragment" | "form_post") => "query",
        ("placement", "token_response") => "http_401",
        ("placement", _) => "token_response",
        ("reason", "unsupported") => "unknown_value",
        ("reason", _) => "unsupported",
        ("binding" | "refresh_token_binding", "session") => "offline",
        ("binding" | "refresh_token_binding", "offline") => "session",
        ("kind", "access_token") => "refresh_token",
        ("kind", "refresh_token" | "id_token") => "access_token",
        ("kind", "session") => "until_revoked",
        ("kind", _) => "session",
        ("session", "active") => "ended",
        ("session", _) | (_, "revoked" | "expired" | "superseded" | "used") => "active",
        (_, "active") => "revoked",
        (_, "kept") => "removed",
        ("grant", "removed") if at.ends_with("/effects") => "kept",
        ("result", _) => "code",
        _ => return format!("{text}zork").into(),
    };
    other.into()
}

/// What could stand in the place of an asserted null.
fn something(key: &str, beside: &Map<String, Value>) -> Option<Value> {
    match key {
        "error" => Some(json!({ "code": "zork", "placement": "query" })),
        "token_set" | "front_channel" => Some(json!({ "access_token": true })),
        "consent_screen" => Some(json!({ "new": ["zork"], "already_granted": [], "offline_notice": false })),
        "response_in" => Some(json!("query")),
        "iss" => Some(json!("https://zork.example")),
        "redirect_host" => Some(json!("zork.example")),
        "refresh_token_binding" if beside.get("refresh_token").is_some() => Some(json!("session")),
        _ => None,
    }
}

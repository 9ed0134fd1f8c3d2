//! An authorization vector with everything in it, and how the tests change it.

use grantwise_conformance::{Expectation, Work, prepare};
use serde_json::{Value, json};

pub(crate) fn vector() -> Value {
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

pub(crate) fn ready(vector: &Value) -> Result<(Value, Expectation), String> {
    match prepare(&vector.to_string()).pop().map(|prepared| prepared.work) {
        Some(Work::Script(script, expectation)) => Ok((script, expectation)),
        other => Err(format!("{other:?}")),
    }
}

/// Every member is set, or removed when the value is none.
pub(crate) fn changed(mut value: Value, changes: &[(&str, Value)]) -> Result<Value, String> {
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

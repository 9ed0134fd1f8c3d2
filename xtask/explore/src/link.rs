//! A link to the playground, which opens an authorization request with everything beside it. What it says is read by
//! `www/src/state/fragment.ts`.

use grantwise::decide::fact::Fact;
use grantwise::explore::sample::Sample;
use serde_json::Value;

use crate::policies::{Named, written};
use crate::shown::setting;

/// Where the playground's own requests go.
const ENDPOINT: &str = "https://as.example/authorize";
/// The profile of a link that names none.
const USUAL: &str = "openid-core";
/// Members of the input as the playground names them: where they stand, the name, and what is left out.
const NAMED: &[(&str, &str, &str)] = &[
    ("/client/application_type", "client", "web"),
    ("/client/publishing_status", "client.publishing_status", ""),
    ("/trust/first_party", "client.first_party", "false"),
    ("/trust/redirect_identity", "client.redirect_identity", ""),
    ("/session/accounts", "session.accounts", "1"),
    ("/grant/scope", "grant", ""),
    ("/grant/remembered", "grant.remembered", "true"),
    ("/grant/how", "grant.how", "explicit_prompt"),
    ("/grant/first_code_exchanged", "grant.first_code_exchanged", "true"),
    ("/grant/project_shared", "grant.project_shared", "false"),
    ("/grant/grant_id", "grant.id", ""),
    ("/conditions/0/basis", "condition", ""),
    ("/conditions/0/permits_offline", "condition.offline", "true"),
    ("/circumstances/launch", "server.launch", ""),
    ("/circumstances/client_eligible", "server.client_eligible", "true"),
    ("/circumstances/user_may_have_offline", "server.user_may_have_offline", "true"),
    ("/circumstances/admin_restricted", "server.admin_restricted", "false"),
    ("/circumstances/consent_screen_available", "server.consent_screen_available", "true"),
    ("/circumstances/consent_valid", "server.consent_valid", "true"),
    ("/id_token_hint/sub", "hint", "alice"),
];

/// The part of the address behind the `#`.
pub(crate) fn fragment<F: Fact>(policy: &Named, sample: &Sample<F>, input: &Value) -> String {
    let mut said: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: &str| said.push((name.to_owned(), value.to_owned()));
    if policy.profile.name != USUAL {
        put("profile", policy.profile.name);
    }
    if let Some(knob) = policy.changed {
        put(&format!("policy.{}", knob.id()), &written(knob));
    }
    for (key, value) in &sample.configuration {
        put(&format!("policy.{key}"), &setting(value));
    }
    let request = input.pointer("/request").and_then(Value::as_str).unwrap_or_default();
    put("url", &format!("{ENDPOINT}?{request}"));
    if input.pointer("/client").is_some_and(Value::is_null) {
        put("client.known", "false");
    }
    if input.pointer("/client/token_endpoint_auth_method").is_some() {
        put("client.public", "true");
    }
    let has = |name: &str, member: &str| {
        let listed = input.pointer(name).and_then(Value::as_array);
        listed.is_none_or(|listed| listed.iter().any(|item| item.as_str() == Some(member)))
    };
    if !has("/client/grant_types", "refresh_token") {
        put("client.refresh_grant", "false");
    }
    if let Some(address) = input.pointer("/client/redirect_uris/0").and_then(Value::as_str) {
        put("client.redirect_uri", address);
    }
    match input.pointer("/session") {
        Some(Value::Null) | None => put("session", "none"),
        Some(_) => put("session.age", "60"),
    }
    for (pointer, name, usual) in NAMED {
        let value = match input.pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => continue,
            Some(other) => other.to_string(),
        };
        if value != *usual {
            put(name, &value);
        }
    }
    for answer in input.pointer("/answers").and_then(Value::as_array).into_iter().flatten() {
        let of = |name: &str| answer.get(name).and_then(Value::as_str);
        let field = if of("screen") == Some("select_account") { "account" } else { of("screen").unwrap_or_default() };
        match of("result") {
            // What the playground has for a choice that was made is the account.
            Some("done") | None => {}
            Some(result) => put(field, result),
        }
    }
    let pairs: Vec<String> = said.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    format!("#{}", pairs.join("&"))
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

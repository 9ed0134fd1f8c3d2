//! Vectors of the kinds `event`, `revoke`, `grant_api` and `api`: what ends tokens, and whether one still lives.

use super::given::{Given, Uses};
use super::person::Person;
use super::sent::Sent;
use super::token::{authentication, client};
use super::tokens::{context, crowd, record, records, statuses};
use super::{NOW, Vector, hint_facts, request, required};
use crate::Expectation;
use crate::compare::answer::World;
use crate::vector::Fields;
use serde_json::{Map, Value, json};

const ENDPOINTS: [&str; 5] = ["event", "logout_endpoint", "revoke", "grants", "api"];
const EVENTS: [&str; 8] = [
    "admin_ends_session",
    "as_revokes_refresh_token",
    "issue_refresh_token",
    "logout",
    "password_change",
    "session_timeout",
    "switch_account",
    "user_revokes_app",
];

/// The script of a vector, and what it expects.
pub(crate) fn script(vector: Vector) -> Result<(Value, Expectation), String> {
    let Vector { id, profile, given: mut fields, request: mut asked, expect } = vector;
    let endpoint = required(asked.word("endpoint", &ENDPOINTS)?, "request.endpoint")?;
    let given = Given::read(&mut fields, &Uses::response_types(["code"]))?;
    fields.fields("user")?.map(Person::read).transpose()?;
    let mut records = records(fields.take("tokens"), &given)?;
    if fields.take("code").is_some_and(|code| !code.is_null()) {
        return Err("`given.code` goes with a token request".to_owned());
    }
    fields.finish()?;

    let (call, input) = match endpoint.as_str() {
        "event" => ("event", event(asked, &given, &mut records)?),
        "logout_endpoint" => ("event", logout(asked, &given)?),
        "revoke" => ("revoke", revoke(asked, &given, &id, &records)?),
        "grants" => ("manageGrant", grants(asked, &given)?),
        _ => ("status", api(asked, &given, &records)?),
    };
    let world = World::new(&records, &given);
    let expectation =
        if call == "status" { Expectation::of_status(expect, world) } else { Expectation::of_event(expect, world) }?;
    let script = json!({
        "id": id,
        "policy": { "profile": profile, "overrides": given.overrides },
        "call": call,
        "input": input,
        "statuses": statuses(&records, &given),
    });
    Ok((script, expectation))
}

fn event(mut asked: Fields, given: &Given, records: &mut Vec<Value>) -> Result<Value, String> {
    let event = required(asked.word("event", &EVENTS)?, "request.event")?;
    let mut input = Map::new();
    let user = Value::from(given.user());
    // The client that an event concerns. A whole session ends without regard to who asked for it.
    let client = asked.text("client_id")?.unwrap_or_else(|| given.client.id.clone());
    let user_and_client = [("sub".to_owned(), user.clone()), ("client_id".to_owned(), client.as_str().into())];
    match event.as_str() {
        "password_change" => input.extend([("sub".to_owned(), user)]),
        "user_revokes_app" => input.extend(user_and_client),
        "as_revokes_refresh_token" => {
            let named = asked.text("token")?.or(asked.text("refresh_token")?);
            // Where the vector names none, there is only one.
            let only = || records.iter().filter(|one| one.get("kind") == Some(&json!("refresh_token")));
            let token = match named {
                Some(name) => record(records, Some(&name)).clone(),
                None => only().next().filter(|_| only().count() == 1).cloned().unwrap_or_default(),
            };
            if token.is_null() {
                return Err("the refresh token that the server revokes is not in `given.tokens`".to_owned());
            }
            input.insert("token".to_owned(), token);
        }
        "issue_refresh_token" => {
            let count = required(asked.integer("live_count")?, "request.live_count")?;
            let crowd = crowd(count, &client, records, given)?;
            records.extend(crowd);
            input.extend(user_and_client);
        }
        _ => {
            if event == "switch_account" {
                // Who comes next does not change what ends now.
                required(asked.text("to")?, "request.to")?;
            }
            input.insert("session".to_owned(), json!({ "sid": "s1", "sub": user }));
        }
    }
    asked.finish()?;
    input.insert("event".to_owned(), event.into());
    input.insert("now".to_owned(), NOW.into());
    Ok(Value::Object(input))
}

/// RP-initiated logout, by the client that the request may name.
fn logout(mut asked: Fields, given: &Given) -> Result<Value, String> {
    let mut sent = asked.required_fields("params")?;
    let client = sent.text("client_id")?;
    let hint = sent.text("id_token_hint")?.map(|written| hint_facts(&written, given.user())).transpose()?;
    sent.finish()?;
    let mut input = Map::new();
    input.insert("event".to_owned(), "rp_initiated_logout".into());
    let session = given.session.as_ref().map_or(Value::Null, |session| json!({ "sid": "s1", "sub": session.user }));
    input.insert("session".to_owned(), session);
    input.extend(client.map(|client| ("client_id".to_owned(), client.into())));
    input.extend(hint.map(|hint| ("id_token_hint".to_owned(), hint)));
    let answer = asked.word("user_answer", &["yes", "no"])?;
    asked.finish()?;
    input.extend(answer.map(|answer| ("user_answer".to_owned(), answer.into())));
    input.insert("now".to_owned(), NOW.into());
    Ok(Value::Object(input))
}

fn revoke(mut asked: Fields, given: &Given, id: &str, records: &[Value]) -> Result<Value, String> {
    let authentication = authentication(&mut asked)?;
    let sent = Sent::read(asked, &["token", "token_type_hint", "client_id"])?;
    let mut input = Map::new();
    client(&mut input, authentication, given, &sent);
    let token = record(records, sent.get("token"));
    input.insert("token".to_owned(), token.clone());
    let mut parameters = sent.pairs().to_vec();
    if given.client.public && !sent.mentions("client_id") {
        parameters.push(("client_id".to_owned(), given.client.id.clone()));
    }
    input.insert("request".to_owned(), request::body(id, &parameters));
    input.insert("now".to_owned(), NOW.into());
    Ok(Value::Object(input))
}

fn grants(mut asked: Fields, given: &Given) -> Result<Value, String> {
    let method = required(asked.word("method", &["GET", "DELETE"])?, "request.method")?;
    let id = required(asked.text("grant_id")?, "request.grant_id")?;
    let client = asked.text("client_id")?.unwrap_or_else(|| given.client.id.clone());
    let scope = asked.text("access_token_scope")?.unwrap_or_default();
    asked.finish()?;
    let grant = given.grant.as_ref().filter(|grant| grant.id.as_deref() == Some(&id));
    Ok(json!({
        "method": method,
        "grant": grant.map_or(Value::Null, |grant| grant.of(given.user())),
        "client_id": client,
        "scope": scope,
        "now": NOW,
    }))
}

/// A resource server asks about the token that it was shown.
fn api(mut asked: Fields, given: &Given, records: &[Value]) -> Result<Value, String> {
    let name = required(asked.text("access_token")?, "request.access_token")?;
    asked.finish()?;
    let shown = record(records, Some(&name));
    let shown = if shown.get("kind") == Some(&json!("access_token")) { shown } else { &Value::Null };
    Ok(json!({ "record": shown, "context": context(shown, given) }))
}

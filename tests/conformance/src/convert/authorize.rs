//! Vectors of kind `authorize`: one request, and the person who meets its pages.

use super::given::{Given, Grant, Uses};
use super::person::Person;
use super::sent::Sent;
use super::{NOW, Vector, hint_facts, request, required};
use crate::Expectation;
use crate::vector::Fields;
use serde_json::{Value, json};

/// The parameters that vectors send to the authorization endpoint.
pub(crate) const PARAMETERS: [&str; 29] = [
    "access_type",
    "acr_values",
    "approval_prompt",
    "authorization_details",
    "claims",
    "client_id",
    "code_challenge",
    "code_challenge_method",
    "display",
    "grant_id",
    "grant_management_action",
    "id_token_hint",
    "idp",
    "include_granted_scopes",
    "launch",
    "login_hint",
    "max_age",
    "nonce",
    "prompt",
    "redirect_uri",
    "registration",
    "request",
    "request_uri",
    "resource",
    "response_mode",
    "response_type",
    "scope",
    "state",
    "ui_locales",
];

/// The script of a vector, and what it expects.
pub(crate) fn script(vector: Vector) -> Result<(Value, Expectation), String> {
    let Vector { id, profile, given: mut fields, request: mut asked, expect } = vector;
    required(asked.word("endpoint", &["authorize"])?, "request.endpoint")?;
    let sent = Sent::read(asked, &PARAMETERS)?;
    let expectation = Expectation::of_authorization(expect)?;
    let person = Person::read(fields.required_fields("user")?)?;
    let given = given(&mut fields, &sent)?;
    fields.finish()?;
    let (input, person) = conversation(&id, &profile, &given, &person, &sent, NOW)?;
    let script = json!({
        "id": id,
        "policy": { "profile": profile, "overrides": given.overrides },
        "call": "authorize",
        "input": input,
        "person": person,
    });
    Ok((script, expectation))
}

fn given(fields: &mut Fields, sent: &Sent) -> Result<Given, String> {
    Given::read(fields, &Uses::response_types([sent.get("response_type").unwrap_or("code")]))
}

/// The input of the first call, and what the person does on each page.
pub(crate) fn conversation(
    id: &str,
    profile: &str,
    given: &Given,
    person: &Person,
    sent: &Sent,
    now: u64,
) -> Result<(Value, Value), String> {
    let client = &given.client;
    let user = given.user();
    let mut hint = None;
    let mut parameters = added(given, sent);
    for (name, value) in sent.pairs() {
        let value = if name == "id_token_hint" {
            hint = Some(hint_facts(value, user)?);
            "header.payload.signature"
        } else {
            value
        };
        parameters.push((name.clone(), value.to_owned()));
    }
    let known = sent.names_client(&client.id);
    // A server finds the grants of whoever is signed in; one that the request names by its id it finds without anybody.
    let addressed = |grant: &&Grant| grant.id.is_some() && grant.id.as_deref() == sent.get("grant_id");
    let held = given.grant.as_ref().filter(|grant| given.session.is_some() || addressed(grant));
    let held = held.map_or(Value::Null, |grant| grant.of(user));

    let mut input = given.surroundings();
    input.insert("request".to_owned(), request::of_authorization(id, &parameters));
    input.insert("client".to_owned(), if known { client.metadata.clone() } else { Value::Null });
    input.insert("session".to_owned(), given.session.as_ref().map_or(Value::Null, |session| session.record()));
    input.insert("grant".to_owned(), held);
    input.extend(hint.map(|hint| ("id_token_hint".to_owned(), hint)));
    input.insert("now".to_owned(), now.into());
    Ok((Value::Object(input), person.turns(given, profile, sent.get("grant_id"), now)))
}

/// The runner adds the client and its redirect URI where a vector does not speak of them.
pub(crate) fn added(given: &Given, sent: &Sent) -> Vec<(String, String)> {
    [("client_id", given.client.id.as_str()), ("redirect_uri", given.client.redirect_uri)]
        .into_iter()
        .filter(|(name, _)| !sent.mentions(name))
        .map(|(name, ours)| (name.to_owned(), ours.to_owned()))
        .collect()
}

//! Vectors of kind `token`: an exchange, a refresh, or client credentials.

use super::authorize::added;
use super::code::Code;
use super::given::{Given, Session, Uses};
use super::person::Person;
use super::sent::{Sent, VERIFIER};
use super::tokens::{context, record, records, session, statuses};
use super::{NOW, Vector, request, required};
use crate::Expectation;
use crate::compare::answer::World;
use crate::vector::Fields;
use serde_json::{Map, Value, json};

const GRANT_TYPES: [&str; 3] = ["authorization_code", "refresh_token", "client_credentials"];
const PARAMETERS: [&str; 9] = [
    "grant_type",
    "client_id",
    "code",
    "code_verifier",
    "redirect_uri",
    "refresh_token",
    "resource",
    "existing_grant",
    "scope",
];

/// The script of a vector, and what it expects.
pub(crate) fn script(vector: Vector) -> Result<(Value, Expectation), String> {
    let Vector { id, profile, given: mut fields, request: mut asked, expect } = vector;
    required(asked.word("endpoint", &["token"])?, "request.endpoint")?;
    let authentication = authentication(&mut asked)?;
    let key_proven = asked.word("dpop", &["ok"])?.is_some();
    let id_token = asked.boolean("want_id_token")?;
    let sent = Sent::read(asked, &PARAMETERS)?;
    let grant_type = required(sent.get("grant_type"), "request.grant_type")?.to_owned();
    if !GRANT_TYPES.contains(&grant_type.as_str()) {
        return Err(format!("`request.grant_type` has an unexpected value: {grant_type}"));
    }
    let mut input = Map::new();
    let uses = Uses::response_types(["code"]).grant_type(&grant_type);
    let given = Given::read(&mut fields, &uses)?;
    let person = Person::willing();
    let person = match fields.fields("user")? {
        Some(user) => person.otherwise(user)?,
        None => person,
    };
    client(&mut input, authentication, &given, &sent);

    let records = records(fields.take("tokens"), &given)?;
    let code = fields.fields("code")?.map(Code::read).transpose()?;
    fields.finish()?;
    // A code that no vector describes is one that the server does not know.
    let code = code.filter(|_| sent.get("code") == Some(Code::NAME));
    let mut statuses = statuses(&records, &given);
    let mut script = Map::new();
    if grant_type == "refresh_token" {
        let token = record(&records, sent.get("refresh_token"));
        input.insert("refresh_token".to_owned(), token.clone());
        // The session of the vector, whoever's it is: a token of another user is not alive by it.
        input.insert("session".to_owned(), given.session.as_ref().map_or(Value::Null, Session::record));
        input.insert("sender_proof".to_owned(), key_proven.into());
        input.extend(id_token.map(|wanted| ("id_token".to_owned(), wanted.into())));
    } else {
        if let Some(code) = &code {
            script.insert("code".to_owned(), code.script(&id, &profile, &given, &person)?);
            let code = json!({ "client_id": given.client.id });
            input.insert("session".to_owned(), session(&code, &given));
            statuses.push(json!({ "name": Code::NAME, "record": null, "context": context(&code, &given) }));
        } else if grant_type == "authorization_code" {
            input.insert("code".to_owned(), Value::Null);
        }
        if let Some(name) = sent.get("existing_grant") {
            input.insert("existing_grant".to_owned(), record(&records, Some(name)).clone());
        }
        if code.is_some() {
            input.insert("code_verifier_matches".to_owned(), true.into());
        }
        if key_proven {
            input.insert("sender_constrained".to_owned(), true.into());
        }
    }
    let parameters = body(&given, &sent, code.is_some());
    input.insert("request".to_owned(), request::body(&id, &parameters));
    input.insert("now".to_owned(), NOW.into());

    let claims = code.as_ref().map(Code::claims);
    let expectation = Expectation::of_tokens(expect, World::new(&records, &given), claims)?;
    script.insert("id".to_owned(), id.into());
    script.insert("policy".to_owned(), json!({ "profile": profile, "overrides": given.overrides }));
    script.insert("call".to_owned(), if grant_type == "refresh_token" { "refresh" } else { "exchange" }.into());
    script.insert("input".to_owned(), Value::Object(input));
    script.insert("statuses".to_owned(), statuses.into());
    Ok((Value::Object(script), expectation))
}

/// Whether a client that has something to authenticate with did so.
pub(crate) fn authentication(asked: &mut Fields) -> Result<bool, String> {
    let outcome = asked.word("client_auth", &["ok", "missing"])?;
    Ok(outcome.as_deref() != Some("missing"))
}

/// The client of a token or revocation request, and whether it authenticated. A public client has nothing to
/// authenticate with; a confidential one that did is known without its name in the body.
pub(crate) fn client(input: &mut Map<String, Value>, authentication: bool, given: &Given, sent: &Sent) {
    let client = &given.client;
    let authenticated = !client.public && authentication;
    let known = sent.names_client(&client.id) || (authenticated && sent.withholds("client_id"));
    input.insert("client".to_owned(), if known { client.metadata.clone() } else { Value::Null });
    input.insert("client_authenticated".to_owned(), authenticated.into());
}

/// What the vector sends, and what every client adds to it.
fn body(given: &Given, sent: &Sent, redeems: bool) -> Vec<(String, String)> {
    let added = added(given, sent).into_iter().filter(|(name, _)| match name.as_str() {
        // With a secret in the Authorization header, the body need not name the client.
        "client_id" => given.client.public,
        _ => sent.get("code").is_some(),
    });
    let mut parameters: Vec<(String, String)> = added.collect();
    parameters.extend(sent.pairs().iter().cloned());
    if redeems && !sent.mentions("code_verifier") {
        parameters.push(("code_verifier".to_owned(), VERIFIER.to_owned()));
    }
    parameters
}

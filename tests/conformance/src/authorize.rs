//! Vectors of kind `authorize`: one request, and the person who meets its screens.

use crate::compare::Expectation;
use crate::request;
use crate::vector::{Fields, texts};
use serde_json::{Map, Value, json};

const NOW: u64 = 1_700_000_000;
const FRESH_SESSION_S: u64 = 28_800;

/// The parameters that vectors send to the authorization endpoint.
const PARAMETERS: [&str; 21] = [
    "access_type",
    "approval_prompt",
    "client_id",
    "code_challenge",
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
    "request",
    "response_mode",
    "response_type",
    "scope",
    "state",
];

/// The script of a vector, and what it expects.
pub(crate) fn script(vector: Value) -> Result<(Value, Expectation), String> {
    let mut vector = Fields::of("vector", vector)?;
    let id = required(vector.text("id")?, "id")?;
    let profile = required(vector.text("profile")?, "profile")?;
    for for_people in ["kind", "title", "basis", "knobs", "why"] {
        vector.required(for_people)?;
    }
    let mut given = vector.required_fields("given")?;
    let asked = parameters(vector.required_fields("request")?)?;
    let expectation = Expectation::read(vector.required_fields("expect")?)?;
    vector.finish()?;

    let client = Client::read(given.required_fields("client")?, &asked)?;
    let session = Session::read(given.required_fields("session")?)?;
    let grant = given.fields("prior_grant")?.map(|grant| Grant::read(grant, &client.id)).transpose()?;
    let person = Person::read(given.required_fields("user")?)?;
    let conditions = given.fields("conditions")?.map(condition).transpose()?;
    let circumstances = given.take("circumstances").unwrap_or(Value::Null);
    let overrides = given.required("policy")?;
    given.finish()?;

    let user = session.as_ref().map_or("alice", |session| session.user.as_str());
    let mut parameters = Vec::new();
    for (name, ours) in [("client_id", client.id.as_str()), ("redirect_uri", client.redirect_uri)] {
        if !asked.iter().any(|(asked, _)| asked == name) {
            parameters.push((name.to_owned(), ours.to_owned()));
        }
    }
    let mut hint = Value::Null;
    for (name, value) in &asked {
        let sent = if name == "id_token_hint" {
            hint = hint_facts(value, user)?;
            "header.payload.signature"
        } else {
            value
        };
        parameters.push((name.clone(), sent.to_owned()));
    }
    let named = |name: &str| asked.iter().find(|(asked, _)| asked == name).map(|(_, value)| value.as_str());
    let known = named("client_id").is_none_or(|asked| asked == client.id);

    let mut input = Map::new();
    input.insert("request".to_owned(), request::form(&id, &parameters));
    input.insert("client".to_owned(), if known { client.metadata } else { Value::Null });
    input.insert("trust".to_owned(), client.trust);
    input.insert("session".to_owned(), session.as_ref().map_or(Value::Null, Session::as_it_is));
    let held = session.as_ref().and(grant.as_ref()).map_or(Value::Null, |grant| grant.of(user));
    input.insert("grant".to_owned(), held);
    if let Some(condition) = conditions {
        input.insert("conditions".to_owned(), Value::Array(vec![condition]));
    }
    let page_exists = circumstances.get("consent_screen_available") != Some(&Value::Bool(false));
    if !circumstances.is_null() {
        input.insert("circumstances".to_owned(), circumstances);
    }
    if !hint.is_null() {
        input.insert("id_token_hint".to_owned(), hint);
    }
    input.insert("now".to_owned(), NOW.into());

    let mut turns = Map::new();
    for screen in ["login", "reauthenticate"] {
        turns.insert(screen.to_owned(), person.signs_in(screen, session.as_ref(), grant.as_ref(), named("grant_id")));
    }
    turns.insert("select_account".to_owned(), person.selects(session.as_ref(), grant.as_ref(), named("grant_id")));
    if page_exists {
        turns.insert("consent".to_owned(), person.consents(&profile));
    }

    let script = json!({
        "id": id,
        "policy": { "profile": profile, "overrides": overrides },
        "call": "authorize",
        "input": input,
        "person": turns,
    });
    Ok((script, expectation))
}

fn required<T>(value: Option<T>, key: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("no `{key}`"))
}

fn parameters(mut request: Fields) -> Result<Vec<(String, String)>, String> {
    required(request.word("endpoint", &["authorize"])?, "request.endpoint")?;
    let mut sent = Vec::new();
    for name in PARAMETERS {
        match request.take(name) {
            None => {}
            Some(Value::String(value)) => sent.push((name.to_owned(), value)),
            Some(Value::Number(value)) => sent.push((name.to_owned(), value.to_string())),
            Some(other) => return Err(format!("`request.{name}` has an unexpected value: {other}")),
        }
    }
    request.finish()?;
    Ok(sent)
}

/// `sub=X`, `;expired` and `iss=other`, as the facts that a server has after verifying.
fn hint_facts(written: &str, user: &str) -> Result<Value, String> {
    let mut facts = Map::new();
    facts.insert("sub".to_owned(), user.into());
    for part in written.split(';') {
        let (name, fact) = match part.split_once('=') {
            Some(("sub", sub)) => ("sub", sub.into()),
            Some(("iss", "other")) => ("issued_here", false.into()),
            None if part == "expired" => ("expired", true.into()),
            _ => return Err(format!("`request.id_token_hint` has an unexpected part: `{part}`")),
        };
        facts.insert(name.to_owned(), fact);
    }
    Ok(Value::Object(facts))
}

struct Client {
    id: String,
    /// What the request names unless it names its own.
    redirect_uri: &'static str,
    metadata: Value,
    trust: Value,
}

impl Client {
    fn read(mut client: Fields, asked: &[(String, String)]) -> Result<Self, String> {
        let id = required(client.text("client_id")?, "client.client_id")?;
        let kind =
            required(client.word("application_type", &["web", "native", "browser"])?, "client.application_type")?;
        let confidential = required(client.boolean("confidential")?, "client.confidential")?;
        let redirect = required(client.text("redirect")?, "client.redirect")?;
        let shared_secret = client.boolean("shared_secret_in_browser")?.unwrap_or(false);
        let (registered, redirect_uri) = match redirect.as_str() {
            "https_exact" | "claimed_https" => ("https://client.example/cb", "https://client.example/cb"),
            "https_wildcard" => ("https://*.client.example/cb", "https://app.client.example/cb"),
            "custom_scheme" => ("com.example.app:/cb", "com.example.app:/cb"),
            "loopback" => ("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb"),
            "localhost" => ("http://localhost:3000/cb", "http://localhost:3000/cb"),
            other => return Err(format!("`client.redirect` has an unexpected value: {other}")),
        };
        let method = match (confidential, shared_secret) {
            (_, true) => "client_secret_post",
            (true, false) => "client_secret_basic",
            (false, false) => "none",
        };
        let used = asked.iter().find(|(name, _)| name == "response_type").map_or("code", |(_, value)| value.as_str());
        let response_types = client.texts("registered_response_types")?.unwrap_or_else(|| vec![used.to_owned()]);
        let grant_types = client.texts("registered_grant_types")?.unwrap_or_else(|| grant_types_for(used));
        let mut metadata = json!({
            "client_id": id,
            "redirect_uris": [registered],
            "application_type": kind,
            "token_endpoint_auth_method": method,
            "response_types": response_types,
            "grant_types": grant_types,
        });
        if let Some(metadata) = metadata.as_object_mut() {
            for name in ["default_max_age", "publishing_status", "user_type"] {
                metadata.extend(client.take(name).map(|value| (name.to_owned(), value)));
            }
        }
        let mut trust = Map::new();
        trust.extend(client.boolean("first_party")?.map(|own| ("first_party".to_owned(), own.into())));
        if redirect == "claimed_https" {
            trust.insert("redirect_identity".to_owned(), "claimed_https".into());
        }
        client.finish()?;
        Ok(Self { id, redirect_uri, metadata, trust: Value::Object(trust) })
    }
}

/// The grant types that a response type needs, and `refresh_token`.
fn grant_types_for(response_type: &str) -> Vec<String> {
    let mut types = Vec::new();
    let words: Vec<&str> = response_type.split(' ').collect();
    if words.contains(&"code") {
        types.push("authorization_code".to_owned());
    }
    if words.contains(&"token") || words.contains(&"id_token") {
        types.push("implicit".to_owned());
    }
    types.push("refresh_token".to_owned());
    types
}

struct Session {
    user: String,
    auth_age_s: u64,
    remaining_s: u64,
    accounts: Option<u64>,
}

impl Session {
    /// None when nobody is signed in.
    fn read(mut session: Fields) -> Result<Option<Self>, String> {
        let state = required(session.word("state", &["none", "active"])?, "session.state")?;
        if state == "none" {
            session.finish()?;
            return Ok(None);
        }
        let read = Self {
            user: required(session.text("user")?, "session.user")?,
            auth_age_s: required(session.integer("auth_age_s")?, "session.auth_age_s")?,
            remaining_s: required(session.integer("remaining_s")?, "session.remaining_s")?,
            accounts: session.integer("accounts")?,
        };
        session.finish()?;
        Ok(Some(read))
    }

    fn as_it_is(&self) -> Value {
        self.of(&self.user)
    }

    fn of(&self, user: &str) -> Value {
        let signed_in = NOW.saturating_sub(self.auth_age_s);
        record(user, signed_in, NOW.saturating_add(self.remaining_s), self.accounts)
    }
}

fn record(user: &str, signed_in: u64, ends: u64, accounts: Option<u64>) -> Value {
    let mut session = Map::new();
    session.insert("sid".to_owned(), "s1".into());
    session.insert("sub".to_owned(), user.into());
    session.insert("auth_time".to_owned(), signed_in.into());
    session.insert("expires_at".to_owned(), ends.into());
    session.extend(accounts.map(|count| ("accounts".to_owned(), count.into())));
    Value::Object(session)
}

struct Grant {
    record: Map<String, Value>,
    /// None: it belongs to whoever signs in.
    owner: Option<String>,
    id: Option<String>,
}

impl Grant {
    fn read(mut grant: Fields, client: &str) -> Result<Self, String> {
        let scopes = required(grant.texts("scopes")?, "prior_grant.scopes")?;
        let id = grant.text("grant_id")?;
        let owner = grant.text("owner")?;
        let mut record = Map::new();
        record.insert("scope".to_owned(), scopes.join(" ").into());
        record.insert("client_id".to_owned(), grant.text("granted_to")?.unwrap_or_else(|| client.to_owned()).into());
        record.extend(id.iter().map(|id| ("grant_id".to_owned(), id.as_str().into())));
        for name in ["offline", "how", "remembered", "status", "first_code_exchanged", "project_shared"] {
            record.extend(grant.take(name).map(|value| (name.to_owned(), value)));
        }
        grant.finish()?;
        Ok(Self { record, owner, id })
    }

    /// The record that the server finds while `user` is signed in.
    fn of(&self, user: &str) -> Value {
        let mut record = self.record.clone();
        record.insert("sub".to_owned(), self.owner.as_deref().unwrap_or(user).into());
        Value::Object(record)
    }

    /// The same after `user` signed in: another user's grant is found only by its id.
    fn found_for(&self, user: &str, asked: Option<&str>) -> Value {
        let theirs = self.owner.as_deref().is_none_or(|owner| owner == user);
        let named = asked.is_some() && asked == self.id.as_deref();
        if theirs || named { self.of(user) } else { Value::Null }
    }
}

struct Person {
    can_sign_in: bool,
    signs_in_as: Option<String>,
    account: Option<String>,
    consent: String,
    subset: Option<Vec<String>>,
    remember: Option<bool>,
    time_limit_s: Option<u64>,
}

impl Person {
    fn read(mut user: Fields) -> Result<Self, String> {
        let login = required(user.word("login", &["ok", "impossible"])?, "user.login")?;
        let choices = ["approve", "deny", "approve_subset", "impossible"];
        let person = Self {
            can_sign_in: login == "ok",
            signs_in_as: user.text("login_as")?,
            account: user.text("account")?,
            consent: required(user.word("consent", &choices)?, "user.consent")?,
            subset: user.texts("subset")?,
            remember: user.boolean("remember")?,
            time_limit_s: user.integer("time_limit_s")?,
        };
        user.finish()?;
        if (person.consent == "approve_subset") != person.subset.is_some() {
            return Err("`user.subset` goes with `approve_subset`, and only with it".to_owned());
        }
        Ok(person)
    }

    fn signs_in(&self, screen: &str, session: Option<&Session>, grant: Option<&Grant>, asked: Option<&str>) -> Value {
        if !self.can_sign_in {
            return json!({ "answer": { "screen": screen, "result": "failed" } });
        }
        let chosen = self.account.as_deref().filter(|account| *account != "none_chosen");
        let before = session.map(|session| session.user.as_str());
        let user = self.signs_in_as.as_deref().or(chosen).or(before).unwrap_or("alice");
        let accounts = session.and_then(|session| session.accounts);
        json!({
            "answer": { "screen": screen, "result": "done" },
            "then": {
                "session": record(user, NOW, NOW.saturating_add(FRESH_SESSION_S), accounts),
                "grant": grant.map_or(Value::Null, |grant| grant.found_for(user, asked)),
            },
        })
    }

    fn selects(&self, session: Option<&Session>, grant: Option<&Grant>, asked: Option<&str>) -> Value {
        if self.account.as_deref() == Some("none_chosen") {
            return json!({ "answer": { "screen": "select_account", "result": "none_chosen" } });
        }
        let answer = json!({ "screen": "select_account", "result": "done" });
        let Some(session) = session else {
            return json!({ "answer": answer });
        };
        let user = self.account.as_deref().unwrap_or(&session.user);
        json!({
            "answer": answer,
            "then": {
                "session": session.of(user),
                "grant": grant.map_or(Value::Null, |grant| grant.found_for(user, asked)),
            },
        })
    }

    fn consents(&self, profile: &str) -> Value {
        let result = match self.consent.as_str() {
            "deny" => "denied",
            "impossible" => "impossible",
            _ => "approved",
        };
        let mut answer = Map::new();
        answer.insert("screen".to_owned(), "consent".into());
        answer.insert("result".to_owned(), result.into());
        answer.extend(self.subset.as_ref().map(|subset| ("scope".to_owned(), subset.join(" ").into())));
        let remember = self.remember.or_else(|| (profile == "aol").then_some(false));
        answer.extend(remember.map(|remember| ("remember".to_owned(), remember.into())));
        answer.extend(self.time_limit_s.map(|seconds| ("time_limit".to_owned(), seconds.into())));
        json!({ "answer": answer })
    }
}

fn condition(mut condition: Fields) -> Result<Value, String> {
    let mut read = Map::new();
    read.insert("basis".to_owned(), condition.required("basis")?);
    read.insert("permits_offline".to_owned(), condition.required("permits_offline")?);
    if let Some(resources) = condition.take("resources") {
        let listed = texts(&resources).ok_or_else(|| format!("`conditions.resources` is not a list: {resources}"))?;
        read.insert("resources".to_owned(), listed.join(" ").into());
    }
    condition.finish()?;
    Ok(Value::Object(read))
}

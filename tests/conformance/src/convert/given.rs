//! What a vector is given, in the engine's words: the client, the session, the earlier grant, the person.

use super::{FRESH_SESSION_S, NOW, required};
use crate::vector::Fields;
use serde_json::{Map, Value, json};

/// Everything under `given` but the records of tokens and codes.
pub(crate) struct Given {
    pub(crate) client: Client,
    pub(crate) session: Option<Session>,
    pub(crate) grant: Option<Grant>,
    conditions: Vec<Value>,
    pub(crate) circumstances: Value,
    pub(crate) overrides: Value,
}

impl Given {
    /// `uses`: the response and grant types of the requests, for a client that has none registered.
    pub(crate) fn read(given: &mut Fields, uses: &Uses) -> Result<Self, String> {
        let client = Client::read(given.required_fields("client")?, uses)?;
        let session = Session::read(given.required("session")?)?;
        let grant = given.fields("prior_grant")?.map(|grant| Grant::read(grant, &client.id)).transpose()?;
        Ok(Self {
            client,
            session,
            grant,
            conditions: conditions(given.take("conditions"))?,
            circumstances: given.take("circumstances").unwrap_or(Value::Null),
            overrides: given.required("policy")?,
        })
    }

    /// Who is signed in, or would sign in.
    pub(crate) fn user(&self) -> &str {
        self.session.as_ref().map_or("alice", |session| session.user.as_str())
    }

    /// What every input that names the world around a request has: trust, conditions, circumstances.
    pub(crate) fn surroundings(&self) -> Map<String, Value> {
        let mut members = Map::new();
        members.insert("trust".to_owned(), self.client.trust.clone());
        if !self.conditions.is_empty() {
            members.insert("conditions".to_owned(), json!(self.conditions));
        }
        if !self.circumstances.is_null() {
            members.insert("circumstances".to_owned(), self.circumstances.clone());
        }
        members
    }
}

/// The response types and grant types that the requests of a vector use.
pub(crate) struct Uses {
    response_types: Vec<String>,
    grant_types: Vec<String>,
}

impl Uses {
    pub(crate) fn response_types<'a>(types: impl IntoIterator<Item = &'a str>) -> Self {
        let mut uses = Self { response_types: Vec::new(), grant_types: Vec::new() };
        for written in types {
            add(&mut uses.response_types, written);
            let words: Vec<&str> = written.split(' ').collect();
            if words.contains(&"code") {
                add(&mut uses.grant_types, "authorization_code");
            }
            if words.contains(&"token") || words.contains(&"id_token") {
                add(&mut uses.grant_types, "implicit");
            }
        }
        add(&mut uses.grant_types, "refresh_token");
        uses
    }

    pub(crate) fn grant_type(mut self, used: &str) -> Self {
        add(&mut self.grant_types, used);
        self
    }
}

fn add(list: &mut Vec<String>, entry: &str) {
    if !list.iter().any(|known| known == entry) {
        list.push(entry.to_owned());
    }
}

pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) kind: String,
    /// It has no credentials of its own.
    pub(crate) public: bool,
    /// What a request names unless it names its own.
    pub(crate) redirect_uri: &'static str,
    pub(crate) metadata: Value,
    pub(crate) trust: Value,
}

impl Client {
    fn read(mut client: Fields, uses: &Uses) -> Result<Self, String> {
        let id = required(client.text("client_id")?, "client.client_id")?;
        let kind =
            required(client.word("application_type", &["web", "native", "browser"])?, "client.application_type")?;
        let confidential = required(client.boolean("confidential")?, "client.confidential")?;
        let redirect = required(client.text("redirect")?, "client.redirect")?;
        let shared_secret = client.boolean("shared_secret_in_browser")?.unwrap_or(false);
        let (registered, redirect_uri) = redirect_uris("client.redirect", &redirect)?;
        let mut registered = vec![registered];
        for kind in client.texts("also_redirects")?.unwrap_or_default() {
            registered.push(redirect_uris("client.also_redirects", &kind)?.0);
        }
        let method = match (confidential, shared_secret) {
            (_, true) => "client_secret_post",
            (true, false) => "client_secret_basic",
            (false, false) => "none",
        };
        let mut metadata = json!({
            "client_id": id,
            "redirect_uris": registered,
            "application_type": kind,
            "token_endpoint_auth_method": method,
            "response_types": client.texts("registered_response_types")?.unwrap_or_else(|| uses.response_types.clone()),
            "grant_types": client.texts("registered_grant_types")?.unwrap_or_else(|| uses.grant_types.clone()),
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
        let public = !confidential || kind == "browser";
        Ok(Self { id, kind, public, redirect_uri, metadata, trust: Value::Object(trust) })
    }
}

/// What is registered for a kind of redirect URI, and what a request then names.
fn redirect_uris(field: &str, kind: &str) -> Result<(&'static str, &'static str), String> {
    Ok(match kind {
        "https_exact" | "claimed_https" => ("https://client.example/cb", "https://client.example/cb"),
        "https_wildcard" => ("https://*.client.example/cb", "https://app.client.example/cb"),
        "https_other" => ("https://other.example/cb", "https://other.example/cb"),
        "custom_scheme" => ("com.example.app:/cb", "com.example.app:/cb"),
        "loopback" => ("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb"),
        "localhost" => ("http://localhost:3000/cb", "http://localhost:3000/cb"),
        other => return Err(format!("`{field}` has an unexpected value: {other}")),
    })
}

/// A session at the authorization server, with its times as they are on the clock.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) sid: String,
    pub(crate) user: String,
    pub(crate) auth_time: u64,
    pub(crate) expires_at: u64,
    pub(crate) accounts: Option<u64>,
}

impl Session {
    /// One that begins with a sign-in at this time.
    pub(crate) fn fresh(user: &str, now: u64) -> Self {
        Self {
            sid: "s1".to_owned(),
            user: user.to_owned(),
            auth_time: now,
            expires_at: now.saturating_add(FRESH_SESSION_S),
            accounts: None,
        }
    }

    /// None when nobody is signed in. A scenario writes `none` or `active` alone.
    fn read(session: Value) -> Result<Option<Self>, String> {
        let mut session = match session.as_str() {
            Some("none") => return Ok(None),
            Some("active") => {
                let begun = NOW.saturating_sub(60);
                let ends = NOW.saturating_add(FRESH_SESSION_S);
                return Ok(Some(Self { auth_time: begun, expires_at: ends, ..Self::fresh("alice", NOW) }));
            }
            _ => Fields::of("given.session", session)?,
        };
        let state = required(session.word("state", &["none", "active"])?, "session.state")?;
        if state == "none" {
            session.finish()?;
            return Ok(None);
        }
        let auth_age_s = required(session.integer("auth_age_s")?, "session.auth_age_s")?;
        let remaining_s = required(session.integer("remaining_s")?, "session.remaining_s")?;
        let read = Self {
            sid: "s1".to_owned(),
            user: required(session.text("user")?, "session.user")?,
            auth_time: NOW.saturating_sub(auth_age_s),
            expires_at: NOW.saturating_add(remaining_s),
            accounts: session.integer("accounts")?,
        };
        session.finish()?;
        Ok(Some(read))
    }

    pub(crate) fn record(&self) -> Value {
        let mut session = Map::new();
        session.insert("sid".to_owned(), self.sid.as_str().into());
        session.insert("sub".to_owned(), self.user.as_str().into());
        session.insert("auth_time".to_owned(), self.auth_time.into());
        session.insert("expires_at".to_owned(), self.expires_at.into());
        session.extend(self.accounts.map(|count| ("accounts".to_owned(), count.into())));
        Value::Object(session)
    }

    /// The same session, with another of its accounts.
    pub(crate) fn with(&self, user: &str) -> Self {
        Self { user: user.to_owned(), ..self.clone() }
    }
}

/// What a vector writes about a grant as the record has it. Times are those of the clock.
const GRANT: [&str; 8] =
    ["offline", "how", "remembered", "status", "granted_at", "expires_at", "first_code_exchanged", "project_shared"];

pub(crate) struct Grant {
    record: Map<String, Value>,
    /// None: it belongs to whoever signs in.
    owner: Option<String>,
    pub(crate) id: Option<String>,
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
        // Absent: the grant was given in the session that there is.
        let other_session = grant.word("session", &["this", "other"])?.as_deref() == Some("other");
        record.insert("sid".to_owned(), if other_session { "s0" } else { "s1" }.into());
        for name in GRANT {
            record.extend(grant.take(name).map(|value| (name.to_owned(), value)));
        }
        let refused = grant.texts("refused")?;
        record.extend(refused.map(|scopes| ("refused".to_owned(), scopes.join(" ").into())));
        if let Some(kind) = grant.text("redirect")? {
            record.insert("redirect_uri".to_owned(), redirect_uris("prior_grant.redirect", &kind)?.1.into());
        }
        grant.finish()?;
        Ok(Self { record, owner, id })
    }

    /// One that approves these scopes without a page.
    pub(crate) fn remembered(client: &str, scopes: &[String]) -> Self {
        let offline = scopes.iter().any(|scope| scope == "offline_access");
        let record = json!({ "client_id": client, "scope": scopes.join(" "), "offline": offline,
            "how": "explicit_prompt", "remembered": true, "status": "active" });
        Self { record: record.as_object().cloned().unwrap_or_default(), owner: None, id: None }
    }

    /// The record that the server finds while `user` is signed in.
    pub(crate) fn of(&self, user: &str) -> Value {
        let mut record = self.record.clone();
        record.insert("sub".to_owned(), self.owner.as_deref().unwrap_or(user).into());
        Value::Object(record)
    }

    /// The same after `user` signed in: another user's grant is found only by its id.
    pub(crate) fn found_for(&self, user: &str, asked: Option<&str>) -> Value {
        let theirs = self.owner.as_deref().is_none_or(|owner| owner == user);
        let named = asked.is_some() && asked == self.id.as_deref();
        if theirs || named { self.of(user) } else { Value::Null }
    }
}

/// One condition, or a list of them.
fn conditions(given: Option<Value>) -> Result<Vec<Value>, String> {
    let given = match given {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(several)) => several,
        Some(one) => vec![one],
    };
    given.into_iter().map(|one| condition(Fields::of("given.conditions", one)?)).collect()
}

fn condition(mut condition: Fields) -> Result<Value, String> {
    let mut read = Map::new();
    read.insert("basis".to_owned(), condition.required("basis")?);
    read.insert("permits_offline".to_owned(), condition.required("permits_offline")?);
    let resources = condition.texts("resources")?;
    read.extend(resources.map(|listed| ("resources".to_owned(), listed.join(" ").into())));
    let end = condition.integer("expires_at")?;
    read.extend(end.map(|end| ("expires_at".to_owned(), end.into())));
    condition.finish()?;
    Ok(Value::Object(read))
}

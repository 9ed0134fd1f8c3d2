//! The tokens that exist before a request or an event, as records.

use super::given::{Given, Session};
use super::{NOW, required};
use crate::vector::Fields;
use serde_json::{Value, json};

const AGE_S: u64 = 60;
/// Older than every token that a count makes up.
const OLDEST_S: u64 = 86_400;

/// A token as a vector writes it.
struct Token {
    id: String,
    kind: String,
    parent: Option<String>,
    client_id: String,
    user: String,
    scopes: Vec<String>,
    binding: String,
    status: String,
    auth: Option<String>,
    auth_time: Option<u64>,
    sender_constrained: bool,
    age_s: Option<u64>,
    idle_s: Option<u64>,
    superseded_s_ago: Option<u64>,
    absolute_s: Option<u64>,
}

impl Token {
    fn read(mut token: Fields, given: &Given) -> Result<Self, String> {
        let id = required(token.text("id")?, "tokens[].id")?;
        let read = Self {
            id: id.clone(),
            kind: required(token.word("kind", &["access_token", "refresh_token"])?, "tokens[].kind")?,
            parent: token.text("parent")?,
            client_id: token.text("client_id")?.unwrap_or_else(|| given.client.id.clone()),
            user: token.text("user")?.unwrap_or_else(|| given.user().to_owned()),
            scopes: required(token.texts("scopes")?, "tokens[].scopes")?,
            binding: required(token.word("binding", &["session", "offline"])?, "tokens[].binding")?,
            status: token
                .word("status", &["active", "expired", "revoked", "superseded"])?
                .unwrap_or_else(|| "active".to_owned()),
            auth: token.text("auth")?,
            auth_time: token.integer("auth_time")?,
            sender_constrained: token.boolean("sender_constrained")?.unwrap_or(false),
            // Named by an event that counts tokens: the oldest, and the one that was just issued.
            age_s: token.integer("age_s")?.or(match id.as_str() {
                "RT_oldest" => Some(OLDEST_S),
                "RT_new" => Some(0),
                _ => None,
            }),
            idle_s: token.integer("idle_s")?,
            superseded_s_ago: token.integer("superseded_s_ago")?,
            absolute_s: token.integer("absolute_s")?,
        };
        token.finish()?;
        Ok(read)
    }

    /// No record was last used, or superseded, before it was issued.
    fn issued_at(&self) -> u64 {
        let least = self.idle_s.max(self.superseded_s_ago).unwrap_or(0);
        NOW.saturating_sub(self.age_s.unwrap_or(AGE_S).max(least))
    }

    fn record(&self, all: &[Token], given: &Given) -> Value {
        let root = self.root(all);
        let issued_at = self.issued_at();
        let ours = self.client_id == given.client.id && self.user == given.user();
        let superseded = (self.status == "superseded").then(|| self.superseded_s_ago.unwrap_or(0));
        json!({
            "v": 1,
            "kind": self.kind,
            "id": self.id,
            "client_id": self.client_id,
            "application_type": given.client.kind,
            "client_type": if given.client.public { "public" } else { "confidential" },
            "sub": self.user,
            "sid": session_of(&self.user, given),
            "family": root.0,
            "grant_id": given.grant.as_ref().filter(|_| ours).and_then(|grant| grant.id.clone()),
            "scope": self.scopes.join(" "),
            "binding": self.binding,
            "status": self.status,
            "auth": self.auth,
            "auth_time": self.auth_time.unwrap_or_else(|| root.1.min(issued_at).saturating_sub(AGE_S)),
            "basis": null,
            "sender_constrained": self.sender_constrained,
            "issued_at": issued_at,
            "authorized_at": root.1.min(issued_at),
            "expires_at": self.absolute_s.map(|seconds| issued_at.saturating_add(seconds)),
            "last_used_at": self.idle_s.map(|seconds| NOW.saturating_sub(seconds)),
            "superseded_at": superseded.map(|seconds| NOW.saturating_sub(seconds)),
        })
    }

    /// The first ancestor that is known by name, and when it was issued: a token, or the code at its head.
    fn root<'a>(&'a self, all: &'a [Token]) -> (&'a str, u64) {
        let mut token = self;
        for _ in all {
            let Some(parent) = &token.parent else { break };
            match all.iter().find(|one| one.id == *parent) {
                Some(found) => token = found,
                None => return (parent, token.issued_at()),
            }
        }
        (&token.id, token.issued_at())
    }
}

/// The records of `given.tokens`.
pub(crate) fn records(list: Option<Value>, given: &Given) -> Result<Vec<Value>, String> {
    let list = match list {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(other) => return Err(format!("`given.tokens` is not a list: {other}")),
    };
    let tokens: Vec<Token> = list
        .into_iter()
        .map(|token| Token::read(Fields::of("given.tokens[]", token)?, given))
        .collect::<Result<_, String>>()?;
    if let Some(twice) = tokens.iter().find(|one| tokens.iter().filter(|other| other.id == one.id).count() > 1) {
        return Err(format!("`given.tokens` has `{}` twice", twice.id));
    }
    Ok(tokens.iter().map(|token| token.record(&tokens, given)).collect())
}

/// The live ones of this user and client that a limit counts, the oldest first, and the one that was just issued.
/// Those that the vector itself names are not made again.
pub(crate) fn crowd(count: u64, client: &str, known: &[Value], given: &Given) -> Result<Vec<Value>, String> {
    let names: Vec<String> = (1..=count)
        .map(|number| if number == 1 { "RT_oldest".to_owned() } else { format!("RT_live{number}") })
        .chain(["RT_new".to_owned()])
        .collect();
    let missing: Vec<&String> =
        names.iter().filter(|name| !known.iter().any(|one| one.get("id") == Some(&json!(name)))).collect();
    let list = (0_u64..).zip(missing).map(|(youth, name)| {
        let age_s = if name == "RT_new" { 0 } else { count.saturating_sub(youth).saturating_mul(AGE_S) };
        json!({ "id": name, "kind": "refresh_token", "binding": "offline", "scopes": ["openid"], "client_id": client,
            "age_s": age_s })
    });
    records(Some(Value::Array(list.collect())), given)
}

/// The record of this name; null when there is none.
pub(crate) fn record<'a>(records: &'a [Value], name: Option<&str>) -> &'a Value {
    let found = records.iter().find(|one| name.is_some() && one.get("id").and_then(Value::as_str) == name);
    found.unwrap_or(&Value::Null)
}

/// What the driver asks about the records beside the decision: whether each is alive.
pub(crate) fn statuses(records: &[Value], given: &Given) -> Vec<Value> {
    records.iter().map(|one| json!({ "name": one.get("id"), "record": one, "context": context(one, given) })).collect()
}

/// What the server knows about a record: its client, and its session if that is still there.
pub(crate) fn context(record: &Value, given: &Given) -> Value {
    let ours = record.get("client_id").and_then(Value::as_str) == Some(&given.client.id);
    json!({
        "session": session(record, given),
        "client": if ours { given.client.metadata.clone() } else { Value::Null },
        "now": NOW,
    })
}

/// The session that a record names, if it is still there. Of another user's the vector says nothing: it is.
pub(crate) fn session(record: &Value, given: &Given) -> Value {
    let other = |user: &&str| *user != given.user();
    if let Some(user) = record.get("sub").and_then(Value::as_str).filter(other) {
        return Session { sid: session_of(user, given), ..Session::fresh(user, NOW) }.record();
    }
    given.session.as_ref().map_or(Value::Null, Session::record)
}

/// Another user's token belongs to another session.
fn session_of(user: &str, given: &Given) -> String {
    if user == given.user() { "s1".to_owned() } else { format!("s-{user}") }
}

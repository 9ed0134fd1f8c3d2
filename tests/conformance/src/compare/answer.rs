//! Decisions about records that exist: of the token endpoint, of events, of revocation, and whether a token lives.

use super::{Mismatch, at, closest, common, failed, has, lacking, unknown, words};
use crate::convert::given::Given;
use crate::expectation::{AnswerExpectation, AnswerKind};
use crate::store::{Store, Stored};
use serde_json::{Value, json};

const TOKENS: [&str; 12] = [
    "outcome",
    "error",
    "response",
    "scope",
    "access_token",
    "id_token",
    "refresh_token",
    "ignored",
    "effects",
    "trace",
    "situation",
    "summary",
];
const EVENT: [&str; 7] = ["outcome", "response", "error", "effects", "trace", "situation", "summary"];
const STATUS: [&str; 6] = ["alive", "status", "because", "expires_in", "trace", "situation"];

/// What exists before a decision.
#[derive(Clone, Debug, Default)]
pub(crate) struct World(Store);

impl World {
    pub(crate) fn new(tokens: &[Value], given: &Given) -> Self {
        let mut store = Store::default();
        for token in tokens {
            store.add(token.get("kind").and_then(Value::as_str).unwrap_or_default(), token);
        }
        if let Some(grant) = &given.grant {
            store.add("grant", &grant.of(given.user()));
        }
        if let Some(session) = &given.session {
            store.add("session", &json!({ "sid": "s1", "sub": session.user, "status": "active" }));
        }
        Self(store)
    }
}

pub(super) fn compare(expectation: &AnswerExpectation, observation: &Value) -> Vec<Mismatch> {
    let mut world = expectation.world.0.clone();
    if let Some(claims) = &expectation.code {
        let Some(code) = observation.get("code").filter(|code| code.is_object()) else {
            return vec![Mismatch::new("code", "one to redeem", observation)];
        };
        let wrong = failed(claims, |field| fixed(field, code));
        if !wrong.is_empty() {
            return wrong;
        }
        // The grant that the person gave stands beside the code.
        let effects = observation.pointer("/authorized/effects").and_then(Value::as_array);
        let granted = |effect: &&Value| effect.get("kind").is_some_and(|kind| kind == "grant");
        let granted: Vec<Value> = effects.into_iter().flatten().filter(granted).cloned().collect();
        if let Err(problem) = world.execute(&granted) {
            return vec![Mismatch::new("code", "effects that can be executed", problem)];
        }
        world.add("code", code);
    }
    let Some(decision) = observation.get("decision") else {
        return vec![Mismatch::new("decision", "a decision", observation)];
    };
    let members: &[&str] = match expectation.kind {
        AnswerKind::Tokens => &TOKENS,
        AnswerKind::Event => &EVENT,
        AnswerKind::Status => &STATUS,
    };
    let lacking = lacking(decision, members);
    if !lacking.is_empty() {
        return lacking;
    }
    let effects = decision.get("effects").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if let Err(problem) = world.execute(effects) {
        return vec![Mismatch::new("effects", "effects that can be executed", problem)];
    }
    let seen = Seen { kind: expectation.kind, decision, after: &world, statuses: observation.get("statuses") };
    let mut mismatches = closest(&expectation.alternatives, |field| seen.field(field));
    mismatches.extend(seen.contradictions());
    mismatches
}

/// What the authorization endpoint fixed in a code.
fn fixed(field: &str, code: &Value) -> Value {
    match field {
        "code.scopes" => words(&at(code, "/scope")),
        "code.binding" if has(code, "/refresh_token") => at(code, "/refresh_token/binding"),
        "code.binding" => at(code, "/access_token/binding"),
        "code.auto_approved" => at(code, "/auto_approved"),
        other => unknown(other),
    }
}

/// A decision and the records after it, read in the vector's words.
struct Seen<'a> {
    kind: AnswerKind,
    decision: &'a Value,
    after: &'a Store,
    statuses: Option<&'a Value>,
}

impl Seen<'_> {
    fn at(&self, pointer: &str) -> Value {
        at(self.decision, pointer)
    }

    fn has(&self, pointer: &str) -> bool {
        has(self.decision, pointer)
    }

    fn field(&self, field: &str) -> Value {
        if let Some(name) = field.strip_prefix("effects.") {
            return self.state(name);
        }
        if let Some(claim) = field.strip_prefix("id_token_claims.") {
            return self.at(&format!("/id_token/{claim}"));
        }
        match field {
            "result" => self.result(),
            "interaction" => json!([]),
            "response_in" | "consent_screen" | "front_channel" => Value::Null,
            "error" | "error.code" | "error.placement" if self.kind == AnswerKind::Status => {
                // A resource server refuses what is not alive (RFC 6750 section 3.1).
                let refusal = json!({ "error": { "code": "invalid_token", "placement": "http_401" } });
                let pointer = format!("/{}", field.replace('.', "/"));
                if self.at("/alive") == true { Value::Null } else { at(&refusal, &pointer) }
            }
            "token_set" if !self.has("/access_token") && !self.has("/refresh_token") && !self.has("/id_token") => {
                Value::Null
            }
            "token_set" => self.decision.clone(),
            "token_set.access_token" => self.has("/access_token").into(),
            "token_set.access_token_lifetime_s" => self.at("/access_token/expires_in"),
            "token_set.id_token" => self.has("/id_token").into(),
            "token_set.refresh_token" => self.has("/refresh_token").into(),
            "token_set.refresh_token_binding" => self.at("/refresh_token/binding"),
            "token_set.refresh_token_lifetime.kind" => self.at("/refresh_token/lifetime/kind"),
            "token_set.refresh_token_lifetime.seconds" => self.at("/refresh_token/lifetime/seconds"),
            "token_set.refresh_token_scopes" => words(&self.at("/refresh_token/scope")),
            "id_token_claims" => self.at("/id_token"),
            "granted_scopes" if self.kind == AnswerKind::Tokens => common(field, self.decision).unwrap_or_default(),
            _ => common(field, self.decision).unwrap_or_else(|| unknown(field)),
        }
    }

    fn result(&self) -> Value {
        if self.kind == AnswerKind::Status {
            return if self.at("/alive") == true { "ok" } else { "error" }.into();
        }
        match (self.at("/outcome").as_str(), self.at("/response/status").as_u64()) {
            (Some("done"), None) => "ok".into(),
            (Some("done"), Some(status)) => format!("http_{status}").into(),
            _ => self.at("/outcome"),
        }
    }

    /// What a name stands for after the effects.
    fn state(&self, name: &str) -> Value {
        match name {
            "session" => {
                let live = self.after.of_kind("session").any(|stored| text(stored, "status") == Some("active"));
                if live { "active" } else { "ended" }.into()
            }
            "grant" => {
                let live = self.after.of_kind("grant").any(|stored| text(stored, "status") != Some("revoked"));
                if live { "kept" } else { "removed" }.into()
            }
            _ => self.token_state(name),
        }
    }

    fn token_state(&self, name: &str) -> Value {
        let Some(stored) = self.after.0.iter().find(|stored| text(stored, "id") == Some(name)) else {
            return self.issued_state(name);
        };
        let status = text(stored, "status").map_or(Value::Null, Value::from);
        let Some(asked) = self.statuses.and_then(|all| all.get(name)) else {
            return "no status was asked for".into();
        };
        // What no effect ended may have ended by the clock alone.
        if status == "active" && asked.get("alive") != Some(&Value::Bool(true)) { at(asked, "/status") } else { status }
    }

    /// A name that did not exist before is that of the token which was issued.
    fn issued_state(&self, name: &str) -> Value {
        let kind = if name.starts_with("AT") { "access_token" } else { "refresh_token" };
        let issued: Vec<&Stored> = self.after.of_kind(kind).filter(|stored| stored.issued).collect();
        match issued.as_slice() {
            [one] => text(one, "status").map_or(Value::Null, Value::from),
            _ => Value::Null,
        }
    }

    /// What is stored must be what the decision says, and an error gives nothing.
    fn contradictions(&self) -> Vec<Mismatch> {
        let mut wrong = Vec::new();
        for kind in ["access_token", "refresh_token"] {
            let stored: Vec<Value> = self.after.of_kind(kind).filter(|one| one.issued).map(essence).collect();
            let token = self.decision.get(kind).filter(|token| !token.is_null());
            let due: Vec<Value> = token
                .iter()
                .map(|token| {
                    json!({ "kind": kind, "scope": words(&at(token, "/scope")), "binding": at(token, "/binding"),
                        "status": "active" })
                })
                .collect();
            if stored != due {
                wrong.push(Mismatch::new("effects.store", Value::from(due), Value::from(stored)));
            }
        }
        let refused = self.at("/outcome") == "error";
        if self.kind != AnswerKind::Status && refused != self.has("/error") {
            wrong.push(Mismatch::new("outcome", "an error exactly when there is one", self.at("/error")));
        }
        if refused && (self.has("/access_token") || self.has("/refresh_token") || self.has("/id_token")) {
            wrong.push(Mismatch::new("tokens", "none with an error", self.decision));
        }
        wrong
    }
}

fn essence(stored: &Stored) -> Value {
    let member = |key: &str| stored.record.get(key).cloned().unwrap_or_default();
    json!({ "kind": member("kind"), "scope": words(&member("scope")), "binding": member("binding"),
        "status": member("status") })
}

fn text<'a>(stored: &'a Stored, key: &str) -> Option<&'a str> {
    stored.record.get(key).and_then(Value::as_str)
}

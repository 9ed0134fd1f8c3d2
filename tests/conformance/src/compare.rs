//! The expectation of a vector beside what an engine decided.
//!
//! Lists are compared without regard to order. What a vector does not say, and what its field
//! guide lists as not asserted, is not compared; everything else is.

use crate::vector::Fields;
use serde_json::Value;
use std::fmt;

const RESULTS: [&str; 6] =
    ["code", "front_channel_tokens", "code_and_front_channel_tokens", "none_response", "redirect_error", "error_page"];
const SCREENS: [&str; 4] = ["login", "reauthenticate", "select_account", "consent"];
const PLACEMENTS: [&str; 4] = ["query", "fragment", "page", "http_400"];
const RESPONSES: [&str; 2] = ["query", "fragment"];
const BINDINGS: [&str; 2] = ["session", "offline"];
const LIFETIMES: [&str; 7] =
    ["session", "until_revoked", "long_lived", "long_but_finite", "fixed", "idle", "unspecified"];
const IGNORED: [&str; 24] = [
    "auto_approval_wins",
    "auto_approved",
    "not_code_flow",
    "native_offline_by_default",
    "native_no_auto_approval",
    "installed_app",
    "prompt_lacks_consent",
    "response_type_returns_no_code",
    "implicit_flow",
    "front_channel_access_token",
    "client_lacks_refresh_grant",
    "client_not_eligible",
    "public_client",
    "not_first_authorization",
    "consent_not_valid",
    "api_disallows_offline",
    "policy_declines",
    "policy_narrowed",
    "offline_wins",
    "online_wins",
    "unknown_value",
    "unknown_scope",
    "unsupported",
    "legacy_unsupported",
];
const DECISION: [&str; 10] =
    ["outcome", "error", "response", "consent", "scope", "tokens", "ignored", "effects", "trace", "summary"];

/// One field in which a decision differs from its vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The field, in the vector's words.
    pub field: String,
    /// What the vector expects.
    pub expected: String,
    /// What came.
    pub actual: String,
}

impl Mismatch {
    pub(crate) fn new(field: &str, expected: impl fmt::Display, actual: impl fmt::Display) -> Self {
        Self { field: field.to_owned(), expected: expected.to_string(), actual: actual.to_string() }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, came {}", self.field, self.expected, self.actual)
    }
}

/// The assertions of a vector, each a field and the value that it must have.
#[derive(Clone, Debug)]
pub struct Expectation(Vec<(&'static str, Value)>);

impl Expectation {
    pub(crate) fn read(mut expect: Fields) -> Result<Self, String> {
        let mut all = Assertions(Vec::new());
        let result = expect.word("result", &RESULTS)?.ok_or("`expect` has no `result`")?;
        all.always("result", result);
        all.list("interaction", closed("interaction", expect.texts("interaction")?, &SCREENS)?);
        all.list("granted_scopes", expect.texts("granted_scopes")?);
        all.stated("scope_response_required", expect.boolean("scope_response_required")?);
        let silent = expect.is_null("response_in");
        all.unless_null("response_in", silent, expect.word("response_in", &RESPONSES)?);

        let none = expect.is_null("consent_screen");
        match expect.fields("consent_screen")? {
            None => all.nothing("consent_screen", none),
            Some(mut screen) => {
                all.list("consent_screen.new", screen.texts("new")?);
                all.list("consent_screen.already_granted", screen.texts("already_granted")?);
                all.stated("consent_screen.offline_notice", screen.boolean("offline_notice")?);
                all.stated("consent_screen.remember_checkbox", screen.boolean("remember_checkbox")?);
                screen.finish()?;
            }
        }

        let none = expect.is_null("error");
        match expect.fields("error")? {
            None => all.nothing("error", none),
            Some(mut error) => {
                all.stated("error.code", error.text("code")?);
                all.stated("error.placement", error.word("placement", &PLACEMENTS)?);
                error.finish()?;
            }
        }

        let none = expect.is_null("front_channel");
        match expect.fields("front_channel")? {
            None => all.nothing("front_channel", none),
            Some(mut tokens) => {
                all.stated("front_channel.access_token", tokens.boolean("access_token")?);
                all.stated("front_channel.access_token_lifetime_s", tokens.integer("access_token_lifetime_s")?);
                all.list("front_channel.access_token_scopes", tokens.texts("access_token_scopes")?);
                all.stated("front_channel.id_token", tokens.boolean("id_token")?);
                all.stated("front_channel.refresh_token", tokens.boolean("refresh_token")?);
                tokens.finish()?;
            }
        }

        let none = expect.is_null("token_set");
        match expect.fields("token_set")? {
            None => all.nothing("token_set", none),
            Some(tokens) => all.token_set(tokens)?,
        }

        if let Some(ignored) = expect.take("ignored") {
            let Value::Array(ignored) = ignored else {
                return Err(format!("`expect.ignored` is not a list: {ignored}"));
            };
            let listed = ignored.into_iter().map(|entry| {
                let mut entry = Fields::of("expect.ignored[]", entry)?;
                let reason = entry.word("reason", &IGNORED)?.ok_or("an `ignored` entry has no reason")?;
                let param = entry.text("param")?.ok_or("an `ignored` entry has no param")?;
                let value = entry.text("value")?.ok_or("an `ignored` entry has no value")?;
                entry.finish()?;
                Ok(set_aside(&param, &value, &reason))
            });
            all.list("ignored", Some(listed.collect::<Result<Vec<String>, String>>()?));
        }
        expect.take("notes");
        expect.finish()?;
        Ok(Self(all.0))
    }
}

struct Assertions(Vec<(&'static str, Value)>);

impl Assertions {
    fn always(&mut self, field: &'static str, value: impl Into<Value>) {
        self.0.push((field, value.into()));
    }

    fn stated(&mut self, field: &'static str, value: Option<impl Into<Value>>) {
        self.0.extend(value.map(|value| (field, value.into())));
    }

    fn list(&mut self, field: &'static str, value: Option<Vec<String>>) {
        self.stated(field, value.map(sorted));
    }

    fn nothing(&mut self, field: &'static str, stated: bool) {
        if stated {
            self.0.push((field, Value::Null));
        }
    }

    fn unless_null(&mut self, field: &'static str, null: bool, value: Option<String>) {
        self.nothing(field, null);
        self.stated(field, value);
    }

    fn token_set(&mut self, mut tokens: Fields) -> Result<(), String> {
        self.stated("token_set.access_token", tokens.boolean("access_token")?);
        self.stated("token_set.access_token_lifetime_s", tokens.integer("access_token_lifetime_s")?);
        self.stated("token_set.id_token", tokens.boolean("id_token")?);
        let issued = tokens.boolean("refresh_token")?;
        let unbound = tokens.is_null("refresh_token_binding");
        let binding = tokens.word("refresh_token_binding", &BINDINGS)?;
        let lifetime = tokens.fields("refresh_token_lifetime")?;
        let scopes = tokens.texts("refresh_token_scopes")?;
        tokens.finish()?;
        let lifetime = lifetime.map(read_lifetime).transpose()?;
        // A null `refresh_token` means that the source does not say, and takes the rest with it.
        if issued.is_some() {
            self.stated("token_set.refresh_token", issued);
            self.unless_null("token_set.refresh_token_binding", unbound, binding);
            self.list("token_set.refresh_token_scopes", scopes);
            if let Some((kind, seconds)) = lifetime.filter(|(kind, _)| kind != "unspecified") {
                self.always("token_set.refresh_token_lifetime.kind", kind);
                self.always("token_set.refresh_token_lifetime.seconds", seconds);
            }
        }
        Ok(())
    }
}

fn read_lifetime(mut lifetime: Fields) -> Result<(String, Option<u64>), String> {
    let kind = lifetime.word("kind", &LIFETIMES)?.ok_or("a lifetime has no kind")?;
    let seconds = lifetime.integer("seconds")?;
    lifetime.finish()?;
    Ok((kind, seconds))
}

fn closed(field: &str, words: Option<Vec<String>>, known: &[&str]) -> Result<Option<Vec<String>>, String> {
    match words.iter().flatten().find(|word| !known.contains(&word.as_str())) {
        Some(word) => Err(format!("`expect.{field}` has an unexpected value: `{word}`")),
        None => Ok(words),
    }
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

fn set_aside(param: &str, value: &str, reason: &str) -> String {
    format!("{param}={value} ({reason})")
}

/// Compares an observation (see [`crate::drive`]) with what its vector expects. No mismatch: it passed.
pub fn compare(expectation: &Expectation, observation: &Value) -> Vec<Mismatch> {
    if let Some(thrown) = observation.get("thrown") {
        return vec![Mismatch::new("thrown", "a decision", thrown)];
    }
    let Some(decision) = observation.get("decision") else {
        return vec![Mismatch::new("decision", "a decision", observation)];
    };
    let lacking: Vec<Mismatch> = DECISION
        .iter()
        .filter(|key| decision.get(**key).is_none())
        .map(|key| Mismatch::new(key, "a member of the decision", "none"))
        .collect();
    if !lacking.is_empty() {
        return lacking;
    }
    let seen = Seen { observation, decision };
    let mut mismatches: Vec<Mismatch> = expectation
        .0
        .iter()
        .filter_map(|(field, expected)| {
            let actual = seen.field(field);
            (!same(expected, &actual)).then(|| Mismatch::new(field, expected, actual))
        })
        .collect();
    mismatches.extend(seen.contradiction());
    mismatches
}

/// 3600 and 3600.0 are the same number.
fn same(expected: &Value, actual: &Value) -> bool {
    match (expected.as_f64(), actual.as_f64()) {
        (Some(expected), Some(actual)) => expected == actual,
        _ => expected == actual,
    }
}

/// An observation, read in the vector's words.
struct Seen<'a> {
    observation: &'a Value,
    decision: &'a Value,
}

impl Seen<'_> {
    /// A member of the decision; null when it is not there.
    fn at(&self, pointer: &str) -> Value {
        self.decision.pointer(pointer).cloned().unwrap_or_default()
    }

    fn has(&self, pointer: &str) -> bool {
        !self.at(pointer).is_null()
    }

    fn is_true(&self, pointer: &str) -> bool {
        self.at(pointer) == Value::Bool(true)
    }

    fn field(&self, field: &str) -> Value {
        match field {
            "result" => self.result().into(),
            "interaction" => list(self.observation.get("screens"), Value::as_str),
            "granted_scopes" => list(self.decision.pointer("/scope/granted"), Value::as_str),
            "scope_response_required" => self.at("/scope/must_report"),
            "response_in" if self.at("/outcome") == "issue" => self.at("/response/placement"),
            "response_in" => Value::Null,
            "consent_screen" => self.shown(|consent| consent.clone()),
            "consent_screen.new" => self.shown(|consent| scopes_with(consent, "new")),
            "consent_screen.already_granted" => self.shown(|consent| scopes_with(consent, "already_granted")),
            "consent_screen.offline_notice" => self.shown(|consent| member(consent, "offline_access")),
            "consent_screen.remember_checkbox" => {
                self.shown(|consent| (member(consent, "remember") == "checkbox").into())
            }
            "error" => self.at("/error"),
            "error.code" => self.at("/error/code"),
            "error.placement" => self.at("/error/placement"),
            "front_channel" if !self.front_channel_tokens() => Value::Null,
            "front_channel" => self.at("/tokens/front_channel"),
            "front_channel.access_token" => self.has("/tokens/front_channel/access_token").into(),
            "front_channel.access_token_lifetime_s" => self.at("/tokens/front_channel/access_token/expires_in"),
            "front_channel.access_token_scopes" => words(&self.at("/tokens/front_channel/access_token/scope")),
            "front_channel.id_token" => self.at("/tokens/front_channel/id_token"),
            "front_channel.refresh_token" => self.has("/tokens/front_channel/refresh_token").into(),
            "token_set" => self.at("/tokens/token_endpoint"),
            "token_set.access_token" => self.has("/tokens/token_endpoint/access_token").into(),
            "token_set.access_token_lifetime_s" => self.at("/tokens/token_endpoint/access_token/expires_in"),
            "token_set.id_token" => self.at("/tokens/token_endpoint/id_token"),
            "token_set.refresh_token" => self.has("/tokens/token_endpoint/refresh_token").into(),
            "token_set.refresh_token_binding" => self.at("/tokens/token_endpoint/refresh_token/binding"),
            "token_set.refresh_token_lifetime.kind" => self.at("/tokens/token_endpoint/refresh_token/lifetime/kind"),
            "token_set.refresh_token_lifetime.seconds" => {
                self.at("/tokens/token_endpoint/refresh_token/lifetime/seconds")
            }
            "token_set.refresh_token_scopes" => words(&self.at("/tokens/token_endpoint/refresh_token/scope")),
            "ignored" => list(self.decision.get("ignored"), |entry| {
                let text = |key: &str| entry.get(key).and_then(Value::as_str);
                Some(set_aside(text("param")?, text("value")?, text("reason")?))
            }),
            other => format!("no such field: {other}").into(),
        }
    }

    fn result(&self) -> String {
        let outcome = self.at("/outcome");
        match outcome.as_str() {
            Some("error") => match self.at("/error/placement").as_str() {
                Some("page" | "http_400") => "error_page",
                _ => "redirect_error",
            }
            .to_owned(),
            Some("issue") => match (self.is_true("/tokens/front_channel/code"), self.front_channel_tokens()) {
                (true, true) => "code_and_front_channel_tokens",
                (true, false) => "code",
                (false, true) => "front_channel_tokens",
                (false, false) => "none_response",
            }
            .to_owned(),
            _ => format!("no end: {outcome}"),
        }
    }

    fn front_channel_tokens(&self) -> bool {
        self.has("/tokens/front_channel/access_token") || self.is_true("/tokens/front_channel/id_token")
    }

    /// Something about the consent screen; null when none was shown.
    fn shown(&self, read: impl Fn(&Value) -> Value) -> Value {
        let shown = self.observation.get("screens").and_then(Value::as_array);
        if shown.is_some_and(|screens| screens.iter().any(|screen| screen == "consent")) {
            self.observation.get("consent").map_or(Value::Null, read)
        } else {
            Value::Null
        }
    }

    /// What the server is told to mint must be what the token sets say.
    fn contradiction(&self) -> Option<Mismatch> {
        if self.at("/outcome") != "issue" {
            return None;
        }
        let due = [
            ("code", self.is_true("/tokens/front_channel/code")),
            ("access_token", self.has("/tokens/front_channel/access_token")),
            ("id_token", self.is_true("/tokens/front_channel/id_token")),
        ];
        let due: Vec<String> = due.iter().filter(|(_, due)| *due).map(|(name, _)| (*name).to_owned()).collect();
        let due = Value::from(sorted(due));
        let mint = list(self.decision.pointer("/response/mint"), Value::as_str);
        (due != mint).then(|| Mismatch::new("response.mint", due, mint))
    }
}

fn member(value: &Value, key: &str) -> Value {
    value.get(key).cloned().unwrap_or_default()
}

/// A list in a fixed order; null when it is not a list, or an entry cannot be read.
fn list<'a, T: ToString>(value: Option<&'a Value>, read: impl Fn(&'a Value) -> Option<T>) -> Value {
    let entries = value.and_then(Value::as_array);
    let entries: Option<Vec<String>> =
        entries.and_then(|entries| entries.iter().map(|entry| read(entry).map(|text| text.to_string())).collect());
    entries.map_or(Value::Null, |entries| sorted(entries).into())
}

/// The scopes of a consent screen with this status; null when a status is not a known one.
fn scopes_with(consent: &Value, status: &str) -> Value {
    let scopes = consent.get("scopes").and_then(Value::as_array);
    let known = |entry: &&Value| matches!(member(entry, "status").as_str(), Some("new" | "already_granted"));
    match scopes {
        Some(scopes) if scopes.iter().all(|entry| known(&entry)) => {
            let chosen = scopes.iter().filter(|entry| member(entry, "status") == status);
            let names: Option<Vec<String>> =
                chosen.map(|entry| entry.get("scope").and_then(Value::as_str).map(str::to_owned)).collect();
            names.map_or(Value::Null, |names| sorted(names).into())
        }
        _ => Value::Null,
    }
}

/// The words of a space-delimited list.
fn words(value: &Value) -> Value {
    value.as_str().map_or(Value::Null, |text| {
        sorted(text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()).into()
    })
}

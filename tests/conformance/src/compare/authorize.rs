//! Decisions of the authorization endpoint.

use super::{Mismatch, at, closest, common, consent_screen, has, lacking, list, unknown, words};
use crate::expectation::{Alternative, sorted};
use serde_json::Value;

const MEMBERS: [&str; 11] = [
    "outcome",
    "error",
    "response",
    "consent",
    "scope",
    "tokens",
    "ignored",
    "effects",
    "trace",
    "situation",
    "summary",
];

pub(super) fn compare(alternatives: &[Alternative], observation: &Value) -> Vec<Mismatch> {
    let Some(decision) = observation.get("decision") else {
        return vec![Mismatch::new("decision", "a decision", observation)];
    };
    let lacking = lacking(decision, &MEMBERS);
    if !lacking.is_empty() {
        return lacking;
    }
    let seen = Seen { observation, decision };
    let mut mismatches = closest(alternatives, |field| seen.field(field));
    mismatches.extend(seen.contradiction());
    mismatches
}

/// An observation, read in the vector's words.
struct Seen<'a> {
    observation: &'a Value,
    decision: &'a Value,
}

impl Seen<'_> {
    fn at(&self, pointer: &str) -> Value {
        at(self.decision, pointer)
    }

    fn has(&self, pointer: &str) -> bool {
        has(self.decision, pointer)
    }

    fn is_true(&self, pointer: &str) -> bool {
        self.at(pointer) == Value::Bool(true)
    }

    fn field(&self, field: &str) -> Value {
        match field {
            "result" => self.result().into(),
            "interaction" => list(self.observation.get("screens"), Value::as_str),
            "response_in" if self.at("/outcome") == "issue" => self.at("/response/placement"),
            "response_in" => Value::Null,
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
            _ => common(field, self.decision)
                .or_else(|| consent_screen(field, self.shown()))
                .unwrap_or_else(|| unknown(field)),
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

    /// The consent page; none when it was not shown.
    fn shown(&self) -> Option<&Value> {
        let shown = self.observation.get("screens").and_then(Value::as_array);
        let consent = self.observation.get("consent");
        consent.filter(|_| shown.is_some_and(|screens| screens.iter().any(|screen| screen == "consent")))
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

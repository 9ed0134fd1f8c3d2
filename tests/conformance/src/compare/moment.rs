//! The steps of a scenario beside the moments of a simulation.

use super::{Mismatch, at, closest, common, consent_screen, has, lacking, list, unknown};
use crate::expectation::{Alternative, Assertions, closed, read_lifetime};
use crate::vector::Fields;
use crate::vocabulary::{BINDINGS, SCREENS, TOKEN_KINDS, TOKEN_STATES};
use serde_json::{Value, json};

const RESULTS: [&str; 11] = [
    "code",
    "front_channel_tokens",
    "code_and_front_channel_tokens",
    "none_response",
    "redirect_error",
    "error_page",
    "tokens",
    "error",
    "ok",
    "http_200",
    "http_204",
];
const MEMBERS: [&str; 13] = [
    "n", "step", "at", "result", "screens", "decision", "consent", "issued", "ended", "lives", "session", "grants",
    "summary",
];

/// What a vector expects of one step.
#[derive(Clone, Debug)]
pub(crate) struct StepExpectation {
    alternatives: Vec<Alternative>,
    /// The tokens that it names, with their kinds, in order. A name means the same token in every alternative.
    pub(crate) issued: Vec<(String, String)>,
}

impl StepExpectation {
    pub(crate) fn read(expect: Vec<Fields>) -> Result<Self, String> {
        let mut step = Self { alternatives: Vec::new(), issued: Vec::new() };
        for expect in expect {
            let (alternative, issued) = Self::alternative(expect)?;
            step.alternatives.push(alternative);
            for (name, kind) in issued {
                match step.issued.iter().find(|(known, _)| *known == name) {
                    None => step.issued.push((name, kind)),
                    Some((_, known)) if *known == kind => {}
                    Some(_) => return Err(format!("`any_of` names tokens of two kinds `{name}`")),
                }
            }
        }
        Ok(step)
    }

    fn alternative(mut expect: Fields) -> Result<(Alternative, Vec<(String, String)>), String> {
        let mut all = Assertions::default();
        all.result(&mut expect, &RESULTS)?;
        all.list("screens", closed("screens", expect.texts("screens")?, &SCREENS)?);
        all.common(&mut expect)?;
        let issued = expect.take("issued").unwrap_or_else(|| json!([]));
        let Value::Array(issued) = issued else {
            return Err(format!("`expect.issued` is not a list: {issued}"));
        };
        let issued: Vec<(String, String)> =
            issued.into_iter().map(|token| Self::issued(&mut all, token)).collect::<Result<_, _>>()?;
        for (name, state) in expect.members("state")? {
            Self::state(&mut all, &name, state)?;
        }
        expect.finish()?;
        Ok((all.0, issued))
    }

    /// Whether it asserts how long an access token lives.
    pub(crate) fn states_a_lifetime(&self) -> bool {
        self.alternatives.iter().flatten().any(|(field, _)| field.ends_with(".lifetime_s"))
    }

    fn issued(all: &mut Assertions, token: Value) -> Result<(String, String), String> {
        let mut token = Fields::of("expect.issued[]", token)?;
        let name = token.text("name")?.ok_or("an `issued` entry has no name")?;
        let kind = token.word("kind", &TOKEN_KINDS)?.ok_or("an `issued` entry has no kind")?;
        all.always(format!("issued.{name}"), kind.as_str());
        if let Some(binding) = token.word("binding", &BINDINGS)? {
            all.always(format!("issued.{name}.binding"), binding);
        }
        if let Some(seconds) = token.integer("lifetime_s")? {
            all.always(format!("issued.{name}.lifetime_s"), seconds);
        }
        let lifetime = token.fields("lifetime")?.map(read_lifetime).transpose()?;
        all.lifetime(&format!("issued.{name}.lifetime"), lifetime);
        token.finish()?;
        Ok((name, kind))
    }

    /// `grant` and `stored_consent` name the scope of what is stored, and other names with a scope are grant ids.
    fn state(all: &mut Assertions, name: &str, state: Value) -> Result<(), String> {
        let text = state.as_str().unwrap_or_default();
        let known = match name {
            "session" => ["active", "ended"].contains(&text),
            "session_remaining_s" => state.is_u64(),
            "grant" | "stored_consent" | "grant_id" => !text.is_empty(),
            _ if is_grant(name) => !text.is_empty(),
            _ => TOKEN_STATES.contains(&text),
        };
        if !known {
            return Err(format!("`expect.state.{name}` has an unexpected value: {state}"));
        }
        let of_scope = is_grant(name) || name == "grant" || name == "stored_consent";
        if of_scope && text == "kept" {
            all.always(format!("state.{name}.kept"), true);
            return Ok(());
        }
        let mut words: Vec<&str> = text.split(' ').collect();
        words.sort_unstable();
        let state = if of_scope { words.join(" ").into() } else { state };
        all.always(format!("state.{name}"), state);
        Ok(())
    }
}

/// `G1`, `G2` and so on: the ids that the Grant Management vectors give to grants.
fn is_grant(name: &str) -> bool {
    name.strip_prefix('G').is_some_and(|number| number.parse::<u32>().is_ok())
}

pub(super) fn compare(steps: &[StepExpectation], observation: &Value) -> Vec<Mismatch> {
    let moments = observation.get("moments").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if moments.len() != steps.len() {
        return vec![Mismatch::new("steps", steps.len(), moments.len())];
    }
    let mut mismatches = Vec::new();
    for (number, (step, moment)) in (1_u32..).zip(steps.iter().zip(moments)) {
        let names = moment.get("names").unwrap_or(&Value::Null);
        let moment = moment.get("moment").unwrap_or(&Value::Null);
        let mut wrong = lacking(moment, &MEMBERS);
        if wrong.is_empty() {
            let seen = Seen { moment, names };
            wrong = closest(&step.alternatives, |field| seen.field(field));
            wrong.extend(seen.contradictions());
        }
        mismatches
            .extend(wrong.into_iter().map(|one| Mismatch { field: format!("step {number}: {}", one.field), ..one }));
    }
    mismatches
}

/// A moment, read in the vector's words.
struct Seen<'a> {
    moment: &'a Value,
    /// From the vector's names of tokens to the simulation's.
    names: &'a Value,
}

impl<'a> Seen<'a> {
    fn at(&self, pointer: &str) -> Value {
        at(self.moment, pointer)
    }

    fn field(&self, field: &str) -> Value {
        if let Some(name) = field.strip_prefix("state.") {
            return self.state(name);
        }
        if let Some(issued) = field.strip_prefix("issued.") {
            return self.issued(issued);
        }
        let consent = self.moment.get("consent").filter(|consent| !consent.is_null());
        let decision = self.moment.get("decision").unwrap_or(&Value::Null);
        match field {
            "result" => self.at("/result"),
            "screens" => list(self.moment.get("screens"), Value::as_str),
            _ => common(field, decision).or_else(|| consent_screen(field, consent)).unwrap_or_else(|| unknown(field)),
        }
    }

    /// The life that the vector's name stands for.
    fn life(&self, name: &str) -> Option<&'a Value> {
        let name = self.names.get(name).and_then(Value::as_str).unwrap_or(name);
        let lives = self.moment.get("lives").and_then(Value::as_array)?;
        lives.iter().find(|life| life.get("name").and_then(Value::as_str) == Some(name))
    }

    /// `NAME`, `NAME.binding`, `NAME.lifetime_s`, `NAME.lifetime.kind` or `NAME.lifetime.seconds`.
    fn issued(&self, path: &str) -> Value {
        let (name, what) = path.split_once('.').unwrap_or((path, ""));
        let issued = self.moment.get("issued").and_then(Value::as_array);
        let Some(life) = self.life(name).filter(|life| issued.is_some_and(|all| all.contains(&at(life, "/name"))))
        else {
            return Value::Null;
        };
        match what {
            "" => at(life, "/kind"),
            "binding" => at(life, "/binding"),
            // A decision of the authorization endpoint speaks of the token in the redirect.
            "lifetime_s" if has(self.moment, "/decision/tokens") => {
                self.at("/decision/tokens/front_channel/access_token/expires_in")
            }
            "lifetime_s" => self.at("/decision/access_token/expires_in"),
            "lifetime.kind" => self.at("/decision/refresh_token/lifetime/kind"),
            "lifetime.seconds" => self.at("/decision/refresh_token/lifetime/seconds"),
            other => unknown(other),
        }
    }

    fn state(&self, name: &str) -> Value {
        if let Some(grant) = name.strip_suffix(".kept") {
            return (self.state(grant) != "removed").into();
        }
        match name {
            "session" => if has(self.moment, "/session") { "active" } else { "ended" }.into(),
            "session_remaining_s" => {
                let ends = self.at("/session/expires_at").as_f64();
                ends.zip(self.at("/at").as_f64()).map_or(Value::Null, |(ends, now)| (ends - now).into())
            }
            "grant" => self.scope("removed", |_| true),
            "stored_consent" => self.scope("none", |grant| grant.get("remembered") != Some(&Value::Bool(false))),
            "grant_id" => {
                let ids = self.grants().filter_map(|grant| grant.get("grant_id")?.as_str());
                ids.collect::<Vec<&str>>().join(", ").into()
            }
            _ if is_grant(name) => {
                self.scope("removed", |grant| grant.get("grant_id").and_then(Value::as_str) == Some(name))
            }
            _ => self.life(name).map_or(Value::Null, |life| at(life, "/status")),
        }
    }

    fn grants(&self) -> impl Iterator<Item = &'a Value> {
        let grants = self.moment.get("grants").and_then(Value::as_array);
        grants.into_iter().flatten().filter(|grant| grant.get("status").is_none_or(|status| status != "revoked"))
    }

    /// The words of the one grant that is meant, in a fixed order. Of several, all are named, which equals nothing.
    fn scope(&self, none: &str, meant: impl Fn(&Value) -> bool) -> Value {
        let scopes = self.grants().filter(|grant| meant(grant)).map(|grant| {
            let mut words: Vec<&str> = grant.get("scope").and_then(Value::as_str).unwrap_or("?").split(' ').collect();
            words.sort_unstable();
            words.join(" ")
        });
        let scopes: Vec<String> = scopes.collect();
        if scopes.is_empty() { none.into() } else { scopes.join(" | ").into() }
    }

    /// What was issued and what ended must be among the lives, as that.
    fn contradictions(&self) -> Vec<Mismatch> {
        let names = |key: &str| self.moment.get(key).and_then(Value::as_array).into_iter().flatten();
        let status = |name: &Value| self.life_named(name).map_or(Value::Null, |life| at(life, "/status"));
        let issued = names("issued").filter(|name| status(name) != "active");
        let ended = names("ended").filter(|name| ["active", ""].contains(&status(name).as_str().unwrap_or_default()));
        let issued = issued.map(|name| Mismatch::new("issued", "a live token", format!("{name} {}", status(name))));
        let ended = ended.map(|name| Mismatch::new("ended", "a dead token", format!("{name} {}", status(name))));
        issued.chain(ended).collect()
    }

    fn life_named(&self, name: &Value) -> Option<&'a Value> {
        let lives = self.moment.get("lives").and_then(Value::as_array)?;
        lives.iter().find(|life| life.get("name") == Some(name))
    }
}

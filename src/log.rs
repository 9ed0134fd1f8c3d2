//! One line for a server's log, and the fingerprint of a policy.
//!
//! Everything in a line is one of a closed set of words, a name of ours or a situation, which has no personal data. No
//! text of the request is among it, whatever it was: the client's id stands there only where the caller hands it over.

use crate::input::{Misuse, MisuseCode, Node, Text, Value};
use crate::policy::Policy;
use crate::policy::published::settings;

shape! {
    /// What a line names beside the decision.
    pub struct LogOptions {
        /// The client, where the log is to have it.
        optional client_id: Text,
    }
}

impl Policy {
    /// A decision of any kind as one line of JSON with stable keys and without personal data; `docs/log.md` lists them.
    ///
    /// # Errors
    /// When it is no decision.
    pub fn log(&self, decision: &Value, options: &LogOptions) -> Result<String, Misuse> {
        self.line(decision, options, &self.fingerprint())
    }

    /// The same, for a caller who keeps the fingerprint.
    ///
    /// # Errors
    /// When it is no decision.
    pub fn line(&self, decision: &Value, options: &LogOptions, fingerprint: &str) -> Result<String, Misuse> {
        let node = Node::root(decision, "decision");
        let members = node.members()?;
        let mut line = Line::default();
        line.number("v", 1);
        line.word("kind", kind(members.need("situation")?)?);
        line.word("profile", self.profile.name);
        line.word("policy", fingerprint);
        if let Some(client_id) = &options.client_id {
            line.text("client_id", client_id);
        }
        let outcome = members.get("outcome").or(members.get("status"));
        line.word("outcome", word(outcome.ok_or_else(|| node.misuse(MisuseCode::WrongValue, "is no decision"))?)?);
        if let Some(error) = members.get("error").filter(|error| !error.is_null())
            && let Some(code) = error.members()?.get("code").filter(|code| !code.is_null())
        {
            line.word("error", word(code)?);
        }
        refresh_token(node, &mut line)?;
        line.list("rules", members.get("trace"), &|entry, line| {
            // The package hands over the ids alone.
            let rule = if matches!(entry.value(), Value::Text(_)) { entry } else { entry.members()?.need("rule")? };
            line.json.push_str(word(rule)?);
            Ok(())
        })?;
        line.list("ignored", members.get("ignored"), &|one, line| {
            let one = one.members()?;
            line.json.push_str(word(one.need("param")?)?);
            line.json.push(':');
            line.json.push_str(word(one.need("reason")?)?);
            Ok(())
        })?;
        line.word("situation", members.need("situation")?.text()?);
        Ok(line.end())
    }

    /// A digest of what the policy is: the same for policies with the same settings, however they were written. It is no
    /// secret, and guards against mistakes only.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut digest = Digest::default();
        for (id, value) in settings(self) {
            digest.text(id);
            digest.value(&value);
        }
        digest.hexadecimal()
    }
}

/// Which engine decided: the first letter of a situation says it.
fn kind(situation: Node<'_>) -> Result<&'static str, Misuse> {
    let text = situation.text()?.as_str();
    let is_situation = text.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter));
    match text.as_bytes().first() {
        Some(b'a') if is_situation => Ok("authorize"),
        Some(b't') if is_situation => Ok("token"),
        Some(b'l') if is_situation => Ok("event"),
        _ => Err(situation.misuse(MisuseCode::WrongValue, "is no situation, which a decision carries as text")),
    }
}

/// What the client gets, or why not: of an authorization what is fixed, of a token request what is issued.
fn refresh_token(decision: Node<'_>, line: &mut Line) -> Result<(), Misuse> {
    let mut binding = |token: Option<Node<'_>>| match token {
        Some(token) => {
            line.word("refresh_token", word(token.members()?.need("binding")?)?);
            Ok(())
        }
        None => {
            line.word("refresh_token", "none");
            Ok(())
        }
    };
    let members = decision.members()?;
    if let Some(tokens) = members.get("tokens").filter(|tokens| !tokens.is_null()) {
        let token = match tokens.members()?.get("token_endpoint").filter(|endpoint| !endpoint.is_null()) {
            Some(endpoint) => endpoint.members()?.get("refresh_token").filter(|token| !token.is_null()),
            None => None,
        };
        binding(token)?;
        let because = tokens.members()?.need("refresh_token_because")?.members()?;
        line.word("refresh_token_rule", word(because.need("rule")?)?);
        if let Some(reason) = because.get("reason").filter(|reason| !reason.is_null()) {
            line.word("refresh_token_reason", word(reason)?);
        }
        return Ok(());
    }
    match members.get("refresh_token") {
        Some(token) => binding((!token.is_null()).then_some(token)),
        None => Ok(()),
    }
}

/// A name of ours; nothing else has these letters alone.
fn word<'a>(node: Node<'a>) -> Result<&'a str, Misuse> {
    let text = node.text()?.as_str();
    let is_word =
        text.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"_.".contains(&letter));
    if is_word && text.len() <= 64 {
        Ok(text)
    } else {
        Err(node.misuse(MisuseCode::WrongValue, "is no word of a decision"))
    }
}

/// A line under way.
#[derive(Default)]
struct Line {
    json: String,
}

impl Line {
    fn key(&mut self, key: &str) {
        self.json.push_str(if self.json.is_empty() { "{\"" } else { ",\"" });
        self.json.push_str(key);
        self.json.push_str("\":");
    }

    fn number(&mut self, key: &str, digit: u8) {
        self.key(key);
        self.json.push(char::from(b'0'.saturating_add(digit)));
    }

    fn word(&mut self, key: &str, word: &str) {
        self.key(key);
        self.quoted(word);
    }

    fn list(
        &mut self,
        key: &str,
        items: Option<Node<'_>>,
        item: &dyn Fn(Node<'_>, &mut Self) -> Result<(), Misuse>,
    ) -> Result<(), Misuse> {
        self.key(key);
        self.json.push('[');
        if let Some(items) = items {
            for (place, each) in items.list()?.enumerate() {
                self.json.push_str(if place > 0 { ",\"" } else { "\"" });
                item(each, self)?;
                self.json.push('"');
            }
        }
        self.json.push(']');
        Ok(())
    }

    fn quoted(&mut self, word: &str) {
        self.json.push('"');
        self.json.push_str(word);
        self.json.push('"');
    }

    /// A text of the caller's, in letters that cannot break the line (RFC 8259, section 7).
    fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.json.push('"');
        for unit in text.encode_utf16() {
            match u8::try_from(unit) {
                Ok(letter @ b' '..=b'~') if !b"\"\\".contains(&letter) => self.json.push(char::from(letter)),
                _ => {
                    self.json.push_str("\\u");
                    for shift in [12, 8, 4, 0] {
                        self.json.push(hexadecimal(u64::from(unit >> shift)));
                    }
                }
            }
        }
        self.json.push('"');
    }

    fn end(mut self) -> String {
        self.json.push('}');
        self.json
    }
}

/// The lowest four bits as a letter.
fn hexadecimal(number: u64) -> char {
    u32::try_from(number & 15).ok().and_then(|digit| char::from_digit(digit, 16)).unwrap_or('0')
}

/// FNV-1a in two halves that start apart: equal texts are equal, and others are not by chance.
struct Digest {
    halves: [u64; 2],
}

impl Default for Digest {
    fn default() -> Self {
        Self { halves: [0xcbf2_9ce4_8422_2325, 0x9ae1_6a3b_2f90_404f] }
    }
}

impl Digest {
    fn byte(&mut self, byte: u8) {
        for half in &mut self.halves {
            *half = (*half ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(5);
        }
    }

    fn text(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
        // No text has it, so that texts which are joined otherwise are others.
        self.byte(0xff);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null | Value::Broken(_) => self.byte(0),
            Value::Boolean(flag) => self.byte(if *flag { 2 } else { 1 }),
            Value::Number(number) => {
                self.byte(3);
                number.to_bits().to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
            }
            Value::Text(text) => {
                self.byte(4);
                self.text(text);
            }
            Value::List(items) => {
                self.byte(5);
                items.iter().for_each(|item| self.value(item));
                self.byte(6);
            }
            Value::Members(members) => {
                self.byte(7);
                for (name, value) in members {
                    self.text(name);
                    self.value(value);
                }
                self.byte(8);
            }
        }
    }

    fn hexadecimal(&self) -> String {
        let digits = self.halves.iter().flat_map(|half| {
            (0..16).rev().map(move |place: u32| half.checked_shr(place.saturating_mul(4)).unwrap_or(0))
        });
        digits.map(hexadecimal).collect()
    }
}

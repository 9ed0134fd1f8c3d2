//! What a request sends: the parameters that a vector writes, and those that it withholds.

use super::named;
use crate::vector::Fields;
use serde_json::Value;

/// A `code_challenge` that can be one, and the verifier that fits it (RFC 7636, appendix B).
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// What the runner adds on its own. Null in a vector says that it is not sent.
const ADDED: [&str; 3] = ["client_id", "code_verifier", "redirect_uri"];
/// Parameters whose value is JSON, which a vector may write as it is.
const JSON: [&str; 3] = ["authorization_details", "claims", "registration"];
/// The keys of a request of whatever endpoint. One in the wrong place is no parameter of another school.
const KEYS: [&str; 22] = [
    "access_token",
    "access_token_scope",
    "client_auth",
    "code",
    "code_challenge",
    "dpop",
    "endpoint",
    "event",
    "existing_grant",
    "grant_type",
    "live_count",
    "method",
    "params",
    "prompt",
    "refresh_token",
    "response_type",
    "to",
    "token",
    "token_type_hint",
    "user_answer",
    "want_id_token",
    "max_age",
];

/// The parameters of a request, in an order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    pairs: Vec<(String, String)>,
    withheld: Vec<String>,
}

impl Sent {
    pub(crate) fn of(pairs: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { pairs, withheld: Vec::new() }
    }

    /// All that is left of a request: the parameters that this endpoint knows, by name; parameters that nobody knows,
    /// unless the name looks like a slip of the pen; and `params`, which are sent as they stand, whatever their names
    /// and however often, and which take the place of what stands beside them.
    pub(crate) fn read(request: Fields, known: &[&str]) -> Result<Self, String> {
        Self::members(request, known, true)
    }

    /// The same of the `params` of a scenario's step, in either form.
    pub(crate) fn of_params(params: Value, known: &[&str]) -> Result<Self, String> {
        let mut sent = Self::default();
        match params {
            Value::Array(pairs) => sent.list(pairs)?,
            members => sent = Self::members(Fields::of("params", members)?, known, false)?,
        }
        Ok(sent)
    }

    fn members(mut request: Fields, known: &[&str], nested: bool) -> Result<Self, String> {
        let mut stated = Self::default();
        if nested {
            match request.take("params") {
                None => {}
                Some(Value::Array(pairs)) => stated.list(pairs)?,
                Some(Value::Object(members)) => {
                    for (name, value) in members {
                        stated.member(&name, value, true)?;
                    }
                }
                Some(other) => return Err(format!("`request.params` has an unexpected value: {other}")),
            }
        }
        let mut sent = Self::default();
        for name in known {
            if let Some(value) = request.take(name) {
                sent.member(name, value, true)?;
            }
        }
        for (name, value) in request.into_members() {
            if KEYS.iter().chain(known).any(|key| alike(key, &name)) {
                return Err(format!("unknown key: `{name}` of a request; as a parameter it can stand in `params`"));
            }
            sent.member(&name, value, false)?;
        }
        sent.pairs.retain(|(name, _)| !stated.mentions(name));
        sent.withheld.retain(|name| named(&stated.pairs, name).is_none());
        sent.pairs.append(&mut stated.pairs);
        sent.withheld.append(&mut stated.withheld);
        Ok(sent)
    }

    fn list(&mut self, pairs: Vec<Value>) -> Result<(), String> {
        for pair in pairs {
            match pair.as_array().map(Vec::as_slice) {
                Some([Value::String(name), value]) if !value.is_null() => self.member(name, value.clone(), true)?,
                _ => return Err(format!("`params` has an entry that is no pair of name and value: {pair}")),
            }
        }
        Ok(())
    }

    fn member(&mut self, name: &str, value: Value, known: bool) -> Result<(), String> {
        let text = match value {
            Value::Null if ADDED.contains(&name) => {
                self.withheld.push(name.to_owned());
                return Ok(());
            }
            // Any well-formed challenge.
            Value::String(text) if name == "code_challenge" && text == "x" => CHALLENGE.to_owned(),
            Value::String(text) => text,
            Value::Number(number) if known => number.to_string(),
            Value::Object(_) | Value::Array(_) if JSON.contains(&name) => value.to_string(),
            other => return Err(format!("`request.{name}` has an unexpected value: {other}")),
        };
        self.pairs.push((name.to_owned(), text));
        Ok(())
    }

    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The first value that is sent under a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        named(&self.pairs, name)
    }

    /// Whether the vector says something about a parameter, be it that it is not sent.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.get(name).is_some() || self.withholds(name)
    }

    /// Whether the vector says that a parameter is not sent, which the runner would add.
    pub(crate) fn withholds(&self, name: &str) -> bool {
        self.withheld.iter().any(|withheld| withheld == name)
    }

    /// Whether the client that the vector is given can be told from these parameters. One that they name twice cannot.
    pub(crate) fn names_client(&self, id: &str) -> bool {
        let mut named = self.pairs.iter().filter(|(name, _)| name == "client_id").map(|(_, value)| value.as_str());
        match (named.next(), named.next()) {
            (None, _) => !self.withholds("client_id"),
            (Some(first), None) => first == id,
            _ => false,
        }
    }
}

/// Whether one letter more, less or other, or two that changed places, make one name of the other.
fn alike(one: &str, other: &str) -> bool {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let (one, other) =
        (one.as_bytes().get(same..).unwrap_or_default(), other.as_bytes().get(same..).unwrap_or_default());
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let rest = |bytes: &[u8]| bytes.len().saturating_sub(same);
    match (one, other) {
        ([a, b, ..], [c, d, ..]) if (a, b) == (d, c) => rest(one) == 2 && rest(other) == 2,
        _ => rest(one) <= 1 && rest(other) <= 1,
    }
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn a_slip_of_the_pen_is_told_from_another_name() {
        for slip in ["scope", "scop", "scopes", "scoqe", "csope", "scpoe"] {
            assert!(alike("scope", slip), "{slip}");
        }
        for other in ["score_", "sco", "escopo", "audience", "epocs", "sccopee"] {
            assert!(!alike("scope", other), "{other}");
        }
    }
}

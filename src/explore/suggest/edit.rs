//! Edits of an input: each leaves everything else as it is.

use crate::input::{Shape, Text, Value};
use crate::oauth::parameters::{Limits, Parameters, encode};
use crate::policy::Policy;

/// A parameter of the request gets another value; none takes it away.
pub(super) fn parameter(policy: &Policy, input: &mut Value, name: &str, value: Option<&str>) {
    let request = match input.member("request") {
        Some(Value::Text(query)) => {
            let (address, query) = match query.split_once('?') {
                Some((address, query)) => (format!("{address}?"), query),
                None => (String::new(), query.as_str()),
            };
            // What is repeated or malformed stays, for the request would be another one without it.
            let others = query.split('&').filter(|pair| !pair.is_empty() && !is_named(pair, name, policy.limits()));
            let mut pairs: Vec<String> = others.map(str::to_owned).collect();
            pairs.extend(value.map(|value| format!("{}={}", encode(name), encode(value))));
            Value::from(format!("{address}{}", pairs.join("&")))
        }
        Some(Value::Members(members)) => {
            let mut members = members.clone();
            members.retain(|(known, _)| known != name);
            members.extend(value.map(|value| (Text::from(name), Value::from(value))));
            Value::Members(members)
        }
        _ => return,
    };
    input.set("request", request);
}

fn pairs(query: &Text, limits: Limits) -> Vec<(String, String)> {
    let parameters = Parameters::parse(query, limits);
    parameters.sent().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Whether a pair of a query has this name, however that is encoded.
fn is_named(pair: &str, name: &str, limits: Limits) -> bool {
    let raw = pair.split_once('=').map_or(pair, |(raw, _)| raw);
    raw == name || pairs(&Text::from(pair), limits).iter().any(|(known, _)| known == name)
}

/// The value of a parameter of the request.
pub(super) fn sent(policy: &Policy, input: &Value, name: &str) -> Option<String> {
    match input.member("request") {
        Some(Value::Text(query)) => {
            pairs(query, policy.limits()).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
        }
        Some(request) => request.text_of(name).map(str::to_owned),
        None => None,
    }
}

/// A word is added to a parameter that holds several, or taken out of it.
pub(super) fn word(policy: &Policy, input: &mut Value, name: &str, word: &str, present: bool) {
    let value = sent(policy, input, name).unwrap_or_default();
    let mut words: Vec<&str> = value.split(' ').filter(|known| !known.is_empty() && *known != word).collect();
    if present {
        words.push(word);
    }
    let value = words.join(" ");
    parameter(policy, input, name, Some(value.as_str()).filter(|value| !value.is_empty()));
}

/// A member of one of the input's objects gets another value; an object that is not there is made.
pub(super) fn member(input: &mut Value, object: &str, name: &str, value: Value) {
    let mut changed = match input.member(object) {
        Some(Value::Members(members)) => Value::Members(members.clone()),
        _ => Value::Members(Vec::new()),
    };
    changed.set(name, value);
    input.set(object, changed);
}

/// A list of a member gets one more item, or loses it; what stands for an absent list is given along.
pub(super) fn item(input: &mut Value, object: &str, name: &str, item: &str, present: bool, absent: &[&str]) {
    let known = input.member(object).and_then(|object| object.member(name));
    let mut items: Vec<Value> = match known {
        Some(Value::List(items)) => items.clone(),
        _ => absent.iter().map(|item| Value::from(*item)).collect(),
    };
    items.retain(|known| !matches!(known, Value::Text(text) if text == item));
    if present {
        items.push(Value::from(item));
    }
    member(input, object, name, Value::List(items));
}

/// The answers without those of one screen, and with another in their place.
pub(super) fn answer(input: &mut Value, screens: &[&str], given: Option<Value>) {
    let mut answers: Vec<Value> = match input.member("answers") {
        Some(Value::List(answers)) => answers.clone(),
        _ => Vec::new(),
    };
    answers.retain(|answer| !answer.text_of("screen").is_some_and(|screen| screens.contains(&screen)));
    answers.extend(given);
    input.set("answers", Value::List(answers));
}

/// A time as the input has it.
pub(super) fn now(input: &Value) -> Value {
    input.member("now").cloned().unwrap_or_else(|| 0_u64.write())
}

//! Between JSON and what the crate reads and writes.

use grantwise::Policy;
use grantwise::input::Value;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Map, Value as Json};

pub(crate) use crate::handed_over::handed_over;

/// No file is kept of what failed: whoever fixes it adds a test that says what went wrong.
pub(crate) fn cases(cases: u32) -> Config {
    Config { failure_persistence: None, max_shrink_iters: 300, ..Config::with_cases(cases) }
}

/// Values of a strategy, always the same ones: to see what it draws.
pub(crate) fn samples<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..count).filter_map(|_| strategy.new_tree(&mut runner).ok()).map(|tree| tree.current()).collect()
}

/// A decision as JSON; misuse fails the test.
pub(crate) fn decide(policy: &Policy, input: &Value) -> Result<Json, TestCaseError> {
    let decision = policy.authorize(input).map_err(|misuse| TestCaseError::fail(format!("misuse: {misuse}")))?;
    serde_json::to_value(&decision).map_err(|error| TestCaseError::fail(error.to_string()))
}

/// A member, by its path.
pub(crate) fn at<'a>(json: &'a Json, path: &str) -> &'a Json {
    path.split('.').try_fold(json, |json, name| json.get(name)).unwrap_or(&Json::Null)
}

/// A text at a path; empty when there is none.
pub(crate) fn text<'a>(json: &'a Json, path: &str) -> &'a str {
    at(json, path).as_str().unwrap_or_default()
}

/// The items at a path; none when there is no list.
pub(crate) fn items<'a>(json: &'a Json, path: &str) -> &'a [Json] {
    at(json, path).as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The words of a text, sorted, each once.
pub(crate) fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The same with every list, and every space-delimited list, in one order.
pub(crate) fn as_sets(json: &Json) -> Json {
    match json {
        Json::Array(items) => {
            let mut items: Vec<Json> = items.iter().map(as_sets).collect();
            items.sort_by_cached_key(Json::to_string);
            Json::Array(items)
        }
        Json::Object(members) => Json::Object(
            members
                .iter()
                .map(|(name, value)| match value {
                    Json::String(text) if name.ends_with("scope") || name == "refused" || name == "value" => {
                        (name.clone(), Json::String(words(text).join(" ")))
                    }
                    other => (name.clone(), as_sets(other)),
                })
                .collect::<Map<_, _>>(),
        ),
        other => other.clone(),
    }
}

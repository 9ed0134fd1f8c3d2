//! What a caller in JavaScript would hand over.

use grantwise::input::Value;
use serde_json::Value as Json;

/// JSON as the interface of the crate takes it.
pub(crate) fn handed_over(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(boolean) => Value::Boolean(*boolean),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::from(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(handed_over).collect()),
        Json::Object(members) => {
            Value::Members(members.iter().map(|(name, value)| (name.clone().into(), handed_over(value))).collect())
        }
    }
}

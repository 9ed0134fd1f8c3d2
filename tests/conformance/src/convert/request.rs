//! The request of a vector, in one of the forms in which a server may hand it over.

use serde_json::{Map, Value};

/// Writes the parameters as a query string, as an object or as a full URL. The id of the vector
/// decides which, so that every form is exercised and each vector always has the same one.
pub(crate) fn of_authorization(id: &str, parameters: &[(String, String)]) -> Value {
    match hash(id).wrapping_rem(3) {
        0 => Value::String(query(parameters, "+")),
        1 => Value::String(format!("https://server.example/authorize?{}", query(parameters, "%20"))),
        _ => object(parameters),
    }
}

/// The same for a body: as it was posted, or as a framework has parsed it.
pub(crate) fn body(id: &str, parameters: &[(String, String)]) -> Value {
    match hash(id).wrapping_rem(2) {
        0 => Value::String(query(parameters, "+")),
        _ => object(parameters),
    }
}

fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A parameter that is sent more than once is a list.
pub(crate) fn object(parameters: &[(String, String)]) -> Value {
    let mut members: Map<String, Value> = Map::new();
    for (name, value) in parameters {
        let value = Value::from(value.as_str());
        let value = match members.remove(name) {
            None => value,
            Some(Value::Array(earlier)) => earlier.into_iter().chain([value]).collect(),
            Some(earlier) => Value::from(vec![earlier, value]),
        };
        members.insert(name.clone(), value);
    }
    Value::Object(members)
}

fn query(parameters: &[(String, String)], space: &str) -> String {
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", encode(name, space), encode(value, space))).collect();
    pairs.join("&")
}

fn encode(text: &str, space: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push_str(space),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

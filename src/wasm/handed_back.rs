//! From the engine's answers to JavaScript values.

use serde::Serialize as _;
use wasm_bindgen::JsValue;

use crate::input::{Misuse, Shape, Value};

pub(super) fn serializer() -> serde_wasm_bindgen::Serializer {
    serde_wasm_bindgen::Serializer::json_compatible()
}

pub(super) fn answered<T: Shape>(made: Result<T, Misuse>) -> Result<JsValue, JsValue> {
    made.map_err(|misuse| thrown(&misuse)).and_then(|made| written(&made))
}

/// By way of a [`Value`]: one small writer for each shape, and one for values.
pub(super) fn written<T: Shape>(made: &T) -> Result<JsValue, JsValue> {
    value(&made.write())
}

fn value(value: &Value) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serializer())?)
}

/// Misuse as a plain object; the package makes a `GrantwiseError` of it.
pub(super) fn thrown(misuse: &Misuse) -> JsValue {
    let thrown = Value::object([
        ("code", misuse.code().name().into()),
        ("path", misuse.path().into()),
        ("message", misuse.to_string().into()),
    ]);
    value(&thrown).unwrap_or(JsValue::NULL)
}

//! From the engine's answers to JavaScript values.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::input::{Misuse, to_value};

pub(super) fn serializer() -> serde_wasm_bindgen::Serializer {
    serde_wasm_bindgen::Serializer::json_compatible()
}

pub(super) fn answered<T: Serialize>(made: Result<T, Misuse>) -> Result<JsValue, JsValue> {
    made.map_err(|misuse| thrown(&misuse)).and_then(|made| written(&made))
}

/// By way of a [`crate::input::Value`], so that each type is written by one small piece of code instead of two.
pub(super) fn written<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    Ok(to_value(value).serialize(&serializer())?)
}

/// Misuse as a plain object; the package makes a `GrantwiseError` of it.
pub(super) fn thrown(misuse: &Misuse) -> JsValue {
    #[derive(Serialize)]
    struct Thrown<'a> {
        code: &'static str,
        path: &'a str,
        message: String,
    }
    let thrown = Thrown { code: misuse.code().name(), path: misuse.path(), message: misuse.to_string() };
    written(&thrown).unwrap_or(JsValue::NULL)
}

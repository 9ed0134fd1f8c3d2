//! The boundary: the only place that knows JavaScript.

use wasm_bindgen::prelude::*;

/// A retained policy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Policy {}

#[wasm_bindgen]
impl Policy {
    /// Makes a policy.
    #[wasm_bindgen(js_name = profile)]
    pub fn profile(_name: &JsValue, _overrides: &JsValue) -> Result<Policy, JsValue> {
        Ok(Policy {})
    }
    /// Settings in force.
    #[wasm_bindgen(js_name = settings)]
    pub fn settings(&self) -> Result<JsValue, JsValue> {
        Ok(JsValue::NULL)
    }
    /// Decides.
    #[wasm_bindgen(js_name = authorize)]
    pub fn authorize(&self, input: &JsValue) -> Result<JsValue, JsValue> {
        Ok(input.clone())
    }
}

/// Profiles, knobs, configuration keys, rules, version.
#[wasm_bindgen(js_name = catalogue)]
pub fn catalogue() -> Result<JsValue, JsValue> {
    Ok(JsValue::NULL)
}

/// The redirect of a decision.
#[wasm_bindgen(js_name = location)]
pub fn location(_decision: &JsValue, _minted: &JsValue) -> Result<JsValue, JsValue> {
    Ok(JsValue::NULL)
}

/// The form of a decision.
#[wasm_bindgen(js_name = form)]
pub fn form(_decision: &JsValue, _minted: &JsValue) -> Result<JsValue, JsValue> {
    Ok(JsValue::NULL)
}

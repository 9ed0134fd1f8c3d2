//! The boundary: the only place that knows JavaScript. It moves values and holds no rule.

#![expect(unreachable_pub, reason = "the macro exports public functions only, and nobody in Rust calls them")]

mod handed_back;
mod read;
#[cfg(feature = "simulation")]
mod simulation;

use serde::ser::Serializer as _;
use wasm_bindgen::prelude::*;

use crate::authorize::{form as make_form, location as make_location};
use crate::policy::published::settings;
use handed_back::{answered, serializer, thrown, written};

/// A policy that is kept between calls.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Policy {
    policy: crate::policy::Policy,
}

#[wasm_bindgen]
impl Policy {
    /// A profile with overrides.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn profile(name: &JsValue, overrides: &JsValue) -> Result<Self, JsValue> {
        let name = read::name(name).map_err(|misuse| thrown(&misuse))?;
        let overrides = read::value(overrides);
        crate::policy::Policy::profile(&name, &overrides)
            .map(|policy| Self { policy })
            .map_err(|misuse| thrown(&misuse))
    }

    /// Every knob and configuration key with the value in force.
    ///
    /// # Errors
    /// Never for a policy that was made.
    pub fn settings(&self) -> Result<JsValue, JsValue> {
        Ok(serializer().collect_map(settings(&self.policy))?)
    }

    /// What is risky about it.
    ///
    /// # Errors
    /// Never for a policy that was made.
    pub fn warnings(&self) -> Result<JsValue, JsValue> {
        written(&self.policy.warnings())
    }

    /// Decides an authorization request.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn authorize(&self, input: &JsValue) -> Result<JsValue, JsValue> {
        answered(self.policy.authorize(&read::input(input)))
    }
}

/// What a server needs beside the authorization endpoint; a page that only shows authorization requests leaves it out.
#[cfg(feature = "server")]
#[wasm_bindgen]
impl Policy {
    /// Redeems a code, or answers client_credentials.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn exchange(&self, input: &JsValue) -> Result<JsValue, JsValue> {
        answered(self.policy.exchange(&read::input(input)))
    }

    /// Answers a refresh request.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn refresh(&self, input: &JsValue) -> Result<JsValue, JsValue> {
        answered(self.policy.refresh(&read::input(input)))
    }

    /// Answers a revocation request.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn revoke(&self, input: &JsValue) -> Result<JsValue, JsValue> {
        answered(self.policy.revoke(&read::input(input)))
    }

    /// Answers a request of the Grant Management API.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    #[wasm_bindgen(js_name = manageGrant)]
    pub fn manage_grant(&self, input: &JsValue) -> Result<JsValue, JsValue> {
        answered(self.policy.manage_grant(&read::value(input)))
    }

    /// What an event does to stored records.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn event(&self, input: &JsValue) -> Result<JsValue, JsValue> {
        answered(self.policy.event(&read::value(input)))
    }

    /// Whether a stored record is alive.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn status(&self, record: &JsValue, context: &JsValue) -> Result<JsValue, JsValue> {
        answered(self.policy.status(&read::value(record), &read::value(context)))
    }
}

/// The version of the engine, to tell one that a browser kept from another release.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The redirect of a decision.
///
/// # Errors
/// Misuse as `{ code, path, message }`.
#[wasm_bindgen]
pub fn location(decision: &JsValue, minted: &JsValue) -> Result<String, JsValue> {
    make_location(&read::only(decision, "response"), &read::value(minted)).map_err(|misuse| thrown(&misuse))
}

/// The form of a decision.
///
/// # Errors
/// Misuse as `{ code, path, message }`.
#[wasm_bindgen]
pub fn form(decision: &JsValue, minted: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    make_form(&read::only(decision, "response"), &read::value(minted), &read::value(options))
        .map_err(|misuse| thrown(&misuse))
        .and_then(|made| written(&made))
}

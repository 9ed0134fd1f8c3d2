//! What a request says in vain.

use serde::Serialize;

/// Something that was set aside.
#[derive(Clone, Debug, Serialize)]
pub struct Ignored {
    /// The parameter.
    pub param: &'static str,
    /// Its value, or the part of it.
    pub value: String,
    /// Why.
    pub reason: &'static str,
    /// Why, as a sentence.
    pub sentence: &'static str,
}

//! The decision: a total, pure function over a finite situation.
//!
//! There are three engines of the same make: [`authorize`] for the authorization endpoint, [`token`] for the token
//! endpoint, [`lifecycle`] for what ends tokens. Each is a short, ordered list of stages ([`engine::Engine`]). A stage
//! is a function of the policy's knobs, the facts that it asks and the small state that the stage before left; it
//! returns what it says and the rules that took part. Engines are generic over where the facts come from, so the same
//! engine serves one request and an exploration of all of them.

#[macro_use]
pub mod rule;
#[macro_use]
pub mod finite;
#[macro_use]
pub mod fact;

pub mod authorize;
pub mod engine;
pub mod life;
pub mod lifecycle;
pub mod limit;
pub mod reason;
pub mod record;
pub mod refusal;
pub mod report;
pub mod rotation;
pub mod syntax;
pub mod token;
pub(crate) mod words;

use authorize::verdict::Authorize;
use lifecycle::verdict::Lifecycle;
use rule::{Rule, RuleTable};
use token::verdict::Token;

/// All rules, each once, in the order of the engines and their stages.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let tables = [Authorize::TABLES, Token::TABLES, Lifecycle::TABLES];
    let mut seen: Vec<&'static [Rule]> = Vec::new();
    for table in tables.into_iter().flatten() {
        if !seen.iter().any(|known| std::ptr::eq(*known, *table)) {
            seen.push(table);
        }
    }
    seen.into_iter().flatten()
}

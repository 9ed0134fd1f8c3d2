//! What holds for every request there is, under every policy or under those with certain knobs. Each invariant is stated
//! once, with its sources, as a rule is, and is checked over the graphs: nothing is sampled.
//!
//! An invariant reads the facts for itself. It asks no function of the engine, so that it cannot share its mistakes.

mod claim;
mod consent;
mod lifecycle;
mod refresh;
mod requests;
mod scopes;
mod sign_in;
mod stated;
mod token;
mod tokens;

pub use claim::{Breach, Survey, Telling};
pub use stated::{Finding, Invariant, Surveys, Under};

use stated::Proof;

/// Every invariant.
pub fn invariants() -> impl Iterator<Item = &'static Invariant> {
    [
        requests::ALL,
        sign_in::ALL,
        consent::ALL,
        scopes::ALL,
        tokens::ALL,
        token::ALL,
        refresh::ALL,
        lifecycle::ALL,
        OF_ALL_POLICIES,
    ]
    .into_iter()
    .flatten()
}

const OF_ALL_POLICIES: &[Invariant] = &[
    Invariant {
        id: "rules.each_takes_part",
        statement: "Every rule takes part in a decision under some profile.",
        sources: &[],
        under: None,
        proof: Proof::Test("every_rule_has_a_case"),
    },
    Invariant {
        id: "knobs.each_value_matters",
        statement: "Every value of every knob changes a decision under some profile.",
        sources: &[],
        under: None,
        proof: Proof::Test("every_value_of_every_knob_changes_a_decision"),
    },
];

//! The decision vectors of `tests/vectors`, as calls and as comparisons.
//!
//! 1. [`prepare`] reads a `.jsonl` file of decisions or of scenarios. Each line becomes a script: the policy, the
//!    function to call, its input, what the person does on each screen, or the steps of a simulation. A key or a value
//!    that this crate does not know makes the vector [`Work::Broken`]; nothing is passed over.
//! 2. [`drive`] runs a script on an [`Engine`] and gives an observation. A runner outside Rust does the same with the
//!    same JSON.
//! 3. [`compare`] executes the effects of a decision on the records of the vector, and sets everything beside the
//!    expectation, as `tests/vectors/README.md` says.
//! 4. [`Report`] counts, and lists each failure with its id, the field, what was expected and what came.

mod compare;
mod convert;
mod drive;
mod expectation;
pub mod files;
mod report;
mod spoil;
mod store;
mod vector;
mod vocabulary;

pub use compare::{Mismatch, compare};
pub use drive::{Engine, drive};
pub use expectation::Expectation;
pub use report::Report;
pub use spoil::spoil;

use serde_json::Value;
use std::collections::BTreeSet;

/// One vector, ready to run.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The vector's id.
    pub id: String,
    /// The vector's kind, for example `authorize` or `scenario`; empty when it could not be read.
    pub kind: String,
    /// What to do with it.
    pub work: Work,
}

/// What a runner does with a vector.
#[derive(Clone, Debug)]
pub enum Work {
    /// Run this script and compare.
    Script(Value, Expectation),
    /// The vector cannot be read, and why: a failure.
    Broken(String),
}

impl Prepared {
    /// What to run, unless the vector cannot be read.
    pub fn script(&self) -> Option<&Value> {
        match &self.work {
            Work::Script(script, _) => Some(script),
            Work::Broken(_) => None,
        }
    }
}

/// Reads the vectors of a file, one JSON object per line.
pub fn prepare(jsonl: &str) -> Vec<Prepared> {
    let mut ids = BTreeSet::new();
    (1_usize..)
        .zip(jsonl.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            let mut prepared = prepare_line(number, line);
            if !ids.insert(prepared.id.clone()) {
                prepared.work = Work::Broken("another vector has the same id".to_owned());
            }
            prepared
        })
        .collect()
}

fn prepare_line(number: usize, line: &str) -> Prepared {
    let broken = |why: String| Prepared { id: format!("line {number}"), kind: String::new(), work: Work::Broken(why) };
    let value: Value = match serde_json::from_str(line) {
        Ok(value) => value,
        Err(error) => return broken(format!("not JSON: {error}")),
    };
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let Some(id) = text("id") else {
        return broken("without id".to_owned());
    };
    let (kind, converted) = match text("kind") {
        Some(kind) => {
            let converted = convert::decision(&kind, value).unwrap_or_else(|| Err(format!("unknown kind `{kind}`")));
            (kind, converted)
        }
        None if value.get("steps").is_some() => ("scenario".to_owned(), convert::scenario::script(value)),
        None => return broken("neither a decision nor a scenario".to_owned()),
    };
    let work = converted.map_or_else(Work::Broken, |(script, expectation)| Work::Script(script, expectation));
    Prepared { id, kind, work }
}

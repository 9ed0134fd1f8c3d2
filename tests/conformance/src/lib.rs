//! The decision vectors of `tests/vectors`, as calls and as comparisons.
//!
//! 1. [`prepare`] reads a `.jsonl` file. Each line becomes a script: the policy, the input of the
//!    first call, and what the person does on each screen. A key or a value that this crate does
//!    not know makes the vector [`Work::Broken`]; nothing is passed over.
//! 2. [`drive`] runs a script: it calls, answers the screen that came, and calls again until no
//!    screen comes any more. The result is an observation. A runner outside Rust does the same
//!    with the same JSON: `{ id, screens, consent, decision }`, or `{ id, thrown }`.
//! 3. [`compare`] sets the observation beside the expectation, as `tests/vectors/README.md` says.
//! 4. [`Report`] counts, and lists each failure with its id, the field, what was expected and what
//!    came.
//!
//! Each kind of vector has one file; `authorize` is the only one so far, and the others are
//! [`Work::Skipped`].

mod authorize;
mod compare;
mod drive;
mod report;
mod request;
mod vector;

pub use compare::{Expectation, Mismatch, compare};
pub use drive::drive;
pub use report::Report;

use serde_json::Value;
use std::collections::BTreeSet;

/// One vector, ready to run.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The vector's id.
    pub id: String,
    /// The vector's kind, for example `authorize`; empty when it could not be read.
    pub kind: String,
    /// What to do with it.
    pub work: Work,
}

/// What a runner does with a vector.
#[derive(Clone, Debug)]
pub enum Work {
    /// Run this script and compare.
    Script(Value, Expectation),
    /// No converter for this kind yet.
    Skipped,
    /// The vector cannot be read, and why: a failure.
    Broken(String),
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
    let (Some(id), Some(kind)) = (text("id"), text("kind")) else {
        return broken("without id or kind".to_owned());
    };
    let converted = match kind.as_str() {
        "authorize" => authorize::script(value).map(|(script, expected)| Work::Script(script, expected)),
        "token" | "revoke" | "event" | "api" | "grant_api" => Ok(Work::Skipped),
        other => Err(format!("unknown kind `{other}`")),
    };
    let work = converted.unwrap_or_else(Work::Broken);
    Prepared { id, kind, work }
}

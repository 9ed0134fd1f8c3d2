//! Counting and listing.

use crate::{Mismatch, Prepared, Work, compare};
use serde_json::Value;
use std::fmt;

/// What came of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Vectors whose expectation was met.
    pub passed: usize,
    /// The others, by id.
    pub failures: Vec<(String, Vec<Mismatch>)>,
}

impl Report {
    /// Counts one vector. `observation` is what its script gave; none for a vector without one.
    pub fn add(&mut self, prepared: &Prepared, observation: Option<&Value>) {
        let mismatches = match (&prepared.work, observation) {
            (Work::Broken(why), _) => vec![Mismatch::new("vector", "one that can be read", why)],
            (Work::Script(..), None) => vec![Mismatch::new("observation", "one", "none")],
            (Work::Script(_, expectation), Some(observation)) => compare(expectation, observation),
        };
        if mismatches.is_empty() {
            self.passed = self.passed.saturating_add(1);
        } else {
            self.failures.push((prepared.id.clone(), mismatches));
        }
    }

    /// Whether nothing failed.
    pub fn clean(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Every failure, and the counts as the last line.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, mismatches) in &self.failures {
            for mismatch in mismatches {
                writeln!(f, "{id}: {mismatch}")?;
            }
        }
        write!(f, "{} passed, {} failed", self.passed, self.failures.len())
    }
}

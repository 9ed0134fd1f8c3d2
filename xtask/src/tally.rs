//! Counting tests.

use crate::failures::Failures;

/// How many tests passed and failed, and which failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) failures: Failures,
}

impl Tally {
    /// One check that is not made of smaller ones.
    pub(crate) fn one(passed: bool) -> Tally {
        Tally::of(u64::from(passed), u64::from(!passed))
    }

    /// What could not be run, and why.
    pub(crate) fn error(why: &str) -> Tally {
        let mut tally = Tally::one(false);
        tally.failures.error(why);
        tally
    }

    pub(crate) fn of(passed: u64, failed: u64) -> Tally {
        Tally { passed, failed, ..Tally::default() }
    }

    pub(crate) fn add(&mut self, other: Tally) {
        self.add_counts(other.passed, other.failed);
        self.failures.add(other.failures);
    }

    /// Adds numbers without names: what is told of a failure may go on.
    pub(crate) fn add_counts(&mut self, passed: u64, failed: u64) {
        self.passed = self.passed.saturating_add(passed);
        self.failed = self.failed.saturating_add(failed);
    }

    /// Adds what a line of a test program reports: `test result: ok. 3 passed; 0 failed; ...` of Rust, or
    /// `pass 3` and `fail 0`, each on a line of its own behind a mark, of `node --test`.
    pub(crate) fn read(&mut self, line: &str) {
        self.failures.read(line);
        if let Some((_, result)) = line.split_once("test result: ") {
            let words: Vec<&str> = result.split([' ', ';']).collect();
            for pair in words.windows(2) {
                let [number, what] = pair else { continue };
                match (number.parse(), *what) {
                    (Ok(passed), "passed") => self.add_counts(passed, 0),
                    (Ok(failed), "failed") => self.add_counts(0, failed),
                    _ => {}
                }
            }
        } else if let ["ℹ", what, number] = *line.split_whitespace().collect::<Vec<_>>() {
            match (what, number.parse()) {
                ("pass", Ok(passed)) => self.add_counts(passed, 0),
                ("fail" | "cancelled", Ok(failed)) => self.add_counts(0, failed),
                _ => {}
            }
        }
    }

    /// The tally of a program that ended: one that fails without a failed test, or runs no test, is a failure.
    pub(crate) fn of_program(mut self, succeeded: bool) -> Tally {
        if self.failed == 0 && (!succeeded || self.passed == 0) {
            let what = if succeeded { "it ran no test" } else { "it ended with a failure, and named no test" };
            self.failures.error(what);
            self.failed = 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn reads_the_reports_of_both_kinds_of_test_programs() {
        let mut tally = Tally::default();
        tally.read("test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out");
        tally.read("ℹ pass 10");
        tally.read("ℹ fail 1");
        tally.read("ℹ cancelled 0");
        tally.read("test tests::x ... ok");
        assert_eq!(tally, Tally::of(13, 3));
    }

    #[test]
    fn a_program_that_fails_or_tests_nothing_is_a_failure() {
        assert_eq!(Tally::default().of_program(true).failed, 1);
        assert_eq!(Tally::of(3, 0).of_program(false).failed, 1);
        assert_eq!(Tally::of(3, 0).of_program(true).failed, 0);
        assert_eq!(Tally::of(3, 2).of_program(false).failed, 2);
        let told = |tally: Tally| tally.failures.lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(told(Tally::of(3, 0).of_program(false)), ["it ended with a failure, and named no test"]);
        assert_eq!(told(Tally::error("no network\nat all")), ["no network", "at all"]);
    }
}

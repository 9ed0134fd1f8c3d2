//! Which tests failed, and the first words of why: told again after everything else, where a reader looks first.

/// As many failures as anyone reads at once; the rest stand further up.
const MOST: usize = 20;
/// As many lines of each.
const LINES: usize = 12;

/// What a test program says of the tests that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Failures {
    all: Vec<Vec<String>>,
    /// Whether what comes belongs to the last one.
    open: bool,
    /// `node --test` marks a failure where it happens, without its reason, and once more below this heading.
    listed: bool,
}

impl Failures {
    pub(crate) fn add(&mut self, other: Failures) {
        self.all.extend(other.all);
        self.all.truncate(MOST);
        self.open = false;
    }

    /// A failure that is no test's.
    pub(crate) fn error(&mut self, why: &str) {
        if self.all.len() < MOST {
            self.all.push(why.lines().take(LINES).map(str::to_owned).collect());
        }
        self.open = false;
    }

    /// Reads a line of a program's output.
    pub(crate) fn read(&mut self, line: &str) {
        let line = without_colours(line);
        if line.trim() == "✖ failing tests:" {
            self.listed = true;
        } else if let Some(name) = self.name(&line) {
            self.open = self.all.len() < MOST;
            if self.open {
                self.all.push(vec![name.to_owned()]);
            }
        } else if ends(&line) {
            self.open = false;
        } else if let Some(last) = self.all.last_mut().filter(|last| self.open && last.len() < LINES)
            && !line.trim().is_empty()
        {
            last.push(line.trim_end().to_owned());
        }
    }

    /// The name of a failed test, where a line begins to tell of it.
    fn name<'a>(&self, line: &'a str) -> Option<&'a str> {
        let line = line.trim();
        if let Some(name) = line.strip_prefix("---- ").and_then(|rest| rest.strip_suffix(" stdout ----")) {
            return Some(name);
        }
        if let Some(name) = line.strip_prefix("FAIL  ") {
            return Some(name);
        }
        if let Some(name) = line.strip_prefix("✖ ").filter(|_| self.listed) {
            return Some(name);
        }
        // Playwright: `1) file.spec.ts:39:3 › what it holds ────`.
        let (number, name) = line.split_once(") ")?;
        let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        (numbered && name.contains(" › ")).then(|| name.trim_end_matches(['─', ' ']))
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flatten().map(String::as_str)
    }
}

/// Where a program goes on to something else.
fn ends(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("test result: ") || line == "failures:" || line.starts_with("ℹ ") || line.starts_with('[')
}

/// Colours are escape sequences that end with `m`; some terminals get them even through a pipe.
pub(crate) fn without_colours(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::{Failures, LINES, MOST, without_colours};

    fn read(output: &str) -> Vec<String> {
        let mut failures = Failures::default();
        output.lines().for_each(|line| failures.read(line));
        failures.lines().map(str::to_owned).collect()
    }

    #[test]
    fn of_each_kind_of_test_program_the_names_and_the_reasons() {
        assert_eq!(
            read(
                "running 2 tests\n.F\nfailures:\n\n---- the_rule stdout ----\nthread 'the_rule' panicked\nleft: 1\n\n\nfailures:\n    the_rule\n\ntest result: FAILED. 1 passed; 1 failed\nmore"
            ),
            ["the_rule", "thread 'the_rule' panicked", "left: 1"]
        );
        assert_eq!(
            read(
                "✔ fine (1ms)\n✖ a walk (2ms)\n✔ fine, too (1ms)\nℹ fail 1\n\n✖ failing tests:\n\ntest at a.js:1:1\n✖ a walk (2ms)\n  AssertionError: no\n"
            ),
            ["a walk (2ms)", "  AssertionError: no"]
        );
        assert_eq!(
            read(
                "[4/189] tests/browser/axe.spec.ts:39:3 › axe finds nothing: sign-in\n  1) tests/browser/axe.spec.ts:39:3 › axe finds nothing: sign-in ─────\n\n    Error: expect(locator).toBeVisible() failed\n\n[5/189] tests/browser/axe.spec.ts:39:3 › axe\n  1 failed"
            ),
            [
                "tests/browser/axe.spec.ts:39:3 › axe finds nothing: sign-in",
                "    Error: expect(locator).toBeVisible() failed"
            ]
        );
        assert_eq!(
            read("\u{1b}[31m FAIL \u{1b}[39m tests/unit/share.test.ts > a link\nAssertionError: no"),
            ["tests/unit/share.test.ts > a link", "AssertionError: no"]
        );
        assert_eq!(read("test result: ok. 3 passed; 0 failed\nℹ pass 3\n✔ fine (1ms)\n  3 passed (2s)"), [""; 0]);
    }

    #[test]
    fn many_failures_and_long_reasons_are_cut() {
        let one = format!("---- a stdout ----\n{}", "why\n".repeat(2 * LINES));
        assert_eq!(read(&one.repeat(2 * MOST)).len(), LINES * MOST);
        let mut sum = Failures::default();
        for _ in 0..2 {
            let mut failures = Failures::default();
            one.repeat(MOST).lines().for_each(|line| failures.read(line));
            sum.add(failures);
        }
        assert_eq!(sum.lines().count(), LINES * MOST);
    }

    #[test]
    fn colours_are_no_words() {
        assert_eq!(
            without_colours("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m45 passed\u{1b}[22m"),
            "      Tests  45 passed"
        );
        assert_eq!(without_colours("Tests  45 passed"), "Tests  45 passed");
    }
}

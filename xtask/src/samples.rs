//! The code that the documents show: copied from the samples of the package, which the tests start and attack.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::process::progress;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// The documents that show code.
const DOCUMENTS: [&str; 5] =
    ["README.md", "pkg-template/README.md", "docs/security.md", "docs/store.md", "docs/oidc_provider.md"];

/// Where the samples are.
const FOLDER: &str = "pkg-template/samples";

/// The lines between which a sample stands; the first one names a file, and may name a part of it.
const BEGIN: &str = "<!-- sample: ";
const BEGIN_ENDS: &str = ". `cargo xtask tables` copies it. -->";
const END: &str = "<!-- sample: end -->";

/// What a part of a sample begins with: its name between these. It ends where the next one begins.
const PART: &str = "// == ";
const PART_ENDS: &str = " ==";

/// Copies the samples into the documents.
pub(crate) fn write(workspace: &Workspace) -> Result<bool> {
    for document in DOCUMENTS {
        let path = workspace.root.join(document);
        let text = read(&path)?;
        fs::write(&path, with_samples(&text, &workspace.root.join(FOLDER)).context(document)?)
            .with_context(|| format!("cannot write {document}"))?;
        progress(&format!("copied the samples into {document}"));
    }
    Ok(true)
}

/// Whether the documents show the samples as they are today, and no other code.
pub(crate) fn check(workspace: &Workspace) -> Result<Tally> {
    let mut tally = Tally::default();
    for document in DOCUMENTS {
        let text = read(&workspace.root.join(document))?;
        let current = text == with_samples(&text, &workspace.root.join(FOLDER)).context(document)?;
        if !current {
            println!("the samples in {document} are out of date; `cargo xtask tables` copies them");
        }
        tally.add(Tally::one(current));
    }
    Ok(tally)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The document with each sample between its marks as it is in the folder.
fn with_samples(document: &str, folder: &Path) -> Result<String> {
    let mut written = String::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        written.push_str(line);
        written.push('\n');
        if line.starts_with("```js") {
            bail!("code stands outside of the marks, where no test starts it");
        }
        let Some(named) = line.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(BEGIN_ENDS)) else { continue };
        let sample = sample(named, folder)?;
        writeln!(written, "```js\n{sample}\n```\n{END}")?;
        if !lines.any(|line| line == END) {
            bail!("the sample {named} has no end");
        }
    }
    Ok(written)
}

/// A file, or `file, part`.
fn sample(named: &str, folder: &Path) -> Result<String> {
    let (name, part) = named.split_once(", ").map_or((named, None), |(name, part)| (name, Some(part)));
    let text = read(&folder.join(name))?;
    let found = match part {
        None => Some(text.trim().to_owned()),
        Some(part) => text
            .split(PART)
            .find_map(|rest| rest.strip_prefix(part)?.strip_prefix(PART_ENDS))
            .map(|rest| rest.trim().to_owned()),
    };
    found.with_context(|| format!("there is no {named}"))
}

#[cfg(test)]
mod tests {
    use super::with_samples;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let text = "import x;\n\n// == One ==\n\nf(1);\n\n// == Two ==\n\nf(2);\n";
        std::fs::write(folder.path().join("a.mjs"), text).unwrap();
        folder
    }

    fn marked(named: &str, inside: &str) -> String {
        format!(
            "before\n<!-- sample: {named}. `cargo xtask tables` copies it. -->\n{inside}<!-- sample: end -->\nafter\n"
        )
    }

    #[test]
    fn a_sample_takes_the_place_between_its_marks_and_stays_there() {
        let folder = folder();
        for (named, code) in [
            ("a.mjs", "import x;\n\n// == One ==\n\nf(1);\n\n// == Two ==\n\nf(2);"),
            ("a.mjs, One", "f(1);"),
            ("a.mjs, Two", "f(2);"),
        ] {
            let expected = marked(named, &format!("```js\n{code}\n```\n"));
            assert_eq!(with_samples(&marked(named, "STALE\n"), folder.path()).unwrap(), expected);
            assert_eq!(with_samples(&expected, folder.path()).unwrap(), expected);
        }
    }

    #[test]
    fn what_no_test_starts_is_no_sample() {
        let folder = folder();
        assert!(with_samples("```js\nf();\n```\n", folder.path()).is_err());
        assert!(with_samples(&marked("b.mjs", ""), folder.path()).is_err());
        assert!(with_samples(&marked("a.mjs, Three", ""), folder.path()).is_err());
        assert!(with_samples(&marked("a.mjs", "").replace(": end", ""), folder.path()).is_err());
    }
}

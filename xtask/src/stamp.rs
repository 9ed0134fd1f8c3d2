//! What an artefact was made from, so that nothing is made again while nothing changed.
//!
//! A stamp lists each input and each output with a fingerprint of its content. It is removed before the work and
//! written after it: an interrupted build leaves none, and a file that was changed, removed or damaged differs.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Fingerprints by name.
#[derive(Clone, Default)]
pub(crate) struct Content(BTreeMap<String, u64>);

impl Content {
    /// A version, an option, or what else counts.
    #[must_use]
    pub(crate) fn words(mut self, name: &str, words: impl AsRef<[u8]>) -> Content {
        let mut hasher = DefaultHasher::new();
        hasher.write(words.as_ref());
        // A line holds one entry.
        self.0.insert(name.replace('\n', " "), hasher.finish());
        self
    }

    /// The files of a folder and below, or one file, by their paths from `root`. What does not exist is no entry.
    pub(crate) fn files(self, root: &Path, path: &str) -> Result<Content> {
        self.files_but(root, path, &[])
    }

    /// The same without folders and files of these names.
    pub(crate) fn files_but(mut self, root: &Path, path: &str, left_out: &[&str]) -> Result<Content> {
        let whole = root.join(path);
        if whole.is_file() {
            return Ok(self.words(path, fs::read(&whole).with_context(|| format!("cannot read {}", whole.display()))?));
        }
        if !whole.is_dir() {
            return Ok(self);
        }
        for entry in fs::read_dir(&whole).with_context(|| format!("cannot list {}", whole.display()))? {
            let name = entry.with_context(|| format!("cannot list {}", whole.display()))?.file_name();
            let name = name.to_string_lossy();
            if !left_out.contains(&&*name) {
                let path = if path.is_empty() { name.into_owned() } else { format!("{path}/{name}") };
                self = self.files_but(root, &path, left_out)?;
            }
        }
        Ok(self)
    }
}

/// The note beside an artefact.
pub(crate) struct Stamp {
    path: PathBuf,
    /// The folder that has nothing but the artefact.
    outputs: PathBuf,
}

impl Stamp {
    pub(crate) fn new(path: PathBuf, outputs: PathBuf) -> Stamp {
        Stamp { path, outputs }
    }

    /// Why the artefact has to be made; `None` when it is up to date.
    pub(crate) fn outdated(&self, inputs: &Content) -> Result<Option<String>> {
        let Ok(noted) = fs::read_to_string(&self.path) else {
            return Ok(Some("there is no finished one".to_owned()));
        };
        let now = self.written(inputs)?;
        if noted == now {
            return Ok(None);
        }
        let entry = |line: &str| line.split_once(' ').map(|(print, name)| (name.to_owned(), print.to_owned()));
        let noted: BTreeMap<String, String> = noted.lines().filter_map(entry).collect();
        let now: BTreeMap<String, String> = now.lines().filter_map(entry).collect();
        let changed = now.iter().find(|(name, print)| noted.get(*name) != Some(print)).map(|(name, _)| name);
        let removed = noted.keys().find(|name| !now.contains_key(*name));
        Ok(Some(match (changed, removed) {
            (Some(name), _) if noted.contains_key(name) => format!("{name} changed"),
            (Some(name), _) => format!("{name} is new"),
            (None, Some(name)) => format!("{name} is gone"),
            (None, None) => "the list of its files changed".to_owned(),
        }))
    }

    /// Makes the artefact, if need be. What `inputs` says was read before, so that a change during the work counts.
    pub(crate) fn make(&self, inputs: &Content, work: impl FnOnce() -> Result<()>) -> Result<()> {
        if self.path.exists() {
            fs::remove_file(&self.path).with_context(|| format!("cannot remove {}", self.path.display()))?;
        }
        work()?;
        // Aside at first: half a stamp would be a stamp.
        let aside = self.path.with_extension("half");
        fs::write(&aside, self.written(inputs)?).with_context(|| format!("cannot write {}", aside.display()))?;
        fs::rename(&aside, &self.path).with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn written(&self, inputs: &Content) -> Result<String> {
        let outputs = Content::default().files(&self.outputs, "")?;
        let lines = |kind: &str, content: &Content| -> String {
            content.0.iter().map(|(name, print)| format!("{print:016x} {kind}{name}\n")).collect()
        };
        let folder = self.outputs.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(lines("", inputs) + &lines(&format!("{folder}/"), &outputs))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use anyhow::bail;

    use super::{Content, Stamp};

    /// A folder with an input and an artefact that was made of it.
    fn built() -> (tempfile::TempDir, Stamp) {
        let folder = tempfile::tempdir().unwrap();
        let (root, output) = (folder.path(), folder.path().join("made"));
        fs::create_dir_all(root.join("src/inner")).unwrap();
        fs::create_dir_all(&output).unwrap();
        fs::write(root.join("src/inner/one.rs"), "one").unwrap();
        fs::write(root.join("src/two.rs"), "two").unwrap();
        let stamp = Stamp::new(root.join("made.stamp"), output.clone());
        assert_eq!(why(root, &stamp), "there is no finished one");
        let work = || Ok(fs::write(output.join("file"), "made")?);
        stamp.make(&inputs(root), work).unwrap();
        assert_eq!(why(root, &stamp), "");
        (folder, stamp)
    }

    fn inputs(root: &Path) -> Content {
        Content::default().words("tool", "1").files(root, "src").unwrap()
    }

    fn why(root: &Path, stamp: &Stamp) -> String {
        stamp.outdated(&inputs(root)).unwrap().unwrap_or_default()
    }

    #[test]
    fn a_changed_a_new_and_a_removed_input_count() {
        let (folder, stamp) = built();
        let root = folder.path();
        fs::write(root.join("src/two.rs"), "2").unwrap();
        assert_eq!(why(root, &stamp), "src/two.rs changed");
        fs::write(root.join("src/two.rs"), "two").unwrap();
        assert_eq!(why(root, &stamp), "");
        fs::write(root.join("src/three.rs"), "").unwrap();
        assert_eq!(why(root, &stamp), "src/three.rs is new");
        fs::remove_file(root.join("src/three.rs")).unwrap();
        fs::remove_file(root.join("src/inner/one.rs")).unwrap();
        assert_eq!(why(root, &stamp), "src/inner/one.rs is gone");
    }

    #[test]
    fn another_version_of_a_tool_counts() {
        let (folder, stamp) = built();
        let other = Content::default().words("tool", "2").files(folder.path(), "src").unwrap();
        assert_eq!(stamp.outdated(&other).unwrap().unwrap(), "tool changed");
    }

    #[test]
    fn a_damaged_or_removed_output_counts() {
        let (folder, stamp) = built();
        let output = folder.path().join("made/file");
        fs::write(&output, "broken").unwrap();
        assert_eq!(why(folder.path(), &stamp), "made/file changed");
        fs::remove_file(&output).unwrap();
        assert_eq!(why(folder.path(), &stamp), "made/file is gone");
    }

    #[test]
    fn work_that_fails_leaves_no_stamp() {
        let (folder, stamp) = built();
        assert!(stamp.make(&inputs(folder.path()), || bail!("interrupted")).is_err());
        assert_eq!(why(folder.path(), &stamp), "there is no finished one");
    }

    #[test]
    fn an_input_that_changes_during_the_work_makes_it_outdated() {
        let (folder, stamp) = built();
        let root = folder.path();
        let before = inputs(root);
        stamp.make(&before, || Ok(fs::write(root.join("src/two.rs"), "later")?)).unwrap();
        assert_eq!(why(root, &stamp), "src/two.rs changed");
    }

    #[test]
    fn what_is_left_out_does_not_count() {
        let (folder, _) = built();
        let names = |left_out: &[&str]| -> Vec<String> {
            Content::default().files_but(folder.path(), "src", left_out).unwrap().0.into_keys().collect()
        };
        assert_eq!(names(&["inner"]), ["src/two.rs"]);
        assert_eq!(names(&[]), ["src/inner/one.rs", "src/two.rs"]);
    }
}

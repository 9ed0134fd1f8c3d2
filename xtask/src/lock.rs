//! One command at a time writes what lies in target/.
//!
//! The system keeps the lock and gives it back when the process ends, however it ends. Cargo has locks of its own for
//! its part of the folder. A program that a command starts takes no lock, or else it would wait for that command.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process::progress;
use crate::workspace::Workspace;

/// The right to write, or to read while nobody writes. It ends with the value.
pub(crate) struct Lock {
    file: File,
    /// For whoever waits: who works. Apart from the locked file, which not every system lets others read.
    note: PathBuf,
    own: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    Read,
    Write,
}

impl Lock {
    /// For a command that builds.
    pub(crate) fn to_write(workspace: &Workspace, command: &str) -> Result<Lock> {
        Lock::open(&workspace.target, command)?.taken(Right::Write, progress)
    }

    /// For a command that uses what is built, beside others that do the same.
    pub(crate) fn to_read(workspace: &Workspace, command: &str) -> Result<Lock> {
        Lock::open(&workspace.target, command)?.taken(Right::Read, progress)
    }

    /// To write, after having read. Another may have come first: what was read has to be looked at again.
    pub(crate) fn upgraded(self) -> Result<Lock> {
        self.exchanged(Right::Write)
    }

    /// To read, after having written. Another may have written in between.
    pub(crate) fn downgraded(self) -> Result<Lock> {
        self.exchanged(Right::Read)
    }

    fn exchanged(self, right: Right) -> Result<Lock> {
        // Given back first: two that read and both wait to write would wait for ever.
        self.file.unlock().with_context(|| self.failure())?;
        self.taken(right, progress)
    }

    fn open(folder: &Path, command: &str) -> Result<Lock> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let path = folder.join("xtask.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        let own = format!("`cargo xtask {command}` (process {})", std::process::id());
        Ok(Lock { file, note: folder.join("xtask.lock.txt"), own })
    }

    /// Waits until the right is there; says so when that is not at once.
    fn taken(self, right: Right, say: impl FnOnce(&str)) -> Result<Lock> {
        let tried = match right {
            Right::Read => self.file.try_lock_shared(),
            Right::Write => self.file.try_lock(),
        };
        match tried {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let other = fs::read_to_string(&self.note).unwrap_or_else(|_| "another cargo xtask".to_owned());
                say(&format!("{other} is using target/; waiting for it to end"));
                match right {
                    Right::Read => self.file.lock_shared(),
                    Right::Write => self.file.lock(),
                }
                .with_context(|| self.failure())?;
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(|| self.failure()),
        }
        // Only words for people: without them the lock is the same.
        let _ = fs::write(&self.note, &self.own);
        Ok(self)
    }

    fn failure(&self) -> String {
        format!("cannot lock {}", self.note.with_extension("").display())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, Stdio};
    use std::sync::mpsc;
    use std::thread;

    use super::{Lock, Right};

    const FOLDER: &str = "GRANTWISE_TEST_OF_LOCK";

    /// Another process, which takes the right to `right` and keeps it until its standard input ends.
    struct Other(Child);

    impl Other {
        fn starts(folder: &Path, right: Right) -> Other {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "--nocapture", "lock::tests::another_process"])
                .env(FOLDER, folder)
                .env("RIGHT", format!("{right:?}"))
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let output = BufReader::new(child.stdout.as_mut().unwrap());
            assert!(output.lines().map(Result::unwrap).any(|line| line.contains("has the lock")));
            Other(child)
        }

        fn ends(mut self) {
            drop(self.0.stdin.take());
            assert!(self.0.wait().unwrap().success());
        }
    }

    /// No test, but what the other process runs.
    #[test]
    fn another_process() {
        let Some(folder) = std::env::var_os(FOLDER) else { return };
        let right = if std::env::var("RIGHT").unwrap() == "Read" { Right::Read } else { Right::Write };
        let _lock = Lock::open(&PathBuf::from(folder), "other").unwrap().taken(right, |_| ()).unwrap();
        writeln!(std::io::stdout(), "has the lock").unwrap();
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    }

    fn take(folder: &Path, right: Right) -> Option<String> {
        let mut said = None;
        Lock::open(folder, "this").unwrap().taken(right, |words| said = Some(words.to_owned())).unwrap();
        said
    }

    /// Takes the right in a thread, and waits until it has said for whom it waits.
    fn waits(folder: &Path, right: Right) -> (String, thread::JoinHandle<Lock>) {
        let (sender, receiver) = mpsc::channel();
        let lock = Lock::open(folder, "this").unwrap();
        let thread = thread::spawn(move || lock.taken(right, |words| sender.send(words.to_owned()).unwrap()).unwrap());
        (receiver.recv().unwrap(), thread)
    }

    #[test]
    fn the_second_waits_and_says_for_whom() {
        let folder = tempfile::tempdir().unwrap();
        let other = Other::starts(folder.path(), Right::Write);
        for right in [Right::Write, Right::Read] {
            let (said, _) = waits(folder.path(), right);
            assert!(said.contains("`cargo xtask other`") && said.contains(&other.0.id().to_string()), "{said}");
        }
        let (_, thread) = waits(folder.path(), Right::Write);
        assert!(!thread.is_finished());
        other.ends();
        drop(thread.join().unwrap());
    }

    #[test]
    fn nobody_waits_for_nobody() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(take(folder.path(), Right::Write), None);
        assert_eq!(take(folder.path(), Right::Read), None);
        assert_eq!(take(folder.path(), Right::Write), None);
    }

    #[test]
    fn those_who_read_do_not_wait_for_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let other = Other::starts(folder.path(), Right::Read);
        assert_eq!(take(folder.path(), Right::Read), None);
        let (said, thread) = waits(folder.path(), Right::Write);
        assert!(said.contains("waiting"), "{said}");
        other.ends();
        drop(thread.join().unwrap());
    }

    #[test]
    fn two_that_read_can_both_go_on_to_write() {
        let folder = tempfile::tempdir().unwrap();
        let other = Other::starts(folder.path(), Right::Read);
        let lock = Lock::open(folder.path(), "this").unwrap().taken(Right::Read, |_| ()).unwrap();
        let thread = thread::spawn(move || lock.upgraded().unwrap().downgraded().unwrap());
        other.ends();
        drop(thread.join().unwrap());
    }

    #[test]
    fn a_process_that_is_killed_leaves_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let mut other = Other::starts(folder.path(), Right::Write);
        let (_, thread) = waits(folder.path(), Right::Write);
        other.0.kill().unwrap();
        other.0.wait().unwrap();
        drop(thread.join().unwrap());
        assert_eq!(take(folder.path(), Right::Write), None);
    }
}

//! What takes minutes, and `cargo xtask test --all` alone does: the packed package in every runtime and bundler, and a
//! second build of it elsewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::chromium;
use crate::package_tests::{node_tests, packed};
use crate::process::{progress, run};
use crate::tally::Tally;
use crate::workspace::{Workspace, cargo};

/// The tests of tests/runtimes/.
pub(crate) fn matrix(workspace: &Workspace, chromium: &Path) -> Result<Tally> {
    let folder = workspace.root.join("tests/runtimes");
    tools(&folder)?;
    let mut node = Command::new("node");
    node.env(chromium::VARIABLE, chromium).env("GRANTWISE_PACKED", packed(workspace)?);
    // Several of them fill a core each.
    node.arg("--test-concurrency=2");
    node_tests(&folder, &mut node)
}

/// What tests/runtimes/package-lock.json names. No script of a package is run: what is called is there without.
fn tools(folder: &Path) -> Result<()> {
    let lockfile = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lockfile).with_context(|| format!("cannot read {}", lockfile.display()))?;
    // Written last, so an interrupted installation is not taken for a finished one.
    let stamp = folder.join("node_modules/.installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    progress("installing runtimes and bundlers (npm ci)");
    run(Command::new("npm").args(["ci", "--ignore-scripts", "--silent"]).current_dir(folder))
        .context("the runtimes and bundlers cannot be installed; npm's own message stands above")?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// A copy of the checkout in another folder, built from nothing, gives the same bytes in every file.
pub(crate) fn same_bytes(workspace: &Workspace) -> Result<Tally> {
    // The length of the path differs, too.
    let folder = tempfile::Builder::new().prefix("grantwise-built-elsewhere-").tempdir().context("no folder")?;
    copy_of_checkout(&workspace.root, folder.path())?;
    progress(&format!("building again in {}", folder.path().display()));
    run(Command::new(cargo()).args(["xtask", "build"]).env_remove("CARGO_TARGET_DIR").current_dir(folder.path()))?;
    let (ours, theirs) = (workspace.package(), folder.path().join("target/package"));
    let names: BTreeSet<PathBuf> = files(&ours, &ours)?.into_iter().chain(files(&theirs, &theirs)?).collect();
    ensure!(!names.is_empty(), "there is no package");
    let mut tally = Tally::default();
    for name in names {
        let same = fs::read(ours.join(&name)).ok() == fs::read(theirs.join(&name)).ok();
        if !same {
            println!("the two builds differ in {}", name.display());
        }
        tally.add(Tally::one(same));
    }
    Ok(tally)
}

/// What git knows or would add, as it is now.
fn copy_of_checkout(root: &Path, to: &Path) -> Result<()> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run git")?;
    ensure!(listed.status.success(), "git does not list the files of the checkout");
    for name in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (root.join(name), to.join(name));
        // A file that was removed and not committed.
        if from.exists() {
            fs::create_dir_all(to.parent().context("a file lies in a folder")?).context("cannot make a folder")?;
            fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        }
    }
    Ok(())
}

/// The files of a folder and below, by their paths from `root`.
fn files(root: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry.context("cannot list a folder")?.path();
        if path.is_dir() {
            found.extend(files(root, &path)?);
        } else {
            found.push(path.strip_prefix(root).context("a file lies below its folder")?.to_path_buf());
        }
    }
    Ok(found)
}

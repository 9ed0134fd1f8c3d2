//! `cargo xtask explore`: every situation under every profile. The work is done by a program that is compiled with
//! optimisation; this starts it, and builds the one of another commit.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::process::{progress, run, succeeds};
use crate::tally::Tally;
use crate::workspace::{Workspace, cargo};

/// The package and the cargo profile of the program.
const PROGRAM: [&str; 4] = ["--profile", "explore", "--package", "grantwise-explore"];

/// What is explored.
#[derive(Args)]
pub(crate) struct Options {
    /// Only this profile.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Every profile with each value of every knob, too; this takes minutes for each profile.
    #[arg(long)]
    knobs: bool,
    /// Rewrite tests/golden/digests.json, docs/exploration.md and docs/differences.md.
    #[arg(long, conflicts_with_all = ["profile", "knobs"])]
    write: bool,
    /// Which decisions changed since a commit, with examples.
    #[arg(long, value_name = "REF", conflicts_with_all = ["knobs", "write"])]
    diff: Option<String>,
}

/// Explores. Whether everything holds.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<bool> {
    let mut explore = program(&workspace.root, &workspace.target);
    explore.arg("--root").arg(&workspace.root);
    if let Some(name) = &options.profile {
        explore.args(["--profile", name]);
    }
    if options.knobs {
        explore.arg("--knobs");
    }
    if options.write {
        explore.arg("--write");
    }
    if let Some(reference) = &options.diff {
        let listed = listed(workspace, reference, options.profile.as_deref())?;
        explore.arg("--against").arg(listed);
    }
    succeeds(&mut explore)
}

/// The same as a step of the tests.
pub(crate) fn check(workspace: &Workspace) -> Result<Tally> {
    let mut explore = program(&workspace.root, &workspace.target);
    succeeds(explore.arg("--root").arg(&workspace.root)).map(Tally::one)
}

fn program(root: &Path, target: &Path) -> Command {
    let mut command = Command::new(cargo());
    command.args(["run", "--quiet", "--locked"]).args(PROGRAM).arg("--target-dir").arg(target);
    command.arg("--").current_dir(root);
    command
}

/// The graphs of another commit, in a file: its own program lists them, built in a work tree of its own.
fn listed(workspace: &Workspace, reference: &str, profile: Option<&str>) -> Result<std::path::PathBuf> {
    let commit = commit(workspace, reference)?;
    let scratch = workspace.scratch().join("explore");
    fs::create_dir_all(&scratch).with_context(|| format!("cannot make {}", scratch.display()))?;
    let file = scratch.join(format!("{commit}{}.txt", profile.map(|name| format!("-{name}")).unwrap_or_default()));
    if file.exists() {
        return Ok(file);
    }
    if !has_explorer(workspace, &commit)? {
        bail!("{reference} has no explorer yet, so there is nothing to compare with; choose a later commit");
    }
    let tree = tempfile::tempdir().context("cannot make a folder for the other commit")?;
    let checkout = tree.path().join("checkout");
    progress(&format!("building the explorer of {reference}, as of {}", commit.get(..12).unwrap_or(&commit)));
    run(git(workspace).args(["worktree", "add", "--quiet", "--detach"]).arg(&checkout).arg(&commit))?;
    let graphs = graphs_of(&checkout, &scratch.join("target"), profile, reference);
    let removed = run(git(workspace).args(["worktree", "remove", "--force"]).arg(&checkout));
    let graphs = graphs?;
    removed?;
    // Written at once, so that a file that is there is whole.
    fs::write(&file, graphs).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

fn graphs_of(checkout: &Path, target: &Path, profile: Option<&str>, reference: &str) -> Result<Vec<u8>> {
    let mut list = program(checkout, target);
    list.arg("--root").arg(checkout).arg("--list").stdin(Stdio::null()).stderr(Stdio::inherit());
    if let Some(name) = profile {
        list.args(["--profile", name]);
    }
    let file = tempfile::NamedTempFile::new().context("cannot make a file for the graphs")?;
    let status = list.stdout(File::create(file.path())?).status().context("cannot start cargo")?;
    ensure!(status.success(), "the explorer of {reference} failed; its version of the graphs may have no such option");
    fs::read(file.path()).context("cannot read the graphs")
}

/// Whether a commit has the program.
fn has_explorer(workspace: &Workspace, commit: &str) -> Result<bool> {
    let manifest = format!("{commit}:xtask/explore/Cargo.toml");
    let output = git(workspace).args(["cat-file", "-e", &manifest]).output().context("cannot run git")?;
    Ok(output.status.success())
}

fn commit(workspace: &Workspace, reference: &str) -> Result<String> {
    let output = git(workspace)
        .args(["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{reference}^{{commit}}")])
        .output()
        .context("cannot run git")?;
    ensure!(output.status.success(), "git knows no commit {reference}");
    Ok(String::from_utf8(output.stdout).context("git's answer is no text")?.trim().to_owned())
}

fn git(workspace: &Workspace) -> Command {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root);
    git
}

//! Where things are.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use serde_json::Value;

/// The checkout that this program was built from.
pub(crate) struct Workspace {
    /// The folder of the root Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// This program. Found at the start: a build may replace the file while the program runs.
    pub(crate) program: PathBuf,
    /// Which build of this program it is.
    pub(crate) build: String,
    /// Of the crate `grantwise`, and so of the npm package.
    pub(crate) version: String,
    metadata: Value,
}

impl Workspace {
    pub(crate) fn find() -> Result<Workspace> {
        let program = env::current_exe().context("cannot find this program's own file")?;
        let build = build(&program)?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask lies in a folder of the workspace")?
            .to_path_buf();
        let output = Command::new(cargo())
            .args(["metadata", "--format-version", "1", "--locked"])
            .current_dir(&root)
            .stderr(std::process::Stdio::inherit())
            .output()
            .context("cannot run `cargo metadata`")?;
        anyhow::ensure!(
            output.status.success(),
            "`cargo metadata --locked` failed. If Cargo.lock is out of date, run `cargo update --workspace`"
        );
        let metadata: Value = serde_json::from_slice(&output.stdout).context("`cargo metadata` is not JSON")?;
        let target = metadata
            .get("target_directory")
            .and_then(Value::as_str)
            .context("`cargo metadata` names no target folder")?
            .into();
        let mut workspace = Workspace { root, target, program, build, version: String::new(), metadata };
        workspace.version = workspace.resolved("grantwise")?.to_owned();
        Ok(workspace)
    }

    /// The version of a crate in the dependency graph.
    pub(crate) fn resolved(&self, name: &str) -> Result<&str> {
        let packages = self.metadata.get("packages").and_then(Value::as_array);
        packages
            .into_iter()
            .flatten()
            .find(|package| package.get("name").and_then(Value::as_str) == Some(name))
            .and_then(|package| package.get("version"))
            .and_then(Value::as_str)
            .with_context(|| format!("`cargo metadata` does not list the crate {name}"))
    }

    /// The built npm package.
    pub(crate) fn package(&self) -> PathBuf {
        self.target.join("package")
    }

    /// A folder for what lies between two steps.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// A command of a JavaScript tool that `npm ci` installed.
    pub(crate) fn javascript_tool(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }

    /// A Node script of this tool.
    pub(crate) fn script(&self, name: &str) -> PathBuf {
        self.root.join("xtask/js").join(name)
    }
}

/// A program by its size and age, which is quicker to tell than its content.
fn build(program: &Path) -> Result<String> {
    let file = fs::metadata(program).context("cannot look at this program's own file")?;
    let written = file.modified().context("this system does not tell when a file was written")?;
    let age = written.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} bytes, {} ns", file.len(), age.as_nanos()))
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> std::ffi::OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

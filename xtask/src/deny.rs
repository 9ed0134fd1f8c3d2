//! cargo-deny: licences and sources of the dependencies. Advisories are left out: they are a download.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{printed, progress, run, succeeds};
use crate::workspace::{Workspace, cargo};

const VERSION: &str = "0.20.2";

/// Whether deny.toml holds for every dependency.
pub(crate) fn check(workspace: &Workspace) -> Result<bool> {
    let tool = install(workspace)?;
    succeeds(
        Command::new(tool)
            .args(["--locked", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"])
            .current_dir(&workspace.root),
    )
}

/// The tool, from the machine if it has this version, else built once into the target folder.
fn install(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("tools");
    let own = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    for candidate in [own.clone(), PathBuf::from("cargo-deny")] {
        let version = printed(Command::new(&candidate).arg("--version"));
        if version.is_some_and(|version| version.ends_with(VERSION)) {
            return Ok(candidate);
        }
    }
    progress(&format!("installing cargo-deny {VERSION} into {} (a minute)", folder.display()));
    // Without optimisation: it compiles in a fifth of the time and checks this workspace in seconds.
    run(Command::new(cargo())
        .args(["install", "--debug", "--locked", "--quiet", "cargo-deny", "--version", VERSION, "--root"])
        .arg(&folder)
        // Beside the workspace's own artefacts, so that cargo neither mixes them nor waits for their lock.
        .env("CARGO_TARGET_DIR", folder.join("build")))
    .context("cargo-deny cannot be installed")?;
    Ok(own)
}

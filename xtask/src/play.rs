//! `cargo xtask play`: a first look, on a machine that has nothing yet.

use std::process::Command;

use anyhow::Result;

use crate::build;
use crate::process::run;
use crate::workspace::Workspace;

/// Builds the package and prints a decision. There is no page yet, so it ends there, with `--once` or without.
pub(crate) fn start(workspace: &Workspace, _once: bool, _port: u16) -> Result<bool> {
    build::package(workspace)?;
    run(Command::new("node").arg(workspace.script("play.js")).arg(workspace.package()))?;
    Ok(true)
}

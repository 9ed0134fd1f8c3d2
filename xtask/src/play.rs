//! `cargo xtask play`: a first look, on a machine that has nothing yet.

use std::process::Command;

use anyhow::Result;

use crate::lock::Lock;
use crate::process::run;
use crate::workspace::Workspace;
use crate::{build, playground};

/// Builds the package, prints a decision, and serves the playground unless it is told to do it `once`.
pub(crate) fn start(workspace: &Workspace, once: bool, port: u16) -> Result<bool> {
    let lock = Lock::to_write(workspace, "play")?;
    build::package(workspace)?;
    run(Command::new("node").arg(workspace.script("play.js")).arg(workspace.package()))?;
    if !once {
        let site = playground::site(workspace)?;
        // Another build may put another site there; each request gets what is there then.
        drop(lock);
        playground::serve(workspace, &site, port)?;
    }
    Ok(true)
}

//! Formatting, layers, clippy, dependencies.

use std::process::Command;

use anyhow::Result;

use crate::deny;
use crate::layers;
use crate::process::{progress, succeeds};
use crate::setup::{self, WASM_TARGET};
use crate::workspace::{Workspace, cargo};

/// A check and its name.
type Check = (&'static str, fn(&Workspace) -> Result<bool>);

/// All of them, in the order of their speed.
pub(crate) const CHECKS: [Check; 5] = [
    ("formatting", formatting),
    ("layers of the modules", layers::check),
    ("clippy, host", clippy_host),
    ("clippy, WebAssembly", clippy_wasm),
    ("licences and sources of dependencies", deny::check),
];

/// Runs every check, also after one has failed.
pub(crate) fn run(workspace: &Workspace) -> Result<bool> {
    setup::rust_components()?;
    setup::wasm_target()?;
    let mut clean = true;
    for (name, check) in CHECKS {
        progress(name);
        clean &= check(workspace)?;
    }
    println!("{}", if clean { "clean" } else { "not clean; see above" });
    Ok(clean)
}

fn formatting(workspace: &Workspace) -> Result<bool> {
    succeeds(Command::new(cargo()).args(["fmt", "--all", "--check"]).current_dir(&workspace.root))
}

fn clippy_host(workspace: &Workspace) -> Result<bool> {
    clippy(workspace, &["--workspace"])
}

/// Only the crate that is compiled to WebAssembly, with what the engine of servers has of it, and with what that of pages has.
fn clippy_wasm(workspace: &Workspace) -> Result<bool> {
    let crate_ = ["--package", "grantwise", "--target", WASM_TARGET];
    let whole = clippy(workspace, &crate_)?;
    let of_pages = clippy(workspace, &[&crate_[..], &["--no-default-features"]].concat())?;
    Ok(whole && of_pages)
}

fn clippy(workspace: &Workspace, what: &[&str]) -> Result<bool> {
    succeeds(
        Command::new(cargo())
            .args(["clippy", "--quiet", "--locked", "--all-targets"])
            .args(what)
            .args(["--", "-D", "warnings"])
            .current_dir(&workspace.root),
    )
}

//! What a fresh machine lacks, installed when it is needed and not before.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::process::{printed, progress, run};
use crate::workspace::{Workspace, cargo};

/// The target that the engine is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The oldest Node that the package supports.
const OLDEST_NODE: u32 = 20;

/// Rust's standard library for WebAssembly.
pub(crate) fn wasm_target() -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let library = printed(Command::new(rustc).args(["--print", "target-libdir", "--target", WASM_TARGET]))
        .context("cannot run rustc. Install Rust with rustup: https://rustup.rs")?;
    if Path::new(&library).is_dir() {
        return Ok(());
    }
    progress(&format!("installing Rust's {WASM_TARGET} target"));
    run(Command::new("rustup").args(["target", "add", WASM_TARGET])).with_context(|| {
        format!("Rust's {WASM_TARGET} target is missing; `rustup target add {WASM_TARGET}` installs it")
    })
}

/// rustfmt and clippy, which rustup's minimal profile leaves out.
pub(crate) fn rust_components() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if printed(Command::new(cargo()).args([subcommand, "--version"])).is_none() {
            progress(&format!("installing {component}"));
            run(Command::new("rustup").args(["component", "add", component]))
                .with_context(|| format!("{component} is missing; `rustup component add {component}` installs it"))?;
        }
    }
    Ok(())
}

/// Node, and the JavaScript tools that package-lock.json names.
pub(crate) fn javascript_tools(workspace: &Workspace) -> Result<()> {
    npm_packages(&workspace.root, "the JavaScript tools")
}

/// Node, and what the package-lock.json of a folder names.
pub(crate) fn npm_packages(folder: &Path, what: &str) -> Result<()> {
    let version = node()?;
    let lockfile = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lockfile).with_context(|| format!("cannot read {}", lockfile.display()))?;
    // Written last, so an interrupted installation is not taken for a finished one.
    let stamp = folder.join("node_modules/.installed-from");
    let wanted = format!("{version}\n{wanted}");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    progress(&format!("installing {what} (npm ci)"));
    // What npm says of its success would stand among data on the standard output.
    run(Command::new("npm").arg("ci").stdout(Stdio::null()).current_dir(folder))
        .with_context(|| format!("{what} cannot be installed; npm's own message stands above"))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// The version of Node, checked.
fn node() -> Result<String> {
    let Some(version) = printed(Command::new("node").arg("--version")) else {
        bail!("Node is missing. Install Node {OLDEST_NODE} or later: https://nodejs.org");
    };
    let major = version.trim_start_matches('v').split('.').next().and_then(|part| part.parse().ok());
    let major: u32 = major.with_context(|| format!("`node --version` prints {version}"))?;
    ensure!(major >= OLDEST_NODE, "Node {version} is too old. Install Node {OLDEST_NODE} or later: https://nodejs.org");
    ensure!(
        printed(Command::new("npm").arg("--version")).is_some(),
        "npm is missing. It comes with Node: https://nodejs.org"
    );
    Ok(version)
}

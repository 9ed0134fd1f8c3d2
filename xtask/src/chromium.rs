//! A Chromium for the tests in a browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{printed, progress, run, succeeds};
use crate::setup;
use crate::workspace::Workspace;

/// The environment variable by which the scripts are told, and by which a person can choose one.
pub(crate) const VARIABLE: &str = "GRANTWISE_CHROMIUM";

/// The system's, else Playwright's own, else Debian's. There is no going on without one.
pub(crate) fn find(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os(VARIABLE) {
        let chosen = PathBuf::from(chosen);
        if starts(&chosen) {
            return Ok(chosen);
        }
        bail!("{VARIABLE} is {}, which does not start", chosen.display());
    }
    if let Some(found) = of_the_system() {
        return Ok(found);
    }
    setup::javascript_tools(workspace)?;
    if let Some(found) = of_playwright(workspace) {
        return Ok(found);
    }

    progress("no Chromium found: downloading Playwright's");
    let downloaded = succeeds(
        Command::new(workspace.javascript_tool("playwright-core"))
            .args(["install", "--no-shell", "chromium"])
            .current_dir(&workspace.root),
    )?;
    if downloaded && let Some(found) = of_playwright(workspace) {
        return Ok(found);
    }

    if Path::new("/etc/debian_version").exists() && printed(Command::new("id").arg("-u")).as_deref() == Some("0") {
        progress("Playwright's Chromium cannot be used: installing Debian's (apt-get install chromium)");
        run(Command::new("apt-get").args(["update", "--quiet"]))?;
        run(Command::new("apt-get")
            .args(["install", "--quiet", "--yes", "--no-install-recommends", "chromium"])
            .env("DEBIAN_FRONTEND", "noninteractive"))
        .context("Debian's Chromium cannot be installed")?;
        if let Some(found) = of_the_system() {
            return Ok(found);
        }
    }
    bail!(
        "the tests need a Chromium, and none was found, downloaded or installed. \
         Install chromium or google-chrome, or set {VARIABLE} to the program"
    )
}

fn of_the_system() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        .iter()
        .map(PathBuf::from)
        .find_map(|name| on_path(&name).filter(|program| starts(program)))
}

/// Where Playwright keeps the Chromium that it downloads.
fn of_playwright(workspace: &Workspace) -> Option<PathBuf> {
    let script = "console.log(require('playwright-core').chromium.executablePath())";
    let path = printed(Command::new("node").args(["-e", script]).current_dir(&workspace.root))?;
    Some(PathBuf::from(path)).filter(|program| starts(program))
}

/// The full path: Playwright takes nothing else.
fn on_path(name: &Path) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Some distributions have a file of this name that only explains how to install the browser, and a downloaded
/// one may lack libraries: both fail here.
fn starts(program: &Path) -> bool {
    printed(Command::new(program).arg("--version")).is_some()
}

//! `cargo xtask differential`: a stock oidc-provider and the profile of that name, beside each other. And `cargo xtask serve`: the
//! same server under a policy, to look at.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::lock::Lock;
use crate::package_tests::chosen_node_tests;
use crate::process::{run, succeeds};
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{build, chromium, setup};

/// How much of it.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Random walks: requests, pages, codes, refreshes, logouts, revocations, and time that passes.
    #[arg(long, default_value_t = 3000)]
    walks: u32,
    /// The same seed gives the same walks.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

/// Whether every divergence of the walks is listed in tests/differential/divergences.json, and every one that is listed is still so.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<bool> {
    let _lock = Lock::to_write(workspace, "differential")?;
    build::package(workspace)?;
    let mut node = node(workspace, "differential")?;
    node.arg(folder(workspace, "differential").join("run.js"));
    node.args(["--walks", &options.walks.to_string(), "--seed", &options.seed.to_string()]);
    succeeds(&mut node)
}

/// The tests of the runner.
pub(crate) fn tests(workspace: &Workspace) -> Result<Tally> {
    chosen_node_tests(&folder(workspace, "differential"), &mut node(workspace, "differential")?, |_| true)
}

/// The tests of the server to look at.
pub(crate) fn serve_tests(workspace: &Workspace, chromium: &Path) -> Result<Tally> {
    let mut node = node(workspace, "serve")?;
    chosen_node_tests(&folder(workspace, "serve"), node.env(chromium::VARIABLE, chromium), |_| true)
}

/// Serves oidc-provider under a policy on loopback.
pub(crate) fn serve(workspace: &Workspace, port: u16) -> Result<bool> {
    let lock = Lock::to_write(workspace, "serve")?;
    build::package(workspace)?;
    let mut node = node(workspace, "serve")?;
    drop(lock);
    run(node.arg(folder(workspace, "serve").join("main.js")).env("PORT", port.to_string()))?;
    Ok(true)
}

fn folder(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.root.join("tests").join(name)
}

/// Node, with what the folder installs.
fn node(workspace: &Workspace, name: &str) -> Result<Command> {
    setup::npm_packages(&folder(workspace, name), "oidc-provider")?;
    let mut node = Command::new("node");
    node.env("GRANTWISE_PACKAGE", workspace.package());
    Ok(node)
}

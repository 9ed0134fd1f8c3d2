//! The tests of `grantwise/oidc-provider` in tests/oidc_provider/: on the Node of this machine, and on the current line.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::package_tests::chosen_node_tests;
use crate::process::printed;
use crate::setup;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// A real provider, with real clients and a scripted browser.
pub(crate) fn on_this_node(workspace: &Workspace) -> Result<Tally> {
    setup::npm_packages(&folder(workspace), WHAT)?;
    on(workspace, Path::new("node"))
}

/// The same on the current line of Node; where there is none for this machine, on the Node of this machine.
pub(crate) fn on_current_node(workspace: &Workspace) -> Result<Tally> {
    let installed = folder(workspace).join("node_modules/node24/bin/node");
    setup::npm_packages(&folder(workspace), WHAT)?;
    let starts = printed(Command::new(&installed).arg("--version")).is_some();
    on(workspace, if starts { &installed } else { Path::new("node") })
}

const WHAT: &str = "oidc-provider and clients for its tests";

fn on(workspace: &Workspace, node: &Path) -> Result<Tally> {
    let mut node = Command::new(node);
    node.env("GRANTWISE_PACKAGE", workspace.package());
    chosen_node_tests(&folder(workspace), &mut node, |_| true)
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("tests/oidc_provider")
}

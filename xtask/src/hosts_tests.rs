//! The tests of the examples for other hosts in tests/hosts/: an MCP server, Cloudflare Workers, better-auth, Ory Hydra.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::package_tests::node_tests;
use crate::process::printed;
use crate::setup;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// Each host starts in a process of its own, and workerd comes with its npm package.
pub(crate) fn run(workspace: &Workspace) -> Result<Tally> {
    let folder = workspace.root.join("tests/hosts");
    setup::npm_packages(&folder, "hosts for the tests of the examples")?;
    // The Node among what is installed, which has SQLite; where there is none for this machine, that of the machine.
    let installed = folder.join("node_modules/node24/bin/node");
    let with_sqlite = ["-e", "require(\"node:sqlite\")"];
    let Some(program) = [installed, PathBuf::from("node")]
        .into_iter()
        .find(|program| printed(Command::new(program).args(with_sqlite)).is_some())
    else {
        bail!("the tests of the hosts need a Node with SQLite; install Node 24 or later: https://nodejs.org");
    };
    node_tests(&folder, Command::new(program).env("GRANTWISE_PACKAGE", workspace.package()))
}

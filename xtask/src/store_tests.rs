//! The tests of `grantwise/store` in tests/store/: on SQLite and PGlite, and with `--all` on a server of PostgreSQL.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::package_tests::chosen_node_tests;
use crate::process::{printed, progress, run};
use crate::setup;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// What needs a server.
const ON_SERVER: &str = "postgresql.test.js";

/// The environment variable by which a person can choose the folder of PostgreSQL's programs.
const VARIABLE: &str = "GRANTWISE_POSTGRESQL";

/// Everything but the server.
pub(crate) fn embedded(workspace: &Workspace) -> Result<Tally> {
    chosen_node_tests(&folder(workspace), &mut node(workspace)?, |name| name != ON_SERVER)
}

/// A server of PostgreSQL, which the test starts itself in a temporary folder.
pub(crate) fn on_server(workspace: &Workspace) -> Result<Tally> {
    let programs = postgresql()?;
    progress(&format!("PostgreSQL: {}", programs.display()));
    chosen_node_tests(&folder(workspace), node(workspace)?.env(VARIABLE, programs), |name| name == ON_SERVER)
}

/// What the transactions of the store take, written into docs/store.md.
pub(crate) fn bench(workspace: &Workspace) -> Result<bool> {
    let programs = postgresql()?;
    let mut node = node(workspace)?;
    node.arg(folder(workspace).join("bench.js")).arg("--write").arg(workspace.root.join("docs/store.md"));
    crate::process::succeeds(node.env(VARIABLE, programs))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("tests/store")
}

/// The Node among what tests/store/ installs, which has SQLite; where there is none for this machine, that of the machine.
fn node(workspace: &Workspace) -> Result<Command> {
    let folder = folder(workspace);
    setup::npm_packages(&folder, "databases for the tests of the store")?;
    let installed = folder.join("node_modules/node24/bin/node");
    let program = if starts(&installed) { installed } else { PathBuf::from("node") };
    if printed(Command::new(&program).args(["-e", "require(\"node:sqlite\")"])).is_none() {
        bail!("the tests of the store need a Node with SQLite; install Node 24 or later: https://nodejs.org");
    }
    let mut node = Command::new(program);
    node.env("GRANTWISE_PACKAGE", workspace.package());
    Ok(node)
}

/// The folder of PostgreSQL's programs: the chosen one, else the newest of the system, else Debian's, which is installed.
fn postgresql() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os(VARIABLE) {
        let chosen = PathBuf::from(chosen);
        if starts(&chosen.join("postgres")) {
            return Ok(chosen);
        }
        bail!("{VARIABLE} is {}, where no postgres starts", chosen.display());
    }
    if let Some(found) = of_the_system() {
        return Ok(found);
    }
    if Path::new("/etc/debian_version").exists() && printed(Command::new("id").arg("-u")).as_deref() == Some("0") {
        progress("no PostgreSQL found: installing Debian's (apt-get install postgresql)");
        run(Command::new("apt-get").args(["update", "--quiet"]))?;
        run(Command::new("apt-get")
            .args(["install", "--quiet", "--yes", "--no-install-recommends", "postgresql"])
            .env("DEBIAN_FRONTEND", "noninteractive"))
        .context("Debian's PostgreSQL cannot be installed")?;
        if let Some(found) = of_the_system() {
            return Ok(found);
        }
    }
    bail!(
        "the tests need PostgreSQL (initdb and postgres), and none was found or installed. \
         Install it, or set {VARIABLE} to the folder of its programs"
    )
}

fn of_the_system() -> Option<PathBuf> {
    // Debian keeps them out of the path, in a folder for each version.
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let number =
        |path: &Path| path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok());
    let mut of_debian: Vec<PathBuf> =
        versions.map(|entry| entry.path()).filter(|path| number(path).is_some()).collect();
    of_debian.sort_by_key(|path| number(path));
    let of_debian = of_debian.into_iter().rev().map(|path| path.join("bin"));
    let on_path: Vec<PathBuf> = std::env::var_os("PATH").iter().flat_map(std::env::split_paths).collect();
    of_debian.chain(on_path).find(|place| starts(&place.join("postgres")) && place.join("initdb").is_file())
}

fn starts(program: &Path) -> bool {
    printed(Command::new(program).arg("--version")).is_some()
}

//! The npm package as a user gets it: packed, installed in an empty folder, and in a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::build;
use crate::chromium;
use crate::process::{follow, printed, progress, run, succeeds};
use crate::shapes;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// The settings with which the declarations must compile, each a file in tests/package/types/.
const TYPE_PROJECTS: [&str; 3] = ["node16.json", "bundler.json", "entries.json"];

/// The entries that attw does not look at. It takes every entry for JavaScript that `require()` has to find, and a .wasm
/// file can only be imported.
const NO_JAVASCRIPT: [&str; 4] =
    ["grantwise.wasm", "grantwise_page.wasm", "grantwise_simulation.wasm", "grantwise_explore.wasm"];

/// The environment variable with which a test finds stored records and development tools in the checkout.
const CHECKOUT: &str = "GRANTWISE_CHECKOUT";

/// publint, attw, the declarations, and the tests of tests/package/ in Node.
pub(crate) fn installed(workspace: &Workspace) -> Result<Tally> {
    // Outside the checkout, or else its node_modules would be visible.
    let folder = tempfile::Builder::new().prefix("grantwise-").tempdir().context("no temporary folder")?;
    let folder = folder.path();
    let packed = packed(workspace)?;
    install(workspace, &packed, folder)?;
    shapes::write_type_test(&folder.join("types"))?;

    let mut tally = Tally::default();
    progress("publint");
    tally.add(Tally::one(succeeds(
        Command::new(workspace.javascript_tool("publint"))
            .args(["--strict", "--pack", "npm"])
            .arg(workspace.package())
            .current_dir(&workspace.root),
    )?));
    progress("are the types wrong?");
    tally.add(Tally::one(succeeds(
        Command::new(workspace.javascript_tool("attw"))
            .arg(&packed)
            .arg("--exclude-entrypoints")
            .args(NO_JAVASCRIPT)
            .current_dir(&workspace.root),
    )?));
    for project in TYPE_PROJECTS {
        progress(&format!("declarations ({project})"));
        tally.add(Tally::one(succeeds(
            Command::new(workspace.javascript_tool("tsc"))
                .arg("--project")
                .arg(folder.join("types").join(project))
                .current_dir(folder),
        )?));
    }
    tally.add(node_tests(folder, Command::new("node").env(CHECKOUT, &workspace.root))?);
    Ok(tally)
}

/// The tests of tests/browser/, which open the web entry in Chromium.
pub(crate) fn in_chromium(workspace: &Workspace, chromium: &Path) -> Result<Tally> {
    let mut node = Command::new("node");
    node.env(chromium::VARIABLE, chromium).env("GRANTWISE_PACKAGE", workspace.package());
    node_tests(&workspace.root.join("tests/browser"), &mut node)
}

/// Packs the package.
pub(crate) fn packed(workspace: &Workspace) -> Result<PathBuf> {
    let packed = workspace.scratch().join("packed");
    build::empty(&packed)?;
    let name = printed(
        Command::new("npm")
            .args(["pack", "--silent", "--pack-destination"])
            .arg(&packed)
            .current_dir(workspace.package()),
    )
    .context("`npm pack` failed")?;
    Ok(packed.join(name))
}

/// Installs the packed package beside the tests, in a folder that has nothing else.
fn install(workspace: &Workspace, packed: &Path, folder: &Path) -> Result<()> {
    copy_folder(&workspace.root.join("tests/package"), folder)?;
    fs::write(folder.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")
        .context("cannot write a package.json")?;
    // Offline: a package without dependencies needs no registry.
    run(Command::new("npm")
        .args(["install", "--silent", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"])
        .arg(packed)
        .current_dir(folder))
    .context("the packed package cannot be installed")
}

/// `node --test` over the test files of a folder.
pub(crate) fn node_tests(folder: &Path, node: &mut Command) -> Result<Tally> {
    chosen_node_tests(folder, node, |_| true)
}

/// The same over those whose name is chosen.
pub(crate) fn chosen_node_tests(folder: &Path, node: &mut Command, chosen: impl Fn(&str) -> bool) -> Result<Tally> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry.context("cannot list the tests")?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".test.js") && chosen(&name) {
            files.push(path);
        }
    }
    files.sort();
    ensure!(!files.is_empty(), "there are no tests in {}", folder.display());
    let mut tally = Tally::default();
    let succeeded =
        follow(node.args(["--expose-gc", "--test", "--test-reporter=spec"]).args(files).current_dir(folder), |line| {
            tally.read(line)
        })?;
    Ok(tally.of_program(succeeded))
}

pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let path = entry.with_context(|| format!("cannot list {}", from.display()))?.path();
        let target = to.join(path.file_name().context("a file has a name")?);
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            fs::copy(&path, &target).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

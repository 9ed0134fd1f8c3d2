//! The vectors through the built npm package. The crate grantwise-conformance converts and compares; here they
//! only travel to JavaScript and back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use grantwise_conformance::{Prepared, Report, files, prepare};
use serde_json::Value;

use crate::process::run;
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{build, chromium, setup};

/// `cargo xtask vectors PATH`: builds the package, prints each failure and, last, the counts.
pub(crate) fn command(workspace: &Workspace, path: &Path) -> Result<bool> {
    let _lock = build::fresh_package(workspace, "vectors")?;
    let files = files::named(path).with_context(|| format!("cannot read {}", path.display()))?;
    let report = report(workspace, &files, Command::new("node").arg(workspace.script("vectors_node.js")))?;
    println!("{report}");
    Ok(report.clean())
}

/// The project's own vectors in Node.
pub(crate) fn in_node(workspace: &Workspace) -> Result<Tally> {
    own(workspace, Command::new("node").arg(workspace.script("vectors_node.js")))
}

/// The project's own vectors in the package's web entry.
pub(crate) fn in_chromium(workspace: &Workspace, chromium: &Path) -> Result<Tally> {
    setup::javascript_tools(workspace)?;
    let script = workspace.script("vectors_chromium.js");
    own(workspace, Command::new("node").arg(script).env(chromium::VARIABLE, chromium))
}

fn own(workspace: &Workspace, runner: &mut Command) -> Result<Tally> {
    let files = files::all(&workspace.root.join("tests/vectors"))?;
    let report = report(workspace, &files, runner)?;
    println!("{report}");
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let mut tally = Tally::of(count(report.passed), count(report.failures.len()));
    for (id, mismatches) in &report.failures {
        tally.failures.error(&mismatches.iter().map(|mismatch| format!("{id}: {mismatch}\n")).collect::<String>());
    }
    Ok(tally.of_program(report.clean()))
}

/// Runs every vector of some files. The runner gets three more arguments: the package, a file with the scripts,
/// and the file into which it writes its observations.
fn report(workspace: &Workspace, files: &[PathBuf], runner: &mut Command) -> Result<Report> {
    let vectors = read(files)?;
    let scripts: Vec<&Value> = vectors.iter().filter_map(Prepared::script).collect();

    // Of its own: another run may read the same package.
    let folder = tempfile::Builder::new().prefix("grantwise-").tempdir().context("no temporary folder")?;
    let (input, output) = (folder.path().join("scripts.json"), folder.path().join("observations.json"));
    fs::write(&input, serde_json::to_vec(&scripts)?).with_context(|| format!("cannot write {}", input.display()))?;
    run(runner.arg(workspace.package()).arg(&input).arg(&output).current_dir(&workspace.root))?;
    let text = fs::read(&output).with_context(|| format!("the runner wrote no {}", output.display()))?;
    let observations: Vec<Value> = serde_json::from_slice(&text).context("the observations are not a JSON array")?;

    let by_id: BTreeMap<&str, &Value> =
        observations.iter().filter_map(|observation| Some((observation.get("id")?.as_str()?, observation))).collect();
    ensure!(by_id.len() == scripts.len(), "{} scripts gave {} observations", scripts.len(), by_id.len());
    let mut report = Report::default();
    for vector in &vectors {
        report.add(vector, vector.script().and_then(|_| by_id.get(vector.id.as_str()).copied()));
    }
    Ok(report)
}

fn read(files: &[PathBuf]) -> Result<Vec<Prepared>> {
    let mut vectors = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        vectors.extend(prepare(&text));
    }
    ensure!(!vectors.is_empty(), "there is no vector");
    Ok(vectors)
}

//! The vectors through the built npm package. The crate grantwise-conformance converts and compares; here they
//! only travel to JavaScript and back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use grantwise_conformance::{Prepared, Report, prepare};
use serde_json::Value;

use crate::process::{progress, run};
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{build, chromium, setup};

/// The files of a folder of vectors. A folder may lack one of them.
const FILES: [&str; 2] = ["decisions.jsonl", "scenarios.jsonl"];

/// `cargo xtask vectors DIR`: builds the package, prints each failure and, last, the counts.
pub(crate) fn command(workspace: &Workspace, directory: &Path) -> Result<bool> {
    let _lock = build::fresh_package(workspace, "vectors")?;
    let files = in_folder(directory);
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
    let directory = workspace.root.join("tests/vectors");
    let mut files = in_folder(&directory);
    files.extend(below(&directory)?);
    let report = report(workspace, &files, runner)?;
    println!("{report}");
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let tally = Tally { passed: count(report.passed), failed: count(report.failures.len()) };
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

fn in_folder(directory: &Path) -> Vec<PathBuf> {
    FILES.iter().map(|name| directory.join(name)).collect()
}

fn read(files: &[PathBuf]) -> Result<Vec<Prepared>> {
    let mut vectors = Vec::new();
    for file in files {
        if file.exists() {
            let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            vectors.extend(prepare(&text));
        } else {
            progress(&format!("there is no {}", file.display()));
        }
    }
    ensure!(!vectors.is_empty(), "there is no vector");
    Ok(vectors)
}

/// The files of the project's own vectors in the folders of a folder, in the order of their paths. A folder that somebody
/// names may have anything in folders below.
fn below(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![directory.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if folder != directory && path.extension().is_some_and(|extension| extension == "jsonl") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

//! The fixed corpus of the fuzz targets through the built npm package: it decides each case as the engine natively does,
//! or calls it the same misuse at the same place.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, anyhow, ensure};
use grantwise::Policy;
use grantwise::input::{Broken, Value as Input};
use serde_json::{Value, json};

use crate::build;
use crate::process::follow;
use crate::tally::Tally;
use crate::workspace::Workspace;

#[expect(unreachable_pub, reason = "the fuzz targets, a crate of their own, use it too")]
#[path = "../../fuzz/src/cases.rs"]
pub(crate) mod cases;

/// `cargo xtask corpus`: builds the package first. Whether all agrees.
pub(crate) fn command(workspace: &Workspace) -> Result<bool> {
    let _lock = build::fresh_package(workspace, "corpus")?;
    Ok(in_node(workspace)?.failed == 0)
}

/// The corpus in Node.
pub(crate) fn in_node(workspace: &Workspace) -> Result<Tally> {
    let mut calls: Vec<Value> = Vec::new();
    for target in cases::TARGETS {
        for (line, data) in cases::corpus(target).iter().enumerate() {
            cases::check(target, data)
                .map_err(|problem| anyhow!("{target}, line {}: {problem}", line.saturating_add(1)))?;
            if let Some(case) = cases::case(target, data) {
                calls.push(call(&format!("{target}:{}", line.saturating_add(1)), &case)?);
            }
        }
    }
    ensure!(!calls.is_empty(), "the corpus is empty");
    let folder = tempfile::Builder::new().prefix("grantwise-").tempdir().context("no temporary folder")?;
    let file = folder.path().join("corpus.json");
    fs::write(&file, serde_json::to_vec(&calls)?).with_context(|| format!("cannot write {}", file.display()))?;
    let mut tally = Tally::default();
    let mut node = Command::new("node");
    node.args(["--test-reporter=spec"])
        .arg(workspace.script("corpus_node.js"))
        .env("GRANTWISE_PACKAGE", workspace.package())
        .env("GRANTWISE_CORPUS", &file)
        .current_dir(&workspace.root);
    let succeeded = follow(&mut node, |line| tally.read(line))?;
    Ok(tally.of_program(succeeded))
}

fn call(name: &str, case: &cases::Case) -> Result<Value> {
    let policy = Policy::profile(case.profile, &case.overrides).map_err(|misuse| anyhow!("{name}: {misuse}"))?;
    let expected = match cases::decide(&policy, case.call, &case.input) {
        Ok(answer) => json!({ "answer": answer }),
        Err(misuse) => {
            json!({ "code": misuse.code().name(), "path": misuse.path(), "message": misuse.to_string() })
        }
    };
    Ok(json!({
        "name": name, "profile": case.profile, "overrides": case.overrides, "call": case.call,
        "input": written(&case.input), "expected": expected,
    }))
}

/// What JSON does not have is an object with one member, `$`.
fn written(value: &Input) -> Value {
    match value {
        Input::Number(number) if !number.is_finite() || (*number == 0.0 && number.is_sign_negative()) => {
            json!({ "$": number.to_string() })
        }
        Input::Broken(broken) => json!({ "$": match broken {
            Broken::LoneSurrogate => "lone surrogate",
            Broken::Unreadable => "unreadable",
            Broken::Inherited | Broken::Instance => "instance",
            Broken::NotData => "not data",
            Broken::TooDeep => "too deep",
        } }),
        Input::List(items) => items.iter().map(written).collect(),
        // In their order, which a map does not keep.
        Input::Members(members) => json!({
            "$": "members",
            "members": members.iter().map(|(name, value)| json!([name.as_str(), written(value)])).collect::<Vec<_>>(),
        }),
        other => json!(other),
    }
}

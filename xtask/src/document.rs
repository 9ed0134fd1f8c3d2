//! Documents that are written whole from the crate's tables.

use std::fs;

use anyhow::{Context, Result};

use crate::process::progress;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// Rewrites a document.
pub(crate) fn write(workspace: &Workspace, name: &str, text: &str) -> Result<bool> {
    let path = workspace.root.join(name);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    progress(&format!("wrote {}", path.display()));
    Ok(true)
}

/// Whether a document is what the tables say today.
pub(crate) fn check(workspace: &Workspace, name: &str, text: &str) -> Result<Tally> {
    let path = workspace.root.join(name);
    let written = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let current = written == text;
    if !current {
        println!("{name} is out of date; `cargo xtask tables` rewrites it");
    }
    Ok(Tally::one(current))
}

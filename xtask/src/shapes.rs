//! What is generated from the shapes on the wire: the JSON Schema of the records, the ids as TypeScript types, and the
//! test that compares the declarations with the shapes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use grantwise::catalogue::{schema, type_test, typescript};

use crate::process::progress;
use crate::workspace::Workspace;

/// Rewrites the published schema.
pub(crate) fn write_schema(workspace: &Workspace) -> Result<bool> {
    let path = workspace.root.join("pkg-template/schema/records.json");
    let text = serde_json::to_string_pretty(&schema::schema()).context("cannot write the schema")?;
    fs::write(&path, text + "\n").with_context(|| format!("cannot write {}", path.display()))?;
    progress(&format!("wrote {}", path.display()));
    Ok(true)
}

/// Writes the ids of the tables as TypeScript types, beside the declarations that name them: the playground and an
/// editor read those where they stand. Git ignores the file.
pub(crate) fn write_ids(workspace: &Workspace) -> Result<()> {
    let path = workspace.root.join("pkg-template/ids.d.ts");
    fs::write(&path, typescript::declarations()).with_context(|| format!("cannot write {}", path.display()))
}

/// Writes the test that compares the declarations with the shapes.
pub(crate) fn write_type_test(folder: &Path) -> Result<()> {
    let path = folder.join("shapes.mts");
    fs::write(&path, type_test::type_test()).with_context(|| format!("cannot write {}", path.display()))
}

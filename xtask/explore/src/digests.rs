//! The committed digests: one for each component under each profile.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::survey::Surveyed;

/// Where they stand.
const NAME: &str = "tests/golden/digests.json";

/// By engine and component, as `engine component`.
pub(crate) type OfProfile = BTreeMap<String, String>;

/// The digests that were found.
fn of(surveyed: &Surveyed) -> OfProfile {
    let name = |row: &crate::survey::Row| format!("{} {}", row.engine, row.component);
    surveyed.rows.iter().map(|row| (name(row), row.digest.clone())).collect()
}

/// Those that are committed, by profile; none where there is no such file yet.
pub(crate) fn read(root: &Path) -> Result<BTreeMap<String, OfProfile>> {
    let path = root.join(NAME);
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))
}

/// Whether what was found is what is committed.
pub(crate) fn are_committed(surveyed: &Surveyed, committed: Option<&OfProfile>) -> bool {
    committed == Some(&of(surveyed))
}

/// Whether a component's digest is the committed one.
pub(crate) fn is_committed(row: &crate::survey::Row, committed: Option<&OfProfile>) -> bool {
    committed.and_then(|all| all.get(&format!("{} {}", row.engine, row.component))) == Some(&row.digest)
}

/// Commits what was found.
pub(crate) fn write(root: &Path, surveyed: &[Surveyed]) -> Result<()> {
    let all: BTreeMap<&str, OfProfile> = surveyed.iter().map(|found| (found.name.as_str(), of(found))).collect();
    let path = root.join(NAME);
    let text = serde_json::to_string_pretty(&all).context("cannot write the digests")?;
    fs::write(&path, format!("{text}\n")).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

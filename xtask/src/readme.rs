//! The table of profiles in README.md, made from the catalogue.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use grantwise::answer::Source;
use grantwise::policy::profile::{Profile, ProfileKind};
use grantwise::policy::profiles::PROFILES;

use crate::process::progress;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// The lines between which the table stands.
const BEGIN: &str = "<!-- profiles: begin. `cargo xtask tables` writes this table from the catalogue. -->\n";
const END: &str = "<!-- profiles: end -->\n";

/// Rewrites the table.
pub(crate) fn write(workspace: &Workspace) -> Result<bool> {
    let path = path(workspace);
    fs::write(&path, with_table(&read(workspace)?)?).with_context(|| format!("cannot write {}", path.display()))?;
    progress(&format!("wrote the table of profiles in {}", path.display()));
    Ok(true)
}

/// Whether the table is what the catalogue says today.
pub(crate) fn check(workspace: &Workspace) -> Result<Tally> {
    let readme = read(workspace)?;
    let current = readme == with_table(&readme)?;
    if !current {
        println!("the table of profiles in README.md is out of date; `cargo xtask tables` rewrites it");
    }
    Ok(Tally::one(current))
}

fn path(workspace: &Workspace) -> PathBuf {
    workspace.root.join("README.md")
}

fn read(workspace: &Workspace) -> Result<String> {
    let path = path(workspace);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

fn with_table(readme: &str) -> Result<String> {
    let (before, rest) = readme.split_once(BEGIN).with_context(|| format!("README.md lacks the line {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("README.md lacks the line {END}"))?;
    Ok(format!("{before}{BEGIN}{}{END}{after}", table()?))
}

fn table() -> Result<String> {
    let mut table = "| profile | what it is known for | source |\n|---|---|---|\n".to_owned();
    for kind in ProfileKind::ALL {
        writeln!(table, "| **{}** | | |", heading(kind))?;
        for profile in PROFILES.iter().filter(|profile| profile.kind == kind) {
            let name = profile.name;
            let (character, source) = (cell(profile.about.character), source(profile)?);
            writeln!(table, "| `{name}` | {character} | {source} |")?;
        }
    }
    Ok(table)
}

fn heading(kind: ProfileKind) -> &'static str {
    match kind {
        ProfileKind::Standard => "Standards",
        ProfileKind::Server => "Servers",
        ProfileKind::Vendor => "Vendors",
        ProfileKind::History => "Drafts and history",
    }
}

/// The first source of a profile, as a link. The catalogue has the others.
fn source(profile: &Profile) -> Result<String> {
    let first =
        profile.about.sources.first().with_context(|| format!("the profile {} names no source", profile.name))?;
    let Source { title, section, address } = (*first).into();
    let place = if section.is_empty() { String::new() } else { format!(", {section}") };
    Ok(format!("[{}]({address})", cell(&format!("{title}{place}"))))
}

/// A text that neither ends a cell nor a link.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, with_table};

    #[test]
    fn the_table_takes_the_place_between_the_marks() {
        let readme = with_table(&format!("before\n{BEGIN}STALE\n{END}after\n")).unwrap();
        assert!(readme.starts_with(&format!("before\n{BEGIN}| profile |")));
        assert!(readme.ends_with(&format!("|\n{END}after\n")) && !readme.contains("STALE"));
        assert_eq!(with_table(&readme).unwrap(), readme);
        assert_eq!(readme.lines().filter(|line| line.starts_with("| `")).count(), 35);
    }

    #[test]
    fn without_the_marks_nothing_is_written() {
        assert!(with_table("no table").is_err());
        assert!(with_table(BEGIN).is_err());
    }
}

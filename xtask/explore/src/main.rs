//! Every situation under every profile. `cargo xtask explore` compiles this with optimisation and runs it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line program speaks on the standard streams")]

mod comparisons;
mod difference;
mod digests;
mod document;
mod link;
mod policies;
mod report;
mod shown;
mod survey;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use grantwise::policy::profiles::PROFILES;

use crate::survey::Surveyed;

/// Explores every situation under every profile, and checks what holds for all of them.
#[derive(Parser)]
#[command(name = "cargo xtask explore", bin_name = "cargo xtask explore")]
struct Arguments {
    /// Only this profile.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Every profile with each value of every knob, too: minutes.
    #[arg(long)]
    knobs: bool,
    /// Rewrite the committed digests, docs/exploration.md and docs/differences.md.
    #[arg(long, conflicts_with_all = ["profile", "knobs"])]
    write: bool,
    /// Print every graph as text, for another version to compare with.
    #[arg(long, conflicts_with_all = ["knobs", "write"])]
    list: bool,
    /// Compare with the graphs that another version printed.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["knobs", "write", "list"])]
    against: Option<PathBuf>,
    /// The folder of the workspace.
    #[arg(long, value_name = "FOLDER")]
    root: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool> {
    let profiles: Vec<_> = PROFILES
        .iter()
        .copied()
        .filter(|profile| arguments.profile.as_ref().is_none_or(|name| profile.name == name))
        .collect();
    if profiles.is_empty() {
        let names: Vec<&str> = PROFILES.iter().map(|profile| profile.name).collect();
        bail!("there is no such profile; the profiles are {}", names.join(", "));
    }
    if arguments.list {
        return difference::list(&profiles).map(|()| true);
    }
    if let Some(file) = &arguments.against {
        let other = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        return difference::compare(&profiles, &other).map(|()| true);
    }
    let committed = digests::read(&arguments.root)?;
    let mut surveyed = Vec::new();
    survey::each(&policies::shipped(&profiles), |found| {
        report::profile(&found, committed.get(&found.name));
        surveyed.push(found);
    });
    surveyed.sort_by(|one, other| one.name.cmp(&other.name));
    let mut varied = Vec::new();
    let of_knobs = match (arguments.knobs, &arguments.profile) {
        (true, _) => policies::with_each_knob(&profiles),
        (false, None) => policies::for_what_no_profile_has(&profiles),
        (false, Some(_)) => Vec::new(),
    };
    survey::each(&of_knobs, |found| varied.push(found));
    let holds = report::invariants_of(&surveyed, &varied);
    if arguments.write {
        digests::write(&arguments.root, &surveyed)?;
        document::write(&arguments.root, &surveyed)?;
        comparisons::write(&arguments.root, &comparisons::text()?)?;
        return Ok(holds);
    }
    let tell = arguments.profile.is_some() || report::all_tell(&surveyed, &varied);
    let current = surveyed.iter().all(|found| digests::are_committed(found, committed.get(&found.name)));
    let described = arguments.profile.is_some() || document::is_current(&arguments.root, &surveyed)?;
    let compared = arguments.profile.is_some() || comparisons::is_current(&arguments.root, &comparisons::text()?);
    let sound = surveyed.iter().all(Surveyed::is_sound);
    report::summary(&[
        (holds, "every invariant holds"),
        (tell, "every claim of an invariant could be broken"),
        (sound, "the leaves are the whole space, and situations at random decide as their leaves say"),
        (current, "the digests are the committed ones (`--write` rewrites them, `--diff REF` says what changed)"),
        (described, "docs/exploration.md is up to date"),
        (compared, "docs/differences.md is up to date"),
    ]);
    Ok(holds && tell && sound && current && described && compared)
}

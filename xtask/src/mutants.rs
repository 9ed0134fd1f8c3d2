//! `cargo xtask mutants`: the rules, broken on purpose one place at a time, and whether a test notices each. It needs
//! cargo-mutants and hours; nothing else does. `.cargo/mutants.toml` says what is broken and which tests look.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::process::{printed, succeeds};
use crate::workspace::Workspace;

/// What is broken.
#[derive(Args)]
pub(crate) struct Options {
    /// One part of several, to spread the work: `--shard 0/20` is the first of twenty.
    #[arg(long)]
    shard: Option<String>,
    /// Only these files.
    #[arg(long, value_name = "FILE")]
    file: Vec<PathBuf>,
    /// How many mutants are built and tested at once.
    #[arg(long, default_value_t = 1)]
    jobs: u32,
    /// Go on where the last run stopped: what was noticed then is not tried again.
    #[arg(long)]
    iterate: bool,
    /// Say what would be broken, and break nothing.
    #[arg(long)]
    list: bool,
}

/// Breaks the rules. Whether every mutant was noticed; the list is in `target/mutants/mutants.out/`.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<bool> {
    if printed(Command::new("cargo").args(["mutants", "--version"])).is_none() {
        bail!("this needs cargo-mutants: `cargo install cargo-mutants --locked`");
    }
    let mut mutants = Command::new("cargo");
    mutants.arg("mutants").current_dir(&workspace.root);
    if options.list {
        mutants.arg("--list");
    } else {
        mutants.arg("--output").arg(workspace.target.join("mutants"));
        mutants.args(["--jobs", &options.jobs.to_string(), "--colors", "never"]);
        if options.iterate {
            mutants.arg("--iterate");
        }
    }
    if let Some(shard) = &options.shard {
        mutants.args(["--shard", shard]);
    }
    for file in &options.file {
        mutants.arg("--file").arg(file);
    }
    succeeds(&mut mutants)
}

//! `cargo xtask fuzz`: every fuzz target for a while. It needs cargo-fuzz and a nightly compiler; nothing else does.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::corpus::cases;
use crate::process::{printed, progress, succeeds};
use crate::workspace::Workspace;

/// Runs the targets one after the other, each for its part of the time. Whether none found anything.
pub(crate) fn command(workspace: &Workspace, seconds: u64) -> Result<bool> {
    if printed(Command::new("rustup").args(["run", "nightly", "rustc", "--version"])).is_none() {
        bail!("the fuzzers need a nightly compiler: `rustup toolchain install nightly --profile minimal`");
    }
    if printed(Command::new("cargo").args(["fuzz", "--version"])).is_none() {
        bail!("the fuzzers need cargo-fuzz: `cargo install cargo-fuzz --locked`");
    }
    let folder = workspace.root.join("fuzz");
    let each = seconds.div_ceil(cases::TARGETS.len() as u64);
    let mut clean = true;
    for target in cases::TARGETS {
        progress(&format!("{target}, for {each} seconds"));
        seed(&folder.join("corpus").join(target), target)?;
        // Checked for undefined behaviour elsewhere: the crate has no unsafe code.
        let fuzz = ["+nightly", "fuzz", "run", "--sanitizer", "none", target, "--"];
        clean &= succeeds(
            Command::new("cargo")
                .args(fuzz)
                .args([&format!("-max_total_time={each}"), "-max_len=2048", "-timeout=10", "-print_final_stats=1"])
                // Whatever runs this has a compiler of its own in the environment.
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("CARGO")
                .current_dir(&folder),
        )?;
    }
    Ok(clean)
}

/// What is known is where a target begins.
fn seed(corpus: &Path, target: &str) -> Result<()> {
    fs::create_dir_all(corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    for (place, data) in cases::corpus(target).iter().enumerate() {
        let file = corpus.join(format!("seed-{place}"));
        fs::write(&file, data).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

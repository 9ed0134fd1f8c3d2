//! `cargo xtask bench`: how fast the package is, against native Rust, handwritten JavaScript and other engines.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::process::{progress, succeeds};
use crate::setup;
use crate::tally::Tally;
use crate::workspace::{Workspace, cargo};
use crate::{build, process, store_tests};

/// What is measured, and how.
#[derive(Args)]
pub(crate) struct Options {
    /// Print the figures as JSON, and write no documentation.
    #[arg(long)]
    json: bool,
    /// Call the package again and again, half of the calls malformed, and show the memory.
    #[arg(long, conflicts_with_all = ["json", "quick"])]
    memory: bool,
    /// How many calls `--memory` makes.
    #[arg(long, default_value_t = 10_000_000)]
    calls: u64,
    /// A look at whether the bench works: few inputs, no other engines, no time that means anything.
    #[arg(long)]
    quick: bool,
    /// How often each row is measured.
    #[arg(long)]
    rounds: Option<u32>,
    /// The transactions of `grantwise/store` on SQLite, PGlite and PostgreSQL; rewrites the table of docs/store.md.
    #[arg(long, conflicts_with_all = ["json", "quick", "memory"])]
    store: bool,
    /// Only these rows, by their ids.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// What a lap is measured with; `processor` is for a machine that does other work, too.
    #[arg(long, value_enum, default_value_t = Clock::Wall)]
    clock: Clock,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Clock {
    Wall,
    Processor,
}

/// Runs the bench with what is built and installed for it. Whether it ended well.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<bool> {
    if options.json {
        process::keep_standard_output_clean();
    }
    let _lock = build::fresh_package(workspace, "bench")?;
    if options.store {
        return store_tests::bench(workspace);
    }
    let mut node = bench(workspace);
    if options.memory {
        return succeeds(node.args(["--memory", "--calls", &options.calls.to_string()]));
    }
    node.arg("--native").arg(native(workspace, if options.quick { "dev" } else { "bench" })?);
    if options.quick {
        node.arg("--quick");
    } else {
        setup::npm_packages(&folder(workspace), "what the bench compares with")?;
        node.arg("--peers");
    }
    if options.json {
        node.arg("--json");
    } else if !options.quick && options.only.is_empty() && options.clock == Clock::Wall {
        node.arg("--write").arg(workspace.root.join("docs/speed.md"));
    }
    if let Some(rounds) = options.rounds {
        node.args(["--rounds", &rounds.to_string()]);
    }
    if !options.only.is_empty() {
        node.args(["--only", &options.only.join(",")]);
    }
    if options.clock == Clock::Processor {
        node.args(["--clock", "processor"]);
    }
    succeeds(&mut node)
}

/// The bench with small numbers, and its own tests: whether the handwritten policy agrees with the package on every
/// input, and native Rust, too. Whoever calls it has the right to read.
pub(crate) fn test(workspace: &Workspace) -> Result<Tally> {
    let mut node = Command::new("node");
    node.args(["--expose-gc", "--test", "--test-reporter=spec"])
        .arg(folder(workspace).join("bench.test.js"))
        .env("GRANTWISE_PACKAGE", workspace.package())
        .env("GRANTWISE_NATIVE", native(workspace, "dev")?);
    let mut tally = Tally::default();
    let succeeded = process::follow(&mut node, |line| tally.read(line))?;
    Ok(tally.of_program(succeeded))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("tests/bench")
}

fn bench(workspace: &Workspace) -> Command {
    let mut node = Command::new("node");
    node.arg("--expose-gc").arg(folder(workspace).join("main.js")).arg("--package").arg(workspace.package());
    node
}

/// The program of native Rust, built.
fn native(workspace: &Workspace, profile: &str) -> Result<PathBuf> {
    progress("building the native program of the bench");
    let output = Command::new(cargo())
        .args(["build", "--quiet", "--locked", "--package", "grantwise", "--bench", "native"])
        .args(["--profile", profile, "--message-format", "json-render-diagnostics"])
        .current_dir(&workspace.root)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "the native program of the bench cannot be built");
    let messages = String::from_utf8_lossy(&output.stdout);
    let executable = |line: &str| -> Option<PathBuf> {
        let message: Value = serde_json::from_str(line).ok()?;
        let is_native = message.get("target")?.get("name")? == "native";
        message.get("executable")?.as_str().filter(|_| is_native).map(PathBuf::from)
    };
    messages.lines().find_map(executable).context("cargo names no native program")
}

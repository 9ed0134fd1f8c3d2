//! `cargo xtask test`: everything there is to test; what takes minutes with `--all`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::process::{follow, progress};
use crate::tally::Tally;
use crate::workspace::{Workspace, cargo};
use crate::{
    bench, build, chromium, corpus, differential, explore, hosts_tests, knobs, lint, oidc_provider_tests,
    package_tests, playground, readme, runtimes, samples, setup, store_tests, tables, vectors, wasm_tests,
};

/// One part of the tests.
struct Step {
    name: &'static str,
    /// It tests the built npm package.
    needs_package: bool,
    run: fn(&Machine) -> Result<Tally>,
}

/// The steps after the set-up, the static checks and the build. A new test is one more line.
const STEPS: [Step; 17] = [
    step("Rust tests", |m| rust(m.workspace, &["--package", "grantwise", "--package", "grantwise-conformance"])),
    // Apart from the others: in one run cargo would compile this tool again, with the union of all features. One test after
    // the other: a program that is started holds the open files of a test beside it, locks among them, until it runs.
    step("tests of xtask", |m| rust(m.workspace, &["--package", "xtask", "--", "--test-threads=1"])),
    step("docs/events.md is up to date", |m| tables::check(m.workspace)),
    step("docs/knobs.md is up to date", |m| knobs::check(m.workspace)),
    step("README.md is up to date", |m| readme::check(m.workspace)),
    step("the documents show the samples", |m| samples::check(m.workspace)),
    step("WebAssembly tests in Node", |m| wasm_tests::in_node(m.workspace)),
    step("WebAssembly tests in Chromium", |m| wasm_tests::in_chromium(m.workspace, m.chromium()?)),
    package_step("vectors in Node", |m| vectors::in_node(m.workspace)),
    package_step("vectors in Chromium", |m| vectors::in_chromium(m.workspace, m.chromium()?)),
    package_step("corpus of the fuzzers in Node", |m| corpus::in_node(m.workspace)),
    package_step("package, packed and installed", |m| package_tests::installed(m.workspace)),
    package_step("store on SQLite and PGlite", |m| store_tests::embedded(m.workspace)),
    package_step("oidc-provider under a policy", |m| oidc_provider_tests::on_this_node(m.workspace)),
    package_step("playground, unit tests", |m| playground::unit_tests(m.workspace)),
    package_step("playground in Chromium", |m| playground::browser_tests(m.workspace, m.chromium()?)),
    package_step("package in Chromium", |m| package_tests::in_chromium(m.workspace, m.chromium()?)),
];

/// What takes minutes.
const SLOW_STEPS: [Step; 9] = [
    package_step("bench, with small numbers", |m| bench::test(m.workspace)),
    package_step("examples for other hosts", |m| hosts_tests::run(m.workspace)),
    package_step("oidc-provider beside its profile", |m| differential::tests(m.workspace)),
    package_step("the server to look at, in Chromium", |m| differential::serve_tests(m.workspace, m.chromium()?)),
    step("every situation under every profile", |m| explore::check(m.workspace)),
    package_step("oidc-provider on the current Node", |m| oidc_provider_tests::on_current_node(m.workspace)),
    package_step("store on PostgreSQL", |m| store_tests::on_server(m.workspace)),
    package_step("runtimes and bundlers", |m| runtimes::matrix(m.workspace, m.chromium()?)),
    package_step("two builds, the same bytes", |m| runtimes::same_bytes(m.workspace)),
];

const fn step(name: &'static str, run: fn(&Machine) -> Result<Tally>) -> Step {
    Step { name, needs_package: false, run }
}

const fn package_step(name: &'static str, run: fn(&Machine) -> Result<Tally>) -> Step {
    Step { name, needs_package: true, run }
}

/// What a step works with.
struct Machine<'a> {
    workspace: &'a Workspace,
    chromium: Option<PathBuf>,
}

impl Machine<'_> {
    fn chromium(&self) -> Result<&Path> {
        self.chromium.as_deref().context("there is no Chromium; see the set-up")
    }
}

/// Runs everything, also after a failure, and prints a summary. Whether all passed.
pub(crate) fn run(workspace: &Workspace, all: bool) -> Result<bool> {
    let mut summary = Summary::default();
    let mut chromium = None;
    summary.step("set-up", || {
        setup::rust_components()?;
        setup::wasm_target()?;
        setup::javascript_tools(workspace)?;
        let found = chromium::find(workspace)?;
        progress(&format!("Chromium: {}", found.display()));
        chromium = Some(found);
        Ok(Tally::one(true))
    });
    for (name, check) in lint::CHECKS {
        summary.step(name, || check(workspace).map(Tally::one));
    }
    let built = summary.step("build of the npm package", || {
        build::package(workspace)?;
        Ok(Tally::one(true))
    });
    let machine = Machine { workspace, chromium };
    let slow: &[Step] = if all { &SLOW_STEPS } else { &[] };
    for step in STEPS.iter().chain(slow) {
        summary.step(step.name, || {
            // An old package must not stand in for one that no longer builds.
            ensure!(built || !step.needs_package, "not run, because the package was not built");
            (step.run)(&machine)
        });
    }
    let passed = summary.print();
    if !all {
        println!("(not run without --all: {})", SLOW_STEPS.map(|step| step.name).join("; "));
    }
    Ok(passed)
}

/// Tests of Rust crates on the host.
fn rust(workspace: &Workspace, packages: &[&str]) -> Result<Tally> {
    let mut tally = Tally::default();
    let succeeded = follow(
        Command::new(cargo())
            .args(["test", "--quiet", "--locked", "--no-fail-fast"])
            .args(packages)
            .current_dir(&workspace.root),
        |line| tally.read(line),
    )?;
    Ok(tally.of_program(succeeded))
}

/// What came of the steps so far.
#[derive(Default)]
struct Summary {
    rows: Vec<(&'static str, Tally, u64)>,
}

impl Summary {
    /// Runs one step, whose error counts as one failure. Whether it passed.
    fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<Tally>) -> bool {
        println!("\n=== {name}");
        let begin = Instant::now();
        let tally = run().unwrap_or_else(|error| {
            println!("error: {error:#}");
            Tally::error(&format!("{error:#}"))
        });
        let passed = tally.failed == 0;
        self.rows.push((name, tally, begin.elapsed().as_secs()));
        passed
    }

    /// Which tests failed comes behind the table, for whoever sees only the end; the last line is the sum of all tests.
    fn print(&self) -> bool {
        println!("\n=== summary");
        let mut total = Tally::default();
        let mut seconds: u64 = 0;
        for (name, tally, took) in &self.rows {
            let mark = if tally.failed == 0 { "ok    " } else { "FAILED" };
            println!("{mark} {name:<40} {took:>4} s  {} passed, {} failed", tally.passed, tally.failed);
            total.add(tally.clone());
            seconds = seconds.saturating_add(*took);
        }
        for (name, tally, _) in self.rows.iter().filter(|(_, tally, _)| tally.failed > 0) {
            println!("failed: {name}");
            tally.failures.lines().for_each(|line| println!("    {line}"));
        }
        println!("{seconds} seconds in all");
        println!("{} passed, {} failed", total.passed, total.failed);
        total.failed == 0
    }
}

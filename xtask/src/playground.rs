//! The playground: a static site over the built npm package, its tests, and a server to try it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::replace;
use crate::chromium;
use crate::failures::without_colours;
use crate::process::{follow, progress, run};
use crate::stamp::{Content, Stamp};
use crate::tally::Tally;
use crate::workspace::Workspace;

/// Builds the site into `target/playground/`, unless it is up to date. Whoever calls it has the right to write.
pub(crate) fn site(workspace: &Workspace) -> Result<PathBuf> {
    tools(workspace)?;
    let site = workspace.target.join("playground");
    let stamp = Stamp::new(workspace.scratch().join("playground.stamp"), site.clone());
    let inputs = Content::default()
        .files(&workspace.package(), "")?
        .files_but(&workspace.root, "www", &["node_modules", "dist", "test-results", "tests"])?
        .files(&workspace.root, "tests/vectors/scenarios.jsonl")?;
    let Some(why) = stamp.outdated(&inputs)? else {
        progress("the playground is up to date");
        return Ok(site);
    };
    progress(&format!("building the playground (vite): {why}"));
    stamp.make(&inputs, || {
        let aside = workspace.scratch().join("playground");
        run(npm(workspace, &["run", "build", "--silent"]).env("GRANTWISE_SITE", &aside))?;
        replace(&aside, &site)
    })?;
    Ok(site)
}

/// Unit tests of the playground's own code.
pub(crate) fn unit_tests(workspace: &Workspace) -> Result<Tally> {
    tools(workspace)?;
    counted(&mut npm(workspace, &["run", "test:unit", "--silent"]))
}

/// Every part of the page, driven in Chromium.
pub(crate) fn browser_tests(workspace: &Workspace, chromium: &Path) -> Result<Tally> {
    let site = site(workspace)?;
    let results = workspace.scratch().join("playground-test-results");
    counted(
        npm(workspace, &["run", "test:browser", "--silent"])
            .env(chromium::VARIABLE, chromium)
            .env("GRANTWISE_SITE", site)
            .env("GRANTWISE_TEST_RESULTS", results),
    )
}

/// Serves the site until the program is stopped.
pub(crate) fn serve(workspace: &Workspace, site: &Path, port: u16) -> Result<()> {
    run(Command::new("node").arg(workspace.script("serve.js")).arg(site).arg(port.to_string()))
        .with_context(|| format!("the playground cannot be served on port {port}; choose another with --port"))
}

/// npm in www/, with the built package.
fn npm(workspace: &Workspace, words: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(words).current_dir(workspace.root.join("www")).env("GRANTWISE_PACKAGE", workspace.package());
    command
}

/// What www/package-lock.json names.
fn tools(workspace: &Workspace) -> Result<()> {
    let www = workspace.root.join("www");
    let lockfile = www.join("package-lock.json");
    let wanted = fs::read_to_string(&lockfile).with_context(|| format!("cannot read {}", lockfile.display()))?;
    // Written last, so an interrupted installation is not taken for a finished one.
    let stamp = www.join("node_modules/.installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    progress("installing the playground's tools (npm ci)");
    // A browser comes from elsewhere: see chromium.rs.
    run(npm(workspace, &["ci"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
        .context("the playground's tools cannot be installed; npm's own message stands above")?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// Runs vitest or Playwright and reads their last words: `Tests  3 failed | 20 passed (23)`, or `3 failed` and
/// `20 passed (8.1s)` on lines of their own.
fn counted(command: &mut Command) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut skipped = 0_u64;
    let succeeded = follow(command, |line| {
        tally.failures.read(line);
        let line = without_colours(line);
        let words: Vec<&str> = line.split_whitespace().collect();
        let counts = match words.as_slice() {
            ["Tests", counts @ ..] => counts,
            [number, "passed" | "failed" | "flaky" | "skipped" | "interrupted", ..]
                if number.parse::<u64>().is_ok() =>
            {
                words.as_slice()
            }
            _ => return,
        };
        for pair in counts.windows(2) {
            let [number, what] = pair else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match *what {
                "passed" => tally.add_counts(number, 0),
                "failed" | "flaky" | "interrupted" => tally.add_counts(0, number),
                "skipped" => skipped = skipped.saturating_add(number),
                _ => {}
            }
        }
    })?;
    if skipped > 0 {
        bail!("{skipped} tests of the playground were skipped");
    }
    Ok(tally.of_program(succeeded))
}

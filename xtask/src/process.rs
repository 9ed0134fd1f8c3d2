//! Running other programs.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, bail};

/// Whether standard output is for data alone.
static CLEAN: AtomicBool = AtomicBool::new(false);

/// From now on what is said for people goes to the standard error.
pub(crate) fn keep_standard_output_clean() {
    CLEAN.store(true, Ordering::Relaxed);
}

/// Says what begins.
pub(crate) fn progress(what: &str) {
    if CLEAN.load(Ordering::Relaxed) {
        eprintln!("--> {what}");
    } else {
        println!("--> {what}");
    }
}

/// Runs a program with its output shown; fails when it does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    if succeeds(command)? {
        return Ok(());
    }
    bail!("failed: {}", shown(command))
}

/// Runs a program with its output shown; whether it ended well.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start: {}", shown(command)))?;
    Ok(status.success())
}

/// Runs a program, shows each line of its standard output and hands it to `read`; whether it ended well.
pub(crate) fn follow(command: &mut Command, mut read: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start: {}", shown(command)))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.with_context(|| format!("cannot read from: {}", shown(command)))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            read(&line);
        }
    }
    let status = child.wait().with_context(|| format!("cannot wait for: {}", shown(command)))?;
    Ok(status.success())
}

/// What a program prints, trimmed; `None` when it cannot be started or fails.
pub(crate) fn printed(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as a person would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

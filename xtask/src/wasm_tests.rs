//! The tests that run inside WebAssembly (tests/wasm.rs), in Node and in Chromium.
//!
//! wasm-bindgen's test runner drives a browser through chromedriver, which must fit the browser's version and
//! does not come with the Chromium that Playwright downloads. So in Chromium the runner only serves its page,
//! and playwright-core opens it and reads the result: any Chromium will do.

use std::ffi::OsString;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result};
use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

use crate::chromium;
use crate::process::{follow, succeeds};
use crate::setup::WASM_TARGET;
use crate::tally::Tally;
use crate::workspace::{Workspace, cargo};

/// Where the runner serves its page; wasm-bindgen's name for it.
const ADDRESS: &str = "WASM_BINDGEN_TEST_ADDRESS";

pub(crate) fn in_node(workspace: &Workspace) -> Result<Tally> {
    test(workspace, &[])
}

pub(crate) fn in_chromium(workspace: &Workspace, chromium: &Path) -> Result<Tally> {
    // A free port: taken and given back, since the runner wants to be told one.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    let address = listener.local_addr().context("no free port")?.to_string();
    drop(listener);
    test(
        workspace,
        &[
            (chromium::VARIABLE, chromium.as_os_str().to_owned()),
            (ADDRESS, address.into()),
            ("WASM_BINDGEN_USE_BROWSER", "1".into()),
            ("NO_HEADLESS", "1".into()),
        ],
    )
}

fn test(workspace: &Workspace, environment: &[(&str, OsString)]) -> Result<Tally> {
    let mut tally = Tally::default();
    let program = workspace.program.to_str().context("the path of the target folder is not UTF-8")?;
    // As an array, so that a space in the path does no harm. JSON strings are TOML strings.
    let runner = serde_json::to_string(&[program, "wasm-test-runner"])?;
    let succeeded = follow(
        Command::new(cargo())
            // Not quiet: cargo would hand that on to the runner, which knows no such argument.
            .args(["test", "--locked", "--package", "grantwise", "--test", "wasm"])
            // With the words: these tests ask the engine itself what it says.
            .args(["--features", "sentences"])
            .args(["--target", WASM_TARGET, "--config"])
            .arg(format!("target.{WASM_TARGET}.runner={runner}"))
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .current_dir(&workspace.root),
        |line| tally.read(line),
    )?;
    Ok(tally.of_program(succeeded))
}

/// What cargo calls for each test binary.
pub(crate) fn runner(workspace: &Workspace, arguments: Vec<OsString>) -> Result<bool> {
    let arguments = [OsString::from("wasm-bindgen-test-runner")].into_iter().chain(arguments);
    let Some(address) = std::env::var_os(ADDRESS) else {
        return run_cli_with_args(arguments).map(|()| true);
    };
    let arguments: Vec<OsString> = arguments.collect();
    // The server goes on until this program ends. If it ends first, there is nothing to open.
    let _server = thread::spawn(move || {
        match run_cli_with_args(arguments) {
            Ok(()) => eprintln!("error: there are no tests for the browser"),
            Err(error) => eprintln!("error: {error:#}"),
        }
        std::process::exit(1)
    });
    succeeds(Command::new("node").arg(workspace.script("wasm_tests.js")).arg(address))
}

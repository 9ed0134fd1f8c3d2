//! Every command of the project. `cargo xtask help` lists them.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line program speaks on the standard streams")]

mod bench;
mod build;
mod chromium;
mod corpus;
mod deny;
mod differential;
mod document;
mod explore;
mod failures;
mod fuzz;
mod hosts_tests;
mod knobs;
mod layers;
mod lint;
mod lock;
mod mutants;
mod oidc_provider_tests;
mod package_tests;
mod play;
mod playground;
mod process;
mod readme;
mod runtimes;
mod samples;
mod setup;
mod shapes;
mod stamp;
mod store_tests;
mod tables;
mod tally;
mod test;
mod vectors;
mod wasm_tests;
mod workspace;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::lock::Lock;
use crate::workspace::Workspace;

/// Build, test and try Grantwise. Each command sets up what it needs, and says so.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print one real decision, made by the built npm package in Node, and serve the playground.
    Play {
        /// Print and exit.
        #[arg(long)]
        once: bool,
        /// Port of the playground.
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Run the tests.
    Test {
        /// Those that take minutes, too: the package in every runtime and bundler, and a second build of it.
        #[arg(long)]
        all: bool,
    },
    /// Build the npm package into target/package/.
    Build,
    /// Measure the package against native Rust, handwritten JavaScript and other engines, and write docs/speed.md.
    Bench(bench::Options),
    /// Follow every situation under every profile: sizes, what holds for all of them, digests; or what changed.
    Explore(explore::Options),
    /// Formatting, layers, clippy for the host and for WebAssembly, licences and sources of dependencies.
    Lint,
    /// Check that the modules of the crate keep their layers.
    Layers,
    /// Run vectors through the built npm package in Node.
    Vectors {
        /// A file, or a folder with decisions.jsonl and scenarios.jsonl, or with other .jsonl files.
        path: PathBuf,
    },
    /// Run every fuzz target for a while; with cargo-fuzz and a nightly compiler.
    Fuzz {
        /// In all, shared by the targets.
        #[arg(long, default_value_t = 300)]
        seconds: u64,
    },
    /// Break the rules on purpose, one place at a time, and see whether a test notices; with cargo-mutants, for hours.
    Mutants(mutants::Options),
    /// Run the fixed corpus of the fuzz targets through the built npm package in Node.
    Corpus,
    /// Take random walks through a stock oidc-provider and through its profile, and list where they diverge.
    Differential(differential::Options),
    /// Serve oidc-provider under a policy, to sign in, consent, refresh and log out, and to see what lives and why.
    Serve {
        /// Port on 127.0.0.1.
        #[arg(long, default_value_t = 3000)]
        port: u16,
    },
    /// Rewrite docs/knobs.md, the tables of docs/events.md and README.md and the schema of the records, as the engine, the
    /// catalogue and the shapes have them.
    Tables,
    /// Run a WebAssembly test binary; cargo calls this one.
    #[command(hide = true)]
    WasmTestRunner {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well; an error is what kept the command from doing its work.
fn run(command: Command) -> anyhow::Result<bool> {
    let workspace = Workspace::find()?;
    match command {
        Command::Play { once, port } => play::start(&workspace, once, port),
        Command::Test { all } => {
            let _lock = Lock::to_write(&workspace, "test")?;
            test::run(&workspace, all)
        }
        Command::Build => {
            let _lock = Lock::to_write(&workspace, "build")?;
            build::package(&workspace).map(|()| true)
        }
        Command::Bench(options) => bench::command(&workspace, &options),
        Command::Explore(options) => explore::command(&workspace, &options),
        Command::Lint => lint::run(&workspace),
        Command::Layers => layers::check(&workspace),
        Command::Vectors { path } => vectors::command(&workspace, &path),
        Command::Fuzz { seconds } => fuzz::command(&workspace, seconds),
        Command::Mutants(options) => mutants::command(&workspace, &options),
        Command::Differential(options) => differential::command(&workspace, &options),
        Command::Serve { port } => differential::serve(&workspace, port),
        Command::Corpus => corpus::command(&workspace),
        Command::Tables => Ok(tables::write(&workspace)?
            & knobs::write(&workspace)?
            & readme::write(&workspace)?
            & samples::write(&workspace)?
            & shapes::write_schema(&workspace)?),
        Command::WasmTestRunner { arguments } => wasm_tests::runner(&workspace, arguments),
    }
}

//! The engines: the crate as WebAssembly, each with the glue of its platforms.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::{NAME, empty, read, write};
use crate::process::{printed, progress, run};
use crate::setup::WASM_TARGET;
use crate::stamp::{Content, Stamp};
use crate::workspace::{Workspace, cargo};

/// The crate with some of its features.
pub(super) struct Engine {
    /// How the glue and the .wasm file are called.
    name: &'static str,
    what: &'static str,
    options: &'static [&'static str],
}

/// The engine of a server is small, so the simulation is a module of its own; a page has the authorization endpoint
/// only.
pub(super) const ENGINES: [Engine; 3] = [
    Engine { name: NAME, what: "the engine", options: &[] },
    Engine { name: "grantwise_page", what: "the engine for pages", options: &["--no-default-features"] },
    Engine { name: "grantwise_simulation", what: "the simulation", options: &["--features", "simulation"] },
];

/// What changes a compiler's work without being a file.
const ENVIRONMENT: [&str; 6] =
    ["RUSTFLAGS", "RUSTC", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_"];

/// All that the engines are made of.
pub(super) fn sources(workspace: &Workspace) -> Result<Content> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiler = printed(Command::new(rustc).arg("-vV")).context("cannot run rustc")?;
    let mut sources = Content::default().words("the compiler", compiler);
    // wasm-bindgen is in Cargo.lock, wasm-opt in package-lock.json.
    for path in ["src", "Cargo.toml", "Cargo.lock", ".cargo", "package-lock.json", "xtask/src/build/engine.rs"] {
        sources = sources.files(&workspace.root, path)?;
    }
    for (name, value) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ENVIRONMENT.iter().any(|known| name.starts_with(known)) {
            sources = sources.words(&name, value.as_encoded_bytes());
        }
    }
    Ok(sources)
}

/// Builds each engine that is not up to date. While one is compiled, the one before is optimised.
pub(super) fn build(workspace: &Workspace, sources: &Content) -> Result<()> {
    thread::scope(|scope| {
        let mut finishing = Vec::new();
        for engine in &ENGINES {
            let stamp = engine.stamp(workspace);
            if stamp.outdated(sources)?.is_none() {
                progress(&format!("{} is up to date", engine.what));
                continue;
            }
            progress(&format!("compiling {} to WebAssembly", engine.what));
            let compiled = engine.compile(workspace)?;
            finishing.push(scope.spawn(move || stamp.make(sources, || engine.finish(workspace, &compiled))));
        }
        finishing.into_iter().try_for_each(|thread| thread.join().map_err(|_| anyhow!("the build stopped"))?)
    })
}

impl Engine {
    /// Where its files are.
    pub(super) fn folder(&self, workspace: &Workspace) -> PathBuf {
        workspace.scratch().join("engines").join(self.name)
    }

    fn stamp(&self, workspace: &Workspace) -> Stamp {
        let folder = self.folder(workspace);
        Stamp::new(folder.with_extension("stamp"), folder)
    }

    /// Compiles the crate, and keeps what came out under a name of its own, because the next call overwrites it. It is
    /// compiled as a cdylib alone: beside an rlib, cargo leaves the optimisation at link time out.
    fn compile(&self, workspace: &Workspace) -> Result<PathBuf> {
        run(Command::new(cargo())
            .args(["rustc", "--quiet", "--locked", "--release", "--package", "grantwise", "--lib"])
            .args(["--crate-type", "cdylib", "--target", WASM_TARGET])
            .args(self.options)
            .current_dir(&workspace.root))?;
        let compiled = workspace.target.join(WASM_TARGET).join("release").join(format!("{NAME}.wasm"));
        let folder = workspace.scratch().join("compiled");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let kept = folder.join(format!("{}.wasm", self.name));
        fs::copy(&compiled, &kept).with_context(|| format!("cannot keep {}", compiled.display()))?;
        Ok(kept)
    }

    /// A .wasm file with the glue of each platform.
    fn finish(&self, workspace: &Workspace, compiled: &Path) -> Result<()> {
        let name = self.name;
        progress(&format!("generating the glue of {name} (wasm-bindgen)"));
        let scratch = workspace.scratch().join("bindgen").join(name);
        let (web, node) = (scratch.join("web"), scratch.join("node"));
        empty(&web)?;
        empty(&node)?;
        bindgen(name, compiled)?.web(true)?.generate(&web).context("wasm-bindgen failed")?;
        bindgen(name, compiled)?.nodejs(true)?.generate(&node).context("wasm-bindgen failed")?;

        let glue = format!("{name}.js");
        let wasm = format!("{name}_bg.wasm");
        let engine = read(&web.join(&wasm))?;
        ensure!(
            engine == read(&node.join(&wasm))?,
            "wasm-bindgen made different .wasm files for Node and the web, so they cannot share one"
        );
        let engine = optimised(workspace, name, &web.join(&wasm), &engine)?;
        let folder = self.folder(workspace);
        empty(&folder)?;
        write(&folder, &wasm, &engine)?;
        write(&folder, &glue, &read(&web.join(&glue))?)?;
        write(&folder, &format!("{name}_node.cjs"), &read(&node.join(&glue))?)
    }
}

/// wasm-bindgen over the compiled crate. Its own declarations are left out: index.d.ts is written for people.
fn bindgen(name: &str, compiled: &Path) -> Result<Bindgen> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(name)
        .typescript(false)
        .omit_default_module_path(false)
        .remove_producers_section(true);
    Ok(bindgen)
}

/// Runs wasm-opt, unless its last input was the same. Of the npm package: Debian's version 108 makes files
/// that do not load.
fn optimised(workspace: &Workspace, name: &str, path: &Path, engine: &[u8]) -> Result<Vec<u8>> {
    let input = workspace.scratch().join(format!("{name}-optimised-from.wasm"));
    let output = workspace.scratch().join(format!("{name}-optimised.wasm"));
    if fs::read(&input).is_ok_and(|last| last == engine)
        && let Ok(optimised) = fs::read(&output)
    {
        return Ok(optimised);
    }
    progress(&format!("optimising {name} (wasm-opt)"));
    // Removed first and written last: an interrupted run leaves no wrong pair behind.
    if input.exists() {
        fs::remove_file(&input).with_context(|| format!("cannot remove {}", input.display()))?;
    }
    run(Command::new(workspace.javascript_tool("wasm-opt")).arg("-O3").arg(path).arg("-o").arg(&output))?;
    let optimised = fs::read(&output).with_context(|| format!("cannot read {}", output.display()))?;
    fs::write(&input, engine).with_context(|| format!("cannot write {}", input.display()))?;
    Ok(optimised)
}

//! The engines: the crate as WebAssembly, each with the glue of its platforms.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::{NAME, empty, read, write};
use crate::process::{printed, progress, run};
use crate::setup::WASM_TARGET;
use crate::stamp::{Content, Stamp};
use crate::workspace::{Workspace, cargo};

/// The crate with some of its features.
pub(super) struct Engine {
    /// How the glue and the .wasm file are called.
    pub(super) name: &'static str,
    what: &'static str,
    options: &'static [&'static str],
}

/// The simulation and the explorer are modules of their own, so that the engine of a server stays small; a page has the authorization
/// endpoint only. The engine of a server and the explorer are compiled for speed, the others for size:
/// DESIGN.md says what that gives.
pub(super) const ENGINES: [Engine; 4] = [
    Engine { name: NAME, what: "the engine", options: &["--config", "profile.release.opt-level=\"s\""] },
    Engine { name: "grantwise_page", what: "the engine for pages", options: &["--no-default-features"] },
    Engine { name: "grantwise_simulation", what: "the simulation", options: &["--features", "simulation"] },
    Engine {
        name: "grantwise_explore",
        what: "the explorer",
        options: &["--features", "explore", "--config", "profile.release.opt-level=3"],
    },
];

/// What changes a compiler's work without being a file.
const ENVIRONMENT: [&str; 6] =
    ["RUSTFLAGS", "RUSTC", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_"];

/// How an engine is optimised. A large function that has one caller stays a function: a runtime compiles a function
/// when it is first called, and would compile every operation before it answers the first.
const WASM_OPT: [&str; 2] = ["-O3", "--one-caller-inline-max-function-size=100"];

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
            .env("CARGO_ENCODED_RUSTFLAGS", flags(workspace)?)
            .current_dir(&workspace.root))?;
        let compiled = workspace.target.join(WASM_TARGET).join("release").join(format!("{NAME}.wasm"));
        let folder = workspace.scratch().join("compiled");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let kept = folder.join(format!("{}.wasm", self.name));
        fs::copy(&compiled, &kept).with_context(|| format!("cannot keep {}", compiled.display()))?;
        Ok(kept)
    }

    /// A .wasm file, the same for every platform. What wasm-bindgen makes in JavaScript is left out: nothing but numbers
    /// crosses, and the boundary starts the module itself.
    fn finish(&self, workspace: &Workspace, compiled: &Path) -> Result<()> {
        let name = self.name;
        progress(&format!("finishing {name} (wasm-bindgen)"));
        let web = workspace.scratch().join("bindgen").join(name);
        empty(&web)?;
        bindgen(name, compiled)?.web(true)?.generate(&web).context("wasm-bindgen failed")?;

        let wasm = format!("{name}_bg.wasm");
        let engine = optimised(workspace, name, &web.join(&wasm), &read(&web.join(&wasm))?)?;
        let folder = self.folder(workspace);
        empty(&folder)?;
        write(&folder, &wasm, &engine)
    }
}

/// The flags of the environment, and none of the folders of this machine in the engine: two machines make the same one.
fn flags(workspace: &Workspace) -> Result<OsString> {
    let set = |name| std::env::var(name).ok().filter(|flags: &String| !flags.is_empty());
    let mut flags: Vec<String> = match (set("CARGO_ENCODED_RUSTFLAGS"), set("RUSTFLAGS")) {
        (Some(encoded), _) => encoded.split('\u{1f}').map(str::to_owned).collect(),
        (None, Some(plain)) => plain.split_whitespace().map(str::to_owned).collect(),
        (None, None) => Vec::new(),
    };
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = printed(Command::new(&rustc).args(["--print", "sysroot"])).context("cannot run rustc")?;
    let commit = printed(Command::new(&rustc).arg("-vV"))
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("commit-hash: ")).map(str::to_owned))
        .context("rustc does not tell its commit")?;
    let home = std::env::home_dir().context("this machine has no home folder")?;
    let cargo_home = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let mut names = vec![
        (home, "home".to_owned()),
        (cargo_home.clone(), "cargo".to_owned()),
        (workspace.root.clone(), "grantwise".to_owned()),
        // Where the library's source is installed, the compiler names it instead of the place that it was built in.
        (PathBuf::from(sysroot).join("lib/rustlib/src/rust"), format!("/rustc/{commit}")),
    ];
    // The crates' folder is called after the registry's address, which a mirror changes.
    for entry in fs::read_dir(cargo_home.join("registry/src")).into_iter().flatten().flatten() {
        names.push((entry.path(), "crates".to_owned()));
    }
    // Of several that match, the compiler takes the last.
    for (folder, name) in names {
        let folder = folder.to_str().with_context(|| format!("the path is not UTF-8: {}", folder.display()))?;
        flags.push(format!("--remap-path-prefix={folder}={name}"));
    }
    Ok(flags.join("\u{1f}").into())
}

/// wasm-bindgen over the compiled crate. Its own declarations are left out: index.d.ts is written for people.
fn bindgen(name: &str, compiled: &Path) -> Result<Bindgen> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(name)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_producers_section(true);
    Ok(bindgen)
}

/// Runs wasm-opt, unless it was last called with the same. Of the npm package: Debian's version 108 makes files
/// that do not load.
fn optimised(workspace: &Workspace, name: &str, path: &Path, engine: &[u8]) -> Result<Vec<u8>> {
    let input = workspace.scratch().join(format!("{name}-optimised-from"));
    let output = workspace.scratch().join(format!("{name}-optimised.wasm"));
    let given = [WASM_OPT.join(" ").as_bytes(), engine].concat();
    if fs::read(&input).is_ok_and(|last| last == given)
        && let Ok(optimised) = fs::read(&output)
    {
        return Ok(optimised);
    }
    progress(&format!("optimising {name} (wasm-opt)"));
    // Removed first and written last: an interrupted run leaves no wrong pair behind.
    if input.exists() {
        fs::remove_file(&input).with_context(|| format!("cannot remove {}", input.display()))?;
    }
    run(Command::new(workspace.javascript_tool("wasm-opt")).args(WASM_OPT).arg(path).arg("-o").arg(&output))?;
    let optimised = fs::read(&output).with_context(|| format!("cannot read {}", output.display()))?;
    fs::write(&input, given).with_context(|| format!("cannot write {}", input.display()))?;
    Ok(optimised)
}

//! From the crate to the npm package: cargo, wasm-bindgen, wasm-opt, and the files of pkg-template/.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::package_tests::copy_folder;
use crate::process::{progress, run};
use crate::setup::{self, WASM_TARGET};
use crate::shapes;
use crate::workspace::{Workspace, cargo};

/// How the glue and the .wasm file are called.
const NAME: &str = "grantwise";

/// The same for the engine of pages, which has the authorization endpoint only.
const PAGE: &str = "grantwise_page";

/// The same for the simulation, which is a module of its own so that the engine of a server stays small.
const SIMULATION: &str = "grantwise_simulation";

/// Files of the whole project that go into the package.
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Builds `target/package/`.
pub(crate) fn package(workspace: &Workspace) -> Result<()> {
    setup::wasm_target()?;
    setup::javascript_tools(workspace)?;
    same_wasm_bindgen(workspace)?;

    progress("compiling the engine to WebAssembly");
    let compiled = compile(workspace, NAME, &[])?;
    progress("compiling the engine for pages to WebAssembly");
    let page = compile(workspace, PAGE, &["--no-default-features"])?;
    progress("compiling the simulation to WebAssembly");
    let simulation = compile(workspace, SIMULATION, &["--features", "simulation"])?;

    // Put together aside, so that whoever reads the package never sees half of one.
    let folder = workspace.scratch().join("package");
    empty(&folder)?;
    shapes::write_ids(workspace)?;
    template(workspace, &folder)?;
    catalogue(&folder)?;
    for (name, compiled) in [(NAME, &compiled), (PAGE, &page), (SIMULATION, &simulation)] {
        engine(workspace, name, compiled, &folder)?;
    }
    inline(&folder)?;
    let package = workspace.package();
    if package.exists() {
        fs::remove_dir_all(&package).with_context(|| format!("cannot remove the old {}", package.display()))?;
    }
    fs::rename(&folder, &package).with_context(|| format!("cannot move the package to {}", package.display()))?;
    progress(&format!("built {} {} in {}", NAME, workspace.version, package.display()));
    Ok(())
}

/// Compiles the crate, and keeps what came out under a name of its own, because the next call overwrites it.
fn compile(workspace: &Workspace, name: &str, options: &[&str]) -> Result<PathBuf> {
    run(Command::new(cargo())
        .args(["build", "--quiet", "--locked", "--release", "--package", "grantwise", "--lib"])
        .args(["--target", WASM_TARGET])
        .args(options)
        .current_dir(&workspace.root))?;
    let compiled = workspace.target.join(WASM_TARGET).join("release").join(format!("{NAME}.wasm"));
    let scratch = workspace.scratch();
    fs::create_dir_all(&scratch).with_context(|| format!("cannot make {}", scratch.display()))?;
    let kept = scratch.join(format!("{name}.wasm"));
    fs::copy(&compiled, &kept).with_context(|| format!("cannot keep {}", compiled.display()))?;
    Ok(kept)
}

/// The glue fits only the code that the same version of wasm-bindgen generated.
fn same_wasm_bindgen(workspace: &Workspace) -> Result<()> {
    let engine = workspace.resolved("wasm-bindgen")?;
    for tool in ["wasm-bindgen-cli-support", "wasm-bindgen-cli"] {
        let version = workspace.resolved(tool)?;
        ensure!(
            version == engine,
            "wasm-bindgen is {engine} and {tool} is {version}; they must be equal. \
             Set both to the same version: in Cargo.toml and in xtask/Cargo.toml"
        );
    }
    Ok(())
}

/// The written files, with the version of the crate.
fn template(workspace: &Workspace, folder: &Path) -> Result<()> {
    let template = workspace.root.join("pkg-template");
    let entries = fs::read_dir(&template).with_context(|| format!("cannot list {}", template.display()))?;
    for entry in entries {
        let file = entry.context("cannot list pkg-template")?.path();
        if file.is_dir() {
            copy_folder(&file, &folder.join(file.file_name().context("a folder has a name")?))?;
        } else {
            copy(&file, folder)?;
        }
    }
    for licence in LICENCES {
        copy(&workspace.root.join(licence), folder)?;
    }

    let version = &workspace.version;
    change(folder, "package.json", r#""version": "0.0.0""#, &format!(r#""version": "{version}""#))?;
    change(folder, "api.js", r#"const version = "0.0.0";"#, &format!(r#"const version = "{version}";"#))?;

    // CommonJS knows the same interface and the same declarations, each under a name of its own.
    fs::copy(folder.join("api.js"), folder.join("api.cjs")).context("cannot copy api.js")?;
    change(folder, "api.cjs", "\nexport {", "\nmodule.exports = {")?;
    fs::copy(folder.join("simulation_api.js"), folder.join("simulation_api.cjs"))
        .context("cannot copy the simulation")?;
    change(folder, "simulation_api.cjs", "\nexport {", "\nmodule.exports = {")?;
    let import = "import { GrantwiseError, freeze, isMisuse } from \"./api.js\";";
    let require = "const { GrantwiseError, freeze, isMisuse } = require(\"./api.cjs\");";
    change(folder, "simulation_api.cjs", import, require)?;
    for name in ["ids", "index", "simulation"] {
        let declarations = folder.join(format!("{name}.d.ts"));
        fs::copy(&declarations, folder.join(format!("{name}.d.cts")))
            .with_context(|| format!("cannot copy {name}.d.ts"))?;
    }
    change(folder, "simulation.d.cts", "./index.js", "./index.cjs")?;
    change(folder, "index.d.cts", "./ids.js", "./ids.cjs")?;
    Ok(())
}

/// The tables for people, made from the crate's own. They are kept out of the engine, which never reads them.
fn catalogue(folder: &Path) -> Result<()> {
    let json = serde_json::to_value(grantwise::catalogue::catalogue()).context("cannot write the catalogue")?;
    let tables = json.as_object().context("the catalogue is no object")?;
    let mut names: Vec<&str> = tables.keys().map(String::as_str).collect();
    names.sort_unstable();
    let code = format!(
        "// Generated from the crate's tables; see src/catalogue.rs.\n\
         const freeze = (value) => {{\n  if (typeof value === \"object\" && value !== null) {{\n    \
         Object.values(value).forEach(freeze);\n    Object.freeze(value);\n  }}\n  return value;\n}};\n\
         const {{ {names} }} = freeze({json});\n",
        names = names.join(", ")
    );
    write(folder, "catalogue.js", format!("{code}\nexport {{ {} }};\n", names.join(", ")).as_bytes())?;
    write(folder, "catalogue.cjs", format!("{code}\nmodule.exports = {{ {} }};\n", names.join(", ")).as_bytes())
}

/// A .wasm file with the glue of each platform.
fn engine(workspace: &Workspace, name: &str, compiled: &Path, folder: &Path) -> Result<()> {
    progress(&format!("generating the glue of {name} (wasm-bindgen)"));
    let web = workspace.scratch().join("web");
    let node = workspace.scratch().join("node");
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
    write(folder, &wasm, &engine)?;
    write(folder, &glue, &read(&web.join(&glue))?)?;
    write(folder, &format!("{name}_node.cjs"), &read(&node.join(&glue))?)
}

/// The engine's bytes inside JavaScript.
fn inline(folder: &Path) -> Result<()> {
    let engine = read(&folder.join(format!("{NAME}_bg.wasm")))?;
    let inline = format!(
        "const base64 = \"{}\";\n\
         export const bytes = () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));\n",
        base64(&engine)
    );
    write(folder, &format!("{NAME}_bytes.js"), inline.as_bytes())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
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
    progress("optimising (wasm-opt)");
    // Removed first and written last: an interrupted run leaves no wrong pair behind.
    if input.exists() {
        fs::remove_file(&input).with_context(|| format!("cannot remove {}", input.display()))?;
    }
    run(Command::new(workspace.javascript_tool("wasm-opt")).arg("-O3").arg(path).arg("-o").arg(&output))?;
    let optimised = fs::read(&output).with_context(|| format!("cannot read {}", output.display()))?;
    fs::write(&input, engine).with_context(|| format!("cannot write {}", input.display()))?;
    Ok(optimised)
}

/// Makes an empty folder.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

fn copy(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().with_context(|| format!("{} has no name", file.display()))?;
    fs::copy(file, folder.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
    Ok(())
}

fn write(folder: &Path, name: &str, content: &[u8]) -> Result<()> {
    fs::write(folder.join(name), content).with_context(|| format!("cannot write {name} in {}", folder.display()))
}

/// Replaces what stands exactly once in a file.
fn change(folder: &Path, name: &str, from: &str, to: &str) -> Result<()> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(text.matches(from).count() == 1, "pkg-template/{name} must contain exactly once: {}", from.trim());
    write(folder, name, text.replace(from, to).as_bytes())
}

/// RFC 4648 section 4, with padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for (index, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = usize::try_from((group >> shift) & 63).ok().and_then(|at| ALPHABET.get(at));
            // Of n bytes, n + 1 letters carry something.
            text.push(letter.filter(|_| index <= chunk.len()).map_or('=', |letter| char::from(*letter)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648 section 10.
        for (text, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }
}

//! From the crate to the npm package: cargo, wasm-bindgen, wasm-opt, and the files of pkg-template/.

mod engine;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::lock::Lock;
use crate::package_tests::copy_folder;
use crate::process::progress;
use crate::setup;
use crate::shapes;
use crate::stamp::{Content, Stamp};
use crate::workspace::Workspace;
use engine::ENGINES;

/// How the package is called, and its engine.
const NAME: &str = "grantwise";

/// Files of the whole project that go into the package.
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Builds `target/package/`, unless it is up to date. Whoever calls it has the right to write.
pub(crate) fn package(workspace: &Workspace) -> Result<()> {
    setup::wasm_target()?;
    setup::javascript_tools(workspace)?;
    same_wasm_bindgen(workspace)?;

    let sources = engine::sources(workspace)?;
    let inputs = inputs(workspace, &sources)?;
    let Some(why) = stamp(workspace).outdated(&inputs)? else {
        progress("the npm package is up to date");
        return Ok(());
    };
    progress(&format!("building the npm package: {why}"));
    engine::build(workspace, &sources)?;
    stamp(workspace).make(&inputs, || assemble(workspace))?;
    progress(&format!("built {} {} in {}", NAME, workspace.version, workspace.package().display()));
    Ok(())
}

/// The package, built if need be, and the right to read it.
pub(crate) fn fresh_package(workspace: &Workspace, command: &str) -> Result<Lock> {
    let mut lock = Lock::to_read(workspace, command)?;
    if is_up_to_date(workspace)? {
        progress("the npm package is up to date");
        return Ok(lock);
    }
    loop {
        lock = lock.upgraded()?;
        package(workspace)?;
        lock = lock.downgraded()?;
        if is_up_to_date(workspace)? {
            return Ok(lock);
        }
    }
}

fn is_up_to_date(workspace: &Workspace) -> Result<bool> {
    Ok(stamp(workspace).outdated(&inputs(workspace, &engine::sources(workspace)?)?)?.is_none())
}

/// All that the package is made of.
fn inputs(workspace: &Workspace, sources: &Content) -> Result<Content> {
    let mut inputs = sources
        .clone()
        .files(&workspace.root, "pkg-template")?
        // This program has the catalogue, and knows what goes where.
        .words("xtask", &workspace.build);
    for licence in LICENCES {
        inputs = inputs.files(&workspace.root, licence)?;
    }
    Ok(inputs)
}

fn stamp(workspace: &Workspace) -> Stamp {
    Stamp::new(workspace.scratch().join("package.stamp"), workspace.package())
}

/// Puts the package together aside, so that there is never half of one.
fn assemble(workspace: &Workspace) -> Result<()> {
    let folder = workspace.scratch().join("package");
    empty(&folder)?;
    shapes::write_ids(workspace)?;
    template(workspace, &folder)?;
    catalogue(&folder)?;
    for engine in &ENGINES {
        copy_folder(&engine.folder(workspace), &folder)?;
    }
    inline(&folder)?;
    replace(&folder, &workspace.package())
}

/// Puts a folder in the place of another.
pub(crate) fn replace(folder: &Path, place: &Path) -> Result<()> {
    if place.exists() {
        fs::remove_dir_all(place).with_context(|| format!("cannot remove the old {}", place.display()))?;
    }
    fs::rename(folder, place).with_context(|| format!("cannot move {} to {}", folder.display(), place.display()))
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
    fs::copy(folder.join("hashes.js"), folder.join("hashes.cjs")).context("cannot copy the hashes")?;
    change(folder, "hashes.cjs", "\nexport {", "\nmodule.exports = {")?;
    let import = "import { GrantwiseError } from \"./api.js\";";
    change(folder, "hashes.cjs", import, "const { GrantwiseError } = require(\"./api.cjs\");")?;
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

//! From the crate to the npm package: cargo, wasm-bindgen, wasm-opt, and the files of pkg-template/.

mod boundary;
mod common_js;
mod engine;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value as Json;

use crate::lock::Lock;
use crate::package_tests::copy_folder;
use crate::process::progress;
use crate::setup;
use crate::shapes;
use crate::stamp::{Content, Stamp};
use crate::workspace::Workspace;
use boundary::Of;
use engine::ENGINES;

/// How the package is called, and its engine.
const NAME: &str = "grantwise";

/// Files of the whole project that go into the package.
const WHOLE: [&str; 3] = ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"];

/// What every entry of servers is made of: one file in CommonJS, `modules.cjs`, each after those that it imports.
const TOGETHER: &[&str] = &["errors", "text", "tables", "boundary", "api", "hashes", "base64"];

/// The other modules that CommonJS has, too.
const TWINS: &[&str] = &[
    "inline",
    "public",
    "catalogue",
    "grantwise_bytes",
    "simulation_api",
    "simulation_inline",
    "grantwise_simulation_bytes",
    "explore_api",
    "explore_inline",
    "grantwise_explore_bytes",
    "oidc-provider",
    "oidc_provider_afterwards",
    "oidc_provider_attach",
    "oidc_provider_authorization",
    "oidc_provider_binding",
    "oidc_provider_compared",
    "oidc_provider_configuration",
    "oidc_provider_enforce",
    "oidc_provider_errors",
    "oidc_provider_interaction",
    "oidc_provider_records",
    "oidc_provider_refusals",
    "oidc_provider_session",
    "oidc_provider_shadow",
    "oidc_provider_situation",
    "oidc_provider_summaries",
    "oidc_provider_tokens",
    "store",
    "store_connections",
    "store_decisions",
    "store_effects",
    "store_errors",
    "store_memory",
    "store_queue",
    "store_requests",
    "store_schema",
    "store_secrets",
    "store_sessions",
    "store_sql",
    "store_statements",
    "store_sweep",
];

/// The declarations that CommonJS has, too.
const DECLARATIONS: &[&str] =
    &["ids", "index", "simulation", "explore", "engine", "catalogue", "store", "oidc-provider"];

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
    for name in WHOLE {
        inputs = inputs.files(&workspace.root, name)?;
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
        bytes(&folder, engine.name)?;
    }
    generated(&folder)?;
    twins(&folder)?;
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
    for name in WHOLE {
        copy(&workspace.root.join(name), folder)?;
    }

    let version = &workspace.version;
    change(folder, "package.json", r#""version": "0.0.0""#, &format!(r#""version": "{version}""#))?;
    change(folder, "api.js", r#"const version = "0.0.0";"#, &format!(r#"const version = "{version}";"#))?;

    let declarations = fs::read_to_string(folder.join("index.d.ts")).context("cannot read index.d.ts")?;
    // TypeScript has `export type *` from its version 5 on only.
    let every = format!("export type {{ {} }} from \"./index.js\";", types(&declarations).join(", "));
    change(folder, "engine.d.ts", "export type * from \"./index.js\";", &every)?;
    for name in DECLARATIONS {
        let text =
            fs::read_to_string(folder.join(format!("{name}.d.ts"))).with_context(|| format!("no {name}.d.ts"))?;
        write(folder, &format!("{name}.d.cts"), text.replace(".js\"", ".cjs\"").as_bytes())?;
    }
    Ok(())
}

/// The types that a file of declarations exports, its classes apart.
fn types(declarations: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = declarations;
    while let Some((_, after)) = rest.split_once("\nexport ") {
        let word = |text: &'static str| after.strip_prefix(text);
        if let Some(list) = word("type {") {
            names.extend(list.split('}').next().into_iter().flat_map(|list| list.split(',')).map(str::trim));
        } else if let Some(name) = word("interface ").or_else(|| word("type ")) {
            names.extend(name.split(|letter: char| !letter.is_alphanumeric()).next());
        }
        rest = after;
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The boundary's functions for the shapes, and the tables of what the engine knows by number.
fn generated(folder: &Path) -> Result<()> {
    let template = fs::read_to_string(folder.join("boundary.js")).context("cannot read boundary.js")?;
    write(folder, "boundary.js", boundary::boundary(&template, Of::Everybody)?.as_bytes())?;
    write(folder, "tables.js", boundary::tables(Of::Everybody)?.as_bytes())?;
    // Pages load the same without what only servers need.
    let page = boundary::boundary(&template, Of::Pages)?.replace("./tables.js", "./tables_page.js");
    write(folder, "boundary_page.js", page.as_bytes())?;
    write(folder, "tables_page.js", boundary::tables(Of::Pages)?.as_bytes())?;
    let api = fs::read_to_string(folder.join("api.js")).context("cannot read api.js")?;
    write(folder, "api_page.js", api.replace("./boundary.js", "./boundary_page.js").as_bytes())
}

/// The same modules for CommonJS.
fn twins(folder: &Path) -> Result<()> {
    let module =
        |name: &str| fs::read_to_string(folder.join(format!("{name}.js"))).with_context(|| format!("no {name}.js"));
    let modules: Vec<String> = TOGETHER.iter().map(|name| module(name)).collect::<Result<_>>()?;
    write(folder, "modules.cjs", common_js::together(&modules, TOGETHER)?.as_bytes())?;
    for name in TWINS {
        let twin =
            common_js::twin(&module(name)?, TOGETHER).with_context(|| format!("{name}.js has no twin in CommonJS"))?;
        write(folder, &format!("{name}.cjs"), twin.as_bytes())?;
    }
    Ok(())
}

/// The tables for people, made from the crate's own. They are kept out of the engine, which never reads them. As JSON in
/// a string each: that is read twice as fast as JavaScript, and a bundler can leave out the tables that are not used. A
/// source that is cited many times stands once.
fn catalogue(folder: &Path) -> Result<()> {
    let mut json = serde_json::to_value(grantwise::catalogue::catalogue()).context("cannot write the catalogue")?;
    let mut sources = Vec::new();
    let mut tables = String::new();
    for (name, table) in json.as_object_mut().context("the catalogue is no object")? {
        let cites = number_sources(table, &mut sources);
        let sources = if cites { ", sources" } else { "" };
        writeln!(tables, "export const {name} = /* @__PURE__ */ table({}{sources});", quoted(&table.to_string()))?;
    }
    let code = CATALOGUE.replace("SOURCES", &quoted(&Json::from(sources).to_string())) + &tables;
    write(folder, "catalogue.js", code.as_bytes())
}

/// How the catalogue is read.
const CATALOGUE: &str = r#"// Generated from the crate's tables; see src/catalogue/.
const table = (json, sources) => frozen(JSON.parse(json), sources);

/** What is cited stands as its place among the sources. */
function frozen(value, sources) {
  for (const name in value) {
    const member = value[name];
    if (name === "sources") value[name] = Object.freeze(member.map((place) => sources[place]));
    else if (typeof member === "object" && member !== null) frozen(member, sources);
  }
  return Object.freeze(value);
}

const sources = /* @__PURE__ */ table(SOURCES, []);

"#;

/// Puts its place in a list in the place of each source, and says whether there was one.
fn number_sources(value: &mut Json, sources: &mut Vec<Json>) -> bool {
    let mut found = false;
    match value {
        Json::Array(items) => {
            for item in items {
                found |= number_sources(item, sources);
            }
        }
        Json::Object(members) => {
            for (name, member) in members {
                match member {
                    Json::Array(cited) if name == "sources" => {
                        found |= !cited.is_empty();
                        cited.iter_mut().for_each(|source| *source = place(source, sources).into());
                    }
                    _ => found |= number_sources(member, sources),
                }
            }
        }
        _ => {}
    }
    found
}

/// The place of a source in a list, at the end if it is new there.
fn place(source: &Json, sources: &mut Vec<Json>) -> usize {
    sources.iter().position(|known| known == source).unwrap_or_else(|| {
        sources.push(source.clone());
        sources.len().saturating_sub(1)
    })
}

/// A string of JavaScript. JSON has many double quotes and few single ones.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// An engine's bytes inside JavaScript.
fn bytes(folder: &Path, name: &str) -> Result<()> {
    let engine = base64(&read(&folder.join(format!("{name}_bg.wasm")))?);
    let code = format!(
        "// Generated: {name}_bg.wasm as text.\nimport {{ decoded }} from \"./base64.js\";\n\n\
         export const bytes = () => decoded(\"{engine}\");\n"
    );
    write(folder, &format!("{name}_bytes.js"), code.as_bytes())
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
    use serde_json::json;

    use super::{base64, number_sources, quoted, types};

    #[test]
    fn a_source_stands_once() {
        let mut tables = json!({ "a": [{ "sources": [{ "x": 1 }, { "x": 2 }] }], "b": { "sources": [{ "x": 2 }] } });
        let mut sources = Vec::new();
        assert!(number_sources(&mut tables, &mut sources));
        assert!(!number_sources(&mut json!([{ "id": "a" }]), &mut sources));
        assert_eq!(tables, json!({ "a": [{ "sources": [0, 1] }], "b": { "sources": [1] } }));
        assert_eq!(sources, [json!({ "x": 1 }), json!({ "x": 2 })]);
    }

    #[test]
    fn a_text_in_single_quotes_keeps_its_letters() {
        assert_eq!(quoted(r#"{"a":"it's \" \n"}"#), r#"'{"a":"it\'s \\" \\n"}'"#);
    }

    #[test]
    fn the_types_of_declarations_are_found() {
        let text = "\nexport type { A, B } from \"./x.js\";\nexport type {\n  C,\n};\nexport interface D {}\n\
                    export type E<T> = T;\nexport declare class F {}\nexport declare const g: number;\n";
        assert_eq!(types(text), ["A", "B", "C", "D", "E"]);
    }

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

//! The CommonJS twin of a JavaScript module: `inline.cjs` is `inline.js`, and so is every other pair in the package.
//!
//! It knows the statements that the package's own modules use, each on a line of its own, and refuses every other one.
//! What comes out hides its names from the scan with which Node looks for them in a CommonJS file that is imported: it
//! would read the whole catalogue, and nobody imports a name from there.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};

/// The text of the twin.
pub(super) fn twin(module: &str) -> Result<String> {
    ensure!(!module.contains("import.meta"), "CommonJS has no import.meta");
    let mut code = "\"use strict\";\n".to_owned();
    let mut exports: Vec<String> = Vec::new();
    for line in module.lines() {
        if let Some(import) = line.strip_prefix("import ") {
            let (names, file) = from(import).with_context(|| line.to_owned())?;
            let names = match names.strip_prefix("* as ") {
                Some(whole) => whole.to_owned(),
                None => format!("{{ {} }}", listed(names)?.map(renamed).collect::<Vec<_>>().join(", ")),
            };
            writeln!(code, "const {names} = require(\"{file}\");")?;
        } else if let Some(file) = line.strip_prefix("export * from ") {
            writeln!(code, "Object.assign(module.exports, require(\"{}\"));", own(file)?)?;
        } else if let Some(list) = line.strip_prefix("export ").filter(|list| list.starts_with('{')) {
            let (names, file) = match list.split_once(" from ") {
                Some((names, file)) => (names, Some(own(file)?)),
                None => (list.trim_end_matches(';'), None),
            };
            let names: Vec<&str> = listed(names)?.collect();
            if let Some(file) = file {
                writeln!(code, "const {{ {} }} = require(\"{file}\");", names.join(", "))?;
            }
            exports.extend(names.into_iter().map(exported));
        } else if let Some(declaration) = line.strip_prefix("export ") {
            let mut words =
                declaration.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$');
            match (words.next(), words.next()) {
                (Some("const" | "function" | "class"), Some(name)) if !name.is_empty() => exports.push(name.to_owned()),
                _ => bail!("a form of export that has no twin: {line}"),
            }
            writeln!(code, "{declaration}")?;
        } else {
            writeln!(code, "{line}")?;
        }
    }
    writeln!(code, "Object.assign(module.exports, {{ {} }});", exports.join(", "))?;
    Ok(code)
}

/// `{ a } from "./b.js";`, as the names and the twin's file.
fn from(import: &str) -> Result<(&str, String)> {
    let (names, file) = import.split_once(" from ").context("an import without names has no twin")?;
    Ok((names, own(file)?))
}

/// `"./b.js";`, as the twin's file.
fn own(file: &str) -> Result<String> {
    let name = file.trim_end_matches(';').trim_matches('"').strip_suffix(".js");
    let name =
        name.filter(|name| name.starts_with("./")).with_context(|| format!("no file of this package: {file}"))?;
    Ok(format!("{name}.cjs"))
}

/// The names between braces, each perhaps with ` as another`.
fn listed(names: &str) -> Result<impl Iterator<Item = &str>> {
    let names = names.strip_prefix('{').and_then(|names| names.strip_suffix('}'));
    let names = names.context("a default import has no twin")?;
    Ok(names.split(',').map(str::trim).filter(|name| !name.is_empty()))
}

/// `a as b` of an import, in a pattern.
fn renamed(name: &str) -> String {
    name.replace(" as ", ": ")
}

/// `a as b` of an export, in an object.
fn exported(name: &str) -> String {
    name.split_once(" as ").map_or_else(|| name.to_owned(), |(local, outside)| format!("{outside}: {local}"))
}

#[cfg(test)]
mod tests {
    use super::twin;

    #[test]
    fn each_statement_has_its_twin() {
        let module = "import { a, b as c } from \"./one.js\";\nimport * as two from \"./two.js\";\n\
                      export { d } from \"./three.js\";\nexport * from \"./four.js\";\n\
                      export const e = 1;\nexport function f(x) {\n  return x;\n}\nexport { a, two as g };\n";
        assert_eq!(
            twin(module).unwrap(),
            "\"use strict\";\nconst { a, b: c } = require(\"./one.cjs\");\nconst two = require(\"./two.cjs\");\n\
             const { d } = require(\"./three.cjs\");\nObject.assign(module.exports, require(\"./four.cjs\"));\n\
             const e = 1;\nfunction f(x) {\n  return x;\n}\nObject.assign(module.exports, { d, e, f, a, g: two });\n"
        );
    }

    #[test]
    fn what_has_no_twin_is_refused() {
        for module in [
            "import x from \"./a.js\";",
            "import \"./a.js\";",
            "import { x } from \"another\";",
            "export default 1;",
            "export let x = 1;",
            "const here = import.meta.url;",
        ] {
            assert!(twin(module).is_err(), "{module}");
        }
    }
}

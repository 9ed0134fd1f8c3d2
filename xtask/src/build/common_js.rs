//! The CommonJS twin of a JavaScript module: `inline.cjs` is `inline.js`, and so is every other pair in the package. The
//! modules that every entry needs are one file there, for each file that Node looks for and reads takes its time.
//!
//! It knows the statements that the package's own modules use, each on a line of its own, and refuses every other one.
//! What comes out hides its names from the scan with which Node looks for them in a CommonJS file that is imported: it
//! would read the whole catalogue, and nobody imports a name from there.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};

/// The file with the modules of every entry.
const TOGETHER: &str = "modules";

/// What a re-export of is read when it is first asked for. A decision needs none of the tables for people.
const LATER: &str = "catalogue";

/// The text of the twin of a module, in which those of `together` are one file.
pub(super) fn twin(module: &str, together: &[&str]) -> Result<String> {
    let mut exports = Vec::new();
    let code = statements(module, together, &mut exports)?;
    Ok(file(&code, &exports))
}

/// The text of the one file of several modules, each after those that it imports.
pub(super) fn together(modules: &[String], names: &[&str]) -> Result<String> {
    let mut code = String::new();
    let mut exports = Vec::new();
    for module in modules {
        let own = format!("\"./{TOGETHER}.cjs\"");
        for line in statements(module, names, &mut exports)?.lines() {
            if !line.ends_with(&format!("require({own});")) {
                writeln!(code, "{line}")?;
            } else if line.contains(':') || !line.starts_with("const {") {
                bail!("a name has to be the same in all modules that are one file: {line}");
            }
        }
    }
    Ok(file(&code, &exports))
}

fn file(code: &str, exports: &[String]) -> String {
    format!("\"use strict\";\n{code}Object.assign(module.exports, {{ {} }});\n", exports.join(", "))
}

/// The statements of a module; what it exports goes to the others.
fn statements(module: &str, together: &[&str], exports: &mut Vec<String>) -> Result<String> {
    ensure!(!module.contains("import.meta"), "CommonJS has no import.meta");
    let own = |file: &str| own(file, together);
    let from = |import| from(import, together);
    let mut code = String::new();
    for line in module.lines() {
        if let Some(import) = line.strip_prefix("import ") {
            let (names, file) = from(import).with_context(|| line.to_owned())?;
            let names = match names.strip_prefix("* as ") {
                Some(whole) => whole.to_owned(),
                None => format!("{{ {} }}", listed(names)?.map(renamed).collect::<Vec<_>>().join(", ")),
            };
            writeln!(code, "const {names} = require(\"{file}\");")?;
        } else if let Some(file) = line.strip_prefix("export * from ") {
            // A table that is read later is still unread.
            writeln!(
                code,
                "Object.defineProperties(module.exports, Object.getOwnPropertyDescriptors(require(\"{}\")));",
                own(file)?
            )?;
        } else if let Some(list) = line.strip_prefix("export ").filter(|list| list.starts_with('{')) {
            let (names, file) = match list.split_once(" from ") {
                Some((names, file)) => (names, Some(own(file)?)),
                None => (list.trim_end_matches(';'), None),
            };
            let names: Vec<&str> = listed(names)?.collect();
            if let Some(later) = file.as_deref().filter(|file| *file == format!("./{LATER}.cjs")) {
                for name in names {
                    writeln!(
                        code,
                        "Object.defineProperty(module.exports, \"{name}\", \
                         {{ get: () => require(\"{later}\").{name}, enumerable: true }});"
                    )?;
                }
                continue;
            }
            if let Some(file) = file {
                writeln!(code, "const {{ {} }} = require(\"{file}\");", names.join(", "))?;
            }
            exports.extend(names.into_iter().map(exported));
        } else if let Some(declaration) = line.strip_prefix("export ") {
            let mut words =
                declaration.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$');
            let form = words.next().filter(|word| *word != "async").or_else(|| words.next());
            match (form, words.next()) {
                (Some("const" | "function" | "class"), Some(name)) if !name.is_empty() => exports.push(name.to_owned()),
                _ => bail!("a form of export that has no twin: {line}"),
            }
            writeln!(code, "{declaration}")?;
        } else {
            writeln!(code, "{line}")?;
        }
    }
    Ok(code)
}

/// `{ a } from "./b.js";`, as the names and the twin's file.
fn from<'a>(import: &'a str, together: &[&str]) -> Result<(&'a str, String)> {
    let (names, file) = import.split_once(" from ").context("an import without names has no twin")?;
    Ok((names, own(file, together)?))
}

/// `"./b.js";`, as the twin's file.
fn own(file: &str, together: &[&str]) -> Result<String> {
    let name =
        file.trim_end_matches(';').trim_matches('"').strip_suffix(".js").and_then(|name| name.strip_prefix("./"));
    let name = name.with_context(|| format!("no file of this package: {file}"))?;
    Ok(format!("./{}.cjs", if together.contains(&name) { TOGETHER } else { name }))
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
    use super::{together, twin};

    #[test]
    fn each_statement_has_its_twin() {
        let module = "import { a, b as c } from \"./one.js\";\nimport * as two from \"./two.js\";\n\
                      export { d } from \"./three.js\";\nexport * from \"./four.js\";\n\
                      export const e = 1;\nexport async function f(x) {\n  return x;\n}\nexport { a, two as g };\n\
                      export { h } from \"./catalogue.js\";\n";
        assert_eq!(
            twin(module, &["three"]).unwrap(),
            "\"use strict\";\nconst { a, b: c } = require(\"./one.cjs\");\nconst two = require(\"./two.cjs\");\n\
             const { d } = require(\"./modules.cjs\");\nObject.defineProperties(module.exports, \
             Object.getOwnPropertyDescriptors(require(\"./four.cjs\")));\n\
             const e = 1;\nasync function f(x) {\n  return x;\n}\nObject.defineProperty(module.exports, \"h\", \
             { get: () => require(\"./catalogue.cjs\").h, enumerable: true });\n\
             Object.assign(module.exports, { d, e, f, a, g: two });\n"
        );
    }

    #[test]
    fn modules_that_are_one_file_do_not_require_each_other() {
        let [one, two] = ["export const a = 1;\n", "import { a } from \"./one.js\";\nexport const b = a;\n"];
        assert_eq!(
            together(&[one.to_owned(), two.to_owned()], &["one", "two"]).unwrap(),
            "\"use strict\";\nconst a = 1;\nconst b = a;\nObject.assign(module.exports, { a, b });\n"
        );
        for import in ["import { a as c } from \"./one.js\";\n", "import * as one from \"./one.js\";\n"] {
            assert!(together(&[one.to_owned(), import.to_owned()], &["one", "two"]).is_err(), "{import}");
        }
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
            assert!(twin(module, &[]).is_err(), "{module}");
        }
    }
}

//! The layers of the crate: no module imports what stands above or beside it, and no files import each other in a
//! circle. The order stands in the crate's documentation, in src/lib.rs, and nowhere else.

mod circles;
mod order;
mod source;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use order::Order;
use source::{File, imports};

/// Whether the crate keeps its layers; each fault is printed.
pub(crate) fn check(workspace: &Workspace) -> Result<bool> {
    let mut files = Vec::new();
    read(&workspace.root.join("src"), "", &mut files)?;
    let findings = findings(&files).unwrap_or_else(|error| vec![format!("{error:#}")]);
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        println!("{} faults; the order of the modules stands in src/lib.rs", findings.len());
    }
    Ok(findings.is_empty())
}

/// Every file of a folder, by its path from there.
fn read(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
        let name = path.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        if path.is_dir() {
            read(&path, &format!("{prefix}{name}/"), files)?;
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.push(File { path: format!("{prefix}{name}"), text });
        }
    }
    files.sort_by(|one, two| one.path.cmp(&two.path));
    Ok(())
}

/// Every fault, as a line for people.
fn findings(files: &[File]) -> Result<Vec<String>> {
    let root = files.iter().find(|file| file.path == "lib.rs").context("src/ has no lib.rs")?;
    let order = Order::read(&root.text)?;
    let imports = imports(files)?;
    let mut findings = order.unknown(files);
    findings.extend(imports.iter().filter_map(|import| order.fault(import)));
    findings.extend(circles::faults(&imports));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::findings;
    use super::source::File;

    const ORDER: &str = "//! ```text\n//! low < left, right < high\n//! ```\n";

    /// The findings in a small tree, whose lib.rs has the order above.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let mut tree = vec![File { path: "lib.rs".into(), text: ORDER.into() }];
        for name in ["low", "left", "right", "high"] {
            if !files.iter().any(|(path, _)| *path == format!("{name}.rs") || path.starts_with(&format!("{name}/"))) {
                tree.push(File { path: format!("{name}.rs"), text: String::new() });
            }
        }
        tree.extend(files.iter().map(|(path, text)| File { path: (*path).into(), text: (*text).into() }));
        findings(&tree).unwrap()
    }

    #[track_caller]
    fn assert_one(files: &[(&str, &str)], expected: &[&str]) {
        let found = found(files);
        assert!(found.len() == 1 && expected.iter().all(|words| found[0].contains(words)), "{found:#?}");
    }

    #[test]
    fn downwards_is_right() {
        assert_eq!(
            found(&[
                ("left.rs", "use crate::low::Low;\npub use crate::low;\nfn f() { crate::low::go() }"),
                ("high.rs", "use crate::{left, low::{self, Low}, right::*};\nuse std::fmt;"),
            ]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn upwards_is_a_fault_wherever_it_is_written() {
        let expected = ["src/low.rs:2", "crate::high", "which stands above `low`"];
        assert_one(&[("low.rs", "\nuse crate::high::Thing;")], &expected);
        assert_one(&[("low.rs", "\npub(crate) use crate::{high::Thing as Other};")], &expected);
        assert_one(&[("low.rs", "\nfn f() -> u8 { let _: crate::high::Thing; 0 }")], &expected);
        assert_one(&[("low.rs", "\nfn f() { g::<crate::high::Thing>(); }")], &expected);
        assert_one(&[("low.rs", "\nthing! { a: super::high::X }")], &["src/low.rs:2", "`high`"]);
        assert_one(&[("low.rs", "\nmacro_rules! m { () => { $crate::high::X } }")], &expected);
        assert_one(&[("low.rs", "\nfn f() { use crate::high::Thing; }")], &expected);
    }

    #[test]
    fn one_fault_is_told_once() {
        assert_eq!(
            found(&[("low.rs", "use crate::high::A;\nuse crate::high::B;\nfn f() { crate::high::A::new() }")]).len(),
            1
        );
    }

    #[test]
    fn what_stands_beside_is_a_fault() {
        assert_one(&[("left.rs", "use crate::right::Thing;")], &["src/left.rs:1", "which stands beside `left`"]);
    }

    #[test]
    fn super_is_followed_to_its_module() {
        let files = [("low/mod.rs", "mod inner;"), ("low/inner.rs", "use super::super::high::Thing;")];
        assert_one(&files, &["src/low/inner.rs:1", "crate::high"]);
        let files = [("low/mod.rs", "mod inner { use super::super::high::Thing; }")];
        assert_one(&files, &["src/low/mod.rs:1", "crate::high"]);
    }

    #[test]
    fn a_name_that_was_imported_is_followed() {
        let files = [("high/mod.rs", ""), ("high/part.rs", "use crate::left as other;\nfn f() { other::go() }")];
        assert_eq!(found(&files), Vec::<String>::new());
        let files = [("left/mod.rs", "mod part;\nfn f() { part::go() }"), ("left/part.rs", "use super::Thing;")];
        assert_one(&files, &["circle", "src/left/mod.rs:2", "src/left/part.rs:1"]);
    }

    #[test]
    fn a_circle_of_files_is_a_fault_inside_one_module_too() {
        let files = [
            ("low/mod.rs", "mod a;\nmod b;\nmod c;"),
            ("low/a.rs", "use super::b::B;"),
            ("low/b.rs", "\nuse crate::low::c::{C, D};"),
            ("low/c.rs", "\n\nuse super::a::A;"),
        ];
        assert_one(&files, &["3 files", "src/low/a.rs:1 → src/low/b.rs:2 → src/low/c.rs:3 → src/low/a.rs"]);
    }

    #[test]
    fn a_public_use_is_an_import_and_a_module_line_is_none() {
        assert_eq!(
            found(&[("low/mod.rs", "mod a;\npub mod b;"), ("low/a.rs", "use super::b::B;"), ("low/b.rs", "")]),
            Vec::<String>::new()
        );
        let files = [("low/mod.rs", "mod a;\npub use a::A;"), ("low/a.rs", "use super::Thing;\nstruct A;")];
        assert_one(&files, &["2 files", "src/low/a.rs:1 → src/low/mod.rs:2 → src/low/a.rs"]);
    }

    #[test]
    fn tests_macros_comments_and_strings_are_no_imports() {
        let text = "#[macro_use]\nmod words;\n//! [`crate::high`]\n/// [`crate::high::Thing`]\nfn f() { \"crate::high::x\"; crate::rules!(a); }\n\
                    pub(in crate::low) fn g() {}\n#[cfg(test)]\nmod tests { use crate::high::Thing; }\n\
                    #[cfg(test)]\n#[allow(dead_code)]\nfn h() { crate::high::go() }\n#[cfg(test)]\nuse crate::high::Thing;";
        assert_eq!(found(&[("low/mod.rs", text), ("low/words.rs", "")]), Vec::<String>::new());
        assert_one(&[("low.rs", "#[cfg(not(test))]\nuse crate::high::Thing;")], &["src/low.rs:2"]);
    }

    #[test]
    fn the_root_imports_all_and_is_imported_by_nobody() {
        let text = format!("{ORDER}pub use high::Thing;\npub mod high;\npub mod low;");
        let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
        let rest = || ["left.rs", "right.rs", "low.rs"].map(|path| file(path, ""));
        let mut files = vec![file("lib.rs", &text), file("high.rs", "")];
        files.extend(rest());
        assert_eq!(findings(&files).unwrap(), Vec::<String>::new());
        files[1].text = "use crate::Thing;".into();
        let found = findings(&files).unwrap();
        assert!(found[0].contains("src/high.rs:1") && found[0].contains("the root of the crate"), "{found:#?}");
    }

    #[test]
    fn a_module_without_a_place_and_a_place_without_a_module_are_faults() {
        assert_one(&[("new.rs", "")], &["`new`", "has no place"]);
        let files = ["lib.rs", "low.rs", "left.rs", "right.rs"]
            .map(|path| File { path: path.into(), text: if path == "lib.rs" { ORDER.into() } else { String::new() } });
        let found = findings(&files).unwrap();
        assert!(found.len() == 1 && found[0].contains("`high`"), "{found:#?}");
    }

    #[test]
    fn a_file_that_is_no_rust_is_named() {
        let files = [("lib.rs", ORDER), ("low.rs", "fn f( {")]
            .map(|(path, text)| File { path: path.into(), text: text.into() });
        assert!(format!("{:#}", findings(&files).unwrap_err()).contains("src/low.rs"));
    }
}

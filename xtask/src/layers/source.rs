//! What the files of a crate import from each other.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use anyhow::{Context, Result, anyhow};
use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};

/// A module, or what lies in one, by the names on the way from the root.
pub(super) type Path = Vec<String>;

/// A source file, its path from src/.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

/// The first place where a file names something of another file.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) file: String,
    pub(super) line: usize,
    /// The module in which it stands.
    pub(super) from: Path,
    /// The module that it names, and the file of that.
    pub(super) to: Path,
    pub(super) target: String,
    /// All that it names.
    whole: Path,
}

impl Import {
    pub(super) fn written(&self) -> String {
        format!("crate::{}", shown(&self.whole))
    }
}

pub(super) fn shown(path: &[String]) -> String {
    path.join("::")
}

/// The module that a file is.
pub(super) fn module_of(file: &str) -> Path {
    let name = file.trim_end_matches(".rs");
    let name = name.strip_suffix("/mod").unwrap_or(name);
    if name == "lib" { Vec::new() } else { name.split('/').map(str::to_owned).collect() }
}

/// What each file imports, one entry for each other module.
pub(super) fn imports(files: &[File]) -> Result<Vec<Import>> {
    let mut homes: BTreeMap<Path, &str> =
        files.iter().map(|file| (module_of(&file.path), file.path.as_str())).collect();
    let mut all = Vec::new();
    for file in files {
        let tokens = TokenStream::from_str(&file.text)
            .map_err(|error| anyhow!("{error}, line {}", error.span().start().line))
            .with_context(|| format!("src/{} is no Rust", file.path))?;
        let mut found = Found::default();
        found.read(tokens, &module_of(&file.path));
        for module in &found.inline {
            homes.entry(module.clone()).or_insert(&file.path);
        }
        all.push((file, found));
    }
    let mut imports = Vec::new();
    for (file, found) in &all {
        let names = found.names(&homes);
        let mut seen = BTreeSet::new();
        for mention in &found.mentions {
            let Some(whole) = resolve(mention, &names, &homes) else { continue };
            let Some((to, target)) = home(&whole, &homes) else { continue };
            if target != file.path && seen.insert((mention.module.clone(), to.clone())) {
                let (from, line, file) = (mention.module.clone(), mention.line, file.path.clone());
                imports.push(Import { file, line, from, to, target: target.to_owned(), whole });
            }
        }
    }
    imports.sort_by(|one, two| (&one.file, one.line).cmp(&(&two.file, two.line)));
    Ok(imports)
}

/// A path in a file, as it is written.
struct Mention {
    module: Path,
    path: Path,
    line: usize,
    /// The name that a `use` gives it.
    name: Option<String>,
}

/// The paths of a file, and the modules that stand in it.
#[derive(Default)]
struct Found {
    mentions: Vec<Mention>,
    inline: Vec<Path>,
}

impl Found {
    fn read(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        let mut only_in_tests = false;
        while let Some(token) = tokens.get(at) {
            let rest = tokens.get(at..).unwrap_or_default();
            at = at.saturating_add(match rest {
                [TokenTree::Punct(mark), TokenTree::Group(attribute), ..] if mark.as_char() == '#' => {
                    only_in_tests |= is_for_tests(attribute.stream());
                    2
                }
                [TokenTree::Punct(mark), ..] if mark.as_char() == '#' => 1,
                _ if only_in_tests => {
                    only_in_tests = false;
                    item(rest)
                }
                [TokenTree::Ident(word), TokenTree::Ident(_), TokenTree::Punct(_), ..] if word == "mod" => 3,
                [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Group(body), ..] if word == "mod" => {
                    let inner: Path = module.iter().cloned().chain([name.to_string()]).collect();
                    self.inline.push(inner.clone());
                    self.read(body.stream(), &inner);
                    3
                }
                // Who may see an item is no import.
                [TokenTree::Ident(word), TokenTree::Group(who), ..]
                    if word == "pub" && who.delimiter() == Delimiter::Parenthesis =>
                {
                    2
                }
                // Not the `use<>` of a type.
                [TokenTree::Ident(word), next, ..] if word == "use" && !is(next, '<') => {
                    let length = item(rest);
                    let tree = rest.get(1..length).unwrap_or_default();
                    self.used(tree, &[], module);
                    length
                }
                [TokenTree::Ident(_), ..] => {
                    let goes_on = follows_path(tokens.get(..at).unwrap_or_default());
                    self.path(rest, module, goes_on)
                }
                _ => {
                    if let TokenTree::Group(group) = token {
                        self.read(group.stream(), module);
                    }
                    1
                }
            });
        }
    }

    /// A path in code; how many tokens it has.
    fn path(&mut self, tokens: &[TokenTree], module: &[String], goes_on: bool) -> usize {
        let (names, length) = names(tokens);
        let line = line(tokens);
        let is_macro = tokens.get(length).is_some_and(|next| is(next, '!'))
            && !tokens.get(length.saturating_add(1)).is_some_and(|next| is(next, '='));
        // After `::` stands the end of a path that began with a type, or a name of another crate.
        if names.len() > 1 && !is_macro && !goes_on {
            self.mentions.push(Mention { module: module.to_vec(), path: names, line, name: None });
        }
        length
    }

    /// A tree of `use`, without its end.
    fn used(&mut self, tokens: &[TokenTree], before: &[String], module: &[String]) {
        let (names, length) = names(tokens);
        let path: Path = before.iter().cloned().chain(names).collect();
        let mut add = |mut path: Path, name: Option<String>| {
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let name = name.or_else(|| path.last().cloned());
            self.mentions.push(Mention { module: module.to_vec(), path, line: line(tokens), name });
        };
        let rest = tokens.get(length..).unwrap_or_default();
        let rest =
            if rest.len() >= 2 && rest.iter().take(2).all(|token| is(token, ':')) { rest.get(2..) } else { Some(rest) };
        match rest.unwrap_or_default() {
            [] => add(path, None),
            [TokenTree::Ident(word), TokenTree::Ident(name)] if word == "as" => add(path, Some(name.to_string())),
            [TokenTree::Group(group)] => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for one in inner.split(|token| is(token, ',')).filter(|one| !one.is_empty()) {
                    self.used(one, &path, module);
                }
            }
            // A star brings names that nobody can tell from here.
            _ => add(path, Some(String::new())),
        }
    }

    /// What the names mean that a `use` brought, by the module in which it stands.
    fn names(&self, homes: &BTreeMap<Path, &str>) -> BTreeMap<(Path, String), Path> {
        let mut known = BTreeMap::new();
        for mention in &self.mentions {
            let (Some(name), Some(whole)) = (&mention.name, resolve(mention, &known, homes)) else { continue };
            known.insert((mention.module.clone(), name.clone()), whole);
        }
        known
    }
}

/// The path from the root; `None` for what comes from another crate, or is a name of the file itself.
fn resolve(mention: &Mention, names: &BTreeMap<(Path, String), Path>, homes: &BTreeMap<Path, &str>) -> Option<Path> {
    let mut module = mention.module.clone();
    let mut rest = mention.path.as_slice();
    match rest.first()?.as_str() {
        "crate" => {
            module.clear();
            rest = rest.get(1..)?;
        }
        "self" => rest = rest.get(1..)?,
        "super" => {
            while rest.first().is_some_and(|first| first == "super") {
                module.pop()?;
                rest = rest.get(1..)?;
            }
        }
        first => {
            let child: Path = module.iter().cloned().chain([first.to_owned()]).collect();
            if !homes.contains_key(&child) {
                module = names.get(&(module, first.to_owned()))?.clone();
                rest = rest.get(1..)?;
            }
        }
    }
    module.extend(rest.iter().cloned());
    Some(module)
}

/// The innermost module on a path, and its file.
fn home<'a>(path: &[String], homes: &BTreeMap<Path, &'a str>) -> Option<(Path, &'a str)> {
    (0..=path.len()).rev().find_map(|length| {
        let module = path.get(..length)?;
        Some((module.to_vec(), *homes.get(module)?))
    })
}

/// The names at the beginning, with `::` between them, and how many tokens they are.
fn names(tokens: &[TokenTree]) -> (Path, usize) {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        // `a as b` is two names, not a path.
        names.push(raw(name));
        at = at.saturating_add(1);
        match tokens.get(at..).unwrap_or_default() {
            [one, two, TokenTree::Ident(_), ..] if is(one, ':') && is(two, ':') => at = at.saturating_add(2),
            _ => break,
        }
    }
    (names, at)
}

/// Whether these tokens end in `::`, and not in the colon before a type.
fn follows_path(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., TokenTree::Punct(one), TokenTree::Punct(two)] => {
            one.as_char() == ':' && two.as_char() == ':' && one.spacing() == Spacing::Joint
        }
        _ => false,
    }
}

fn raw(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// How many tokens an item has: up to its `;` or its body.
fn item(tokens: &[TokenTree]) -> usize {
    let is_use = tokens.iter().take(3).any(|token| matches!(token, TokenTree::Ident(word) if word == "use"));
    let end = tokens.iter().position(|token| {
        is(token, ';') || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !is_use)
    });
    end.map_or(tokens.len(), |end| if is_use { end } else { end.saturating_add(1) })
}

/// Whether an attribute keeps what follows out of everything but tests.
fn is_for_tests(attribute: TokenStream) -> bool {
    let mut tokens = attribute.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(condition))) if word == "cfg" => {
            let words: Vec<String> = condition.stream().into_iter().map(|token| token.to_string()).collect();
            words == ["test"]
                || matches!(words.as_slice(), [all, inner] if all == "all" && inner.contains("test") && !inner.contains("not"))
        }
        _ => false,
    }
}

fn is(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn line(tokens: &[TokenTree]) -> usize {
    tokens.first().map_or(0, |token| token.span().start().line)
}

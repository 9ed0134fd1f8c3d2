//! The functions of the boundary for the shapes, in JavaScript, and the tables that stand for what the engine knows by
//! number only. Both come from the crate's own lists.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use grantwise::catalogue::boundary::{operations, rules_of_pages, sentences, trace};
use grantwise::input::describe::{Description, Member, Presence, Wire};
use grantwise::input::{RULE_SENTENCES, lower_first};
use serde_json::{Value as Json, json};

/// Where the generated functions go.
const MARK: &str = "// <shapes>\n";

/// Whose boundary it is. That of pages is made of the same, with less of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Everybody,
    Pages,
}

/// The boundary with the functions for its shapes.
pub(super) fn boundary(template: &str, of: Of) -> Result<String> {
    let (before, after) = template.split_once(MARK).context("boundary.js has no place for the shapes")?;
    let mut code = Code::default();
    let (mut writers, mut readers) = (String::new(), String::new());
    for operation in operations().into_iter().filter(|operation| of == Of::Everybody || operation.of_pages) {
        if let Some(input) = &operation.input {
            let writer = code.writer(input)?;
            write!(writers, " {}: {writer},", operation.name)?;
        }
        let reader = code.reader(&operation.answer)?;
        write!(readers, " {}: {reader},", operation.name)?;
    }
    let functions = code.functions.concat();
    Ok(format!("{before}{functions}  const writers = {{{writers} }};\n  const readers = {{{readers} }};\n\n{after}"))
}

/// What the engine knows by number only. What a rule says stands there once, and so does each document that is cited.
pub(super) fn tables(of: Of) -> Result<String> {
    let count = if of == Of::Pages { rules_of_pages() } else { usize::MAX };
    let mut documents: Vec<(String, String)> = Vec::new();
    let mut place = |title: &str, address: &str| {
        let document = (title.to_owned(), address.split('#').next().unwrap_or(address).to_owned());
        let known = documents.iter().position(|known| *known == document);
        known.unwrap_or_else(|| {
            documents.push(document);
            documents.len().saturating_sub(1)
        })
    };
    let rules: Vec<Json> = trace()
        .iter()
        .take(count)
        .map(|entry| {
            let sources: Vec<Json> = entry
                .sources()
                .iter()
                .map(|source| {
                    let anchor = source.address.split_once('#').map_or("", |(_, anchor)| anchor);
                    json!([place(&source.title, &source.address), source.section.as_str(), anchor])
                })
                .collect();
            // A page shows where a rule is said when somebody asks, and has it from the catalogue.
            let sources = if of == Of::Pages { Vec::new() } else { sources };
            json!([entry.rule().as_str(), entry.statement().as_str(), entry.strength().name(), sources])
        })
        .collect();
    // The rules' own sentences stand with the rules.
    let sentences: Vec<&str> = sentences().into_iter().take(usize::from(RULE_SENTENCES)).collect();
    let lowered: Vec<String> = sentences.iter().map(|sentence| lower_first(sentence)).collect();
    if of == Of::Pages {
        documents.clear();
    }
    let tables = json!({ "documents": documents, "rules": rules, "sentences": sentences, "lowered": lowered });
    Ok(TABLES.replace("TABLES", &super::quoted(&tables.to_string())))
}

/// How the tables are read.
const TABLES: &str = r##"// Generated from the crate's rules: what the engine knows by number only.
const tables = /* @__PURE__ */ JSON.parse(TABLES);

const source = ([document, section, anchor]) => {
  const [title, address] = tables.documents[document];
  return Object.freeze({ title, section, address: anchor === "" ? address : `${address}#${anchor}` });
};

/** Every rule as it stands in a trace. */
export const trace = /* @__PURE__ */ tables.rules.map(([rule, statement, strength, sources]) => (
  Object.freeze({ rule, statement, strength, sources: Object.freeze(sources.map(source)) })
));
export const rule_ids = /* @__PURE__ */ trace.map(({ rule }) => rule);
/** Sentences of the reasons, then those of the rules. */
export const sentences = /* @__PURE__ */ tables.sentences.concat(/* @__PURE__ */ trace.map(({ statement }) => statement));
/** The same, to go on after a colon; a rule's sentence never does. */
export const lowered = /* @__PURE__ */ tables.lowered.slice();
"##;

/// Functions, each once.
#[derive(Default)]
struct Code {
    functions: Vec<String>,
    known: Vec<(bool, Description, String)>,
    words: Vec<(Vec<&'static str>, String)>,
}

impl Code {
    fn known(&self, writes: bool, description: &Description) -> Option<String> {
        self.known
            .iter()
            .find(|(writer, known, _)| *writer == writes && known == description)
            .map(|(_, _, name)| name.clone())
    }

    fn name(&mut self, writes: bool, description: &Description, name: &str) -> String {
        let verb = if writes { "put" } else { "take" };
        let number = self.known.iter().filter(|(_, _, known)| known.starts_with(&format!("{verb}{name}"))).count();
        let name =
            if number == 0 { format!("{verb}{name}") } else { format!("{verb}{name}{}", number.saturating_add(1)) };
        self.known.push((writes, description.clone(), name.clone()));
        name
    }

    /// The name of a map from words to their places.
    fn map(&mut self, words: &[(&'static str, String)]) -> Result<String> {
        let name = self.list(words)?;
        let map = format!("{name}_places");
        let declaration = format!("  const {map} = new Map({name}.map((word_, place) => [word_, place]));\n");
        if !self.functions.contains(&declaration) {
            self.functions.push(declaration);
        }
        Ok(map)
    }

    /// The name of a list of words.
    fn list(&mut self, words: &[(&'static str, String)]) -> Result<String> {
        let list: Vec<&'static str> = words.iter().map(|(word, _)| *word).collect();
        if let Some((_, name)) = self.words.iter().find(|(known, _)| *known == list) {
            return Ok(name.clone());
        }
        let name = format!("words{}", self.words.len().saturating_add(1));
        self.functions.push(format!("  const {name} = Object.freeze({});\n", serde_json::to_string(&list)?));
        self.words.push((list, name.clone()));
        Ok(name)
    }

    /// An expression that is a function which writes a value of a shape, and says whether it is one.
    fn writer(&mut self, description: &Description) -> Result<String> {
        Ok(match description {
            Description::Text | Description::Identifier | Description::Scopes => "text".to_owned(),
            Description::Flag => "flag".to_owned(),
            Description::Time | Description::Duration | Description::Count { .. } | Description::Numbers(_) => {
                "whole".to_owned()
            }
            Description::One => "one".to_owned(),
            Description::Dictionary => "dictionary".to_owned(),
            Description::Anything => "anything".to_owned(),
            Description::Words(_) | Description::List(_) | Description::Object(_) | Description::Union(_) => {
                match self.known(true, description) {
                    Some(name) => name,
                    None => self.new_writer(description)?,
                }
            }
            Description::Declared(declared) => match &declared.wire {
                Wire::Text => "text".to_owned(),
                Wire::Request => "request".to_owned(),
                Wire::Kept(shape) => match self.known(true, description) {
                    Some(name) => name,
                    None => {
                        let write = self.writer(shape)?;
                        let name = self.name(true, description, declared.name);
                        self.functions
                            .push(format!("  function {name}(value) {{\n    return kept(value, {write});\n  }}\n"));
                        name
                    }
                },
                Wire::Table(_) => bail!("{} is never handed in", declared.name),
            },
            Description::Composed | Description::Shared(..) => bail!("{description:?} is never handed in"),
        })
    }

    fn new_writer(&mut self, description: &Description) -> Result<String> {
        let name;
        let body = match description {
            Description::Words(words) => {
                let map = self.map(&words.words)?;
                name = self.name(true, description, words.name);
                format!("return word({map}, value);")
            }
            Description::List(item) => {
                // A loop of its own, so that it calls one function alone, which the runtime can compile into it.
                let write = self.writer(item)?;
                name = self.name(true, description, "List");
                format!(
                    "const length = listed(value);\n    if (length < 0) return false;\n    \
                     for (let index = 0; index < length; index += 1) {{\n      \
                     if (!{write}(value[index]) || at > MOST_NUMBERS) return false;\n    }}\n    return true;"
                )
            }
            Description::Object(object) => {
                let mut body = read_members(&object.members, &object.beside, object.open);
                for member in &object.members {
                    body += &self.write_member(member)?;
                }
                name = self.name(true, description, object.name);
                body + "    return true;"
            }
            Description::Union(union) => {
                let mut all: Vec<&str> = Vec::new();
                for variant in &union.variants {
                    let constants = variant.constants.iter().map(|(name, _)| *name);
                    for member in constants.chain(variant.members.iter().map(|member| member.name)) {
                        if !all.contains(&member) {
                            all.push(member);
                        }
                    }
                }
                let mut body = read_own(&all, &[], false);
                for (place, variant) in union.variants.iter().enumerate() {
                    let constants: Vec<String> =
                        variant.constants.iter().map(|(name, word)| format!("{name}_ === \"{word}\"")).collect();
                    let own = |name: &str| {
                        variant.constants.iter().any(|(known, _)| *known == name)
                            || variant.members.iter().any(|member| member.name == name)
                    };
                    let bits: u32 =
                        all.iter().enumerate().filter(|(_, name)| !own(name)).map(|(bit, _)| 1 << bit).sum();
                    writeln!(body, "    if ({}) {{", constants.join(" && "))?;
                    writeln!(body, "    if ((seen & {bits}) !== 0) return false;\n    numbers[at++] = {place};")?;
                    for member in &variant.members {
                        body += &self.write_member(member)?;
                    }
                    body += "    return true;\n    }\n";
                }
                name = self.name(true, description, union.name);
                body + "    return false;"
            }
            other => bail!("{other:?} has a writer"),
        };
        self.functions.push(format!("  function {name}(value) {{\n{}\n  }}\n", indented(&body)));
        Ok(name)
    }

    fn write_member(&mut self, member: &Member) -> Result<String> {
        let write = self.writer(&member.shape)?;
        let name = member.name;
        Ok(if member.flagged {
            format!(
                "    if ({name}_ === undefined || {name}_ === null) numbers[at++] = 0;\n    else {{\n      \
                 numbers[at++] = 1;\n      if (!{write}({name}_)) return false;\n    }}\n"
            )
        } else {
            format!("    if ({name}_ === undefined || {name}_ === null || !{write}({name}_)) return false;\n")
        })
    }

    /// An expression that is a function which reads a value of a shape.
    fn reader(&mut self, description: &Description) -> Result<String> {
        Ok(match description {
            Description::Text | Description::Identifier | Description::Scopes => "readText".to_owned(),
            Description::Composed => "readComposed".to_owned(),
            Description::Flag => "readFlag".to_owned(),
            Description::Time
            | Description::Duration
            | Description::Count { .. }
            | Description::Numbers(_)
            | Description::One => "readNumber".to_owned(),
            Description::Dictionary => "readDictionary".to_owned(),
            Description::Anything => "readAnything".to_owned(),
            Description::Shared(table, _) => format!("() => {table}[readNumber()]"),
            Description::Declared(declared) => match &declared.wire {
                Wire::Table(table) => format!("() => {table}[readNumber()]"),
                Wire::Text => "readText".to_owned(),
                Wire::Request | Wire::Kept(_) => "readAnything".to_owned(),
            },
            Description::Words(words) => {
                let list = self.list(&words.words)?;
                format!("() => {list}[bytes[readAt++]]")
            }
            Description::List(_) | Description::Object(_) | Description::Union(_) => {
                match self.known(false, description) {
                    Some(name) => name,
                    None => self.new_reader(description)?,
                }
            }
        })
    }

    fn new_reader(&mut self, description: &Description) -> Result<String> {
        let name;
        let body = match description {
            Description::List(item) => {
                let read = called(&self.reader(item)?);
                name = self.name(false, description, "List");
                format!(
                    "    const items = [];\n    \
                     for (let left = readNumber(); left > 0; left -= 1) items.push({read});\n    return items;"
                )
            }
            Description::Object(object) => {
                let body = self.read_object(&[], &object.members)?;
                name = self.name(false, description, object.name);
                body
            }
            Description::Union(union) => {
                let mut body = "    switch (bytes[readAt++]) {\n".to_owned();
                for (place, variant) in union.variants.iter().enumerate() {
                    let read = self.read_object(&variant.constants, &variant.members)?;
                    writeln!(body, "    case {place}: {{\n{read}\n    }}")?;
                }
                name = self.name(false, description, union.name);
                body + "    default: return null;\n    }"
            }
            other => bail!("{other:?} has a reader"),
        };
        self.functions.push(format!("  function {name}() {{\n{body}\n  }}\n"));
        Ok(name)
    }

    fn read_object(&mut self, constants: &[(&str, &str)], members: &[Member]) -> Result<String> {
        let mut literal: Vec<String> = constants.iter().map(|(name, word)| format!("{name}: \"{word}\"")).collect();
        let mut rest = String::new();
        for member in members {
            let read = called(&self.reader(&member.shape)?);
            let name = member.name;
            let omitted = match member.presence {
                Presence::Nullable | Presence::OptionalOrNull => false,
                Presence::Optional | Presence::Silent | Presence::Assigned => true,
                Presence::Needed | Presence::Defaulted => member.flagged,
            };
            let value = match (member.flagged, omitted) {
                (false, _) => read.clone(),
                (true, false) => format!("readFlag() ? {read} : null"),
                (true, true) => {
                    writeln!(rest, "    if (readFlag()) put(read, \"{name}\", {read});")?;
                    continue;
                }
            };
            if rest.is_empty() {
                literal.push(format!("{name}: {value}"));
            } else {
                writeln!(rest, "    put(read, \"{name}\", {value});")?;
            }
        }
        let literal = literal.join(", ");
        Ok(if rest.is_empty() {
            format!("    return {{ {literal} }};")
        } else {
            format!("    const read = {{ {literal} }};\n{rest}    return read;")
        })
    }
}

/// Own members into variables; whatever else is there is none of the shape, unless others may be there.
fn read_members(members: &[Member], beside: &[&str], open: bool) -> String {
    let names: Vec<&str> = members.iter().map(|member| member.name).collect();
    read_own(&names, beside, open)
}

fn read_own(names: &[&str], beside: &[&str], open: bool) -> String {
    let variables: Vec<String> = names.iter().map(|name| format!("{name}_")).collect();
    let cases: String = names
        .iter()
        .enumerate()
        .map(|(bit, name)| format!("      case \"{name}\": {name}_ = value.{name}; seen |= {}; break;\n", 1_u32 << bit))
        .collect();
    let beside: String = beside.iter().map(|name| format!("      case \"{name}\": break;\n")).collect();
    let other = if open { "break" } else { "return false" };
    format!(
        "    if (typeof value !== \"object\" || value === null || !isPlain(value)) return false;\n    \
         const names = keys(value);\n    let seen = 0;\n    let {};\n    \
         for (let index = 0; index < names.length; index += 1) {{\n      switch (names[index]) {{\n{cases}{beside}      \
         default: {other};\n      }}\n    }}\n",
        variables.join(", ")
    )
}

/// The call of a function that reads, by its name or in place.
fn called(read: &str) -> String {
    read.strip_prefix("() => ").map_or_else(|| format!("{read}()"), str::to_owned)
}

fn indented(body: &str) -> String {
    if body.starts_with("    ") { body.to_owned() } else { format!("    {body}") }
}

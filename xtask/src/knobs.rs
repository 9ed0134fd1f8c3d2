//! docs/knobs.md: every knob and every configuration key, made from the catalogue.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::document;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// The document.
const NAME: &str = "docs/knobs.md";

const HEAD: &str = "# Knobs and configuration keys

`cargo xtask tables` writes this page from the catalogue, which the package exports as `knobs` and `configuration`.

`Policy.profile(name, overrides)` takes any of them: `Policy.profile(\"openid-core\", { offline_without_consent:
\"show_consent\", code_lifetime_s: 60 })`. `policy.settings` has the values in force. A knob is a question on which the
sources differ; a configuration key is a number, a list or an address, and no rule reads one. Why a profile sets what it
sets, with its sources, stands in the catalogue at the profile's settings.

";

/// The groups of the knobs in the order of the document, with their titles.
const GROUPS: [(&str, &str); 7] = [
    ("offline_consent", "Offline access and consent"),
    ("approval", "Asking the user"),
    ("incremental", "Grants that grow"),
    ("session", "Sessions, refresh and revocation"),
    ("errors", "Errors"),
    ("vendor", "What single vendors do"),
    ("vocabulary", "Words of the request"),
];

/// Rewrites the document.
pub(crate) fn write(workspace: &Workspace) -> Result<bool> {
    document::write(workspace, NAME, &document()?)
}

/// Whether the document is what the catalogue says today.
pub(crate) fn check(workspace: &Workspace) -> Result<Tally> {
    document::check(workspace, NAME, &document()?)
}

fn document() -> Result<String> {
    let catalogue = serde_json::to_value(grantwise::catalogue::catalogue()).context("cannot write the catalogue")?;
    let (knobs, keys, profiles) =
        (list(&catalogue, "knobs")?, list(&catalogue, "configuration")?, list(&catalogue, "profiles")?);
    let mut text = HEAD.to_owned();
    let mut told = 0_usize;
    for (group, title) in GROUPS {
        writeln!(text, "## {title}\n")?;
        for knob in knobs.iter().filter(|knob| word(knob, "group") == group) {
            text.push_str(&section(knob, profiles)?);
            told = told.saturating_add(1);
        }
    }
    anyhow::ensure!(told == knobs.len(), "a knob is in a group that xtask/src/knobs.rs does not know");
    text.push_str("## Configuration\n\nNull is allowed for each: nothing is set.\n\n");
    text.push_str("| key | kind | what it is for | set by |\n|---|---|---|---|\n");
    for key in keys {
        let id = word(key, "id");
        let set: Vec<String> =
            setters(profiles, id).map(|(name, value)| format!("`{name}`: {}", code(value))).collect();
        writeln!(
            text,
            "| `{id}` | {} | {} | {} |",
            word(key, "kind"),
            cell(word(key, "meaning")),
            cell(&set.join("; "))
        )?;
    }
    Ok(text)
}

/// One knob: its question, what the sources say, and its values.
fn section(knob: &Value, profiles: &[Value]) -> Result<String> {
    let id = word(knob, "id");
    let default = knob.get("default").context("a knob has a default")?;
    let mut text = format!("### `{id}`\n\n{}\n\n{}\n\n", word(knob, "question"), word(knob, "evidence"));
    text.push_str("| value | what it means | set by |\n|---|---|---|\n");
    for option in list(knob, "options")? {
        let value = option.get("value").context("an option has a value")?;
        let mark = if value == default { " (default)" } else { "" };
        let set: Vec<String> =
            setters(profiles, id).filter(|(_, set)| *set == value).map(|(name, _)| format!("`{name}`")).collect();
        writeln!(text, "| {}{mark} | {} | {} |", code(value), cell(word(option, "meaning")), set.join(", "))?;
    }
    text.push('\n');
    Ok(text)
}

/// The profiles that set it themselves, each with its value.
fn setters<'a>(profiles: &'a [Value], id: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    profiles.iter().filter_map(move |profile| {
        let settings = profile.get("settings").and_then(Value::as_array)?;
        let setting = settings.iter().find(|setting| word(setting, "id") == id)?;
        Some((word(profile, "name"), setting.get("value")?))
    })
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a [Value]> {
    let found = value.get(name).and_then(Value::as_array);
    found.map(Vec::as_slice).with_context(|| format!("the catalogue lacks {name}"))
}

fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A value as a caller writes it in an override.
fn code(value: &Value) -> String {
    format!("`{value}`")
}

/// A text that does not end a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use grantwise::policy::configuration::CONFIGURATION_KEYS;
    use grantwise::policy::knobs::KNOBS;

    use super::document;

    #[test]
    fn every_knob_value_and_key_is_told() {
        let text = document().unwrap();
        for knob in KNOBS {
            assert!(text.contains(&format!("### `{}`\n\n{}", knob.id, knob.question)), "{}", knob.id);
        }
        for key in CONFIGURATION_KEYS {
            assert!(text.contains(&format!("\n| `{}` | {} | ", key.id, key.kind.name())), "{}", key.id);
        }
        let rows = text.lines().filter(|line| line.starts_with("| `")).count();
        let values: usize = KNOBS.iter().map(|knob| knob.options.len()).sum();
        assert_eq!(rows, values + CONFIGURATION_KEYS.len());
    }
}

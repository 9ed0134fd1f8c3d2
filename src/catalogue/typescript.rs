//! The ids of the tables as TypeScript types: a mistyped knob, value, rule or profile does not compile.

use std::fmt::Write as _;

use crate::answer::{Ignored, ProtocolError};
use crate::decide;
use crate::input::Shape;
use crate::input::describe::Description;
use crate::policy::configuration::{CONFIGURATION_KEYS, Kind};
use crate::policy::knobs::{KNOBS, OptionValue};
use crate::policy::profiles::PROFILES;

/// The declarations, as the text of a file.
#[must_use]
pub fn declarations() -> String {
    let mut text = "// Generated from the crate's tables; see src/catalogue/typescript.rs.\n".to_owned();
    add(&mut text, "The profiles that ship, by name.", "ProfileName", PROFILES.iter().map(|profile| profile.name));
    add(&mut text, "The stable ids of the rules.", "RuleId", decide::rules().map(|rule| rule.id));
    for (name, words) in [
        ("IgnoredReason", words_of(&Ignored::describe(), "reason")),
        ("ErrorCode", words_of(&ProtocolError::describe(), "code")),
    ] {
        let about = match name {
            "ErrorCode" => "An error code as it is registered.",
            _ => "Why something in a request was set aside.",
        };
        add(&mut text, about, name, words.into_iter());
    }
    knobs(&mut text);
    configuration(&mut text);
    text.push_str(
        "\n/** The id of a knob. */\n\
         export type KnobId = keyof KnobValues;\n\
         \n/** The id of a configuration key. */\n\
         export type ConfigurationKeyId = keyof ConfigurationValues;\n\
         \n/** Every knob and configuration key with the value in force. */\n\
         export type Settings = Readonly<KnobValues & ConfigurationValues>;\n\
         \n/** Overrides of a profile: knob ids and configuration keys with their values. */\n\
         export type Overrides = Partial<Settings>;\n",
    );
    text
}

fn knobs(text: &mut String) {
    text.push_str("\n/** Every knob with the values that it can take. */\nexport type KnobValues = {\n");
    for knob in KNOBS {
        let mut meanings = String::new();
        let mut values: Vec<String> = Vec::new();
        for option in knob.options {
            let value = match option.value {
                OptionValue::Flag(flag) => flag.to_string(),
                OptionValue::Word(word) => quoted(word),
            };
            line(&mut meanings, &format!("   * - `{value}`: {}", comment(option.meaning)));
            values.push(value);
        }
        line(text, &format!("  /**\n   * {}\n{meanings}   */", comment(knob.question)));
        line(text, &format!("  {}: {};", knob.id, values.join(" | ")));
    }
    text.push_str("};\n");
}

fn configuration(text: &mut String) {
    text.push_str("\n/** Every configuration key with what it holds. */\nexport type ConfigurationValues = {\n");
    for key in CONFIGURATION_KEYS {
        let holds = match key.kind {
            Kind::Seconds | Kind::Count => "number | null",
            Kind::Scopes | Kind::Names | Kind::ResponseTypes => "readonly string[] | null",
            Kind::Url => "string | null",
        };
        line(text, &format!("  /** {} */\n  {}: {holds};", comment(key.meaning), key.id));
    }
    text.push_str("};\n");
}

/// A union of words.
fn add<'a>(text: &mut String, about: &str, name: &str, words: impl Iterator<Item = &'a str>) {
    line(text, &format!("\n/** {about} */\nexport type {name} ="));
    for word in words {
        line(text, &format!("  | {}", quoted(word)));
    }
    text.truncate(text.trim_end().len());
    text.push_str(";\n");
}

/// The words of a member of an object.
fn words_of(description: &Description, member: &str) -> Vec<&'static str> {
    let Description::Object(object) = description else { return Vec::new() };
    object
        .members
        .iter()
        .filter(|known| known.name == member)
        .filter_map(|member| match &member.shape {
            Description::Words(words) => Some(words),
            _ => None,
        })
        .flat_map(|words| words.words.iter().map(|(word, _)| *word))
        .collect()
}

fn line(text: &mut String, line: &str) {
    // Writing to a string cannot fail.
    let _written = writeln!(text, "{line}");
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// A sentence that does not end the comment that it stands in.
fn comment(sentence: &str) -> String {
    sentence.replace("*/", "*\\/")
}

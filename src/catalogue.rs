//! The tables for people: profiles, knobs, configuration keys and rules, as the package publishes them.

use serde::Serialize;

use crate::authorize::decision::Source;
use crate::decide;
use crate::policy::Policy;
use crate::policy::configuration::{CONFIGURATION_KEYS, Configured};
use crate::policy::knobs::{KNOBS, OptionValue};
use crate::policy::profile::{Basis, Setting};
use crate::policy::profiles::PROFILES;
use crate::sources::Citation;

/// Everything that the package publishes beside its functions.
#[derive(Debug, Serialize)]
pub struct Catalogue {
    /// The version of the package.
    pub version: &'static str,
    /// All profiles.
    pub profiles: Vec<Profile>,
    /// All knobs.
    pub knobs: Vec<Knob>,
    /// All configuration keys.
    pub configuration: Vec<ConfigurationKey>,
    /// All rules.
    pub rules: Vec<Rule>,
}

/// A profile.
#[derive(Debug, Serialize)]
pub struct Profile {
    name: &'static str,
    title: &'static str,
    character: &'static str,
    base: Option<&'static str>,
    sources: Vec<Source>,
    settings: Vec<ProfileSetting>,
}

#[derive(Debug, Serialize)]
struct ProfileSetting {
    id: &'static str,
    value: PublishedValue,
    sources: Vec<Source>,
    inferred: Option<&'static str>,
}

/// A knob.
#[derive(Debug, Serialize)]
pub struct Knob {
    id: &'static str,
    group: &'static str,
    question: &'static str,
    evidence: &'static str,
    options: Vec<KnobOption>,
    default: PublishedValue,
}

#[derive(Debug, Serialize)]
struct KnobOption {
    value: PublishedValue,
    meaning: &'static str,
}

/// A configuration key.
#[derive(Debug, Serialize)]
pub struct ConfigurationKey {
    id: &'static str,
    kind: &'static str,
    meaning: &'static str,
}

/// A rule.
#[derive(Debug, Serialize)]
pub struct Rule {
    id: &'static str,
    statement: &'static str,
    strength: &'static str,
    sources: Vec<Source>,
}

/// A value of a knob or a configuration key.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum PublishedValue {
    /// A flag.
    Flag(bool),
    /// A word.
    Word(&'static str),
    /// A number, or null.
    Number(Option<u64>),
    /// A list, or null.
    Names(Option<Vec<String>>),
    /// A text, or null.
    Text(Option<String>),
}

impl From<OptionValue> for PublishedValue {
    fn from(value: OptionValue) -> Self {
        match value {
            OptionValue::Flag(flag) => Self::Flag(flag),
            OptionValue::Word(word) => Self::Word(word),
        }
    }
}

impl From<Configured> for PublishedValue {
    fn from(value: Configured) -> Self {
        match value {
            Configured::Number(number) => Self::Number(number),
            Configured::Names(names) => Self::Names(names),
            Configured::Text(text) => Self::Text(text),
        }
    }
}

fn sources(citations: &[Citation]) -> Vec<Source> {
    citations.iter().copied().map(Into::into).collect()
}

/// All tables.
#[must_use]
pub fn catalogue() -> Catalogue {
    Catalogue {
        version: env!("CARGO_PKG_VERSION"),
        profiles: PROFILES.iter().map(|profile| published(profile)).collect(),
        knobs: KNOBS
            .iter()
            .map(|knob| Knob {
                id: knob.id,
                group: knob.group.name(),
                question: knob.question,
                evidence: knob.evidence,
                options: knob
                    .options
                    .iter()
                    .map(|option| KnobOption { value: option.value.into(), meaning: option.meaning })
                    .collect(),
                default: knob.default.into(),
            })
            .collect(),
        configuration: CONFIGURATION_KEYS
            .iter()
            .map(|key| ConfigurationKey { id: key.id, kind: key.kind.name(), meaning: key.meaning })
            .collect(),
        rules: decide::rules()
            .map(|rule| Rule {
                id: rule.id,
                statement: rule.statement,
                strength: rule.strength.name(),
                sources: sources(rule.sources),
            })
            .collect(),
    }
}

fn published(profile: &crate::policy::profile::Profile) -> Profile {
    Profile {
        name: profile.name,
        title: profile.title,
        character: profile.character,
        base: profile.base.map(|base| base.name),
        sources: sources(profile.sources),
        settings: profile
            .settings
            .iter()
            .map(|entry| {
                let (id, value) = match entry.setting {
                    Setting::Knob(setting) => (setting.knob().id, setting.option().into()),
                    Setting::Configuration(id, value) => (id, Configured::from(value).into()),
                };
                let (cited, inferred) = match entry.basis {
                    Basis::Stated(citations) => (sources(citations), None),
                    Basis::Inferred(why) => (Vec::new(), Some(why)),
                };
                ProfileSetting { id, value, sources: cited, inferred }
            })
            .collect(),
    }
}

/// Every knob and configuration key of a policy with the value in force.
#[must_use]
pub fn settings(policy: &Policy) -> Vec<(&'static str, PublishedValue)> {
    let knobs = policy.knobs.settings().into_iter().map(|setting| (setting.knob().id, setting.option().into()));
    let configuration = policy.configuration.settings().into_iter().map(|(id, value)| (id, value.into()));
    knobs.chain(configuration).collect()
}

//! The tables for people: profiles, knobs, configuration keys and rules, as the package publishes them.

use serde::Serialize;

use crate::answer::Source;
use crate::decide;
use crate::input::Value;
use crate::policy::configuration::{CONFIGURATION_KEYS, Configured};
use crate::policy::knobs::KNOBS;
use crate::policy::profile::Setting;
use crate::policy::profile::StatedOrInferred::{Inferred, Stated};
use crate::policy::profiles::PROFILES;
use crate::sources::Citation;

/// Everything that the package publishes beside its functions.
#[derive(Debug, Serialize)]
pub struct Catalogue {
    /// All profiles.
    pub profiles: Vec<PublishedProfile>,
    /// All knobs.
    pub knobs: Vec<PublishedKnob>,
    /// All configuration keys.
    pub configuration: Vec<PublishedConfigurationKey>,
    /// All rules.
    pub rules: Vec<PublishedRule>,
}

/// A profile.
#[derive(Debug, Serialize)]
pub struct PublishedProfile {
    name: &'static str,
    kind: &'static str,
    title: &'static str,
    character: &'static str,
    base: Option<&'static str>,
    sources: Vec<Source>,
    settings: Vec<PublishedProfileSetting>,
}

#[derive(Debug, Serialize)]
struct PublishedProfileSetting {
    id: &'static str,
    value: Value,
    sources: Vec<Source>,
    inferred: Option<&'static str>,
}

/// A knob.
#[derive(Debug, Serialize)]
pub struct PublishedKnob {
    id: &'static str,
    group: &'static str,
    question: &'static str,
    evidence: &'static str,
    options: Vec<PublishedKnobOption>,
    default: Value,
}

#[derive(Debug, Serialize)]
struct PublishedKnobOption {
    value: Value,
    meaning: &'static str,
}

/// A configuration key.
#[derive(Debug, Serialize)]
pub struct PublishedConfigurationKey {
    id: &'static str,
    kind: &'static str,
    meaning: &'static str,
}

/// A rule.
#[derive(Debug, Serialize)]
pub struct PublishedRule {
    id: &'static str,
    statement: &'static str,
    strength: &'static str,
    sources: Vec<Source>,
    parameters: &'static [&'static str],
}

fn sources(citations: &[Citation]) -> Vec<Source> {
    citations.iter().copied().map(Into::into).collect()
}

/// All tables.
#[must_use]
pub fn catalogue() -> Catalogue {
    Catalogue {
        profiles: PROFILES.iter().map(|profile| published(profile)).collect(),
        knobs: KNOBS
            .iter()
            .map(|knob| PublishedKnob {
                id: knob.id,
                group: knob.group.name(),
                question: knob.question,
                evidence: knob.evidence,
                options: knob
                    .options
                    .iter()
                    .map(|option| PublishedKnobOption { value: option.value.into(), meaning: option.meaning })
                    .collect(),
                default: knob.default.into(),
            })
            .collect(),
        configuration: CONFIGURATION_KEYS
            .iter()
            .map(|key| PublishedConfigurationKey { id: key.id, kind: key.kind.name(), meaning: key.meaning })
            .collect(),
        rules: decide::rules()
            .map(|rule| PublishedRule {
                id: rule.id,
                statement: rule.statement.text(),
                strength: rule.strength.name(),
                sources: sources(rule.sources),
                parameters: rule.parameters,
            })
            .collect(),
    }
}

fn published(profile: &crate::policy::profile::Profile) -> PublishedProfile {
    PublishedProfile {
        name: profile.name,
        kind: profile.kind.name(),
        title: profile.about.title,
        character: profile.about.character,
        base: profile.base.map(|base| base.name),
        sources: sources(profile.about.sources),
        settings: profile
            .settings
            .iter()
            .map(|entry| {
                let (id, value) = match entry.setting {
                    Setting::Knob(setting) => (setting.id(), setting.option().into()),
                    Setting::Configuration(id, value) => (id, Configured::from(value).into()),
                };
                let (cited, inferred) = match entry.basis.of() {
                    Stated(citations) => (sources(citations), None),
                    Inferred(why) => (Vec::new(), Some(why)),
                };
                PublishedProfileSetting { id, value, sources: cited, inferred }
            })
            .collect(),
    }
}

//! The tables as they are written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use grantwise::decide::engine::Engine;
use grantwise::decide::fact::{Fact, Situation};
use grantwise::decide::rule::{RuleTable, Trace};
use grantwise::policy::knobs::{KnobSetting, Knobs, OptionValue};
use grantwise::policy::profiles::find;
use serde_json::{Value as Json, json};

/// What differs from the base: knobs and facts, by name, with the name of the value.
pub(crate) type Changes = BTreeMap<String, Json>;

/// A rule, a policy and a situation in which it takes part, and changes after which it does not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Case {
    pub(crate) rule: String,
    pub(crate) profile: String,
    pub(crate) knobs: Changes,
    pub(crate) facts: Changes,
    pub(crate) outcome: String,
    pub(crate) not: Vec<Change>,
}

impl Case {
    /// The case without each of its knobs and facts.
    pub(crate) fn without_each(&self) -> impl Iterator<Item = Self> + '_ {
        let knobs = self.knobs.keys().map(|id| {
            let mut case = self.clone();
            case.knobs.remove(id);
            case
        });
        let facts = self.facts.keys().map(|name| {
            let mut case = self.clone();
            case.facts.remove(name);
            case
        });
        knobs.chain(facts)
    }
}

/// One fact or one knob with another value.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Fact(String, Json),
    Knob(String, Json),
}

impl Change {
    /// A case with this change.
    pub(crate) fn applied(&self, case: &Case) -> Case {
        let mut case = case.clone();
        match self {
            Self::Fact(name, value) => case.facts.insert(name.clone(), value.clone()),
            Self::Knob(id, value) => case.knobs.insert(id.clone(), value.clone()),
        };
        case
    }

    fn read(json: &Json) -> Result<Self, String> {
        let of = |kind: &str| json.get(kind).and_then(Json::as_object).and_then(|members| members.iter().next());
        match (of("facts"), of("knobs")) {
            (Some((name, value)), None) => Ok(Self::Fact(name.clone(), value.clone())),
            (None, Some((id, value))) => Ok(Self::Knob(id.clone(), value.clone())),
            _ => Err(format!("no near miss: {json}")),
        }
    }

    fn written(&self) -> Json {
        match self {
            Self::Fact(name, value) => json!({ "facts": { name: value } }),
            Self::Knob(id, value) => json!({ "knobs": { id: value } }),
        }
    }
}

/// A table: the base, the cases, and the rules that never take part, with the reason.
pub(crate) struct Table<E: Engine> {
    pub(crate) base: Situation<E::Fact>,
    pub(crate) cases: Vec<Case>,
    pub(crate) never: Vec<(String, String)>,
}

/// The ids of the rules that took part.
pub(crate) fn ids<E: RuleTable>(trace: &Trace<E>) -> Vec<&'static str> {
    trace.rules().map(|rule| rule.id).collect()
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(file)
}

fn text(json: &Json, name: &str) -> String {
    json.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
}

fn members(json: &Json, name: &str) -> Changes {
    let members = json.get(name).and_then(Json::as_object);
    members
        .map(|members| members.iter().map(|(name, value)| (name.clone(), value.clone())).collect())
        .unwrap_or_default()
}

fn list<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    json.get(name).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

impl<E: Engine> Table<E> {
    /// Reads a table; its base has to name every fact.
    pub(crate) fn read(file: &str) -> Result<Self, String> {
        let content = std::fs::read_to_string(path(file)).map_err(|error| format!("{file}: {error}"))?;
        let json: Json = serde_json::from_str(&content).map_err(|error| format!("{file}: {error}"))?;
        let facts = members(&json, "base");
        if let Some(fact) = E::Fact::ALL.iter().find(|fact| !facts.contains_key(fact.name())) {
            return Err(format!("{file}: the base does not say {}", fact.name()));
        }
        let case = |json: &Json| {
            Ok(Case {
                rule: text(json, "rule"),
                profile: text(json, "profile"),
                knobs: members(json, "knobs"),
                facts: members(json, "facts"),
                outcome: text(json, "outcome"),
                not: list(json, "not").iter().map(Change::read).collect::<Result<_, String>>()?,
            })
        };
        Ok(Self {
            base: with_facts::<E>(Situation::default(), &facts)?,
            cases: list(&json, "rules").iter().map(case).collect::<Result<_, String>>()?,
            never: list(&json, "never").iter().map(|json| (text(json, "rule"), text(json, "why"))).collect(),
        })
    }

    /// The policy and the situation of a case.
    pub(crate) fn setting(&self, case: &Case) -> Result<(Knobs, Situation<E::Fact>), String> {
        let profile = find(&case.profile).ok_or_else(|| format!("{}: no profile {}", case.rule, case.profile))?;
        let (mut knobs, _) = profile.values();
        for (id, value) in &case.knobs {
            let setting = KnobSetting::all(id).into_iter().find(|setting| written(setting.option()) == *value);
            knobs.set(setting.ok_or_else(|| format!("{}: no knob {id} with {value}", case.rule))?);
        }
        Ok((knobs, with_facts::<E>(self.base, &case.facts).map_err(|fault| format!("{}: {fault}", case.rule))?))
    }

    /// Writes the table, one case on a line, in the order of the engine's rules.
    pub(crate) fn write(&self, file: &str) -> Result<(), String> {
        let order = |rule: &str| E::TABLES.iter().copied().flatten().position(|known| known.id == rule);
        let mut cases = self.cases.clone();
        cases.sort_by_key(|case| order(&case.rule));
        let cases: Vec<String> = cases.iter().map(line).collect();
        let base: Vec<String> = E::Fact::ALL
            .iter()
            .map(|fact| format!("  {}: {}", json!(fact.name()), value_of::<E>(*fact, &self.base)))
            .collect();
        let never: Vec<String> = self
            .never
            .iter()
            .map(|(rule, why)| format!("  {{\"rule\": {}, \"why\": {}}}", json!(rule), json!(why)))
            .collect();
        let mut content = String::new();
        let _ = writeln!(content, "{{\n\"base\": {{\n{}\n}},\n\"rules\": [", base.join(",\n"));
        let _ = writeln!(content, "{}\n],\n\"never\": [\n{}\n]\n}}", cases.join(",\n"), never.join(",\n"));
        std::fs::write(path(file), content).map_err(|error| format!("{file}: {error}"))
    }
}

fn line(case: &Case) -> String {
    let changes = |changes: &Changes| json!(changes);
    let not: Vec<String> = case.not.iter().map(|change| change.written().to_string()).collect();
    format!(
        "  {{\"rule\": {}, \"profile\": {}, \"knobs\": {}, \"facts\": {}, \"outcome\": {}, \"not\": [{}]}}",
        json!(case.rule),
        json!(case.profile),
        changes(&case.knobs),
        changes(&case.facts),
        json!(case.outcome),
        not.join(", ")
    )
}

/// A value of a knob, as it is written.
pub(crate) fn written(value: OptionValue) -> Json {
    match value {
        OptionValue::Flag(flag) => json!(flag),
        OptionValue::Word(word) => json!(word),
    }
}

/// A fact's value, as it is written.
pub(crate) fn value_of<E: Engine>(fact: E::Fact, situation: &Situation<E::Fact>) -> Json {
    json!(fact.value_names().get(situation.index(fact)).copied().unwrap_or_default())
}

fn with_facts<E: Engine>(situation: Situation<E::Fact>, facts: &Changes) -> Result<Situation<E::Fact>, String> {
    facts.iter().try_fold(situation, |situation, (name, value)| {
        let fact = E::Fact::ALL.iter().find(|fact| fact.name() == name).ok_or_else(|| format!("no fact {name}"))?;
        let index = fact.value_names().iter().position(|known| json!(known) == *value);
        Ok(situation.with_index(*fact, index.ok_or_else(|| format!("no value {value} of {name}"))?))
    })
}

//! Situations, as people read them: the facts that are unusual, what is decided, and an input that can be pasted.

use grantwise::Policy;
use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::engine::decide;
use grantwise::decide::fact::{Fact, Situation};
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::sample::{self, Sample};
use grantwise::explore::{Breach, Finding, Ordinary, Words};
use grantwise::policy::configuration::Configured;
use grantwise::policy::knobs::OptionValue;
use serde_json::Value;

use crate::link;
use crate::policies::Named;

/// What a component says where it says nothing.
const NOTHING: &str = "nothing";

/// A counterexample; nothing where there is none.
pub(crate) fn finding(policy: &Named, finding: &Finding) -> String {
    let in_force = Policy { knobs: policy.knobs, ..Policy::from(policy.profile) };
    match finding {
        Finding::Holds | Finding::NotClaimed | Finding::Tested(_) => String::new(),
        Finding::Authorize(breach) => self::breach::<Authorize>(policy, breach, Authorize::ordinary(), |situation| {
            let sample = sample::authorization(&in_force, situation);
            let input = json(&sample);
            let link = link::fragment(policy, &sample, &input);
            format!("{}      in the playground: {link}\n", pasted(policy, &sample, &input))
        }),
        Finding::Token(breach) => self::breach::<Token>(policy, breach, Token::ordinary(), |situation| {
            let sample = sample::token_request(&in_force, situation);
            pasted(policy, &sample, &json(&sample))
        }),
        Finding::Lifecycle(breach) => self::breach::<Lifecycle>(policy, breach, Lifecycle::ordinary(), |situation| {
            let sample = sample::occurrence(&in_force, situation);
            pasted(policy, &sample, &json(&sample))
        }),
    }
}

fn breach<E: Words>(
    policy: &Named,
    breach: &Breach<E::Fact>,
    ordinary: Situation<E::Fact>,
    input: impl Fn(&Situation<E::Fact>) -> String,
) -> String {
    let mut text = format!("    under {}, where {}\n", policy.name, differences(&breach.situation, &ordinary));
    text.push_str(&says::<E>(policy, &breach.situation));
    text.push_str(&input(&breach.situation));
    if let Some(moved) = &breach.moved {
        text.push_str(&format!("    and where {}\n", differences(moved, &breach.situation)));
        text.push_str(&says::<E>(policy, moved));
        text.push_str(&input(moved));
    }
    text
}

/// What is decided, component by component, where anything is said.
fn says<E: Words>(policy: &Named, situation: &Situation<E::Fact>) -> String {
    let decided = decide::<E, _>(&policy.knobs, situation);
    let mut text = String::new();
    for component in E::COMPONENTS {
        let words = E::words(&E::part(*component, &decided.verdict, &decided.aside));
        if words != NOTHING {
            text.push_str(&format!("      {}: {words}\n", E::component_name(*component)));
        }
    }
    text
}

/// A call with these facts, and with all others as they usually are.
pub(crate) fn example(policy: &Named, engine: &str, facts: &[(String, String)]) -> String {
    let in_force = Policy { knobs: policy.knobs, ..Policy::from(policy.profile) };
    match engine {
        Authorize::ENGINE => {
            let sample = sample::authorization(&in_force, &with_facts(Authorize::ordinary(), facts));
            pasted(policy, &sample, &json(&sample))
        }
        Token::ENGINE => {
            let sample = sample::token_request(&in_force, &with_facts(Token::ordinary(), facts));
            pasted(policy, &sample, &json(&sample))
        }
        _ => {
            let sample = sample::occurrence(&in_force, &with_facts(Lifecycle::ordinary(), facts));
            pasted(policy, &sample, &json(&sample))
        }
    }
}

/// The facts and values that this version knows, by their names.
fn with_facts<F: Fact>(situation: Situation<F>, facts: &[(String, String)]) -> Situation<F> {
    facts.iter().fold(situation, |situation, (name, value)| {
        let known = F::ALL.iter().find(|fact| fact.name() == name);
        known.map_or(situation, |fact| {
            let value = fact.value_names().iter().position(|known| known == value);
            value.map_or(situation, |value| situation.with_index(*fact, value))
        })
    })
}

fn json<F: Fact>(sample: &Sample<F>) -> Value {
    serde_json::to_value(&sample.input).unwrap_or_default()
}

/// The input as it can be handed to the package.
fn pasted<F: Fact>(policy: &Named, sample: &Sample<F>, input: &Value) -> String {
    let mut overrides = serde_json::Map::new();
    if let Some(knob) = policy.changed {
        let value = match knob.option() {
            OptionValue::Flag(flag) => Value::Bool(flag),
            OptionValue::Word(word) => Value::from(word),
        };
        overrides.insert(knob.id().to_owned(), value);
    }
    for (key, value) in &sample.configuration {
        let value = match value {
            Configured::Number(number) => Value::from(*number),
            Configured::Names(names) => {
                Value::from(names.as_ref().map(|names| names.iter().map(|name| name.to_string()).collect::<Vec<_>>()))
            }
            Configured::Text(text) => Value::from(text.as_ref().map(ToString::to_string)),
        };
        overrides.insert((*key).to_owned(), value);
    }
    let overrides = if overrides.is_empty() { String::new() } else { format!(", {}", Value::Object(overrides)) };
    let mut text = format!("      profile({:?}{overrides}).{}({input})\n", policy.profile.name, sample.call.name());
    if !sample.differs.is_empty() {
        let names: Vec<&str> = sample.differs.iter().map(|fact| fact.name()).collect();
        text.push_str(&format!("      (which has other values of {})\n", names.join(", ")));
    }
    text
}

/// A configured value, as a link has it.
pub(crate) fn setting(value: &Configured) -> String {
    match value {
        Configured::Number(number) => number.map_or_else(|| "null".to_owned(), |number| number.to_string()),
        Configured::Names(names) => names.as_ref().map_or_else(|| "null".to_owned(), |names| names.text().to_string()),
        Configured::Text(text) => text.as_ref().map_or_else(|| "null".to_owned(), ToString::to_string),
    }
}

/// In what one situation differs from another, by the names of facts and values.
pub(crate) fn differences<F: Fact>(situation: &Situation<F>, from: &Situation<F>) -> String {
    let name = |fact: &F| fact.value_names().get(situation.index(*fact)).copied().unwrap_or("?");
    let differ = F::ALL.iter().filter(|fact| situation.index(**fact) != from.index(**fact));
    let named: Vec<String> = differ.map(|fact| format!("{} is {}", fact.name(), name(fact))).collect();
    if named.is_empty() { "nothing is unusual".to_owned() } else { named.join(", ") }
}

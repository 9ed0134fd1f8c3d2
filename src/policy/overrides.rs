//! A policy from a profile's name and the caller's overrides.

use super::configuration::{CONFIGURATION_KEYS, ConfigurationKey, Configured, Kind};
use super::in_force::Policy;
use super::knobs::{KnobSetting, OptionValue};
use super::profiles;
use crate::input::{Misuse, MisuseCode, Node, Text, Value};
use crate::oauth::redirect;
use crate::oauth::response::ResponseType;
use crate::oauth::scope::Scopes;

impl Policy {
    /// A profile with overrides: an object of knob ids and configuration keys, or null.
    ///
    /// # Errors
    /// When the profile or a key is unknown, or a value is none that the key can take.
    pub fn profile(name: &str, overrides: &Value) -> Result<Self, Misuse> {
        let profile = profiles::find(name).ok_or_else(|| {
            let names: Vec<&str> = profiles::PROFILES.iter().map(|profile| profile.name).collect();
            let problem = format!("is no profile; the profiles are {}", names.join(", "));
            Misuse::new(MisuseCode::UnknownProfile, "name", &problem)
        })?;
        let mut policy = Self::from(profile);
        if matches!(overrides, Value::Null) {
            return Ok(policy);
        }
        for (id, node) in Node::root(overrides, "overrides").members()?.iter() {
            if let Some(key) = CONFIGURATION_KEYS.iter().find(|key| key.id == id) {
                policy.configuration.set(id, configured(key, node)?);
            } else {
                policy.knobs.set(setting(id, node)?);
            }
        }
        Ok(policy)
    }
}

fn setting(id: &str, node: Node<'_>) -> Result<KnobSetting, Misuse> {
    let all = KnobSetting::all(id);
    if all.is_empty() {
        // An inherited or unreadable member says more about itself than that nobody knows it.
        if matches!(node.value(), Value::Broken(_)) {
            node.text()?;
        }
        return Err(node.misuse(MisuseCode::UnknownKey, "is neither a knob nor a configuration key"));
    }
    let found = match node.value() {
        Value::Boolean(flag) => all.iter().find(|setting| setting.option() == OptionValue::Flag(*flag)),
        Value::Text(word) => {
            all.iter().find(|setting| matches!(setting.option(), OptionValue::Word(known) if word == known))
        }
        _ => {
            node.text()?;
            None
        }
    };
    found.copied().ok_or_else(|| {
        let values: Vec<String> = all
            .iter()
            .map(|setting| match setting.option() {
                OptionValue::Flag(flag) => flag.to_string(),
                OptionValue::Word(word) => format!("\"{word}\""),
            })
            .collect();
        node.misuse(MisuseCode::WrongValue, &format!("must be one of {}", values.join(", ")))
    })
}

fn configured(key: &ConfigurationKey, node: Node<'_>) -> Result<Configured, Misuse> {
    let value = (!node.is_null()).then_some(node);
    Ok(match key.kind {
        Kind::Seconds | Kind::Count => Configured::Number(value.map(Node::whole).transpose()?),
        Kind::Scopes | Kind::Names => Configured::Names(value.map(names).transpose()?),
        Kind::ResponseTypes => Configured::Names(value.map(response_types).transpose()?),
        Kind::Url => Configured::Text(value.map(address).transpose()?),
    })
}

fn names(node: Node<'_>) -> Result<Scopes, Misuse> {
    node.list()?
        .map(|item| {
            let text = item.text()?;
            if text.is_empty() || text.contains(char::is_whitespace) {
                return Err(item.misuse(MisuseCode::WrongValue, "must be one name, without spaces"));
            }
            Ok(text.clone())
        })
        .collect()
}

fn response_types(node: Node<'_>) -> Result<Scopes, Misuse> {
    node.list()?
        .map(|item| {
            let text = item.text()?;
            match ResponseType::parse(text) {
                Some(_) => Ok(text.clone()),
                None => Err(item.misuse(MisuseCode::WrongValue, "must be a response type, such as \"code id_token\"")),
            }
        })
        .collect()
}

/// An issuer identifier is an https URL without query and fragment (RFC 9207, section 2); on the developer's own machine
/// it may be an http one.
fn address(node: Node<'_>) -> Result<Text, Misuse> {
    let text = node.text()?;
    let address = redirect::split(text).is_some_and(|(scheme, authority, _)| {
        !authority.is_empty() && (scheme == "https" || (scheme == "http" && redirect::is_local(authority)))
    });
    let valid = address && !text.contains(['?', '#']) && !text.contains(|letter: char| letter.is_whitespace());
    if valid {
        Ok(text.clone())
    } else {
        Err(node.misuse(
            MisuseCode::WrongValue,
            "must be an https address (on localhost also http) without query and fragment",
        ))
    }
}

//! What each fact changes by itself: an ordinary situation with one fact otherwise, under every profile, and some with as
//! many as it takes. What differs from the ordinary one is committed: the rules that take part, and what the components say.
//!
//! `GRANTWISE_GOLDEN=write cargo test --test golden` writes the files anew.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use grantwise::Policy;
use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::engine::{decide, is_possible};
use grantwise::decide::fact::{Fact, Situation};
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::{Drawn, Ordinary, Words};
use grantwise::policy::knobs::Knobs;
use grantwise::policy::profiles::PROFILES;
use serde_json::Value as Json;

use crate::handed_over;

const FACTS: &str = "tests/golden/facts.txt";
const SAID: &str = "tests/golden/said.txt";

/// A profile, with what knobs, and what is otherwise in an ordinary situation.
type Case = (&'static str, &'static str, &'static str);

/// What it takes more than one fact, or a knob that no profile sets so, to see at the authorization endpoint.
#[rustfmt::skip]
const AUTHORIZATIONS: [Case; 43] = [
    ("online-access", r#"{"refused_scopes": "remembered"}"#, "asks_online_access=Supported prior_grant=ThisClient"),
    ("online-access", r#"{"refused_scopes": "remembered"}"#, "asks_online_access=Supported prior_grant=ThisClient online_refused_before=yes"),
    ("online-access", r#"{"online_access_needs_consent": true}"#, "asks_online_access=Supported prior_grant=ThisClient ordinary_scopes=AllGranted unrefused_scopes=AllGranted"),
    ("online-access", r#"{"online_access_needs_consent": true}"#, "asks_online_access=Supported online_granted_before=yes prior_grant=ThisClient ordinary_scopes=AllGranted unrefused_scopes=AllGranted"),
    ("online-access", r#"{"online_access_needs_consent": false}"#, "asks_online_access=Supported openid=no ordinary_scopes=NoneAsked unrefused_scopes=NoneAsked"),
    ("online-access", r#"{"online_access_needs_consent": false}"#, "asks_online_access=Supported openid=no ordinary_scopes=NoneAsked unrefused_scopes=NoneAsked prior_grant=ThisClient"),
    ("online-access", r#"{"online_access_needs_consent": false}"#, "asks_online_access=Supported asks_offline_access=Supported prompt_consent=yes openid=no ordinary_scopes=NoneAsked unrefused_scopes=NoneAsked"),
    ("openid-core", r#"{"saved_consent_is_condition": "if_recent"}"#, "asks_offline_access=Supported prior_grant=ThisClient offline_granted_before=yes saved_consent=ExplicitRecent"),
    ("openid-core", r#"{"saved_consent_is_condition": "if_recent"}"#, "asks_offline_access=Supported prior_grant=ThisClient offline_granted_before=yes saved_consent=ExplicitOld"),
    ("openid-core", r#"{"saved_consent_is_condition": "if_recent"}"#, "asks_offline_access=Supported prior_grant=ThisClient saved_consent=ExplicitRecent"),
    ("openid-core", r#"{"unknown_response_type_placement": "fragment_if_contains_token"}"#, "response_type=Unknown response_type_supported=no response_type_registered=no"),
    ("openid-core", r#"{"unknown_response_type_placement": "fragment_if_contains_token"}"#, "response_type=UnknownWithToken response_type_supported=no response_type_registered=no"),
    ("openid-core", r#"{"unknown_response_type_placement": "query"}"#, "response_type=UnknownWithToken response_type_supported=no response_type_registered=no"),
    ("openid-core", r#"{"id_token_needs_openid": "granted"}"#, "response_type=CodeIdToken openid=no nonce=yes"),
    ("openid-core", r#"{"id_token_needs_openid": "granted"}"#, "openid=no nonce=yes"),
    ("openid-core", r#"{"id_token_needs_openid": "requested"}"#, "response_type=CodeIdToken openid=no"),
    ("openid-core", r#"{"consent_required": false, "prompt_consent_on_trusted_client": "skip"}"#, "prompt_consent=yes"),
    ("openid-core", r#"{"consent_required": false, "prompt_consent_on_trusted_client": "ask"}"#, "prompt_consent=yes"),
    ("openid-core", r#"{"consent_required": true, "prompt_consent_on_trusted_client": "skip"}"#, "prompt_consent=yes"),
    ("openid-core", r#"{"access_denied_for": "nothing"}"#, "prompt_none=yes consent_answer=Denied"),
    ("openid-core", r#"{"access_denied_for": "nothing"}"#, "consent_answer=Denied"),
    ("openid-core", r#"{"access_denied_for": "nothing"}"#, "signed_in=no login_answer=Denied"),
    ("openid-core", r#"{"access_denied_for": "nothing"}"#, "prompt_none=yes signed_in=no"),
    ("grant-management", "{}", "grant_action=Create prior_grant=ThisClient consent_answer=Approved"),
    ("grant-management", "{}", "grant_action=Create consent_answer=Approved"),
    ("grant-management", "{}", "grant_action=Replace grant_id=Theirs prior_grant=ThisClient consent_answer=Approved"),
    ("google-2012", r#"{"offline_request": "scope", "refresh_token_on_auto_approval": "never"}"#, "asks_offline_access=Supported prior_grant=ThisClient offline_granted_before=yes ordinary_scopes=AllGranted unrefused_scopes=AllGranted"),
    ("google-2012", "{}", "access_type=Offline prior_grant=ThisClient ordinary_scopes=AllGranted unrefused_scopes=AllGranted"),
    ("google-2012", "{}", "access_type=Offline consent_answer=Approved"),
    ("google-2012", "{}", "access_type=Offline refresh_grant_registered=no prior_grant=ThisClient ordinary_scopes=AllGranted unrefused_scopes=AllGranted"),
    ("google-2012", "{}", "access_type=Offline refresh_grant_registered=no consent_answer=Approved"),
    ("google-2012", "{}", "access_type=Offline application_type=Native refresh_grant_registered=no consent_answer=Approved"),
    ("google-2012", "{}", "application_type=Native refresh_grant_registered=no consent_answer=Approved"),
    ("google-2012", r#"{"native_offline_by_default": false, "refresh_token_without_offline": true, "default_refresh_token_binding": "until_revoked"}"#, "access_type=Online application_type=Native consent_answer=Approved"),
    ("google-2012", r#"{"access_type_on_native": "honour", "refresh_token_without_offline": true, "default_refresh_token_binding": "until_revoked"}"#, "access_type=Online application_type=Native consent_answer=Approved"),
    ("openid-core", r#"{"saved_consent_is_condition": true, "refresh_token_on_auto_approval": "never"}"#, "asks_offline_access=Supported offline_granted_before=yes prior_grant=ThisClient ordinary_scopes=AllGranted unrefused_scopes=AllGranted"),
    ("openid-core", r#"{"access_denied_for": "nothing", "prompt_none_error_code": "interaction_required"}"#, "prompt_none=yes prior_grant=ThisClient ordinary_scopes=AllGranted unrefused_scopes=AllGranted consent_answer=Denied"),
    ("openid-core", r#"{"access_denied_for": "nothing", "prompt_none_error_code": "interaction_required"}"#, "consent_answer=Denied"),
    ("salesforce", "{}", "asks_refresh_token_scope=Supported consent_answer=Approved"),
    ("salesforce", r#"{"online_access_scope": true, "both_online_offline": "error"}"#, "asks_online_access=Supported asks_refresh_token_scope=Supported"),
    ("salesforce", "{}", "asks_offline_access=Supported consent_answer=Approved"),
    ("salesforce", "{}", "asks_offline_access=Supported asks_refresh_token_scope=Supported consent_answer=Approved"),
    ("google-2012", "{}", "access_type=Online application_type=Native consent_answer=Approved"),
];

/// The same at the token endpoint.
#[rustfmt::skip]
const TOKEN_REQUESTS: [Case; 4] = [
    ("online-access", r#"{"session_dead_at_exchange": "access_token_only"}"#, "due=Session session_alive=no"),
    ("online-access", r#"{"session_dead_at_exchange": "full"}"#, "due=Session session_alive=no"),
    ("auth0", "{}", "grant_type=RefreshToken presented=Theirs stored=Dead elapsed=yes"),
    ("auth0", "{}", "grant_type=RefreshToken presented=Theirs elapsed=yes"),
];

fn policy(profile: &str, overrides: &str) -> Result<Knobs, Box<dyn Error>> {
    let overrides = handed_over(&serde_json::from_str::<Json>(overrides)?);
    Ok(Policy::profile(profile, &overrides).map_err(|misuse| misuse.to_string())?.knobs)
}

/// A situation with some facts otherwise, each written as `fact=value`.
fn with<F: Fact>(situation: Situation<F>, otherwise: &str) -> Result<Situation<F>, Box<dyn Error>> {
    otherwise.split_whitespace().try_fold(situation, |situation, one| {
        let (name, value) = one.split_once('=').ok_or("a fact has a value")?;
        let fact = F::ALL.iter().find(|fact| fact.name() == name).ok_or_else(|| format!("there is no fact {name}"))?;
        let value = fact.value_names().iter().position(|known| *known == value);
        Ok(situation.with_index(*fact, value.ok_or_else(|| format!("{one}: there is no such value"))?))
    })
}

/// Every rule that took part, and what each component says; of a refusal, what it says at all.
fn told<E: Words>(policy: &Knobs, situation: &Situation<E::Fact>) -> BTreeSet<String> {
    let decided = decide::<E, _>(policy, situation);
    let parts =
        E::COMPONENTS.iter().map(|component| (component, E::part(*component, &decided.verdict, &decided.aside)));
    let parts = parts.filter(|(_, part)| !E::refuses(&decided.verdict) || !E::says_nothing(part));
    let said = parts.map(|(component, part)| format!("{}: {}", E::component_name(*component), E::words(&part)));
    decided.trace.rules().map(|rule| rule.id.to_owned()).chain(said).collect()
}

/// What differs from an ordinary situation: what is new, and, unless it is refused, the rules that no longer take part.
fn changed<E: Words + Ordinary>(policy: &Knobs, situation: &Situation<E::Fact>) -> String {
    let (before, now) = (told::<E>(policy, &E::ordinary()), told::<E>(policy, situation));
    let refused = E::refuses(&decide::<E, _>(policy, situation).verdict);
    let gone = before.difference(&now).filter(|one| !refused && !one.contains(": "));
    let gone = gone.map(|rule| format!("not {rule}"));
    now.difference(&before).cloned().chain(gone).collect::<Vec<_>>().join("; ")
}

/// A line for each situation that differs from an ordinary one in one fact, and for each group of profiles where that
/// changes the same.
fn facts_alone<E: Words + Ordinary>() -> Vec<String> {
    let mut lines = Vec::new();
    for fact in E::Fact::ALL {
        for (value, name) in fact.value_names().iter().enumerate() {
            let situation = E::ordinary().with_index(*fact, value);
            if situation == E::ordinary() || !is_possible::<E>(&situation) {
                continue;
            }
            let mut profiles: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for profile in PROFILES {
                let changed = changed::<E>(&profile.values().0, &situation);
                profiles.entry(changed).or_default().push(profile.name);
            }
            // Where nothing changes nothing is said.
            for (changed, profiles) in profiles.iter().filter(|(changed, _)| !changed.is_empty()) {
                lines.push(format!("{} {}={name} [{}]: {changed}", E::ENGINE, fact.name(), profiles.join(" ")));
            }
        }
    }
    lines
}

/// Two facts of a situation that exclude each other.
fn impossible<E: Words>(situation: &Situation<E::Fact>) -> Option<String> {
    let holds = |(fact, value): (E::Fact, usize)| situation.index(fact) == value;
    let pair = E::IMPOSSIBLE.iter().find(|pair| holds(pair.one) && holds(pair.other))?;
    let name = |(fact, value): (E::Fact, usize)| {
        format!("{}={}", fact.name(), fact.value_names().get(value).copied().unwrap_or_default())
    };
    Some(format!("{} with {}", name(pair.one), name(pair.other)))
}

fn together<E: Words + Ordinary>(cases: &[Case]) -> Result<Vec<String>, Box<dyn Error>> {
    let line = |(profile, overrides, otherwise): &Case| {
        let policy = policy(profile, overrides)?;
        let situation = with(E::ordinary(), otherwise)?;
        if let Some(pair) = impossible::<E>(&situation) {
            return Err(format!("{otherwise}: {pair} does not occur").into());
        }
        let changed = changed::<E>(&policy, &situation);
        Ok(format!("{} {otherwise} [{profile} {overrides}]: {changed}", E::ENGINE))
    };
    cases.iter().map(line).collect()
}

/// Compares with what is committed, or commits it.
fn is_committed(file: &str, now: &[String]) -> Result<(), Box<dyn Error>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var("GRANTWISE_GOLDEN").is_ok_and(|what| what == "write") {
        return Ok(std::fs::write(path, now.join("\n") + "\n")?);
    }
    let committed = std::fs::read_to_string(path)?;
    let committed: Vec<&str> = committed.lines().collect();
    for (one, other) in committed.iter().zip(now) {
        assert_eq!(one, other, "committed and now; GRANTWISE_GOLDEN=write writes {file} anew");
    }
    assert_eq!(committed.len(), now.len(), "{file}");
    assert!(now.len() > 200, "{file}");
    Ok(())
}

#[test]
fn what_a_fact_changes_is_the_committed_change() -> Result<(), Box<dyn Error>> {
    let mut lines = facts_alone::<Authorize>();
    lines.extend(facts_alone::<Token>());
    lines.extend(facts_alone::<Lifecycle>());
    lines.extend(together::<Authorize>(&AUTHORIZATIONS)?);
    lines.extend(together::<Token>(&TOKEN_REQUESTS)?);
    is_committed(FACTS, &lines)
}

/// Draws situations under every profile and collects what the components say, and of which aspects.
fn said<E: Words + Ordinary>(lines: &mut BTreeSet<String>) {
    let mut drawn = Drawn::new(0x5A1D);
    for profile in PROFILES {
        let policy = profile.values().0;
        for number in 0..1500 {
            // Near an ordinary one more is reached; far from it there is what is rare.
            let near = number % 15 != 0;
            let situation = if near { drawn.near_ordinary::<E>() } else { drawn.situation::<E>(&policy) };
            let decided = decide::<E, _>(&policy, &situation);
            let refuses = if E::refuses(&decided.verdict) { ", and refuses" } else { "" };
            for component in E::COMPONENTS {
                let part = E::part(*component, &decided.verdict, &decided.aside);
                let nothing = if E::says_nothing(&part) { " nothing" } else { "" };
                for (aspect, word) in E::aspects(part) {
                    let name = E::component_name(*component);
                    let word = word.unwrap_or("(nothing)");
                    lines.insert(format!("{} {name} says{nothing} {aspect}: {word}{refuses}", E::ENGINE));
                }
            }
        }
    }
}

#[test]
fn the_words_of_each_aspect_are_the_committed_ones() -> Result<(), Box<dyn Error>> {
    let mut lines = BTreeSet::new();
    said::<Authorize>(&mut lines);
    said::<Token>(&mut lines);
    said::<Lifecycle>(&mut lines);
    is_committed(SAID, &lines.into_iter().collect::<Vec<_>>())
}

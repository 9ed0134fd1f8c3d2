//! The words of other schools: whatever a decision neither sets aside nor refuses, it acts on.

use std::collections::BTreeSet;

use grantwise::Policy;
use grantwise::input::Value;
use grantwise::policy::knobs::{
    DefaultRefreshTokenBinding, KnobSetting, Knobs, NativeOfflineByDefault, OfflineRequest, OnlineAccessScope,
    OptionValue, RefreshTokenWithoutOffline, SmartLaunch,
};
use grantwise::policy::profiles::{PROFILES, find};
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Value as Json, json};

use crate::calls::{CALLBACK, Call, NOW, call};
use crate::input::{at, cases, handed_over, items, text};

/// A word, and the parameters that it consists of; a scope is added to those of the request.
const WORDS: [(&str, &[(&str, &str)]); 20] = [
    ("access_type=offline", &[("access_type", "offline")]),
    ("access_type=online", &[("access_type", "online")]),
    ("access_type=sometimes", &[("access_type", "sometimes")]),
    ("approval_prompt=force", &[("approval_prompt", "force")]),
    ("approval_prompt=auto", &[("approval_prompt", "auto")]),
    ("approval_prompt=never", &[("approval_prompt", "never")]),
    ("prompt=force", &[("prompt", "force")]),
    ("prompt=auto", &[("prompt", "auto")]),
    ("prompt=login", &[("prompt", "login")]),
    ("prompt=consent", &[("prompt", "consent")]),
    ("prompt=select_account", &[("prompt", "select_account")]),
    ("scope=offline_access", &[("scope", "offline_access")]),
    ("scope=online_access", &[("scope", "online_access")]),
    ("scope=refresh_token", &[("scope", "refresh_token")]),
    ("include_granted_scopes=true", &[("include_granted_scopes", "true")]),
    ("include_granted_scopes=false", &[("include_granted_scopes", "false")]),
    ("grant_management_action=create", &[("grant_management_action", "create")]),
    ("grant_management_action=merge", &[("grant_management_action", "merge"), ("grant_id", "g1")]),
    ("grant_id", &[("grant_id", "g1")]),
    ("launch", &[("launch", "xyz")]),
];

/// Requests that get somewhere, of clients of every kind, with and without a grant.
fn requests() -> Vec<(String, Json)> {
    let clients = [("web", "client_secret_basic"), ("native", "none"), ("browser", "none")];
    let grants = [
        ("nothing", Json::Null),
        (
            "everything",
            json!({ "scope": "openid email profile offline_access", "offline": true, "grant_id": "g1", "client_id": "c1", "sub": "alice" }),
        ),
    ];
    let kinds = [("code", "openid email"), ("token", "openid email"), ("code", "email")];
    let mut all = Vec::new();
    for ((application, method), (granted, grant)) in
        clients.iter().flat_map(|client| grants.iter().map(move |grant| (client, grant)))
    {
        for (response_type, scope) in kinds {
            all.push((
                format!("{response_type}, {scope}, {application}, {granted} granted"),
                json!({
                    "request": {
                        "client_id": "c1", "redirect_uri": CALLBACK, "response_type": response_type, "scope": scope,
                        "nonce": "n", "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        "code_challenge_method": "S256",
                    },
                    "client": {
                        "client_id": "c1", "redirect_uris": [CALLBACK], "application_type": application,
                        "token_endpoint_auth_method": method, "response_types": ["code", "token"],
                        "grant_types": ["authorization_code", "implicit", "refresh_token"],
                    },
                    "session": { "sid": "s1", "sub": "alice", "auth_time": NOW.saturating_sub(60) },
                    "grant": grant,
                    "now": NOW,
                }),
            ));
        }
    }
    all
}

/// The same request with these parameters.
fn asking(input: &Json, parameters: &[(&str, &str)]) -> Json {
    let mut input = input.clone();
    for (name, value) in parameters {
        if let Some(request) = input.get_mut("request").and_then(Json::as_object_mut) {
            let value = match *name {
                "scope" => format!("{} {value}", request.get("scope").and_then(Json::as_str).unwrap_or_default()),
                _ => (*value).to_owned(),
            };
            request.insert((*name).to_owned(), json!(value));
        }
    }
    input
}

/// What is decided, without what explains it.
fn decided(policy: &Policy, input: &Json) -> Json {
    let decision = policy.authorize(&handed_over(input)).ok().and_then(|decision| serde_json::to_value(decision).ok());
    let mut decision = decision.unwrap_or_default();
    if let Some(members) = decision.as_object_mut() {
        members.remove("trace");
        members.remove("summary");
        members.remove("situation");
    }
    decision
}

/// The same without a scope, wherever it stands.
fn without(json: &Json, word: &str) -> Json {
    match json {
        Json::String(text) => json!(text.split(' ').filter(|scope| *scope != word).collect::<Vec<_>>().join(" ")),
        Json::Array(items) => {
            let kept = items.iter().filter(|item| item.as_str() != Some(word) && text(item, "scope") != word);
            Json::Array(kept.map(|item| without(item, word)).collect())
        }
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), without(value, word))).collect())
        }
        other => other.clone(),
    }
}

/// Whether a decision says that a word was set aside: each of its parameters.
fn is_set_aside(decision: &Json, parameters: &[(&str, &str)]) -> bool {
    parameters.iter().all(|(name, value)| {
        items(decision, "ignored")
            .iter()
            .any(|ignored| text(ignored, "param") == *name && text(ignored, "value") == *value)
    })
}

/// Words that say what is so anyway, and requests in which there is nothing for a word to do.
fn says_what_is_so_anyway(word: &str, knobs: &Knobs, input: &Json) -> bool {
    let nothing_granted = at(input, "grant").is_null();
    let native = text(input, "client.application_type") == "native";
    match word {
        // The defaults of their vocabularies.
        "access_type=online" | "approval_prompt=auto" | "prompt=auto" | "include_granted_scopes=false" => true,
        // There is nothing to include.
        "include_granted_scopes=true" => nothing_granted,
        // An installed app has offline access in any case.
        "access_type=offline" => native && knobs.native_offline_by_default == NativeOfflineByDefault::Yes,
        // The refresh token that comes without it outlives the session, too, and its page was answered before.
        "scope=offline_access" => {
            !nothing_granted
                && knobs.refresh_token_without_offline == RefreshTokenWithoutOffline::Yes
                && knobs.default_refresh_token_binding == DefaultRefreshTokenBinding::UntilRevoked
        }
        // The server resolves the context that it names; that it is not set aside is all that there is to decide.
        "launch" => knobs.smart_launch == SmartLaunch::Yes,
        _ => false,
    }
}

/// Every profile, every word of any school, request by request: what is neither refused nor set aside changes the
/// decision, unless it says what is so anyway.
#[test]
fn a_word_is_refused_set_aside_or_acted_on() {
    let mut faults = Vec::new();
    let mut acted_on = BTreeSet::new();
    for profile in PROFILES {
        let policy = Policy::profile(profile.name, &Value::Null).expect("a policy");
        for (name, input) in requests() {
            let plain = decided(&policy, &input);
            for (word, parameters) in WORDS {
                let asked = decided(&policy, &asking(&input, parameters));
                if text(&asked, "outcome") == "error" || is_set_aside(&asked, parameters) {
                    continue;
                }
                let scope = word.strip_prefix("scope=").unwrap_or("no scope");
                if without(&plain, scope) != without(&asked, scope) {
                    acted_on.insert(word);
                } else if !says_what_is_so_anyway(word, &profile.values().0, &input) {
                    faults.push(format!("{}: {word} does nothing in {name}", profile.name));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    // Each word is acted on somewhere, but for defaults, for a value that nobody knows, and where the server acts.
    let nowhere: Vec<&str> = WORDS.iter().map(|(word, _)| *word).filter(|word| !acted_on.contains(word)).collect();
    let expected = [
        "access_type=online",
        "access_type=sometimes",
        "approval_prompt=auto",
        "approval_prompt=never",
        "prompt=auto",
        "include_granted_scopes=false",
        "grant_id",
        "launch",
    ];
    assert_eq!(nowhere, expected);
}

/// Scopes that mean offline or online access somewhere, and that have this meaning under a policy.
fn meaningful(knobs: &Knobs) -> Vec<&'static str> {
    let mut meaningful = match knobs.offline_request {
        OfflineRequest::Scope => vec!["offline_access"],
        OfflineRequest::ScopeOrRefreshToken => vec!["offline_access", "refresh_token"],
        OfflineRequest::AccessType | OfflineRequest::None => Vec::new(),
    };
    if knobs.online_access_scope == OnlineAccessScope::Yes {
        meaningful.push("online_access");
    }
    meaningful
}

proptest! {
    #![proptest_config(cases(1500))]

    /// A page offers, a decision grants and a token carries no scope for offline or online access where the policy gives
    /// it no meaning, unless the server's configuration names it among its scopes. What was granted before and is
    /// included now is the user's own.
    #[test]
    fn no_page_offers_what_has_no_meaning(mut call in call(), words in subsequence(vec!["offline_access", "online_access", "refresh_token"], 1..=3)) {
        for (_, scope) in call.parameters.iter_mut().filter(|(name, _)| name == "scope") {
            scope.push(' ');
            scope.push_str(&words.join(" "));
        }
        let (policy, decision) = (call.policy()?, call.decision()?);
        let named = at(&call.overrides, "scopes_supported").as_array();
        let had = text(&call.grant, "scope").split(' ').collect::<Vec<_>>();
        let knobs = knobs_of(&policy, &call)?;
        for word in ["offline_access", "online_access", "refresh_token"] {
            if meaningful(&knobs).contains(&word) || named.is_some_and(|named| named.contains(&json!(word))) {
                continue;
            }
            let listed: Vec<&Json> = items(&decision, "consent.scopes").iter().filter(|scope| text(scope, "scope") == word).collect();
            prop_assert!(listed.is_empty(), "{word} on the page: {decision}");
            if !had.contains(&word) {
                prop_assert!(!items(&decision, "scope.granted").contains(&json!(word)), "{word} granted: {decision}");
            }
        }
    }
}

/// The knobs of a call's policy.
fn knobs_of(policy: &Policy, call: &Call) -> Result<Knobs, TestCaseError> {
    let profile = find(call.profile).ok_or_else(|| TestCaseError::fail("no profile"))?;
    let mut knobs = profile.values().0;
    for (id, value) in grantwise::policy::published::settings(policy) {
        let value = serde_json::to_value(value).unwrap_or_default();
        let setting = KnobSetting::all(id).into_iter().find(|setting| match setting.option() {
            OptionValue::Flag(flag) => json!(flag) == value,
            OptionValue::Word(word) => json!(word) == value,
        });
        setting.into_iter().for_each(|setting| knobs.set(setting));
    }
    Ok(knobs)
}

//! Requests: any string is one, and what it says does not depend on the order in which it says it.

use std::collections::{BTreeMap, BTreeSet};

use grantwise::Policy;
use grantwise::input::{Broken, Text, Value};
use grantwise::oauth::parameters::{Limits, Parameter, Parameters, encode};
use grantwise::policy::profiles;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::calls::{CALLBACK, Call, NOW, call, parameters, profile, query};
use crate::input::{as_sets, at, cases, decide, handed_over, items, samples, text, words};

const OUTCOMES: [&str; 6] = ["error", "login", "reauthenticate", "select_account", "consent", "issue"];

/// Bytes of a request that are read where the policy sets no limit.
const LONGEST_QUERY: usize = 8192;

const NAMES: [&str; 12] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "prompt",
    "request",
    "max_age",
    "id_token_hint",
    "response_mode",
    "grant_id",
    "__proto__",
];

/// What decoders stumble over.
const FRAGMENTS: [&str; 24] = [
    "%",
    "%2",
    "%zz",
    "%ff",
    "%00",
    "%e2%82%ac",
    "%c0%ae",
    "%%",
    "%u0041",
    "+",
    "&",
    "&&",
    "=",
    "?",
    "#",
    "/",
    "://",
    "\r\n",
    "\0",
    "é",
    "\u{202e}",
    "a",
    "c1",
    "code",
];

/// Names and values in any state of decay.
fn damaged() -> impl Strategy<Value = String> {
    let piece = || prop_oneof![3 => select(FRAGMENTS.to_vec()), 2 => select(NAMES.to_vec())].prop_map(str::to_owned);
    let rubble = vec(piece(), 0..12).prop_map(|pieces| pieces.concat());
    (vec((prop_oneof![3 => select(NAMES.to_vec()).prop_map(str::to_owned), 1 => piece()], rubble), 0..8), any::<bool>())
        .prop_map(|(pairs, sound)| {
            let mut all: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
            if sound {
                all.push(format!("client_id=c1&redirect_uri={CALLBACK}"));
            }
            all.join("&")
        })
}

/// Any text that somebody may send as a request.
fn request() -> impl Strategy<Value = String> {
    let start = select(vec!["", "?", "/authorize?", "https://as.example/authorize?", "https://as.example/authorize"]);
    let body = prop_oneof![
        2 => any::<String>(),
        4 => damaged(),
        4 => parameters().prop_map(|parameters| query(&parameters)),
        1 => (damaged(), 1_usize..3000).prop_map(|(text, times)| text.repeat(times).chars().take(20_000).collect()),
    ];
    let end = prop_oneof![6 => Just(""), 1 => Just("#fragment?a=b"), 1 => Just("&"), 1 => Just("%")];
    (start, body, end).prop_map(|(start, body, end)| format!("{start}{body}{end}"))
}

fn surroundings(request: Value, session: Json) -> Value {
    let mut input = json!({
        "client": {
            "client_id": "c1",
            "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token"],
        },
        "session": session,
        "grant": { "scope": "openid email" },
        "now": NOW,
    });
    if let Some(members) = input.as_object_mut().filter(|_| matches!(request, Value::Null)) {
        members.remove("request");
    }
    match handed_over(&input) {
        Value::Members(mut members) => {
            members.push(("request".into(), request));
            Value::Members(members)
        }
        other => other,
    }
}

/// Whatever a caller may hand over by mistake.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        any::<f64>().prop_map(Value::Number),
        any::<String>().prop_map(Value::from),
        select(vec!["alice", "c1", CALLBACK, "openid", "consent", "approved"]).prop_map(Value::from),
        select(vec![Broken::LoneSurrogate, Broken::Unreadable, Broken::Inherited, Broken::NotData, Broken::TooDeep])
            .prop_map(Value::Broken),
    ];
    let name = select(vec![
        "request",
        "client",
        "trust",
        "session",
        "grant",
        "conditions",
        "circumstances",
        "id_token_hint",
        "answers",
        "now",
        "sub",
        "auth_time",
        "scope",
        "screen",
        "result",
        "shown",
        "scopes",
        "client_id",
        "redirect_uris",
        "basis",
        "mint",
        "response",
        "placement",
        "state",
        "code",
    ]);
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::List),
            vec((name.clone().prop_map(Text::from), inner), 0..8).prop_map(Value::Members),
        ]
    })
}

proptest! {
    #![proptest_config(cases(1000))]

    /// Any string as a request is a decision: nothing throws, nothing panics.
    #[test]
    fn any_string_is_a_decision(request in request(), profile in profile(), signed_in: bool) {
        let session = if signed_in { json!({ "sub": "alice", "auth_time": NOW }) } else { Json::Null };
        let policy = Policy::profile(profile, &Value::Null)?;
        let decision = decide(&policy, &surroundings(Value::from(request.clone()), session))?;
        prop_assert!(OUTCOMES.contains(&text(&decision, "outcome")));
        prop_assert!(!text(&decision, "summary").is_empty());
        if request.len() > LONGEST_QUERY.saturating_add(60) && !request.contains('#') {
            // Whatever stands before the query is shorter than that.
            prop_assert_eq!(text(&decision, "error.placement"), "page", "a longer query is not read");
        }
    }

    /// Any call is a decision, with whatever else the caller knows, and under any policy.
    #[test]
    fn any_call_is_a_decision(call in call()) {
        let decision = call.decision()?;
        prop_assert!(OUTCOMES.contains(&text(&decision, "outcome")));
    }

    /// Whatever a caller hands over is a decision or misuse, never a panic.
    #[test]
    fn any_input_is_a_decision_or_misuse(input in anything(), other in anything(), profile in profile()) {
        let policy = Policy::profile(profile, &Value::Null)?;
        let _either = policy.authorize(&input);
        let _either = policy.authorize(&surroundings(input.clone(), json!({ "sub": "alice", "auth_time": NOW })));
        let _either = Policy::profile(profile, &input);
        let _either = grantwise::authorize::location(&input, &other);
        let _either = grantwise::authorize::form(&input, &other, &Value::Null);
    }

    /// The order of parameters has no meaning, and neither has that of the words in a list: scopes, values of
    /// prompt, words of a response type.
    #[test]
    fn order_never_matters((call, shuffled) in call().prop_flat_map(|call| (Just(call.clone()), shuffled(call)))) {
        prop_assert_eq!(as_sets(&call.decision()?), as_sets(&shuffled.decision()?));
    }

    /// What is read of a query is written and read again without a change.
    #[test]
    fn parse_after_format_is_identity(request in request()) {
        let parameters = read(&request);
        prop_assume!(!parameters.malformed() && !parameters.repeated() && !parameters.too_long());
        let formatted = format(&parameters);
        // What is sent unencoded grows when it is encoded.
        prop_assume!(formatted.len() <= LONGEST_QUERY);
        let again = read(&formatted);
        prop_assert_eq!(sent(&parameters), sent(&again));
        prop_assert!(!again.malformed() && !again.repeated() && !again.too_long());
        prop_assert_eq!(format(&again), formatted);
    }

    /// What is sent arrives: names and values are decoded to what they were.
    #[test]
    fn format_before_parse_is_identity(parameters in parameters()) {
        let read = read(&query(&parameters));
        for (name, value) in &parameters {
            let Some(parameter) = Parameter::named(name) else { continue };
            let same: Vec<&String> =
                parameters.iter().filter(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value).collect();
            let expected = (same.len() == 1).then_some(value.as_str()).filter(|value| !value.is_empty());
            if same.len() <= 1 && !value.is_empty() {
                prop_assert_eq!(read.text(parameter), expected);
            } else if same.len() > 1 {
                prop_assert_eq!(read.text(parameter), None);
                prop_assert!(read.repeated());
            }
        }
    }

    /// An error says nothing of tokens, of granted scopes or of what was ignored, and stores nothing but what was refused,
    /// where that is remembered; it reaches the client only where the redirect URI is one of the client's own.
    #[test]
    fn an_error_gives_nothing(call in call()) {
        let decision = call.decision()?;
        if text(&decision, "outcome") != "error" {
            prop_assert!(at(&decision, "error").is_null());
            return Ok(());
        }
        prop_assert!(at(&decision, "tokens").is_null());
        prop_assert!(items(&decision, "scope.granted").is_empty());
        prop_assert!(items(&decision, "ignored").is_empty());
        let remembers = at(&settings(&call), "refused_scopes") == "remembered";
        for effect in items(&decision, "effects") {
            prop_assert!(remembers && text(effect, "kind") == "grant" && !at(effect, "record.refused").is_null());
        }
        let redirected = !matches!(text(&decision, "error.placement"), "page" | "http_400");
        prop_assert_eq!(redirected, !at(&decision, "response").is_null());
        prop_assert!(items(&decision, "response.mint").is_empty());
        prop_assert_eq!(at(&decision, "response.error"), if redirected { at(&decision, "error.code") } else { &Json::Null });
    }

    /// With prompt=none no page is shown, under every policy that knows the word.
    #[test]
    fn prompt_none_shows_no_page(mut call in call()) {
        call.parameters.retain(|(name, _)| name != "prompt");
        call.parameters.push(("prompt".to_owned(), "none".to_owned()));
        if at(&settings(&call), "prompt_vocabulary") != "none" {
            let decision = call.decision()?;
            prop_assert!(matches!(text(&decision, "outcome"), "error" | "issue"), "{}", decision);
        }
    }

    /// A refresh token is redeemed for a code: where none is returned, the token endpoint returns nothing at all.
    #[test]
    fn no_refresh_token_without_a_code(call in call()) {
        let decision = call.decision()?;
        let code = at(&decision, "tokens.front_channel.code") == &json!(true);
        prop_assert_eq!(code, !at(&decision, "tokens.token_endpoint").is_null());
        let asked = call.sent("response_type");
        if code {
            prop_assert!(asked.iter().any(|asked| words(asked).contains(&"code")));
        }
        if text(&decision, "outcome") == "issue" {
            prop_assert_eq!(items(&decision, "response.mint").contains(&json!("code")), code);
        }
    }

    /// What the tokens are good for is what was granted, no more; the access token of the front channel may have less.
    /// An ID Token needs the scope openid, and a scope that differs from the request is reported.
    #[test]
    fn tokens_carry_what_was_granted(call in call()) {
        let decision = call.decision()?;
        if at(&decision, "tokens").is_null() {
            return Ok(());
        }
        let granted: BTreeSet<&str> = items(&decision, "scope.granted").iter().filter_map(Json::as_str).collect();
        let scope = |path: &str| words(text(&decision, path)).into_iter().collect::<BTreeSet<_>>();
        if !at(&decision, "tokens.token_endpoint").is_null() {
            prop_assert_eq!(&scope("tokens.token_endpoint.access_token.scope"), &granted);
            let requested: BTreeSet<&str> = items(&decision, "scope.requested").iter().filter_map(Json::as_str).collect();
            prop_assert!(granted == requested || at(&decision, "scope.must_report") == &json!(true));
        }
        if !at(&decision, "tokens.token_endpoint.refresh_token").is_null() {
            prop_assert_eq!(&scope("tokens.token_endpoint.refresh_token.scope"), &granted);
        }
        prop_assert!(scope("tokens.front_channel.access_token.scope").is_subset(&granted));
        for id_token in ["tokens.front_channel.id_token", "tokens.token_endpoint.id_token"] {
            let needs_openid = at(&settings(&call), "id_token_needs_openid") == "granted";
            prop_assert!(at(&decision, id_token) != &json!(true) || granted.contains("openid") || !needs_openid);
        }
    }

    /// What is stored is what was decided: the code has the tokens' scope and lives for as long as is configured, and
    /// each record is this user's and this client's. Only an issued response stores anything, and an answer that refuses
    /// everything, where that is remembered.
    #[test]
    fn records_say_what_was_decided(call in call()) {
        let decision = call.decision()?;
        let effects = items(&decision, "effects");
        let remembers = at(&settings(&call), "refused_scopes") == "remembered";
        prop_assert!(effects.is_empty() || text(&decision, "outcome") == "issue" || remembers);
        for effect in effects {
            let reached = if text(effect, "effect") == "store" { "record" } else { "where" };
            let record = at(effect, reached);
            prop_assert_eq!((text(record, "client_id"), text(record, "sub")), ("c1", "alice"));
            if reached == "record" && text(effect, "kind") == "code" {
                prop_assert_eq!(at(record, "refresh_token"), at(&decision, "tokens.token_endpoint.refresh_token"));
                prop_assert_eq!(at(record, "access_token"), at(&decision, "tokens.token_endpoint.access_token"));
                prop_assert_eq!(words(text(record, "scope")), words(text(record, "access_token.scope")));
                prop_assert_eq!(at(record, "redirect_uri"), at(&decision, "response.redirect_uri"));
                let lifetime = at(&settings(&call), "code_lifetime_s").as_u64();
                prop_assert_eq!(at(record, "expires_at").as_u64(), lifetime.map(|seconds| NOW.saturating_add(seconds)));
                prop_assert_eq!(at(record, "auto_approved") == &json!(true), at(&decision, "consent").is_null());
                if at(&settings(&call), "grant_model") != "multiple" {
                    // What was ignored is not stored either.
                    prop_assert!(at(record, "grant_management_action").is_null() && at(record, "grant_id").is_null());
                }
            }
        }
        if text(&decision, "outcome") == "issue" {
            let stored = |effect: &&Json| text(effect, "effect") == "store" && text(effect, "kind") == "code";
            let code = effects.iter().any(|effect| stored(&effect));
            prop_assert_eq!(code, at(&decision, "tokens.front_channel.code") == &json!(true));
        }
    }

    /// No refresh token for a client that did not register the grant type, and none under a policy that issues none.
    #[test]
    fn no_refresh_token_against_registration_or_policy(mut call in call(), by_policy: bool) {
        if by_policy {
            call.overrides["issue_refresh_tokens"] = json!(false);
        } else {
            call.overrides["unregistered_refresh_grant"] = json!("ignore");
            call.client["grant_types"] = json!(["authorization_code", "implicit"]);
        }
        call.overrides["offline_scope_without_code"] = json!("dropped");
        let decision = call.decision()?;
        prop_assert!(at(&decision, "tokens.token_endpoint.refresh_token").is_null());
        for effect in items(&decision, "effects") {
            prop_assert!(at(effect, "record.refresh_token").is_null());
            prop_assert!(at(effect, "record.offline") != &json!(true) || at(&call.grant, "offline") == &json!(true));
        }
        for scope in ["offline_access", "online_access"] {
            let known = at(&settings(&call), "offline_request") == "scope" || scope == "online_access";
            let ordinary = scope == "online_access" && at(&settings(&call), "online_access_scope") != &json!(true);
            if known && !ordinary {
                prop_assert!(!items(&decision, "scope.granted").contains(&json!(scope)), "{}", decision);
            }
        }
    }
}

/// The same call in another order.
fn shuffled(call: Call) -> impl Strategy<Value = Call> {
    let words = |text: &str| -> Vec<String> { text.split(' ').map(ToOwned::to_owned).collect() };
    let pairs: Vec<_> = call
        .parameters
        .iter()
        .map(|(name, value)| {
            let list = matches!(name.as_str(), "scope" | "prompt" | "response_type");
            let parts = if list { words(value) } else { vec![value.clone()] };
            (Just(name.clone()), Just(parts).prop_shuffle().prop_map(|parts| parts.join(" ")))
        })
        .collect();
    let granted = Just(words(text(&call.grant, "scope"))).prop_shuffle();
    (pairs.prop_shuffle(), granted).prop_map(move |(parameters, granted)| {
        let mut call = Call { parameters, ..call.clone() };
        if let Some(scope) = call.grant.get_mut("scope") {
            *scope = json!(granted.join(" "));
        }
        call
    })
}

/// What is read of a request where a policy sets no limits of its own.
fn read(request: &str) -> Parameters {
    Parameters::parse(&Text::from(request), Limits { bytes: LONGEST_QUERY, parameters: 1000 })
}

fn format(parameters: &Parameters) -> String {
    let pairs: Vec<String> =
        parameters.sent().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

fn sent(parameters: &Parameters) -> Vec<(&str, &str)> {
    parameters.sent().collect()
}

/// The value of every knob of the call's policy.
fn settings(call: &Call) -> Json {
    let Ok(policy) = call.policy() else { return Json::Null };
    let knobs = grantwise::policy::published::settings(&policy);
    serde_json::to_value(knobs.into_iter().collect::<BTreeMap<_, _>>()).unwrap_or_default()
}

/// The properties above mean something: calls drawn at random come to every outcome under every profile, and to every
/// place where a response or an error is put.
#[test]
fn every_outcome_is_drawn() {
    let mut outcomes = BTreeMap::<String, usize>::new();
    let mut issued_under = BTreeSet::new();
    let mut places = BTreeSet::new();
    for call in samples(call(), 4000) {
        let decision = call.decision().expect("a decision");
        let outcome = text(&decision, "outcome").to_owned();
        if outcome == "issue" {
            issued_under.insert(call.profile);
        }
        for path in ["error.placement", "response.placement"] {
            places.insert(format!("{outcome} {}", text(&decision, path)));
        }
        *outcomes.entry(outcome).or_default() += 1;
    }
    assert_eq!(outcomes.keys().collect::<Vec<_>>().len(), OUTCOMES.len(), "{outcomes:?}");
    assert!(outcomes.values().all(|count| *count > 4), "{outcomes:?}");
    assert_eq!(issued_under.len(), profiles::PROFILES.len(), "{issued_under:?}");
    for place in ["query", "fragment", "form_post"] {
        assert!(places.contains(&format!("issue {place}")) && places.contains(&format!("error {place}")), "{places:?}");
    }
    assert!(places.contains("error page") && places.contains("error http_400"), "{places:?}");
}

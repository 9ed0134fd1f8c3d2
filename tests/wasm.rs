//! What must also hold inside WebAssembly, in Node and in a browser: the engine as it is compiled for them, where a
//! `usize` has 32 bits, decides as the one on the host does, and is as strict.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise; clippy does not know these functions for tests"
)]

use grantwise::Policy;
use grantwise::authorize::{form, location};
use grantwise::input::{Broken, MisuseCode, Text, Value};
use grantwise::oauth::error::ErrorCode;
use grantwise::policy::profiles::PROFILES;
use serde_json::{Value as Json, json};
use wasm_bindgen_test::wasm_bindgen_test;

const NOW: u64 = 1_700_000_000;
const REQUEST: &str = "https://as.example/authorize?response_type=code&client_id=c1&state=a%26b\
    &redirect_uri=https%3A%2F%2Fclient.example%2Fcb&scope=openid+email+offline_access&prompt=consent";

/// Without the words of one school.
const PLAIN_REQUEST: &str = "https://as.example/authorize?response_type=code&client_id=c1&state=a%26b\
    &redirect_uri=https%3A%2F%2Fclient.example%2Fcb&scope=openid+email&code_challenge_method=S256\
    &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Boolean(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::from(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(members) => {
            Value::Members(members.iter().map(|(name, member)| (name.clone().into(), value(member))).collect())
        }
    }
}

fn policy(name: &str, overrides: &Json) -> Policy {
    Policy::profile(name, &value(overrides)).expect("a policy")
}

/// A first visit of a user who is signed in, with other members where `changes` has them.
fn visit(changes: &Json) -> Json {
    let mut input = json!({
        "request": REQUEST,
        "client": {
            "client_id": "c1",
            "redirect_uris": ["https://client.example/cb"],
            "grant_types": ["authorization_code", "refresh_token"],
        },
        "session": { "sub": "alice", "auth_time": NOW - 60 },
        "now": NOW,
    });
    for (name, member) in changes.as_object().into_iter().flatten() {
        input[name] = member.clone();
    }
    input
}

fn decide(policy: &Policy, input: &Json) -> Json {
    let decision = policy.authorize(&value(input)).expect("a decision");
    serde_json::to_value(&decision).expect("JSON")
}

/// The same after the page that comes was approved, if one comes.
fn approved(policy: &Policy, mut input: Json) -> Json {
    let asked = decide(policy, &input);
    if asked["outcome"] == "consent" {
        input["answers"] = json!([{ "screen": "consent", "result": "approved", "shown": asked["consent"] }]);
    }
    decide(policy, &input)
}

#[wasm_bindgen_test]
fn every_profile_makes_a_policy() {
    assert_eq!(PROFILES.len(), 35);
    for profile in PROFILES {
        assert_eq!(policy(profile.name, &json!({})).profile.name, profile.name);
    }
}

/// Under every profile a first visit is asked about, and an approval gives a code.
#[wasm_bindgen_test]
fn every_profile_asks_and_issues() {
    for profile in PROFILES {
        let policy = policy(profile.name, &json!({ "consent_required": true }));
        let asked = decide(&policy, &visit(&json!({ "request": PLAIN_REQUEST })));
        assert_eq!(asked["outcome"], "consent", "{}: {}", profile.name, asked["summary"]);
        let answer = json!({ "screen": "consent", "result": "approved", "shown": asked["consent"] });
        let issued = decide(&policy, &visit(&json!({ "request": PLAIN_REQUEST, "answers": [answer] })));
        assert_eq!(issued["outcome"], "issue", "{}: {}", profile.name, issued["summary"]);
        assert_eq!(issued["response"]["mint"], json!(["code"]), "{}", profile.name);
    }
}

/// From nobody signed in to the redirect, and every string of it.
#[wasm_bindgen_test]
fn a_whole_conversation() {
    let policy = policy("openid-core", &json!({ "issuer": "https://as.example", "access_token_lifetime_s": 600 }));
    assert_eq!(decide(&policy, &visit(&json!({ "session": null })))["outcome"], "login");

    let asked = decide(&policy, &visit(&json!({})));
    assert_eq!(
        asked["consent"]["scopes"],
        json!([
            { "scope": "openid", "status": "new", "optional": false },
            { "scope": "email", "status": "new", "optional": true },
            { "scope": "offline_access", "status": "new", "optional": true },
        ])
    );
    assert_eq!(asked["consent"]["offline_access"], true);

    let answer = json!({ "screen": "consent", "result": "approved", "shown": asked["consent"] });
    let issued = decide(&policy, &visit(&json!({ "answers": [answer] })));
    assert_eq!(issued["tokens"]["token_endpoint"]["access_token"]["expires_in"], 600);
    assert_eq!(issued["tokens"]["token_endpoint"]["refresh_token"]["binding"], "offline");
    assert_eq!(
        location(&value(&issued), &value(&json!({ "code": "x/y" }))).expect("a redirect"),
        "https://client.example/cb?code=x%2Fy&state=a%26b&iss=https%3A%2F%2Fas.example"
    );
}

#[wasm_bindgen_test]
fn a_form_is_escaped() {
    let input = visit(&json!({
        "request": format!("{REQUEST}&response_mode=form_post").replace("a%26b", "%22%3E%3Cscript%3E"),
        "grant": { "scope": "openid email offline_access" },
    }));
    let issued = approved(&policy("openid-core", &json!({})), input);
    let (minted, options) = (json!({ "code": "c" }), json!({ "nonce": "c29tZQ==" }));
    let form = form(&value(&issued), &value(&minted), &value(&options)).expect("a form");
    assert!(form.html.ends_with("<script nonce=\"c29tZQ==\">document.forms[0].submit()</script></body></html>"));
    assert!(form.html.contains("value=\"&quot;&gt;&lt;script&gt;\""), "{}", form.html);
    assert_eq!(form.html.matches("<script").count(), 1);
}

/// Times and durations have 64 bits, though addresses have 32.
#[wasm_bindgen_test]
fn long_times_are_kept() {
    let centuries = 90_000_000_000_u64;
    let lifetimes = json!({
        "access_token_lifetime_s": centuries,
        "code_lifetime_s": 9_007_199_254_740_991_u64,
        "offline_refresh_token_absolute_lifetime_s": centuries,
    });
    let input = visit(&json!({
        "now": NOW + centuries,
        "request": format!("{REQUEST}&max_age=99999999999999999999"),
    }));
    let issued = approved(&policy("openid-core", &lifetimes), input);
    let tokens = &issued["tokens"]["token_endpoint"];
    assert_eq!(tokens["access_token"]["expires_in"], centuries);
    assert_eq!(tokens["refresh_token"]["lifetime"], json!({ "kind": "fixed", "seconds": centuries }));
    let code = issued["effects"].as_array().expect("effects").iter().find(|effect| effect["kind"] == "code");
    let code = &code.expect("a code")["record"];
    assert_eq!(code["issued_at"], NOW + centuries);
    // What ends later than any time that can be read has no end.
    assert_eq!(code["expires_at"], Json::Null);
}

/// Whatever a request says is a decision.
#[wasm_bindgen_test]
fn any_request_is_a_decision() {
    let long = "x".repeat(100_000);
    for request in ["", "?", "&&&", "=", "%", "%zz", "%ff=%fe", "client_id", "\0", "\u{202e}=é", long.as_str()] {
        let decision = decide(&policy("openid-core", &json!({})), &visit(&json!({ "request": request })));
        assert_eq!(decision["outcome"], "error", "{request:.20}");
        assert_eq!(decision["error"]["placement"], "page", "{request:.20}");
    }
}

/// Misuse is told with a code and the path of the field, and the next call works.
#[wasm_bindgen_test]
fn misuse_is_refused_with_its_place() {
    let policy = policy("openid-core", &json!({}));
    let refused = [
        (json!({ "sesion": null }), MisuseCode::UnknownKey, "sesion"),
        (json!({ "session": { "sub": "alice", "auth_tme": 1 } }), MisuseCode::UnknownKey, "session.auth_tme"),
        (json!({ "session": { "sub": "alice" } }), MisuseCode::MissingKey, "session.auth_time"),
        (
            json!({ "session": { "sub": "alice", "auth_time": NOW + 6 } }),
            MisuseCode::Contradiction,
            "session.auth_time",
        ),
        (json!({ "grant": { "scope": ["openid"] } }), MisuseCode::WrongType, "grant.scope"),
        (json!({ "now": 0.5 }), MisuseCode::WrongValue, "now"),
        (json!({ "now": -1 }), MisuseCode::WrongValue, "now"),
        (json!({ "now": 9_007_199_254_740_992_u64 }), MisuseCode::WrongValue, "now"),
        (json!({ "answers": [{ "screen": "consent", "result": "yes" }] }), MisuseCode::WrongValue, "answers[0].result"),
        (json!({ "request": 7 }), MisuseCode::WrongType, "request"),
    ];
    for (changes, code, path) in refused {
        let misuse = policy.authorize(&value(&visit(&changes))).expect_err(path);
        assert_eq!((misuse.code(), misuse.path()), (code, path), "{misuse}");
        assert_eq!(decide(&policy, &visit(&json!({})))["outcome"], "consent");
    }
    let unknown = Policy::profile("openid", &Value::Null).expect_err("no such profile");
    assert_eq!((unknown.code(), unknown.path()), (MisuseCode::UnknownProfile, "name"));
    let knob = Policy::profile("openid-core", &value(&json!({ "auto_aproval": true }))).expect_err("no such knob");
    assert_eq!((knob.code(), knob.path()), (MisuseCode::UnknownKey, "overrides.auto_aproval"));
}

/// What the boundary found to be no data is refused where it is read; in a request it is malformed encoding.
#[wasm_bindgen_test]
fn broken_values_are_refused() {
    let policy = policy("openid-core", &json!({}));
    let with = |name: &str, member: Value| match value(&visit(&json!({}))) {
        Value::Members(members) => {
            let others = members.into_iter().filter(|(known, _)| known != name);
            Value::Members(others.chain([(Text::from(name), member)]).collect())
        }
        other => other,
    };
    for (broken, code) in [
        (Broken::LoneSurrogate, MisuseCode::MalformedString),
        (Broken::Unreadable, MisuseCode::Unreadable),
        (Broken::Inherited, MisuseCode::NotOwnProperty),
        (Broken::NotData, MisuseCode::WrongType),
        (Broken::TooDeep, MisuseCode::TooDeep),
    ] {
        let session = Value::Members(vec![
            (Text::from("sub"), Value::Broken(broken)),
            (Text::from("auth_time"), Value::Number(1.0)),
        ]);
        let misuse = policy.authorize(&with("session", session)).expect_err("a broken subject");
        assert_eq!((misuse.code(), misuse.path()), (code, "session.sub"), "{misuse}");
    }
    let surrogate = Value::Members(vec![
        (Text::from("client_id"), Value::from("c1")),
        (Text::from("state"), Value::Broken(Broken::LoneSurrogate)),
    ]);
    let decision = policy.authorize(&with("request", surrogate)).expect("a decision");
    assert_eq!(decision.error.and_then(|error| error.code), Some(ErrorCode::InvalidRequest));
}

/// What the platform's own JSON makes of an input decides as what Rust's makes of it: numbers, letters and their order.
#[wasm_bindgen_test]
fn the_platforms_values_decide_as_ours() {
    let policy = policy("openid-core", &json!({}));
    let input = visit(&json!({ "session": { "sub": "\u{65e5}\u{672c} \u{1f600}", "auth_time": NOW - 60 } }));
    let parsed = js_sys::JSON::parse(&input.to_string()).expect("JSON");
    let handed_over: Json = serde_wasm_bindgen::from_value(parsed).expect("an input");
    let decision = decide(&policy, &handed_over);
    assert_eq!(decision, decide(&policy, &input));
    assert_eq!(decision["consent"]["sub"], input["session"]["sub"]);
}

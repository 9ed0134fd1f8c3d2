//! Every endpoint at random: what is done to stored records is asked for by a rule that took part.

use std::collections::BTreeMap;

use grantwise::Policy;
use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::engine::{Engine, is_possible};
use grantwise::input::{Misuse, Value};
use grantwise::token::token_response;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::calls::{CALLBACK, NOW, call, overrides, profile, scope_text};
use crate::input::{at, cases, handed_over, items, samples, text};

/// A call of an endpoint beside the authorization endpoint.
#[derive(Clone, Debug)]
struct Asked {
    endpoint: &'static str,
    profile: &'static str,
    overrides: Json,
    /// The record whose status is asked; null elsewhere.
    record: Json,
    input: Json,
}

impl Asked {
    fn decision(&self) -> Result<Json, TestCaseError> {
        fn written<T: Serialize>(made: Result<T, Misuse>) -> Result<Json, TestCaseError> {
            let made = made.map_err(|misuse| TestCaseError::fail(format!("misuse: {misuse}")))?;
            serde_json::to_value(&made).map_err(|error| TestCaseError::fail(error.to_string()))
        }
        let policy = Policy::profile(self.profile, &handed_over(&self.overrides))?;
        let input: Value = handed_over(&self.input);
        match self.endpoint {
            "exchange" => written(policy.exchange(&input)),
            "refresh" => written(policy.refresh(&input)),
            "revoke" => written(policy.revoke(&input)),
            "event" => written(policy.event(&input)),
            "manage_grant" => written(policy.manage_grant(&input)),
            _ => written(policy.status(&handed_over(&self.record), &input)),
        }
    }
}

fn mostly() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.9)
}

fn client() -> impl Strategy<Value = Json> {
    let client = (
        select(vec!["web", "web", "native", "browser"]),
        select(vec!["client_secret_basic", "none"]),
        mostly(),
        option::weighted(0.2, Just("testing")),
    )
        .prop_map(|(application_type, method, refresh_token, publishing_status)| {
            let mut grant_types = vec!["authorization_code", "client_credentials"];
            grant_types.extend(refresh_token.then_some("refresh_token"));
            json!({
                "client_id": "c1", "redirect_uris": [CALLBACK], "application_type": application_type,
                "token_endpoint_auth_method": method, "grant_types": grant_types,
                "publishing_status": publishing_status,
            })
        });
    prop_oneof![1 => Just(Json::Null), 20 => client]
}

fn session() -> impl Strategy<Value = Json> {
    let session = json!({ "sid": "sid1", "sub": "alice", "auth_time": NOW.saturating_sub(600) });
    prop_oneof![1 => Just(Json::Null), 3 => Just(session)]
}

fn binding() -> impl Strategy<Value = &'static str> {
    select(vec!["session", "offline"])
}

/// A code that was issued a minute ago.
fn code() -> impl Strategy<Value = Json> {
    let refresh_token = option::weighted(0.8, (binding(), select(vec!["none", "replaced", "added"])));
    (
        (scope_text(), mostly(), mostly(), any::<bool>(), any::<bool>()),
        refresh_token,
        (select(vec!["active", "active", "active", "active", "used", "revoked"]), mostly()),
        (option::weighted(0.2, select(vec!["merge", "replace", "create"])), option::weighted(0.3, Just("g1"))),
    )
        .prop_map(|((scope, theirs, alive, challenge, sent), refresh_token, (status, same), (action, grant_id))| {
            let refresh_token = refresh_token.map(|(binding, rotation)| {
                json!({ "scope": scope, "binding": binding, "lifetime": { "kind": "unspecified" }, "rotation": rotation })
            });
            json!({
                "v": 1, "id": "code1", "client_id": if theirs { "c1" } else { "c9" }, "sub": "alice", "sid": "sid1",
                "redirect_uri": if same { CALLBACK } else { "https://client.example/other" }, "redirect_uri_sent": sent,
                "scope": scope, "requested_scope": scope, "status": status,
                "access_token": { "scope": scope, "expires_in": 600, "binding": "session" },
                "id_token": true, "refresh_token": refresh_token, "auto_approved": false, "nonce": null,
                "auth_time": NOW.saturating_sub(600), "code_challenge": challenge.then_some("x"),
                "code_challenge_method": challenge.then_some("plain"), "grant_management_action": action,
                "grant_id": grant_id, "basis": null, "issued_at": NOW.saturating_sub(60),
                "expires_at": if alive { NOW.saturating_add(60) } else { NOW.saturating_sub(1) },
            })
        })
}

/// A token that was issued an hour ago.
fn token(kind: &'static str) -> impl Strategy<Value = Json> {
    let superseded = if kind == "refresh_token" { "superseded" } else { "revoked" };
    (
        (scope_text(), mostly(), binding(), select(vec!["active", "active", "active", "active", superseded, "revoked", "expired"])),
        (select(vec!["web", "native", "browser"]), select(vec!["confidential", "public"]), option::weighted(0.8, Just("code1"))),
        (option::weighted(0.3, Just("g1")), prop::bool::weighted(0.2), option::weighted(0.3, select(vec![0, 7200])), 0_u64..600),
    )
        .prop_map(move |((scope, theirs, binding, status), (application_type, client_type, family), (grant_id, bound, end, since))| {
            let superseded_at = (status == "superseded").then(|| NOW.saturating_sub(since));
            json!({
                "v": 1, "id": "t1", "kind": kind, "client_id": if theirs { "c1" } else { "c9" },
                "application_type": application_type, "client_type": client_type, "sub": "alice", "sid": "sid1",
                "family": family, "grant_id": grant_id, "scope": scope, "binding": binding, "status": status,
                "auth": "password", "auth_time": NOW.saturating_sub(4000), "basis": null, "sender_constrained": bound,
                "issued_at": NOW.saturating_sub(3600), "authorized_at": NOW.saturating_sub(3600),
                "expires_at": end.map(|seconds: u64| NOW.saturating_sub(60).saturating_add(seconds)),
                "last_used_at": null, "superseded_at": superseded_at,
            })
        })
}

fn parameters(needed: Json, maybe: &'static [(&'static str, &'static str)]) -> impl Strategy<Value = Json> {
    (mostly(), proptest::sample::subsequence(maybe.to_vec(), 0..=maybe.len())).prop_map(move |(whole, more)| {
        let mut request = if whole { needed.clone() } else { json!({}) };
        if let Some(members) = request.as_object_mut() {
            members.extend(more.into_iter().map(|(name, value)| (name.to_owned(), json!(value))));
        }
        request
    })
}

fn exchange() -> impl Strategy<Value = Json> {
    let by_code = json!({ "grant_type": "authorization_code", "code": "x", "redirect_uri": CALLBACK });
    let for_itself = json!({ "grant_type": "client_credentials" });
    let request = prop_oneof![
        8 => parameters(by_code, &[("code_verifier", "v"), ("existing_grant", "y")]),
        1 => parameters(for_itself, &[("scope", "email"), ("scope", "unheard of")]),
    ];
    let existing = option::weighted(0.5, token("refresh_token"));
    ((request, client(), mostly()), (prop_oneof![12 => code(), 1 => Just(Json::Null)], session(), existing), (mostly(), any::<bool>()))
        .prop_map(|((request, client, authenticated), (code, session, existing), (fits, bound))| {
            let sent = |name| !at(&request, name).is_null();
            let existing = existing.filter(|_| sent("existing_grant")).unwrap_or_default();
            let code = if sent("code") { code } else { Json::Null };
            let fits = fits && sent("code_verifier");
            json!({
                "client": client, "client_authenticated": authenticated, "session": session, "existing_grant": existing,
                "code": code, "code_verifier_matches": fits, "sender_constrained": bound, "auth": "password", "now": NOW,
                "request": request,
            })
        })
}

fn refresh() -> impl Strategy<Value = Json> {
    let request = parameters(json!({ "grant_type": "refresh_token", "refresh_token": "x" }), &[("scope", "email")]);
    let token = prop_oneof![12 => token("refresh_token"), 1 => Just(Json::Null)];
    (request, client(), mostly(), token, session(), mostly(), any::<bool>()).prop_map(
        |(request, client, authenticated, token, session, proof, id_token)| {
            let token = if at(&request, "refresh_token").is_null() { Json::Null } else { token };
            json!({
                "client": client, "client_authenticated": authenticated, "refresh_token": token, "session": session,
                "sender_proof": proof, "id_token": id_token, "now": NOW, "request": request,
            })
        },
    )
}

fn revoke() -> impl Strategy<Value = Json> {
    let token = prop_oneof![6 => token("refresh_token"), 6 => token("access_token"), 1 => Just(Json::Null)];
    (parameters(json!({ "token": "x" }), &[]), client(), mostly(), token).prop_map(|(request, client, authenticated, token)| {
        let token = if at(&request, "token").is_null() { Json::Null } else { token };
        json!({ "request": request, "client": client, "client_authenticated": authenticated, "token": token, "now": NOW })
    })
}

fn event() -> impl Strategy<Value = Json> {
    let ends = select(vec!["logout", "session_timeout", "admin_ends_session", "switch_account"])
        .prop_map(|event| json!({ "event": event, "session": { "sid": "sid1", "sub": "alice" }, "now": NOW }));
    let rp = (session(), option::of(Just("alice")), option::of(select(vec!["yes", "no"]))).prop_map(
        |(session, hint, answer)| {
            let mut input = json!({ "event": "rp_initiated_logout", "session": session, "now": NOW });
            if let Some(members) = input.as_object_mut() {
                members.extend(hint.map(|sub| ("id_token_hint".to_owned(), json!({ "sub": sub }))));
                members.extend(answer.map(|answer| ("user_answer".to_owned(), json!(answer))));
            }
            input
        },
    );
    let named = select(vec!["user_revokes_app", "issue_refresh_token"])
        .prop_map(|event| json!({ "event": event, "sub": "alice", "client_id": "c1", "now": NOW }));
    let server = token("refresh_token")
        .prop_map(|token| json!({ "event": "as_revokes_refresh_token", "token": token, "now": NOW }));
    prop_oneof![
        3 => ends,
        3 => rp,
        2 => named,
        1 => Just(json!({ "event": "password_change", "sub": "alice", "now": NOW })),
        1 => server,
        1 => Just(json!({ "event": "condition_withdrawn", "basis": "employment_contract", "now": NOW })),
    ]
}

fn manage_grant() -> impl Strategy<Value = Json> {
    let grant = option::weighted(0.8, mostly().prop_map(|theirs| {
        json!({ "grant_id": "g1", "client_id": if theirs { "c1" } else { "c9" }, "sub": "alice", "scope": "email" })
    }));
    let scope = select(vec!["grant_management_query grant_management_revoke", "email"]);
    (select(vec!["GET", "DELETE"]), grant, scope).prop_map(|(method, grant, scope)| {
        json!({ "method": method, "grant": grant, "client_id": "c1", "scope": scope, "now": NOW })
    })
}

fn asked() -> impl Strategy<Value = Asked> {
    let record = prop_oneof![code(), token("access_token"), token("refresh_token"), Just(Json::Null)];
    let context =
        (session(), client()).prop_map(|(session, client)| json!({ "session": session, "client": client, "now": NOW }));
    let call = prop_oneof![
        4 => exchange().prop_map(|input| ("exchange", Json::Null, input)),
        4 => refresh().prop_map(|input| ("refresh", Json::Null, input)),
        2 => revoke().prop_map(|input| ("revoke", Json::Null, input)),
        2 => event().prop_map(|input| ("event", Json::Null, input)),
        1 => manage_grant().prop_map(|input| ("manage_grant", Json::Null, input)),
        2 => (record, context).prop_map(|(record, context)| ("status", record, context)),
    ];
    let more = prop_oneof![
        2 => Just(json!({})),
        1 => overrides(),
        1 => Just(json!({ "max_refresh_tokens_per_client_and_user": 2, "reuse_grace_s": 60 })),
    ];
    (profile(), more, call).prop_map(|(profile, overrides, (endpoint, record, input))| Asked {
        endpoint,
        profile,
        overrides,
        record,
        input,
    })
}

fn rules(decision: &Json) -> Vec<&str> {
    items(decision, "trace").iter().map(|entry| text(entry, "rule")).collect()
}

/// Every effect names a rule of the trace.
fn effects_have_rules(decision: &Json) -> Result<(), TestCaseError> {
    for effect in items(decision, "effects") {
        prop_assert!(rules(decision).contains(&text(effect, "rule")), "{effect} of {:?}", rules(decision));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(3000))]

    /// The authorization endpoint: every effect is asked for by a rule that took part, and the call's situation can occur.
    #[test]
    fn effects_of_an_authorization_have_rules(call in call()) {
        effects_have_rules(&call.decision()?)?;
        let situation = call.policy()?.authorize_situation(&handed_over(&call.arguments()));
        let situation = situation.map_err(|misuse| TestCaseError::fail(misuse.to_string()))?;
        let clash = Authorize::IMPOSSIBLE.iter().find(|pair| {
            situation.index(pair.one.0) == pair.one.1 && situation.index(pair.other.0) == pair.other.1
        });
        prop_assert!(is_possible::<Authorize>(&situation), "{clash:?} {situation:?}");
    }

    /// The other endpoints: every effect is asked for by a rule that took part. A refusal says why and gives no tokens;
    /// who gives tokens stores them; a record that is dead is so by a rule whose sentence is told.
    #[test]
    fn effects_of_other_endpoints_have_rules(asked in asked()) {
        let decision = asked.decision()?;
        effects_have_rules(&decision)?;
        let stored = |kind| items(&decision, "effects").iter().filter(|effect| text(effect, "effect") == "store" && text(effect, "kind") == kind).count();
        if matches!(asked.endpoint, "exchange" | "refresh") {
            let tokens = text(&decision, "outcome") == "tokens";
            prop_assert_eq!(tokens, at(&decision, "access_token").is_object());
            prop_assert_eq!(stored("access_token"), usize::from(tokens), "{}", decision);
            prop_assert_eq!(stored("refresh_token"), usize::from(at(&decision, "refresh_token").is_object()));
            prop_assert!(!rules(&decision).is_empty());
        }
        if asked.endpoint == "status" {
            let alive = at(&decision, "alive") == &json!(true);
            prop_assert_eq!(alive, at(&decision, "because").is_null());
            prop_assert_eq!(alive, rules(&decision).is_empty(), "{}", decision);
            let statements = items(&decision, "trace").iter().map(|entry| text(entry, "statement"));
            prop_assert!(alive || statements.into_iter().any(|statement| statement == text(&decision, "because")));
        }
    }
}

/// The tokens that a response names or has.
const KINDS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

/// What is said over HTTP is what the decision says.
fn responds_as_decided(decision: &Json, response: &Json) -> Result<(), TestCaseError> {
    let status = at(response, "status").as_u64().unwrap_or_default();
    let refused = text(decision, "outcome") == "error";
    prop_assert_eq!(refused, status >= 400, "{}", decision);
    prop_assert_eq!(text(response, "headers.Cache-Control"), "no-store");
    prop_assert_eq!(at(response, "body").is_object(), text(response, "headers.Content-Type") == "application/json");
    prop_assert_eq!(matches!(status, 401 | 403), at(response, "headers.WWW-Authenticate").is_string());
    prop_assert_eq!(at(response, "body.error"), at(decision, "error.code"));
    let description =
        if at(decision, "error.code").is_null() { &Json::Null } else { at(decision, "error.description") };
    prop_assert_eq!(at(response, "body.error_description"), description);
    Ok(())
}

proptest! {
    #![proptest_config(cases(2000))]

    /// The response of the token endpoint names the tokens that the decision gives, and takes these and no others; that
    /// of a revocation or of a grant is there, and that of an event is not.
    #[test]
    fn a_response_says_what_its_decision_says(asked in asked()) {
        let decision = asked.decision()?;
        let response = at(&decision, "response");
        if !matches!(asked.endpoint, "exchange" | "refresh") {
            prop_assert_eq!(response.is_object(), matches!(asked.endpoint, "revoke" | "manage_grant"));
            return if response.is_object() { responds_as_decided(&decision, response) } else { Ok(()) };
        }
        responds_as_decided(&decision, response)?;
        let due: Vec<&str> = KINDS.into_iter().filter(|kind| at(&decision, kind).is_object()).collect();
        prop_assert_eq!(at(response, "mint"), &json!(due));
        for chosen in 0_u8..8 {
            let given: Vec<&str> =
                (0_u8..).zip(KINDS).filter(|(bit, _)| chosen >> bit & 1 == 1).map(|(_, kind)| kind).collect();
            let minted: Json = given.iter().map(|kind| ((*kind).to_owned(), json!(format!("the {kind}")))).collect();
            let sent = token_response(&handed_over(&decision), &handed_over(&minted));
            prop_assert_eq!(sent.is_ok(), given == due, "{} for {}", minted, decision);
            let Ok(sent) = sent else { continue };
            let sent = serde_json::to_value(&sent).map_err(|error| TestCaseError::fail(error.to_string()))?;
            for kind in KINDS {
                prop_assert_eq!(at(&sent, &format!("body.{kind}")), at(&minted, kind));
            }
            prop_assert_eq!(at(&sent, "body.scope").is_string(), at(&decision, "scope.must_report") == &json!(true));
            prop_assert_eq!(at(&sent, "body.expires_in"), at(&decision, "access_token.expires_in"));
            prop_assert_eq!(at(&sent, "body.token_type").is_string(), given.contains(&"access_token"));
            prop_assert_eq!(at(&sent, "headers"), at(response, "headers"));
        }
    }
}

/// The properties above mean something: calls drawn at random come to every outcome of every endpoint.
#[test]
fn every_outcome_of_every_endpoint_is_drawn() {
    let mut drawn = BTreeMap::<String, usize>::new();
    for asked in samples(asked(), 3000) {
        let decision = asked.decision().expect("a decision");
        let outcome = match asked.endpoint {
            "status" => text(&decision, "status"),
            _ => text(&decision, "outcome"),
        };
        *drawn.entry(format!("{} {outcome}", asked.endpoint)).or_default() += 1;
        for effect in items(&decision, "effects") {
            *drawn.entry(format!("{} {}", text(effect, "effect"), text(effect, "kind"))).or_default() += 1;
        }
    }
    for expected in [
        "exchange tokens",
        "exchange error",
        "refresh tokens",
        "refresh error",
        "revoke done",
        "revoke error",
        "manage_grant done",
        "manage_grant error",
        "status active",
        "status expired",
        "status revoked",
        "status superseded",
        "status used",
        "status unknown",
        "store access_token",
        "store refresh_token",
        "consume code",
        "consume refresh_token",
        "end refresh_token",
        "end access_token",
        "end session",
        "remove grant",
        "update refresh_token",
    ] {
        assert!(drawn.get(expected).is_some_and(|count| *count > 5), "{expected}: {drawn:#?}");
    }
}

//! Faults that there were: each has a test that failed when it was found, under its name.

#![cfg(not(target_arch = "wasm32"))]

use grantwise::Policy;
use grantwise::input::{Misuse, Value};
use serde::Serialize;
use serde_json::{Value as Json, json};

const NOW: u64 = 1_700_000_000;
const CALLBACK: &str = "https://calendar.example/cb";
/// Of RFC 7636, appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn handed_over(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Boolean(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::from(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(handed_over).collect()),
        Json::Object(members) => {
            Value::Members(members.iter().map(|(name, value)| (name.clone().into(), handed_over(value))).collect())
        }
    }
}

/// The same with other members; `null` as a request's parameter takes it out.
fn with(mut json: Json, changes: &Json) -> Json {
    for (name, value) in changes.as_object().into_iter().flatten() {
        if let Some(members) = json.as_object_mut() {
            let known = members.remove(name).unwrap_or_default();
            if known.is_object() && value.is_object() {
                members.insert(name.clone().into(), with(known, value));
            } else if !(value.is_null() && known.is_string()) {
                members.insert(name.clone().into(), value.clone());
            }
        }
    }
    json
}

/// A server with a policy, and one client of it.
struct Server {
    profile: &'static str,
    overrides: Json,
    client: Json,
}

impl Server {
    fn new(profile: &'static str, overrides: Json) -> Self {
        let response_types =
            ["code", "token", "id_token", "id_token token", "code id_token", "code token", "code id_token token"];
        let client = json!({
            "client_id": "calendar",
            "redirect_uris": [CALLBACK],
            "response_types": response_types,
            "grant_types": ["authorization_code", "refresh_token", "implicit"],
        });
        Self { profile, overrides, client }
    }

    fn with_client(self, changes: &Json) -> Self {
        Self { client: with(self.client, changes), ..self }
    }

    /// What a call decides; `misuse` where the caller made a mistake, so that no test takes it for a decision.
    fn call<T: Serialize>(&self, call: fn(&Policy, &Value) -> Result<T, Misuse>, input: &Json) -> Json {
        let decided = Policy::profile(self.profile, &handed_over(&self.overrides))
            .and_then(|policy| call(&policy, &handed_over(input)))
            .map(|decision| serde_json::to_value(&decision).unwrap_or_default());
        decided.unwrap_or_else(|misuse| json!({ "misuse": misuse.to_string() }))
    }

    /// An authorization request with other parameters, and whatever else is different about the call.
    fn authorize(&self, parameters: Json, more: &Json) -> Json {
        let request = json!({
            "client_id": "calendar",
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": "openid email",
            "state": "s",
            "nonce": "n",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        });
        let session = json!({ "sid": "s1", "sub": "alice", "auth_time": NOW - 60 });
        let input =
            json!({ "request": with(request, &parameters), "client": self.client, "session": session, "now": NOW });
        self.call(Policy::authorize, &with(input, more))
    }

    /// The same, and the person approves the page; `scope` is what they leave, if not everything.
    fn approved(&self, parameters: Json, scope: Option<&str>) -> Json {
        let page = self.authorize(parameters.clone(), &json!({}));
        assert_eq!(text(&page, "/outcome"), "consent", "{page}");
        let shown = page.pointer("/consent").cloned().unwrap_or_default();
        let mut answer = json!({ "screen": "consent", "result": "approved", "shown": shown });
        if let Some(scope) = scope {
            answer = with(answer, &json!({ "scope": scope }));
        }
        self.authorize(parameters, &json!({ "answers": [answer] }))
    }

    /// Redeems the code of an issued decision.
    fn exchange(&self, issued: &Json, more: &Json) -> Json {
        let code = with(stored(issued, "code").unwrap_or_default(), &json!({ "id": "code1" }));
        let input = json!({
            "request": { "grant_type": "authorization_code", "code": "x", "redirect_uri": CALLBACK, "code_verifier": "v" },
            "client": self.client,
            "client_authenticated": true,
            "code": code,
            "session": { "sid": "s1", "sub": "alice", "auth_time": NOW - 60 },
            "code_verifier_matches": true,
            "now": NOW + 10,
        });
        self.call(Policy::exchange, &with(input, more))
    }

    /// Uses a refresh token that a decision stored.
    fn refresh(&self, from: &Json, more: &Json) -> Json {
        let token = with(stored(from, "refresh_token").unwrap_or_default(), &json!({ "id": "token1" }));
        let input = json!({
            "request": { "grant_type": "refresh_token", "refresh_token": "x" },
            "client": self.client,
            "client_authenticated": true,
            "refresh_token": token,
            "session": { "sid": "s1", "sub": "alice", "auth_time": NOW - 60 },
            "now": NOW + 20,
        });
        self.call(Policy::refresh, &with(input, more))
    }
}

fn text<'a>(json: &'a Json, pointer: &str) -> &'a str {
    json.pointer(pointer).and_then(Json::as_str).unwrap_or_default()
}

fn list<'a>(json: &'a Json, pointer: &str) -> &'a [Json] {
    json.pointer(pointer).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn effect<'a>(decision: &'a Json, kind: &str) -> Option<&'a Json> {
    let stores = |effect: &&Json| text(effect, "/effect") == "store" && text(effect, "/kind") == kind;
    list(decision, "/effects").iter().find(stores)
}

/// The record of this kind that a decision stores.
fn stored(decision: &Json, kind: &str) -> Option<Json> {
    effect(decision, kind).and_then(|effect| effect.get("record")).cloned()
}

fn rules(decision: &Json) -> Vec<&str> {
    list(decision, "/trace").iter().map(|entry| text(entry, "/rule")).collect()
}

/// The outcome is an error with this code (none where it is empty), at this place.
fn refused(decision: &Json, code: &str, placement: &str) {
    assert_eq!(text(decision, "/outcome"), "error", "{decision}");
    assert_eq!((text(decision, "/error/code"), text(decision, "/error/placement")), (code, placement), "{decision}");
}

/// OpenID Connect Core 1.0, section 3.1.2.1: redirect_uri is REQUIRED.
#[test]
fn an_openid_request_without_redirect_uri_was_answered() {
    for profile in ["openid-core", "oauth2", "google", "keycloak"] {
        let server = Server::new(profile, json!({}));
        for missing in [json!(null), json!("")] {
            let decision = server.authorize(json!({ "redirect_uri": missing }), &json!({}));
            assert_eq!(
                (text(&decision, "/outcome"), text(&decision, "/error/placement")),
                ("error", "page"),
                "{decision}"
            );
            assert!(decision.pointer("/response").is_none_or(Json::is_null), "{decision}");
            assert_eq!(rules(&decision), ["request.redirect_uri_missing"], "{profile}");
        }
    }
}

/// RFC 6749, section 3.1.2.3: a request may leave it out where only one is registered.
#[test]
fn a_plain_oauth_request_may_omit_redirect_uri() {
    let server = Server::new("oauth2", json!({}));
    for missing in [json!(null), json!("")] {
        let decision = server.authorize(json!({ "redirect_uri": missing, "scope": "email" }), &json!({}));
        assert_eq!(text(&decision, "/outcome"), "consent", "{decision}");
    }
    let other = server.with_client(&json!({ "redirect_uris": [CALLBACK, "https://calendar.example/other"] }));
    let decision = other.authorize(json!({ "redirect_uri": null, "scope": "email" }), &json!({}));
    assert_eq!(rules(&decision), ["request.unknown_redirect_uri"]);
}

/// RFC 6749, sections 4.1.2.1 and 4.2.2.1: what the server does not offer is unsupported_response_type.
#[test]
fn a_token_response_that_is_not_offered_was_unauthorized_client() {
    let no_implicit = Server::new("openid-core", json!({ "allow_implicit": false }));
    for response_types in [json!(["code"]), json!(["code", "token"])] {
        let server = Server::new("openid-core", json!({ "allow_implicit": false }))
            .with_client(&json!({ "response_types": response_types }));
        let decision = server.authorize(json!({ "response_type": "token" }), &json!({}));
        refused(&decision, "unsupported_response_type", "fragment");
    }
    for response_type in ["token", "id_token token", "code token", "code id_token token"] {
        let decision = no_implicit.authorize(json!({ "response_type": response_type }), &json!({}));
        refused(&decision, "unsupported_response_type", "fragment");
    }
    let decision = no_implicit.authorize(json!({ "response_type": "id_token" }), &json!({}));
    assert_eq!(text(&decision, "/outcome"), "consent", "{decision}");
    for profile in ["security-bcp", "browser-based-apps"] {
        let decision = Server::new(profile, json!({})).authorize(json!({ "response_type": "token" }), &json!({}));
        refused(&decision, "unsupported_response_type", "fragment");
    }
}

/// A server that has the response type code alone answers every other one as it answers that.
#[test]
fn a_server_with_code_alone_refuses_into_the_query() {
    let server = Server::new("openid-core", json!({ "allow_implicit": "code_only" }));
    for response_type in ["token", "id_token", "code id_token", "code id_token token", "none"] {
        let decision = server.authorize(json!({ "response_type": response_type }), &json!({}));
        refused(&decision, "unsupported_response_type", "query");
    }
    let decision = server.authorize(json!({}), &json!({}));
    assert_eq!(text(&decision, "/outcome"), "consent");
}

/// What the client registered is asked only of what the server offers.
#[test]
fn response_types_that_are_not_listed_are_unsupported() {
    let server = Server::new("openid-core", json!({ "response_types_supported": ["code", "token id_token"] }));
    for response_type in ["token", "id_token", "code id_token"] {
        let decision = server.authorize(json!({ "response_type": response_type }), &json!({}));
        refused(&decision, "unsupported_response_type", "fragment");
        assert_eq!(rules(&decision), ["request.response_type_unsupported"]);
    }
    // In any order of the words.
    for response_type in ["code", "id_token token"] {
        let decision = server.authorize(json!({ "response_type": response_type }), &json!({}));
        assert_eq!(text(&decision, "/outcome"), "consent", "{decision}");
    }
    let narrow = server.with_client(&json!({ "response_types": ["code"] }));
    let decision = narrow.authorize(json!({ "response_type": "id_token token" }), &json!({}));
    refused(&decision, "unauthorized_client", "fragment");
}

/// RFC 9700, section 2.1.1: a method that does not expose the verifier; without a method it is plain (RFC 7636, 4.3).
#[test]
fn plain_pkce_was_accepted_by_the_best_practice() {
    for profile in ["security-bcp", "browser-based-apps"] {
        let server = Server::new(profile, json!({}));
        for method in [json!("plain"), json!(null)] {
            let decision = server.authorize(json!({ "code_challenge_method": method }), &json!({}));
            refused(&decision, "invalid_request", "query");
            assert_eq!(rules(&decision), ["request.pkce_plain"]);
        }
        assert_eq!(text(&server.authorize(json!({}), &json!({})), "/outcome"), "consent");
        let unknown = server.authorize(json!({ "code_challenge_method": "S512" }), &json!({}));
        assert_eq!(rules(&unknown), ["request.pkce_method_unknown"]);
    }
    let elsewhere = Server::new("openid-core", json!({}));
    for method in [json!("plain"), json!(null)] {
        assert_eq!(
            text(&elsewhere.authorize(json!({ "code_challenge_method": method }), &json!({})), "/outcome"),
            "consent"
        );
    }
}

/// RFC 9700, section 2.1.1, recommends PKCE to confidential clients, too: a server may demand it of all.
#[test]
fn pkce_can_be_demanded_of_all_clients() {
    let without = json!({ "code_challenge": null, "code_challenge_method": null });
    let public = json!({ "token_endpoint_auth_method": "none" });
    let expected = [("false", false, false), ("true", false, true), ("all_clients", true, true)];
    for (value, confidential_refused, public_refused) in expected {
        let value = value.parse::<bool>().map_or_else(|_| json!(value), |flag| json!(flag));
        let server = || Server::new("openid-core", json!({ "require_pkce_public": value }));
        for (server, is_refused) in [(server(), confidential_refused), (server().with_client(&public), public_refused)]
        {
            let decision = server.authorize(without.clone(), &json!({}));
            assert_eq!(text(&decision, "/error/code") == "invalid_request", is_refused, "{value} {decision}");
        }
    }
}

/// RFC 9700, section 4.8.2: who takes the challenge out of the request cannot put a verifier into the exchange.
#[test]
fn a_code_and_its_verifier_did_not_have_to_fit_each_other() {
    let server = Server::new("openid-core", json!({}));
    let with_challenge = server.approved(json!({}), None);
    let without = server.approved(json!({ "code_challenge": null, "code_challenge_method": null }), None);
    let no_verifier = json!({ "request": { "code_verifier": null }, "code_verifier_matches": false });

    assert_eq!(text(&server.exchange(&with_challenge, &json!({})), "/outcome"), "tokens");
    assert_eq!(text(&server.exchange(&without, &no_verifier), "/outcome"), "tokens");

    let missing = server.exchange(&with_challenge, &no_verifier);
    assert_eq!((text(&missing, "/error/code"), rules(&missing).contains(&"code.pkce_failed")), ("invalid_grant", true));
    let wrong = server.exchange(&with_challenge, &json!({ "code_verifier_matches": false }));
    assert_eq!((text(&wrong, "/error/code"), rules(&wrong).contains(&"code.pkce_failed")), ("invalid_grant", true));
    for matches in [false, true] {
        let unexpected = server.exchange(&without, &json!({ "code_verifier_matches": matches }));
        assert_eq!(text(&unexpected, "/error/code"), "invalid_grant", "{unexpected}");
        assert!(rules(&unexpected).contains(&"code.pkce_downgraded"), "{unexpected}");
    }
}

/// SMART App Launch 2.2: scope and expires_in are REQUIRED in every token response.
#[test]
fn smart_token_responses_lacked_scope_and_lifetime() {
    let server = Server::new("smart-app-launch", json!({}));
    let issued = server.approved(json!({ "scope": "openid email offline_access" }), None);
    let exchanged = server.exchange(&issued, &json!({}));
    let refreshed = server.refresh(&exchanged, &json!({}));
    for decision in [&exchanged, &refreshed] {
        assert_eq!(text(decision, "/outcome"), "tokens", "{decision}");
        assert_eq!(decision.pointer("/scope/must_report"), Some(&json!(true)), "{decision}");
        assert_eq!(decision.pointer("/access_token/expires_in"), Some(&json!(3600)), "{decision}");
        assert!(rules(decision).contains(&"tokens.scope_always_reported"));
    }
    let elsewhere = Server::new("openid-core", json!({}));
    let exchanged = elsewhere.exchange(&elsewhere.approved(json!({}), None), &json!({}));
    assert_eq!(exchanged.pointer("/scope/must_report"), Some(&json!(false)), "{exchanged}");
}

/// Google shows the user 400 invalid_scope (holoviz/panel issue 5815): access_type asks for offline access there.
#[test]
fn google_granted_offline_access_as_an_ordinary_scope() {
    for profile in ["google", "google-2011", "google-2012"] {
        let server = Server::new(profile, json!({}));
        for scope in ["openid offline_access", "offline_access", "openid email online_access", "openid refresh_token"] {
            let decision = server.authorize(json!({ "scope": scope }), &json!({}));
            refused(&decision, "invalid_scope", "page");
            let statement =
                list(&decision, "/trace").iter().find(|entry| text(entry, "/rule") == "scope.foreign_refused");
            assert!(
                statement.is_some_and(|entry| text(entry, "/statement").contains("access_type=offline")),
                "{decision}"
            );
            assert!(decision.pointer("/response").is_none_or(Json::is_null), "nothing is redirected: {decision}");
        }
        // A server whose configuration names the scope knows it.
        let named = Server::new(profile, json!({ "scopes_supported": ["openid", "offline_access"] }));
        assert_eq!(
            text(&named.authorize(json!({ "scope": "openid offline_access" }), &json!({})), "/outcome"),
            "consent"
        );
    }
}

/// RFC 6749, section 4.1.2.1: the resource owner denied the request.
#[test]
fn giving_up_at_the_sign_in_page_was_a_failed_sign_in() {
    let server = Server::new("openid-core", json!({}));
    for (result, code, rule) in
        [("denied", "access_denied", "sign_in.denied"), ("failed", "login_required", "sign_in.failed")]
    {
        let answers = json!([{ "screen": "login", "result": result }]);
        let decision = server.authorize(json!({}), &json!({ "session": null, "answers": answers }));
        refused(&decision, code, "query");
        assert!(rules(&decision).contains(&rule), "{decision}");
    }
}

/// Offline access can be asked for and granted alone, so it can be left alone, too.
#[test]
fn an_approval_of_offline_access_alone_was_access_denied() {
    let server = Server::new("oauth2", json!({ "optional_scopes": ["email", "offline_access"] }));
    let asked = json!({ "scope": "email offline_access" });
    let issued = server.approved(asked.clone(), Some("offline_access"));
    assert_eq!(text(&issued, "/outcome"), "issue", "{issued}");
    assert_eq!(issued.pointer("/scope/granted"), Some(&json!(["offline_access"])));
    assert_eq!(text(&issued, "/tokens/token_endpoint/refresh_token/binding"), "offline");
    let alone = server.approved(json!({ "scope": "offline_access" }), None);
    assert_eq!(text(&alone, "/outcome"), "issue", "{alone}");

    let nothing = server.approved(asked, Some(""));
    refused(&nothing, "access_denied", "query");
    assert!(rules(&nothing).contains(&"consent.denied"));
}

/// "Offline access for every token": the access token of the front channel outlives the session, too.
#[test]
fn full_hybrid_offline_access_left_out_the_front_channel() {
    let asked = json!({ "response_type": "code token", "scope": "openid email offline_access", "prompt": "consent" });
    for (value, binding, carries) in [("full", "offline", true), ("token_endpoint_only", "session", false)] {
        let server = Server::new("openid-core", json!({ "hybrid_offline": value }));
        let issued = server.approved(asked.clone(), None);
        assert_eq!(text(&issued, "/outcome"), "issue", "{issued}");
        assert_eq!(text(&issued, "/tokens/front_channel/access_token/binding"), binding, "{issued}");
        let scope = text(&issued, "/tokens/front_channel/access_token/scope");
        assert_eq!(scope.contains("offline_access"), carries, "{issued}");
        assert_eq!(
            stored(&issued, "access_token").map(|record| text(&record, "/binding").to_owned()).as_deref(),
            Some(binding)
        );
        assert_eq!(text(&issued, "/tokens/token_endpoint/access_token/binding"), "offline");
    }
}

/// Replay and revocation of a code reach the access token that came with it.
#[test]
fn the_front_channel_access_token_of_a_hybrid_response_had_no_family() {
    let server = Server::new("openid-core", json!({}));
    for response_type in ["code token", "code id_token token"] {
        let issued = server.approved(json!({ "response_type": response_type }), None);
        let stored = effect(&issued, "access_token").expect("an access token is stored");
        assert_eq!(stored.pointer("/links"), Some(&json!({ "family": "code" })), "{stored}");
        let kinds: Vec<&str> = list(&issued, "/effects").iter().map(|effect| text(effect, "/kind")).collect();
        let place = |kind| kinds.iter().position(|known| *known == kind);
        assert!(place("code") < place("access_token"), "the code has its id before the token names it: {kinds:?}");
    }
    let implicit = server.approved(json!({ "response_type": "token" }), None);
    let stored = effect(&implicit, "access_token").expect("an access token is stored");
    assert!(stored.pointer("/links").is_none_or(Json::is_null), "{stored}");
}

/// RFC 9700, section 2.2.2: what the exchange says about rotation, a refresh does.
#[test]
fn a_sender_constrained_public_client_was_told_that_its_token_is_replaced() {
    let server = Server::new("security-bcp", json!({})).with_client(&json!({ "token_endpoint_auth_method": "none" }));
    let issued = server.approved(json!({}), None);
    for (bound, rotation, successor) in [(true, "none", false), (false, "replaced", true)] {
        let exchanged = server.exchange(&issued, &json!({ "sender_constrained": bound }));
        assert_eq!(text(&exchanged, "/refresh_token/rotation"), rotation, "{exchanged}");
        let refreshed = server.refresh(&exchanged, &json!({ "sender_proof": true }));
        assert_eq!(text(&refreshed, "/outcome"), "tokens", "{refreshed}");
        assert_eq!(refreshed.pointer("/refresh_token").is_some_and(Json::is_object), successor, "{refreshed}");
        assert_eq!(rules(&refreshed).contains(&"refresh.kept"), bound);
        assert_eq!(rules(&refreshed).contains(&"rotation.sender_constrained"), bound);
    }
}

/// Every effect names a rule that took part.
#[test]
fn a_rotating_refresh_stored_its_access_token_under_another_rule() {
    let server = Server::new("openid-core", json!({ "refresh_token_rotation": "all" }));
    let issued = server.approved(json!({ "scope": "openid email offline_access", "prompt": "consent" }), None);
    let refreshed = server.refresh(&server.exchange(&issued, &json!({})), &json!({}));
    assert!(rules(&refreshed).contains(&"refresh.rotated") && !rules(&refreshed).contains(&"refresh.kept"));
    assert_eq!(effect(&refreshed, "access_token").map(|effect| text(effect, "/rule")), Some("refresh.answered"));
    assert_eq!(effect(&refreshed, "refresh_token").map(|effect| text(effect, "/rule")), Some("refresh.rotated"));
    for effect in list(&refreshed, "/effects") {
        assert!(rules(&refreshed).contains(&text(effect, "/rule")), "{effect}");
    }
}

/// The limit on the number of refresh tokens is a rule that takes part.
#[test]
fn too_many_refresh_tokens_ended_by_a_rule_that_took_no_part() {
    let asked = json!({ "scope": "openid email offline_access", "prompt": "consent" });
    for (limit, takes_part) in [(json!(2), true), (json!(null), false)] {
        let server = Server::new("openid-core", json!({ "max_refresh_tokens_per_client_and_user": limit }));
        let exchanged = server.exchange(&server.approved(asked.clone(), None), &json!({}));
        assert_eq!(text(&exchanged, "/outcome"), "tokens", "{exchanged}");
        assert_eq!(rules(&exchanged).contains(&"refresh.too_many"), takes_part, "{exchanged}");
        let ends = list(&exchanged, "/effects").iter().any(|effect| text(effect, "/rule") == "refresh.too_many");
        assert_eq!(ends, takes_part);
    }
}

/// With nothing granted and nothing else asked, there was no decision of the user's at all.
#[test]
fn online_access_alone_was_issued_without_a_page() {
    for profile in ["online-access", "smart-app-launch"] {
        let server = Server::new(profile, json!({ "online_access_needs_consent": false }));
        let decision = server.authorize(json!({ "scope": "online_access", "launch": "x" }), &json!({}));
        assert_eq!(text(&decision, "/outcome"), "consent", "{profile}: {decision}");
        let granted =
            json!({ "grant": { "client_id": "calendar", "sub": "alice", "scope": "profile", "granted_at": NOW - 9 } });
        let known = server.authorize(json!({ "scope": "online_access", "launch": "x" }), &granted);
        assert_eq!(text(&known, "/outcome"), "issue", "{profile}: it goes along with what was granted: {known}");
    }
}

fn refresh_token(more: &Json) -> Json {
    let token = json!({
        "v": 1, "id": "r1", "kind": "refresh_token", "family": "c1", "client_id": "calendar", "sub": "alice",
        "scope": "openid email offline_access", "binding": "offline", "issued_at": NOW - 1_000, "status": "active",
        "application_type": "web", "client_type": "confidential", "authorized_at": NOW - 1_000,
    });
    with(token, more)
}

fn status(server: &Server, record: &Json) -> Json {
    let decided = Policy::profile(server.profile, &handed_over(&server.overrides))
        .and_then(|policy| policy.status(&handed_over(record), &handed_over(&json!({ "now": NOW }))));
    decided
        .map(|status| serde_json::to_value(&status).unwrap_or_default())
        .unwrap_or_else(|misuse| json!(misuse.to_string()))
}

/// A token that was over was explained by "valid until it is revoked".
#[test]
fn an_expired_token_was_said_to_be_valid_until_revoked() {
    let server = Server::new("google", json!({}));
    let over = status(&server, &refresh_token(&json!({ "expires_at": NOW - 500 })));
    assert_eq!((text(&over, "/status"), rules(&over)), ("expired", vec!["refresh.expired"]), "{over}");
}

/// A limit that ended nothing stood in the trace of a token that somebody had revoked.
#[test]
fn a_limit_took_part_in_the_end_of_a_revoked_token() {
    let server = Server::new("openid-core", json!({ "offline_refresh_token_absolute_lifetime_s": 100 }));
    let revoked = status(&server, &refresh_token(&json!({ "status": "revoked" })));
    assert_eq!((text(&revoked, "/status"), rules(&revoked)), ("revoked", vec!["refresh.revoked"]), "{revoked}");
    let over = status(&server, &refresh_token(&json!({})));
    assert_eq!(rules(&over), ["refresh.expired", "life.configured"], "{over}");
}

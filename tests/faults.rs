//! Faults that there were: each has a test that failed when it was found, under its name.

#![cfg(not(target_arch = "wasm32"))]

#[path = "shared/handed_over.rs"]
mod handed_over;

use grantwise::Policy;
use grantwise::input::{Misuse, Value};
use serde::Serialize;
use serde_json::{Value as Json, json};

use handed_over::handed_over;

const NOW: u64 = 1_700_000_000;
const CALLBACK: &str = "https://calendar.example/cb";
/// Of RFC 7636, appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The same with other members; `null` as a request's parameter takes it out.
fn with(mut json: Json, changes: &Json) -> Json {
    for (name, value) in changes.as_object().into_iter().flatten() {
        if let Some(members) = json.as_object_mut() {
            let known = members.remove(name).unwrap_or_default();
            if known.is_object() && value.is_object() {
                members.insert(name.clone(), with(known, value));
            } else if !(value.is_null() && known.is_string()) {
                members.insert(name.clone(), value.clone());
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

/// The misuse that a call is, with its path; empty where it is none.
fn misused(decision: &Json) -> &str {
    text(decision, "/misuse")
}

/// A person approves a page, and nothing in the answer says which.
#[test]
fn an_approval_that_names_no_page_was_taken_for_any() {
    let server = Server::new("openid-core", json!({}));
    let approved = |shown: &Json| {
        let answer = with(json!({ "screen": "consent", "result": "approved" }), shown);
        server.authorize(json!({}), &json!({ "answers": [{ "screen": "select_account", "result": "done" }, answer] }))
    };
    for missing in [json!({}), json!({ "shown": null })] {
        let decision = approved(&missing);
        assert!(misused(&decision).starts_with("`answers[1].shown`: is missing"), "{decision}");
    }
    let page = server.authorize(json!({}), &json!({}));
    assert_eq!(text(&approved(&json!({ "shown": page.pointer("/consent") })), "/outcome"), "issue");
    // A refusal releases nothing, whatever it refuses.
    let denied = json!({ "answers": [{ "screen": "consent", "result": "denied" }] });
    refused(&server.authorize(json!({}), &denied), "access_denied", "query");
}

/// `shown` binds the content of a page; somebody else's page may have the same.
#[test]
fn an_answer_counted_for_another_page_of_the_same_content() {
    let server = Server::new("openid-core", json!({}));
    let drawn = server.authorize(json!({}), &json!({ "interaction": "page-1" }));
    assert_eq!(text(&drawn, "/consent/interaction"), "page-1");
    let answered = |page: &Json, result: &str, answer: Json, interaction: &Json| {
        let basis = json!({ "screen": "consent", "result": result, "shown": page.pointer("/consent") });
        server.authorize(json!({}), &json!({ "interaction": interaction, "answers": [with(basis, &answer)] }))
    };
    for result in ["approved", "denied", "impossible"] {
        for other in [json!({}), json!({ "interaction": null }), json!({ "interaction": "page-2" })] {
            let again = answered(&drawn, result, other, &json!("page-1"));
            assert_eq!(text(&again, "/outcome"), "consent", "{again}");
            assert!(rules(&again).contains(&"consent.other_interaction"), "{again}");
            assert!(list(&again, "/consent/because").contains(&json!("answer_out_of_date")), "{again}");
        }
    }
    let own = answered(&drawn, "approved", json!({ "interaction": "page-1" }), &json!("page-1"));
    assert_eq!(text(&own, "/outcome"), "issue", "{own}");
    // The id is no content: a page that was drawn without it, or with another, may be the same page.
    let unnamed = server.authorize(json!({}), &json!({}));
    assert!(unnamed.pointer("/consent/interaction").is_none(), "{unnamed}");
    let same = answered(&unnamed, "approved", json!({ "interaction": "page-1" }), &json!("page-1"));
    assert_eq!(text(&same, "/outcome"), "issue", "{same}");
    // An id that nothing is compared with is a mistake of the caller's.
    let forgotten = answered(&drawn, "approved", json!({ "interaction": "page-1" }), &json!(null));
    assert!(misused(&forgotten).starts_with("`answers[0].interaction`"), "{forgotten}");
    let empty = server.authorize(json!({}), &json!({ "interaction": "" }));
    assert!(misused(&empty).starts_with("`interaction`: is empty"), "{empty}");
}

/// A page that is left open for a day is answered.
#[test]
fn an_answer_of_yesterday_counted() {
    let server = Server::new("openid-core", json!({ "answer_max_age_s": 300 }));
    let page = server.authorize(json!({}), &json!({}));
    let answered = |at: &Json| {
        let answer = json!({ "screen": "consent", "result": "approved", "shown": page.pointer("/consent"), "at": at });
        server.authorize(json!({}), &json!({ "answers": [answer] }))
    };
    for (age, outcome) in [(0, "issue"), (300, "issue"), (301, "consent"), (86_400, "consent")] {
        let decision = answered(&json!(NOW - age));
        assert_eq!(text(&decision, "/outcome"), outcome, "{age} {decision}");
        assert_eq!(rules(&decision).contains(&"consent.answered_too_long_ago"), outcome == "consent", "{age}");
    }
    assert!(misused(&answered(&json!(null))).starts_with("`answers[0].at`: is missing"));
    assert_eq!(text(&answered(&json!(NOW + 5)), "/outcome"), "issue");
    assert!(misused(&answered(&json!(NOW + 6))).starts_with("`answers[0].at`: is later than `now`"));
    // The other pages, too.
    for (screen, parameters) in
        [("login", json!({ "prompt": "login" })), ("select_account", json!({ "prompt": "select_account" }))]
    {
        let old = json!({ "answers": [{ "screen": screen, "result": "done", "at": NOW - 301 }] });
        let again = server.authorize(parameters.clone(), &old);
        assert_eq!(text(&again, "/outcome"), screen.replace("login", "reauthenticate"), "{again}");
        assert!(rules(&again).contains(&"sign_in.answered_too_long_ago"), "{again}");
        let fresh = json!({ "answers": [{ "screen": screen, "result": "done", "at": NOW - 30 }] });
        assert_eq!(text(&server.authorize(parameters, &fresh), "/outcome"), "consent");
    }
    // Without the limit an answer may say when it was given, and need not.
    let unlimited = Server::new("openid-core", json!({}));
    let answer = json!({ "screen": "login", "result": "failed", "at": 1 });
    refused(&unlimited.authorize(json!({}), &json!({ "answers": [answer] })), "login_required", "query");
}

/// OpenID Connect Core 1.0, section 3.1.2.3: prompt=login and max_age ask for a sign-in, not for somebody's word.
#[test]
fn a_sign_in_was_taken_at_its_word() {
    let server = Server::new("openid-core", json!({}));
    let signed_in = |parameters: Json, screen: &str, age: u64, at: &Json| {
        let answer = json!({ "screen": screen, "result": "done", "at": at });
        let session = json!({ "sid": "s1", "sub": "alice", "auth_time": NOW - age });
        server.authorize(parameters, &json!({ "session": session, "answers": [answer] }))
    };
    let now = json!(NOW);
    // How old the sign-in may be is told by the request; five seconds are the tolerance for clocks.
    let demands = [
        (json!({ "prompt": "login" }), 605),
        (json!({ "max_age": "0" }), 605),
        (json!({ "max_age": "60" }), 65),
        (json!({ "max_age": "60", "prompt": "login" }), 65),
        (json!({ "max_age": "7200", "prompt": "login" }), 605),
        (json!({ "max_age": "7200" }), 7205),
    ];
    for (parameters, oldest) in demands {
        for (screen, at) in [("login", &json!(null)), ("reauthenticate", &now)] {
            let borne_out = signed_in(parameters.clone(), screen, oldest, at);
            assert_eq!(text(&borne_out, "/outcome"), "consent", "{parameters} {borne_out}");
            let not = signed_in(parameters.clone(), screen, oldest + 1, at);
            assert!(misused(&not).starts_with("`session.auth_time`: is older than"), "{parameters} {not}");
        }
        // Who reads the next page for a while has signed in all the same, if the answer says when.
        let read = signed_in(parameters.clone(), "login", 3600, &json!(NOW - 3590));
        assert_eq!(text(&read, "/outcome"), "consent", "{parameters} {read}");
    }
    // Nothing is demanded: any session will do. And under a policy that knows no prompt=login, nothing is, either.
    assert_eq!(text(&signed_in(json!({}), "login", 90_000, &now), "/outcome"), "consent");
    let unknown = Server::new("google", json!({}));
    let session = json!({ "sid": "s1", "sub": "alice", "auth_time": NOW - 90_000 });
    let more = json!({ "session": session, "answers": [{ "screen": "login", "result": "done" }] });
    assert!(misused(&unknown.authorize(json!({ "prompt": "login" }), &more)).is_empty());
    // A client's own max_age demands as much.
    let own = server.with_client(&json!({ "default_max_age": 60 }));
    let more = json!({ "answers": [{ "screen": "login", "result": "done" }],
        "session": { "sid": "s1", "sub": "alice", "auth_time": NOW - 66 } });
    assert!(misused(&own.authorize(json!({}), &more)).starts_with("`session.auth_time`"));
}

/// A record that names a session is that session's, and no other's.
#[test]
fn a_session_that_nobody_named_was_any_session() {
    let server = Server::new("openid-core", json!({ "refresh_token_without_offline": true }));
    let issued = server.approved(json!({}), None);
    let exchanged = server.exchange(&issued, &json!({}));
    assert_eq!(text(&exchanged, "/refresh_token/binding"), "session", "{exchanged}");
    assert_eq!(text(&server.refresh(&exchanged, &json!({})), "/outcome"), "tokens");
    // `null` takes a text out.
    let nameless = json!({ "session": { "sid": null } });
    refused(&server.refresh(&exchanged, &nameless), "invalid_grant", "token_response");
    let without = server.exchange(&issued, &nameless);
    assert!(without.pointer("/refresh_token").is_some_and(Json::is_null), "{without}");
    // A server that names no sessions has one for each user.
    let neither = json!({ "session": { "sid": null }, "code": { "sid": null } });
    assert_eq!(text(&server.exchange(&issued, &neither), "/refresh_token/binding"), "session");
}

/// Both kinds of token end with the session that they are bound to, as far as anybody asks.
#[test]
fn an_access_token_outlived_its_session() {
    let server = Server::new("openid-core", json!({ "refresh_token_without_offline": true }));
    let exchanged = server.exchange(&server.approved(json!({}), None), &json!({}));
    let own = json!({ "sid": "s1", "sub": "alice", "auth_time": NOW - 60, "expires_at": NOW + 900 });
    for kind in ["refresh_token", "access_token"] {
        let record = with(stored(&exchanged, kind).unwrap_or_default(), &json!({ "id": "t1" }));
        let asked = |record: &Json, session: &Json| {
            let context = handed_over(&json!({ "session": session, "now": NOW + 20 }));
            let policy = Policy::profile(server.profile, &handed_over(&server.overrides));
            let status = policy.and_then(|policy| policy.status(&handed_over(record), &context));
            status.map(|status| status.alive).map_err(|misuse| misuse.to_string())
        };
        assert_eq!(asked(&record, &own), Ok(true), "{kind}");
        let others = [
            json!({ "sid": "s2" }),
            json!({ "sid": null }),
            json!({ "sub": "bob" }),
            json!({ "expires_at": NOW + 20 }),
        ];
        for other in others.iter().map(|other| with(own.clone(), other)).chain([Json::Null]) {
            assert_eq!(asked(&record, &other), Ok(false), "{kind} {other}");
        }
        let offline = with(record.clone(), &json!({ "binding": "offline" }));
        assert_eq!(asked(&offline, &Json::Null), Ok(true), "{kind}");
    }
    // A client that acts for itself has no session.
    let own = Server::new("oauth2", json!({})).with_client(&json!({ "grant_types": ["client_credentials"] }));
    let call = json!({ "request": { "grant_type": "client_credentials", "scope": "a" }, "client": own.client,
        "client_authenticated": true, "code": null, "now": NOW });
    let token = stored(&own.call(Policy::exchange, &call), "access_token").unwrap_or_default();
    let stands = status(&own, &with(token, &json!({ "id": "t1" })));
    assert_eq!(stands.pointer("/alive"), Some(&json!(true)), "{stands}");
}

/// An id that is empty is nobody's, or everybody's who has none.
#[test]
fn an_empty_id_was_an_id() {
    let server = Server::new("openid-core", json!({}));
    for (more, path) in [
        (json!({ "session": { "sub": "" } }), "session.sub"),
        (json!({ "session": { "sid": "" } }), "session.sid"),
        (json!({ "client": { "client_id": "" } }), "client.client_id"),
        (json!({ "grant": { "scope": "openid", "sub": "" } }), "grant.sub"),
        (json!({ "grant": { "scope": "openid", "client_id": "" } }), "grant.client_id"),
        (json!({ "id_token_hint": { "sub": "" } }), "id_token_hint.sub"),
    ] {
        let decision = server.authorize(json!({ "id_token_hint": "x" }), &more);
        assert_eq!(misused(&decision), format!("`{path}`: is empty, and an id is not"), "{decision}");
    }
    let issued = server.approved(json!({ "scope": "openid email offline_access", "prompt": "consent" }), None);
    let exchanged = server.exchange(&issued, &json!({}));
    for name in ["id", "client_id", "sub", "sid"] {
        let code = server.exchange(&issued, &json!({ "code": { name: "" } }));
        assert_eq!(misused(&code), format!("`code.{name}`: is empty, and an id is not"));
        let token = server.refresh(&exchanged, &json!({ "refresh_token": { name: "" } }));
        assert_eq!(misused(&token), format!("`refresh_token.{name}`: is empty, and an id is not"));
    }
    let event = json!({ "event": "logout", "session": { "sid": "s1", "sub": "" }, "now": NOW });
    assert_eq!(misused(&server.call(Policy::event, &event)), "`session.sub`: is empty, and an id is not");
    let event = json!({ "event": "user_revokes_app", "sub": "alice", "client_id": "", "now": NOW });
    assert_eq!(misused(&server.call(Policy::event, &event)), "`client_id`: is empty, and an id is not");
}

/// Date.now() is in milliseconds: a session that ends then ends never.
#[test]
fn milliseconds_were_seconds() {
    let server = Server::new("openid-core", json!({}));
    let milliseconds = NOW * 1000;
    for (more, path) in [
        (json!({ "now": milliseconds }), "now"),
        (json!({ "session": { "auth_time": milliseconds } }), "session.auth_time"),
        (json!({ "session": { "expires_at": milliseconds } }), "session.expires_at"),
        (json!({ "grant": { "scope": "openid", "granted_at": milliseconds } }), "grant.granted_at"),
        (json!({ "grant": { "scope": "openid", "expires_at": milliseconds } }), "grant.expires_at"),
        (json!({ "answers": [{ "screen": "login", "result": "failed", "at": milliseconds }] }), "answers[0].at"),
        (
            json!({ "conditions": [{ "basis": "b", "permits_offline": true, "expires_at": milliseconds }] }),
            "conditions[0].expires_at",
        ),
    ] {
        let decision = server.authorize(json!({}), &more);
        let expected = format!("`{path}`: is too far in the future: times are in seconds");
        assert!(misused(&decision).starts_with(&expected), "{decision}");
    }
    let issued = server.approved(json!({}), None);
    for name in ["issued_at", "expires_at", "auth_time"] {
        let decision = server.exchange(&issued, &json!({ "code": { name: milliseconds } }));
        assert!(misused(&decision).starts_with(&format!("`code.{name}`: is too far")), "{decision}");
    }
    // The last second that is a time.
    let late = json!({ "now": 100_000_000_000_u64 });
    assert!(misused(&server.authorize(json!({}), &late)).is_empty());
    assert!(!misused(&server.authorize(json!({}), &json!({ "now": 100_000_000_001_u64 }))).is_empty());
}

/// Two nodes of a server, and the clock of one is ahead by a second or two.
#[test]
fn a_record_of_another_node_came_from_the_future() {
    for (tolerance, ahead, taken) in [
        (json!({}), 5, true),
        (json!({}), 6, false),
        (json!({ "clock_tolerance_s": 60 }), 60, true),
        (json!({ "clock_tolerance_s": 0 }), 1, false),
        (json!({ "clock_tolerance_s": null }), 1, false),
    ] {
        let server = Server::new("openid-core", with(tolerance.clone(), &json!({ "saved_consent_max_age_s": 10 })));
        let later = NOW + ahead;
        let session = json!({ "session": { "auth_time": later } });
        let granted = json!({ "grant": { "scope": "openid email", "granted_at": later } });
        for (more, path) in [(session, "session.auth_time"), (granted, "grant.granted_at")] {
            let decision = server.authorize(json!({}), &more);
            assert_eq!(misused(&decision).is_empty(), taken, "{tolerance} {ahead} {decision}");
            assert!(taken || misused(&decision).starts_with(&format!("`{path}`: is later than `now`")), "{decision}");
        }
        let issued = server.approved(json!({ "scope": "openid email offline_access", "prompt": "consent" }), None);
        let exchanged = server.exchange(&issued, &json!({}));
        // The exchange is at NOW + 10, the refresh at NOW + 20.
        let code = server.exchange(&issued, &json!({ "code": { "issued_at": later + 10, "expires_at": later + 70 } }));
        assert_eq!(text(&code, "/outcome") == "tokens", taken, "{code}");
        for name in ["issued_at", "authorized_at", "last_used_at", "auth_time"] {
            let token = server.refresh(&exchanged, &json!({ "refresh_token": { name: later + 20 } }));
            assert_eq!(text(&token, "/outcome") == "tokens", taken, "{name} {token}");
        }
    }
    // It is taken as now: the sign-in that an ID Token tells is none of the future.
    let server = Server::new("openid-core", json!({}));
    let session = json!({ "session": { "auth_time": NOW + 3 }, "grant": { "scope": "openid email" } });
    let issued = server.authorize(json!({}), &session);
    assert_eq!(stored(&issued, "code").and_then(|code| code.get("auth_time").cloned()), Some(json!(NOW)), "{issued}");
}

/// Under every profile a code ends, and so does an access token, of either endpoint.
#[test]
fn codes_and_access_tokens_had_no_end() {
    for profile in grantwise::policy::profiles::PROFILES {
        let configured = profile.values().1;
        let [code_lives, token_lives] =
            [configured.code_lifetime_s, configured.access_token_lifetime_s].map(Option::unwrap_or_default);
        assert!((1..=600).contains(&code_lives) && (1..=3600).contains(&token_lives), "{}", profile.name);
        let request = json!({ "response_type": "code", "access_type": "online" });
        // Whatever else a profile says, somebody is asked here.
        let server = Server::new(profile.name, json!({ "consent_required": true }));
        let issued = server.approved(request.clone(), None);
        let end = stored(&issued, "code").and_then(|code| code.get("expires_at").cloned());
        assert_eq!(end, Some(json!(NOW + code_lives)), "{}: {issued}", profile.name);
        // Where every token is bound to a key, the exchange proves that the client has it.
        let exchanged = server.exchange(&issued, &json!({ "sender_constrained": true }));
        let token = stored(&exchanged, "access_token").unwrap_or_default();
        assert_eq!(token.get("expires_at"), Some(&json!(NOW + 10 + token_lives)), "{}: {exchanged}", profile.name);
        // For ever, if somebody wants it so.
        let forever = Server::new(
            profile.name,
            json!({ "consent_required": true, "code_lifetime_s": null, "access_token_lifetime_s": null }),
        );
        let issued = forever.approved(request, None);
        assert_eq!(stored(&issued, "code").and_then(|code| code.get("expires_at").cloned()), Some(json!(null)));
    }
}

/// What a browser does not send to the client's server is no redirect URI.
#[test]
fn redirect_uris_that_lead_nowhere_were_registered() {
    for address in [
        "file:///etc/passwd",
        "view-source:https://calendar.example/cb",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "mailto:alice@calendar.example",
        "blob:https://calendar.example/1",
        "vbscript:x",
        "about:blank",
        "filesystem:https://calendar.example/x",
        "ws://calendar.example/cb",
        "https:///cb",
        "https://",
        "https:/cb",
        "https:calendar.example/cb",
        "http://?x",
        "https://:443/cb",
        "https://calendar.example:0/cb",
        "https://calendar.example:65536/cb",
        "https://calendar.example:99999999999999999999/cb",
        "https://calendar.example:/cb",
        "https://calendar.example:x/cb",
        "https://calendar.example:+1/cb",
        "https://me@calendar.example/cb",
        "https://calendar.example\\@evil.example/cb",
        "https://caf\u{e9}.example/cb",
        "https://[::1/cb",
        "http://[nowhere]/cb",
        "com.example.app://:80/cb",
        "https://calendar.example/c\u{7f}b",
        "https://calendar.example/c\u{85}b",
        "https://calendar.example/c\u{2028}b",
    ] {
        let server = Server::new("openid-core", json!({})).with_client(&json!({ "redirect_uris": [address] }));
        for sent in [json!({ "redirect_uri": address }), json!({ "redirect_uri": null, "scope": "email" })] {
            let decision = server.authorize(sent, &json!({}));
            refused(&decision, "", "page");
        }
    }
    for address in [
        "https://calendar.example:65535/cb",
        "https://xn--caf-dma.example/cb",
        "https://calendar.example",
        "https://calendar.example?x=1",
        "http://[::1]:8080/cb",
        "http://127.0.0.1/cb",
        "com.example.app:/cb",
        "com.example.app://cb",
        "com.example.app:///cb",
        "urn:ietf:wg:oauth:2.0:oob",
    ] {
        let server = Server::new("openid-core", json!({})).with_client(&json!({ "redirect_uris": [address] }));
        let decision = server.authorize(json!({ "redirect_uri": address }), &json!({}));
        assert_eq!(text(&decision, "/outcome"), "consent", "{address} {decision}");
    }
}

/// Node throws for a header that is not ASCII, after the grant was stored.
#[test]
fn a_redirect_was_written_in_the_script_of_its_registration() {
    let address = "https://calendar.example/\u{65e5}\u{672c}?q=\u{e9}%2F";
    let server = Server::new("openid-core", json!({})).with_client(&json!({ "redirect_uris": [address] }));
    let issued = server.approved(json!({ "redirect_uri": address }), None);
    let to = |decision: &Json| {
        let minted = handed_over(&json!({ "code": "c" }));
        grantwise::authorize::location(&handed_over(decision), &minted).map_err(|misuse| misuse.to_string())
    };
    let expected = "https://calendar.example/%E6%97%A5%E6%9C%AC?q=%C3%A9%2F&code=c&state=s";
    assert_eq!(to(&issued).as_deref(), Ok(expected));
    // Whatever became of the decision on its way here.
    for strange in ["https://calendar.example/cb\r\nSet-Cookie: a=b", "https://caf\u{e9}.example/ \u{0}\u{9f}\u{2028}"]
    {
        let location =
            to(&with(issued.clone(), &json!({ "response": { "redirect_uri": strange } }))).unwrap_or_default();
        assert!(
            location.starts_with("https://ca") && location.bytes().all(|byte| byte.is_ascii_graphic()),
            "{location}"
        );
    }
}

/// A strict Content-Security-Policy runs no handler in an attribute.
#[test]
fn a_form_post_stood_still_under_a_strict_policy() -> Result<(), Misuse> {
    let server = Server::new("openid-core", json!({}));
    let issued = handed_over(&server.approved(json!({ "response_mode": "form_post" }), None));
    let minted = handed_over(&json!({ "code": "c" }));
    let page = grantwise::authorize::form(&issued, &minted, &Value::Null)?;
    assert!(page.html.contains("</form><script>document.forms[0].submit()</script>"), "{}", page.html);
    assert!(!page.html.contains(" on"), "{}", page.html);
    // `printf 'document.forms[0].submit()' | openssl dgst -sha256 -binary | base64`
    assert_eq!(page.script_hash, "sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE=");
    let options = |nonce: Json| handed_over(&json!({ "nonce": nonce }));
    let page = grantwise::authorize::form(&issued, &minted, &options(json!("rAnd0m+/-_==")))?;
    assert!(page.html.contains("<script nonce=\"rAnd0m+/-_==\">"), "{}", page.html);
    for wrong in ["", "=", "a b", "a\">", "a===", "\u{e9}"] {
        let refused = grantwise::authorize::form(&issued, &minted, &options(json!(wrong)));
        assert_eq!(
            refused.map_err(|misuse| misuse.path().to_owned()).err().as_deref(),
            Some("options.nonce"),
            "{wrong}"
        );
    }
    Ok(())
}

/// Only a URL has a fragment.
#[test]
fn a_query_ended_at_a_number_sign() {
    let server = Server::new("openid-core", json!({}));
    let query =
        "client_id=calendar&redirect_uri=https%3A%2F%2Fcalendar.example%2Fcb&response_type=code&state=a#b&scope=openid";
    let state = |request: String| {
        let input = json!({ "request": request, "client": server.client, "now": NOW,
            "session": { "sub": "alice", "auth_time": NOW }, "grant": { "scope": "openid" } });
        let decision = server.call(Policy::authorize, &input);
        (text(&decision, "/response/state").to_owned(), text(&decision, "/outcome").to_owned())
    };
    let whole = ("a#b".to_owned(), "issue".to_owned());
    assert_eq!(state(query.to_owned()), whole);
    assert_eq!(state(format!("?{query}")), whole);
    for address in ["https://as.example/authorize", "/authorize"] {
        let (cut, outcome) = state(format!("{address}?{query}"));
        assert_eq!((cut.as_str(), outcome.as_str()), ("a", "error"), "the scope stands behind the number sign");
    }
}

/// RFC 7636, section 4.2: 43 to 128 unreserved characters.
#[test]
fn a_code_challenge_could_be_anything() {
    let server = Server::new("openid-core", json!({}));
    let long = "a".repeat(128);
    for challenge in [CHALLENGE, long.as_str(), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789-._~"] {
        let decision = server.authorize(json!({ "code_challenge": challenge }), &json!({}));
        assert_eq!(text(&decision, "/outcome"), "consent", "{challenge}");
    }
    let (short, longer) = ("a".repeat(42), "a".repeat(129));
    let padded = format!("{}=", "a".repeat(42));
    let foreign = "\u{e9}".repeat(43);
    for challenge in ["x", short.as_str(), longer.as_str(), padded.as_str(), foreign.as_str()] {
        for method in ["S256", "plain"] {
            let sent = json!({ "code_challenge": challenge, "code_challenge_method": method });
            let decision = server.authorize(sent, &json!({}));
            refused(&decision, "invalid_request", "query");
            assert_eq!(rules(&decision), ["request.pkce_malformed"], "{challenge}");
        }
    }
}

/// Without `openid` the request would be another one.
#[test]
fn openid_could_be_left_out_of_an_openid_request() {
    for overrides in [json!({}), json!({ "optional_scopes": ["openid", "email"] })] {
        let server = Server::new("openid-core", overrides);
        let page = server.authorize(json!({}), &json!({}));
        let optional: Vec<_> = list(&page, "/consent/scopes").iter().map(|scope| scope.get("optional")).collect();
        assert_eq!(optional, [Some(&json!(false)), Some(&json!(true))], "{page}");
        let without = server.approved(json!({}), Some("email"));
        refused(&without, "access_denied", "query");
        assert!(rules(&without).contains(&"consent.required_refused"), "{without}");
    }
}

/// The developer's own machine has no certificate.
#[test]
fn an_issuer_on_localhost_had_to_have_https() {
    let issuer = |address: &str| Policy::profile("openid-core", &handed_over(&json!({ "issuer": address }))).is_ok();
    for address in ["https://as.example", "http://localhost:3000", "http://127.0.0.1:3000/tenant", "http://[::1]"] {
        assert!(issuer(address), "{address}");
    }
    for address in [
        "http://as.example",
        "http://localhost.evil.example",
        "https://",
        "http://",
        "https://as.example?x",
        "ftp://localhost",
    ] {
        assert!(!issuer(address), "{address}");
    }
}

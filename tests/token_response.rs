//! What the token endpoint, the revocation endpoint and the Grant Management API send.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise; clippy does not know these functions for tests"
)]

#[path = "shared/handed_over.rs"]
mod handed_over;

use grantwise::Policy;
use grantwise::decide::rules;
use grantwise::input::{MisuseCode, Shape, Value};
use grantwise::token::token_response;
use serde::Serialize;
use serde_json::{Value as Json, json};

use handed_over::handed_over;

const NOW: u64 = 1_700_000_000;

fn written(made: &impl Serialize) -> Json {
    serde_json::to_value(made).expect("it can be written")
}

/// Members of an object take the place of those of another.
fn changed(mut value: Json, changes: &Json) -> Json {
    if let (Some(members), Some(changes)) = (value.as_object_mut(), changes.as_object()) {
        members.extend(changes.clone());
    }
    value
}

fn policy(profile: &str, overrides: &Json) -> Policy {
    Policy::profile(profile, &handed_over(overrides)).expect("a policy")
}

fn client() -> Json {
    json!({
        "client_id": "c1", "redirect_uris": ["https://client.example/cb"],
        "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
    })
}

fn code() -> Json {
    json!({
        "v": 1, "id": "code1", "client_id": "c1", "sub": "alice", "sid": "s1",
        "redirect_uri": "https://client.example/cb", "redirect_uri_sent": true, "scope": "openid email",
        "requested_scope": "openid email phone", "status": "active",
        "access_token": { "scope": "openid email", "expires_in": 600, "binding": "offline" }, "id_token": true,
        "refresh_token": {
            "scope": "openid email", "binding": "offline", "lifetime": { "kind": "unspecified" }, "rotation": "replaced",
        },
        "auto_approved": false, "nonce": "n1", "auth_time": NOW.saturating_sub(60), "code_challenge": null,
        "code_challenge_method": null, "grant_management_action": null, "grant_id": null, "basis": null,
        "issued_at": NOW.saturating_sub(5), "expires_at": null,
    })
}

fn exchange(policy: &Policy, changes: &Json) -> Value {
    let input = json!({
        "request": { "grant_type": "authorization_code", "code": "x", "redirect_uri": "https://client.example/cb" },
        "client": client(), "client_authenticated": true, "code": code(), "now": NOW,
        "session": { "sid": "s1", "sub": "alice", "auth_time": NOW.saturating_sub(60) },
    });
    policy.exchange(&handed_over(&changed(input, changes))).expect("a decision").write()
}

fn refresh(policy: &Policy, token: &Json, changes: &Json) -> Value {
    let token = changed(
        json!({
            "v": 1, "kind": "refresh_token", "id": "rt1", "client_id": "c1", "application_type": "web",
            "client_type": "confidential", "sub": "alice", "sid": "s1", "family": "code1", "grant_id": null,
            "scope": "openid email", "binding": "offline", "status": "active", "auth_time": NOW.saturating_sub(60),
            "basis": null, "issued_at": NOW.saturating_sub(50), "authorized_at": NOW.saturating_sub(50),
            "expires_at": null, "last_used_at": null, "superseded_at": null,
        }),
        token,
    );
    let input = json!({
        "request": { "grant_type": "refresh_token", "refresh_token": "x" }, "client": client(),
        "client_authenticated": true, "refresh_token": token, "now": NOW,
    });
    policy.refresh(&handed_over(&changed(input, changes))).expect("a decision").write()
}

fn sent(decision: &Value, minted: &Json) -> Json {
    written(&token_response(decision, &handed_over(minted)).expect("a response"))
}

fn all() -> Json {
    json!({ "access_token": "at", "refresh_token": "rt", "id_token": "h.c.s" })
}

/// RFC 6749, section 5.1, and OpenID Connect Core 1.0, section 3.1.3.3.
#[test]
fn a_redeemed_code_brings_the_tokens_with_all_that_is_said_of_them() {
    let policy = policy("openid-core", &json!({ "access_token_lifetime_s": 600 }));
    assert_eq!(
        sent(&exchange(&policy, &json!({})), &all()),
        json!({
            "status": 200,
            "headers": { "Cache-Control": "no-store", "Pragma": "no-cache", "Content-Type": "application/json" },
            "body": {
                "access_token": "at", "token_type": "Bearer", "expires_in": 600, "refresh_token": "rt",
                "id_token": "h.c.s", "scope": "openid email",
            },
        })
    );
}

/// What is as it was asked for is not repeated, and what has no end has no expires_in.
#[test]
fn the_scope_is_sent_only_where_the_decision_says_so() {
    let policy = policy("openid-core", &json!({ "access_token_lifetime_s": null }));
    let decision =
        exchange(&policy, &json!({ "code": changed(code(), &json!({ "requested_scope": "email openid" })) }));
    let response = sent(&decision, &all());
    assert_eq!(
        response["body"].as_object().map(|body| body.keys().map(String::as_str).collect::<Vec<_>>()),
        Some(vec!["access_token", "id_token", "refresh_token", "token_type"])
    );
    let always = self::policy("smart-app-launch", &json!({}));
    assert_eq!(
        sent(&refresh(&always, &json!({}), &json!({})), &json!({ "access_token": "at" }))["body"]["scope"],
        "openid email"
    );
}

/// A refresh token that stays is not sent again; one that is replaced is.
#[test]
fn a_refresh_names_a_refresh_token_only_when_there_is_a_new_one() {
    for (rotation, minted) in
        [("off", json!({ "access_token": "at" })), ("all", json!({ "access_token": "at", "refresh_token": "rt" }))]
    {
        let policy = policy("openid-core", &json!({ "refresh_token_rotation": rotation }));
        let decision = refresh(&policy, &json!({}), &json!({}));
        assert_eq!(sent(&decision, &minted)["body"]["refresh_token"], minted["refresh_token"], "{rotation}");
    }
}

/// Neither more nor less than the decision names, no empty token, and none that a header or a client would break at.
#[test]
fn exactly_what_was_named_must_be_minted() {
    let policy = policy("openid-core", &json!({}));
    let decision = exchange(&policy, &json!({}));
    let refused = exchange(&policy, &json!({ "code": null }));
    let without_refresh_token =
        exchange(&policy, &json!({ "code": changed(code(), &json!({ "refresh_token": null })) }));
    let faults = [
        (&decision, json!(null), MisuseCode::MissingKey, "minted.access_token"),
        (&decision, json!({}), MisuseCode::MissingKey, "minted.access_token"),
        (&decision, json!({ "access_token": "at", "id_token": "i" }), MisuseCode::MissingKey, "minted.refresh_token"),
        (&decision, json!({ "access_token": "at", "refresh_token": "rt" }), MisuseCode::MissingKey, "minted.id_token"),
        (&decision, changed(all(), &json!({ "access_token": "" })), MisuseCode::WrongValue, "minted.access_token"),
        (&decision, changed(all(), &json!({ "refresh_token": "" })), MisuseCode::WrongValue, "minted.refresh_token"),
        (&decision, changed(all(), &json!({ "id_token": "a\r\nb" })), MisuseCode::WrongValue, "minted.id_token"),
        (&decision, changed(all(), &json!({ "id_token": "é" })), MisuseCode::WrongValue, "minted.id_token"),
        (&decision, changed(all(), &json!({ "id_token": 7 })), MisuseCode::WrongType, "minted.id_token"),
        (&decision, changed(all(), &json!({ "code": "c" })), MisuseCode::UnknownKey, "minted.code"),
        (&without_refresh_token, all(), MisuseCode::Contradiction, "minted.refresh_token"),
        (&refused, json!({ "access_token": "at" }), MisuseCode::Contradiction, "minted.access_token"),
        (&refused, all(), MisuseCode::Contradiction, "minted.access_token"),
    ];
    for (decision, minted, code, path) in faults {
        let misuse = token_response(decision, &handed_over(&minted)).expect_err("misuse");
        assert_eq!((misuse.code(), misuse.path()), (code, path), "{minted}");
    }
    assert!(token_response(&refused, &Value::Null).is_ok());
}

/// A body that has tokens already, or the decision of another endpoint, is no token response.
#[test]
fn only_a_token_decision_has_a_token_response() {
    let policy = policy("openid-core", &json!({}));
    let whole = written(&exchange(&policy, &json!({})));
    for (place, value) in [("access_token", "stolen"), ("id_token", "stolen"), ("cookie", "x")] {
        let mut decision = whole.clone();
        decision["response"]["body"][place] = json!(value);
        let misuse = token_response(&handed_over(&decision), &handed_over(&all())).expect_err("misuse");
        assert_eq!(
            (misuse.code(), misuse.path()),
            (MisuseCode::UnknownKey, &*format!("decision.response.body.{place}"))
        );
    }
    let mut decision = whole.clone();
    decision["response"]["headers"]["X"] = json!("a\r\nSet-Cookie: b");
    assert_eq!(
        token_response(&handed_over(&decision), &handed_over(&all())).expect_err("misuse").path(),
        "decision.response.headers.X"
    );
    for decision in [json!(null), json!({}), json!({ "response": null }), json!({ "response": { "status": 200 } })] {
        assert!(token_response(&handed_over(&decision), &handed_over(&all())).is_err(), "{decision}");
    }
}

/// RFC 6749, section 5.2: 401 with a challenge for a client that is not who it says, 400 for everything else.
#[test]
fn a_refusal_says_who_has_to_authenticate() {
    let plain = policy("openid-core", &json!({}));
    let named = policy("openid-core", &json!({ "issuer": "https://as.example/tenant" }));
    let odd = policy("openid-core", &json!({ "issuer": "https://as.example/\"quoted" }));
    let stranger = json!({ "client": null });
    for (policy, realm) in
        [(&plain, "authorization server"), (&named, "https://as.example/tenant"), (&odd, "authorization server")]
    {
        for changes in [&stranger, &json!({ "client_authenticated": false })] {
            assert_eq!(
                sent(&exchange(policy, changes), &json!(null)),
                json!({
                    "status": 401,
                    "headers": {
                        "Cache-Control": "no-store", "Pragma": "no-cache", "Content-Type": "application/json",
                        "WWW-Authenticate": format!("Basic realm=\"{realm}\""),
                    },
                    "body": {
                        "error": "invalid_client",
                        "error_description": "A confidential client authenticates at the token endpoint.",
                    },
                })
            );
        }
    }
    for (changes, error) in [
        (json!({ "code": null }), "invalid_grant"),
        (json!({ "request": {} }), "invalid_request"),
        (json!({ "request": { "grant_type": "password" } }), "unsupported_grant_type"),
    ] {
        let response = sent(&exchange(&plain, &changes), &json!(null));
        assert_eq!((&response["status"], &response["body"]["error"]), (&json!(400), &json!(error)));
        assert_eq!(response["headers"]["Cache-Control"], "no-store");
        assert_eq!(response["headers"].get("WWW-Authenticate"), None);
    }
}

/// RFC 6749, section 5.2, says which letters a description has, and every refusal speaks in the words of its rule.
#[test]
fn every_rule_can_be_told_in_an_error_description() {
    for rule in rules() {
        let fine = rule.statement.text().bytes().all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E));
        assert!(fine, "{}: {}", rule.id, rule.statement.text());
    }
}

/// RFC 9449, section 5. A token that is bound to a certificate is used as any other.
#[test]
fn a_token_that_is_bound_by_dpop_says_so() {
    let policy = policy("openid-core", &json!({}));
    let token_type = |decision: &Value| written(decision)["response"]["body"]["token_type"].clone();
    let bound = json!({ "sender_constrained": true, "token_type": "DPoP" });
    assert_eq!(token_type(&exchange(&policy, &bound)), "DPoP");
    assert_eq!(token_type(&exchange(&policy, &json!({ "sender_constrained": true }))), "Bearer");
    // A confidential client binds its access tokens, and not its refresh tokens.
    let refreshed = refresh(&policy, &json!({}), &json!({ "token_type": "DPoP" }));
    assert_eq!(token_type(&refreshed), "DPoP");
    let effects = written(&refreshed)["effects"].clone();
    let stored = effects.as_array().into_iter().flatten().find(|effect| effect["kind"] == "access_token");
    assert_eq!(stored.map(|effect| &effect["record"]["sender_constrained"]), Some(&json!(true)));

    let input = json!({
        "request": {}, "client": client(), "client_authenticated": true, "now": NOW, "token_type": "DPoP",
    });
    let misuse = policy.exchange(&handed_over(&input)).expect_err("misuse");
    assert_eq!((misuse.code(), misuse.path()), (MisuseCode::Contradiction, "token_type"));
}

/// Grant Management for OAuth 2.0, section 5.5.
#[test]
fn a_client_that_addresses_grants_is_told_the_id() {
    let policy = policy("grant-management", &json!({}));
    let code = changed(code(), &json!({ "grant_id": "g1", "grant_management_action": "create" }));
    let decision = written(&exchange(&policy, &json!({ "code": code })));
    assert_eq!(decision["response"]["body"]["grant_id"], "g1");
    let decision = written(&refresh(&policy, &json!({ "grant_id": "g1" }), &json!({})));
    assert_eq!(decision["response"]["body"]["grant_id"], "g1");
    let decision = written(&refresh(&policy, &json!({}), &json!({})));
    assert_eq!(decision["response"]["body"].get("grant_id"), None);
}

/// Nothing that is not known is said: a null in a signed token would be a claim.
#[test]
fn the_claims_of_an_id_token_can_be_signed_as_they_are() {
    let issuer = json!({ "issuer": "https://as.example" });
    let decision = written(&exchange(&policy("openid-core", &issuer), &json!({})));
    assert_eq!(
        decision["id_token"],
        json!({
            "iss": "https://as.example", "sub": "alice", "aud": "c1", "auth_time": NOW.saturating_sub(60), "iat": NOW,
            "nonce": "n1", "sid": "s1",
        })
    );
    let unknown = json!({ "sid": null, "auth_time": null });
    let decision = written(&refresh(&policy("openid-core", &json!({})), &unknown, &json!({ "id_token": true })));
    assert_eq!(decision["id_token"], json!({ "sub": "alice", "aud": "c1", "iat": NOW }));
}

fn revoke(policy: &Policy, changes: &Json) -> Json {
    let input = json!({ "request": { "token": "x" }, "client": client(), "client_authenticated": true, "token": null, "now": NOW });
    written(&policy.revoke(&handed_over(&changed(input, changes))).expect("a decision"))["response"].clone()
}

/// RFC 7009, sections 2.2 and 2.2.1.
#[test]
fn a_revocation_is_answered_with_nothing_and_refused_as_a_token_request_is() {
    let policy = policy("openid-core", &json!({ "supports_access_token_revocation": false }));
    let secret = json!({ "Cache-Control": "no-store", "Pragma": "no-cache" });
    assert_eq!(revoke(&policy, &json!({})), json!({ "status": 200, "headers": secret, "body": null }));
    let refused = revoke(&policy, &json!({ "client": null }));
    assert_eq!(refused["status"], 401);
    assert_eq!(refused["headers"]["WWW-Authenticate"], "Basic realm=\"authorization server\"");
    assert_eq!(refused["headers"]["Content-Type"], "application/json");
    assert_eq!(refused["body"]["error"], "invalid_client");
    let malformed = revoke(&policy, &json!({ "request": {} }));
    assert_eq!((&malformed["status"], &malformed["body"]["error"]), (&json!(400), &json!("invalid_request")));
    assert_eq!(malformed["headers"].get("WWW-Authenticate"), None);
}

/// Grant Management for OAuth 2.0, sections 6.4 to 6.6, and RFC 6750, section 3.
#[test]
fn a_grant_is_shown_deleted_not_found_or_not_for_this_token() {
    let policy = policy("grant-management", &json!({ "issuer": "https://as.example" }));
    let ask = |changes: &Json| {
        let input = json!({
            "method": "GET", "client_id": "c1", "scope": "grant_management_query grant_management_revoke", "now": NOW,
            "grant": { "grant_id": "g1", "client_id": "c1", "sub": "alice", "scope": "openid email" },
        });
        written(&policy.manage_grant(&handed_over(&changed(input, changes))).expect("a decision"))["response"].clone()
    };
    let secret = json!({ "Cache-Control": "no-store", "Pragma": "no-cache" });
    assert_eq!(
        ask(&json!({})),
        json!({
            "status": 200, "headers": changed(secret.clone(), &json!({ "Content-Type": "application/json" })),
            "body": { "scopes": [{ "scope": "openid email" }] },
        })
    );
    assert_eq!(ask(&json!({ "method": "DELETE" })), json!({ "status": 204, "headers": secret, "body": null }));
    // Neither does the body show a grant of somebody else's.
    for grant in [json!(null), json!({ "grant_id": "g1", "client_id": "c2", "scope": "openid" })] {
        assert_eq!(ask(&json!({ "grant": grant })), json!({ "status": 404, "headers": secret, "body": null }));
    }
    for (method, scope, other) in [
        ("GET", "grant_management_query", "grant_management_revoke"),
        ("DELETE", "grant_management_revoke", "grant_management_query"),
    ] {
        let refused = ask(&json!({ "method": method, "scope": other }));
        assert_eq!((&refused["status"], &refused["body"]["error"]), (&json!(403), &json!("insufficient_scope")));
        let challenge = format!("Bearer realm=\"https://as.example\", error=\"insufficient_scope\", scope=\"{scope}\"");
        assert_eq!(refused["headers"]["WWW-Authenticate"], challenge);
    }
}

/// An event is no request of a client.
#[test]
fn nothing_is_sent_after_an_event() {
    let event = json!({ "event": "logout", "session": { "sid": "s1", "sub": "alice" }, "now": NOW });
    let decision = policy("openid-core", &json!({})).event(&handed_over(&event)).expect("a decision");
    assert_eq!(written(&decision)["response"], json!(null));
}

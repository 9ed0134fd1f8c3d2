//! A wrong decision is caught: each field of a right observation is changed in turn.

mod support;

use grantwise_conformance::{Mismatch, Report, compare, prepare, spoil};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::{changed, ready, vector};

fn right() -> Value {
    json!({
        "id": "T-1",
        "screens": ["consent", "reauthenticate"],
        "consent": { "sub": "alice", "client_id": "c1", "offline_access": true, "remember": "checkbox", "because": [],
            "scopes": [
                { "scope": "openid", "status": "already_granted", "optional": false },
                { "scope": "offline_access", "status": "new", "optional": false },
                { "scope": "email", "status": "new", "optional": false },
            ] },
        "decision": {
            "outcome": "issue", "error": null, "consent": null, "effects": [], "trace": [], "situation": "", "summary": "",
            "response": { "placement": "fragment", "mint": ["id_token", "code", "access_token"] },
            "scope": { "requested": [], "granted": ["offline_access", "openid"], "must_report": true },
            "ignored": [{ "param": "scope", "value": "zork", "reason": "unknown_scope", "sentence": "s" }],
            "tokens": {
                "front_channel": { "code": true, "id_token": true,
                    "access_token": { "scope": "openid", "expires_in": 600, "binding": "session" } },
                "token_endpoint": {
                    "access_token": { "scope": "openid offline_access", "expires_in": 3600.0, "binding": "session" },
                    "id_token": true,
                    "refresh_token": { "scope": "offline_access openid", "binding": "offline",
                        "lifetime": { "kind": "fixed", "seconds": 86400 }, "rotation": "none" } },
            },
        },
    })
}

fn fields(mismatches: &[Mismatch]) -> BTreeSet<String> {
    mismatches.iter().map(|mismatch| mismatch.field.clone()).collect()
}

#[test]
fn a_right_decision_passes() -> Result<(), String> {
    let (_, expectation) = ready(&vector())?;
    assert_eq!(compare(&expectation, &right()), []);
    Ok(())
}

#[test]
fn each_wrong_field_is_caught() -> Result<(), String> {
    let wrong: &[(&str, &str, Value)] = &[
        ("/screens", "interaction", json!(["consent"])),
        ("/screens", "interaction", json!(["consent", "reauthenticate", "login"])),
        ("/screens", "consent_screen.new", json!(["reauthenticate"])),
        ("/consent", "consent_screen.new", Value::Null),
        ("/consent/scopes/1/status", "consent_screen.new", json!("already_granted")),
        ("/consent/scopes/1/status", "consent_screen.new", json!("old")),
        ("/consent/scopes/0/scope", "consent_screen.already_granted", json!("profile")),
        ("/consent/offline_access", "consent_screen.offline_notice", json!(false)),
        ("/consent/remember", "consent_screen.remember_checkbox", json!("always")),
        ("/decision/outcome", "result", json!("error")),
        ("/decision/outcome", "result", json!("consent")),
        ("/decision/tokens/front_channel/code", "result", json!(false)),
        ("/decision/error", "error", json!({ "code": "x", "placement": "page" })),
        ("/decision/response/placement", "response_in", json!("query")),
        ("/decision/response/mint", "response.mint", json!(["code"])),
        ("/decision/scope/granted", "granted_scopes", json!(["openid"])),
        ("/decision/scope/granted", "granted_scopes", json!(["openid", "openid", "offline_access"])),
        ("/decision/scope/must_report", "scope_response_required", json!(false)),
        ("/decision/tokens/front_channel/access_token", "front_channel.access_token", Value::Null),
        ("/decision/tokens/front_channel/access_token/expires_in", "front_channel.access_token_lifetime_s", json!(601)),
        ("/decision/tokens/front_channel/access_token/scope", "front_channel.access_token_scopes", json!("openid a")),
        ("/decision/tokens/front_channel/id_token", "front_channel.id_token", json!(false)),
        ("/decision/tokens/front_channel/refresh_token", "front_channel.refresh_token", json!({})),
        ("/decision/tokens/token_endpoint", "token_set.access_token", Value::Null),
        ("/decision/tokens/token_endpoint/access_token/expires_in", "token_set.access_token_lifetime_s", json!(1)),
        ("/decision/tokens/token_endpoint/id_token", "token_set.id_token", json!(false)),
        ("/decision/tokens/token_endpoint/refresh_token", "token_set.refresh_token", Value::Null),
        ("/decision/tokens/token_endpoint/refresh_token/binding", "token_set.refresh_token_binding", json!("session")),
        (
            "/decision/tokens/token_endpoint/refresh_token/lifetime/kind",
            "token_set.refresh_token_lifetime.kind",
            json!("idle"),
        ),
        (
            "/decision/tokens/token_endpoint/refresh_token/lifetime/seconds",
            "token_set.refresh_token_lifetime.seconds",
            json!(86399),
        ),
        ("/decision/tokens/token_endpoint/refresh_token/scope", "token_set.refresh_token_scopes", json!("openid")),
        ("/decision/ignored", "ignored", json!([])),
        ("/decision/ignored/0/param", "ignored", json!("prompt")),
        ("/decision/ignored/0/value", "ignored", json!("other")),
        ("/decision/ignored/0/reason", "ignored", json!("unsupported")),
        ("/thrown", "thrown", json!({ "code": "wrong_type" })),
    ];
    let (_, expectation) = ready(&vector())?;
    for (pointer, field, value) in wrong {
        let mismatches = compare(&expectation, &changed(right(), &[(pointer, value.clone())])?);
        assert!(fields(&mismatches).contains(*field), "{pointer} = {value}: {mismatches:?}");
    }
    Ok(())
}

#[test]
fn a_decision_without_one_of_its_members_is_caught() -> Result<(), String> {
    let (_, expectation) = ready(&vector())?;
    let members = right().get("decision").and_then(Value::as_object).cloned().unwrap_or_default();
    assert_eq!(members.len(), 11);
    for name in members.keys() {
        let mut observation = right();
        if let Some(decision) = observation.get_mut("decision").and_then(Value::as_object_mut) {
            decision.remove(name);
        }
        assert_eq!(fields(&compare(&expectation, &observation)), BTreeSet::from([name.clone()]));
    }
    Ok(())
}

#[test]
fn an_error_is_compared_by_code_and_placement() -> Result<(), String> {
    let expected = |error: Value, result: &str| {
        changed(
            vector(),
            &[(
                "/expect",
                json!({ "result": result, "error": error, "interaction": [], "consent_screen": null,
                    "front_channel": null, "token_set": null, "granted_scopes": [], "ignored": [] }),
            )],
        )
    };
    let refusal = changed(
        right(),
        &[
            ("/screens", json!([])),
            ("/consent", Value::Null),
            ("/decision/outcome", json!("error")),
            ("/decision/tokens", Value::Null),
            ("/decision/scope/granted", json!([])),
            ("/decision/ignored", json!([])),
            ("/decision/error", json!({ "code": "access_denied", "placement": "query", "description": "d" })),
        ],
    )?;
    let cases = [
        (json!({ "code": "access_denied", "placement": "query" }), "redirect_error", vec![]),
        (json!({ "code": null, "placement": "query" }), "redirect_error", vec![]),
        (json!({ "code": "login_required", "placement": "query" }), "redirect_error", vec!["error.code"]),
        (json!({ "code": "access_denied", "placement": "page" }), "error_page", vec!["error.placement", "result"]),
        (Value::Null, "redirect_error", vec!["error"]),
        (json!({ "code": null, "placement": "query" }), "code", vec!["result"]),
    ];
    for (error, result, wrong) in cases {
        let (_, expectation) = ready(&expected(error, result)?)?;
        let wrong: BTreeSet<String> = wrong.into_iter().map(str::to_owned).collect();
        assert_eq!(fields(&compare(&expectation, &refusal)), wrong);
    }
    let (_, expectation) = ready(&expected(Value::Null, "code")?)?;
    let all = fields(&compare(&expectation, &right()));
    for field in ["interaction", "consent_screen", "front_channel", "token_set", "granted_scopes", "ignored"] {
        assert!(all.contains(field), "{field} is asserted by null or by an empty list: {all:?}");
    }
    Ok(())
}

#[test]
fn what_the_field_guide_leaves_open_is_not_asserted() -> Result<(), String> {
    let none = changed(right(), &[("/decision/tokens/token_endpoint/refresh_token", Value::Null)])?;
    let other = changed(
        right(),
        &[
            ("/decision/tokens/front_channel/access_token/expires_in", json!(7)),
            ("/decision/tokens/token_endpoint/access_token/expires_in", Value::Null),
            ("/decision/tokens/token_endpoint/refresh_token/lifetime", json!({ "kind": "session" })),
        ],
    )?;
    let lifetimes = [
        ("/expect/front_channel/access_token_lifetime_s", Value::Null),
        ("/expect/token_set/access_token_lifetime_s", Value::Null),
    ];
    for open in [json!({ "kind": "unspecified" }), Value::Null] {
        let vector = changed(changed(vector(), &lifetimes)?, &[("/expect/token_set/refresh_token_lifetime", open)])?;
        assert_eq!(compare(&ready(&vector)?.1, &other), []);
        assert!(!compare(&ready(&vector)?.1, &none).is_empty());
    }
    let silent = changed(
        vector(),
        &[
            ("/expect/token_set/refresh_token", Value::Null),
            ("/expect/token_set/refresh_token_binding", Value::Null),
            ("/expect/token_set/refresh_token_lifetime", Value::Null),
        ],
    )?;
    assert_eq!(compare(&ready(&silent)?.1, &none), []);
    assert_eq!(compare(&ready(&silent)?.1, &right()), []);
    let refused = changed(silent, &[("/expect/token_set/refresh_token", json!(false))])?;
    assert_eq!(
        fields(&compare(&ready(&refused)?.1, &right())),
        BTreeSet::from(["token_set.refresh_token".to_owned(), "token_set.refresh_token_binding".to_owned()])
    );
    Ok(())
}

#[test]
fn the_report_lists_failures_and_ends_with_the_counts() -> Result<(), String> {
    let mut lines = vector().to_string();
    for (id, kind) in [("T-2", "token"), ("T-5", "authorise"), ("T-1", "token")] {
        lines.push_str(&format!("\n{}", json!({ "id": id, "kind": kind })));
    }
    lines.push_str("\nnot JSON\n{\"id\":\"T-6\"}");
    let prepared = prepare(&lines);
    let mut report = Report::default();
    for one in &prepared {
        report.add(one, Some(&right()));
    }
    let text = report.to_string();
    for failure in [
        "T-2: vector: expected one that can be read, came `vector` has no `title`",
        "T-5: vector: expected one that can be read, came unknown kind `authorise`",
        "T-1: vector: expected one that can be read, came another vector has the same id",
        "line 5: vector: expected one that can be read, came not JSON",
        "line 6: vector: expected one that can be read, came neither a decision nor a scenario",
    ] {
        assert!(text.contains(failure), "{failure}: {text}");
    }
    assert!(text.ends_with("\n1 passed, 5 failed"), "{text}");
    assert!(!report.clean());
    Ok(())
}

/// The same vector with an expectation for everything that a response and a page may say, and a decision that meets it.
fn further() -> Result<(Value, Value), String> {
    let vector = changed(
        vector(),
        &[
            ("/expect/response_in", json!("form_post")),
            ("/expect/iss", json!("https://as.example")),
            ("/expect/rules", json!(["offline.granted", "tokens.issued"])),
            ("/expect/consent_screen/redirect_host", json!("client.example")),
            ("/expect/consent_screen/loopback_warning", json!(false)),
        ],
    )?;
    let rule = |id: &str| json!({ "rule": id, "effect": "e", "sources": [] });
    let observation = changed(
        right(),
        &[
            ("/decision/response/placement", json!("form_post")),
            ("/decision/response/iss", json!("https://as.example")),
            ("/decision/trace", json!([rule("request.valid"), rule("tokens.issued"), rule("offline.granted")])),
            ("/consent/redirect_host", json!("client.example")),
            ("/consent/loopback_warning", json!(false)),
        ],
    )?;
    Ok((vector, observation))
}

#[test]
fn rules_issuer_and_what_a_page_warns_of_are_compared() -> Result<(), String> {
    let (vector, right) = further()?;
    let (_, expectation) = ready(&vector)?;
    assert_eq!(compare(&expectation, &right), []);
    for (pointer, field, value) in [
        ("/decision/response/placement", "response_in", json!("query")),
        ("/decision/response/iss", "iss", Value::Null),
        ("/decision/trace/1/rule", "rules.tokens.issued", json!("tokens.none")),
        ("/decision/trace", "rules.offline.granted", json!([])),
        ("/decision/trace", "rules.offline.granted", json!("offline.granted")),
        ("/consent/redirect_host", "consent_screen.redirect_host", json!("other.example")),
        ("/consent/loopback_warning", "consent_screen.loopback_warning", json!(true)),
    ] {
        let mismatches = compare(&expectation, &changed(right.clone(), &[(pointer, value.clone())])?);
        assert!(fields(&mismatches).contains(field), "{pointer} = {value}: {mismatches:?}");
    }
    let nowhere = changed(
        vector.clone(),
        &[("/expect/consent_screen/redirect_host", Value::Null), ("/expect/iss", Value::Null)],
    )?;
    let wrong = fields(&compare(&ready(&nowhere)?.1, &right));
    assert_eq!(wrong, BTreeSet::from(["consent_screen.redirect_host".to_owned(), "iss".to_owned()]));
    for (pointer, value) in [
        ("/expect/rules", json!("offline.granted")),
        ("/expect/rules", json!([1])),
        ("/expect/rule", json!([])),
        ("/expect/issuer", json!("i")),
        ("/expect/iss", json!(1)),
        ("/expect/response_in", json!("form-post")),
        ("/expect/consent_screen/redirect_hosts", json!("h")),
        ("/expect/consent_screen/loopback_warning", json!("no")),
    ] {
        let broken = ready(&changed(vector.clone(), &[(pointer, value.clone())])?).err().unwrap_or_default();
        assert!(broken.contains("Broken"), "{pointer} = {value}: {broken}");
    }
    let refusal = json!({ "result": "redirect_error", "error": { "code": "access_denied", "placement": "form_post" } });
    let refused = changed(
        right,
        &[
            ("/decision/outcome", json!("error")),
            ("/decision/error", json!({ "code": "access_denied", "placement": "form_post" })),
        ],
    )?;
    assert_eq!(compare(&ready(&changed(vector.clone(), &[("/expect", refusal)])?)?.1, &refused), []);
    let open = json!({ "result": "redirect_error", "error": { "code": null, "placement": null } });
    assert_eq!(compare(&ready(&changed(vector, &[("/expect", open)])?)?.1, &refused), []);
    Ok(())
}

/// The vector with these alternatives in place of its expectation.
fn any_of(mut vector: Value, alternatives: Value) -> Value {
    if let Some(members) = vector.as_object_mut() {
        members.remove("expect");
        members.insert("any_of".to_owned(), alternatives);
    }
    vector
}

#[test]
fn one_of_several_expectations_must_hold() -> Result<(), String> {
    let (vector, right) = further()?;
    let stated = vector.get("expect").cloned().unwrap_or_default();
    let refusal = json!({ "result": "redirect_error", "error": { "code": "access_denied", "placement": "query" },
        "granted_scopes": [], "token_set": null, "front_channel": null, "consent_screen": null });
    let near = changed(stated.clone(), &[("/result", json!("code"))])?;
    for met in [json!([stated]), json!([refusal, stated]), json!([stated, refusal]), json!([near, refusal, stated])] {
        assert_eq!(compare(&ready(&any_of(vector.clone(), met.clone()))?.1, &right), [], "{met}");
    }
    let (_, expectation) = ready(&any_of(vector.clone(), json!([refusal, near])))?;
    assert_eq!(fields(&compare(&expectation, &right)), BTreeSet::from(["any_of[1].result".to_owned()]));

    let misspelled = changed(stated.clone(), &[("/speling", json!(1))])?;
    for wrong in [json!([]), json!(stated), json!("code"), json!([stated, misspelled]), json!([stated, 1])] {
        assert!(ready(&any_of(vector.clone(), wrong.clone())).is_err_and(|why| why.contains("Broken")), "{wrong}");
    }
    let both = changed(any_of(vector.clone(), json!([stated])), &[("/expect", stated)])?;
    assert!(ready(&both).is_err_and(|why| why.contains("both")));
    assert!(ready(&changed(any_of(vector, Value::Null), &[("/anyof", json!([]))])?).is_err());
    Ok(())
}

#[test]
fn every_spoilt_assertion_is_noticed() -> Result<(), String> {
    let (vector, right) = further()?;
    let stated = vector.get("expect").cloned().unwrap_or_default();
    let nothing = json!({ "result": "redirect_error", "error": null, "iss": null, "rules": ["offline.refused"],
        "consent_screen": { "redirect_host": null } });
    let several = any_of(vector.clone(), json!([nothing, stated]));
    let places = |vector: &Value| spoil(vector).into_iter().map(|(place, _)| place).collect::<BTreeSet<String>>();
    for place in ["/expect/rules", "/expect/rules/0", "/expect/rules/1", "/expect/iss", "/expect/response_in"] {
        assert!(places(&vector).contains(place), "{place}");
    }
    for place in ["alternative 0: /any_of/0/iss", "alternative 1: /any_of/0/rules/1", "alternative 1: /any_of/0/result"]
    {
        assert!(places(&several).contains(place), "{place}: {:?}", places(&several));
    }
    for (place, wrong) in spoil(&vector).into_iter().chain(spoil(&several)) {
        let (_, expectation) = ready(&wrong).map_err(|why| format!("{place}: {why}"))?;
        assert!(!compare(&expectation, &right).is_empty(), "{place}");
    }
    Ok(())
}

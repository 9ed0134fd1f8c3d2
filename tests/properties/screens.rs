//! Screens: what the consent page lists, what an answer to it counts for, and that the loop over screens ends.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::calls::{Call, NOW, call};
use crate::input::{at, cases, items, text, words};

type Set = BTreeSet<String>;

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> Set {
    names.into_iter().map(ToOwned::to_owned).collect()
}

/// The scopes on a page with this status.
fn listed(page: &Json, status: &str) -> Set {
    set(items(page, "scopes").iter().filter(|scope| text(scope, "status") == status).map(|scope| text(scope, "scope")))
}

fn granted(decision: &Json) -> Set {
    set(items(decision, "scope.granted").iter().filter_map(Json::as_str))
}

fn has_rule(decision: &Json, id: &str) -> bool {
    items(decision, "trace").iter().any(|entry| text(entry, "rule") == id)
}

/// The value of a knob or a configuration key of the call's policy.
fn setting(call: &Call, id: &str) -> Json {
    let Ok(policy) = call.policy() else { return Json::Null };
    let all = grantwise::policy::published::settings(&policy);
    let value = all.into_iter().find(|(known, _)| *known == id);
    value.and_then(|(_, value)| serde_json::to_value(value).ok()).unwrap_or_default()
}

/// The value of a knob of the call's policy.
fn knob(call: &Call, id: &str) -> String {
    match setting(call, id) {
        Json::String(word) => word,
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

/// Whether the prior grant counts: alive, hers, kept for later, to this client (or, where grants belong to projects, to
/// one of the same project), and not set aside by a request for a new grant.
fn prior_counts(call: &Call) -> bool {
    let grant = &call.grant;
    let multiple = knob(call, "grant_model") == "multiple";
    !grant.is_null()
        && text(grant, "status") == "active"
        && text(grant, "sub") == "alice"
        && at(grant, "remembered") == &json!(true)
        && (text(grant, "client_id") == "c1" || knob(call, "grant_model") == "per_project")
        && !(multiple && call.sent("grant_management_action") == ["create"])
        // Nobody says in which session these grants were given.
        && knob(call, "grant_model") != "per_session"
}

/// What the page has to list as new, worked out from what goes in and what the decision says it set aside.
fn new_scopes(call: &Call, decision: &Json) -> Set {
    let sent = call.sent("scope");
    let configured = |id: &str| setting(call, id).as_array().map(|names| set(names.iter().filter_map(Json::as_str)));
    let mut asked = set(sent.first().map(|scope| words(scope)).unwrap_or_default());
    if asked.is_empty() {
        asked = configured("default_scope").unwrap_or_default();
    }
    for id in ["scopes_supported", "allowed_scopes"] {
        if let Some(known) = configured(id) {
            asked.retain(|scope| known.contains(scope));
        }
    }
    for ignored in items(decision, "ignored").iter().filter(|ignored| text(ignored, "param") == "scope") {
        asked.remove(text(ignored, "value"));
    }
    let set_aside = items(decision, "ignored").iter().any(|ignored| text(ignored, "value") == "online_access");
    if has_rule(decision, "online.added") && has_rule(decision, "online.session_bound") && !set_aside {
        // Unless offline_access comes before it.
        if !has_rule(decision, "online.offline_wins") {
            asked.insert("online_access".to_owned());
        }
    }
    if prior_counts(call) {
        let before = set(words(text(&call.grant, "scope")));
        let either = before.contains("offline_access") || before.contains("refresh_token");
        let same = knob(call, "offline_request") == "scope_or_refresh_token" && either;
        asked.retain(|scope| {
            !(before.contains(scope) || same && matches!(scope.as_str(), "offline_access" | "refresh_token"))
        });
    }
    asked
}

/// One step of a person who does what is asked. False when nothing is asked.
fn comply(call: &mut Call, decision: &Json, scope: Option<String>) -> bool {
    match text(decision, "outcome") {
        screen @ ("login" | "reauthenticate") => call.answers.push(json!({ "screen": screen, "result": "done" })),
        "select_account" => call.answers.push(json!({ "screen": "select_account", "result": "done" })),
        "consent" => {
            let shown = at(decision, "consent");
            call.answers.push(json!({ "screen": "consent", "result": "approved", "shown": shown, "scope": scope }));
            return true;
        }
        _ => return false,
    }
    let signed_in = text(decision, "outcome") != "select_account";
    if call.session.is_null() {
        call.session = json!({ "sub": "alice", "auth_time": NOW });
    } else if signed_in {
        call.signs_in();
    }
    true
}

/// Goes on until a consent page is shown, and gives the call with that decision.
fn at_consent() -> impl Strategy<Value = (Call, Json)> {
    let shown = |mut call: Call| {
        call.answers.clear();
        for _ in 0..4 {
            let decision = call.decision().ok()?;
            if text(&decision, "outcome") == "consent" {
                return Some((call, decision));
            }
            if !comply(&mut call, &decision, None) {
                return None;
            }
        }
        None
    };
    let asked = call().prop_map(|mut call| {
        call.parameters.retain(|(name, _)| !matches!(name.as_str(), "request" | "request_uri"));
        call
    });
    asked.prop_filter_map("no consent page", shown)
}

/// The same, and some of the scopes that the page lists.
fn with_some() -> impl Strategy<Value = (Call, Json, Set)> {
    at_consent().prop_flat_map(|(call, decision)| {
        let all: Vec<String> =
            items(&decision, "consent.scopes").iter().map(|scope| text(scope, "scope").to_owned()).collect();
        let most = all.len();
        (Just(call), Just(decision), proptest::sample::subsequence(all, 0..=most))
            .prop_map(|(call, decision, some)| (call, decision, some.into_iter().collect()))
    })
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { max_global_rejects: 200_000, max_local_rejects: 200_000, ..cases(600) })]

    /// The page lists as new exactly the scopes that are new; what was granted before is marked or left out, as the
    /// policy has it, and is never called new.
    #[test]
    fn the_page_lists_exactly_the_new_scopes_as_new((call, decision) in at_consent()) {
        let page = at(&decision, "consent");
        prop_assert_eq!(listed(page, "new"), new_scopes(&call, &decision), "{}", decision);
        let already = listed(page, "already_granted");
        if knob(&call, "already_granted_display") == "hidden" || !prior_counts(&call) {
            prop_assert!(already.is_empty());
        } else if knob(&call, "offline_request") != "scope_or_refresh_token" {
            prop_assert!(already.is_subset(&set(words(text(&call.grant, "scope")))));
        }
        let promised = granted(&decision);
        let both: Set = listed(page, "new").union(&already).cloned().collect();
        prop_assert!(both.is_subset(&promised), "approval gives what the page lists");
    }

    /// A person who does what is asked comes to an end, and sees no kind of page twice.
    #[test]
    fn the_loop_over_screens_ends(mut call in call()) {
        call.answers.clear();
        let mut seen = BTreeSet::new();
        loop {
            let decision = call.decision()?;
            if !comply(&mut call, &decision, None) {
                prop_assert!(matches!(text(&decision, "outcome"), "issue" | "error"));
                break;
            }
            prop_assert!(seen.insert(text(&decision, "outcome").to_owned()), "again: {}", decision);
        }
    }

    /// Nothing is granted beyond what was approved or was granted before, and offline access only if it was approved
    /// now. The stored grant loses nothing that it had, and gains nothing that was not approved; unless the request
    /// asks to replace it, or for another one, under a policy that has several.
    #[test]
    fn an_approval_gives_what_was_approved((mut call, decision, some) in with_some()) {
        let before = if prior_counts(&call) { set(words(text(&call.grant, "scope"))) } else { Set::new() };
        let approved: Vec<&str> = some.iter().map(String::as_str).collect();
        prop_assert!(comply(&mut call, &decision, Some(approved.join(" "))));
        let answered = call.decision()?;
        prop_assert!(matches!(text(&answered, "outcome"), "issue" | "error"), "{}", answered);
        let result = granted(&answered);
        for scope in &result {
            prop_assert!(some.contains(scope) || before.contains(scope), "{} was not approved: {}", scope, answered);
            if scope == "offline_access" && knob(&call, "offline_request").starts_with("scope") {
                prop_assert!(some.contains(scope), "{}", answered);
            }
        }
        let stored: Vec<&Json> = items(&answered, "effects").iter().filter(|effect| text(effect, "kind") == "grant").collect();
        let remembers = knob(&call, "remember_consent") != "checkbox";
        let refusal = has_rule(&answered, "consent.refusal_remembered");
        prop_assert_eq!(stored.len(), usize::from((text(&answered, "outcome") == "issue" || refusal) && remembers));
        let several = knob(&call, "grant_model") == "multiple";
        let anew = several && matches!(call.sent("grant_management_action").as_slice(), ["create" | "replace"]);
        for effect in stored {
            let kept = set(words(text(effect, "record.scope")));
            prop_assert!(kept.iter().all(|scope| result.contains(scope) || before.contains(scope)), "{}", answered);
            prop_assert!(result.is_subset(&kept));
            if !anew && text(&call.grant, "client_id") == "c1" {
                if knob(&call, "earlier_scopes_on_approval") == "stay" {
                    prop_assert!(before.is_subset(&kept), "the grant lost a scope: {}", answered);
                }
                if prior_counts(&call) {
                    prop_assert_eq!(at(effect, "record.grant_id").as_str(), at(&call.grant, "grant_id").as_str());
                }
            }
        }
    }

    /// An answer counts only for the page that was shown: for any other it is asked again, and says why.
    #[test]
    fn an_answer_to_another_page_is_not_counted((mut call, decision) in at_consent(), change in 0..4) {
        let mut other = at(&decision, "consent").clone();
        match change {
            0 => other["sub"] = json!("mallory"),
            1 => other["client_id"] = json!("c9"),
            2 => other["offline_access"] = json!(other["offline_access"] != json!(true)),
            _ => other["scopes"] = json!([{ "scope": "admin", "status": "new", "optional": false }]),
        }
        for result in ["approved", "denied", "impossible"] {
            call.answers.push(json!({ "screen": "consent", "result": result, "shown": other }));
            let again = call.decision()?;
            prop_assert_eq!(text(&again, "outcome"), "consent");
            prop_assert!(items(&again, "consent.because").contains(&json!("answer_out_of_date")));
        }
    }

    /// A refusal on the consent page is never followed by tokens.
    #[test]
    fn a_refusal_gives_no_tokens((mut call, decision) in at_consent()) {
        let shown = at(&decision, "consent");
        call.answers.push(json!({ "screen": "consent", "result": "denied", "shown": shown }));
        let refused = call.decision()?;
        prop_assert_eq!(text(&refused, "outcome"), "error");
        let named = if knob(&call, "access_denied_for") == "nothing" { "consent_required" } else { "access_denied" };
        let known = knob(&call, "openid_connect") == "true";
        prop_assert_eq!(text(&refused, "error.code"), if known { named } else { "access_denied" });
    }

    /// A sign-in after an approval makes it void: it may be another person who signed in.
    #[test]
    fn an_approval_before_a_sign_in_is_void((mut call, decision) in at_consent()) {
        prop_assert!(comply(&mut call, &decision, None));
        call.answers.push(json!({ "screen": "login", "result": "done" }));
        let again = call.decision()?;
        prop_assert_eq!(text(&again, "outcome"), "consent");
    }
}

//! Suggestions: each reaches its goal when it is decided as it stands, no part of it does, and none is missing.

use grantwise::Policy;
use grantwise::authorize::{Decision, DecisionOutcome};
use grantwise::explore::suggest::{Change, Goal, Owner, Suggestion, changed, possible};
use grantwise::input::{Text, Value};

const SESSION: &str = r#"{ "sub": "alice", "auth_time": 1700000000 }"#;

fn value(json: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Boolean(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(members) => {
            Value::Members(members.iter().map(|(name, member)| (name.as_str().into(), value(member))).collect())
        }
    }
}

fn input(query: &str, grant_types: &str, session: &str, grant: &str) -> Result<Value, String> {
    let text = format!(
        r#"{{ "request": "?client_id=c&redirect_uri=https%3A%2F%2Fc.example%2Fcb&state=s&nonce=n&{query}",
            "client": {{ "client_id": "c", "redirect_uris": ["https://c.example/cb"], "grant_types": {grant_types} }},
            "session": {session}, "grant": {grant}, "now": 1700000100 }}"#
    );
    serde_json::from_str(&text).map(|json| value(&json)).map_err(|error| error.to_string())
}

fn policy(name: &str) -> Result<Policy, String> {
    Policy::profile(name, &Value::Null).map_err(|misuse| misuse.to_string())
}

fn binding(decision: &Decision) -> Option<String> {
    let token = decision.tokens.as_ref()?.token_endpoint.as_ref()?.refresh_token.as_ref()?;
    Some(format!("{:?}", token.binding).to_lowercase())
}

/// Whether a decision reaches a goal, read off the decision alone.
fn reaches(goal: &Goal, decision: &Decision) -> bool {
    match goal {
        Goal::RefreshToken => binding(decision).is_some(),
        Goal::OfflineRefreshToken => binding(decision).as_deref() == Some("offline"),
        Goal::SessionRefreshToken => binding(decision).as_deref() == Some("session"),
        Goal::NoRefreshToken => binding(decision).is_none() && decision.tokens.is_some(),
        Goal::NoConsentScreen | Goal::NoScreen => decision.outcome == DecisionOutcome::Issue,
        Goal::ConsentScreen => decision.outcome == DecisionOutcome::Consent,
        Goal::Scope(scope) => decision.scope.granted.iter().any(|granted| granted == scope),
        Goal::SurvivesLogout | Goal::EndsAtLogout => binding(decision).is_some(),
    }
}

struct Asked {
    profile: &'static str,
    query: &'static str,
    grant_types: &'static str,
    session: &'static str,
    grant: &'static str,
    goal: Goal,
    /// What must be among the suggestions: the owner and the words of each change.
    expected: &'static [&'static [(Owner, &'static str)]],
}

const BOTH: &str = r#"["authorization_code", "refresh_token"]"#;
const CODE_ONLY: &str = r#"["authorization_code"]"#;

fn cases() -> Vec<Asked> {
    let asked = |profile, query, grant_types, goal, expected| Asked {
        profile,
        query,
        grant_types,
        session: SESSION,
        grant: "null",
        goal,
        expected,
    };
    vec![
        // The most common cause in the field: the grant type is not registered.
        asked(
            "auth0",
            "response_type=code&scope=openid%20offline_access",
            CODE_ONLY,
            Goal::RefreshToken,
            &[&[(Owner::Registration, "the client registers the grant type refresh_token")]],
        ),
        // OpenID Connect Core, section 11: prompt must contain consent, unless another condition holds.
        asked(
            "openid-core",
            "response_type=code&scope=openid%20offline_access",
            BOTH,
            Goal::OfflineRefreshToken,
            &[
                &[(Owner::Request, "prompt contains consent")],
                &[(Owner::Policy, "another condition for processing holds, and permits offline access")],
            ],
        ),
        asked(
            "openid-core",
            "response_type=code&scope=openid%20offline_access",
            CODE_ONLY,
            Goal::OfflineRefreshToken,
            &[
                &[
                    (Owner::Request, "prompt contains consent"),
                    (Owner::Registration, "the client registers the grant type refresh_token"),
                ],
                // The knob matters only beside two changes: the grant type, and what is on record.
                &[
                    (Owner::Registration, "the client registers the grant type refresh_token"),
                    (Owner::Record, "the user has granted this client all of these scopes and offline access"),
                    (Owner::Policy, "saved_consent_is_condition is true"),
                ],
            ],
        ),
        asked(
            "openid-core",
            "response_type=code&scope=openid%20offline_access&prompt=consent",
            CODE_ONLY,
            Goal::SessionRefreshToken,
            // And here the grant type, and what is not asked for: beside one of them it changes nothing at all.
            &[&[
                (Owner::Request, "scope does not contain offline_access"),
                (Owner::Registration, "the client registers the grant type refresh_token"),
                (Owner::Policy, "refresh_token_without_offline is true"),
            ]],
        ),
        Asked {
            grant: r#"{ "scope": "email" }"#,
            ..asked(
                "google-2011",
                "response_type=code&scope=email&access_type=offline",
                BOTH,
                Goal::RefreshToken,
                &[
                    &[(Owner::Request, "approval_prompt is force")],
                    &[(Owner::Record, "the user has granted this client nothing yet")],
                ],
            )
        },
        Asked {
            session: "null",
            ..asked(
                "openid-core",
                "response_type=code&scope=openid",
                BOTH,
                Goal::ConsentScreen,
                &[&[(Owner::Now, "the user signs in now")]],
            )
        },
        asked(
            "online-access",
            "response_type=code&scope=openid",
            BOTH,
            Goal::Scope(Text::fixed("email")),
            &[&[(Owner::Request, "scope contains email")]],
        ),
        asked(
            "openid-core",
            "response_type=code&scope=openid",
            BOTH,
            Goal::NoConsentScreen,
            &[&[(Owner::Record, "the user has granted this client all of these scopes, and no offline access")]],
        ),
    ]
}

#[test]
fn each_suggestion_reaches_its_goal_and_no_part_of_it_does() -> Result<(), String> {
    for case in cases() {
        let (policy, input) = (policy(case.profile)?, input(case.query, case.grant_types, case.session, case.grant)?);
        let found = policy.suggest(&input, &case.goal).map_err(|misuse| misuse.to_string())?;
        assert!(!found.reached && !found.sets.is_empty(), "{} {}", case.profile, case.query);
        for set in &found.sets {
            let decision = set.policy.authorize(&set.input).map_err(|misuse| misuse.to_string())?;
            assert!(reaches(&case.goal, &decision), "{} {}: {:?}", case.profile, case.query, set.changes);
            let again = Policy::profile(case.profile, &set.policy.overrides()).map_err(|misuse| misuse.to_string())?;
            assert_eq!(again.knobs, set.policy.knobs);
            for left_out in 0..set.changes.len() {
                let mut part = set.changes.clone();
                part.remove(left_out);
                let (policy, input) = changed(&policy, &input, &part);
                if let Ok(decision) = policy.authorize(&input) {
                    assert!(!reaches(&case.goal, &decision), "{} without {left_out}: {:?}", case.profile, set.changes);
                }
            }
        }
        for expected in case.expected {
            let is = |set: &[Change]| {
                set.len() == expected.len()
                    && expected
                        .iter()
                        .all(|(owner, says)| set.iter().any(|change| change.owner == *owner && change.says == *says))
            };
            let all: Vec<Vec<&str>> =
                found.sets.iter().map(|set| set.changes.iter().map(|change| change.says.as_str()).collect()).collect();
            assert!(found.sets.iter().any(|set| is(&set.changes)), "{expected:?} is missing: {all:#?}");
        }
    }
    Ok(())
}

/// Every single change and every pair is tried, decided in whole: what reaches the goal contains a suggestion.
#[test]
fn no_smaller_set_is_missing() -> Result<(), String> {
    for case in cases().into_iter().take(5) {
        let (policy, input) = (policy(case.profile)?, input(case.query, case.grant_types, case.session, case.grant)?);
        let found = policy.suggest(&input, &case.goal).map_err(|misuse| misuse.to_string())?;
        let all = possible(&policy, &input, &case.goal);
        let facts: Vec<_> = all.iter().filter(|change| !change.is_knob()).collect();
        let mut tried = 0_usize;
        for one in &all {
            // A pair with a knob is the other way round the same.
            for other in facts.iter().copied().chain([one]) {
                let set = if std::ptr::eq(one, other) { vec![one.clone()] } else { vec![one.clone(), other.clone()] };
                let (with, edited) = changed(&policy, &input, &set);
                let Ok(decision) = with.authorize(&edited) else { continue };
                tried = tried.saturating_add(1);
                if reaches(&case.goal, &decision) {
                    let told = found.sets.iter().any(|suggestion| {
                        suggestion.changes.len() <= set.len() && same_or_more(&policy, &set, &input, suggestion)
                    });
                    assert!(told, "{}: {:?} is missing", case.profile, set);
                }
            }
        }
        assert!(tried > 1000, "{tried}");
    }
    Ok(())
}

/// The same of every two changes and a knob that is turned beside them, where the two do something to the facts.
#[test]
fn no_set_with_a_knob_is_missing() -> Result<(), String> {
    let offline = "response_type=code&scope=openid%20offline_access";
    let approved = "response_type=code&scope=openid%20offline_access&prompt=consent";
    let cases = [
        ("openid-core", offline, CODE_ONLY, Goal::RefreshToken),
        ("openid-core", approved, CODE_ONLY, Goal::SessionRefreshToken),
        ("auth0", approved, BOTH, Goal::NoRefreshToken),
    ];
    let cases = cases.map(|(profile, query, grant_types, goal)| Asked {
        profile,
        query,
        grant_types,
        session: SESSION,
        grant: "null",
        goal,
        expected: &[],
    });
    for case in cases {
        let (policy, input) = (policy(case.profile)?, input(case.query, case.grant_types, case.session, case.grant)?);
        let found = policy.suggest(&input, &case.goal).map_err(|misuse| misuse.to_string())?;
        let mut seen = vec![policy.authorize_situation(&input).map_err(|misuse| misuse.to_string())?];
        let (knobs, others): (Vec<Change>, Vec<Change>) =
            possible(&policy, &input, &case.goal).into_iter().partition(Change::is_knob);
        let mut facts = Vec::new();
        for change in others {
            let (with, edited) = changed(&policy, &input, std::slice::from_ref(&change));
            let Ok(situation) = with.authorize_situation(&edited) else { continue };
            if !seen.contains(&situation) {
                seen.push(situation);
                facts.push(change);
            }
        }
        let (mut tried, mut reached) = (0_usize, 0_usize);
        for (one, others) in facts.iter().enumerate().map(|(place, one)| (one, facts.iter().skip(place + 1))) {
            for (other, knob) in others.flat_map(|other| knobs.iter().map(move |knob| (other, knob))) {
                let set = vec![one.clone(), other.clone(), knob.clone()];
                let (with, edited) = changed(&policy, &input, &set);
                let Ok(decision) = with.authorize(&edited) else { continue };
                tried += 1;
                if reaches(&case.goal, &decision) {
                    reached += 1;
                    let told = found.sets.iter().any(|suggestion| same_or_more(&policy, &set, &input, suggestion));
                    assert!(told, "{}: {:?} is missing", case.profile, set);
                }
            }
        }
        assert!(tried > 20_000 && reached > 0, "{}: {tried} tried, {reached} reached the goal", case.profile);
    }
    Ok(())
}

/// Whether a set of changes comes to what a suggestion comes to, or to more: several changes can do the same.
fn same_or_more(policy: &Policy, set: &[Change], input: &Value, suggestion: &Suggestion) -> bool {
    let without = |left_out: usize| {
        let part: Vec<Change> =
            set.iter().enumerate().filter(|(place, _)| *place != left_out).map(|(_, change)| change.clone()).collect();
        changed(policy, input, &part)
    };
    let comes_to = |(policy, input): (Policy, Value)| Some((policy.knobs, policy.authorize_situation(&input).ok()?));
    let suggested = comes_to((suggestion.policy.clone(), suggestion.input.clone()));
    comes_to(changed(policy, input, set)) == suggested
        || (0..set.len()).any(|left_out| comes_to(without(left_out)) == suggested)
        || suggestion.changes.iter().all(|change| set.iter().any(|known| known.says == change.says))
}

#[test]
fn what_is_reached_already_needs_nothing() -> Result<(), String> {
    let policy = policy("openid-core")?;
    let input = input("response_type=code&scope=openid%20offline_access&prompt=consent", BOTH, SESSION, "null")?;
    let found = policy.suggest(&input, &Goal::OfflineRefreshToken).map_err(|misuse| misuse.to_string())?;
    assert!(found.reached && found.sets.is_empty() && found.blocked_by.is_empty());
    Ok(())
}

/// A repeated parameter is refused (RFC 6749, section 3.1): no change of another one may make it vanish on the way.
#[test]
fn what_is_not_named_stays_in_the_request() -> Result<(), String> {
    let policy = policy("openid-core")?;
    let query = "response_type=code&scope=openid%20offline_access&ui_locales=de&ui_locales=en";
    let found = policy
        .suggest(&input(query, BOTH, SESSION, "null")?, &Goal::RefreshToken)
        .map_err(|misuse| misuse.to_string())?;
    assert!(found.sets.is_empty(), "{:?}", found.sets.first().map(|set| &set.changes));
    assert!(found.blocked_by.contains(&"request.repeated_parameter"), "{:?}", found.blocked_by);
    let once = input("response_type=code&scope=openid%20offline_access&ui_locales=de%20en&x", BOTH, SESSION, "null")?;
    let found = policy.suggest(&once, &Goal::RefreshToken).map_err(|misuse| misuse.to_string())?;
    for set in &found.sets {
        let request = set.input.text_of("request").unwrap_or_default();
        assert!(request.contains("ui_locales=de%20en&x"), "{request}");
    }
    Ok(())
}

#[test]
fn what_cannot_be_reached_names_what_stands_in_the_way() -> Result<(), String> {
    let policy = policy("openid-core")?;
    let found = policy
        .suggest(
            &value(&serde_json::json!({ "request": "?client_id=nobody", "client": null, "now": 1 })),
            &Goal::RefreshToken,
        )
        .map_err(|misuse| misuse.to_string())?;
    assert!(!found.reached && found.sets.is_empty(), "{:?}", found.sets);
    assert!(!found.blocked_by.is_empty());
    Ok(())
}

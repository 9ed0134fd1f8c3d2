//! What changed between two versions, as their listings say.

use grantwise::decide::lifecycle::component::Component;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::explore::{Explorer, Known, Ordinary, Unreadable, catalogue, changes};
use grantwise::policy::knobs::{Knobs, LogoutRevokesOffline};

fn listing(policy: &Knobs) -> String {
    let mut explorer = Explorer::<Lifecycle>::default();
    let explored = explorer.explore(policy, Component::Ends);
    let mut listing = String::new();
    assert!(explorer.list(&explored, &mut listing).is_ok());
    listing
}

/// A changed knob is found with what was said, what is said now, and of how many situations; nothing else is.
#[test]
fn a_changed_decision_is_found() {
    let before = Knobs { logout_revokes_offline: LogoutRevokesOffline::No, ..Knobs::default() };
    let after = Knobs { logout_revokes_offline: LogoutRevokesOffline::Yes, ..before };
    let known = catalogue(&Lifecycle::ordinary());
    assert_eq!(changes(&listing(&before), &listing(&before), &known), Ok(Vec::new()));
    let found = changes(&listing(&before), &listing(&after), &known).unwrap_or_default();
    let said: Vec<_> = found.iter().map(|change| (change.before.as_deref(), change.after.as_deref())).collect();
    let kept = Some("session, session_tokens=revoked");
    assert_eq!(said, [(kept, Some("session, session_tokens=revoked, offline_tokens_of_session"))]);
    assert!(found.iter().all(|change| change.situations > 1_000_000 && change.example.is_empty()), "{found:?}");
}

fn usual(fact: &'static str, values: &'static [&'static str], usually: &'static str) -> Known {
    Known { fact, values, usually }
}

/// The order of values and facts may differ, and either version may have some that the other lacks.
#[test]
fn versions_may_have_other_facts_and_values() {
    let before = "a\tx#1\ty:one\nb\tno:one\tyes:two\n";
    let same = "b\tyes#1\tno:one\na\ty:one\tx:two\n";
    assert_eq!(changes(before, same, &[]), Ok(Vec::new()));
    let more = "a\tx#1\ty:one\tz:three\nb\tno:one\tyes:two\n";
    let found = changes(before, more, &[]).unwrap_or_default();
    let said: Vec<_> = found.iter().map(|change| (change.before.as_deref(), change.after.as_deref())).collect();
    assert_eq!(said, [(None, Some("three"))]);
    let constant = changes(":one\n", before, &[usual("a", &["x", "y"], "y"), usual("b", &["no", "yes"], "no")])
        .unwrap_or_default();
    let [change] = constant.as_slice() else { return assert!(constant.len() == 1, "{constant:?}") };
    let example: Vec<(&str, &str)> =
        change.example.iter().map(|(fact, value)| (fact.as_str(), value.as_str())).collect();
    assert_eq!((change.situations, example.as_slice()), (1, [("a", "x"), ("b", "yes")].as_slice()));
}

#[test]
fn what_is_no_listing_is_refused() {
    assert_eq!(changes("a\tx#0\n", ":one\n", &[]), Err(Unreadable::Node));
    assert_eq!(changes("a\tx#7\n", ":one\n", &[]), Err(Unreadable::Node));
    assert_eq!(changes("a\tx\n", ":one\n", &[]), Err(Unreadable::Line));
}

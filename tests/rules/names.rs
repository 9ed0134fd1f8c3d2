//! What is named: sentences by number, and parameters as they are called on the wire.

use std::collections::BTreeSet;

use grantwise::decide::authorize::facts::AskedResponseType;
use grantwise::decide::authorize::part::Parameter;
use grantwise::decide::authorize::verdict::{Authorize, NoRefreshToken};
use grantwise::decide::engine::decide;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::reason::Reason;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::{Drawn, Ordinary};
use grantwise::input::RULE_SENTENCES;
use grantwise::policy::knobs::Knobs;
use grantwise::policy::profiles::PROFILES;

/// The package's tables are read by number: one for each sentence, without a gap, below those of the rules.
#[test]
fn each_sentence_has_a_number_of_its_own() {
    let reasons = Reason::ALL.iter().map(|reason| reason.sentence());
    let all: Vec<_> = reasons.chain(NoRefreshToken::OWN.iter().map(|why| why.sentence())).collect();
    let numbers: Vec<usize> = all.iter().map(|sentence| usize::from(sentence.number())).collect();
    assert_eq!(numbers, (0..all.len()).collect::<Vec<_>>());
    assert!(all.len() <= usize::from(RULE_SENTENCES));
    let letters: BTreeSet<&str> = all.iter().map(|sentence| sentence.text()).collect();
    assert_eq!(letters.len(), all.len());
}

/// Why there is no refresh token is a reason to set something aside, or one of its own.
#[test]
fn a_reason_to_set_something_aside_is_that_reason() {
    for reason in Reason::ALL {
        assert_eq!(NoRefreshToken::SetAside(reason).reason(), Some(reason));
        assert_eq!(NoRefreshToken::SetAside(reason).sentence(), reason.sentence());
    }
    assert!(NoRefreshToken::OWN.iter().all(|why| why.reason().is_none()));
}

#[test]
fn reasons_are_published_under_their_names() {
    let names = Reason::ALL.map(Reason::name);
    assert_eq!(Reason::NAMES, names);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(names.iter().all(|name| !name.is_empty()));
}

#[test]
fn parameters_are_called_as_on_the_wire() {
    let names: Vec<&str> = Parameter::ALL.iter().flat_map(|parameter| parameter.wire_names()).copied().collect();
    assert_eq!(
        names.join(" "),
        "prompt response_mode display access_type approval_prompt include_granted_scopes grant_management_action grant_id launch scope"
    );
}

/// RFC 6749, section 3.1.1: the order of the values does not matter; one that is not known is told apart by whether it
/// asks for a token.
#[test]
fn response_types_are_told_apart() {
    use AskedResponseType as Asked;
    for (text, asked) in [
        (None, Asked::Missing),
        (Some("code"), Asked::Code),
        (Some("id_token code"), Asked::CodeIdToken),
        (Some("token id_token code"), Asked::CodeIdTokenToken),
        (Some("none"), Asked::None),
        (Some("device"), Asked::Unknown),
        (Some("device token"), Asked::UnknownWithToken),
        (Some("id_token device"), Asked::UnknownWithToken),
        (Some("tokens"), Asked::Unknown),
        (Some(""), Asked::Unknown),
    ] {
        assert_eq!(Asked::parse(text), asked, "{text:?}");
    }
}

/// A trace has the rules that took part, and no other.
#[test]
fn a_trace_has_the_rules_that_took_part() {
    fn of<E: Ordinary>() {
        let policy = PROFILES.first().map_or_else(Knobs::default, |profile| profile.values().0);
        let mut drawn = Drawn::new(0x7ACE);
        let traces: Vec<_> = (0..60).map(|_| decide::<E, _>(&policy, &drawn.near_ordinary::<E>()).trace).collect();
        let mut lacking = 0_usize;
        for (trace, other) in traces.iter().flat_map(|trace| traces.iter().map(move |other| (trace, other))) {
            let took_part: BTreeSet<&str> = trace.rules().map(|rule| rule.id).collect();
            assert_eq!(took_part.len(), trace.count());
            for number in other.numbers() {
                let has = took_part.contains(number.rule().id);
                assert_eq!(trace.has(number), has, "{}", number.rule().id);
                lacking = lacking.saturating_add(usize::from(!has));
            }
        }
        assert!(lacking > 0);
    }
    of::<Authorize>();
    of::<Token>();
    of::<Lifecycle>();
}

//! Situations as they are written into decisions.

use grantwise::answer::PackedSituation;
use grantwise::decide::authorize::facts::AuthorizeFact;
use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::fact::{Fact, Situation};
use grantwise::decide::lifecycle::facts::LifecycleFact;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::facts::TokenFact;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::{Drawn, Ordinary};
use grantwise::input::{Shape, Value};

fn text(situation: PackedSituation) -> String {
    match situation.write() {
        Value::Text(text) => text.as_str().to_owned(),
        other => format!("a situation is written as {other:?}"),
    }
}

/// A situation is read as what was written, in letters that may stand anywhere, and no other engine takes it for its own.
fn comes_back<E: Ordinary, Other: Fact>()
where
    E::Fact: Fact,
{
    let mut drawn = Drawn::new(7);
    for _ in 0..500 {
        let situation = drawn.near_ordinary::<E>();
        let written = text(situation.into());
        assert_eq!(written.len(), 27);
        assert!(written.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter)), "{written}");
        let read = PackedSituation::parse(&written);
        assert_eq!(read.and_then(|read| read.of::<E::Fact>()), Some(situation));
        assert_eq!(read.and_then(|read| read.of::<Other>()), None);
    }
}

#[test]
fn a_situation_is_read_as_what_was_written() {
    comes_back::<Authorize, TokenFact>();
    comes_back::<Token, LifecycleFact>();
    comes_back::<Lifecycle, TokenFact>();
}

/// What is no situation is none: of another length, in other letters, with a value that no fact has, of another list of
/// facts.
#[test]
fn what_is_no_situation_is_none() {
    let written = text(Situation::<TokenFact>::default().into());
    assert!(PackedSituation::parse(&written).is_some());
    let (list, words) = written.split_at(5);
    let all_ones = format!("{list}{}", "__________P".repeat(2));
    for other in [String::new(), written.replacen('t', "", 1), format!("{written}A"), written.replacen('A', "+", 1)] {
        assert_eq!(PackedSituation::parse(&other), None, "{other}");
    }
    let read = PackedSituation::parse(&all_ones).expect("it has the letters of one");
    assert_eq!(read.of::<TokenFact>(), None, "no fact has the value that all its bits would be");
    let other_list = PackedSituation::parse(&format!("tAAAA{words}")).expect("it has the letters of one");
    assert!(other_list.is_of::<TokenFact>());
    assert_eq!(other_list.of::<TokenFact>(), None, "another list of facts has another digest");
}

/// The first value that a fact does not have is no value of it, whatever bits are free for it.
#[test]
fn a_value_after_the_last_is_none() {
    fn of<F: Fact>() {
        let mut tried = 0_usize;
        for fact in F::ALL {
            let after = Situation::<F>::default().with_index(*fact, fact.values());
            // Where the bits are used up there is no such value.
            if after.index(*fact) == fact.values() {
                tried = tried.saturating_add(1);
                assert_eq!(Situation::<F>::unpacked(after.words()), None, "{}", fact.name());
            }
        }
        assert!(tried > 0);
    }
    of::<AuthorizeFact>();
    of::<TokenFact>();
    of::<LifecycleFact>();
}

/// A situation that is chosen fact by fact has what was chosen.
#[test]
fn a_chosen_situation_has_what_was_chosen() {
    let mut drawn = Drawn::new(11);
    for _ in 0..50 {
        let mut chosen = Vec::new();
        let situation = Situation::<AuthorizeFact>::choose(|values| {
            let value = drawn.below(values);
            chosen.push(value);
            value
        });
        let values: Vec<usize> = AuthorizeFact::ALL.iter().map(|fact| situation.index(*fact)).collect();
        assert_eq!(values, chosen);
    }
}

//! Samples: the situation of an input that was made for a situation is that situation again.

use std::collections::BTreeMap;

use grantwise::Policy;
use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::engine::{Engine, is_possible};
use grantwise::decide::fact::{Fact, Situation};
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::{Drawn, Ordinary, sample};
use grantwise::policy::profiles::PROFILES;

/// Ordinary situations with some facts drawn anew, and situations that lead far.
fn draw<E: Engine>(drawn: &mut Drawn, policy: &Policy, ordinary: Situation<E::Fact>) -> Situation<E::Fact> {
    if drawn.below(2) == 0 {
        return drawn.situation::<E>(&policy.knobs);
    }
    loop {
        let odd = (0..drawn.below(6)).fold(ordinary, |situation, _| {
            let fact = E::Fact::ALL.get(drawn.below(E::Fact::ALL.len()));
            fact.map_or(situation, |fact| situation.with_index(*fact, drawn.below(fact.values())))
        });
        if is_possible::<E>(&odd) {
            return odd;
        }
    }
}

/// Facts that an input does not honour without a reason, with how often and an example; and of how many draws most are
/// honoured in whole.
#[derive(Default)]
struct Tally {
    all: u32,
    honoured: u32,
    lost: BTreeMap<String, (u32, String)>,
}

impl Tally {
    fn note<F: Fact>(
        &mut self,
        profile: &str,
        situation: &Situation<F>,
        differs: &[F],
        why_not: impl Fn(F) -> Option<&'static str>,
    ) {
        self.all = self.all.saturating_add(1);
        if differs.is_empty() {
            self.honoured = self.honoured.saturating_add(1);
        }
        let unexplained = differs.iter().filter(|fact| why_not(**fact).is_none());
        let names: Vec<&str> = unexplained.map(|fact| fact.name()).collect();
        if !names.is_empty() {
            let entry = self.lost.entry(names.join(", ")).or_insert((0, format!("{profile} {situation:?}")));
            entry.0 = entry.0.saturating_add(1);
        }
    }

    fn assert(&self) {
        let Self { all, honoured, lost } = self;
        assert!(lost.is_empty(), "{} of {all}: {lost:#?}", lost.values().map(|(count, _)| count).sum::<u32>());
        assert!(honoured.saturating_mul(2) > *all, "{honoured} of {all}");
    }
}

/// A fact that is asked and that the input does not honour has a reason; most inputs honour all.
#[test]
fn an_authorization_request_made_for_a_situation_has_it() {
    let mut drawn = Drawn::new(0x5A4D);
    let mut tally = Tally::default();
    for profile in PROFILES {
        let policy = Policy::from(*profile);
        for _ in 0..100 {
            let situation = draw::<Authorize>(&mut drawn, &policy, Authorize::ordinary());
            let sample = sample::authorization(&policy, &situation);
            tally.note(profile.name, &situation, &sample.differs, |fact| sample::why_not(&situation, fact));
        }
    }
    tally.assert();
}

#[test]
fn a_token_request_made_for_a_situation_has_it() {
    let mut drawn = Drawn::new(0x70CE);
    let mut tally = Tally::default();
    for profile in PROFILES {
        let policy = Policy::from(*profile);
        for _ in 0..100 {
            let situation = draw::<Token>(&mut drawn, &policy, Token::ordinary());
            let sample = sample::token_request(&policy, &situation);
            let why_not = |fact| sample::why_not_token(&policy.knobs, &situation, fact);
            tally.note(profile.name, &situation, &sample.differs, why_not);
        }
    }
    tally.assert();
}

#[test]
fn an_occurrence_made_for_a_situation_has_it() {
    let mut drawn = Drawn::new(0x0CC);
    let mut tally = Tally::default();
    for profile in PROFILES {
        let policy = Policy::from(*profile);
        for _ in 0..100 {
            let situation = draw::<Lifecycle>(&mut drawn, &policy, Lifecycle::ordinary());
            let sample = sample::occurrence(&policy, &situation);
            let why_not = |fact| sample::why_not_lifecycle(&policy.knobs, &situation, fact);
            tally.note(profile.name, &situation, &sample.differs, why_not);
        }
    }
    tally.assert();
}

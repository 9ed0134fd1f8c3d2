//! Samples: the situation of an input that was made for a situation is that situation again.

use std::collections::BTreeMap;

use grantwise::Policy;
use grantwise::decide::authorize::facts::AuthorizeFact;
use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::fact::{Fact, Situation};
use grantwise::explore::{Drawn, ordinary, sample};
use grantwise::policy::profiles::PROFILES;

/// Ordinary situations with some facts drawn anew, and situations that lead far.
fn draw(drawn: &mut Drawn, policy: &Policy) -> Situation<AuthorizeFact> {
    if drawn.below(2) == 0 {
        return drawn.situation::<Authorize>(&policy.knobs);
    }
    let ordinary = ordinary::authorization();
    loop {
        let odd = (0..drawn.below(6)).fold(ordinary, |situation, _| {
            let fact = AuthorizeFact::ALL.get(drawn.below(AuthorizeFact::ALL.len()));
            fact.map_or(situation, |fact| situation.with_index(*fact, drawn.below(fact.values())))
        });
        if grantwise::decide::engine::is_possible::<Authorize>(&odd) {
            return odd;
        }
    }
}

/// A fact that is asked and that the input does not honour has a reason; most inputs honour all.
#[test]
fn an_input_made_for_a_situation_has_it() {
    let mut drawn = Drawn::new(0x5A4D);
    let (mut all, mut honoured) = (0_u32, 0_u32);
    let mut lost: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for profile in PROFILES {
        let policy = Policy::from(*profile);
        for _ in 0..200 {
            let situation = draw(&mut drawn, &policy);
            let sample = sample::authorization(&policy, &situation);
            all += 1;
            if sample.differs.is_empty() {
                honoured += 1;
            }
            // What goes wrong first may lead to another page, to which the rest is no answer.
            let unexplained = |fact: &&AuthorizeFact| sample::why_not(&situation, **fact).is_none();
            let names: Vec<&str> = sample.differs.iter().filter(unexplained).map(|fact| fact.name()).collect();
            if !names.is_empty() {
                let example =
                    format!("{} {situation:?}\n{:?}", profile.name, sample.policy.authorize(&sample.input).err());
                let entry = lost.entry(names.join(", ")).or_insert((0, example));
                entry.0 += 1;
            }
        }
    }
    assert!(lost.is_empty(), "{} of {all}: {lost:#?}", lost.values().map(|(count, _)| count).sum::<u32>());
    assert!(honoured * 2 > all, "{honoured} of {all}");
}

//! Reasons: they settle what they are said of, and nothing could be left out of them.

use std::fmt::Debug;

use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::component::Components;
use grantwise::decide::engine::{decide, is_possible};
use grantwise::decide::fact::{Fact, Situation};
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::reason::Reasons;
use grantwise::explore::{Drawn, Explorer, Ordinary};
use grantwise::policy::knobs::{KnobSetting, Knobs};
use grantwise::policy::profiles;

/// What a policy decides in a situation, one component of it.
fn decided<E: Components>(policy: &Knobs, component: E::Component, situation: &Situation<E::Fact>) -> E::Part {
    let decided = decide::<E, _>(policy, situation);
    E::part(component, &decided.verdict, &decided.aside)
}

/// Situations at random that have some values: what is left is drawn, as far as that can be.
fn completions<E: Components>(
    drawn: &mut Drawn,
    of: &Situation<E::Fact>,
    known: &[E::Fact],
) -> Vec<Situation<E::Fact>> {
    let mut found = Vec::new();
    for _ in 0..60 {
        let share = drawn.below(5).saturating_add(1);
        let other = E::Fact::ALL.iter().fold(*of, |situation, fact| {
            let value = drawn.below(fact.values());
            let free = !known.contains(fact) && drawn.below(share) == 0;
            if free { situation.with_index(*fact, value) } else { situation }
        });
        if is_possible::<E>(&other) {
            found.push(other);
        }
    }
    found
}

/// Other values of each knob: they change what is said if, and only if, the knob is named.
fn knobs_are_named<E: Components>(
    policy: &Knobs,
    component: E::Component,
    situation: &Situation<E::Fact>,
    named: &[KnobSetting],
) {
    let part = decided::<E>(policy, component, situation);
    for set in policy.settings() {
        let changes = KnobSetting::all(set.id()).into_iter().any(|other| {
            let mut turned = *policy;
            turned.set(other);
            decided::<E>(&turned, component, situation) != part
        });
        assert_eq!(changes, named.contains(&set), "{} {}", E::component_name(component), set.id());
    }
}

/// An ordinary situation with a few facts drawn anew, which is not refused.
fn answered<E: Ordinary>(drawn: &mut Drawn, policy: &Knobs) -> Situation<E::Fact> {
    loop {
        let situation = drawn.near_ordinary::<E>();
        if !E::refuses(&decide::<E, _>(policy, &situation).verdict) {
            return situation;
        }
    }
}

/// Every component of random situations under some profiles, against the graph of all situations, and against the engine.
fn settle_and_are_needed<E: Ordinary>(names: &[&str], situations: usize)
where
    E::Fact: Debug,
{
    let mut drawn = Drawn::new(0xB0B);
    for profile in names.iter().filter_map(|name| profiles::find(name)) {
        let (name, policy) = (profile.name, profile.values().0);
        let (all, mut explorer) = (Explorer::<E>::default(), Explorer::<E>::default());
        let situations: Vec<Situation<E::Fact>> = (0..situations)
            .map(|turn| if turn % 4 == 0 { drawn.situation::<E>(&policy) } else { answered::<E>(&mut drawn, &policy) })
            .collect();
        let refused = situations.iter().filter(|one| E::refuses(&decide::<E, _>(&policy, *one).verdict)).count();
        assert!(refused <= situations.len().div_ceil(2), "{refused} of {} are refused", situations.len());
        let reasons: Vec<Reasons<'_, E>> =
            situations.iter().map(|situation| Reasons::of(&all, &policy, *situation)).collect();
        for component in E::COMPONENTS {
            let explored = explorer.explore(&policy, *component);
            for (situation, reasons) in situations.iter().zip(&reasons) {
                // Of a refusal, nearly every component says that there is nothing, and most facts are followed for it.
                let is_first = E::COMPONENTS.iter().take(3).any(|first| first == component);
                if E::refuses(&reasons.decided.verdict) && !is_first {
                    continue;
                }
                let reason = reasons.why(*component);
                let part = decided::<E>(&policy, *component, situation);
                let about = format!("{name} {}: {situation:?}", E::component_name(*component));
                assert_eq!(reason.part, part, "{about}");
                let known: Vec<(E::Fact, usize)> = reason.facts.iter().map(|one| (one.fact, one.value)).collect();
                assert_eq!(explorer.parts_where(&explored, &known), [part], "{about}");
                let facts: Vec<E::Fact> = known.iter().map(|(fact, _)| *fact).collect();
                for other in completions::<E>(&mut drawn, situation, &facts) {
                    assert_eq!(decided::<E>(&policy, *component, &other), part, "{about}");
                }
                for (left_out, fact) in facts.iter().enumerate() {
                    let mut fewer = known.clone();
                    fewer.remove(left_out);
                    let parts = explorer.parts_where(&explored, &fewer);
                    assert!(parts.iter().any(|other| *other != part), "{fact:?} does not matter: {about}");
                }
                for one in &reason.facts {
                    assert_eq!(one.value, situation.index(one.fact), "{about}");
                }
            }
        }
        for (situation, reasons) in situations.iter().zip(&reasons).take(3) {
            for component in E::COMPONENTS {
                knobs_are_named::<E>(&policy, *component, situation, &reasons.why(*component).knobs);
            }
        }
    }
}

#[test]
fn reasons_of_the_authorization_endpoint_settle_and_are_needed() {
    settle_and_are_needed::<Authorize>(&["google"], 4);
}

#[test]
fn reasons_of_the_token_endpoint_settle_and_are_needed() {
    settle_and_are_needed::<Token>(&["openid-core", "incremental-auth"], 40);
}

#[test]
fn reasons_of_the_lifecycle_settle_and_are_needed() {
    settle_and_are_needed::<Lifecycle>(&["openid-core", "google", "suggested-default"], 60);
}

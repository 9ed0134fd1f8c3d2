//! Differences between policies: complete, so that every situation in which two differ is told of, and sound, so that no
//! condition holds where they agree.

use std::fmt::Debug;

use grantwise::decide::authorize::component::Component;
use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::component::Components;
use grantwise::decide::engine::{decide, is_possible};
use grantwise::decide::fact::Situation;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::component::Component as TokenComponent;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::{Claim, Comparison, Counterexample, Difference, Drawn, Explorers, Ordinary, Side};
use grantwise::policy::knobs::{KnobSetting, Knobs};
use grantwise::policy::profiles::PROFILES;

/// Pairs that are near to each other, far from each other, and the same.
const PAIRS: &[[&str; 2]] = &[
    ["openid-core", "microsoft-entra"],
    ["openid-core", "online-access"],
    ["google-2011", "google-2012"],
    ["incremental-auth", "grant-management"],
    ["okta", "okta"],
];

fn policy(name: &str) -> Knobs {
    PROFILES.iter().find(|profile| profile.name == name).map_or_else(Knobs::default, |profile| profile.values().0)
}

fn differences<E: Ordinary>(one: &Knobs, other: &Knobs) -> Vec<Difference<E>> {
    let mut comparison = Comparison::new(one, other);
    while comparison.step() {}
    comparison.found()
}

/// What a policy says of an aspect of a component.
fn says<E: Components>(
    policy: &Knobs,
    component: E::Component,
    aspect: &str,
    situation: &Situation<E::Fact>,
) -> Option<&'static str> {
    let decided = decide::<E, _>(policy, situation);
    let part = E::part(component, &decided.verdict, &decided.aside);
    E::aspects(part).into_iter().find(|(name, _)| *name == aspect).and_then(|(_, word)| word)
}

/// Everything that a policy says, aspect by aspect.
fn all<E: Components>(
    policy: &Knobs,
    components: &[E::Component],
    situation: &Situation<E::Fact>,
) -> Vec<Option<&'static str>> {
    let decided = decide::<E, _>(policy, situation);
    let parts = components.iter().map(|component| E::part(*component, &decided.verdict, &decided.aside));
    parts.flat_map(E::aspects).map(|(_, word)| word).collect()
}

fn unanswered<E: Components>(situation: &Situation<E::Fact>) -> Situation<E::Fact> {
    E::UNANSWERED.map_or(*situation, |(fact, value)| situation.with_index(fact, value))
}

/// Whether a difference tells of a situation.
fn tells<E: Components>(difference: &Difference<E>, [one, other]: [&Knobs; 2], situation: &Situation<E::Fact>) -> bool {
    let at = if difference.unanswered { unanswered::<E>(situation) } else { *situation };
    difference.holds(&at)
        && says::<E>(one, difference.component, difference.aspect, &at) == Some(difference.one)
        && says::<E>(other, difference.component, difference.aspect, &at) == Some(difference.other)
}

/// A situation that satisfies a condition, most of it drawn.
fn satisfying<E: Ordinary>(drawn: &mut Drawn, difference: &Difference<E>) -> Option<Situation<E::Fact>> {
    let mut situation = drawn.near_ordinary::<E>();
    for (fact, values) in difference.condition() {
        if !values.contains(&situation.index(fact)) {
            situation = situation.with_index(fact, *values.get(drawn.below(values.len()))?);
        }
    }
    is_possible::<E>(&situation).then_some(situation)
}

fn complete_and_sound<E: Ordinary + Debug>(situations: usize) {
    let mut drawn = Drawn::new(0xD1FF);
    for [one_name, other_name] in PAIRS {
        let (one, other) = (policy(one_name), policy(other_name));
        let found = differences::<E>(&one, &other);
        let mut differing = 0_usize;
        for _ in 0..situations {
            let situation = drawn.near_ordinary::<E>();
            if all::<E>(&one, E::COMPONENTS, &situation) != all::<E>(&other, E::COMPONENTS, &situation) {
                differing = differing.saturating_add(1);
                assert!(
                    found.iter().any(|difference| tells(difference, [&one, &other], &situation)),
                    "{one_name} and {other_name} differ, and nothing tells of it: {situation:?}"
                );
            }
        }
        assert_eq!(found.is_empty(), differing == 0, "{one_name} and {other_name}: {differing} differ");
        for difference in &found {
            assert!(tells(difference, [&one, &other], &difference.example), "its example: {difference:?}");
            assert!(difference.situations > 0);
            for situation in (0..40).filter_map(|_| satisfying(&mut drawn, difference)) {
                is_sound(difference, [&one, &other], &situation);
            }
        }
    }
}

/// Where the policy against which it is said says so, the other one says what the difference has it say; unless another
/// difference, before the person answers, comes first.
fn is_sound<E: Components + Debug>(
    difference: &Difference<E>,
    [one, other]: [&Knobs; 2],
    situation: &Situation<E::Fact>,
) {
    let at = if difference.unanswered { unanswered::<E>(situation) } else { *situation };
    if !difference.unanswered {
        let before = unanswered::<E>(&at);
        if all::<E>(one, E::OPENING, &before) != all::<E>(other, E::OPENING, &before) {
            return;
        }
    }
    let (left, right) = (
        says::<E>(one, difference.component, difference.aspect, &at),
        says::<E>(other, difference.component, difference.aspect, &at),
    );
    let agree = match difference.given {
        Side::One => left == Some(difference.one) && right == left,
        Side::Other => right == Some(difference.other) && left == right,
    };
    assert!(!agree, "both say {left:?}: {difference:?} {at:?}");
}

#[test]
fn differences_at_the_authorization_endpoint_are_complete_and_sound() {
    complete_and_sound::<Authorize>(1500);
}

#[test]
fn differences_at_the_token_endpoint_are_complete_and_sound() {
    complete_and_sound::<Token>(3000);
}

#[test]
fn differences_of_what_ends_are_complete_and_sound() {
    complete_and_sound::<Lifecycle>(3000);
}

#[test]
fn the_knobs_that_are_named_make_the_difference() {
    let (one, other) = (policy("openid-core"), policy("microsoft-entra"));
    let found = differences::<Authorize>(&one, &other);
    assert!(!found.is_empty());
    for difference in found {
        assert!(!difference.causes.is_empty(), "{difference:?}");
        let mut changed = one;
        difference.causes.iter().for_each(|setting| changed.set(*setting));
        let said = says::<Authorize>(&changed, difference.component, difference.aspect, &difference.example);
        assert_eq!(said, Some(difference.other), "{difference:?}");
    }
}

#[test]
fn a_comparison_says_how_far_it_is() {
    let mut comparison = Comparison::<Token>::new(&policy("openid-core"), &policy("okta"));
    let mut steps = 0_usize;
    while comparison.step() {
        steps = steps.saturating_add(1);
        assert_eq!(comparison.done(), steps);
    }
    assert_eq!(steps, Comparison::<Token>::STEPS);
    assert!(!comparison.step() && !comparison.found().is_empty());
}

fn with(knobs: &Knobs, id: &str, value: usize) -> Knobs {
    let mut changed = *knobs;
    if let Some(setting) = KnobSetting::all(id).get(value) {
        changed.set(*setting);
    }
    changed
}

#[test]
fn a_claim_holds_or_has_a_counterexample() {
    let core = policy("openid-core");
    let mut explorers = Explorers::default();
    assert_eq!(explorers.refute(Claim::Equivalent, &core, &core), None);
    // offline_without_consent: the page is shown instead of dropping offline_access.
    let shows = with(&core, "offline_without_consent", 1);
    assert_ne!(core, shows);
    for claim in [Claim::Equivalent, Claim::NoNewRefreshTokens, Claim::NoNewScreens] {
        assert!(explorers.refute(claim, &core, &shows).is_some(), "{claim:?}");
    }
    // Keycloak 26.1, turned round: rotation takes no refresh token away from anybody.
    let rotates = with(&core, "refresh_token_rotation", 3);
    assert_ne!(core, rotates);
    for claim in [Claim::NoNewRefreshTokens, Claim::NoLostRefreshTokens, Claim::NoNewScreens] {
        assert_eq!(explorers.refute(claim, &core, &rotates), None, "{claim:?}");
    }
    // The session is over when the code comes: an access token comes anyway, and whether a refresh token does is told.
    let values: Vec<Knobs> = (0..KnobSetting::all("session_dead_at_exchange").len())
        .map(|value| with(&core, "session_dead_at_exchange", value))
        .collect();
    let pairs = values.iter().flat_map(|before| values.iter().map(move |after| (before, after)));
    let told = pairs.filter(|(before, after)| match explorers.refute(Claim::NoNewRefreshTokens, before, after) {
        Some(Counterexample::Token(found)) => {
            says::<Token>(before, TokenComponent::Outcome, "outcome", &found) == Some("exchanged")
        }
        _ => false,
    });
    assert!(told.count() > 0, "a refresh token that a code brings only then is told of");
    let oauth2 = policy("oauth2");
    let lost = explorers.refute(Claim::NoLostRefreshTokens, &oauth2, &core);
    assert!(matches!(lost, Some(Counterexample::Authorize(_))), "{lost:?}");
    if let Some(Counterexample::Authorize(situation)) = lost {
        let binding = |policy| says::<Authorize>(policy, Component::RefreshToken, "binding", &situation);
        assert!(binding(&oauth2).is_some_and(|binding| binding != "none"), "{situation:?}");
        assert!(binding(&core).is_none_or(|binding| binding == "none"), "{situation:?}");
    }
}

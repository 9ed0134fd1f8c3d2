//! The explorer against the engines: what it says of every situation is what they decide in each.

mod differences;
mod places;
mod situations;
mod written;

use std::fmt::Debug;

use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::component::Components;
use grantwise::decide::engine::decide;
use grantwise::decide::fact::Situation;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::Explorer;
use grantwise::policy::knobs::Knobs;
use grantwise::policy::profiles::PROFILES;

use crate::situations::Drawn;

/// What a policy decides in a situation, one component of it.
fn decided<E: Components>(policy: &Knobs, component: E::Component, situation: &Situation<E::Fact>) -> E::Part {
    let decided = decide::<E, _>(policy, situation);
    E::part(component, &decided.verdict, &decided.aside)
}

/// Every component under every profile: all of the space is said, and any situation is decided as its leaf says.
fn says_what_is_decided<E: Components>(situations: usize)
where
    E::Fact: Debug,
{
    let mut drawn = Drawn::new(0x5EED);
    for profile in PROFILES {
        let policy = profile.values().0;
        let mut explorer = Explorer::<E>::default();
        for component in E::COMPONENTS {
            let explored = explorer.explore(&policy, *component);
            let name = E::component_name(*component);
            assert_eq!(explorer.saying(&explored, |_| true), explorer.situations(), "{} {name}", profile.name);
            for _ in 0..situations {
                let situation = drawn.situation::<E>();
                assert_eq!(
                    explorer.part(&explored, &situation),
                    Some(decided::<E>(&policy, *component, &situation)),
                    "{} {name}: {situation:?}",
                    profile.name
                );
            }
        }
    }
}

#[test]
fn the_authorization_endpoint_decides_as_its_leaves_say() {
    says_what_is_decided::<Authorize>(400);
}

#[test]
fn the_token_endpoint_decides_as_its_leaves_say() {
    says_what_is_decided::<Token>(400);
}

#[test]
fn the_lifecycle_decides_as_its_leaves_say() {
    says_what_is_decided::<Lifecycle>(400);
}

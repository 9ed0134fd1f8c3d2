//! Where facts belong, and what their values say.

use grantwise::decide::authorize::facts::AuthorizeFact;
use grantwise::decide::fact::Situation;
use grantwise::decide::lifecycle::facts::LifecycleFact;
use grantwise::decide::token::facts::TokenFact;
use grantwise::explore::place::Placed;
use grantwise::policy::configuration::CONFIGURATION_KEYS;

/// What every value of every fact says is a clause that can follow "because", and values of one fact say different
/// things. A member of the server is a configuration key, or something that the input of a decision has.
fn check<F: Placed>() {
    for fact in F::ALL {
        let says: Vec<&str> = (0..fact.values()).map(|value| fact.says(value)).collect();
        for (place, clause) in says.iter().enumerate() {
            let first = clause.chars().next().unwrap_or('A');
            assert!(first.is_ascii_lowercase(), "{} begins like a sentence: {clause}", fact.name());
            assert!(!clause.ends_with('.'), "{} ends like a sentence: {clause}", fact.name());
            assert!(
                !says.iter().take(place).any(|other| other == clause),
                "two values of {} say: {clause}",
                fact.name()
            );
            let situation = Situation::default().with_index(*fact, place);
            let belongs = fact.belongs_in(&situation);
            let of_input = ["circumstances.", "trust.", "conditions", "id_token"];
            let known = CONFIGURATION_KEYS.iter().any(|key| key.id == belongs.member)
                || of_input.iter().any(|start| belongs.member.starts_with(start));
            assert!(belongs.group.name() != "server" || known, "{} is nowhere in a server", belongs.member);
        }
    }
}

#[test]
fn every_value_of_every_fact_says_something_of_its_own() {
    check::<AuthorizeFact>();
    check::<TokenFact>();
    check::<LifecycleFact>();
}

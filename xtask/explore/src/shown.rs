//! Situations, as people read them.

use grantwise::decide::authorize::verdict::Authorize;
use grantwise::decide::fact::Fact;
use grantwise::decide::lifecycle::verdict::Lifecycle;
use grantwise::decide::token::verdict::Token;
use grantwise::explore::{Breach, Finding, Ordinary, Words};

use crate::policies::Named;

/// A counterexample; nothing where there is none.
pub(crate) fn finding(policy: &Named, finding: &Finding) -> String {
    match finding {
        Finding::Holds | Finding::NotClaimed | Finding::Tested(_) => String::new(),
        Finding::Authorize(breach) => self::breach::<Authorize>(policy, breach, Authorize::ordinary()),
        Finding::Token(breach) => self::breach::<Token>(policy, breach, Token::ordinary()),
        Finding::Lifecycle(breach) => self::breach::<Lifecycle>(policy, breach, Lifecycle::ordinary()),
    }
}

fn breach<E: Words>(
    policy: &Named,
    breach: &Breach<E::Fact>,
    ordinary: grantwise::decide::fact::Situation<E::Fact>,
) -> String {
    let mut text = format!("    under {}, where {}\n", policy.name, differences(&breach.situation, &ordinary));
    text.push_str(&says::<E>(policy, &breach.situation));
    if let Some(moved) = &breach.moved {
        text.push_str(&format!("    and where {}\n", differences(moved, &breach.situation)));
        text.push_str(&says::<E>(policy, moved));
    }
    text
}

/// What is decided, component by component, where anything is said.
fn says<E: Words>(policy: &Named, situation: &grantwise::decide::fact::Situation<E::Fact>) -> String {
    let decided = grantwise::decide::engine::decide::<E, _>(&policy.knobs, situation);
    let mut text = String::new();
    for component in E::COMPONENTS {
        let words = E::words(&E::part(*component, &decided.verdict, &decided.aside));
        if words != "nothing" {
            text.push_str(&format!("      {}: {words}\n", E::component_name(*component)));
        }
    }
    text
}

/// In what one situation differs from another, by the names of facts and values.
pub(crate) fn differences<F: Fact>(
    situation: &grantwise::decide::fact::Situation<F>,
    from: &grantwise::decide::fact::Situation<F>,
) -> String {
    let name = |fact: &F| fact.value_names().get(situation.index(*fact)).copied().unwrap_or("?");
    let differ = F::ALL.iter().filter(|fact| situation.index(**fact) != from.index(**fact));
    let named: Vec<String> = differ.map(|fact| format!("{} is {}", fact.name(), name(fact))).collect();
    if named.is_empty() { "nothing is unusual".to_owned() } else { named.join(", ") }
}

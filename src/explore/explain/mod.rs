//! Why, in plain sentences: a function of the policy and the decision alone, so that it can be asked later, and of a log.

mod authorize;
mod lifecycle;
mod parts;
mod records;
mod shapes;
mod token;
mod told;

pub use shapes::{About, BelongsTo, BelongsToGroup, ExplainedFact, ExplainedKnob, Explanation, Sentence};

use parts::Parts;

use crate::answer::PackedSituation;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::fact::{Fact, Situation};
use crate::decide::lifecycle::facts::LifecycleFact;
use crate::decide::token::facts::TokenFact;
use crate::input::{Misuse, MisuseCode, Node, Value};
use crate::policy::Policy;

impl Policy {
    /// Says in plain sentences what a decision does, and why. The decision may be what a decision of this policy was, what
    /// is left of one in a log, or its situation alone. For an event, `options` may name the `records` at hand.
    ///
    /// # Errors
    /// When the situation is none of this version.
    pub fn explain(&self, decision: &Value, options: &Value) -> Result<Explanation, Misuse> {
        let node = Node::root(decision, "decision");
        let (place, parts) = match decision {
            Value::Text(_) => (node, Parts::default()),
            _ => (node.members()?.need("situation")?, Parts::read(node)?),
        };
        let packed = PackedSituation::parse(place.text()?)
            .ok_or_else(|| place.misuse(MisuseCode::WrongValue, "is no situation, which a decision carries as text"))?;
        if packed.is_of::<AuthorizeFact>() {
            Ok(authorize::explain(self, situation(&packed, place)?, &parts))
        } else if packed.is_of::<TokenFact>() {
            Ok(token::explain(self, situation(&packed, place)?, &parts))
        } else {
            let records = records::read(options)?;
            Ok(lifecycle::explain(self, situation::<LifecycleFact>(&packed, place)?, &parts, records.as_deref()))
        }
    }
}

fn situation<F: Fact>(packed: &PackedSituation, place: Node<'_>) -> Result<Situation<F>, Misuse> {
    packed.of().ok_or_else(|| {
        let problem = "was written by another version of Grantwise, which asks other facts";
        place.misuse(MisuseCode::WrongValue, problem)
    })
}

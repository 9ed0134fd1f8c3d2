//! Why, in plain sentences: a function of the policy and the decision alone, so that it can be asked later, and of a log.

mod authorize;
mod lifecycle;
mod records;
mod shapes;
mod token;
mod told;

pub use shapes::{About, BelongsTo, BelongsToGroup, ExplainedFact, ExplainedKnob, Explanation, Sentence};

use crate::answer::{Ignored, PackedSituation, RefreshToken};
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::fact::{Fact, Situation};
use crate::decide::lifecycle::facts::LifecycleFact;
use crate::decide::token::facts::TokenFact;
use crate::effects::Effect;
use crate::input::{Misuse, MisuseCode, Node, Shape, Text, Value};
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

/// What a decision says beside its situation, with the texts that the situation does not have.
#[derive(Debug, Default)]
struct Parts {
    /// None where nobody says.
    ignored: Option<Vec<Ignored>>,
    refresh_token: Option<RefreshToken>,
    page: Vec<PageScope>,
    effects: Option<Vec<Effect>>,
}

/// A scope on the consent page.
#[derive(Debug)]
struct PageScope {
    scope: Text,
    is_new: bool,
    optional: bool,
}

/// A member of an object that may be null or absent.
fn under<'a>(node: Option<Node<'a>>, name: &'a str) -> Result<Option<Node<'a>>, Misuse> {
    match node {
        Some(node) if !node.is_null() => Ok(node.members()?.get(name)),
        _ => Ok(None),
    }
}

impl Parts {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = node.members()?;
        let endpoint = under(members.get("tokens"), "token_endpoint")?;
        let from_code = under(endpoint, "refresh_token")?;
        let refresh_token = members.get("refresh_token").or(from_code);
        let page = match members.get("consent") {
            Some(consent) if !consent.is_null() => match consent.members()?.get("scopes") {
                Some(scopes) => scopes.list()?.map(PageScope::read).collect::<Result<_, _>>()?,
                None => Vec::new(),
            },
            _ => Vec::new(),
        };
        Ok(Self {
            ignored: members.get("ignored").map(Vec::<Ignored>::read).transpose()?,
            // A log may have less of it, and then nothing is said of it.
            refresh_token: refresh_token.and_then(|token| RefreshToken::read(token).ok()),
            page,
            effects: members.get("effects").map(Vec::<Effect>::read).transpose()?,
        })
    }
}

impl PageScope {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = node.members()?;
        Ok(Self {
            scope: members.need("scope")?.text()?.clone(),
            is_new: members.need("status")?.is_text("new"),
            optional: members.need("optional")?.boolean()?,
        })
    }
}

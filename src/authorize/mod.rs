//! The authorization endpoint: from what the caller hands over to a situation, and from a verdict to a decision.

mod answers;
mod asked;
mod asked_scopes;
mod authorize_case;
mod authorize_input;
mod authorize_summary;
mod authorized;
mod decision;
mod delivery;
mod grant_end;
mod result_scopes;
mod set_aside;
mod situated;
mod stored;
mod surroundings;

pub use answers::{AccountResult, Answer, ConsentResult, ShownScope, ShownScreen, SignInResult};
pub use authorize_input::AuthorizeInput;
pub use decision::{
    AuthorizeResponse, ConsentReason, ConsentScopeStatus, ConsentScreen, ConsentScreenScope, Decision, DecisionOutcome,
    FrontChannel, FrontChannelIdToken, Mint, RefreshTokenReason, RememberChoice, TokenEndpoint, TokenHash, TokenSet,
};
pub use delivery::{FormOptions, FormPost, Minted, form, location};
pub use surroundings::{Circumstances, HeldCondition, SmartContext};

use crate::decide::authorize::engine::State;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::verdict::Authorize;
use crate::decide::engine::{Decided, To, finish, until_halt};
use crate::decide::fact::Situation;
use crate::input::{Misuse, Node, Shape, Value};
use crate::policy::Policy;
use authorize_case::AuthorizeCase;

impl Policy {
    /// Decides an authorization request.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn authorize(&self, input: &Value) -> Result<Decision, Misuse> {
        self.authorize_given(AuthorizeInput::read(Node::root(input, ""))?)
    }

    /// Decides an authorization request that was read already.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn authorize_given(&self, given: AuthorizeInput) -> Result<Decision, Misuse> {
        AuthorizeCase::of(self, given).map(|case| {
            let (situation, decided) = decided(self, &case);
            authorized::decision(self, &case, situation, &decided)
        })
    }

    /// The same, with the verdict from which the decision is made.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    #[cfg(any(not(target_arch = "wasm32"), feature = "explore"))]
    pub(crate) fn authorize_decided(&self, input: &Value) -> Result<(Decision, Decided<Authorize>), Misuse> {
        AuthorizeCase::of(self, AuthorizeInput::read(Node::root(input, ""))?).map(|case| {
            let (situation, decided) = decided(self, &case);
            (authorized::decision(self, &case, situation, &decided), decided)
        })
    }

    /// The situation of an authorization request: the value of everything that the decision depends on.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn authorize_situation(&self, input: &Value) -> Result<Situation<AuthorizeFact>, Misuse> {
        AuthorizeCase::of(self, AuthorizeInput::read(Node::root(input, ""))?).map(|case| decided(self, &case).0)
    }
}

/// The engine is run once. What the person answered is a fact about the page, so it is worked out when the page is
/// known.
fn decided(policy: &Policy, case: &AuthorizeCase) -> (Situation<AuthorizeFact>, Decided<Authorize>) {
    let unanswered = situated::unanswered(policy, case);
    let asking = until_halt::<Authorize, _>(&policy.knobs, &unanswered);
    let situation = match &asking.to {
        To::Next(State::Asking(asking)) => situated::answered(policy, case, asking, unanswered),
        To::Next(_) | To::End(_) => unanswered,
    };
    (situation, finish(&policy.knobs, &situation, asking))
}

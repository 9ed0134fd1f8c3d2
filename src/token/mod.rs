//! The token endpoint: code exchange, refresh, client credentials.

mod answered;
mod token_case;
mod token_decision;
mod token_input;
mod token_response;
mod token_summary;

pub use token_decision::{TokenDecision, TokenOutcome};
pub use token_input::{ExchangeInput, RefreshInput};
pub use token_response::{
    FullTokenResponse, FullTokenResponseBody, MintedTokens, TokenMint, TokenResponse, TokenResponseBody, TokenType,
    token_response,
};

use crate::decide::engine::{Decided, To, finish, until_halt};
use crate::decide::fact::Situation;
use crate::decide::token::engine::State;
use crate::decide::token::facts::{TokenFact, TokenSituation};
use crate::decide::token::verdict::Token;
use crate::input::{Misuse, Node, Shape, Value};
use crate::policy::Policy;
use token_case::TokenCase;

impl Policy {
    /// Redeems a code, or answers client_credentials.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn exchange(&self, input: &Value) -> Result<TokenDecision, Misuse> {
        self.exchange_given(ExchangeInput::read(Node::root(input, ""))?)
    }

    /// The same for an input that was read already.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn exchange_given(&self, given: ExchangeInput) -> Result<TokenDecision, Misuse> {
        TokenCase::exchange(self, given).map(|case| answer(self, &case))
    }

    /// The situation of a code exchange: the value of everything that the decision depends on.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn exchange_situation(&self, input: &Value) -> Result<Situation<TokenFact>, Misuse> {
        TokenCase::exchange(self, ExchangeInput::read(Node::root(input, ""))?).map(|case| decided(self, &case).0)
    }

    /// Answers a refresh request.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn refresh(&self, input: &Value) -> Result<TokenDecision, Misuse> {
        self.refresh_given(RefreshInput::read(Node::root(input, ""))?)
    }

    /// The same for an input that was read already.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn refresh_given(&self, given: RefreshInput) -> Result<TokenDecision, Misuse> {
        TokenCase::refresh(self, given).map(|case| answer(self, &case))
    }

    /// The situation of a refresh: the value of everything that the decision depends on.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn refresh_situation(&self, input: &Value) -> Result<Situation<TokenFact>, Misuse> {
        TokenCase::refresh(self, RefreshInput::read(Node::root(input, ""))?).map(|case| decided(self, &case).0)
    }
}

/// The engine is run once. Whether a limit of the refresh token is reached is a fact about that limit, so it is worked
/// out when the limit is known.
fn decided(policy: &Policy, case: &TokenCase) -> (Situation<TokenFact>, Decided<Token>) {
    let before = case.situation(policy);
    let limited = until_halt::<Token, _>(&policy.knobs, &Situation::from(before));
    let situation = Situation::from(match limited.to {
        To::Next(State::Limited(life)) => TokenSituation { elapsed: case.elapsed(policy, life), ..before },
        To::Next(_) | To::End(_) => before,
    });
    (situation, finish(&policy.knobs, &situation, limited))
}

fn answer(policy: &Policy, case: &TokenCase) -> TokenDecision {
    let (situation, decided) = decided(policy, case);
    answered::decision(policy, case, situation, &decided)
}

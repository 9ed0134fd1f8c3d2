//! The token endpoint: code exchange, refresh, client credentials.

mod answered;
mod token_case;
mod token_decision;
mod token_input;
mod token_summary;

pub use token_decision::{IdTokenClaims, TokenDecision, TokenOutcome};
pub use token_input::{ExchangeInput, RefreshInput};

use crate::decide::token::decide;
use crate::input::{Misuse, Value};
use crate::policy::Policy;
use token_case::TokenCase;

impl Policy {
    /// Redeems a code, or answers client_credentials.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn exchange(&self, input: &Value) -> Result<TokenDecision, Misuse> {
        TokenCase::exchange(input).map(|case| answer(self, &case))
    }

    /// Answers a refresh request.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn refresh(&self, input: &Value) -> Result<TokenDecision, Misuse> {
        TokenCase::refresh(input).map(|case| answer(self, &case))
    }
}

fn answer(policy: &Policy, case: &TokenCase) -> TokenDecision {
    let verdict = decide(&policy.knobs, &case.situation(policy));
    answered::decision(policy, case, &verdict)
}

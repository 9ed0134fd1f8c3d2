//! The authorization endpoint: from what the caller hands over to a situation, and from a verdict to a decision.

mod answers;
mod asked;
mod authorize_case;
mod authorize_input;
mod authorize_summary;
mod authorized;
mod decision;
mod delivery;
mod scopes;
mod situated;
mod stored;
mod surroundings;

pub use answers::{AccountResult, Answer, ConsentResult, ShownScope, ShownScreen, SignInResult};
pub use authorize_input::AuthorizeInput;
pub use decision::{
    AuthorizeResponse, ConsentReason, ConsentScopeStatus, ConsentScreen, ConsentScreenScope, Decision, DecisionOutcome,
    FrontChannel, Mint, RememberChoice, TokenEndpoint, TokenSet,
};
pub use delivery::{FormPost, Minted, form, location};
pub use surroundings::{Circumstances, HeldCondition, SmartContext};

use crate::decide::verdict::{Outcome, Screen};
use crate::decide::{Situation, decide, facts::ConsentAnswer};
use crate::input::{Misuse, Value};
use crate::policy::Policy;
use answers::ConsentGiven;
use authorize_case::AuthorizeCase;

impl Policy {
    /// Decides an authorization request.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn authorize(&self, input: &Value) -> Result<Decision, Misuse> {
        AuthorizeCase::read(self, input).map(|case| answer(self, &case))
    }
}

/// A consent answer counts only for the page that it answers, so the page is made first.
fn answer(policy: &Policy, case: &AuthorizeCase) -> Decision {
    let unanswered = situated::situation(policy, case);
    let verdict = decide(&policy.knobs, &unanswered);
    let Some(given) = &case.answers.consent else {
        return authorized::decision(policy, case, &verdict, None);
    };
    let asked = verdict.outcome == Outcome::Show(Screen::Consent);
    let shown = authorized::consent(policy, case, &verdict);
    let consent_answer = match given.result {
        _ if asked && !given.answers(shown.as_ref()) => ConsentAnswer::OutOfDate,
        ConsentAnswer::Denied => ConsentAnswer::Denied,
        result if asked => result,
        // Nobody had to be asked: consent came about otherwise since the page was shown.
        _ => ConsentAnswer::Open,
    };
    let counted: Option<&ConsentGiven> = (consent_answer == ConsentAnswer::Approved).then_some(given);
    let (kept, keeps_offline, keeps_online) = scopes::kept(policy, case, &verdict, given);
    let situation = Situation { consent_answer, kept, keeps_offline, keeps_online, ..unanswered };
    let verdict = decide(&policy.knobs, &situation);
    authorized::decision(policy, case, &verdict, counted)
}

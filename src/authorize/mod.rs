//! The authorization endpoint: from what the caller hands over to a situation, and from a verdict to a decision.

mod answers;
mod context;
pub mod decision;
mod effects;
mod expand;
mod facts;
mod request;
mod response;
mod scopes;

pub(crate) use context::check_surroundings;
pub use decision::Decision;
pub use response::{FormPost, form, location};

use crate::decide::verdict::{Outcome, Screen};
use crate::decide::{Situation, decide, facts::ConsentAnswer};
use crate::input::{Misuse, Value};
use crate::policy::Policy;
use answers::ConsentGiven;
use context::Context;

/// Decides an authorization request.
///
/// A consent answer counts only for the page that it answers, so the page is made first.
///
/// # Errors
/// On misuse of the interface; whatever the request says is a decision.
pub fn authorize(policy: &Policy, input: &Value) -> Result<Decision, Misuse> {
    let context = Context::read(policy, input)?;
    let unanswered = facts::situation(policy, &context);
    let verdict = decide(&policy.knobs, &unanswered);
    let Some(given) = &context.answers.consent else {
        return Ok(expand::decision(policy, &context, &verdict, None));
    };
    let asked = verdict.outcome == Outcome::Show(Screen::Consent);
    let shown = expand::consent(policy, &context, &verdict);
    let consent_answer = match given.result {
        _ if asked && !given.answers(shown.as_ref()) => ConsentAnswer::OutOfDate,
        ConsentAnswer::Denied => ConsentAnswer::Denied,
        result if asked => result,
        // Nobody had to be asked: consent came about otherwise since the page was shown.
        _ => ConsentAnswer::Open,
    };
    let counted: Option<&ConsentGiven> = (consent_answer == ConsentAnswer::Approved).then_some(given);
    let (kept, keeps_offline, keeps_online) = scopes::kept(policy, &context, &verdict, given);
    let situation = Situation { consent_answer, kept, keeps_offline, keeps_online, ..unanswered };
    let verdict = decide(&policy.knobs, &situation);
    Ok(expand::decision(policy, &context, &verdict, counted))
}

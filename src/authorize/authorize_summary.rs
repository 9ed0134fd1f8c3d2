//! A decision on an authorization request in one sentence.

use super::decision::{Decision, DecisionOutcome, TokenSet};
use crate::answer::words::life;
use crate::input::{Composed, Text};

/// The answer in one sentence: what happens now, and the refresh token or why there is none.
pub(super) fn summary(decision: &Decision, client_id: Option<&Text>) -> Composed {
    let client = client_id.cloned().unwrap_or_else(|| Text::fixed("The client"));
    let say = |words: &'static str| Composed::default().and_fixed(words);
    match decision.outcome {
        DecisionOutcome::Error => refused(decision, client),
        DecisionOutcome::Login => say("The user signs in first."),
        DecisionOutcome::Reauthenticate => say("The user signs in again, though a session is there."),
        DecisionOutcome::SelectAccount => say("The user chooses an account first."),
        DecisionOutcome::Consent => gets(decision, client, say("The user is asked; if they approve, ")),
        DecisionOutcome::Issue if decision.consent.is_some() => {
            gets(decision, client, say("The user was asked and approved: "))
        }
        DecisionOutcome::Issue => gets(decision, client, say("The user sees no consent screen: ")),
    }
}

fn refused(decision: &Decision, client: Text) -> Composed {
    let Some(error) = &decision.error else { return Composed::default() };
    let start = Composed::default();
    match (error.code, decision.response.is_some()) {
        (Some(code), true) => start.and(client).and_fixed(" gets the error ").and_fixed(code.name()).and_fixed(": "),
        (Some(code), false) => start.and_fixed("The user sees an error page (").and_fixed(code.name()).and_fixed("): "),
        (None, _) => start.and_fixed("The user sees an error page, and nothing is redirected: "),
    }
    .and(error.description.clone())
}

fn gets(decision: &Decision, client: Text, start: Composed) -> Composed {
    let Some(tokens) = &decision.tokens else { return start };
    let front = &tokens.front_channel;
    let in_the_browser = match (front.access_token.is_some(), front.id_token) {
        (true, true) => "an access token in the browser and an ID Token in the browser",
        (true, false) => "an access token in the browser",
        (false, true) => "an ID Token in the browser",
        (false, false) => "",
    };
    let start = start.and(client).and_fixed(" gets ").and_fixed(in_the_browser);
    match &tokens.token_endpoint {
        None if in_the_browser.is_empty() => start.and_fixed("an answer without any token."),
        None => without(tokens, start),
        Some(endpoint) => {
            let start = if in_the_browser.is_empty() { start } else { start.and_fixed(" and ") };
            let start = start.and_fixed("an access token");
            match &endpoint.refresh_token {
                Some(token) => life(start.and_fixed(" and a refresh token that "), token).and_fixed("."),
                None => without(tokens, start),
            }
        }
    }
}

fn without(tokens: &TokenSet, start: Composed) -> Composed {
    start.and_fixed(", and no refresh token: ").and_lowered(tokens.refresh_token_because.sentence.clone())
}

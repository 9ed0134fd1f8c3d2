//! A decision on an authorization request in one sentence.

use super::decision::{Decision, DecisionOutcome};
use crate::answer::words::{life, lower_first};
use crate::input::Text;

/// Longer than most of the sentences, so that one is written without moving it.
const USUAL: usize = 240;

/// The answer in one sentence: what happens now, and the refresh token or why there is none.
pub(super) fn summary(decision: &Decision, client_id: Option<&str>) -> Text {
    let client = client_id.unwrap_or("The client");
    match decision.outcome {
        DecisionOutcome::Error => refused(decision, client),
        DecisionOutcome::Login => Text::fixed("The user signs in first."),
        DecisionOutcome::Reauthenticate => Text::fixed("The user signs in again, though a session is there."),
        DecisionOutcome::SelectAccount => Text::fixed("The user chooses an account first."),
        DecisionOutcome::Consent => gets("The user is asked; if they approve, ", decision, client),
        DecisionOutcome::Issue if decision.consent.is_some() => {
            gets("The user was asked and approved: ", decision, client)
        }
        DecisionOutcome::Issue => gets("The user sees no consent screen: ", decision, client),
    }
}

fn refused(decision: &Decision, client: &str) -> Text {
    let Some(error) = &decision.error else { return Text::EMPTY };
    let mut text = String::with_capacity(USUAL);
    match (error.code, decision.response.is_some()) {
        (Some(code), true) => text.extend([client, " gets the error ", code.name(), ": "]),
        (Some(code), false) => text.extend(["The user sees an error page (", code.name(), "): "]),
        (None, _) => text.push_str("The user sees an error page, and nothing is redirected: "),
    }
    text.push_str(&error.description);
    text.into()
}

fn gets(what_happens: &str, decision: &Decision, client: &str) -> Text {
    let Some(tokens) = &decision.tokens else { return Text::from(what_happens) };
    let mut text = String::with_capacity(USUAL);
    text.extend([what_happens, client, " gets "]);
    let mut separator = "";
    let mut thing = |text: &mut String, thing: &str| {
        text.extend([separator, thing]);
        separator = " and ";
    };
    let front = &tokens.front_channel;
    if front.access_token.is_some() {
        thing(&mut text, "an access token in the browser");
    }
    if front.id_token {
        thing(&mut text, "an ID Token in the browser");
    }
    match &tokens.token_endpoint {
        None if front.access_token.is_none() && !front.id_token => {
            text.push_str("an answer without any token.");
            return text.into();
        }
        None => {}
        Some(endpoint) => {
            thing(&mut text, "an access token");
            if let Some(token) = &endpoint.refresh_token {
                thing(&mut text, "a refresh token that ");
                life(&mut text, token);
                text.push('.');
                return text.into();
            }
        }
    }
    text.push_str(", and no refresh token: ");
    lower_first(&mut text, &tokens.refresh_token_because.sentence);
    text.into()
}

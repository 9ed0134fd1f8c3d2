//! Why records end, or live on.

use super::parts::Parts;
use super::records::{self, AtHand, Fate};
use super::shapes::{About, Explanation, Sentence};
use super::told::{By, Say, explanation, told};
use crate::decide::fact::Situation;
use crate::decide::lifecycle::component::Component;
use crate::decide::lifecycle::facts::LifecycleFact;
use crate::decide::lifecycle::verdict::{Consequence, DeadStatus, Lifecycle, LifecycleVerdict};
use crate::decide::record::EndStatus;
use crate::explore::Explorer;
use crate::explore::reason::Reasons;
use crate::oauth::error::ErrorCode;
use crate::policy::Policy;

pub(super) fn explain(
    policy: &Policy,
    situation: Situation<LifecycleFact>,
    parts: &Parts,
    at_hand: Option<&[AtHand]>,
) -> Explanation {
    let explorer = Explorer::<Lifecycle>::default();
    let reasons = Reasons::of(&explorer, &policy.knobs, situation);
    let outcome = |by: &By<'_, Lifecycle>, says: String| {
        vec![told(&reasons, Component::Outcome, by, Say::new(About::Outcome, says))]
    };
    explanation(match reasons.decided.verdict {
        LifecycleVerdict::Refuse { code, rule, status } => {
            let code = code.map_or_else(String::new, |code: ErrorCode| format!(" ({})", code.name()));
            outcome(&By::Rule(rule), format!("The request is refused with HTTP status {}{code}", status.number()))
        }
        LifecycleVerdict::AskUser => outcome(&By::OneOf(&|_| true), "The user is asked first".to_owned()),
        LifecycleVerdict::Standing(Ok(())) => outcome(&By::OneOf(&|_| true), "The record is alive".to_owned()),
        LifecycleVerdict::Standing(Err((status, rule))) => outcome(&By::Rule(rule), dead(status).to_owned()),
        LifecycleVerdict::Ends(_) => match (at_hand, &parts.effects) {
            (Some(at_hand), Some(effects)) => of_records(&reasons, records::fates(at_hand, effects)),
            _ => in_general(&reasons),
        },
    })
}

const fn dead(status: DeadStatus) -> &'static str {
    match status {
        DeadStatus::Unknown => "There is no such record",
        DeadStatus::Used => "The code was redeemed",
        DeadStatus::Superseded => "The refresh token was replaced",
        DeadStatus::Expired => "The record is over",
        DeadStatus::Revoked => "The record was revoked",
    }
}

/// What ends, whatever records there are.
fn in_general(reasons: &Reasons<'_, Lifecycle>) -> Vec<Sentence> {
    let LifecycleVerdict::Ends(consequences) = reasons.decided.verdict else { return Vec::new() };
    let mut sentences: Vec<Sentence> = consequences
        .iter()
        .map(|(what, rule)| told(reasons, Component::Ends, &By::Rule(rule), Say::new(About::Ends, ends(what))))
        .collect();
    if sentences.is_empty() {
        sentences.push(told(reasons, Component::Ends, &By::OneOf(&|_| true), Say::new(About::Outcome, "Nothing ends")));
    }
    if let Some(first) = sentences.first_mut() {
        first.about = About::Outcome;
    }
    sentences
}

/// What ends and what lives on, of the records at hand.
fn of_records(reasons: &Reasons<'_, Lifecycle>, fates: Vec<Fate>) -> Vec<Sentence> {
    let ending = fates.iter().filter(|fate| fate.rule.is_some()).count();
    let says = match ending {
        0 => "Nothing ends".to_owned(),
        1 => "One record ends".to_owned(),
        count => format!("{count} records end"),
    };
    let first = told(reasons, Component::Ends, &By::OneOf(&|_| true), Say::new(About::Outcome, says));
    let each = fates.into_iter().map(|fate| {
        let says = if fate.rule.is_some() {
            format!("{} ends", fate.name.as_str())
        } else {
            format!("{} lives on", fate.name.as_str())
        };
        let mut sentence = Say::new(About::Record, says).of(&fate.name).plain(fate.rule);
        sentence.because = Some(fate.because);
        sentence
    });
    std::iter::once(first).chain(each).collect()
}

const fn ends(what: Consequence) -> &'static str {
    match what {
        Consequence::Session => "The session ends",
        Consequence::SessionTokens(EndStatus::Expired) => "The tokens that are bound to the session expire",
        Consequence::SessionTokens(EndStatus::Revoked) => "The tokens that are bound to the session are revoked",
        Consequence::OfflineTokensOfSession => "The offline tokens that were issued in the session end",
        Consequence::OfflineTokensOfBrowserClients => {
            "The offline tokens of single-page applications that were issued in the session end"
        }
        Consequence::OfflineAccessTokensOfSession => "The offline access tokens that were issued in the session end",
        Consequence::ClientTokensOfSession => "The tokens of the client that are bound to the session end",
        Consequence::OfflineTokensOfUser => "The user's offline tokens end",
        Consequence::GmailTokensOfUser => "The user's refresh tokens with a scope of Gmail end",
        Consequence::PublicPasswordTokens => {
            "The user's tokens of public clients end where the user signed in with a password"
        }
        Consequence::ClientTokens => "Every token and code of the user and the client ends",
        Consequence::Grant => "The grant of the user and the client is forgotten",
        Consequence::PresentedToken => "The presented token ends",
        Consequence::FamilyRefreshTokens => "The refresh tokens of the same authorization end",
        Consequence::FamilyAccessTokens => "The access tokens of the same authorization end",
        Consequence::ConditionTokens => "The tokens and codes that rest on the condition end",
        Consequence::OldestRefreshTokens => "The oldest of too many refresh tokens of the user and the client end",
        Consequence::GrantTokens => "The tokens of the grant end",
        Consequence::GrantById => "The grant is forgotten",
    }
}

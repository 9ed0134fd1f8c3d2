//! Why the token endpoint decides as it does.

use super::parts::Parts;
use super::shapes::{About, Explanation, Sentence};
use super::told::{By, Say, explanation, told};
use crate::answer::words::life;
use crate::decide::fact::Situation;
use crate::decide::life::Binding;
use crate::decide::rotation::Rotation;
use crate::decide::rule::Rule;
use crate::decide::token::component::Component;
use crate::decide::token::facts::TokenFact;
use crate::decide::token::verdict::{Exchanged, Fate, Refreshed, Token, TokenRuleNumber, TokenVerdict};
use crate::explore::Explorer;
use crate::explore::reason::Reasons;
use crate::input::Composed;
use crate::policy::Policy;

pub(super) fn explain(policy: &Policy, situation: Situation<TokenFact>, parts: &Parts) -> Explanation {
    let explorer = Explorer::<Token>::default();
    let reasons = Reasons::of(&explorer, &policy.knobs, situation);
    let mut sentences = Vec::new();
    let mut say = |component, rule: Option<TokenRuleNumber>, say: Say| {
        let by = rule.map_or(By::OneOf(&|_| true), By::Rule);
        sentences.push(told(&reasons, component, &by, say));
    };
    let outcome = |says: &str| Say::new(About::Outcome, says);
    match reasons.decided.verdict {
        TokenVerdict::Refuse { code, fate, rule } => {
            say(Component::Outcome, Some(rule), outcome(&format!("The client gets the error {}", code.name())));
            if let Some(says) = ended(fate) {
                say(Component::Presented, Some(rule), Say::new(About::Presented, says));
            }
        }
        TokenVerdict::Exchanged(plan) => {
            say(Component::Outcome, Some(plan.rule), outcome("The code is redeemed"));
            exchanged(&plan, parts, &mut say);
        }
        TokenVerdict::Refreshed(plan) => {
            say(
                Component::Outcome,
                Some(plan.rule),
                outcome("The refresh token is used, and the client gets an access token"),
            );
            refreshed(&plan, parts, &mut say);
        }
        TokenVerdict::ForItself { access_token, .. } => {
            let says = "The client acts for itself, and gets an access token and no refresh token";
            say(Component::Outcome, Some(access_token.rule), outcome(says));
        }
    }
    set_aside(&reasons, parts, &mut sentences);
    explanation(sentences)
}

fn ended(fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Untouched => None,
        Fate::Touched => Some("The refresh token stays as it is, and is noted as used"),
        Fate::UsedUp => Some("What was presented is used up"),
        Fate::Ends(_) => Some("What was presented ends"),
        Fate::OthersReplaced => {
            Some("The refresh token stays as it is, and the others of the same authorization are replaced")
        }
        Fate::FamilyEnds => Some("Everything that came from the same authorization ends"),
        Fate::ClientTokensEnd => Some("All tokens of the user and the client end"),
        Fate::GrantEnds => Some("The grant ends: all its tokens, and the consent"),
    }
}

fn bound(binding: Binding) -> &'static str {
    match binding {
        Binding::Session => "is bound to the session",
        Binding::Offline => "survives the session",
    }
}

const fn rotated(rotation: Rotation) -> &'static str {
    match rotation {
        Rotation::Kept => "",
        Rotation::Replaced => ", and each use replaces it",
        Rotation::Added => ", and each use brings another one",
        Rotation::UntilSuccessorUsed => ", and each use brings another one that replaces it when it is used",
        Rotation::UsedUp => ", and a use uses it up",
    }
}

fn exchanged(plan: &Exchanged, parts: &Parts, say: &mut impl FnMut(Component, Option<TokenRuleNumber>, Say)) {
    let Some(token) = plan.refresh_token else {
        say(Component::RefreshToken, None, Say::new(About::RefreshToken, "The client gets no refresh token"));
        return;
    };
    let says = format!("The client gets a refresh token that {}{}", bound(token.binding), rotated(token.rotation));
    say(Component::RefreshToken, Some(token.rule), Say::new(About::RefreshToken, says));
    lives(parts, say);
}

fn refreshed(plan: &Refreshed, parts: &Parts, say: &mut impl FnMut(Component, Option<TokenRuleNumber>, Say)) {
    match plan.successor {
        Some(token) => {
            let says = format!("The client gets another refresh token{}", rotated(token.rotation));
            say(Component::RefreshToken, Some(token.rule), Say::new(About::RefreshToken, says));
            lives(parts, say);
        }
        None => {
            say(Component::RefreshToken, None, Say::new(About::RefreshToken, "The client gets no new refresh token"))
        }
    }
    if let Some(says) = ended(plan.fate) {
        say(Component::Presented, Some(plan.rule), Say::new(About::Presented, says));
    }
}

fn lives(parts: &Parts, say: &mut impl FnMut(Component, Option<TokenRuleNumber>, Say)) {
    if let Some(token) = &parts.refresh_token {
        let says = life(Composed::default().and_fixed("The refresh token "), token).text();
        say(Component::RefreshToken, None, Say::new(About::Lifetime, says));
    }
}

fn set_aside(reasons: &Reasons<'_, Token>, parts: &Parts, sentences: &mut Vec<Sentence>) {
    for one in parts.ignored.iter().flatten() {
        let concerns = |rule: &Rule| rule.parameters.contains(&one.param.as_str());
        let say = Say::new(About::Ignored, format!("{} is set aside", one.param.as_str())).of(&one.param);
        sentences.push(told(reasons, Component::AccessToken, &By::OneOf(&concerns), say));
    }
}

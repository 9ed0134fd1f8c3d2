//! Why the authorization endpoint decides as it does.

use super::parts::{PageScope, Parts};
use super::shapes::{About, Explanation, Sentence};
use super::told::{By, Say, explanation, told, with};
use crate::answer::Ignored;
use crate::answer::words::life;
use crate::decide::authorize::component::{Component, Parameter};
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::part::{Part, SetAside};
use crate::decide::authorize::verdict::{
    Authorize, AuthorizeRuleNumber, ConsentCauses, RedirectNamed, RefreshTokenPlan, RefreshTokenVerdict, SignInScreen,
    TokenResult, Verdict,
};
use crate::decide::component::Components;
use crate::decide::fact::Situation;
use crate::decide::life::Binding;
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::decide::rotation::Rotation;
use crate::decide::rule::Rule;
use crate::explore::Explorer;
use crate::explore::reason::Reasons;
use crate::input::{Composed, Text};
use crate::oauth::error::{ErrorCode, ErrorPlacement};
use crate::policy::Policy;

pub(super) fn explain(policy: &Policy, situation: Situation<AuthorizeFact>, parts: &Parts) -> Explanation {
    let explorer = Explorer::<Authorize>::default();
    let reasons = Reasons::of(&explorer, &policy.knobs, situation);
    let mut sentences = vec![outcome(&reasons)];
    match reasons.decided.verdict {
        Verdict::Refuse(..) => return explanation(sentences),
        Verdict::SignIn(_) => {}
        Verdict::Ask { result, .. } => {
            tokens(&reasons, &result, "If the user approves, the client gets", parts, &mut sentences)
        }
        Verdict::Issue { result, .. } => tokens(&reasons, &result, "The client gets", parts, &mut sentences),
    }
    ignored(&reasons, parts, &mut sentences);
    page(&reasons, parts, &mut sentences);
    explanation(sentences)
}

fn outcome(reasons: &Reasons<'_, Authorize>) -> Sentence {
    let say = |says: &str| Say::new(About::Outcome, says);
    let stage = |stage: &'static str| move |rule: &Rule| rule.id.starts_with(stage);
    match reasons.decided.verdict {
        Verdict::Refuse(refusal, _) => {
            told(reasons, Component::Error, &By::Rule(refusal.rule), Say::new(About::Outcome, refused(refusal)))
        }
        Verdict::SignIn(screen) => {
            let says = match screen {
                SignInScreen::Login => "The user signs in first",
                SignInScreen::Reauthenticate => "The user signs in again",
                SignInScreen::SelectAccount => "The user chooses an account first",
            };
            told(reasons, Component::Outcome, &By::OneOf(&stage("sign_in.")), say(says))
        }
        Verdict::Ask { page, .. } => {
            told(reasons, Component::Outcome, &By::OneOf(&stage("consent.")), say(&asked(page.causes)))
        }
        Verdict::Issue { approved: Some(_), .. } => {
            told(reasons, Component::Outcome, &By::OneOf(&|_| true), say("The user was asked and approved"))
        }
        Verdict::Issue { approved: None, .. } => {
            let by = By::OneOf(&stage("consent."));
            told(reasons, Component::Outcome, &by, say("The user sees no consent page"))
        }
    }
}

fn refused(refusal: Refusal<AuthorizeRuleNumber>) -> String {
    let code = refusal.code.map(ErrorCode::name);
    match (refusal.placement, code) {
        (ErrorPlacement::Redirect(_), Some(code)) => format!("The client gets the error {code}"),
        (ErrorPlacement::Http400, Some(code)) => format!("The request is answered with HTTP status 400 ({code})"),
        (ErrorPlacement::Page, Some(code)) => format!("The user sees an error page ({code})"),
        (_, None) => "The user sees an error page, and nothing is redirected".to_owned(),
    }
}

/// The page, with all that it is shown for.
fn asked(causes: ConsentCauses) -> String {
    let ConsentCauses {
        prompt_consent,
        new_scopes,
        offline_access,
        client_always_asked,
        always_asked,
        redirect_uri_changed,
        loopback_client,
        answer_out_of_date,
    } = causes;
    let all: Vec<&str> = [
        (prompt_consent, "because the request asks for it"),
        (new_scopes, "for scopes that were not granted yet"),
        (offline_access, "for offline access"),
        (client_always_asked, "because a client of this kind is never approved without asking"),
        (always_asked, "because the user is asked every time"),
        (redirect_uri_changed, "because the consent on record was given for another redirect URI"),
        (loopback_client, "because nobody knows which program listens on a loopback address"),
        (answer_out_of_date, "once more, because the answer was given to another page or too long ago"),
    ]
    .into_iter()
    .filter_map(|(holds, words)| holds.then_some(words))
    .collect();
    format!("The user is asked for consent {}", all.join(", and "))
}

fn tokens(
    reasons: &Reasons<'_, Authorize>,
    result: &TokenResult,
    start: &str,
    parts: &Parts,
    sentences: &mut Vec<Sentence>,
) {
    match result.refresh_token {
        RefreshTokenVerdict::None(_, rule) => {
            let says = format!("{start} no refresh token");
            sentences.push(told(
                reasons,
                Component::RefreshToken,
                &By::Rule(rule),
                Say::new(About::RefreshToken, says),
            ));
        }
        RefreshTokenVerdict::Issued(plan, rule) => {
            let says = format!("{start} {}", refresh_token(plan));
            sentences.push(told(
                reasons,
                Component::RefreshToken,
                &By::Rule(rule),
                Say::new(About::RefreshToken, says),
            ));
            let says = match &parts.refresh_token {
                Some(token) => life(Composed::default().and_fixed("The refresh token "), token).text(),
                None => "The refresh token lives as long as these rules say".to_owned(),
            };
            let by = By::OneOf(&|rule| rule.id.starts_with("life."));
            sentences.push(told(reasons, Component::RefreshTokenLifetime, &by, Say::new(About::Lifetime, says)));
        }
    }
}

fn refresh_token(plan: RefreshTokenPlan) -> String {
    let binding = match plan.binding {
        Binding::Session => "a refresh token that is bound to the session",
        Binding::Offline => "a refresh token that survives the session",
    };
    let rotation = match plan.rotation {
        Rotation::Kept => "",
        Rotation::Replaced => ", and each use replaces it",
        Rotation::Added => ", and each use brings another one",
        Rotation::UntilSuccessorUsed => ", and each use brings another one that replaces it when it is used",
        Rotation::UsedUp => ", and a use uses it up",
    };
    format!("{binding}{rotation}")
}

/// What was set aside: as the decision lists it, or, where only the situation is known, parameter by parameter.
fn ignored(reasons: &Reasons<'_, Authorize>, parts: &Parts, sentences: &mut Vec<Sentence>) {
    match &parts.ignored {
        Some(all) => {
            for one in all {
                let say =
                    Say::new(About::Ignored, format!("{}={} is set aside", one.param.as_str(), one.value.as_str()));
                sentences.push(of_parameter(reasons, &one.param, component(reasons, one), say.of(&one.param)));
            }
        }
        None => {
            for component in Authorize::COMPONENTS {
                let Component::Ignored(parameter) = component else { continue };
                let Part::Ignored(Some(aside)) = reasons.part_of(*component) else { continue };
                if aside == SetAside::default() {
                    continue;
                }
                let Some(name) = parameter.wire_names().first() else { continue };
                let extent = if aside.whole.is_some() { "" } else { ", in part" };
                let say = Say::new(About::Ignored, format!("{name} is set aside{extent}")).of(&Text::fixed(name));
                sentences.push(of_parameter(reasons, name, *component, say));
            }
        }
    }
}

fn of_parameter(reasons: &Reasons<'_, Authorize>, parameter: &str, component: Component, say: Say) -> Sentence {
    let concerns = |rule: &Rule| rule.parameters.contains(&parameter);
    told(reasons, component, &By::OneOf(&concerns), say)
}

/// The component that says of a parameter that it is set aside. A scope is set aside by the result, or because nobody
/// here knows it.
fn component(reasons: &Reasons<'_, Authorize>, one: &Ignored) -> Component {
    let parameter = Parameter::ALL.into_iter().find(|known| known.wire_names().contains(&one.param.as_str()));
    match parameter {
        Some(Parameter::ForeignScopes) | None => {
            let foreign = Component::Ignored(Parameter::ForeignScopes);
            match reasons.part_of(foreign) {
                Part::Ignored(Some(aside)) if aside != SetAside::default() && one.reason == Reason::UnknownScope => {
                    foreign
                }
                _ => Component::Scope,
            }
        }
        Some(parameter) => Component::Ignored(parameter),
    }
}

/// Each scope on the page, and what it says of access while the user is away.
fn page(reasons: &Reasons<'_, Authorize>, parts: &Parts, sentences: &mut Vec<Sentence>) {
    let Verdict::Ask { page, .. } = reasons.decided.verdict else { return };
    let reason = reasons.why(Component::ConsentPage);
    let by = By::OneOf(&|rule| rule.id.starts_with("consent.") || rule.id.starts_with("offline."));
    for PageScope { scope, is_new, optional } in &parts.page {
        let status = if *is_new { "which is new" } else { "which was granted before" };
        let may = if *optional { "may leave it out" } else { "cannot leave it out" };
        let says = format!("The page lists {}, {status}, and the user {may}", scope.as_str());
        sentences.push(with(reasons, &reason, &by, Say::new(About::Scope, says).of(scope)));
    }
    if page.offline_notice {
        let says = "The page says that access goes on while the user is away";
        sentences.push(with(reasons, &reason, &by, Say::new(About::Scope, says)));
    }
    for (holds, says) in [
        (page.redirect != RedirectNamed::No, "The page names the host that receives the response"),
        (page.redirect == RedirectNamed::HostWithWarning, "The page warns that every redirect URI is loopback"),
    ] {
        if holds {
            sentences.push(with(reasons, &reason, &by, Say::new(About::Scope, says)));
        }
    }
}

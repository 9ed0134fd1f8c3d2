//! The components of a verdict at the authorization endpoint.

use super::aspect;
use super::engine::State;
use super::facts::{AuthorizeFact, ConsentAnswer};
pub use super::part::{Component, Parameter};
use super::part::{ErrorPlace, OtherTokens, Outcome, Part, SetAside, StoredRecords};
use super::verdict::{
    Authorize, ConsentCauses, ConsentPage, IgnoredParameters, RefreshTokenVerdict, TokenResult, Verdict,
};
use crate::decide::component::{Aspect, Components, Reached};
use crate::decide::engine::Engine;
use crate::decide::refusal::Refusal;
use crate::oauth::error::ErrorPlacement;

impl Components for Authorize {
    type Component = Component;
    type Part = Part;

    const COMPONENTS: &'static [Component] = &[
        Component::Outcome,
        Component::Error,
        Component::Response,
        Component::ConsentPage,
        Component::ConsentCauses,
        Component::Scope,
        Component::RefreshToken,
        Component::RefreshTokenLifetime,
        Component::Tokens,
        Component::Stored,
        Component::Ignored(Parameter::Prompt),
        Component::Ignored(Parameter::ResponseMode),
        Component::Ignored(Parameter::Display),
        Component::Ignored(Parameter::AccessType),
        Component::Ignored(Parameter::ApprovalPrompt),
        Component::Ignored(Parameter::IncludeGrantedScopes),
        Component::Ignored(Parameter::GrantManagement),
        Component::Ignored(Parameter::Launch),
        Component::Ignored(Parameter::ForeignScopes),
    ];

    const OPENING: &'static [Component] = &[Component::Outcome, Component::Error];

    const UNANSWERED: Option<(AuthorizeFact, usize)> =
        Some((AuthorizeFact::ConsentAnswer, ConsentAnswer::Open as usize));

    fn component_name(component: Component) -> &'static str {
        match component {
            Component::Outcome => "outcome",
            Component::Error => "error",
            Component::Response => "response",
            Component::ConsentPage => "consent",
            Component::ConsentCauses => "consent.because",
            Component::Scope => "scope",
            Component::RefreshToken => "refresh_token",
            Component::RefreshTokenLifetime => "refresh_token.lifetime",
            Component::Tokens => "tokens",
            Component::Stored => "stored",
            Component::Ignored(Parameter::Prompt) => "ignored.prompt",
            Component::Ignored(Parameter::ResponseMode) => "ignored.response_mode",
            Component::Ignored(Parameter::Display) => "ignored.display",
            Component::Ignored(Parameter::AccessType) => "ignored.access_type",
            Component::Ignored(Parameter::ApprovalPrompt) => "ignored.approval_prompt",
            Component::Ignored(Parameter::IncludeGrantedScopes) => "ignored.include_granted_scopes",
            Component::Ignored(Parameter::GrantManagement) => "ignored.grant_management",
            Component::Ignored(Parameter::Launch) => "ignored.launch",
            Component::Ignored(Parameter::ForeignScopes) => "ignored.scope",
        }
    }

    fn forget(component: Component, state: State, aside: IgnoredParameters) -> (State, IgnoredParameters) {
        (component.state(state), component.aside(aside))
    }

    fn set_aside(before: IgnoredParameters, more: IgnoredParameters) -> IgnoredParameters {
        before.and(more)
    }

    fn reached(verdict: &Verdict) -> Reached {
        match verdict {
            Verdict::Refuse(..) => Reached::Refused,
            Verdict::SignIn(_) => Reached::Waiting,
            Verdict::Ask { .. } | Verdict::Issue { .. } => Reached::Answered,
        }
    }

    fn says_nothing(part: &Part) -> bool {
        match part {
            Part::ConsentPage(page) => page.is_none(),
            Part::ConsentCauses(causes) => causes.is_none(),
            Part::Scope(scopes) => scopes.is_none(),
            Part::RefreshToken(token) => token.is_none(),
            Part::RefreshTokenLifetime(life) => life.is_none(),
            Part::Tokens(tokens) => tokens.is_none(),
            Part::Stored(stored) => stored.is_none(),
            Part::Ignored(aside) => aside.is_none(),
            Part::Outcome(_) | Part::Error(_) | Part::Response(_) => false,
        }
    }

    fn part(component: Component, verdict: &Verdict, aside: &IgnoredParameters) -> Part {
        match component {
            Component::Outcome => Part::Outcome(match verdict {
                Verdict::Refuse(..) => Outcome::Error,
                Verdict::SignIn(screen) => Outcome::SignIn(*screen),
                Verdict::Ask { .. } => Outcome::Consent,
                Verdict::Issue { .. } => Outcome::Issue,
            }),
            Component::Error => Part::Error(refusal(verdict).map(|refusal| {
                let place = match refusal.placement {
                    ErrorPlacement::Redirect(_) => ErrorPlace::Redirect,
                    ErrorPlacement::Page => ErrorPlace::Page,
                    ErrorPlacement::Http400 => ErrorPlace::Http400,
                };
                (refusal.code, place)
            })),
            Component::Response => Part::Response(match verdict {
                Verdict::Refuse(Refusal { placement: ErrorPlacement::Redirect(placement), .. }, _)
                | Verdict::Issue { placement, .. } => Some(*placement),
                Verdict::Refuse(..) | Verdict::SignIn(_) | Verdict::Ask { .. } => None,
            }),
            Component::ConsentPage => {
                Part::ConsentPage(page(verdict).map(|page| ConsentPage { causes: ConsentCauses::default(), ..page }))
            }
            Component::ConsentCauses => Part::ConsentCauses(page(verdict).map(|page| page.causes)),
            Component::Scope => Part::Scope(result(verdict).map(|result| result.scopes)),
            Component::RefreshToken => Part::RefreshToken(result(verdict).map(|result| match result.refresh_token {
                RefreshTokenVerdict::Issued(plan, _) => Ok((plan.binding, plan.rotation)),
                RefreshTokenVerdict::None(why, _) => Err(why),
            })),
            Component::RefreshTokenLifetime => {
                Part::RefreshTokenLifetime(result(verdict).and_then(|result| match result.refresh_token {
                    RefreshTokenVerdict::Issued(plan, _) => Some(plan.life),
                    RefreshTokenVerdict::None(..) => None,
                }))
            }
            Component::Tokens => Part::Tokens(result(verdict).map(|result| OtherTokens {
                response_type: result.response_type,
                front_access_token: result.front_access_token,
                access_token: result.token_endpoint.map(|plan| plan.access_token),
                id_token: result.token_endpoint.is_some_and(|plan| plan.id_token),
                scope_reported: result.scope_reported,
            })),
            Component::Stored => Part::Stored(match verdict {
                Verdict::Issue { stored, .. } => Some(StoredRecords {
                    grant: stored.grant.map(|grant| (grant.change, grant.how)),
                    remembers_refused: stored.grant.is_some_and(|grant| grant.remembers_refused),
                    code: stored.code.is_some(),
                    access_token: stored.access_token.is_some(),
                    ends_earlier: stored.ends_earlier.is_some(),
                    rests_on: stored.rests_on,
                }),
                Verdict::Refuse(_, Some(remembered)) => Some(StoredRecords {
                    grant: Some((remembered.grant.change, remembered.grant.how)),
                    remembers_refused: remembered.grant.remembers_refused,
                    code: false,
                    access_token: false,
                    ends_earlier: false,
                    rests_on: None,
                }),
                Verdict::Refuse(_, None) | Verdict::SignIn(_) | Verdict::Ask { .. } => None,
            }),
            Component::Ignored(parameter) => Part::Ignored(Self::reports_aside(verdict).then(|| parameter.of(aside))),
        }
    }

    fn aspects(part: Part) -> Vec<Aspect> {
        aspect::of(part)
    }
}

const fn refusal(verdict: &Verdict) -> Option<&Refusal<super::verdict::AuthorizeRuleNumber>> {
    match verdict {
        Verdict::Refuse(refusal, _) => Some(refusal),
        Verdict::SignIn(_) | Verdict::Ask { .. } | Verdict::Issue { .. } => None,
    }
}

const fn page(verdict: &Verdict) -> Option<ConsentPage> {
    match verdict {
        Verdict::Ask { page, .. } => Some(*page),
        Verdict::Refuse(..) | Verdict::SignIn(_) | Verdict::Issue { .. } => None,
    }
}

const fn result(verdict: &Verdict) -> Option<&TokenResult> {
    match verdict {
        Verdict::Ask { result, .. } | Verdict::Issue { result, .. } => Some(result),
        Verdict::Refuse(..) | Verdict::SignIn(_) => None,
    }
}

impl Parameter {
    /// What is set aside of this parameter.
    const fn of(self, aside: &IgnoredParameters) -> SetAside {
        let whole = match self {
            Self::Prompt => aside.prompt,
            Self::ResponseMode => aside.response_mode,
            Self::Display => aside.display,
            Self::AccessType => aside.access_type,
            Self::ApprovalPrompt => aside.approval_prompt,
            Self::IncludeGrantedScopes => aside.include_granted_scopes,
            Self::GrantManagement => aside.grant_management,
            Self::Launch => aside.launch,
            Self::ForeignScopes => None,
        };
        match self {
            Self::Prompt => SetAside { whole, unknown_values: aside.prompt_unknown_values, auto: aside.prompt_auto },
            Self::ForeignScopes => SetAside { whole, unknown_values: aside.foreign_scopes, auto: None },
            Self::ResponseMode
            | Self::Display
            | Self::AccessType
            | Self::ApprovalPrompt
            | Self::IncludeGrantedScopes
            | Self::GrantManagement
            | Self::Launch => SetAside { whole, unknown_values: false, auto: None },
        }
    }
}

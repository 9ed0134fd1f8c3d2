//! The components of a verdict at the authorization endpoint, and what each of them does not depend on.

use super::access::{Accesses, Offline};
use super::admitted::{Admitted, AskedAccessType, AskedWords, Channel};
use super::answer::{Answer, Approval};
use super::aspect;
use super::consent::Consent;
use super::engine::{Asking, State};
use super::facts::{AuthorizeFact, ConsentAnswer};
use super::part::{ErrorPlace, OtherTokens, Outcome, Part, SetAside, StoredRecords};
use super::tokens::{Due, Plan, TokensRule};
use super::verdict::{
    Access, Authorize, ConsentCauses, ConsentPage, IgnoredParameters, NoRefreshToken, RefreshTokenVerdict, ScopePlan,
    TokenResult, Verdict,
};
use crate::decide::component::{Aspect, Components, Reached};
use crate::decide::engine::Engine;
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::oauth::error::{ErrorPlacement, Placement};
use crate::oauth::response::ResponseType;

/// A component of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Component {
    /// What happens now.
    Outcome,
    /// The error.
    Error,
    /// Where the response is put.
    Response,
    /// What the consent page says.
    ConsentPage,
    /// Why it is shown.
    ConsentCauses,
    /// Which scopes are granted.
    Scope,
    /// Whether a refresh token comes, and why none.
    RefreshToken,
    /// How long it lives.
    RefreshTokenLifetime,
    /// The other tokens.
    Tokens,
    /// What is stored.
    Stored,
    /// A parameter that is set aside.
    Ignored(Parameter),
}

/// A parameter that can be set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// prompt, whole or in part.
    Prompt,
    /// display.
    Display,
    /// access_type.
    AccessType,
    /// approval_prompt.
    ApprovalPrompt,
    /// include_granted_scopes.
    IncludeGrantedScopes,
    /// grant_management_action and grant_id.
    GrantManagement,
    /// launch.
    Launch,
    /// Scopes that another vocabulary knows.
    ForeignScopes,
}

impl Parameter {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Prompt,
        Self::Display,
        Self::AccessType,
        Self::ApprovalPrompt,
        Self::IncludeGrantedScopes,
        Self::GrantManagement,
        Self::Launch,
        Self::ForeignScopes,
    ];

    /// What it is called on the wire; grant management has two.
    #[must_use]
    pub const fn wire_names(self) -> &'static [&'static str] {
        match self {
            Self::Prompt => &["prompt"],
            Self::Display => &["display"],
            Self::AccessType => &["access_type"],
            Self::ApprovalPrompt => &["approval_prompt"],
            Self::IncludeGrantedScopes => &["include_granted_scopes"],
            Self::GrantManagement => &["grant_management_action", "grant_id"],
            Self::Launch => &["launch"],
            Self::ForeignScopes => &["scope"],
        }
    }
}

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

    fn reached(verdict: &Verdict) -> Reached {
        match verdict {
            Verdict::Refuse(_) => Reached::Refused,
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
                Verdict::Refuse(_) => Outcome::Error,
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
                Verdict::Refuse(Refusal { placement: ErrorPlacement::Redirect(placement), .. })
                | Verdict::Issue { placement, .. } => Some(*placement),
                Verdict::Refuse(_) | Verdict::SignIn(_) | Verdict::Ask { .. } => None,
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
                    rests_on: stored.rests_on,
                }),
                Verdict::Refuse(_) | Verdict::SignIn(_) | Verdict::Ask { .. } => None,
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
        Verdict::Refuse(refusal) => Some(refusal),
        Verdict::SignIn(_) | Verdict::Ask { .. } | Verdict::Issue { .. } => None,
    }
}

const fn page(verdict: &Verdict) -> Option<ConsentPage> {
    match verdict {
        Verdict::Ask { page, .. } => Some(*page),
        Verdict::Refuse(_) | Verdict::SignIn(_) | Verdict::Issue { .. } => None,
    }
}

const fn result(verdict: &Verdict) -> Option<&TokenResult> {
    match verdict {
        Verdict::Ask { result, .. } | Verdict::Issue { result, .. } => Some(result),
        Verdict::Refuse(_) | Verdict::SignIn(_) => None,
    }
}

impl Parameter {
    /// What is set aside of this parameter.
    const fn of(self, aside: &IgnoredParameters) -> SetAside {
        let whole = match self {
            Self::Prompt => aside.prompt,
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
            Self::Display
            | Self::AccessType
            | Self::ApprovalPrompt
            | Self::IncludeGrantedScopes
            | Self::GrantManagement
            | Self::Launch => SetAside { whole, unknown_values: false, auto: None },
        }
    }
}

/// What every state has in place of something that is forgotten.
const NO_REASON: Reason = Reason::PolicyDeclines;

impl Component {
    /// Only what is set aside of this component's parameter.
    fn aside(self, aside: IgnoredParameters) -> IgnoredParameters {
        let none = IgnoredParameters::default();
        let Self::Ignored(parameter) = self else { return none };
        match parameter {
            Parameter::Prompt => IgnoredParameters {
                prompt: aside.prompt,
                prompt_unknown_values: aside.prompt_unknown_values,
                prompt_auto: aside.prompt_auto,
                ..none
            },
            Parameter::Display => IgnoredParameters { display: aside.display, ..none },
            Parameter::AccessType => IgnoredParameters { access_type: aside.access_type, ..none },
            Parameter::ApprovalPrompt => IgnoredParameters { approval_prompt: aside.approval_prompt, ..none },
            Parameter::IncludeGrantedScopes => {
                IgnoredParameters { include_granted_scopes: aside.include_granted_scopes, ..none }
            }
            Parameter::GrantManagement => IgnoredParameters { grant_management: aside.grant_management, ..none },
            Parameter::Launch => IgnoredParameters { launch: aside.launch, ..none },
            Parameter::ForeignScopes => IgnoredParameters { foreign_scopes: aside.foreign_scopes, ..none },
        }
    }

    fn state(self, state: State) -> State {
        match state {
            State::Arrived => State::Arrived,
            State::Addressed(channel) => State::Addressed(self.channel(channel)),
            State::Typed(channel, response_type) => State::Typed(self.channel(channel), response_type),
            State::Prompted(channel, response_type, prompts) => {
                State::Prompted(self.channel(channel), response_type, prompts)
            }
            State::InOrder(channel, response_type, prompts) => {
                State::InOrder(self.channel(channel), response_type, prompts)
            }
            State::VendorsRead(channel, response_type, prompts, access_type, includes) => State::VendorsRead(
                self.channel(channel),
                response_type,
                prompts,
                self.access_type(access_type),
                includes && self.says_scopes(),
            ),
            State::Scoped(admitted) => State::Scoped(self.admitted(admitted)),
            State::Admitted(admitted) => State::Admitted(self.admitted(admitted)),
            State::Refused(refusal) => State::Refused(self.refusal(refusal)),
            State::SignedIn(admitted) => State::SignedIn(self.admitted(admitted)),
            State::Accessed(admitted, access) => State::Accessed(self.admitted(admitted), self.accesses(access)),
            State::Asking(asking) => State::Asking(self.asking(asking, true)),
            State::Answered(asking, answer) => State::Answered(self.asking(asking, false), self.answer(answer)),
            State::Planned(asking, answer, plan) => {
                State::Planned(self.planned(asking), self.answer(answer), self.plan(plan))
            }
        }
    }

    /// Where responses go matters to nothing else.
    const fn channel(self, channel: Channel) -> Channel {
        match self {
            Self::Response => channel,
            _ => Channel { placement: Placement::Query, error_placement: Placement::Query },
        }
    }

    /// Whether the scopes of a result are part of what it says.
    const fn says_scopes(self) -> bool {
        matches!(self, Self::ConsentPage | Self::Scope)
    }

    /// Whether it says why something was set aside that asks for offline or online access.
    const fn says_why(self) -> bool {
        matches!(self, Self::ConsentPage | Self::Scope | Self::RefreshToken | Self::Ignored(Parameter::AccessType))
    }

    /// Whether it depends on what is decided about tokens.
    const fn follows_tokens(self) -> bool {
        matches!(
            self,
            Self::Scope
                | Self::RefreshToken
                | Self::RefreshTokenLifetime
                | Self::Tokens
                | Self::Ignored(Parameter::AccessType)
        )
    }

    /// Whether it says what asked for a refresh token and was not heard.
    const fn says_unheard(self) -> bool {
        matches!(self, Self::RefreshToken | Self::Ignored(Parameter::AccessType))
    }

    const fn access_type(self, asked: AskedAccessType) -> AskedAccessType {
        match asked {
            AskedAccessType::UnknownValue | AskedAccessType::Unsupported if !self.says_unheard() => {
                AskedAccessType::Nothing
            }
            other => other,
        }
    }

    const fn words(self, words: AskedWords) -> AskedWords {
        match self {
            Self::RefreshToken => words,
            _ => AskedWords { lost: None, ..words },
        }
    }

    fn admitted(self, admitted: Admitted) -> Admitted {
        Admitted {
            response_type: match self {
                Self::Tokens => admitted.response_type,
                _ => without_id_token(admitted.response_type),
            },
            channel: self.channel(admitted.channel),
            access_type: self.access_type(admitted.access_type),
            includes_granted_scopes: admitted.includes_granted_scopes && self.says_scopes(),
            words: self.words(admitted.words),
            ..admitted
        }
    }

    fn refusal<R>(self, refusal: Refusal<R>) -> Refusal<R> {
        let placement = match (refusal.placement, self) {
            (ErrorPlacement::Redirect(placement), Self::Response) => ErrorPlacement::Redirect(placement),
            (ErrorPlacement::Redirect(_), _) => ErrorPlacement::Redirect(Placement::Query),
            (other, _) => other,
        };
        Refusal { placement, ..refusal }
    }

    fn accesses(self, access: Accesses) -> Accesses {
        let offline = match access.offline {
            Offline::Ignored(asked, _) if !self.says_why() => Offline::Ignored(asked, NO_REASON),
            other => other,
        };
        let rests_on = access.rests_on.filter(|_| self == Self::Stored);
        Accesses {
            offline,
            online: self.access(access.online),
            online_added: access.online_added && self.says_scopes(),
            rests_on,
        }
    }

    const fn access(self, access: Access) -> Access {
        match access {
            Access::Ignored(_) if !self.says_why() => Access::Ignored(NO_REASON),
            other => other,
        }
    }

    /// What is asked, before the person answers and after it.
    fn asking(self, asking: Asking, open: bool) -> Asking {
        let Asking { admitted, access, consent } = asking;
        let admitted = self.admitted(admitted);
        let tokens = self.follows_tokens();
        let response_type = match self {
            Self::Tokens | Self::Stored => admitted.response_type,
            Self::Scope => ResponseType::None,
            _ if tokens && admitted.response_type.returns_code() => ResponseType::Code,
            _ => ResponseType::None,
        };
        let access_type = match self {
            _ if self.says_unheard() => admitted.access_type,
            _ => AskedAccessType::Nothing,
        };
        let access = self.accesses(access);
        Asking {
            admitted: Admitted { response_type, access_type, ..admitted },
            access: if tokens { access } else { Accesses { rests_on: access.rests_on, ..NOTHING_ASKED } },
            consent: Consent {
                scopes: if tokens { self.scopes(consent.scopes) } else { NO_SCOPES },
                page: consent.page.filter(|_| open).map(|page| self.page(page)),
                rests_on: consent.rests_on.filter(|_| self == Self::Stored),
            },
        }
    }

    const fn scopes(self, scopes: ScopePlan) -> ScopePlan {
        match self {
            Self::ConsentPage | Self::Scope => scopes,
            _ => ScopePlan { offline: self.access(scopes.offline), online: self.access(scopes.online), ..NO_SCOPES },
        }
    }

    fn page(self, page: ConsentPage) -> ConsentPage {
        // Whether it lists offline and online access is what an answer is about.
        let lists = ScopePlan { offline: listed(page.lists.offline), online: listed(page.lists.online), ..NO_SCOPES };
        let checkbox = page.remember_checkbox;
        match self {
            Self::ConsentPage => ConsentPage { causes: ConsentCauses::default(), ..page },
            Self::ConsentCauses => ConsentPage { lists, causes: page.causes, ..NO_PAGE },
            Self::Stored => ConsentPage { lists, remember_checkbox: checkbox, ..NO_PAGE },
            _ => ConsentPage { lists, ..NO_PAGE },
        }
    }

    fn answer(self, answer: Answer) -> Answer {
        let says_page = matches!(self, Self::ConsentPage | Self::ConsentCauses);
        match answer {
            Answer::NotAsked => Answer::NotAsked,
            Answer::Open(page) => Answer::Open(if says_page { self.page(page) } else { NO_PAGE }),
            Answer::Approved(_, Approval { offline, online, grant }) => Answer::Approved(
                NO_PAGE,
                Approval {
                    offline: offline && self.follows_tokens(),
                    online: online && self.follows_tokens(),
                    grant: grant.filter(|_| self == Self::Stored),
                },
            ),
        }
    }

    /// What is asked, when scopes and tokens are planned.
    fn planned(self, asking: Asking) -> Asking {
        let Asking { admitted, access, consent } = self.asking(asking, false);
        Asking {
            admitted: Admitted { access_type: AskedAccessType::Nothing, words: AskedWords::default(), ..admitted },
            access: Accesses { rests_on: access.rests_on, ..NOTHING_ASKED },
            consent: Consent { scopes: NO_SCOPES, page: None, rests_on: consent.rests_on },
        }
    }

    fn plan(self, plan: Plan) -> Plan {
        let due = match (self, plan.due) {
            (Self::RefreshToken, due) => due,
            (Self::RefreshTokenLifetime | Self::Tokens, Due::Token(binding, _)) => {
                Due::Token(binding, TokensRule::CodeIssued)
            }
            _ => Due::None(NoRefreshToken::NoCode, TokensRule::NoCode),
        };
        let scopes = match self {
            Self::Scope => plan.scopes,
            Self::Tokens => ScopePlan { offline: listed(plan.scopes.offline), ..NO_SCOPES },
            _ => NO_SCOPES,
        };
        let issues = matches!(self, Self::Tokens | Self::Stored);
        Plan {
            scopes,
            due,
            shares_offline: plan.shares_offline && self == Self::Tokens,
            id_token: plan.id_token && self == Self::Tokens,
            code: plan.code.filter(|_| issues),
            access_token: plan.access_token.filter(|_| issues),
        }
    }
}

const fn listed(access: Access) -> Access {
    match access {
        Access::Standing => Access::Standing,
        Access::NotAsked | Access::Ignored(_) | Access::Refused => Access::NotAsked,
    }
}

/// Once nonce and openid are checked, an ID Token in the front channel decides nothing.
const fn without_id_token(response_type: ResponseType) -> ResponseType {
    match response_type {
        ResponseType::Code | ResponseType::CodeIdToken => ResponseType::Code,
        ResponseType::Token | ResponseType::IdTokenToken => ResponseType::Token,
        ResponseType::CodeToken | ResponseType::CodeIdTokenToken => ResponseType::CodeToken,
        ResponseType::IdToken | ResponseType::None => ResponseType::None,
    }
}

const NO_SCOPES: ScopePlan = ScopePlan {
    offline: Access::NotAsked,
    online: Access::NotAsked,
    online_added: false,
    included: None,
    without_refused: false,
};

const NO_PAGE: ConsentPage = ConsentPage {
    lists: NO_SCOPES,
    offline_notice: false,
    remember_checkbox: false,
    shows_already_granted: false,
    counts_prior_grant: false,
    prior_grant_stays: false,
    causes: ConsentCauses {
        prompt_consent: false,
        new_scopes: false,
        offline_access: false,
        client_always_asked: false,
        always_asked: false,
        answer_out_of_date: false,
    },
};

const NOTHING_ASKED: Accesses =
    Accesses { offline: Offline::NotAsked, online: Access::NotAsked, online_added: false, rests_on: None };

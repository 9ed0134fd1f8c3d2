//! What each component of a verdict does not depend on, stage by stage.

use super::access::{Accesses, Offline};
use super::admitted::{Admitted, AskedAccessType, AskedWords, Channel};
use super::answer::{Answer, Approval};
use super::consent::Consent;
use super::engine::{Asking, State};
use super::part::{Component, Parameter};
use super::tokens::{Due, Plan, TokensRule};
use super::verdict::{
    Access, ConsentCauses, ConsentPage, IgnoredParameters, NoRefreshToken, RedirectNamed, RememberedRefusal, ScopePlan,
    Stays,
};
use crate::decide::reason::Reason;
use crate::oauth::error::Placement;
use crate::oauth::response::ResponseType;

/// What every state has in place of something that is forgotten.
const NO_REASON: Reason = Reason::PolicyDeclines;

impl Component {
    /// Only what is set aside of this component's parameter.
    pub(super) fn aside(self, aside: IgnoredParameters) -> IgnoredParameters {
        let none = IgnoredParameters::default();
        let Self::Ignored(parameter) = self else { return none };
        match parameter {
            Parameter::Prompt => IgnoredParameters {
                prompt: aside.prompt,
                prompt_unknown_values: aside.prompt_unknown_values,
                prompt_auto: aside.prompt_auto,
                ..none
            },
            Parameter::ResponseMode => IgnoredParameters { response_mode: aside.response_mode, ..none },
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

    /// A state without what the component does not depend on.
    pub(super) fn state(self, state: State) -> State {
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
            State::Refused(refusal) => State::Refused(refusal),
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
            words: self.words(admitted.words),
            ..admitted
        }
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
            Self::Error | Self::Tokens | Self::Stored | Self::Ignored(Parameter::Prompt) => admitted.response_type,
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
            Answer::Refused(refusal, remembered) => Answer::Refused(
                refusal,
                remembered
                    .filter(|_| self == Self::Stored)
                    .map(|remembered| RememberedRefusal { page: NO_PAGE, ..remembered }),
            ),
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

/// Once nonce and openid are checked, an ID Token in the front channel decides nothing but that something is returned.
const fn without_id_token(response_type: ResponseType) -> ResponseType {
    match response_type {
        ResponseType::Code | ResponseType::CodeIdToken => ResponseType::Code,
        ResponseType::Token | ResponseType::IdTokenToken => ResponseType::Token,
        ResponseType::CodeToken | ResponseType::CodeIdTokenToken => ResponseType::CodeToken,
        ResponseType::IdToken => ResponseType::IdToken,
        ResponseType::None => ResponseType::None,
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
    redirect: RedirectNamed::No,
    counts_prior_grant: false,
    stays: Stays::Nothing,
    causes: ConsentCauses {
        prompt_consent: false,
        new_scopes: false,
        offline_access: false,
        client_always_asked: false,
        always_asked: false,
        redirect_uri_changed: false,
        loopback_client: false,
        answer_out_of_date: false,
    },
};

const NOTHING_ASKED: Accesses =
    Accesses { offline: Offline::NotAsked, online: Access::NotAsked, online_added: false, rests_on: None };

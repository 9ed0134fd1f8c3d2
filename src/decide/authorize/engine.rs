//! The engine of the authorization endpoint: the order of its stages.

use super::access::{self, AccessRule, Accesses};
use super::address::{self, AddressRule};
use super::admitted::{Admitted, AskedAccessType, Channel};
use super::answer::{self, Answer, AnswerRule, Approval};
use super::authentication::{self, NotYet, SignInRule};
use super::consent::{self, Consent, ConsentRule};
use super::facts::AuthorizeFact;
use super::impossible::IMPOSSIBLE;
use super::pace::{OneStage, Onwards, Pace, Returns};
use super::request::{self, Prompts, RequestRule};
use super::scope::{self, ScopeRule};
use super::tokens::{self, Approved, Due, Plan, TokensRule};
use super::vendor::{self, VendorRule};
use super::verdict::{
    Authorize, AuthorizeRuleNumber, ConsentPage, IgnoredParameters, NoRefreshToken, RefreshTokenVerdict, ScopePlan,
    Stored, StoredGrant, TokenResult, Verdict,
};
use super::vocabulary;
use crate::decide::engine::{Engine, Goal, Impossible, To};
use crate::decide::fact::Ask;
use crate::decide::life::LifeRule;
use crate::decide::refusal::Refusal;
use crate::decide::report::{self, ReportRule, ScopeReported};
use crate::decide::rotation::RotationRule;
use crate::decide::rule::{Noted, RuleNumber, Told, Trace};
use crate::oauth::error::ErrorPlacement;
use crate::oauth::response::ResponseType;
use crate::policy::knobs::{GrantModel, Knobs, RefusedScopes};

rule_table! {
    Authorize: AddressRule, RequestRule, VendorRule, ScopeRule, SignInRule, AccessRule, ConsentRule, AnswerRule,
    TokensRule, ReportRule, RotationRule, LifeRule
}

/// What is handed from stage to stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The request arrived.
    Arrived,
    /// It is known where a response goes.
    Addressed(Channel),
    /// The response type is one that is given.
    Typed(Channel, ResponseType),
    /// prompt is read.
    Prompted(Channel, ResponseType, Prompts),
    /// The parameters of the standards are in order.
    InOrder(Channel, ResponseType, Prompts),
    /// The parameters of vendors are read.
    VendorsRead(Channel, ResponseType, Prompts, AskedAccessType, bool),
    /// The scopes are checked.
    Scoped(Admitted),
    /// The request can be answered.
    Admitted(Admitted),
    /// The request is refused, once the user has signed in.
    Refused(Refusal<AuthorizeRuleNumber>),
    /// It is known who is answered for.
    SignedIn(Admitted),
    /// Offline and online access are decided.
    Accessed(Admitted, Accesses),
    /// The page is decided; what follows depends on what the person says.
    Asking(Asking),
    /// The person has answered, or need not.
    Answered(Asking, Answer),
    /// Scopes and tokens are decided, and their lives are not.
    Planned(Asking, Answer, Plan),
}

/// What is decided before the person answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asking {
    pub(super) admitted: Admitted,
    pub(super) access: Accesses,
    pub(super) consent: Consent,
}

impl Asking {
    /// The scopes of a result, if the person agrees where that is needed.
    #[must_use]
    pub const fn scopes(&self) -> ScopePlan {
        self.consent.scopes
    }

    /// The page; none where nobody needs to be asked.
    #[must_use]
    pub const fn page(&self) -> Option<ConsentPage> {
        self.consent.page
    }
}

impl Engine for Authorize {
    type Fact = AuthorizeFact;
    type State = State;
    type Aside = IgnoredParameters;
    type Verdict = Verdict;

    const START: State = State::Arrived;

    const IMPOSSIBLE: &'static [Impossible<Self::Fact>] = IMPOSSIBLE;

    fn reports_aside(verdict: &Verdict) -> bool {
        !matches!(verdict, Verdict::Refuse(..))
    }

    fn advance<A: Ask<AuthorizeFact>>(
        policy: &Knobs,
        facts: &A,
        state: State,
        trace: &mut Trace<Self>,
        aside: &mut IgnoredParameters,
    ) -> To<Self> {
        run::<A, OneStage>(policy, facts, state, Goal::Verdict, trace, aside)
    }

    #[inline(never)]
    fn go_on<A: Ask<AuthorizeFact>>(
        policy: &Knobs,
        facts: &A,
        state: State,
        goal: Goal,
        trace: &mut Trace<Self>,
        aside: &mut IgnoredParameters,
    ) -> To<Self> {
        run::<A, Onwards>(policy, facts, state, goal, trace, aside)
    }
}

/// A stage's state; a run of one stage ends with it.
macro_rules! reached {
    ($pace:ident, $state:expr) => {{
        let state = $state;
        if $pace::RETURNS == Returns::AfterEachStage {
            return Ok(To::Next(state));
        }
        state
    }};
}

/// All stages, in their order.
#[inline(always)]
fn run<A: Ask<AuthorizeFact>, P: Pace>(
    policy: &Knobs,
    facts: &A,
    from: State,
    goal: Goal,
    trace: &mut Trace<Authorize>,
    aside: &mut IgnoredParameters,
) -> To<Authorize> {
    let mut state = from;
    if is_read(&state) {
        state = match read::<A, P>(policy, facts, state, trace, aside) {
            Ok(To::Next(state)) => state,
            Ok(end @ To::End(_)) => return end,
            Err(refusal) => {
                trace.note(refusal.rule);
                if !waits(policy, facts, refusal) {
                    return To::End(Verdict::Refuse(refusal, None));
                }
                State::Refused(refusal)
            }
        };
        if P::RETURNS == Returns::AfterEachStage {
            return To::Next(state);
        }
    }
    answer_request::<A, P>(policy, facts, state, goal, trace, aside).unwrap_or_else(|refusal| {
        trace.note(refusal.rule);
        To::End(Verdict::Refuse(refusal, None))
    })
}

/// The stages that read the request. One that refuses sets nothing aside.
#[inline(always)]
fn read<A: Ask<AuthorizeFact>, P: Pace>(
    policy: &Knobs,
    facts: &A,
    from: State,
    trace: &mut Trace<Authorize>,
    aside: &mut IgnoredParameters,
) -> Result<To<Authorize>, Refusal<AuthorizeRuleNumber>> {
    let mut state = from;
    if let State::Arrived = state {
        let channel = trace.take(address::address(policy, facts)).map_err(Refusal::of_engine)?;
        state = reached!(P, State::Addressed(channel));
    }
    if let State::Addressed(channel) = state {
        let told = request::response_type(policy, facts, channel);
        let (response_type, ignored) = trace.take(told).map_err(Refusal::of_engine)?;
        aside.add(ignored);
        state = reached!(P, State::Typed(channel, response_type));
    }
    if let State::Typed(channel, response_type) = state {
        let told = request::prompts(policy, facts, channel);
        let (prompts, ignored) = trace.take(told).map_err(Refusal::of_engine)?;
        aside.add(ignored);
        state = reached!(P, State::Prompted(channel, response_type, prompts));
    }
    if let State::Prompted(channel, response_type, prompts) = state {
        let told = request::parameters(policy, facts, channel, response_type, prompts.silent);
        aside.add(trace.take(told).map_err(Refusal::of_engine)?);
        state = reached!(P, State::InOrder(channel, response_type, prompts));
    }
    if let State::InOrder(channel, response_type, prompts) = state {
        let told = vendor::parameters(policy, facts, channel, response_type);
        let vendor = trace.take(told).map_err(Refusal::of_engine)?;
        aside.add(vendor.ignored);
        let includes = vendor.includes_granted_scopes;
        state = reached!(P, State::VendorsRead(channel, response_type, prompts, vendor.access_type, includes));
    }
    if let State::VendorsRead(channel, response_type, prompts, access_type, includes_granted_scopes) = state {
        let told = scope::check(policy, facts, channel, response_type);
        let (words, ignored) = trace.take(told).map_err(Refusal::of_engine)?;
        aside.add(ignored);
        let Prompts { silent, login, select_account, consent } = prompts;
        state = reached!(
            P,
            State::Scoped(Admitted {
                response_type,
                plain_code: vocabulary::is_plain_code(policy, response_type),
                channel,
                silent,
                login,
                select_account,
                consent,
                access_type,
                includes_granted_scopes,
                words,
            })
        );
    }
    if let State::Scoped(admitted) = state {
        let told = scope::grants(policy, facts, admitted.channel);
        aside.add(trace.take(told).map_err(Refusal::of_engine)?);
        state = State::Admitted(admitted);
    }
    Ok(To::Next(state))
}

/// The stages that answer a request that was read.
#[inline(always)]
fn answer_request<A: Ask<AuthorizeFact>, P: Pace>(
    policy: &Knobs,
    facts: &A,
    from: State,
    goal: Goal,
    trace: &mut Trace<Authorize>,
    aside: &mut IgnoredParameters,
) -> Result<To<Authorize>, Refusal<AuthorizeRuleNumber>> {
    let mut state = from;
    if let State::Refused(refusal) = state {
        return match trace.take(authentication::before_error(facts)) {
            Some(screen) => Ok(To::End(Verdict::SignIn(screen))),
            None => Err(refusal),
        };
    }
    if let State::Admitted(admitted) = state {
        state = match trace.take(authentication::authenticate(policy, facts, &admitted)) {
            Ok(()) => reached!(P, State::SignedIn(admitted.signed_in())),
            Err(NotYet::Show(screen)) => return Ok(To::End(Verdict::SignIn(screen))),
            Err(NotYet::Refused(refusal)) => return Err(refusal.of_engine()),
        };
    }
    if let State::SignedIn(admitted) = state {
        let told = access::accesses(policy, facts, &admitted);
        state = reached!(P, State::Accessed(admitted, trace.take(told).map_err(Refusal::of_engine)?));
    }
    if let State::Accessed(admitted, access) = state {
        let told = consent::consent(policy, facts, &admitted, access);
        let consent = trace.take(told).map_err(Refusal::of_engine)?;
        state =
            reached!(P, State::Asking(Asking { admitted: admitted.asked(policy), access: access.asked(), consent }));
        if goal == Goal::Halt {
            return Ok(To::Next(state));
        }
    }
    if let State::Asking(asking) = state {
        let told = answer::answer(policy, facts, &asking.admitted, asking.consent.page);
        state = reached!(P, State::Answered(asking, trace.take(told).map_err(Refusal::of_engine)?));
    }
    if let State::Answered(asking, answer) = state {
        let approved = match answer {
            Answer::NotAsked => Approved::Silently,
            // The page says what comes out if the person agrees to everything.
            Answer::Open(_) => Approved::Asked { offline: true, online: true },
            Answer::Approved(_, approval) => approval.into(),
            Answer::Refused(refusal, remembered) => {
                trace.note(refusal.rule);
                return Ok(To::End(Verdict::Refuse(refusal, remembered)));
            }
        };
        let Asking { admitted, access, consent } = asking;
        let told = tokens::plan(policy, facts, &admitted, access, consent.scopes, approved);
        let (plan, ignored) = trace.take(told);
        aside.add(ignored);
        state = reached!(P, State::Planned(asking, answer, plan));
    }
    if let State::Planned(asking, answer, plan) = state {
        let result = result(policy, facts, &asking, &plan, trace);
        return Ok(To::End(match answer {
            Answer::Open(page) => Verdict::Ask { page, result },
            Answer::Refused(refusal, remembered) => Verdict::Refuse(refusal, remembered),
            Answer::NotAsked => issue(policy, &asking, None, &plan, None, result),
            Answer::Approved(page, approval) => {
                let ends_earlier = trace.take(tokens::earlier_end(policy));
                issue(policy, &asking, Some((page, approval)), &plan, ends_earlier, result)
            }
        }));
    }
    Ok(To::Next(state))
}

/// Whether a state's stage reads the request, before anybody is answered for.
const fn is_read(state: &State) -> bool {
    match state {
        State::Arrived
        | State::Addressed(_)
        | State::Typed(..)
        | State::Prompted(..)
        | State::InOrder(..)
        | State::VendorsRead(..)
        | State::Scoped(_) => true,
        State::Admitted(_)
        | State::Refused(_)
        | State::SignedIn(_)
        | State::Accessed(..)
        | State::Asking(_)
        | State::Answered(..)
        | State::Planned(..) => false,
    }
}

/// Whether a refusal has to wait until the user has signed in: only one that would be redirected.
fn waits<A: Ask<AuthorizeFact>>(policy: &Knobs, facts: &A, refusal: Refusal<AuthorizeRuleNumber>) -> bool {
    matches!(refusal.placement, ErrorPlacement::Redirect(_)) && authentication::comes_before_error(policy, facts)
}

fn result<A: Ask<AuthorizeFact>>(
    policy: &Knobs,
    facts: &A,
    asking: &Asking,
    plan: &Plan,
    trace: &mut Trace<Authorize>,
) -> TokenResult {
    let mut rotations = Noted::default();
    let lives = trace.take(tokens::lives(policy, facts, &asking.admitted, plan, &mut rotations));
    trace.take(Told { said: (), noted: rotations });
    TokenResult {
        response_type: asking.admitted.response_type,
        scopes: plan.scopes,
        scope_reported: if plan.code.or(plan.access_token).is_some() {
            trace.take(Told::by(|noted| report::of(policy, noted)))
        } else {
            ScopeReported::Never
        },
        front_access_token: lives.front_access_token,
        front_id_token: asking.admitted.response_type.returns_id_token(),
        token_endpoint: lives.token_endpoint,
        refresh_token: match (plan.due, lives.refresh_token) {
            (Due::Token(_, rule), Some(token)) => RefreshTokenVerdict::Issued(token, RuleNumber::of(rule)),
            (Due::None(why, rule), _) => RefreshTokenVerdict::None(why, RuleNumber::of(rule)),
            (Due::Token(_, rule), None) => RefreshTokenVerdict::None(NoRefreshToken::NotGranted, RuleNumber::of(rule)),
        },
    }
}

fn issue(
    policy: &Knobs,
    asking: &Asking,
    approved: Option<(ConsentPage, Approval)>,
    plan: &Plan,
    ends_earlier: Option<TokensRule>,
    result: TokenResult,
) -> Verdict {
    let number = |rule: TokensRule| RuleNumber::of(rule);
    let grant = approved.and_then(|(_, approval)| approval.grant).map(|(change, how)| StoredGrant {
        change,
        how,
        remembers_refused: policy.refused_scopes == RefusedScopes::Remembered,
        rule: RuleNumber::of(AnswerRule::Approved),
    });
    Verdict::Issue {
        placement: asking.admitted.channel.placement,
        approved: approved.map(|(page, _)| page),
        result,
        stored: Stored {
            grant,
            code: plan.code.map(number),
            access_token: plan.access_token.map(number),
            ends_earlier: ends_earlier.map(number),
            auto_approved: approved.is_none(),
            grants_are_addressed: policy.grant_model == GrantModel::Multiple,
            rests_on: asking.access.rests_on.or(asking.consent.rests_on),
        },
    }
}

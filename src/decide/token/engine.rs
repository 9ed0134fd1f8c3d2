//! The engine of the token endpoint: the order of its stages.

use super::exchange::{self, ExchangeRule, Existing, Redeemed};
use super::facts::{AskedScope, Due, GrantType, Stored, TokenFact, TokenFacts};
use super::refresh::{self, RefreshRule};
use super::refused::Refused;
use super::request::{self, Asked, TokenRequestRule};
use super::verdict::{
    Exchanged, ExistingGrantUse, FixedRefreshToken, NewAccessToken, Refreshed, Successor, Token, TokenRuleNumber,
    TokenVerdict,
};
use crate::decide::engine::{Engine, Impossible, To, impossible};
use crate::decide::fact::Ask;
use crate::decide::life::{self, Binding, ConfiguredLimit, LifeFacts, LifeRule, RefreshTokenLife, life_facts};
use crate::decide::limit::LimitRule;
use crate::decide::record::RecordRule;
use crate::decide::report::{self, ReportRule, ScopeReported};
use crate::decide::rotation::{self, RotationFacts, RotationRule};
use crate::decide::rule::{Noted, RuleNumber, RulesOf, Told, Trace};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{Knobs, TokenResponseScope};

rule_table! {
    Token: TokenRequestRule, RecordRule, ExchangeRule, RefreshRule, RotationRule, LifeRule, LimitRule, ReportRule
}

/// What cannot be: a code is not replaced, and a refresh token is bound to something.
const IMPOSSIBLE: &[Impossible<TokenFact>] = impossible! { TokenFact:
    GrantType = GrantType::AuthorizationCode, with Stored = [Stored::UsedUpInGrace];
    GrantType = GrantType::RefreshToken, with Due = [Due::None];
};

/// What is handed from stage to stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The request arrived.
    Arrived,
    /// A code is to be redeemed.
    Exchanging,
    /// A code is redeemed, and the lives of its tokens are not decided.
    Redeemed(Redeemed),
    /// A refresh token is to be used.
    Refreshing,
    /// It is known which limits the presented refresh token has; what follows depends on whether one is reached.
    Limited(RefreshTokenLife),
    /// The refresh token is used, and what it brings is not decided.
    Using(RefreshTokenLife, bool),
    /// A client acts for itself.
    ForItself,
}

impl Engine for Token {
    type Fact = TokenFact;
    type State = State;
    type Aside = ();
    type Verdict = TokenVerdict;

    const START: State = State::Arrived;

    const IMPOSSIBLE: &'static [Impossible<Self::Fact>] = IMPOSSIBLE;

    fn is_halt(state: &State) -> bool {
        matches!(state, State::Limited(_))
    }

    fn advance<A: Ask<TokenFact>>(
        policy: &Knobs,
        facts: &A,
        state: State,
        trace: &mut Trace<Self>,
        (): &mut (),
    ) -> To<Self> {
        match state {
            State::Arrived => match trace.take(request::check(policy, facts)) {
                Err(refused) => refuse(refused, trace),
                Ok(asked) => match trace.take(request::key(policy, facts, asked)) {
                    Err(refused) => refuse(refused, trace),
                    Ok(()) if asked == Asked::ForItself => To::Next(State::ForItself),
                    Ok(()) => match trace.take(request::presented(facts)) {
                        Err(refused) => refuse(refused, trace),
                        Ok(Err(rule)) => refuse(Refused::by(ErrorCode::InvalidGrant, rule), trace),
                        Ok(Ok(())) if asked == Asked::Refresh => To::Next(State::Refreshing),
                        Ok(Ok(())) => To::Next(State::Exchanging),
                    },
                },
            },
            State::ForItself => match trace.take(request::for_itself(facts)) {
                Err(refused) => refuse(refused, trace),
                Ok(rule) => {
                    let rule = RuleNumber::of(rule);
                    let access_token = access_token(policy, Binding::Offline, rule, trace);
                    To::End(TokenVerdict::ForItself { access_token, scope_reported: reported(policy, trace) })
                }
            },
            State::Exchanging => match trace.take(exchange::replay(policy, facts)) {
                Err(refused) => refuse(refused, trace),
                Ok(()) => match trace.take(exchange::record(facts)) {
                    Err(refused) => refuse(refused, trace),
                    Ok(()) => match trace.take(exchange::redeem(policy, facts)) {
                        Err(refused) => refuse(refused, trace),
                        Ok(redeemed) => To::Next(State::Redeemed(redeemed)),
                    },
                },
            },
            State::Redeemed(redeemed) => To::End(exchanged(policy, facts, redeemed, trace)),
            State::Refreshing => match trace.take(refresh::use_of(policy, facts)) {
                Err(refused) => refuse(refused, trace),
                Ok(()) => To::Next(State::Limited(limits(policy, facts))),
            },
            State::Limited(life) => match trace.take(refresh::record(facts)) {
                Err(refused) => {
                    // Which limits there were is part of why the token is over.
                    if facts.stored() != Stored::Dead && facts.elapsed() {
                        trace.take(Told::by(|noted| life::note_limits(life, noted)));
                    }
                    refuse(refused, trace)
                }
                Ok(()) => match trace.take(refresh::request(policy, facts)) {
                    Err(refused) => refuse(refused, trace),
                    Ok(id_token) => To::Next(State::Using(life, id_token)),
                },
            },
            State::Using(life, id_token) => To::End(refreshed(policy, facts, life, id_token, trace)),
        }
    }
}

fn refuse<R: RulesOf<Token>>(refused: Refused<R>, trace: &mut Trace<Token>) -> To<Token> {
    trace.note(refused.number());
    To::End(refused.verdict())
}

/// The limits of a refresh token that is presented.
fn limits<A: Ask<TokenFact>>(policy: &Knobs, facts: &A) -> RefreshTokenLife {
    life::of_refresh_token(policy, &Presented(facts), refresh::binding(facts))
}

fn access_token(policy: &Knobs, binding: Binding, rule: TokenRuleNumber, trace: &mut Trace<Token>) -> NewAccessToken {
    let life = trace.take(Told::by(|noted| life::of_access_token(policy, binding, noted)));
    NewAccessToken { binding, life, rule }
}

/// The scope of an access token, against a request that named one.
fn reported(policy: &Knobs, trace: &mut Trace<Token>) -> ScopeReported {
    trace.take(Told::by(|noted| report::of(policy, noted)))
}

fn exchanged<A: Ask<TokenFact>>(
    policy: &Knobs,
    facts: &A,
    redeemed: Redeemed,
    trace: &mut Trace<Token>,
) -> TokenVerdict {
    let rule = RuleNumber::of(ExchangeRule::CodeRedeemed);
    let refresh_token = redeemed.due.map(|binding| FixedRefreshToken {
        binding,
        rotation: trace.take(Told::by(|noted| rotation::of(policy, &Issued(facts), noted))),
        rule,
        limit: trace.take(Told::by(|noted| {
            facts.limited().then(|| {
                noted.note(LimitRule::TooMany);
                RuleNumber::of(LimitRule::TooMany)
            })
        })),
    });
    TokenVerdict::Exchanged(Exchanged {
        rule,
        access_token: access_token(policy, redeemed.due.unwrap_or(Binding::Session), rule, trace),
        refresh_token,
        without_online: redeemed.without_online,
        existing_grant: match redeemed.existing_grant {
            Existing::None => ExistingGrantUse::None,
            Existing::Ignored => ExistingGrantUse::Ignored,
            Existing::Added { ends } => {
                ExistingGrantUse::Added { ends: ends.then(|| RuleNumber::of(ExchangeRule::ExistingGrantAdded)) }
            }
        },
        ends_grant_tokens: redeemed.ends_grant_tokens.then(|| RuleNumber::of(ExchangeRule::GrantTokensReplaced)),
        scope_reported: reported(policy, trace),
    })
}

fn refreshed<A: Ask<TokenFact>>(
    policy: &Knobs,
    facts: &A,
    life: RefreshTokenLife,
    id_token: bool,
    trace: &mut Trace<Token>,
) -> TokenVerdict {
    let rotation = trace.take(Told::by(|noted| rotation::of(policy, &Presented(facts), noted)));
    let (fate, rule, comes) = trace.take(Told::by(|noted| refresh::outcome(facts, rotation, noted)));
    let successor = if comes { successor(policy, facts, life, rule, trace) } else { None };
    // A client that named no scope asked for the scope of the token (RFC 6749, section 6), so there is nothing to
    // report but where every response says it, or where something was left out.
    let scope_reported = match (policy.token_response_scope, facts.scope()) {
        (TokenResponseScope::IfChanged, AskedScope::Wider) | (TokenResponseScope::Always, _) => reported(policy, trace),
        (TokenResponseScope::IfChanged, _) => ScopeReported::Never,
    };
    TokenVerdict::Refreshed(Refreshed {
        fate,
        rule: RuleNumber::of(rule),
        access_token: access_token(policy, refresh::binding(facts), RuleNumber::of(RefreshRule::Answered), trace),
        id_token,
        successor,
        scope_reported,
    })
}

/// The refresh token that follows the presented one, which has these limits.
fn successor<A: Ask<TokenFact>>(
    policy: &Knobs,
    facts: &A,
    presented: RefreshTokenLife,
    rule: RefreshRule,
    trace: &mut Trace<Token>,
) -> Option<Successor> {
    let (binding, narrowed) = trace.take(Told::by(|noted| refresh::successor(policy, facts, noted)))?;
    let life = if binding == refresh::binding(facts) {
        presented
    } else {
        life::of_refresh_token(policy, &Presented(facts), binding)
    };
    let age_from = trace.take(Told::by(|noted| refresh::age_from(policy, facts, life, noted)));
    Some(Successor {
        binding,
        narrowed,
        life: trace.take(Told::by(|noted| life::note(life, noted))),
        age_from,
        rotation: rotation::of(policy, &Issued(facts), &mut Noted::default()),
        rule: RuleNumber::of(rule),
    })
}

/// The facts of the token endpoint on which life and rotation of the presented token depend.
struct Presented<'a, F>(&'a F);

// What the person limited stands in the record as its end.
life_facts!(Presented of TokenFact, time_limited: |_facts| false);

impl<F: Ask<TokenFact>> RotationFacts for Presented<'_, F> {
    fn client_type(&self) -> ClientType {
        self.0.client_type()
    }

    fn application_type(&self) -> ApplicationType {
        self.0.application_type()
    }

    fn sender_constrained(&self) -> bool {
        self.0.sender_constrained()
    }

    fn aged(&self) -> bool {
        self.0.aged()
    }
}

/// A refresh token that is issued now, to the same client. It is not old.
struct Issued<'a, F>(&'a F);

impl<F: Ask<TokenFact>> RotationFacts for Issued<'_, F> {
    fn client_type(&self) -> ClientType {
        self.0.client_type()
    }

    fn application_type(&self) -> ApplicationType {
        self.0.application_type()
    }

    fn sender_constrained(&self) -> bool {
        self.0.sender_constrained()
    }

    fn aged(&self) -> bool {
        false
    }
}

//! The decision: a total, pure function over a finite situation.
//!
//! There are three engines of the same make: [`authorize`] for the authorization endpoint, [`token`] for the token
//! endpoint, [`lifecycle`] for what ends tokens. Each is a short, ordered list of stages ([`engine::Engine`]). A stage
//! is a function of the policy's knobs, the facts that it asks and the small state that the stage before left; it
//! returns what it says and the rules that took part. Engines are generic over where the facts come from, so the same
//! engine serves one request and an exploration of all of them.

#[macro_use]
pub mod rule;
#[macro_use]
pub mod finite;
#[macro_use]
pub mod fact;

pub mod authorize;
pub mod component;
pub mod engine;
pub mod life;
pub mod lifecycle;
pub mod limit;
pub mod reason;
pub mod record;
pub mod refusal;
pub mod report;
pub mod rotation;
pub mod syntax;
pub mod token;
pub(crate) mod words;

use authorize::access::AccessRule;
use authorize::address::AddressRule;
use authorize::answer::AnswerRule;
use authorize::authentication::SignInRule;
use authorize::consent::ConsentRule;
use authorize::request::RequestRule;
use authorize::scope::ScopeRule;
use authorize::tokens::TokensRule;
use authorize::vendor::VendorRule;
use life::LifeRule;
use lifecycle::events::EventRule;
use lifecycle::revocation::RevocationRule;
use limit::LimitRule;
use record::RecordRule;
use report::ReportRule;
use rotation::RotationRule;
use rule::Rule;
use token::exchange::ExchangeRule;
use token::refresh::RefreshRule;
use token::request::TokenRequestRule;

numbered_rules! {
    AddressRule,
    RequestRule,
    VendorRule,
    ScopeRule,
    SignInRule,
    AccessRule,
    ConsentRule,
    AnswerRule,
    TokensRule,
    ReportRule,
    RotationRule,
    LifeRule,
    TokenRequestRule,
    RecordRule,
    ExchangeRule,
    RefreshRule,
    LimitRule,
    EventRule,
    RevocationRule,
}

/// All rules, each once, in the order of their numbers.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    ALL_RULES.iter().copied().flatten()
}

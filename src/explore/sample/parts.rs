//! What samples are made of.

use std::cell::Cell;

use crate::decide::engine::{Engine, decide};
use crate::decide::fact::{Ask, Fact, Situation};
use crate::decide::finite::Finite;
use crate::input::{Text, Value};
use crate::policy::Policy;
use crate::policy::configuration::Configured;
use crate::policy::knobs::Knobs;

/// When it happens. Seconds since the epoch.
pub(super) const NOW: u64 = 1_700_000_000;
pub(super) const CLIENT: &str = "client";
pub(super) const USER: &str = "alice";
pub(super) const OTHER_USER: &str = "bob";
pub(super) const SESSION: &str = "s1";

/// An input, and the policy under which it is decided.
#[derive(Clone, Debug)]
pub struct Sample<F: Fact> {
    /// The policy, with the configuration that the situation is about.
    pub policy: Policy,
    /// Configuration keys that are not as they were.
    pub configuration: Vec<(&'static str, Configured)>,
    /// The call that decides it.
    pub call: Call,
    /// What is handed over.
    pub input: Value,
    /// The facts that the engine asks and of which the input has another value.
    pub differs: Vec<F>,
}

/// The call that decides an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `policy.authorize`
    Authorize,
    /// `policy.exchange`
    Exchange,
    /// `policy.refresh`
    Refresh,
    /// `policy.event`
    Event,
    /// `policy.revoke`
    Revoke,
    /// `policy.manageGrant`
    ManageGrant,
    /// `policy.status`
    Status,
}

impl Call {
    /// Its name in the package.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authorize => "authorize",
            Self::Exchange => "exchange",
            Self::Refresh => "refresh",
            Self::Event => "event",
            Self::Revoke => "revoke",
            Self::ManageGrant => "manageGrant",
            Self::Status => "status",
        }
    }
}

/// A situation that notes which of its facts are asked.
struct Asked<F: Fact> {
    situation: Situation<F>,
    asked: Cell<u128>,
}

impl<F: Fact> Ask<F> for Asked<F> {
    fn ask<T: Finite>(&self, fact: F) -> T {
        self.asked.set(self.asked.get() | bit(fact));
        T::at(self.situation.index(fact))
    }
}

fn bit<F: Fact>(fact: F) -> u128 {
    u32::try_from(fact.index()).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or(0)
}

/// The facts on which the decision of a situation rests.
#[must_use]
pub fn asked<E: Engine>(policy: &Knobs, situation: &Situation<E::Fact>) -> Vec<E::Fact> {
    let asked = Asked { situation: *situation, asked: Cell::new(0) };
    let _decided = decide::<E, _>(policy, &asked);
    E::Fact::ALL.iter().copied().filter(|fact| asked.asked.get() & bit(*fact) != 0).collect()
}

/// The facts that are asked and that differ.
pub(super) fn differing<E: Engine>(
    policy: &Knobs,
    wanted: &Situation<E::Fact>,
    is: &Situation<E::Fact>,
) -> Vec<E::Fact> {
    asked::<E>(policy, wanted).into_iter().filter(|fact| wanted.index(*fact) != is.index(*fact)).collect()
}

/// A policy whose configuration is made to fit.
pub(super) struct Configuring {
    pub(super) policy: Policy,
    pub(super) changed: Vec<(&'static str, Configured)>,
}

impl Configuring {
    pub(super) fn of(policy: &Policy) -> Self {
        Self { policy: policy.clone(), changed: Vec::new() }
    }

    pub(super) fn set(&mut self, key: &'static str, value: Configured) {
        let is = self.policy.configuration.settings().into_iter().find(|(known, _)| *known == key);
        if is.is_none_or(|(_, is)| is != value) && self.policy.configuration.set(key, value.clone()) {
            self.changed.push((key, value));
        }
    }

    /// A number that is there or not, whichever it is. One that is there and that nothing else asks of stays.
    pub(super) fn number(&mut self, key: &'static str, there: bool, number: u64) {
        let is = self.policy.configuration.settings().into_iter().find(|(known, _)| *known == key);
        let is_there = matches!(is, Some((_, Configured::Number(Some(_)))));
        if is_there != there {
            self.set(key, Configured::Number(there.then_some(number)));
        }
    }

    /// Limits on the lives of refresh tokens. None is reached a minute after the authorization.
    pub(super) fn limits(&mut self, limits: Limits) {
        self.number("browser_refresh_token_absolute_lifetime_s", limits.browser_age, 86_400);
        self.number("offline_refresh_token_absolute_lifetime_s", limits.offline_age, 7_776_000);
        self.number("refresh_token_absolute_lifetime_s", limits.age, 31_536_000);
        self.number("offline_refresh_token_idle_lifetime_s", limits.offline_idle, 2_592_000);
        self.number("refresh_token_idle_lifetime_s", limits.idle, 1_209_600);
        self.number("refresh_token_policy_s", limits.policy, 2_592_000);
    }

    pub(super) fn names(&mut self, key: &'static str, names: Option<&[&str]>) {
        self.set(key, Configured::Names(names.map(|names| names.iter().copied().collect())));
    }
}

/// Which limits on the lives of refresh tokens there are.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Limits {
    pub(super) browser_age: bool,
    pub(super) offline_age: bool,
    pub(super) age: bool,
    pub(super) offline_idle: bool,
    pub(super) idle: bool,
    pub(super) policy: bool,
}

/// An object, member by member.
#[derive(Default)]
pub(super) struct Object(Vec<(Text, Value)>);

impl Object {
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((Text::fixed(name), value.into()));
        self
    }

    pub(super) fn flag(self, name: &'static str, holds: bool) -> Self {
        self.with(name, Value::Boolean(holds))
    }

    pub(super) fn with_if(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(super) fn end(self) -> Value {
        Value::Members(self.0)
    }
}

pub(super) fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| Value::from(*item)).collect())
}

/// A query, percent-encoded where a value needs it.
pub(super) fn query(parameters: &[(&str, String)]) -> String {
    let pairs: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

pub(super) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

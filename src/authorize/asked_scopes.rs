//! The scopes of a request against what the policy knows and allows.

use crate::decide::authorize::facts::{AskedWord, ScopeStanding};
use crate::decide::words::{is_access_scope, is_offline_scope, is_online_scope};
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::policy::configuration::Configuration;
use crate::policy::knobs::Knobs;

/// The scopes that were asked for, sorted by what the policy makes of them.
#[derive(Clone, Debug)]
pub(super) struct AskedScopes {
    /// As sent; empty when none was.
    pub(super) requested: Scopes,
    /// Known and allowed; the default when none was sent.
    pub(super) effective: Scopes,
    /// Not known.
    pub(super) unknown: Scopes,
    /// Known, and not allowed.
    pub(super) not_allowed: Scopes,
    pub(super) standing: ScopeStanding,
}

impl AskedScopes {
    pub(super) fn of(sent: Option<&Scopes>, configuration: &Configuration) -> Self {
        let requested = sent.cloned().unwrap_or_default();
        let asked = sent.or(configuration.default_scope.as_ref()).cloned().unwrap_or_default();
        let supported = configuration.scopes_supported.as_ref();
        let allowed = configuration.allowed_scopes.as_ref();
        let is_known = |scope: &str| supported.is_none_or(|known| known.contains(scope));
        let is_allowed = |scope: &str| allowed.is_none_or(|known| known.contains(scope));
        let limit = configuration.max_scopes_per_request.and_then(|limit| usize::try_from(limit).ok());
        let effective = asked.filter(|scope| is_known(scope) && is_allowed(scope));
        let unknown = asked.filter(|scope| !is_known(scope));
        let not_allowed = asked.filter(|scope| is_known(scope) && !is_allowed(scope));
        let standing = if sent.is_none() && asked.is_empty() {
            ScopeStanding::Omitted
        } else if !asked.well_formed() {
            ScopeStanding::Malformed
        } else if limit.is_some_and(|limit| asked.len() > limit) {
            ScopeStanding::Overbroad
        } else {
            match (effective.is_empty(), unknown.is_empty(), not_allowed.is_empty()) {
                (true, false, _) => ScopeStanding::NoneKnown,
                (true, true, _) => ScopeStanding::NoneAllowed,
                (false, false, _) => ScopeStanding::SomeUnknown,
                (false, true, false) => ScopeStanding::SomeNotAllowed,
                (false, true, true) if sent.is_none() => ScopeStanding::Default,
                (false, true, true) => ScopeStanding::Fine,
            }
        };
        Self { requested, effective, unknown, not_allowed, standing }
    }

    /// A scope that means offline or online access in some vocabulary, as a fact.
    pub(super) fn word(&self, policy: &Policy, word: &str) -> AskedWord {
        if self.unknown.contains(word) {
            AskedWord::Unsupported
        } else if self.not_allowed.contains(word) {
            AskedWord::NotAllowed
        } else if !self.effective.contains(word) {
            AskedWord::No
        } else if policy.configuration.scopes_supported.is_some() {
            AskedWord::Supported
        } else {
            AskedWord::Asked
        }
    }

    /// Whether a scope means offline or online access elsewhere, and nothing to this server.
    pub(super) fn is_foreign(&self, policy: &Policy, scope: &str) -> bool {
        let knobs = &policy.knobs;
        is_access_scope(scope)
            && !is_offline_scope(knobs, scope)
            && !is_online_scope(knobs, scope)
            && self.word(policy, scope) == AskedWord::Asked
    }

    /// The scopes that mean offline or online access elsewhere, and nothing to this server.
    pub(super) fn foreign(&self, policy: &Policy) -> Scopes {
        self.effective.filter(|scope| self.is_foreign(policy, scope))
    }

    /// All but the words that ask for offline and online access in any vocabulary.
    pub(super) fn beyond_vocabularies(&self) -> Scopes {
        self.effective.filter(|scope| !is_access_scope(scope))
    }

    /// The words that ask for offline access in this policy's vocabulary.
    pub(super) fn offline(&self, knobs: &Knobs) -> Scopes {
        self.effective.filter(|scope| is_offline_scope(knobs, scope))
    }

    /// The word that asks for online access in this policy's vocabulary.
    pub(super) fn online(&self, knobs: &Knobs) -> Scopes {
        self.effective.filter(|scope| is_online_scope(knobs, scope))
    }
}

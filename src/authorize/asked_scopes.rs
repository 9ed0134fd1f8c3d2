//! The scopes of a request against what the policy knows and allows, and what the user granted before.

use crate::decide::authorize::facts::{AskedWord, OrdinaryScopes, ScopeStanding};
use crate::decide::words::{is_offline_scope, is_online_scope};
use crate::input::Text;
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, OPENID, REFRESH_TOKEN, Scopes};
use crate::policy::Policy;
use crate::policy::configuration::Configuration;
use crate::records::Grant;

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
    /// What each of the effective ones is, in their order.
    pub(super) kinds: Vec<ScopeKind>,
}

/// What a scope is to the policy and to the user's earlier grant: every question about a scope that a decision asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScopeKind {
    /// The word that it is, if it asks for offline or online access in some vocabulary.
    pub(super) word: Option<AccessWord>,
    /// It asks for offline access in this policy's vocabulary.
    pub(super) is_offline: bool,
    /// It asks for online access in this policy's vocabulary.
    pub(super) is_online: bool,
    /// It is `openid`.
    pub(super) is_openid: bool,
    /// It asks for offline or online access elsewhere, and nothing of this server.
    pub(super) is_foreign: bool,
    /// The user's live grant covers it; offline access by whatever word the grant has for it.
    pub(super) was_granted: bool,
    /// The user's live grant remembers it as refused.
    pub(super) was_refused: bool,
}

/// A scope that means offline or online access in some vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AccessWord {
    OfflineAccess,
    RefreshToken,
    OnlineAccess,
}

impl AccessWord {
    fn of(scope: &str) -> Option<Self> {
        match scope {
            OFFLINE_ACCESS => Some(Self::OfflineAccess),
            REFRESH_TOKEN => Some(Self::RefreshToken),
            ONLINE_ACCESS => Some(Self::OnlineAccess),
            _ => None,
        }
    }

    const fn scope(self) -> &'static str {
        match self {
            Self::OfflineAccess => OFFLINE_ACCESS,
            Self::RefreshToken => REFRESH_TOKEN,
            Self::OnlineAccess => ONLINE_ACCESS,
        }
    }
}

impl ScopeKind {
    /// The one place that asks what a scope is.
    pub(super) fn of(policy: &Policy, grant: Option<&Grant>, scope: &str) -> Self {
        let word = AccessWord::of(scope);
        let is_offline = word.is_some() && is_offline_scope(&policy.knobs, scope);
        let is_online = word.is_some() && is_online_scope(&policy.knobs, scope);
        let means_nothing = word.is_some() && !is_offline && !is_online;
        let offline_was_granted = |grant: &Grant| {
            [OFFLINE_ACCESS, REFRESH_TOKEN]
                .into_iter()
                .any(|word| is_offline_scope(&policy.knobs, word) && grant.scope.contains(word))
        };
        Self {
            word,
            is_offline,
            is_online,
            is_openid: scope == OPENID,
            is_foreign: means_nothing && policy.configuration.scopes_supported.is_none(),
            was_granted: grant
                .is_some_and(|grant| grant.scope.contains(scope) || (is_offline && offline_was_granted(grant))),
            was_refused: grant.and_then(|grant| grant.refused.as_ref()).is_some_and(|refused| refused.contains(scope)),
        }
    }

    /// It asks neither for offline nor for online access in this policy's vocabulary.
    pub(super) const fn is_plain(self) -> bool {
        !self.is_offline && !self.is_online
    }
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
        let left = |is: &dyn Fn(&str) -> bool| {
            if effective.len() == asked.len() { Scopes::default() } else { asked.filter(is) }
        };
        let unknown = left(&|scope| !is_known(scope));
        let not_allowed = left(&|scope| is_known(scope) && !is_allowed(scope));
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
        Self { requested, effective, unknown, not_allowed, standing, kinds: Vec::new() }
    }

    /// What each of the effective scopes is, to the policy and to the user's live grant.
    pub(super) fn kinds(&self, policy: &Policy, grant: Option<&Grant>) -> Vec<ScopeKind> {
        self.effective.iter().map(|scope| ScopeKind::of(policy, grant, scope)).collect()
    }

    /// The effective scopes, and what each is.
    pub(super) fn each(&self) -> impl Iterator<Item = (&Text, ScopeKind)> + Clone {
        self.effective.iter().zip(self.kinds.iter().copied())
    }

    /// What an effective scope is; none when it is no such scope.
    pub(super) fn kind(&self, scope: &str) -> Option<ScopeKind> {
        self.effective.position(scope).and_then(|place| self.kinds.get(place)).copied()
    }

    /// A scope that means offline or online access in some vocabulary, as a fact.
    pub(super) fn word(&self, policy: &Policy, word: AccessWord) -> AskedWord {
        if self.unknown.contains(word.scope()) {
            AskedWord::Unsupported
        } else if self.not_allowed.contains(word.scope()) {
            AskedWord::NotAllowed
        } else if !self.kinds.iter().any(|kind| kind.word == Some(word)) {
            AskedWord::No
        } else if policy.configuration.scopes_supported.is_some() {
            AskedWord::Supported
        } else {
            AskedWord::Asked
        }
    }

    /// Whether a scope beyond vocabularies is known and not allowed.
    pub(super) fn ordinary_not_allowed(&self) -> bool {
        self.not_allowed.iter().any(|scope| AccessWord::of(scope).is_none())
    }

    /// All but the words that ask for offline and online access in any vocabulary.
    pub(super) fn beyond_vocabularies(&self) -> impl Iterator<Item = (&Text, ScopeKind)> {
        self.each().filter(|(_, kind)| kind.word.is_none())
    }

    /// The scopes beyond vocabularies as a fact, with or without those that the grant remembers as refused; without a
    /// grant that counts, nothing was granted or refused before.
    pub(super) fn ordinary(&self, grant_counts: bool, with_refused: bool) -> OrdinaryScopes {
        let mut asked = self
            .beyond_vocabularies()
            .filter(|(_, kind)| with_refused || !(grant_counts && kind.was_refused))
            .peekable();
        if asked.peek().is_none() {
            OrdinaryScopes::NoneAsked
        } else if grant_counts && asked.all(|(_, kind)| kind.was_granted) {
            OrdinaryScopes::AllGranted
        } else {
            OrdinaryScopes::SomeNew
        }
    }
}

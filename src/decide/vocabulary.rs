//! One policy's reading of a request: which words it knows, and what they say to it.

use super::facts::{AccessType, ApprovalPrompt, Facts, OrdinaryScopes, PromptNone};
use crate::oauth::client::ApplicationType;
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, REFRESH_TOKEN};
use crate::policy::knobs::{
    AccessTypeOnNative, Knobs, LegacyApprovalPrompt, NativeOfflineByDefault, OfflineRequest, OnlineAccessScope,
    PromptVocabulary,
};

/// What prompt (and approval_prompt) says to a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prompts {
    /// No page may be shown.
    pub(super) silent: bool,
    /// Sign in again.
    pub(super) login: bool,
    /// Ask for consent.
    pub(super) consent: bool,
    /// Choose an account.
    pub(super) select_account: bool,
}

/// Reads prompt in the policy's vocabulary.
pub(super) fn prompts<F: Facts>(policy: &Knobs, facts: &F) -> Prompts {
    let forced = policy.legacy_approval_prompt == LegacyApprovalPrompt::Honour
        && facts.approval_prompt() == ApprovalPrompt::Force;
    match policy.prompt_vocabulary {
        PromptVocabulary::Openid => Prompts {
            silent: facts.prompt_none() == PromptNone::Alone,
            login: facts.prompt_login(),
            consent: facts.prompt_consent() || forced,
            select_account: facts.prompt_select_account(),
        },
        PromptVocabulary::Google => Prompts {
            silent: facts.prompt_none() == PromptNone::Alone,
            login: false,
            consent: facts.prompt_consent() || forced,
            select_account: facts.prompt_select_account(),
        },
        PromptVocabulary::AutoForce => Prompts {
            silent: facts.prompt_none() == PromptNone::Alone,
            login: false,
            consent: facts.prompt_force() || forced,
            select_account: false,
        },
        PromptVocabulary::None => Prompts { silent: false, login: false, consent: forced, select_account: false },
    }
}

/// Whether prompt holds a value that the policy's vocabulary lacks.
pub(super) fn prompt_has_unknown<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    match policy.prompt_vocabulary {
        PromptVocabulary::Openid => facts.prompt_unknown() || facts.prompt_force() || facts.prompt_auto(),
        PromptVocabulary::Google => {
            facts.prompt_unknown() || facts.prompt_force() || facts.prompt_auto() || facts.prompt_login()
        }
        PromptVocabulary::AutoForce => {
            facts.prompt_unknown() || facts.prompt_login() || facts.prompt_consent() || facts.prompt_select_account()
        }
        PromptVocabulary::None => false,
    }
}

/// Whether the policy's vocabulary has this value of prompt.
#[must_use]
pub(crate) fn knows_prompt(vocabulary: PromptVocabulary, value: &str) -> bool {
    let known: &[&str] = match vocabulary {
        PromptVocabulary::Openid => &["none", "login", "consent", "select_account"],
        PromptVocabulary::Google => &["none", "consent", "select_account"],
        PromptVocabulary::AutoForce => &["none", "auto", "force"],
        PromptVocabulary::None => &[],
    };
    known.contains(&value)
}

/// How a request asks for offline access under a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum OfflineAsked {
    /// It does not.
    No,
    /// With a scope.
    Scope,
    /// With access_type=offline.
    Parameter,
    /// An installed app has it by default.
    NativeDefault,
}

/// Reads the request for offline access in the policy's vocabulary.
pub(super) fn offline_asked<F: Facts>(policy: &Knobs, facts: &F) -> OfflineAsked {
    match policy.offline_request {
        OfflineRequest::None => OfflineAsked::No,
        OfflineRequest::Scope if facts.asks_offline_access() => OfflineAsked::Scope,
        OfflineRequest::ScopeOrRefreshToken if facts.asks_offline_access() || facts.asks_refresh_token_scope() => {
            OfflineAsked::Scope
        }
        OfflineRequest::Scope | OfflineRequest::ScopeOrRefreshToken => OfflineAsked::No,
        OfflineRequest::AccessType => by_access_type(policy, facts),
    }
}

fn by_access_type<F: Facts>(policy: &Knobs, facts: &F) -> OfflineAsked {
    let native_default = policy.native_offline_by_default == NativeOfflineByDefault::Yes
        && facts.application_type() == ApplicationType::Native;
    match (native_default, policy.access_type_on_native, facts.access_type()) {
        (true, AccessTypeOnNative::Ignore, _) => OfflineAsked::NativeDefault,
        (true, AccessTypeOnNative::Honour, AccessType::Online) => OfflineAsked::No,
        (true, AccessTypeOnNative::Honour, _) => OfflineAsked::NativeDefault,
        (false, _, AccessType::Offline) => OfflineAsked::Parameter,
        (false, ..) => OfflineAsked::No,
    }
}

/// Whether a scope asks for offline access in the policy's vocabulary.
#[must_use]
pub(crate) fn is_offline_scope(policy: &Knobs, scope: &str) -> bool {
    match policy.offline_request {
        OfflineRequest::Scope => scope == OFFLINE_ACCESS,
        OfflineRequest::ScopeOrRefreshToken => scope == OFFLINE_ACCESS || scope == REFRESH_TOKEN,
        OfflineRequest::AccessType | OfflineRequest::None => false,
    }
}

/// Whether a scope asks for online access in the policy's vocabulary.
#[must_use]
pub(crate) fn is_online_scope(policy: &Knobs, scope: &str) -> bool {
    policy.online_access_scope == OnlineAccessScope::Yes && scope == ONLINE_ACCESS
}

/// Whether the prior grant covers offline access by scope.
pub(super) fn offline_granted_before<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    facts.offline_granted_before()
        || (policy.offline_request == OfflineRequest::ScopeOrRefreshToken && facts.refresh_token_scope_granted_before())
}

/// The ordinary scopes in the policy's vocabulary: a word that is none of its own is an ordinary scope.
pub(super) fn ordinary_scopes<F: Facts>(policy: &Knobs, facts: &F) -> OrdinaryScopes {
    let mut scopes = facts.ordinary_scopes();
    if !is_offline_scope(policy, OFFLINE_ACCESS) && facts.asks_offline_access() {
        scopes = with(scopes, facts.offline_granted_before());
    }
    if !is_offline_scope(policy, REFRESH_TOKEN) && facts.asks_refresh_token_scope() {
        scopes = with(scopes, facts.refresh_token_scope_granted_before());
    }
    if !is_online_scope(policy, ONLINE_ACCESS) && facts.asks_online_access() {
        scopes = with(scopes, facts.online_granted_before());
    }
    scopes
}

const fn with(scopes: OrdinaryScopes, granted_before: bool) -> OrdinaryScopes {
    match (scopes, granted_before) {
        (OrdinaryScopes::NoneAsked | OrdinaryScopes::AllGranted, true) => OrdinaryScopes::AllGranted,
        (OrdinaryScopes::SomeNew, true) | (_, false) => OrdinaryScopes::SomeNew,
    }
}

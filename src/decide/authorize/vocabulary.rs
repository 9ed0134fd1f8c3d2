//! One policy's reading of a request: which words it knows, and what they say to it. Each question is asked by itself,
//! so that no more facts are asked than an answer needs.

use super::admitted::{Admitted, AskedAccessType, AskedWords};
use super::facts::{ApprovalPrompt, AskedWord, AuthorizeFacts, OrdinaryScopes};
use super::prior::refusals_count;
use crate::decide::reason::Reason;
use crate::decide::words::{is_offline_scope, is_online_scope};
use crate::oauth::client::ApplicationType;
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, REFRESH_TOKEN};
use crate::policy::knobs::{
    AccessTypeOnNative, Knobs, LegacyApprovalPrompt, NativeOfflineByDefault, OfflineRequest, OnlineAccessScope,
    PromptVocabulary,
};

/// Whether prompt was sent with any value.
pub(super) fn prompt_was_sent<F: AuthorizeFacts>(facts: &F) -> bool {
    facts.prompt_none() || other_prompt_was_sent(facts)
}

fn other_prompt_was_sent<F: AuthorizeFacts>(facts: &F) -> bool {
    facts.prompt_login()
        || facts.prompt_consent()
        || facts.prompt_select_account()
        || facts.prompt_force()
        || facts.prompt_auto()
        || facts.prompt_unknown()
}

/// Whether `none` stands in prompt together with another value.
pub(super) fn none_with_others<F: AuthorizeFacts>(facts: &F) -> bool {
    facts.prompt_none() && other_prompt_was_sent(facts)
}

/// Whether no page may be shown.
pub(super) fn is_silent<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.prompt_vocabulary != PromptVocabulary::None && facts.prompt_none() && !other_prompt_was_sent(facts)
}

/// Whether the user is to sign in again.
pub(super) fn asks_login<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    match policy.prompt_vocabulary {
        PromptVocabulary::Openid => facts.prompt_login(),
        PromptVocabulary::Google | PromptVocabulary::AutoForce | PromptVocabulary::None => false,
    }
}

/// Whether the user is to choose an account.
pub(super) fn asks_select_account<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    match policy.prompt_vocabulary {
        PromptVocabulary::Openid | PromptVocabulary::Google => facts.prompt_select_account(),
        PromptVocabulary::AutoForce | PromptVocabulary::None => false,
    }
}

/// Whether the user is to be asked for consent.
pub(super) fn asks_consent<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let forced = || {
        policy.legacy_approval_prompt == LegacyApprovalPrompt::Honour
            && facts.approval_prompt() == ApprovalPrompt::Force
    };
    match policy.prompt_vocabulary {
        PromptVocabulary::Openid | PromptVocabulary::Google => facts.prompt_consent() || forced(),
        PromptVocabulary::AutoForce => facts.prompt_force() || forced(),
        PromptVocabulary::None => forced(),
    }
}

/// Whether prompt holds a value that the policy's vocabulary lacks.
pub(super) fn has_unknown_prompt<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
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

const fn is_asked(word: AskedWord) -> bool {
    matches!(word, AskedWord::Asked | AskedWord::Supported)
}

/// Whether a scope asks for offline access in the policy's vocabulary.
pub(super) fn asks_offline_scope<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    match policy.offline_request {
        OfflineRequest::None | OfflineRequest::AccessType => false,
        OfflineRequest::Scope => is_asked(facts.asks_offline_access()),
        OfflineRequest::ScopeOrRefreshToken => {
            is_asked(facts.asks_offline_access()) || is_asked(facts.asks_refresh_token_scope())
        }
    }
}

/// Whether a scope asks for online access in the policy's vocabulary.
pub(super) fn asks_online_scope<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.online_access_scope == OnlineAccessScope::Yes && is_asked(facts.asks_online_access())
}

/// How a request asks for offline access under a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfflineAsked {
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
pub(super) fn offline_asked<F: AuthorizeFacts>(policy: &Knobs, facts: &F, admitted: &Admitted) -> OfflineAsked {
    if admitted.words.offline {
        return OfflineAsked::Scope;
    }
    if policy.offline_request != OfflineRequest::AccessType {
        return OfflineAsked::No;
    }
    let native_default = policy.native_offline_by_default == NativeOfflineByDefault::Yes
        && facts.application_type() == ApplicationType::Native;
    match (native_default, policy.access_type_on_native, admitted.access_type) {
        (true, AccessTypeOnNative::Honour, AskedAccessType::Online) => OfflineAsked::No,
        (true, ..) => OfflineAsked::NativeDefault,
        (false, _, AskedAccessType::Offline) => OfflineAsked::Parameter,
        (false, ..) => OfflineAsked::No,
    }
}

/// Whether a scope is asked for by which another vocabulary means offline or online access, and which this server does
/// not know: it is no word of the policy's, and the configuration does not name it.
pub(super) fn foreign_scope_asked<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    (!is_offline_scope(policy, OFFLINE_ACCESS) && facts.asks_offline_access() == AskedWord::Asked)
        || (!is_offline_scope(policy, REFRESH_TOKEN) && facts.asks_refresh_token_scope() == AskedWord::Asked)
        || (!is_online_scope(policy, ONLINE_ACCESS) && facts.asks_online_access() == AskedWord::Asked)
}

/// The scopes that mean offline or online access in some vocabulary, in the policy's own.
pub(super) fn words<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> AskedWords {
    let asked = [
        (is_offline_scope(policy, OFFLINE_ACCESS), facts.asks_offline_access()),
        (is_offline_scope(policy, REFRESH_TOKEN), facts.asks_refresh_token_scope()),
        (is_online_scope(policy, ONLINE_ACCESS), facts.asks_online_access()),
    ];
    let lost = asked.iter().filter_map(|(own, word)| match (own, word) {
        (false, AskedWord::Asked) | (_, AskedWord::Unsupported) => Some(Reason::UnknownScope),
        (_, AskedWord::NotAllowed) => Some(Reason::PolicyNarrowed),
        (true, AskedWord::Asked) | (_, AskedWord::No | AskedWord::Supported) => None,
    });
    let [offline_access, refresh_token, online_access] = asked;
    let own = |(own, word)| own && is_asked(word);
    let ordinary = |(own, word): (bool, AskedWord)| !own && word == AskedWord::Supported;
    AskedWords {
        offline: own(offline_access) || own(refresh_token),
        online: own(online_access),
        ordinary_offline_access: ordinary(offline_access),
        ordinary_refresh_token: ordinary(refresh_token),
        ordinary_online_access: ordinary(online_access),
        lost: lost.min_by_key(|reason| *reason != Reason::UnknownScope),
    }
}

/// The ordinary scopes in the policy's vocabulary: a word that is none of its own is an ordinary scope where the
/// server's configuration names it.
pub(super) fn ordinary_scopes<F: AuthorizeFacts>(policy: &Knobs, facts: &F, words: AskedWords) -> OrdinaryScopes {
    let mut scopes = if refusals_count(policy, facts) { facts.unrefused_scopes() } else { facts.ordinary_scopes() };
    if words.ordinary_offline_access {
        scopes = with(scopes, facts.offline_granted_before());
    }
    if words.ordinary_refresh_token {
        scopes = with(scopes, facts.refresh_token_scope_granted_before());
    }
    if words.ordinary_online_access {
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

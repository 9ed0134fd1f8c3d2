//! One policy's reading of a request: which words it knows, and what they say to it. Each question is asked by itself,
//! so that no more facts are asked than an answer needs.

use super::admitted::{Admitted, AskedAccessType, AskedWords};
use super::facts::{ApprovalPrompt, AskedWord, AuthorizeFacts, Hint, MaxAge, OrdinaryScopes};
use super::prior::refusals_count;
use crate::decide::reason::Reason;
use crate::decide::words::{is_offline_scope, is_online_scope};
use crate::oauth::client::ApplicationType;
use crate::oauth::error::Placement;
use crate::oauth::response::ResponseType;
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, REFRESH_TOKEN};
use crate::policy::knobs::{
    AccessTypeOnNative, HybridFlow, Knobs, LegacyApprovalPrompt, NativeOfflineByDefault, OfflineRequest,
    OnlineAccessScope, OpenidConnect, PromptVocabulary,
};

/// Whether this is a request of OpenID Connect, to a server that knows it.
pub(super) fn is_openid<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.openid_connect == OpenidConnect::Yes && facts.openid()
}

/// max_age, where the server knows it.
pub(super) fn max_age<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> MaxAge {
    match policy.openid_connect {
        OpenidConnect::Yes => facts.max_age(),
        OpenidConnect::No => MaxAge::Absent,
    }
}

/// The id_token_hint, where the server knows it.
pub(super) fn hint<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Hint {
    match policy.openid_connect {
        OpenidConnect::Yes => facts.hint(),
        OpenidConnect::No => Hint::Absent,
    }
}

/// Whether a response is one of the code flow that tokens are added to.
pub(super) fn is_plain_code(policy: &Knobs, response_type: ResponseType) -> bool {
    policy.hybrid_flow == HybridFlow::PlainCode && response_type.is_hybrid()
}

/// Where a response is put unless the request names another place.
pub(super) fn default_placement(policy: &Knobs, response_type: ResponseType) -> Placement {
    if is_plain_code(policy, response_type) { Placement::Query } else { response_type.default_placement() }
}

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
        PromptVocabulary::Openid | PromptVocabulary::LoginConsent => facts.prompt_login(),
        PromptVocabulary::Google
        | PromptVocabulary::AutoForce
        | PromptVocabulary::NoneOnly
        | PromptVocabulary::None => false,
    }
}

/// Whether the user is to choose an account.
pub(super) fn asks_select_account<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    match policy.prompt_vocabulary {
        PromptVocabulary::Openid | PromptVocabulary::Google => facts.prompt_select_account(),
        PromptVocabulary::AutoForce
        | PromptVocabulary::LoginConsent
        | PromptVocabulary::NoneOnly
        | PromptVocabulary::None => false,
    }
}

/// Whether the user is to be asked for consent.
pub(super) fn asks_consent<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let forced = || {
        policy.legacy_approval_prompt == LegacyApprovalPrompt::Honour
            && facts.approval_prompt() == ApprovalPrompt::Force
    };
    match policy.prompt_vocabulary {
        PromptVocabulary::Openid | PromptVocabulary::Google | PromptVocabulary::LoginConsent => {
            facts.prompt_consent() || forced()
        }
        PromptVocabulary::AutoForce => facts.prompt_force() || forced(),
        PromptVocabulary::NoneOnly | PromptVocabulary::None => forced(),
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
        PromptVocabulary::LoginConsent => {
            facts.prompt_unknown() || facts.prompt_force() || facts.prompt_auto() || facts.prompt_select_account()
        }
        PromptVocabulary::NoneOnly | PromptVocabulary::None => false,
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

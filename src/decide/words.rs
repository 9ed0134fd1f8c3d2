//! The words of a policy's vocabulary, as they are written.

use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, REFRESH_TOKEN};
use crate::policy::knobs::{Knobs, OfflineRequest, OnlineAccessScope, PromptVocabulary};

/// Whether the policy's vocabulary has this value of prompt.
#[must_use]
pub(crate) fn knows_prompt(vocabulary: PromptVocabulary, value: &str) -> bool {
    let known: &[&str] = match vocabulary {
        PromptVocabulary::Openid => &["none", "login", "consent", "select_account"],
        PromptVocabulary::Google => &["none", "consent", "select_account"],
        PromptVocabulary::AutoForce => &["none", "auto", "force"],
        PromptVocabulary::LoginConsent => &["none", "login", "consent"],
        PromptVocabulary::NoneOnly => &["none"],
        PromptVocabulary::None => &[],
    };
    known.contains(&value)
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

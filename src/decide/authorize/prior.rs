//! What an earlier grant counts for under a policy.

use super::facts::{AuthorizeFacts, GrantAction, PriorGrant};
use crate::policy::knobs::{
    EarlierScopesOnApproval, GrantModel, Knobs, OfflineRequest, RefusedScopes, RememberedConsentBinding,
};

/// Whether the prior grant counts under this policy.
pub(super) fn prior_grant_counts<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let creates = policy.grant_model == GrantModel::Multiple && facts.grant_action() == GrantAction::Create;
    !creates
        && match facts.prior_grant() {
            PriorGrant::None => false,
            PriorGrant::ThisClient => is_of_session(policy, facts),
            PriorGrant::SameProject => policy.grant_model == GrantModel::PerProject,
        }
}

/// Whether the prior grant is one of this session, where it has to be.
fn is_of_session<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.grant_model != GrantModel::PerSession || facts.grant_of_session()
}

/// Whether a consent of this client's own is on record that something else than the page may rest on.
pub(super) fn own_consent_counts<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    facts.prior_grant() == PriorGrant::ThisClient && is_of_session(policy, facts) && !given_elsewhere(policy, facts)
}

/// Whether the prior grant counts, but for what: it was given for another redirect URI, and holds for that one.
pub(super) fn given_elsewhere<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.remembered_consent_binding == RememberedConsentBinding::RedirectUri
        && prior_grant_counts(policy, facts)
        && facts.grant_for_other_redirect_uri()
}

/// What becomes of the scopes of the prior grant when the person approves; nothing where the request itself says it.
pub(super) fn earlier_scopes<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Option<EarlierScopesOnApproval> {
    // What was agreed to for another redirect URI was not agreed to for this one.
    let by_policy = || match given_elsewhere(policy, facts) {
        true => EarlierScopesOnApproval::Replaced,
        false => policy.earlier_scopes_on_approval,
    };
    match policy.grant_model {
        GrantModel::Multiple => match facts.grant_action() {
            GrantAction::Create | GrantAction::Replace => None,
            GrantAction::Merge => Some(EarlierScopesOnApproval::Stay),
            GrantAction::Absent | GrantAction::Unsupported => Some(by_policy()),
        },
        GrantModel::Single | GrantModel::PerProject | GrantModel::PerSession => Some(by_policy()),
    }
}

/// Whether the prior grant covers offline access by scope.
pub(super) fn offline_granted_before<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    facts.offline_granted_before()
        || (policy.offline_request == OfflineRequest::ScopeOrRefreshToken && facts.refresh_token_scope_granted_before())
}

/// Whether scopes that the prior grant remembers as refused are neither offered nor granted.
pub(super) fn refusals_count<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.refused_scopes == RefusedScopes::Remembered && prior_grant_counts(policy, facts)
}

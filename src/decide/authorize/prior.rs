//! What an earlier grant counts for under a policy.

use super::facts::{AuthorizeFacts, GrantAction, PriorGrant};
use crate::policy::knobs::{GrantModel, Knobs, OfflineRequest, RefusedScopes};

/// Whether the prior grant counts under this policy.
pub(super) fn prior_grant_counts<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let creates = policy.grant_model == GrantModel::Multiple && facts.grant_action() == GrantAction::Create;
    !creates
        && match facts.prior_grant() {
            PriorGrant::None => false,
            PriorGrant::ThisClient => true,
            PriorGrant::SameProject => policy.grant_model == GrantModel::PerProject,
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

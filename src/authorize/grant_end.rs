//! When a grant ends whose lifetime the policy configures: its first approval fixes it, and later ones keep it.

use super::authorize_case::AuthorizeCase;
use crate::decide::authorize::verdict::{GrantChange, Stored};
use crate::lifetimes::{after, shorter};
use crate::policy::Policy;
use crate::policy::knobs::RotatedRefreshTokenLifetime;
use crate::records::Grant;

/// The end of the grant that what is issued now goes back to; none where the policy configures no lifetime. `keeps`: an
/// earlier grant that counts stays.
pub(super) fn of(policy: &Policy, case: &AuthorizeCase, keeps: bool) -> Option<u64> {
    let lifetime = policy.configuration.grant_lifetime_s?;
    match case.standing_grant(policy).filter(|_| keeps) {
        // One that was stored before lifetimes were configured ends as it would have, unless that is past.
        Some(Grant { expires_at: None, granted_at: Some(granted_at), .. }) => {
            after(*granted_at, Some(lifetime)).filter(|end| case.now < *end).or_else(|| after(case.now, Some(lifetime)))
        }
        Some(Grant { expires_at: Some(end), .. }) => Some(*end),
        Some(Grant { expires_at: None, granted_at: None, .. }) | None => after(case.now, Some(lifetime)),
    }
}

/// The same for a response that is issued.
pub(super) fn of_issued(policy: &Policy, case: &AuthorizeCase, stored: Stored) -> Option<u64> {
    of(
        policy,
        case,
        stored.grant.is_none_or(|plan| match plan.change {
            GrantChange::Add | GrantChange::LeaveOut | GrantChange::Renew => true,
            GrantChange::Create | GrantChange::Replace => false,
        }),
    )
}

/// What the records of tokens say of the end of their grant: what no refresh token and no successor outlives. What the
/// person limited stands in each token as its end, and has to be said where a successor starts anew.
pub(super) fn of_tokens(
    policy: &Policy,
    case: &AuthorizeCase,
    end_of_grant: Option<u64>,
    time_limit: Option<u64>,
) -> Option<u64> {
    let limited = match policy.knobs.rotated_refresh_token_lifetime {
        RotatedRefreshTokenLifetime::Rest => None,
        RotatedRefreshTokenLifetime::New | RotatedRefreshTokenLifetime::NewUnlessPublicWeb => {
            after(case.now, time_limit)
        }
    };
    shorter(end_of_grant, limited)
}

//! The scopes of a result, and what the person leaves of them.

use super::authorize_case::AuthorizeCase;
use crate::decide::authorize::engine::Asking;
use crate::decide::authorize::facts::Kept;
use crate::decide::authorize::verdict::{Access, ConsentPage, ScopePlan};
use crate::decide::words::{is_offline_scope, is_online_scope};
use crate::input::Text;
use crate::oauth::scope::{ONLINE_ACCESS, OPENID, Scopes};
use crate::policy::Policy;
use crate::policy::knobs::Knobs;

/// Scopes that were granted before and are added now: never offline or online access, which are asked for anew.
fn included(policy: &Policy, case: &AuthorizeCase, plan: ScopePlan) -> Scopes {
    match (plan.included, case.live_grant()) {
        (Some(_), Some(grant)) => grant
            .scope
            .filter(|scope| !is_offline_scope(&policy.knobs, scope) && !is_online_scope(&policy.knobs, scope)),
        (None, _) | (_, None) => Scopes::default(),
    }
}

/// The scopes of the result if the user agrees to everything: what the page lists.
pub(super) fn prospective(policy: &Policy, case: &AuthorizeCase, plan: ScopePlan) -> Scopes {
    let knobs = &policy.knobs;
    let listed = |access| matches!(access, Access::Standing | Access::Refused);
    let refused = |scope: &str| {
        case.live_grant().and_then(|grant| grant.refused.as_ref()).is_some_and(|refused| refused.contains(scope))
    };
    let mut scopes = case.scopes.effective.filter(|scope| {
        if is_offline_scope(knobs, scope) {
            listed(plan.offline)
        } else if is_online_scope(knobs, scope) {
            listed(plan.online)
        } else {
            !(case.scopes.is_foreign(policy, scope) || (plan.without_refused && refused(scope)))
        }
    });
    if plan.online_added && listed(plan.online) {
        scopes.insert(&Text::fixed(ONLINE_ACCESS));
    }
    scopes.union(&included(policy, case, plan))
}

/// The ordinary scopes that were asked for and are left out, because the prior grant remembers them as refused.
pub(super) fn refused_before(policy: &Policy, case: &AuthorizeCase, plan: ScopePlan) -> Scopes {
    let all = prospective(policy, case, ScopePlan { without_refused: false, ..plan });
    let left = prospective(policy, case, plan);
    all.filter(|scope| !left.contains(scope))
}

/// The scopes of the result; `approved` are those that the person left in, all where it is none.
pub(super) fn granted(
    policy: &Policy,
    case: &AuthorizeCase,
    page: Option<ConsentPage>,
    plan: ScopePlan,
    approved: Option<&Scopes>,
) -> Scopes {
    let knobs = &policy.knobs;
    prospective(policy, case, plan).filter(|scope| {
        if is_offline_scope(knobs, scope) {
            plan.offline == Access::Standing && approved.is_none_or(|approved| approved.contains(scope))
        } else if is_online_scope(knobs, scope) {
            plan.online == Access::Standing
        } else {
            approved.is_none_or(|approved| approved.contains(scope))
                || page.is_some_and(|page| stays(policy, case, page, scope))
        }
    })
}

/// Whether the page marks a scope as granted before.
pub(super) fn granted_before(policy: &Policy, case: &AuthorizeCase, page: ConsentPage, scope: &str) -> bool {
    page.counts_prior_grant
        && case.live_grant().is_some_and(|grant| {
            grant.scope.contains(scope)
                || (is_offline_scope(&policy.knobs, scope)
                    && grant.scope.any(|granted| is_offline_scope(&policy.knobs, granted)))
        })
}

/// Whether a scope stays granted whatever the answer.
pub(super) fn stays(policy: &Policy, case: &AuthorizeCase, page: ConsentPage, scope: &str) -> bool {
    page.prior_grant_stays && granted_before(policy, case, page, scope)
}

/// Whether a person may leave a scope out. Without `openid` the request would be another one, which nobody sent.
pub(super) fn optional(policy: &Policy, scope: &str) -> bool {
    scope != OPENID && policy.configuration.optional_scopes.as_ref().is_none_or(|optional| optional.contains(scope))
}

/// What an answer leaves.
pub(super) struct Left {
    /// Of the ordinary scopes on the page.
    pub(super) kept: Kept,
    /// Whether offline access is left in, where the page lists it.
    pub(super) offline: bool,
    /// Whether online access is left in, where the page lists it.
    pub(super) online: bool,
    /// All that is left, if nothing else takes any of it away.
    pub(super) scopes: Scopes,
}

/// What an answer leaves of what the page lists; everything where it names no scopes.
pub(super) fn left(policy: &Policy, case: &AuthorizeCase, asking: &Asking, approved: Option<&Scopes>) -> Left {
    let (plan, page) = (asking.scopes(), asking.page());
    let scopes = granted(policy, case, page, plan, approved);
    let knobs = &policy.knobs;
    let listed = prospective(policy, case, plan);
    let left_in = |scope: &str| approved.is_none_or(|approved| approved.contains(scope));
    let any = |mut list: Scopes, is: fn(&Knobs, &str) -> bool| {
        list = list.filter(|scope| is(knobs, scope));
        list.is_empty() || list.any(left_in)
    };
    let ordinary = listed.filter(|scope| !is_offline_scope(knobs, scope) && !is_online_scope(knobs, scope));
    let stays = |scope: &str| page.is_some_and(|page| stays(policy, case, page, scope));
    let refused = ordinary.filter(|scope| !stays(scope) && !left_in(scope));
    let needed = |scope: &str| !optional(policy, scope);
    let kept = if ordinary.is_empty() {
        Kept::NoneListed
    } else if refused.any(needed) {
        Kept::RequiredRefused
    } else if refused.is_empty() {
        Kept::All
    } else if refused.len() == ordinary.len() {
        Kept::Nothing
    } else {
        Kept::Some
    };
    Left { kept, offline: any(listed.clone(), is_offline_scope), online: any(listed, is_online_scope), scopes }
}

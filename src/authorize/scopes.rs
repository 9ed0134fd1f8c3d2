//! The scopes of a request against what the policy knows and allows, and what the person leaves of them.

use super::answers::ConsentGiven;
use super::authorize_case::AuthorizeCase;
use crate::decide::facts::{GrantAction, Kept, ScopeStanding};
use crate::decide::verdict::{Access, ScopePlan, Verdict};
use crate::decide::vocabulary::{is_offline_scope, is_online_scope};
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, OPENID, REFRESH_TOKEN, Scopes};
use crate::policy::Policy;
use crate::policy::configuration::Configuration;
use crate::policy::knobs::{GrantModel, Knobs};

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
        let default = list(configuration.default_scope.as_ref());
        let asked = if sent.is_some() { requested.clone() } else { default.unwrap_or_default() };
        let supported = list(configuration.scopes_supported.as_ref());
        let allowed = list(configuration.allowed_scopes.as_ref());
        let is_known = |scope: &str| supported.as_ref().is_none_or(|known| known.contains(scope));
        let is_allowed = |scope: &str| allowed.as_ref().is_none_or(|known| known.contains(scope));
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

    /// All but the words that ask for offline and online access in any vocabulary.
    pub(super) fn beyond_vocabularies(&self) -> Scopes {
        self.effective.filter(|scope| !matches!(scope, OFFLINE_ACCESS | ONLINE_ACCESS | REFRESH_TOKEN))
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

pub(super) fn list(names: Option<&Vec<String>>) -> Option<Scopes> {
    names.map(|names| names.iter().map(String::as_str).collect())
}

/// Scopes that were granted before and are added now: never offline or online access, which are asked for anew.
fn included(policy: &Policy, case: &AuthorizeCase, plan: ScopePlan) -> Scopes {
    match (plan.include_granted, case.live_grant()) {
        (true, Some(grant)) => grant
            .scope
            .filter(|scope| !is_offline_scope(&policy.knobs, scope) && !is_online_scope(&policy.knobs, scope)),
        _ => Scopes::default(),
    }
}

/// The scopes of the result if the user agrees to everything: what the page lists.
pub(super) fn prospective(policy: &Policy, case: &AuthorizeCase, plan: ScopePlan) -> Scopes {
    let knobs = &policy.knobs;
    let listed = |access| matches!(access, Access::Standing | Access::Refused);
    let mut scopes = case.scopes.effective.filter(|scope| {
        if is_offline_scope(knobs, scope) {
            listed(plan.offline)
        } else if is_online_scope(knobs, scope) {
            listed(plan.online)
        } else {
            true
        }
    });
    if plan.online_added && listed(plan.online) {
        scopes.insert(ONLINE_ACCESS);
    }
    scopes.union(&included(policy, case, plan))
}

/// The scopes of the result.
pub(super) fn granted(
    policy: &Policy,
    case: &AuthorizeCase,
    verdict: &Verdict,
    plan: ScopePlan,
    given: Option<&ConsentGiven>,
) -> Scopes {
    let knobs = &policy.knobs;
    let approved = given.and_then(|given| given.scope.as_ref());
    prospective(policy, case, plan).filter(|scope| {
        if is_offline_scope(knobs, scope) {
            plan.offline == Access::Standing && approved.is_none_or(|approved| approved.contains(scope))
        } else if is_online_scope(knobs, scope) {
            plan.online == Access::Standing
        } else {
            approved.is_none_or(|approved| approved.contains(scope)) || stays(policy, case, verdict, scope)
        }
    })
}

/// Whether the page marks a scope as granted before.
pub(super) fn granted_before(policy: &Policy, case: &AuthorizeCase, verdict: &Verdict, scope: &str) -> bool {
    let counts = verdict.consent.is_some_and(|page| page.counts_prior_grant);
    counts
        && case.live_grant().is_some_and(|grant| {
            grant.scope.contains(scope)
                || (is_offline_scope(&policy.knobs, scope)
                    && grant.scope.iter().any(|granted| is_offline_scope(&policy.knobs, granted)))
        })
}

/// Whether a scope stays granted whatever the answer: granted before, unless the grant is replaced by what is approved
/// now (Grant Management for OAuth 2.0, section 5.2).
pub(super) fn stays(policy: &Policy, case: &AuthorizeCase, verdict: &Verdict, scope: &str) -> bool {
    let replaces =
        policy.knobs.grant_model == GrantModel::Multiple && case.request.grant_action == GrantAction::Replace;
    !replaces && granted_before(policy, case, verdict, scope)
}

/// Whether a person may leave a scope out.
pub(super) fn optional(policy: &Policy, scope: &str) -> bool {
    policy.configuration.optional_scopes.as_ref().is_none_or(|optional| optional.iter().any(|name| name == scope))
}

/// What an answer leaves of the page: of the ordinary scopes, of offline access, of online access.
pub(super) fn kept(
    policy: &Policy,
    case: &AuthorizeCase,
    verdict: &Verdict,
    given: &ConsentGiven,
) -> (Kept, bool, bool) {
    let (Some(approved), Some(plan)) = (&given.scope, verdict.scopes) else { return (Kept::All, true, true) };
    let knobs = &policy.knobs;
    let listed = prospective(policy, case, plan);
    let offline = listed.filter(|scope| is_offline_scope(knobs, scope));
    let online = listed.filter(|scope| is_online_scope(knobs, scope));
    let keeps_offline = offline.is_empty() || offline.iter().any(|scope| approved.contains(scope));
    let keeps_online = online.is_empty() || online.iter().any(|scope| approved.contains(scope));
    let ordinary = listed.filter(|scope| !offline.contains(scope) && !online.contains(scope));
    let before = ordinary.filter(|scope| stays(policy, case, verdict, scope));
    let refused = ordinary.filter(|scope| !before.contains(scope) && !approved.contains(scope));
    let left = ordinary.filter(|scope| !refused.contains(scope));
    let id_token = verdict.tokens.is_some_and(|tokens| tokens.front_id_token);
    let needed = refused.iter().any(|scope| !optional(policy, scope) || (id_token && scope == OPENID));
    let kept = if needed {
        Kept::RequiredRefused
    } else if refused.is_empty() {
        Kept::All
    } else if left.is_empty() {
        Kept::Nothing
    } else if left.same_as(&before) {
        Kept::OnlyGrantedBefore
    } else {
        Kept::Some
    };
    let nothing = left.is_empty() && !listed.iter().any(|scope| approved.contains(scope));
    (if nothing { Kept::Nothing } else { kept }, keeps_offline, keeps_online)
}

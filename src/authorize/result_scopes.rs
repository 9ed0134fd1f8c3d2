//! The scopes of a result, and what the person leaves of them.

use super::asked_scopes::{AccessWord, ScopeKind};
use super::authorize_case::AuthorizeCase;
use crate::decide::authorize::engine::Asking;
use crate::decide::authorize::facts::Kept;
use crate::decide::authorize::verdict::{Access, ConsentPage, ScopePlan, Stays};
use crate::input::Text;
use crate::lifetimes;
use crate::oauth::scope::{ONLINE_ACCESS, OPENID, Scopes};
use crate::policy::Policy;
use crate::policy::knobs::{IdTokenNeedsOpenid, OpenidConnect};
use crate::records::Grant;

/// The scope that is added where online access is given without being asked for.
static ADDED: Text = Text::fixed(ONLINE_ACCESS);

/// The scopes of a result if the user agrees to everything: what the page lists.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    policy: &'a Policy,
    case: &'a AuthorizeCase,
    plan: ScopePlan,
    /// The grant whose scopes are added.
    included: Option<&'a Grant>,
    /// Whether online access is added.
    adds_online: bool,
}

impl<'a> Listed<'a> {
    pub(super) fn of(policy: &'a Policy, case: &'a AuthorizeCase, plan: ScopePlan) -> Self {
        Self {
            policy,
            case,
            plan,
            included: plan.included.and_then(|_| case.live_grant()),
            adds_online: plan.online_added && is_listed(plan.online),
        }
    }

    /// In the order in which they were asked for; then what is added.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'a Text, ScopeKind)> {
        let asked = self.case.scopes.each().filter(|(_, kind)| self.has_asked(*kind));
        asked.chain(self.adds().then(|| self.added()).into_iter().flatten())
    }

    /// Whether anything may be added to what was asked for.
    const fn adds(&self) -> bool {
        self.adds_online || self.included.is_some()
    }

    fn added(&self) -> impl Iterator<Item = (&'a Text, ScopeKind)> {
        let adds_online = self.adds_online && !self.has(ONLINE_ACCESS);
        let included = self.included.into_iter().flat_map(|grant| grant.scope.iter());
        let included = included.filter(move |scope| !(self.has(scope) || (adds_online && *scope == ONLINE_ACCESS)));
        let kind = |scope: &'a Text| (scope, ScopeKind::of(self.policy, self.case.live_grant(), scope));
        // Never offline or online access, which are asked for anew.
        let included = included.map(kind).filter(|(_, kind)| kind.is_plain());
        adds_online.then_some(&ADDED).map(kind).into_iter().chain(included)
    }

    /// Whether a scope that was asked for is listed.
    const fn has_asked(&self, kind: ScopeKind) -> bool {
        if kind.is_offline {
            is_listed(self.plan.offline)
        } else if kind.is_online {
            is_listed(self.plan.online)
        } else {
            !(kind.is_foreign || (self.plan.without_refused && kind.was_refused))
        }
    }

    /// Whether a scope is listed because it was asked for.
    fn has(&self, scope: &str) -> bool {
        self.case.scopes.kind(scope).is_some_and(|kind| self.has_asked(kind))
    }

    /// Those that satisfy a condition, as a set: the very set that was asked for where that is all.
    fn set(&self, keep: impl Fn(&str, ScopeKind) -> bool) -> Scopes {
        let scopes = &self.case.scopes;
        if !self.adds() && scopes.each().all(|(scope, kind)| self.has_asked(kind) && keep(scope, kind)) {
            return scopes.effective.clone();
        }
        Scopes::of_different(
            self.each().filter(|(scope, kind)| keep(scope, *kind)).map(|(scope, _)| scope.clone()).collect(),
        )
    }
}

const fn is_listed(access: Access) -> bool {
    matches!(access, Access::Standing | Access::Refused)
}

/// The scopes that the page lists and that are not granted.
pub(super) fn left_out(policy: &Policy, case: &AuthorizeCase, page: ConsentPage, granted: &Scopes) -> Scopes {
    Listed::of(policy, case, page.lists).set(|scope, _| !granted.contains(scope))
}

/// The scopes that the page lists and that an answer of which nothing comes leaves out.
pub(super) fn refused_now(
    policy: &Policy,
    case: &AuthorizeCase,
    page: ConsentPage,
    approved: Option<&Scopes>,
) -> Scopes {
    let approved = Approved { page: Some(page), plan: page.lists, scopes: approved };
    Listed::of(policy, case, page.lists).set(|scope, kind| !(approved.leaves(scope) || approved.stays(kind)))
}

/// The ordinary scopes that were asked for and are left out, because the prior grant remembers them as refused; one that
/// comes back with what was granted before is not left out.
pub(super) fn refused_before<'a>(
    policy: &'a Policy,
    case: &'a AuthorizeCase,
    plan: ScopePlan,
) -> impl Iterator<Item = &'a Text> {
    let listed = Listed::of(policy, case, plan);
    let everything = Listed { plan: ScopePlan { without_refused: false, ..plan }, ..listed };
    let comes_back = move |kind: ScopeKind| {
        (listed.included.is_some() && kind.is_plain() && kind.was_granted)
            || (listed.adds_online && kind.word == Some(AccessWord::OnlineAccess))
    };
    let left_out = move |kind: ScopeKind| everything.has_asked(kind) && !listed.has_asked(kind) && !comes_back(kind);
    case.scopes.each().filter(move |(_, kind)| left_out(*kind)).map(|(scope, _)| scope)
}

/// What a person leaves in of what the page lists; everything where nothing is named.
#[derive(Clone, Copy)]
struct Approved<'a> {
    page: Option<ConsentPage>,
    plan: ScopePlan,
    scopes: Option<&'a Scopes>,
}

impl Approved<'_> {
    fn leaves(self, scope: &str) -> bool {
        self.scopes.is_none_or(|approved| approved.contains(scope))
    }

    fn stays(self, kind: ScopeKind) -> bool {
        self.page.is_some_and(|page| stays(page, kind))
    }

    /// Whether a scope that the page lists is part of the result.
    fn grants(self, scope: &str, kind: ScopeKind) -> bool {
        if kind.is_offline {
            self.plan.offline == Access::Standing && self.leaves(scope)
        } else if kind.is_online {
            self.plan.online == Access::Standing
        } else {
            self.leaves(scope) || self.stays(kind)
        }
    }
}

/// The scopes of the result; `approved` are those that the person left in, all where it is none.
pub(super) fn granted(
    policy: &Policy,
    case: &AuthorizeCase,
    page: Option<ConsentPage>,
    plan: ScopePlan,
    approved: Option<&Scopes>,
) -> Scopes {
    let approved = Approved { page, plan, scopes: approved };
    Listed::of(policy, case, plan).set(|scope, kind| approved.grants(scope, kind))
}

/// Whether the page marks a scope as granted before.
pub(super) const fn granted_before(page: ConsentPage, kind: ScopeKind) -> bool {
    page.counts_prior_grant && kind.was_granted
}

/// Whether a scope stays granted whatever the answer.
pub(super) const fn stays(page: ConsentPage, kind: ScopeKind) -> bool {
    let stays = match page.stays {
        Stays::Everything => true,
        Stays::Openid => kind.is_openid,
        Stays::Nothing => false,
    };
    stays && granted_before(page, kind)
}

/// Whether a person may leave a scope out. Without `openid` the request would be another one, which nobody sent, unless
/// that takes nothing from it.
pub(super) fn optional(policy: &Policy, scope: &str) -> bool {
    let needs_openid = policy.knobs.openid_connect == OpenidConnect::Yes
        && policy.knobs.id_token_needs_openid == IdTokenNeedsOpenid::Granted;
    (scope != OPENID || !needs_openid)
        && policy.configuration.optional_scopes.as_ref().is_none_or(|optional| optional.contains(scope))
}

/// What an answer leaves.
pub(super) struct Left {
    /// Of the ordinary scopes on the page.
    pub(super) kept: Kept,
    /// Whether offline access is left in, where the page lists it.
    pub(super) offline: bool,
    /// Whether online access is left in, where the page lists it.
    pub(super) online: bool,
    /// Whether what is left, if nothing else takes any of it away, goes beyond name, email address and profile.
    pub(super) beyond_basic_profile: bool,
}

/// What an answer leaves of what the page lists; everything where it names no scopes.
pub(super) fn left(policy: &Policy, case: &AuthorizeCase, asking: &Asking, approved: Option<&Scopes>) -> Left {
    let approved = Approved { page: asking.page(), plan: asking.scopes(), scopes: approved };
    let (mut offline, mut online) = (Words::default(), Words::default());
    let (mut ordinary, mut refused) = (0_usize, 0_usize);
    let (mut needed_refused, mut beyond_basic_profile) = (false, false);
    for (scope, kind) in Listed::of(policy, case, asking.scopes()).each() {
        let is_left = approved.leaves(scope);
        if kind.is_offline {
            offline.note(is_left);
        }
        if kind.is_online {
            online.note(is_left);
        }
        if kind.is_plain() {
            ordinary = ordinary.saturating_add(1);
            if !is_left && !approved.stays(kind) {
                refused = refused.saturating_add(1);
                needed_refused |= !optional(policy, scope);
            }
        }
        beyond_basic_profile |= approved.grants(scope, kind) && !lifetimes::is_of_the_basic_profile(scope);
    }
    let kept = if ordinary == 0 {
        Kept::NoneListed
    } else if needed_refused {
        Kept::RequiredRefused
    } else if refused == 0 {
        Kept::All
    } else if refused == ordinary {
        Kept::Nothing
    } else {
        Kept::Some
    };
    Left { kept, offline: offline.are_left(), online: online.are_left(), beyond_basic_profile }
}

/// Words for offline or online access, of which one that is left is enough.
#[derive(Clone, Copy, Default)]
struct Words {
    are_listed: bool,
    one_is_left: bool,
}

impl Words {
    const fn note(&mut self, is_left: bool) {
        self.are_listed = true;
        self.one_is_left |= is_left;
    }

    const fn are_left(self) -> bool {
        !self.are_listed || self.one_is_left
    }
}

//! Which scopes an authorization gives: those that were asked for, are allowed, or were granted already.

use super::requests::{GRANTS_OFFLINE, GRANTS_ONLINE, never};
use super::stated::{Invariant, Proof, Under};
use super::tokens::{is_asked, offline_scope_asked};
use crate::decide::authorize::component::Component;
use crate::decide::authorize::facts::{AuthorizeFacts, GrantAction, IncludeGrantedScopes, PriorGrant};
use crate::decide::authorize::part::Part;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::knobs::{
    BrowserRequiresOnlineAccess, GrantModel, HonourOnlineAccess, IncludeGrantedScopesExcludes,
    IncludeGrantedScopesPublic, OnlineAccessScope, SupportsIncludeGrantedScopes,
};
use crate::sources::{GRANT_MANAGEMENT, INCREMENTAL_00, ONLINE_ACCESS, OPENID_CORE, RFC_6749};

const ADDS_GRANTED: (Component, fn(&Part) -> bool) =
    (Component::Scope, |part| matches!(part, Part::Scope(Some(scopes)) if scopes.included.is_some()));

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "scope.offline_as_asked",
        statement: "Offline access is among the granted scopes only where it was asked for, and is known and allowed.",
        sources: &[RFC_6749.at("section 3.3", "section-3.3"), OPENID_CORE.at("section 11", "OfflineAccess")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(|policy, facts| !offline_scope_asked(policy, facts), &[GRANTS_OFFLINE])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "scope.online_as_asked",
        statement: "Online access is among the granted scopes only where it was asked for, and is known and allowed, or where the \
            policy adds it for single-page applications.",
        sources: &[RFC_6749.at("section 3.3", "section-3.3"), ONLINE_ACCESS.whole()],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(
                    |policy, facts| {
                        let adds = policy.browser_requires_online_access == BrowserRequiresOnlineAccess::Add
                            && facts.application_type() == ApplicationType::Browser;
                        !is_asked(facts.asks_online_access()) && !adds
                    },
                    &[GRANTS_ONLINE],
                ),
                never(
                    |policy, _| {
                        policy.online_access_scope == OnlineAccessScope::No
                            || policy.honour_online_access == HonourOnlineAccess::No
                    },
                    &[GRANTS_ONLINE],
                ),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "scope.adds_what_was_granted",
        statement: "Scopes are added only from a grant of this user, and only where the request asks for that in words which the \
            policy knows.",
        sources: &[INCREMENTAL_00.at("section 4", "section-4"), GRANT_MANAGEMENT.at("section 5.2", "")],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(|_, facts| facts.prior_grant() == PriorGrant::None, &[ADDS_GRANTED]),
                never(
                    |policy, facts| {
                        facts.prior_grant() == PriorGrant::SameProject && policy.grant_model != GrantModel::PerProject
                    },
                    &[ADDS_GRANTED],
                ),
                never(
                    |policy, facts| {
                        let included = policy.supports_include_granted_scopes == SupportsIncludeGrantedScopes::Yes
                            && facts.include_granted_scopes() == IncludeGrantedScopes::True;
                        let merged =
                            policy.grant_model == GrantModel::Multiple && facts.grant_action() == GrantAction::Merge;
                        !included && !merged
                    },
                    &[ADDS_GRANTED],
                ),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "scope.public_clients_add_nothing",
        statement: "A public client gets no earlier scopes without being asked for them, because anybody could pretend to be it.",
        sources: &[INCREMENTAL_00.at("section 5", "section-5")],
        under: Some(Under {
            says: "include_granted_scopes_public is not honour and include_granted_scopes_excludes is public_clients",
            holds: |knobs| {
                knobs.include_granted_scopes_public != IncludeGrantedScopesPublic::Honour
                    && knobs.include_granted_scopes_excludes == IncludeGrantedScopesExcludes::PublicClients
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    let merged =
                        policy.grant_model == GrantModel::Multiple && facts.grant_action() == GrantAction::Merge;
                    facts.client_type() == ClientType::Public && !merged
                },
                &[ADDS_GRANTED],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
];

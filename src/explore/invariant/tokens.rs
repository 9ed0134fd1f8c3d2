//! Which refresh tokens an authorization gives, and when offline access stands.

use super::consent::{approved, asks_for_page, installed};
use super::requests::{GIVES_REFRESH_TOKEN, GRANTS_OFFLINE, GRANTS_ONLINE, ISSUES, never};
use super::sign_in::other_prompt;
use super::stated::{Invariant, Proof, Under};
use crate::decide::authorize::component::Component;
use crate::decide::authorize::facts::{
    AccessType, AskedResponseType, AskedWord, AuthorizeFacts, Condition, PriorGrant, SavedConsent,
};
use crate::decide::authorize::part::Part;
use crate::decide::authorize::verdict::Access;
use crate::decide::life::{Binding, Otherwise};
use crate::decide::reason::Reason;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::knobs::{
    ApplyToPlainOauth, DefaultRefreshTokenBinding, FirstRefreshTokenRule, HybridFlow, HybridOffline,
    IssueRefreshTokens, Knobs, NativeOfflineByDefault, OfflineRequest, OfflineScopeWithoutCode, OfflineWithoutConsent,
    OpenidConnect, PlainOauthRefreshToken, PromptNoneWithOffline, PromptVocabulary, RefreshTokenOnAutoApproval,
    RefreshTokenWithoutOffline, ResourceAllowsOffline, SavedConsentIsCondition, UnregisteredRefreshGrant,
};
use crate::sources::{
    AUTH0_REFRESH, BSHAFFER, GOOGLE_2011, GOOGLE_NATIVE, ISSUE_539, KEYCLOAK_OFFLINE, ONLINE_ACCESS, OPENID_CORE,
    OPENID_REGISTRATION, RFC_6749, RFC_9700, SMART,
};

const LACKS_CONSENT: (Component, fn(&Part) -> bool) = (
    Component::Scope,
    |part| matches!(part, Part::Scope(Some(scopes)) if scopes.offline == Access::Ignored(Reason::PromptLacksConsent)),
);
const GRANTS_NO_OFFLINE: (Component, fn(&Part) -> bool) =
    (Component::Scope, |part| matches!(part, Part::Scope(Some(scopes)) if scopes.offline != Access::Standing));
const GIVES_OFFLINE_TOKEN: (Component, fn(&Part) -> bool) =
    (Component::RefreshToken, |part| matches!(part, Part::RefreshToken(Some(Ok((Binding::Offline, _))))));
const GIVES_SESSION_TOKEN: (Component, fn(&Part) -> bool) =
    (Component::RefreshToken, |part| matches!(part, Part::RefreshToken(Some(Ok((Binding::Session, _))))));

/// A scope was asked for that the server knows and allows.
pub(super) const fn is_asked(word: AskedWord) -> bool {
    matches!(word, AskedWord::Asked | AskedWord::Supported)
}

pub(super) fn offline_scope_asked<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    match policy.offline_request {
        OfflineRequest::None | OfflineRequest::AccessType => false,
        OfflineRequest::Scope => is_asked(facts.asks_offline_access()),
        OfflineRequest::ScopeOrRefreshToken => {
            is_asked(facts.asks_offline_access()) || is_asked(facts.asks_refresh_token_scope())
        }
    }
}

/// The parameter access_type asks for offline access, or an installed app has it without asking.
fn offline_by_parameter<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let by_default = policy.native_offline_by_default == NativeOfflineByDefault::Yes
        && facts.application_type() == ApplicationType::Native;
    policy.offline_request == OfflineRequest::AccessType && (by_default || facts.access_type() == AccessType::Offline)
}

/// A request of OpenID Connect, to a server that knows it.
fn is_openid<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    facts.openid() && policy.openid_connect == OpenidConnect::Yes
}

/// Its code is redeemed as one of OpenID Connect.
fn redeems_openid<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let hybrid = facts.response_type() != AskedResponseType::Code;
    is_openid(policy, facts) && !(hybrid && policy.hybrid_flow == HybridFlow::PlainCode)
}

/// A plain OAuth request gets a refresh token whatever it asks for.
fn plain_always<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.plain_oauth_refresh_token == PlainOauthRefreshToken::Always && !redeems_openid(policy, facts)
}

fn offline_covered_before<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    facts.prior_grant() == PriorGrant::ThisClient
        && (facts.offline_granted_before()
            || (policy.offline_request == OfflineRequest::ScopeOrRefreshToken
                && facts.refresh_token_scope_granted_before()))
}

/// OpenID Connect Core, section 11, binds this request.
fn bound_by_section_11<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    is_openid(policy, facts) || policy.apply_to_plain_oauth == ApplyToPlainOauth::Yes
}

/// A consent on record permits offline access.
fn saved_consent_permits<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    offline_covered_before(policy, facts)
        && match policy.saved_consent_is_condition {
            SavedConsentIsCondition::Yes => true,
            SavedConsentIsCondition::IfRecent => {
                matches!(facts.saved_consent(), SavedConsent::ExplicitRecent | SavedConsent::Administrative)
            }
            SavedConsentIsCondition::No => facts.saved_consent() == SavedConsent::Administrative,
        }
}

fn of_section_11(knobs: &Knobs) -> bool {
    matches!(knobs.offline_without_consent, OfflineWithoutConsent::Ignore | OfflineWithoutConsent::Error)
        && matches!(knobs.offline_request, OfflineRequest::Scope | OfflineRequest::ScopeOrRefreshToken)
}

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "refresh_token.needs_code",
        statement: "There is no refresh token without a code.",
        sources: &[
            RFC_6749.at("section 4.2.2", "section-4.2.2"),
            OPENID_CORE.at("section 11, bullet 2", "OfflineAccess"),
        ],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(
                    |_, facts| !facts.response_type().known().is_some_and(|response_type| response_type.returns_code()),
                    &[GIVES_REFRESH_TOKEN],
                ),
                never(
                    |_, _| true,
                    &[
                        GIVES_REFRESH_TOKEN,
                        (Component::Stored, |part| matches!(part, Part::Stored(Some(stored)) if !stored.code)),
                    ],
                ),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh_token.needs_grant_type",
        statement: "A client that did not register the grant type refresh_token gets no refresh token.",
        sources: &[OPENID_REGISTRATION.at("section 2", "ClientMetadata")],
        under: Some(Under {
            says: "unregistered_refresh_grant is ignore or error",
            holds: |knobs| {
                matches!(
                    knobs.unregistered_refresh_grant,
                    UnregisteredRefreshGrant::Ignore | UnregisteredRefreshGrant::Error
                )
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(|_, facts| !facts.refresh_grant_registered(), &[GIVES_REFRESH_TOKEN])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "refresh_token.declined",
        statement: "A client to which the policy gives no refresh tokens gets none.",
        sources: &[RFC_9700.at("section 4.14.2", "section-4.14.2")],
        under: Some(Under {
            says: "issue_refresh_tokens is false",
            holds: |knobs| knobs.issue_refresh_tokens == IssueRefreshTokens::No,
        }),
        proof: Proof::Claims { authorize: &[never(|_, _| true, &[GIVES_REFRESH_TOKEN])], token: &[], lifecycle: &[] },
    },
    Invariant {
        id: "refresh_token.confidential_clients",
        statement: "Where the policy gives refresh tokens to confidential clients alone, a public client gets none.",
        sources: &[RFC_9700.at("section 4.14.2", "section-4.14.2")],
        under: Some(Under {
            says: "issue_refresh_tokens is confidential_clients",
            holds: |knobs| knobs.issue_refresh_tokens == IssueRefreshTokens::ConfidentialClients,
        }),
        proof: Proof::Claims {
            authorize: &[never(|_, facts| facts.client_type() == ClientType::Public, &[GIVES_REFRESH_TOKEN])],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "offline.prompt_or_condition",
        statement: "Offline access by a scope stands only if prompt contains consent, or if another condition for processing permits \
            it.",
        sources: &[
            OPENID_CORE.at("section 11, bullets 1 and 3", "OfflineAccess"),
            ISSUE_539.at("comment 6 (G. Fletcher), bullet 1", ""),
        ],
        under: Some(Under {
            says: "offline_request is a scope and offline_without_consent is ignore or error",
            holds: of_section_11,
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    bound_by_section_11(policy, facts)
                        && facts.condition() != Condition::Offline
                        && !asks_for_page(policy, facts)
                        && !saved_consent_permits(policy, facts)
                },
                &[GRANTS_OFFLINE],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "offline.consent_is_valid",
        statement: "Consent that would not be valid permits no offline access.",
        sources: &[OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy"), ISSUE_539.at("comment 7 (N. Sakimura)", "")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    let saved = bound_by_section_11(policy, facts)
                        && of_section_11(policy)
                        && saved_consent_permits(policy, facts);
                    !facts.consent_valid()
                        && facts.condition() != Condition::Offline
                        && !installed(policy, facts)
                        && !saved
                },
                &[GRANTS_OFFLINE],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "offline.approved_or_on_record",
        statement: "Offline access by a scope is given only with an approval, a consent on record, or another condition for \
            processing.",
        sources: &[OPENID_CORE.at("section 11", "OfflineAccess"), OPENID_CORE.at("section 3.1.2.4", "Consent")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    bound_by_section_11(policy, facts)
                        && of_section_11(policy)
                        && facts.condition() != Condition::Offline
                        && !approved(facts)
                        && !installed(policy, facts)
                        && !saved_consent_permits(policy, facts)
                },
                &[ISSUES, GRANTS_OFFLINE],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "offline.not_under_prompt_none",
        statement: "Under prompt=none, a request for offline access that only lacks consent fails, and is not answered \
            without it.",
        sources: &[OPENID_CORE.at("section 3.1.2.6", "AuthError")],
        under: Some(Under {
            says: "prompt_none_with_offline is error and prompt_vocabulary is not none",
            holds: |knobs| {
                knobs.prompt_none_with_offline == PromptNoneWithOffline::Error
                    && knobs.prompt_vocabulary != PromptVocabulary::None
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    let counts = policy.prompt_vocabulary != PromptVocabulary::NoneOnly || !other_prompt(facts);
                    facts.prompt_none() && counts
                },
                &[ISSUES, LACKS_CONSENT],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "offline.eligible",
        statement: "A client or a user that may not have offline access does not get it by a scope.",
        sources: &[SMART.whole(), KEYCLOAK_OFFLINE.whole()],
        under: None,
        proof: Proof::Claims {
            authorize: &[
                never(|_, facts| !facts.client_eligible(), &[GRANTS_OFFLINE]),
                never(|_, facts| !facts.client_eligible(), &[GRANTS_ONLINE]),
                never(|_, facts| !facts.user_may_have_offline(), &[GRANTS_OFFLINE]),
            ],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "offline.api_allows",
        statement: "Offline access that the API does not allow is not granted.",
        sources: &[AUTH0_REFRESH.whole()],
        under: Some(Under {
            says: "resource_allows_offline is false",
            holds: |knobs| knobs.resource_allows_offline == ResourceAllowsOffline::No,
        }),
        proof: Proof::Claims { authorize: &[never(|_, _| true, &[GRANTS_OFFLINE])], token: &[], lifecycle: &[] },
    },
    Invariant {
        id: "offline.token_needs_offline_access",
        statement: "A refresh token outlives the session only where offline access was asked for and granted, or where an installed app \
            or a plain OAuth request has it anyway.",
        sources: &[OPENID_CORE.at("section 11", "OfflineAccess"), GOOGLE_NATIVE.whole(), BSHAFFER.whole()],
        under: Some(Under {
            says: "refresh_token_without_offline is false, or default_refresh_token_binding is session",
            holds: |knobs| {
                knobs.refresh_token_without_offline == RefreshTokenWithoutOffline::No
                    || knobs.default_refresh_token_binding == DefaultRefreshTokenBinding::Session
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| !offline_by_parameter(policy, facts) && !plain_always(policy, facts),
                &[GIVES_OFFLINE_TOKEN, GRANTS_NO_OFFLINE],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "offline.not_in_the_front_channel",
        statement: "An access token that passes through the browser does not carry offline access.",
        sources: &[OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy")],
        under: Some(Under {
            says: "hybrid_offline is not full and offline_scope_without_code is dropped",
            holds: |knobs| {
                knobs.hybrid_offline != HybridOffline::Full
                    && knobs.offline_scope_without_code == OfflineScopeWithoutCode::Dropped
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |_, _| true,
                &[(Component::Tokens, |part| {
                    matches!(part, Part::Tokens(Some(tokens))
                    if tokens.front_access_token.is_some_and(|token| token.carries_offline))
                })],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "online.ends_with_the_session",
        statement: "A refresh token that was asked for with online_access alone ends with the session.",
        sources: &[ONLINE_ACCESS.whole(), SMART.whole()],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| !offline_by_parameter(policy, facts) && !plain_always(policy, facts),
                &[GRANTS_ONLINE, GRANTS_NO_OFFLINE, GIVES_OFFLINE_TOKEN],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "online.life_is_the_session",
        statement: "A refresh token that is bound to the session is said to end with it.",
        sources: &[ONLINE_ACCESS.whole(), ISSUE_539.at("comment 4 (G. Fletcher)", "")],
        under: None,
        proof: Proof::Claims {
            authorize: &[never(
                |_, _| true,
                &[
                    GIVES_SESSION_TOKEN,
                    (
                        Component::RefreshTokenLifetime,
                        |part| !matches!(part, Part::RefreshTokenLifetime(Some(life)) if life.otherwise == Otherwise::WithSession),
                    ),
                ],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
    Invariant {
        id: "auto_approval.no_refresh_token",
        statement: "A request that was approved without asking the user gives no refresh token.",
        sources: &[GOOGLE_2011.at("change 3", ""), ISSUE_539.at("comment 2 (Breno), principles 3 and 4", "")],
        under: Some(Under {
            says: "refresh_token_on_auto_approval is never and first_refresh_token_rule is consented_response",
            holds: |knobs| {
                knobs.refresh_token_on_auto_approval == RefreshTokenOnAutoApproval::Never
                    && knobs.first_refresh_token_rule == FirstRefreshTokenRule::ConsentedResponse
            },
        }),
        proof: Proof::Claims {
            authorize: &[never(
                |policy, facts| {
                    let by_default = policy.native_offline_by_default == NativeOfflineByDefault::Yes
                        && facts.application_type() == ApplicationType::Native;
                    !approved(facts) && !by_default && !plain_always(policy, facts)
                },
                &[ISSUES, GIVES_REFRESH_TOKEN],
            )],
            token: &[],
            lifecycle: &[],
        },
    },
];

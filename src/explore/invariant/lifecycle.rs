//! What ends, and what lives on.

use super::super::truth::When;
use super::claim::{Case, Claim, Says};
use super::stated::{Invariant, Proof, Under};
use super::token::{self, REFRESHED};
use crate::decide::lifecycle::component::{Component, Outcome, Part};
use crate::decide::lifecycle::facts::{LifecycleFacts, Occurrence, Record, Revoked, StoredStatus, UserAnswer};
use crate::decide::lifecycle::verdict::{Consequence, Lifecycle};
use crate::decide::token::facts::{Due, TokenFacts};
use crate::oauth::client::ClientType;
use crate::policy::knobs::{
    AccountSwitchEndsSession, ConditionWithdrawnRevokes, DeclinedLogout, LogoutRevokesOffline,
    PasswordChangeRevokesOffline, RevocationCascadesToGrant, UserRevocationClearsConsent,
};
use crate::sources::{
    BACK_CHANNEL_LOGOUT, GDPR, GRANT_MANAGEMENT, ISSUE_539, ONLINE_ACCESS, OPENID_CORE, RFC_6749, RFC_7009, RFC_9700,
    RP_INITIATED_LOGOUT,
};

const IS_ALIVE: Says<Lifecycle> = (Component::Outcome, |part| *part == Part::Outcome(Outcome::Alive));
const DOES_NOT_END: Says<Lifecycle> =
    (Component::Outcome, |part| matches!(part, Part::Outcome(Outcome::Refused(..) | Outcome::AskUser)));
const ENDS_SOMETHING: Says<Lifecycle> =
    (Component::Ends, |part| matches!(part, Part::Ends(ends) if ends.iter().any(Option::is_some)));
const ENDS_OTHERS: Says<Lifecycle> = (Component::Ends, |part| {
    any(part, |what| !matches!(what, Consequence::ClientTokensOfSession | Consequence::Grant))
});
const SESSION_TOKENS_LIVE: Says<Lifecycle> = (Component::Ends, |part| {
    !any(part, |what| matches!(what, Consequence::SessionTokens(_))) || !any(part, |what| what == Consequence::Session)
});
const OFFLINE_TOKENS_END: Says<Lifecycle> = (Component::Ends, |part| {
    any(part, |what| {
        matches!(
            what,
            Consequence::OfflineTokensOfSession
                | Consequence::OfflineTokensOfBrowserClients
                | Consequence::OfflineTokensOfUser
        )
    })
});

fn any(part: &Part, is: impl Fn(Consequence) -> bool) -> bool {
    matches!(part, Part::Ends(ends) if ends.iter().flatten().any(|what| is(*what)))
}

const fn never(when: When<Lifecycle>, says: &'static [Says<Lifecycle>]) -> Claim<Lifecycle> {
    Claim::Never(Case { when, says })
}

/// The user's session ends, whoever ends it.
fn session_ends<F: LifecycleFacts>(facts: &F) -> bool {
    match facts.occurrence() {
        Occurrence::Logout | Occurrence::SessionTimeout | Occurrence::AdminEndsSession => true,
        Occurrence::RpInitiatedLogout => facts.signed_in() && facts.user_answer() == UserAnswer::Yes,
        _ => false,
    }
}

fn logs_out<F: LifecycleFacts>(facts: &F) -> bool {
    session_ends(facts) && matches!(facts.occurrence(), Occurrence::Logout | Occurrence::RpInitiatedLogout)
}

/// A client asks the server to log the user out.
fn is_asked_by_client<F: LifecycleFacts>(facts: &F) -> bool {
    facts.occurrence() == Occurrence::RpInitiatedLogout
}

/// A client that may revoke asks for it.
fn revokes<F: LifecycleFacts>(facts: &F) -> bool {
    facts.occurrence() == Occurrence::RevocationRequest
        && facts.client_known()
        && (facts.client_type() == ClientType::Public || facts.authenticated())
}

pub(super) const ALL: &[Invariant] = &[
    Invariant {
        id: "session.nothing_bound_lives_on",
        statement: "After logout, and whenever the session ends otherwise, no token lives that is bound to it.",
        sources: &[
            ONLINE_ACCESS.whole(),
            ISSUE_539.at("comment 4 (G. Fletcher)", ""),
            BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions"),
        ],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[token::never(|_, facts| facts.due() == Due::Session && !facts.session_alive(), &[REFRESHED])],
            lifecycle: &[
                never(|_, facts| session_ends(facts), &[SESSION_TOKENS_LIVE]),
                never(
                    |_, facts| {
                        facts.occurrence() == Occurrence::StatusAsked
                            && matches!(facts.record(), Record::AccessToken | Record::RefreshToken)
                            && facts.bound_to_session()
                            && !facts.session_alive()
                    },
                    &[IS_ALIVE],
                ),
            ],
        },
    },
    Invariant {
        id: "session.switched",
        statement: "Switching the account ends what is bound to the session of the other account.",
        sources: &[ONLINE_ACCESS.whole()],
        under: Some(Under {
            says: "account_switch_ends_session is true",
            holds: |knobs| knobs.account_switch_ends_session == AccountSwitchEndsSession::Yes,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(|_, facts| facts.occurrence() == Occurrence::SwitchAccount, &[SESSION_TOKENS_LIVE])],
        },
    },
    Invariant {
        id: "session.offline_lives_on",
        statement: "The end of a session by time or by an administrator ends no offline refresh token.",
        sources: &[BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions"), ISSUE_539.at("comment 6 (G. Fletcher)", "")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(
                |_, facts| matches!(facts.occurrence(), Occurrence::SessionTimeout | Occurrence::AdminEndsSession),
                &[OFFLINE_TOKENS_END],
            )],
        },
    },
    Invariant {
        id: "logout.offline_lives_on",
        statement: "Logout ends no offline refresh token.",
        sources: &[BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions"), ISSUE_539.at("comment 6 (G. Fletcher)", "")],
        under: Some(Under {
            says: "logout_revokes_offline is false or access_tokens_only",
            holds: |knobs| {
                matches!(
                    knobs.logout_revokes_offline,
                    LogoutRevokesOffline::No | LogoutRevokesOffline::AccessTokensOnly
                )
            },
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(|_, facts| logs_out(facts), &[OFFLINE_TOKENS_END])],
        },
    },
    Invariant {
        id: "logout.with_the_users_word",
        statement: "A client logs a user out only with the user's word; nothing ends before it, and where the user declines no more \
            than what that client has.",
        sources: &[RP_INITIATED_LOGOUT.at("section 2", "RPLogout")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[
                never(
                    |_, facts| is_asked_by_client(facts) && facts.user_answer() == UserAnswer::Open,
                    &[ENDS_SOMETHING],
                ),
                never(|_, facts| is_asked_by_client(facts) && facts.user_answer() == UserAnswer::No, &[ENDS_OTHERS]),
                never(
                    |policy, facts| {
                        is_asked_by_client(facts)
                            && facts.user_answer() == UserAnswer::No
                            && (policy.declined_logout == DeclinedLogout::Nothing || !facts.logout_client())
                    },
                    &[ENDS_SOMETHING],
                ),
            ],
        },
    },
    Invariant {
        id: "refused.ends_nothing",
        statement: "What is refused, or first asked about, ends nothing.",
        sources: &[RFC_6749.at("section 5.2", "section-5.2"), RFC_7009.at("section 2.2.1", "section-2.2.1")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(|_, _| true, &[DOES_NOT_END, ENDS_SOMETHING])],
        },
    },
    Invariant {
        id: "revocation.own_tokens_only",
        statement: "A client revokes only its own tokens, and a confidential one only when it authenticates.",
        sources: &[RFC_7009.at("section 2.1", "section-2.1")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[
                never(
                    |_, facts| {
                        facts.occurrence() == Occurrence::RevocationRequest
                            && !matches!(facts.revoked(), Revoked::AccessToken | Revoked::RefreshToken)
                    },
                    &[ENDS_SOMETHING],
                ),
                never(
                    |_, facts| facts.occurrence() == Occurrence::RevocationRequest && !revokes(facts),
                    &[ENDS_SOMETHING],
                ),
            ],
        },
    },
    Invariant {
        id: "revocation.refresh_token",
        statement: "A revoked refresh token ends, and takes its access tokens along.",
        sources: &[RFC_7009.at("section 2.1", "section-2.1")],
        under: Some(Under {
            says: "revocation_cascades_to_grant is not family_spared",
            holds: |knobs| knobs.revocation_cascades_to_grant != RevocationCascadesToGrant::FamilySpared,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(
                |_, facts| revokes(facts) && facts.revoked() == Revoked::RefreshToken,
                &[(Component::Ends, |part| {
                    !any(part, |what| what == Consequence::PresentedToken)
                        || !any(part, |what| what == Consequence::FamilyAccessTokens)
                })],
            )],
        },
    },
    Invariant {
        id: "revocation.keeps_the_grant",
        statement: "A revoked token leaves the grant alone, unless it is a refresh token and the policy says so.",
        sources: &[RFC_7009.at("section 2.1", "section-2.1")],
        under: Some(Under {
            says: "revocation_cascades_to_grant is not true",
            holds: |knobs| knobs.revocation_cascades_to_grant != RevocationCascadesToGrant::Yes,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(
                |policy, facts| {
                    let cascades = policy.revocation_cascades_to_grant == RevocationCascadesToGrant::RefreshTokenOnly
                        && facts.revoked() == Revoked::RefreshToken;
                    facts.occurrence() == Occurrence::RevocationRequest && !cascades
                },
                &[(Component::Ends, |part| any(part, |what| what == Consequence::Grant))],
            )],
        },
    },
    Invariant {
        id: "revocation.named_token",
        statement: "A revoked token ends, and nothing else does.",
        sources: &[RFC_7009.at("section 2.1", "section-2.1")],
        under: Some(Under {
            says: "revocation_cascades_to_grant is family_spared",
            holds: |knobs| knobs.revocation_cascades_to_grant == RevocationCascadesToGrant::FamilySpared,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[
                never(
                    |_, facts| facts.occurrence() == Occurrence::RevocationRequest,
                    &[(Component::Ends, |part| any(part, |what| what != Consequence::PresentedToken))],
                ),
                never(
                    |_, facts| revokes(facts) && facts.revoked() == Revoked::RefreshToken,
                    &[(Component::Ends, |part| !any(part, |what| what == Consequence::PresentedToken))],
                ),
            ],
        },
    },
    Invariant {
        id: "user.revokes",
        statement: "When the user takes a client's access back, every token of that client ends, and the consent is forgotten where the \
            policy says so.",
        sources: &[OPENID_CORE.at("section 16.18", "LongLivedTokens"), ISSUE_539.at("comment 4 (G. Fletcher)", "")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[
                never(
                    |_, facts| facts.occurrence() == Occurrence::UserRevokesApp,
                    &[(Component::Ends, |part| !any(part, |what| what == Consequence::ClientTokens))],
                ),
                never(
                    |policy, facts| {
                        facts.occurrence() == Occurrence::UserRevokesApp
                            && policy.user_revocation_clears_consent == UserRevocationClearsConsent::Yes
                    },
                    &[(Component::Ends, |part| !any(part, |what| what == Consequence::Grant))],
                ),
            ],
        },
    },
    Invariant {
        id: "password.keeps",
        statement: "A changed password ends nothing.",
        sources: &[RFC_9700.at("section 4.14.2", "section-4.14.2")],
        under: Some(Under {
            says: "password_change_revokes_offline is false",
            holds: |knobs| knobs.password_change_revokes_offline == PasswordChangeRevokesOffline::No,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(|_, facts| facts.occurrence() == Occurrence::PasswordChange, &[ENDS_SOMETHING])],
        },
    },
    Invariant {
        id: "condition.withdrawn",
        statement: "When a condition for processing is withdrawn, the tokens that rest on it end.",
        sources: &[GDPR.at("article 6(1)", ""), ISSUE_539.at("comment 7 (N. Sakimura)", "")],
        under: Some(Under {
            says: "condition_withdrawn_revokes is true",
            holds: |knobs| knobs.condition_withdrawn_revokes == ConditionWithdrawnRevokes::Yes,
        }),
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(
                |_, facts| facts.occurrence() == Occurrence::ConditionWithdrawn,
                &[(Component::Ends, |part| !any(part, |what| what == Consequence::ConditionTokens))],
            )],
        },
    },
    Invariant {
        id: "grant.of_its_client",
        statement: "The Grant Management API ends nothing without its scope, and no grant that is not this client's.",
        sources: &[GRANT_MANAGEMENT.at("sections 6.1 and 6.5", "")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[never(
                |_, facts| {
                    facts.occurrence() == Occurrence::GrantDeletion && !(facts.grant_scope() && facts.grant_found())
                },
                &[ENDS_SOMETHING],
            )],
        },
    },
    Invariant {
        id: "status.alive",
        statement: "A record is alive only if it is stored as active and its time is not over.",
        sources: &[RFC_6749.at("section 4.2.2", "section-4.2.2"), RFC_7009.at("section 2", "section-2")],
        under: None,
        proof: Proof::Claims {
            authorize: &[],
            token: &[],
            lifecycle: &[
                never(|_, facts| facts.stored_status() != StoredStatus::Active || facts.elapsed(), &[IS_ALIVE]),
                never(|_, facts| facts.record() == Record::Missing, &[IS_ALIVE]),
            ],
        },
    },
];

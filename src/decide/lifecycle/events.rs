//! What happens outside of a request of the client, and what it ends.

use super::ending::{ends, keeps};
use super::facts::{LifecycleFacts, LogoutHint, UserAnswer};
use super::verdict::{Consequence, Consequences, LifecycleVerdict};
use crate::decide::record::{self, EndStatus, RecordRule};
use crate::decide::rule::Noted;
use crate::policy::knobs::{
    AccountSwitchEndsSession, ConditionWithdrawnRevokes, DeclinedLogout, Knobs, LogoutRevokesOffline,
    PasswordChangeRevokesOffline, PasswordChangeRule, UserRevocationClearsConsent,
};
use crate::sources::{
    BACK_CHANNEL_LOGOUT, BETTER_AUTH, GDPR, GOOGLE_OAUTH, ISSUE_539, MICROSOFT_REFRESH, OIDC_PROVIDER, ONLINE_ACCESS,
    OPENID_CORE, RFC_9700, RP_INITIATED_LOGOUT,
};

rules! {
    /// What an event ends.
    EventRule;
    MustAsk = "logout.must_ask", Must, "Without an id_token_hint that fits the session, the user is asked before a client logs them out.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout")];
    ShouldAsk = "logout.should_ask", Should, "The user is asked before a client logs them out.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout")];
    LogoutDeclined = "logout.declined", Inferred, "The user stays signed in, and nothing ends.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout")];
    DeclinedEndsClient = "logout.declined_ends_client", Vendor, "The user stays signed in, but the tokens that the asking client has in the session end, and its consent is forgotten.", [OIDC_PROVIDER.at("lib/actions/end_session.js", "")];
    SessionEnds = "session.ends", Must, "The session at the authorization server ends.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout"), ONLINE_ACCESS.whole()];
    OfflineSurvives = "session.offline_survives", Should, "An offline refresh token survives the end of the session.", [BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions"), ISSUE_539.at("comment 6 (G. Fletcher)", "")];
    LogoutEndsOffline = "logout.ends_offline", May, "Logout is a security event that ends offline refresh tokens, too.", [RFC_9700.at("section 4.14.2", "section-4.14.2")];
    LogoutEndsAccessTokens = "logout.access_tokens", Vendor, "Every access token of the session ends with it, and offline refresh tokens live on.", [BETTER_AUTH.at("src/logout.ts, prepareBackchannelLogoutPlan", ""), BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions")];
    AccountSwitchKeeps = "session.switch_keeps", Inferred, "Switching the account leaves the session of the other account alone.", [ONLINE_ACCESS.whole()];
    PasswordEndsOffline = "password.ends_offline", May, "A changed password is a security event that ends offline refresh tokens.", [RFC_9700.at("section 4.14.2", "section-4.14.2"), ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    PasswordEndsGmail = "password.ends_gmail", Vendor, "A changed password ends the refresh tokens that contain Gmail scopes.", [GOOGLE_OAUTH.whole()];
    PasswordEndsPublic = "password.ends_public", Vendor, "A changed password ends the tokens of public clients for which the user signed in with it.", [MICROSOFT_REFRESH.whole()];
    PasswordKeeps = "password.keeps", May, "A changed password ends no token.", [RFC_9700.at("section 4.14.2", "section-4.14.2")];
    UserRevokes = "user.revokes_app", Should, "The user takes the client's access back: every token of that client ends.", [OPENID_CORE.at("section 16.18", "LongLivedTokens"), ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    UserClearsConsent = "user.clears_consent", Vendor, "With the user's revocation the consent is forgotten, so that the page comes again.", [ISSUE_539.at("comment 2 (Breno)", "")];
    ServerRevokes = "server.revokes_refresh_token", Should, "The server revokes a refresh token and the access tokens that came from it, and not the session.", [ONLINE_ACCESS.whole()];
    ConditionEnds = "condition.ends", Inferred, "The condition for processing has ended, and with it the tokens that rest on it.", [GDPR.at("article 6(1)", ""), ISSUE_539.at("comment 7 (N. Sakimura)", "")];
    ConditionStays = "condition.stays", Inferred, "The condition for processing has ended, and what was issued on it stays.", [GDPR.at("article 6(1)", "")];
    NobodySignedIn = "logout.nobody_signed_in", Inferred, "Nobody is signed in, so nothing ends.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout")];
}

/// The rules that take part in an event: its own, and what becomes of records that are bound to the session.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) events: Noted<EventRule>,
    pub(super) records: Noted<RecordRule>,
}

/// The end of a session, with the status that its tokens get.
pub(super) fn session_ends(status: EndStatus, notes: &mut Notes) -> Consequences {
    let mut consequences = Consequences::default();
    ends(&mut notes.events, &mut consequences, Consequence::Session, EventRule::SessionEnds);
    let rule = record::note_ended_session(status, &mut notes.records);
    ends(&mut notes.records, &mut consequences, Consequence::SessionTokens(status), rule);
    consequences
}

/// The user logs out.
pub(super) fn logout(policy: &Knobs, notes: &mut Notes) -> LifecycleVerdict {
    let mut consequences = session_ends(EndStatus::Revoked, notes);
    let (consequence, rule) = match policy.logout_revokes_offline {
        LogoutRevokesOffline::No => {
            notes.events.note(EventRule::OfflineSurvives);
            return LifecycleVerdict::Ends(consequences);
        }
        LogoutRevokesOffline::Yes => (Consequence::OfflineTokensOfSession, EventRule::LogoutEndsOffline),
        LogoutRevokesOffline::BrowserClientsOnly => {
            (Consequence::OfflineTokensOfBrowserClients, EventRule::LogoutEndsOffline)
        }
        LogoutRevokesOffline::AccessTokensOnly => {
            (Consequence::OfflineAccessTokensOfSession, EventRule::LogoutEndsAccessTokens)
        }
    };
    ends(&mut notes.events, &mut consequences, consequence, rule);
    LifecycleVerdict::Ends(consequences)
}

/// The user must be asked where no hint fits the session, and should be asked otherwise.
pub(super) fn rp_initiated_logout<F: LifecycleFacts>(policy: &Knobs, facts: &F, notes: &mut Notes) -> LifecycleVerdict {
    if !facts.signed_in() {
        return keeps(&mut notes.events, EventRule::NobodySignedIn);
    }
    match facts.user_answer() {
        UserAnswer::Open => {
            notes.events.note(match facts.logout_hint() {
                LogoutHint::Fits => EventRule::ShouldAsk,
                LogoutHint::Absent | LogoutHint::Differs => EventRule::MustAsk,
            });
            LifecycleVerdict::AskUser
        }
        UserAnswer::Yes => logout(policy, notes),
        UserAnswer::No => match policy.declined_logout {
            DeclinedLogout::ClientTokensAndConsent if facts.logout_client() => {
                let mut consequences = Consequences::default();
                for consequence in [Consequence::ClientTokensOfSession, Consequence::Grant] {
                    ends(&mut notes.events, &mut consequences, consequence, EventRule::DeclinedEndsClient);
                }
                LifecycleVerdict::Ends(consequences)
            }
            DeclinedLogout::ClientTokensAndConsent | DeclinedLogout::Nothing => {
                keeps(&mut notes.events, EventRule::LogoutDeclined)
            }
        },
    }
}

/// The user switches to another account.
pub(super) fn switch_account(policy: &Knobs, notes: &mut Notes) -> LifecycleVerdict {
    match policy.account_switch_ends_session {
        AccountSwitchEndsSession::Yes => LifecycleVerdict::Ends(session_ends(EndStatus::Revoked, notes)),
        AccountSwitchEndsSession::No => keeps(&mut notes.events, EventRule::AccountSwitchKeeps),
    }
}

/// The user changes the password.
pub(super) fn password_change(policy: &Knobs, notes: &mut Notes) -> LifecycleVerdict {
    let (consequence, rule) = match (policy.password_change_revokes_offline, policy.password_change_rule) {
        (PasswordChangeRevokesOffline::No, _) => return keeps(&mut notes.events, EventRule::PasswordKeeps),
        (PasswordChangeRevokesOffline::Yes, _) => (Consequence::OfflineTokensOfUser, EventRule::PasswordEndsOffline),
        (PasswordChangeRevokesOffline::ByRule, PasswordChangeRule::GmailScopes) => {
            (Consequence::GmailTokensOfUser, EventRule::PasswordEndsGmail)
        }
        (PasswordChangeRevokesOffline::ByRule, PasswordChangeRule::PublicPassword) => {
            (Consequence::PublicPasswordTokens, EventRule::PasswordEndsPublic)
        }
    };
    only(consequence, rule, notes)
}

/// The user takes a client's access back.
pub(super) fn user_revokes(policy: &Knobs, notes: &mut Notes) -> LifecycleVerdict {
    let mut consequences = Consequences::default();
    ends(&mut notes.events, &mut consequences, Consequence::ClientTokens, EventRule::UserRevokes);
    if policy.user_revocation_clears_consent == UserRevocationClearsConsent::Yes {
        ends(&mut notes.events, &mut consequences, Consequence::Grant, EventRule::UserClearsConsent);
    }
    LifecycleVerdict::Ends(consequences)
}

/// The server revokes a refresh token.
pub(super) fn server_revokes(notes: &mut Notes) -> LifecycleVerdict {
    let mut consequences = Consequences::default();
    for consequence in [Consequence::PresentedToken, Consequence::FamilyRefreshTokens, Consequence::FamilyAccessTokens]
    {
        ends(&mut notes.events, &mut consequences, consequence, EventRule::ServerRevokes);
    }
    LifecycleVerdict::Ends(consequences)
}

/// A condition for processing has ended.
pub(super) fn condition_withdrawn(policy: &Knobs, notes: &mut Notes) -> LifecycleVerdict {
    match policy.condition_withdrawn_revokes {
        ConditionWithdrawnRevokes::Yes => only(Consequence::ConditionTokens, EventRule::ConditionEnds, notes),
        ConditionWithdrawnRevokes::No => keeps(&mut notes.events, EventRule::ConditionStays),
    }
}

fn only(consequence: Consequence, rule: EventRule, notes: &mut Notes) -> LifecycleVerdict {
    let mut consequences = Consequences::default();
    ends(&mut notes.events, &mut consequences, consequence, rule);
    LifecycleVerdict::Ends(consequences)
}

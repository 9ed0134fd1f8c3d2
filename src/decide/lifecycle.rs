//! The third engine: what happened, against the stored records of whom it happened to.

use super::rule::{RuleNumber, Trace};
use crate::oauth::client::ClientType;
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{
    AccessTokenRevocationRevokesRefreshToken, AccountSwitchEndsSession, ConditionWithdrawnRevokes,
    ForeignTokenRevocationCode, Knobs, LogoutRevokesOffline, PasswordChangeRevokesOffline, PasswordChangeRule,
    RevocationCascadesToGrant, SessionTimeoutMarks, SupportsAccessTokenRevocation, UserRevocationClearsConsent,
};
use crate::sources::{
    AUTH0_REFRESH, BACK_CHANNEL_LOGOUT, GDPR, GOOGLE_OAUTH, GOOGLE_WEB_SERVER, GRANT_MANAGEMENT, ISSUE_539,
    MICROSOFT_REFRESH, ONLINE_ACCESS, OPENID_CORE, RFC_6749, RFC_7009, RFC_9700, RP_INITIATED_LOGOUT, SMART,
};

rules! {
    from 184 to 255;
    MUST_ASK = "logout.must_ask", Must, "Without an id_token_hint that fits the session, the user is asked before a client logs them out.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout")];
    SHOULD_ASK = "logout.should_ask", Should, "The user is asked before a client logs them out.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout")];
    LOGOUT_DECLINED = "logout.declined", Inferred, "The user stays signed in, and nothing ends.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout")];
    SESSION_ENDS = "session.ends", Must, "The session at the authorization server ends.", [RP_INITIATED_LOGOUT.at("section 2", "RPLogout"), ONLINE_ACCESS.whole()];
    SESSION_TOKENS_END = "session.tokens_end", Must, "All refresh and access tokens that are bound to the session end with it.", [ONLINE_ACCESS.whole(), ISSUE_539.at("comment 4 (G. Fletcher)", ""), BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions")];
    SESSION_TOKENS_EXPIRE = "session.tokens_expire", Vendor, "Tokens that are valid for the life of the session expire with it.", [ISSUE_539.at("comment 4 (G. Fletcher)", ""), SMART.whole()];
    OFFLINE_SURVIVES = "session.offline_survives", Should, "An offline refresh token survives the end of the session.", [BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions"), ISSUE_539.at("comment 6 (G. Fletcher)", "")];
    LOGOUT_ENDS_OFFLINE = "logout.ends_offline", May, "Logout is a security event that ends offline refresh tokens, too.", [RFC_9700.at("section 4.14.2", "section-4.14.2")];
    ACCOUNT_SWITCH_KEEPS = "session.switch_keeps", Inferred, "Switching the account leaves the session of the other account alone.", [ONLINE_ACCESS.whole()];
    PASSWORD_ENDS_OFFLINE = "password.ends_offline", May, "A changed password is a security event that ends offline refresh tokens.", [RFC_9700.at("section 4.14.2", "section-4.14.2"), ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    PASSWORD_ENDS_GMAIL = "password.ends_gmail", Vendor, "A changed password ends the refresh tokens that contain Gmail scopes.", [GOOGLE_OAUTH.whole()];
    PASSWORD_ENDS_PUBLIC = "password.ends_public", Vendor, "A changed password ends the tokens of public clients for which the user signed in with it.", [MICROSOFT_REFRESH.whole()];
    PASSWORD_KEEPS = "password.keeps", May, "A changed password ends no token.", [RFC_9700.at("section 4.14.2", "section-4.14.2")];
    USER_REVOKES = "user.revokes_app", Should, "The user takes the client's access back: every token of that client ends.", [OPENID_CORE.at("section 16.18", "LongLivedTokens"), ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    USER_CLEARS_CONSENT = "user.clears_consent", Vendor, "With the user's revocation the consent is forgotten, so that the page comes again.", [ISSUE_539.at("comment 2 (Breno)", "")];
    SERVER_REVOKES = "server.revokes_refresh_token", Should, "The server revokes a refresh token and the access tokens that came from it, and not the session.", [ONLINE_ACCESS.whole()];
    CONDITION_ENDS = "condition.ends", Inferred, "The condition for processing has ended, and with it the tokens that rest on it.", [GDPR.at("article 6(1)", ""), ISSUE_539.at("comment 7 (N. Sakimura)", "")];
    TOO_MANY = "refresh.too_many", Vendor, "When a user and a client have too many refresh tokens, the oldest ends.", [GOOGLE_OAUTH.whole(), AUTH0_REFRESH.whole()];
    REVOCATION_INVALID = "revoke.invalid", Must, "A revocation request names a token.", [RFC_7009.at("section 2.1", "section-2.1"), RFC_6749.at("section 5.2", "section-5.2")];
    REVOCATION_NOT_AUTHENTICATED = "revoke.client_not_authenticated", Must, "A confidential client authenticates at the revocation endpoint.", [RFC_7009.at("section 2.1", "section-2.1")];
    REVOCATION_UNKNOWN = "revoke.unknown", Must, "A token that the server does not know is as good as revoked.", [RFC_7009.at("section 2.2", "section-2.2")];
    REVOCATION_FOREIGN = "revoke.other_client", Must, "A client revokes only its own tokens.", [RFC_7009.at("section 2.1", "section-2.1")];
    ACCESS_TOKENS_NOT_REVOCABLE = "revoke.access_tokens_not_revocable", May, "The server does not revoke access tokens.", [RFC_7009.at("section 2.2.1", "section-2.2.1")];
    REVOKE_REFRESH_TOKEN = "revoke.refresh_token", Should, "A revoked refresh token takes its access tokens along.", [RFC_7009.at("section 2.1", "section-2.1")];
    REVOKE_ACCESS_TOKEN = "revoke.access_token", Should, "The access token ends.", [RFC_7009.at("section 2", "section-2")];
    REVOKE_UPWARDS = "revoke.access_token_takes_refresh_token", May, "A revoked access token takes its refresh token along.", [RFC_7009.at("section 2.1", "section-2.1"), GOOGLE_WEB_SERVER.whole()];
    REVOKE_GRANT = "revoke.grant", May, "The authorization itself is forgotten, and all its tokens end, so that the page comes again.", [RFC_7009.at("section 2.1", "section-2.1"), ISSUE_539.at("comment 2 (Breno)", ""), GOOGLE_WEB_SERVER.whole()];
    GRANT_UNKNOWN = "grant.unknown", Must, "There is no such grant of this client.", [GRANT_MANAGEMENT.at("section 6.5", "")];
    GRANT_SCOPE = "grant.scope", Must, "The access token needs the scope for grant management.", [GRANT_MANAGEMENT.at("section 6.1", "")];
    GRANT_QUERIED = "grant.queried", May, "The grant is shown to its client.", [GRANT_MANAGEMENT.at("section 6.4", "")];
    GRANT_DELETED = "grant.deleted", Must, "The grant is revoked with its refresh tokens, and its access tokens should be.", [GRANT_MANAGEMENT.at("section 6.5", "")];
}

finite! {
    /// What happened.
    Occurrence {
        /// The user logs out at the server.
        Logout,
        /// A client asks the server to log the user out.
        RpInitiatedLogout,
        /// The session timed out.
        SessionTimeout,
        /// An administrator ended the session.
        AdminEndsSession,
        /// The user switched to another account.
        SwitchAccount,
        /// The user changed the password.
        PasswordChange,
        /// The user revoked a client's access.
        UserRevokesApp,
        /// The server revokes one refresh token.
        ServerRevokesRefreshToken,
        /// A condition for processing is withdrawn.
        ConditionWithdrawn,
        /// A refresh token was issued.
        RefreshTokenIssued,
        /// A client revokes a token.
        RevocationRequest,
        /// A client asks for a grant.
        GrantQuery,
        /// A client deletes a grant.
        GrantDeletion,
    }
    /// The id_token_hint of a logout request.
    LogoutHint {
        /// None, or none that this server issued.
        Absent,
        /// Of the session's user.
        Fits,
        /// Of somebody else.
        Differs,
    }
    /// What the user answered.
    UserAnswer {
        /// Not asked yet.
        Open,
        /// Log out.
        Yes,
        /// Stay.
        No,
    }
    /// The token of a revocation request.
    Revoked {
        /// The parameter is missing or malformed.
        Missing,
        /// No such token.
        NotFound,
        /// Another client's.
        OtherClients,
        /// An access token of this client.
        AccessToken,
        /// A refresh token of this client.
        RefreshToken,
    }
}

facts! {
    LifecycleFacts, LifecycleSituation;
    /// What happened.
    occurrence: Occurrence,
    /// Somebody is signed in.
    signed_in: bool,
    /// The id_token_hint of a logout request.
    logout_hint: LogoutHint,
    /// What the user answered.
    user_answer: UserAnswer,
    /// The client of the request is known.
    client_known: bool,
    /// It authenticated.
    authenticated: bool,
    /// Whether it can keep a secret.
    client_type: ClientType,
    /// The token of a revocation request.
    revoked: Revoked,
    /// The access token has the scope for grant management.
    grant_scope: bool,
    /// The grant is there, and this client's.
    grant_found: bool,
    /// The number of refresh tokens of a user and a client is limited.
    limited: bool,
}

/// One thing that ends. Each becomes a filter on stored records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consequence {
    /// The session.
    Session,
    /// Tokens bound to the session are revoked.
    SessionTokensRevoked,
    /// Tokens bound to the session expire.
    SessionTokensExpired,
    /// Offline tokens that were issued in the session.
    OfflineTokensOfSession,
    /// The same, of single-page applications only.
    OfflineTokensOfBrowserClients,
    /// The user's offline tokens.
    OfflineTokensOfUser,
    /// The user's tokens with a Gmail scope.
    GmailTokensOfUser,
    /// The user's tokens of public clients, where the user signed in with a password.
    PublicPasswordTokens,
    /// Every token of the user and the client.
    ClientTokens,
    /// The grant of the user and the client.
    Grant,
    /// The presented token.
    PresentedToken,
    /// Refresh tokens of the presented token's family.
    FamilyRefreshTokens,
    /// Access tokens of the presented token's family.
    FamilyAccessTokens,
    /// Tokens that rest on the condition.
    ConditionTokens,
    /// All refresh tokens of user and client but the newest.
    OldestRefreshTokens,
    /// Tokens of the grant with this id.
    GrantTokens,
    /// The grant with this id.
    GrantById,
}

/// The verdict on an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LifecycleVerdict {
    /// A refusal with the HTTP status.
    pub refusal: Option<(Option<ErrorCode>, u16, RuleNumber)>,
    /// The user has to be asked first.
    pub asks_user: bool,
    /// What ends, in this order, each with the rule that asks for it.
    pub consequences: [Option<(Consequence, RuleNumber)>; 6],
    /// The rules that took part.
    pub trace: Trace,
}

impl LifecycleVerdict {
    fn ends(&mut self, consequence: Consequence, rule: RuleNumber) {
        self.trace.note(rule);
        if let Some(free) = self.consequences.iter_mut().find(|slot| slot.is_none()) {
            *free = Some((consequence, rule));
        }
    }

    fn refuse(&mut self, code: Option<ErrorCode>, status: u16, rule: RuleNumber) {
        self.trace.note(rule);
        self.refusal = Some((code, status, rule));
    }
}

/// Whether an authorization rests on a condition for processing other than consent, so that it ends with it.
#[must_use]
pub fn rests_on_condition(trace: Trace) -> bool {
    trace.has(super::offline::OTHER_CONDITION) || trace.has(super::consent::OTHER_CONDITION)
}

/// Decides what an occurrence ends.
pub fn decide<F: LifecycleFacts>(policy: &Knobs, facts: &F) -> LifecycleVerdict {
    let mut verdict =
        LifecycleVerdict { refusal: None, asks_user: false, consequences: [None; 6], trace: Trace::default() };
    match facts.occurrence() {
        Occurrence::Logout => logout(policy, &mut verdict),
        Occurrence::RpInitiatedLogout => rp_initiated_logout(policy, facts, &mut verdict),
        Occurrence::SessionTimeout => session_ends(policy.session_timeout_marks, &mut verdict),
        Occurrence::AdminEndsSession => session_ends(SessionTimeoutMarks::Revoked, &mut verdict),
        Occurrence::SwitchAccount => match policy.account_switch_ends_session {
            AccountSwitchEndsSession::Yes => session_ends(SessionTimeoutMarks::Revoked, &mut verdict),
            AccountSwitchEndsSession::No => verdict.trace.note(ACCOUNT_SWITCH_KEEPS),
        },
        Occurrence::PasswordChange => password_change(policy, &mut verdict),
        Occurrence::UserRevokesApp => {
            verdict.ends(Consequence::ClientTokens, USER_REVOKES);
            if policy.user_revocation_clears_consent == UserRevocationClearsConsent::Yes {
                verdict.ends(Consequence::Grant, USER_CLEARS_CONSENT);
            }
        }
        Occurrence::ServerRevokesRefreshToken => {
            verdict.ends(Consequence::PresentedToken, SERVER_REVOKES);
            verdict.ends(Consequence::FamilyRefreshTokens, SERVER_REVOKES);
            verdict.ends(Consequence::FamilyAccessTokens, SERVER_REVOKES);
        }
        Occurrence::ConditionWithdrawn => {
            if policy.condition_withdrawn_revokes == ConditionWithdrawnRevokes::Yes {
                verdict.ends(Consequence::ConditionTokens, CONDITION_ENDS);
            }
        }
        Occurrence::RefreshTokenIssued => {
            if facts.limited() {
                verdict.ends(Consequence::OldestRefreshTokens, TOO_MANY);
            }
        }
        Occurrence::RevocationRequest => revocation(policy, facts, &mut verdict),
        Occurrence::GrantQuery | Occurrence::GrantDeletion => grant(facts, &mut verdict),
    }
    verdict
}

fn session_ends(marks: SessionTimeoutMarks, verdict: &mut LifecycleVerdict) {
    verdict.ends(Consequence::Session, SESSION_ENDS);
    match marks {
        SessionTimeoutMarks::Revoked => verdict.ends(Consequence::SessionTokensRevoked, SESSION_TOKENS_END),
        SessionTimeoutMarks::Expired => verdict.ends(Consequence::SessionTokensExpired, SESSION_TOKENS_EXPIRE),
    }
}

fn logout(policy: &Knobs, verdict: &mut LifecycleVerdict) {
    session_ends(SessionTimeoutMarks::Revoked, verdict);
    match policy.logout_revokes_offline {
        LogoutRevokesOffline::No => verdict.trace.note(OFFLINE_SURVIVES),
        LogoutRevokesOffline::Yes => verdict.ends(Consequence::OfflineTokensOfSession, LOGOUT_ENDS_OFFLINE),
        LogoutRevokesOffline::BrowserClientsOnly => {
            verdict.ends(Consequence::OfflineTokensOfBrowserClients, LOGOUT_ENDS_OFFLINE);
        }
    }
}

/// The user must be asked where no hint fits the session, and should be asked otherwise.
fn rp_initiated_logout<F: LifecycleFacts>(policy: &Knobs, facts: &F, verdict: &mut LifecycleVerdict) {
    if !facts.signed_in() {
        return;
    }
    match facts.user_answer() {
        UserAnswer::Open => {
            verdict.trace.note(match facts.logout_hint() {
                LogoutHint::Fits => SHOULD_ASK,
                LogoutHint::Absent | LogoutHint::Differs => MUST_ASK,
            });
            verdict.asks_user = true;
        }
        UserAnswer::Yes => logout(policy, verdict),
        UserAnswer::No => verdict.trace.note(LOGOUT_DECLINED),
    }
}

fn password_change(policy: &Knobs, verdict: &mut LifecycleVerdict) {
    match (policy.password_change_revokes_offline, policy.password_change_rule) {
        (PasswordChangeRevokesOffline::No, _) => verdict.trace.note(PASSWORD_KEEPS),
        (PasswordChangeRevokesOffline::Yes, _) => {
            verdict.ends(Consequence::OfflineTokensOfUser, PASSWORD_ENDS_OFFLINE);
        }
        (PasswordChangeRevokesOffline::ByRule, PasswordChangeRule::GmailScopes) => {
            verdict.ends(Consequence::GmailTokensOfUser, PASSWORD_ENDS_GMAIL);
        }
        (PasswordChangeRevokesOffline::ByRule, PasswordChangeRule::PublicPassword) => {
            verdict.ends(Consequence::PublicPasswordTokens, PASSWORD_ENDS_PUBLIC);
        }
    }
}

fn revocation<F: LifecycleFacts>(policy: &Knobs, facts: &F, verdict: &mut LifecycleVerdict) {
    if !facts.client_known() || (facts.client_type() == ClientType::Confidential && !facts.authenticated()) {
        return verdict.refuse(Some(ErrorCode::InvalidClient), 401, REVOCATION_NOT_AUTHENTICATED);
    }
    let refresh_token_goes = match facts.revoked() {
        Revoked::Missing => return verdict.refuse(Some(ErrorCode::InvalidRequest), 400, REVOCATION_INVALID),
        Revoked::NotFound => return verdict.trace.note(REVOCATION_UNKNOWN),
        Revoked::OtherClients => return foreign(policy, verdict),
        Revoked::AccessToken if policy.supports_access_token_revocation == SupportsAccessTokenRevocation::No => {
            let code = Some(ErrorCode::UnsupportedTokenType);
            return verdict.refuse(code, 400, ACCESS_TOKENS_NOT_REVOCABLE);
        }
        Revoked::AccessToken => {
            verdict.ends(Consequence::PresentedToken, REVOKE_ACCESS_TOKEN);
            let upwards = AccessTokenRevocationRevokesRefreshToken::Yes;
            if policy.access_token_revocation_revokes_refresh_token == upwards {
                verdict.ends(Consequence::FamilyRefreshTokens, REVOKE_UPWARDS);
                verdict.ends(Consequence::FamilyAccessTokens, REVOKE_UPWARDS);
            }
            policy.access_token_revocation_revokes_refresh_token == upwards
        }
        Revoked::RefreshToken => {
            verdict.ends(Consequence::PresentedToken, REVOKE_REFRESH_TOKEN);
            verdict.ends(Consequence::FamilyRefreshTokens, REVOKE_REFRESH_TOKEN);
            verdict.ends(Consequence::FamilyAccessTokens, REVOKE_REFRESH_TOKEN);
            true
        }
    };
    if refresh_token_goes && policy.revocation_cascades_to_grant == RevocationCascadesToGrant::Yes {
        verdict.ends(Consequence::ClientTokens, REVOKE_GRANT);
        verdict.ends(Consequence::Grant, REVOKE_GRANT);
    }
}

fn foreign(policy: &Knobs, verdict: &mut LifecycleVerdict) {
    match policy.foreign_token_revocation_code {
        ForeignTokenRevocationCode::InvalidGrant => {
            verdict.refuse(Some(ErrorCode::InvalidGrant), 400, REVOCATION_FOREIGN);
        }
        ForeignTokenRevocationCode::InvalidClient => {
            verdict.refuse(Some(ErrorCode::InvalidClient), 401, REVOCATION_FOREIGN);
        }
        ForeignTokenRevocationCode::Http200 => verdict.trace.note(REVOCATION_FOREIGN),
    }
}

fn grant<F: LifecycleFacts>(facts: &F, verdict: &mut LifecycleVerdict) {
    if !facts.grant_scope() {
        return verdict.refuse(Some(ErrorCode::InsufficientScope), 403, GRANT_SCOPE);
    }
    if !facts.grant_found() {
        return verdict.refuse(None, 404, GRANT_UNKNOWN);
    }
    match facts.occurrence() {
        Occurrence::GrantQuery => verdict.trace.note(GRANT_QUERIED),
        _ => {
            verdict.ends(Consequence::GrantTokens, GRANT_DELETED);
            verdict.ends(Consequence::GrantById, GRANT_DELETED);
        }
    }
}

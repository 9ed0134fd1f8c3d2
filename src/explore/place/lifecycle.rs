//! The facts of events, revocation and the status of records: where they belong, and what their values say.

use super::{Belongs, Placed, either, values};
use crate::decide::finite::Finite;
use crate::decide::life::ConfiguredLimit;
use crate::decide::lifecycle::facts::{
    LifecycleFact, LogoutHint, Occurrence, Record, Revoked, StoredStatus, UserAnswer,
};

impl Placed for LifecycleFact {
    fn belongs(self) -> Belongs {
        match self {
            Self::Occurrence => Belongs::now("event"),
            Self::SignedIn | Self::SessionAlive => Belongs::record("session"),
            Self::LogoutHint => Belongs::request("id_token_hint"),
            Self::UserAnswer => Belongs::now("user_answer"),
            Self::LogoutClient => Belongs::request("client_id"),
            Self::ClientKnown => Belongs::request("client_id"),
            Self::Authenticated => Belongs::request("client_authenticated"),
            Self::ClientType => Belongs::registration("token_endpoint_auth_method"),
            Self::Revoked => Belongs::request("token"),
            Self::GrantScope => Belongs::request("scope"),
            Self::GrantFound => Belongs::record("grant"),
            Self::Limited => Belongs::server("max_refresh_tokens_per_client_and_user"),
            Self::Record => Belongs::record("record"),
            Self::StoredStatus => Belongs::record("record.status"),
            Self::Elapsed => Belongs::record("record.expires_at"),
            Self::BoundToSession => Belongs::record("record.binding"),
            Self::ApplicationType => Belongs::record("record.application_type"),
            Self::TestingProject => Belongs::registration("publishing_status"),
            Self::BeyondBasicProfile => Belongs::record("record.scope"),
            Self::BrowserAbsoluteLimit => values::limit(ConfiguredLimit::BrowserAge),
            Self::OfflineAbsoluteLimit => values::limit(ConfiguredLimit::OfflineAge),
            Self::AbsoluteLimit => values::limit(ConfiguredLimit::Age),
            Self::OfflineIdleLimit => values::limit(ConfiguredLimit::OfflineIdle),
            Self::IdleLimit => values::limit(ConfiguredLimit::Idle),
            Self::PolicyDuration => values::limit(ConfiguredLimit::PolicyDuration),
            Self::GrantEnds => Belongs::record("record.grant_expires_at"),
        }
    }

    fn is_question(self) -> bool {
        matches!(self, Self::Occurrence | Self::Record)
    }

    fn says(self, value: usize) -> &'static str {
        let flag = bool::at(value);
        match self {
            Self::Occurrence => occurrence(Finite::at(value)),
            Self::SignedIn => either(flag, "somebody is signed in", "nobody is signed in"),
            Self::LogoutHint => logout_hint(Finite::at(value)),
            Self::UserAnswer => user_answer(Finite::at(value)),
            Self::LogoutClient => {
                either(flag, "the logout request names its client", "the logout request does not name its client")
            }
            Self::ClientKnown => either(flag, "the client is known", "the server knows no such client"),
            Self::Authenticated => either(flag, "the client authenticated", "the client did not authenticate"),
            Self::ClientType => values::client_type(Finite::at(value)),
            Self::Revoked => revoked(Finite::at(value)),
            Self::GrantScope => either(
                flag,
                "the access token has the scope for grant management",
                "the access token does not have the scope for grant management",
            ),
            Self::GrantFound => {
                either(flag, "the grant is there, and this client's", "there is no such grant of this client")
            }
            Self::Limited => either(
                flag,
                "the server limits the number of refresh tokens of a user and a client",
                "the server does not limit the number of refresh tokens of a user and a client",
            ),
            Self::Record => record(Finite::at(value)),
            Self::StoredStatus => stored_status(Finite::at(value)),
            Self::Elapsed => either(flag, "its time is over", "its time is not over"),
            Self::BoundToSession => either(flag, "it is bound to the session", "it is not bound to the session"),
            Self::SessionAlive => either(flag, "its session is alive", "its session is over"),
            Self::ApplicationType => values::application_type(Finite::at(value)),
            Self::TestingProject => values::testing_project(flag),
            Self::BeyondBasicProfile => values::beyond_basic_profile(flag),
            Self::BrowserAbsoluteLimit => values::limited(ConfiguredLimit::BrowserAge, flag),
            Self::OfflineAbsoluteLimit => values::limited(ConfiguredLimit::OfflineAge, flag),
            Self::AbsoluteLimit => values::limited(ConfiguredLimit::Age, flag),
            Self::OfflineIdleLimit => values::limited(ConfiguredLimit::OfflineIdle, flag),
            Self::IdleLimit => values::limited(ConfiguredLimit::Idle, flag),
            Self::PolicyDuration => values::limited(ConfiguredLimit::PolicyDuration, flag),
            Self::GrantEnds => values::limited(ConfiguredLimit::Grant, flag),
        }
    }
}

const fn occurrence(value: Occurrence) -> &'static str {
    match value {
        Occurrence::Logout => "the user logs out at the server",
        Occurrence::RpInitiatedLogout => "a client asks the server to log the user out",
        Occurrence::SessionTimeout => "the session timed out",
        Occurrence::AdminEndsSession => "an administrator ends the session",
        Occurrence::SwitchAccount => "the user switches to another account",
        Occurrence::PasswordChange => "the user changes the password",
        Occurrence::UserRevokesApp => "the user revokes the client's access",
        Occurrence::ServerRevokesRefreshToken => "the server revokes a refresh token",
        Occurrence::ConditionWithdrawn => "a condition for processing is withdrawn",
        Occurrence::RefreshTokenIssued => "a refresh token was issued",
        Occurrence::RevocationRequest => "a client revokes a token",
        Occurrence::GrantQuery => "a client asks for a grant",
        Occurrence::GrantDeletion => "a client deletes a grant",
        Occurrence::StatusAsked => "it is asked whether a record is alive",
    }
}

const fn logout_hint(value: LogoutHint) -> &'static str {
    match value {
        LogoutHint::Absent => "no id_token_hint of this server was sent",
        LogoutHint::Fits => "the id_token_hint names the session's user",
        LogoutHint::Differs => "the id_token_hint names somebody else than the session's user",
    }
}

const fn user_answer(value: UserAnswer) -> &'static str {
    match value {
        UserAnswer::Open => "the user was not asked yet",
        UserAnswer::Yes => "the user wants to log out",
        UserAnswer::No => "the user wants to stay signed in",
    }
}

const fn revoked(value: Revoked) -> &'static str {
    match value {
        Revoked::Missing => "the token is missing or malformed in the request",
        Revoked::NotFound => "there is no such token",
        Revoked::OtherClients => "the token was issued to another client",
        Revoked::AccessToken => "the token is an access token of this client",
        Revoked::RefreshToken => "the token is a refresh token of this client",
    }
}

const fn record(value: Record) -> &'static str {
    match value {
        Record::Missing => "there is no such record",
        Record::Code => "the record is a code",
        Record::AccessToken => "the record is an access token",
        Record::RefreshToken => "the record is a refresh token",
    }
}

const fn stored_status(value: StoredStatus) -> &'static str {
    match value {
        StoredStatus::Active => "the record is active",
        StoredStatus::Used => "the code was redeemed",
        StoredStatus::Superseded => "the refresh token was replaced",
        StoredStatus::Expired => "the record has expired",
        StoredStatus::Revoked => "the record was revoked",
    }
}

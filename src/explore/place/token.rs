//! The facts of the token endpoint: where they belong, and what their values say.

use super::{Belongs, Placed, either, values};
use crate::decide::fact::Situation;
use crate::decide::finite::Finite;
use crate::decide::life::ConfiguredLimit;
use crate::decide::token::facts::{
    AskedScope, Due, ExistingGrant, GrantType, Presented, Stored, TokenFact, TokenFacts, Verifier,
};

impl Placed for TokenFact {
    fn belongs(self) -> Belongs {
        match self {
            Self::Syntax => Belongs::request("request"),
            Self::GrantType => Belongs::request("grant_type"),
            Self::ClientKnown => Belongs::request("client_id"),
            Self::Authenticated => Belongs::request("client_authenticated"),
            Self::ClientType => Belongs::registration("token_endpoint_auth_method"),
            Self::ApplicationType => Belongs::registration("application_type"),
            Self::GrantTypeRegistered | Self::CodeGrantRegistered => Belongs::registration("grant_types"),
            Self::Presented => Belongs::request("code"),
            Self::Stored => Belongs::record("code.status"),
            Self::Elapsed => Belongs::record("code.expires_at"),
            Self::RedirectUriFits | Self::OnlyRedirectUriLeftOut => Belongs::request("redirect_uri"),
            Self::Verifier => Belongs::request("code_verifier"),
            Self::Due => Belongs::record("code.refresh_token"),
            Self::SessionAlive => Belongs::record("session"),
            Self::ExistingGrant => Belongs::request("existing_grant"),
            Self::ReplacesGrantTokens => Belongs::record("code.grant_management_action"),
            Self::Scope | Self::LeavesOutOffline => Belongs::request("scope"),
            Self::Aged => Belongs::server("rotate_after_s"),
            Self::SenderConstrained => Belongs::request("sender_constrained"),
            Self::SenderProof => Belongs::request("sender_proof"),
            Self::WantsIdToken => Belongs::server("id_token"),
            Self::Limited => Belongs::server("max_refresh_tokens_per_client_and_user"),
            Self::TestingProject => Belongs::registration("publishing_status"),
            Self::BeyondBasicProfile => Belongs::record("code.scope"),
            Self::BrowserAbsoluteLimit => values::limit(ConfiguredLimit::BrowserAge),
            Self::OfflineAbsoluteLimit => values::limit(ConfiguredLimit::OfflineAge),
            Self::AbsoluteLimit => values::limit(ConfiguredLimit::Age),
            Self::OfflineIdleLimit => values::limit(ConfiguredLimit::OfflineIdle),
            Self::IdleLimit => values::limit(ConfiguredLimit::Idle),
            Self::PolicyDuration => values::limit(ConfiguredLimit::PolicyDuration),
            Self::GrantEnds => Belongs::record("code.grant_expires_at"),
        }
    }

    /// What is presented is a code or a refresh token, as the grant type says.
    fn belongs_in(self, situation: &Situation<Self>) -> Belongs {
        if situation.grant_type() != GrantType::RefreshToken {
            return self.belongs();
        }
        match self {
            Self::Presented => Belongs::request("refresh_token"),
            Self::Stored => Belongs::record("refresh_token.status"),
            Self::Elapsed => Belongs::record("refresh_token.expires_at"),
            Self::Due => Belongs::record("refresh_token.binding"),
            Self::SenderConstrained => Belongs::record("refresh_token.sender_constrained"),
            Self::BeyondBasicProfile => Belongs::record("refresh_token.scope"),
            Self::GrantEnds => Belongs::record("refresh_token.grant_expires_at"),
            _ => self.belongs(),
        }
    }

    fn is_question(self) -> bool {
        self == Self::GrantType
    }

    fn says(self, value: usize) -> &'static str {
        let flag = bool::at(value);
        match self {
            Self::Syntax => values::syntax(Finite::at(value)),
            Self::GrantType => grant_type(Finite::at(value)),
            Self::ClientKnown => either(flag, "the client is known", "the server knows no such client"),
            Self::Authenticated => either(flag, "the client authenticated", "the client did not authenticate"),
            Self::ClientType => values::client_type(Finite::at(value)),
            Self::ApplicationType => values::application_type(Finite::at(value)),
            Self::GrantTypeRegistered => {
                either(flag, "the client registered the grant type", "the client did not register the grant type")
            }
            Self::CodeGrantRegistered => either(
                flag,
                "the client registered the grant type authorization_code",
                "the client did not register the grant type authorization_code",
            ),
            Self::Presented => presented(Finite::at(value)),
            Self::Stored => stored(Finite::at(value)),
            Self::Elapsed => either(flag, "its time is over", "its time is not over"),
            Self::RedirectUriFits => either(
                flag,
                "the redirect URI is the one of the authorization request",
                "the redirect URI is not the one of the authorization request",
            ),
            Self::Verifier => verifier(Finite::at(value)),
            Self::Due => due(Finite::at(value)),
            Self::SessionAlive => either(flag, "the session is alive", "the session is over"),
            Self::ExistingGrant => existing_grant(Finite::at(value)),
            Self::ReplacesGrantTokens => either(
                flag,
                "grant_management_action was merge or replace",
                "grant_management_action was neither merge nor replace",
            ),
            Self::Scope => scope(Finite::at(value)),
            Self::LeavesOutOffline => either(
                flag,
                "the request leaves out the offline access that the refresh token has",
                "the request does not leave out offline access",
            ),
            Self::Aged => either(
                flag,
                "the refresh token has reached the age from which on it is replaced",
                "the refresh token has not reached an age from which on it is replaced",
            ),
            Self::SenderConstrained => {
                either(flag, "the refresh token is bound to a key", "the refresh token is bound to no key")
            }
            Self::SenderProof => {
                either(flag, "the client proved that it has the key", "the client did not prove that it has a key")
            }
            Self::WantsIdToken => either(
                flag,
                "the server wants to return an ID Token, and the scope contains openid",
                "the server does not want to return an ID Token, or the scope does not contain openid",
            ),
            Self::Limited => either(
                flag,
                "the server limits the number of refresh tokens of a user and a client",
                "the server does not limit the number of refresh tokens of a user and a client",
            ),
            Self::TestingProject => values::testing_project(flag),
            Self::BeyondBasicProfile => values::beyond_basic_profile(flag),
            Self::BrowserAbsoluteLimit => values::limited(ConfiguredLimit::BrowserAge, flag),
            Self::OfflineAbsoluteLimit => values::limited(ConfiguredLimit::OfflineAge, flag),
            Self::AbsoluteLimit => values::limited(ConfiguredLimit::Age, flag),
            Self::OfflineIdleLimit => values::limited(ConfiguredLimit::OfflineIdle, flag),
            Self::IdleLimit => values::limited(ConfiguredLimit::Idle, flag),
            Self::PolicyDuration => values::limited(ConfiguredLimit::PolicyDuration, flag),
            Self::GrantEnds => values::limited(ConfiguredLimit::Grant, flag),
            Self::OnlyRedirectUriLeftOut => either(
                flag,
                "the request does not name the redirect URI, and the client registered no other",
                "the request names a redirect URI, or the client registered several",
            ),
        }
    }
}

const fn grant_type(value: GrantType) -> &'static str {
    match value {
        GrantType::AuthorizationCode => "a code is to be redeemed",
        GrantType::RefreshToken => "a refresh token is to be used",
        GrantType::ClientCredentials => "the client acts for itself",
        GrantType::Missing => "grant_type is missing",
        GrantType::Unknown => "grant_type has a value that is unknown",
    }
}

const fn presented(value: Presented) -> &'static str {
    match value {
        Presented::Missing => "the code or token is missing in the request",
        Presented::NotFound => "what was presented is no code or token of this server",
        Presented::OtherClients => "what was presented was issued to another client",
        Presented::Theirs => "what was presented was issued to this client",
    }
}

const fn stored(value: Stored) -> &'static str {
    match value {
        Stored::Active => "the record is active",
        Stored::UsedUp => "what was presented was used up before",
        Stored::UsedUpInGrace => "the refresh token was replaced a moment ago",
        Stored::Dead => "the record was revoked, or has expired",
    }
}

const fn verifier(value: Verifier) -> &'static str {
    match value {
        Verifier::Neither => "there is neither a code_challenge nor a code_verifier",
        Verifier::Fits => "the code_verifier fits",
        Verifier::Differs => "the code_verifier does not fit the code_challenge",
        Verifier::Missing => "the code_verifier is missing",
        Verifier::Unexpected => "a code_verifier was sent without a code_challenge before",
    }
}

const fn due(value: Due) -> &'static str {
    match value {
        Due::None => "the authorization gave no refresh token",
        Due::Session => "the authorization gave a refresh token that ends with the session",
        Due::Offline => "the authorization gave an offline refresh token",
    }
}

const fn existing_grant(value: ExistingGrant) -> &'static str {
    match value {
        ExistingGrant::Absent => "no existing_grant was sent",
        ExistingGrant::Holds => "existing_grant is a live refresh token of this client and this user",
        ExistingGrant::Fails => "existing_grant is no live refresh token of this client and this user",
    }
}

const fn scope(value: AskedScope) -> &'static str {
    match value {
        AskedScope::Same => "the request asks for the scope that was granted",
        AskedScope::Narrower => "the request asks for less than was granted",
        AskedScope::Wider => "the request asks for more than was granted",
        AskedScope::Other => "the request asks for nothing of what was granted",
        AskedScope::Malformed => "the scope has a character that it may not have",
    }
}

//! Requests that end something: of the revocation endpoint (RFC 7009), and of the Grant Management API.

use super::ending::{ends, keeps, refuse};
use super::facts::{LifecycleFacts, Revoked};
use super::verdict::{Consequence, Consequences, LifecycleVerdict, RefusedStatus};
use crate::decide::rule::{Noted, Told};
use crate::oauth::client::ClientType;
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{
    AccessTokenRevocationRevokesRefreshToken, ForeignTokenRevocationCode, Knobs, RevocationCascadesToGrant,
    SupportsAccessTokenRevocation,
};
use crate::sources::{
    GOOGLE_WEB_SERVER, GRANT_MANAGEMENT, ISSUE_539, OAUTH2_SERVER_PHP, OIDC_PROVIDER, RFC_6749, RFC_7009,
};

rules! {
    /// What a request ends.
    RevocationRule;
    RevocationInvalid = "revoke.invalid", Must, "A revocation request names a token.", [RFC_7009.at("section 2.1", "section-2.1"), RFC_6749.at("section 5.2", "section-5.2")], of [token];
    RevocationNotAuthenticated = "revoke.client_not_authenticated", Must, "A confidential client authenticates at the revocation endpoint.", [RFC_7009.at("section 2.1", "section-2.1")];
    RevocationUnknown = "revoke.unknown", Must, "A token that the server does not know is as good as revoked.", [RFC_7009.at("section 2.2", "section-2.2")];
    RevocationForeign = "revoke.other_client", Must, "A client revokes only its own tokens.", [RFC_7009.at("section 2.1", "section-2.1")];
    AccessTokensNotRevocable = "revoke.access_tokens_not_revocable", May, "The server does not revoke access tokens.", [RFC_7009.at("section 2.2.1", "section-2.2.1")];
    RevokeRefreshToken = "revoke.refresh_token", Should, "A revoked refresh token takes its access tokens along.", [RFC_7009.at("section 2.1", "section-2.1")];
    RevokeAccessToken = "revoke.access_token", Should, "The access token ends.", [RFC_7009.at("section 2", "section-2")];
    RevokeUpwards = "revoke.access_token_takes_refresh_token", May, "A revoked access token takes its refresh token along.", [RFC_7009.at("section 2.1", "section-2.1"), GOOGLE_WEB_SERVER.whole()];
    RevokeGrant = "revoke.grant", May, "The authorization itself is forgotten, and all its tokens end, so that the page comes again.", [RFC_7009.at("section 2.1", "section-2.1"), ISSUE_539.at("comment 2 (Breno)", ""), GOOGLE_WEB_SERVER.whole()];
    RevokeAllOfGrant = "revoke.access_token_takes_all", Vendor, "A revoked access token takes every other token and code of the authorization along.", [RFC_7009.at("section 2.1", "section-2.1"), OIDC_PROVIDER.at("lib/helpers/revoke.js", "")];
    GrantStays = "revoke.grant_stays", Vendor, "An access token that takes its refresh token along leaves the authorization.", [OIDC_PROVIDER.at("lib/actions/revocation.js", "")];
    FamilySpared = "revoke.family_spared", Vendor, "Only the token that is named ends.", [OAUTH2_SERVER_PHP.at("src/OAuth2/ResponseType/AccessToken.php, revokeToken", "")];
    GrantUnknown = "grant.unknown", Must, "There is no such grant of this client.", [GRANT_MANAGEMENT.at("section 6.5", "")];
    GrantScope = "grant.scope", Must, "The access token needs the scope for grant management.", [GRANT_MANAGEMENT.at("section 6.1", "")];
    GrantQueried = "grant.queried", May, "The grant is shown to its client.", [GRANT_MANAGEMENT.at("section 6.4", "")];
    GrantDeleted = "grant.deleted", Must, "The grant is revoked with its refresh tokens, and its access tokens should be.", [GRANT_MANAGEMENT.at("section 6.5", "")];
}

/// A revocation request.
pub(super) fn revocation<F: LifecycleFacts>(policy: &Knobs, facts: &F) -> Told<LifecycleVerdict, RevocationRule> {
    Told::by(|noted| {
        if !facts.client_known() || (facts.client_type() == ClientType::Confidential && !facts.authenticated()) {
            let (code, status) = (Some(ErrorCode::InvalidClient), RefusedStatus::Unauthorized);
            return refuse(noted, code, status, RevocationRule::RevocationNotAuthenticated);
        }
        match facts.revoked() {
            Revoked::Missing => {
                let code = Some(ErrorCode::InvalidRequest);
                refuse(noted, code, RefusedStatus::BadRequest, RevocationRule::RevocationInvalid)
            }
            Revoked::NotFound => keeps(noted, RevocationRule::RevocationUnknown),
            Revoked::OtherClients => foreign(policy, facts, noted),
            Revoked::AccessToken => access_token(policy, noted),
            Revoked::RefreshToken => refresh_token(policy, noted),
        }
    })
}

fn access_token(policy: &Knobs, noted: &mut Noted<RevocationRule>) -> LifecycleVerdict {
    if policy.supports_access_token_revocation == SupportsAccessTokenRevocation::No {
        let code = Some(ErrorCode::UnsupportedTokenType);
        return refuse(noted, code, RefusedStatus::BadRequest, RevocationRule::AccessTokensNotRevocable);
    }
    let mut consequences = Consequences::default();
    ends(noted, &mut consequences, Consequence::PresentedToken, RevocationRule::RevokeAccessToken);
    let along = match policy.access_token_revocation_revokes_refresh_token {
        AccessTokenRevocationRevokesRefreshToken::No => return LifecycleVerdict::Ends(consequences),
        AccessTokenRevocationRevokesRefreshToken::Yes => upwards,
        AccessTokenRevocationRevokesRefreshToken::AllOfGrant => all_of_grant,
    };
    match policy.revocation_cascades_to_grant {
        RevocationCascadesToGrant::FamilySpared => noted.note(RevocationRule::FamilySpared),
        RevocationCascadesToGrant::No => along(noted, &mut consequences),
        RevocationCascadesToGrant::RefreshTokenOnly => {
            along(noted, &mut consequences);
            noted.note(RevocationRule::GrantStays);
        }
        RevocationCascadesToGrant::Yes => {
            upwards(noted, &mut consequences);
            grant_ends(noted, &mut consequences);
        }
    }
    LifecycleVerdict::Ends(consequences)
}

/// An access token takes its refresh token along, and what came with it.
fn upwards(noted: &mut Noted<RevocationRule>, consequences: &mut Consequences) {
    for consequence in [Consequence::FamilyRefreshTokens, Consequence::FamilyAccessTokens] {
        ends(noted, consequences, consequence, RevocationRule::RevokeUpwards);
    }
}

/// An access token takes along whatever was issued under the same authorization.
fn all_of_grant(noted: &mut Noted<RevocationRule>, consequences: &mut Consequences) {
    ends(noted, consequences, Consequence::ClientTokens, RevocationRule::RevokeAllOfGrant);
}

fn refresh_token(policy: &Knobs, noted: &mut Noted<RevocationRule>) -> LifecycleVerdict {
    let mut consequences = Consequences::default();
    let cascade = policy.revocation_cascades_to_grant;
    if cascade == RevocationCascadesToGrant::FamilySpared {
        ends(noted, &mut consequences, Consequence::PresentedToken, RevocationRule::FamilySpared);
        return LifecycleVerdict::Ends(consequences);
    }
    for consequence in [Consequence::PresentedToken, Consequence::FamilyRefreshTokens, Consequence::FamilyAccessTokens]
    {
        ends(noted, &mut consequences, consequence, RevocationRule::RevokeRefreshToken);
    }
    if matches!(cascade, RevocationCascadesToGrant::Yes | RevocationCascadesToGrant::RefreshTokenOnly) {
        grant_ends(noted, &mut consequences);
    }
    LifecycleVerdict::Ends(consequences)
}

/// The authorization goes along.
fn grant_ends(noted: &mut Noted<RevocationRule>, consequences: &mut Consequences) {
    ends(noted, consequences, Consequence::ClientTokens, RevocationRule::RevokeGrant);
    ends(noted, consequences, Consequence::Grant, RevocationRule::RevokeGrant);
}

fn foreign<F: LifecycleFacts>(policy: &Knobs, facts: &F, noted: &mut Noted<RevocationRule>) -> LifecycleVerdict {
    let (code, status) = match policy.foreign_token_revocation_code {
        ForeignTokenRevocationCode::InvalidGrant => (ErrorCode::InvalidGrant, RefusedStatus::BadRequest),
        ForeignTokenRevocationCode::InvalidClient => (ErrorCode::InvalidClient, RefusedStatus::Unauthorized),
        ForeignTokenRevocationCode::InvalidRequestIfConfidential if facts.client_type() == ClientType::Confidential => {
            (ErrorCode::InvalidRequest, RefusedStatus::BadRequest)
        }
        ForeignTokenRevocationCode::Http200 | ForeignTokenRevocationCode::InvalidRequestIfConfidential => {
            return keeps(noted, RevocationRule::RevocationForeign);
        }
    };
    refuse(noted, Some(code), status, RevocationRule::RevocationForeign)
}

/// What the Grant Management API is asked to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GrantRequest {
    Query,
    Delete,
}

/// A request of the Grant Management API.
pub(super) fn grant<F: LifecycleFacts>(facts: &F, request: GrantRequest) -> Told<LifecycleVerdict, RevocationRule> {
    Told::by(|noted| {
        if !facts.grant_scope() {
            let (code, status) = (Some(ErrorCode::InsufficientScope), RefusedStatus::Forbidden);
            return refuse(noted, code, status, RevocationRule::GrantScope);
        }
        if !facts.grant_found() {
            return refuse(noted, None, RefusedStatus::NotFound, RevocationRule::GrantUnknown);
        }
        match request {
            GrantRequest::Query => keeps(noted, RevocationRule::GrantQueried),
            GrantRequest::Delete => {
                let mut consequences = Consequences::default();
                ends(noted, &mut consequences, Consequence::GrantTokens, RevocationRule::GrantDeleted);
                ends(noted, &mut consequences, Consequence::GrantById, RevocationRule::GrantDeleted);
                LifecycleVerdict::Ends(consequences)
            }
        }
    })
}

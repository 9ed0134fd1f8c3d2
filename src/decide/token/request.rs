//! First stage: can the token request be answered? And the grant for which that is all there is to ask.

use super::facts::{AskedScope, GrantType, Presented, TokenFacts};
use super::refused::Refused;
use crate::decide::record::RecordRule;
use crate::decide::rule::Told;
use crate::decide::syntax::Syntax;
use crate::oauth::client::ClientType;
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{Knobs, PublicClients, SenderConstrainedTokens, UnregisteredRefreshGrant};
use crate::sources::{BETTER_AUTH, FAPI_2, OPENID_CORE, RFC_6749, RFC_9700, WORKERS_OAUTH_PROVIDER};

rules! {
    /// Whether a token request can be answered.
    TokenRequestRule;
    Malformed = "token.request_malformed", Must, "A parameter that is malformed, repeated or missing makes the request invalid.", [RFC_6749.at("section 5.2", "section-5.2")], of [grant_type, code, refresh_token];
    GrantTypeUnknown = "token.grant_type_unknown", Must, "A grant type that the server does not know is refused.", [RFC_6749.at("section 5.2", "section-5.2")], of [grant_type];
    NotAuthenticated = "token.client_not_authenticated", Must, "A confidential client authenticates at the token endpoint.", [RFC_6749.at("sections 3.2.1 and 5.2", "section-5.2"), OPENID_CORE.at("section 12.1", "RefreshingAccessToken")];
    PublicClient = "token.public_client", Must, "Only confidential clients are served.", [FAPI_2.at("section 5.3.2.1", "")];
    GrantTypeNotRegistered = "token.grant_type_not_registered", Must, "A client uses only the grant types that it registered.", [RFC_6749.at("section 5.2", "section-5.2")], of [grant_type];
    RefreshGrantImplied = "token.refresh_grant_implied", Vendor, "Whoever may redeem a code may refresh.", [WORKERS_OAUTH_PROVIDER.whole(), BETTER_AUTH.whole()], of [grant_type];
    KeyUnproven = "token.key_unproven", Must, "No token is issued without proof of a key that it is bound to.", [FAPI_2.at("section 5.3.2.1", ""), RFC_9700.at("section 2.2.1", "section-2.2.1")];
    OtherClient = "token.other_client", Must, "A code or a token counts only for the client that it was issued to.", [RFC_6749.at("section 5.2", "section-5.2"), OPENID_CORE.at("sections 3.1.3.2 and 12.1", "TokenRequestValidation")], of [code, refresh_token];
    ScopeInvalid = "token.scope_invalid", Must, "A scope that is unknown, malformed or missing is refused.", [RFC_6749.at("section 5.2", "section-5.2")], of [scope];
    ClientCredentials = "token.client_credentials", Should, "A client that acts for itself gets no refresh token.", [RFC_6749.at("section 4.4.3", "section-4.4.3")];
    ClientCredentialsPublic = "token.client_credentials_public", Must, "Only confidential clients act for themselves.", [RFC_6749.at("section 4.4", "section-4.4")];
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Asked {
    /// A code is redeemed.
    Exchange,
    /// A refresh token is used.
    Refresh,
    /// A client acts for itself.
    ForItself,
}

type Check<T = ()> = Result<T, Refused<TokenRequestRule>>;

/// Checks the request and its client, before anything stored is looked at.
pub(super) fn check<F: TokenFacts>(policy: &Knobs, facts: &F) -> Told<Check<Asked>, TokenRequestRule> {
    Told::by(|noted| {
        let refused = |code, rule| Err(Refused::by(code, rule));
        if facts.syntax() != Syntax::WellFormed {
            return refused(ErrorCode::InvalidRequest, TokenRequestRule::Malformed);
        }
        let asked = match facts.grant_type() {
            GrantType::Missing => return refused(ErrorCode::InvalidRequest, TokenRequestRule::Malformed),
            GrantType::Unknown => return refused(ErrorCode::UnsupportedGrantType, TokenRequestRule::GrantTypeUnknown),
            GrantType::AuthorizationCode => Asked::Exchange,
            GrantType::RefreshToken => Asked::Refresh,
            GrantType::ClientCredentials => Asked::ForItself,
        };
        if !facts.client_known() || (facts.client_type() == ClientType::Confidential && !facts.authenticated()) {
            return refused(ErrorCode::InvalidClient, TokenRequestRule::NotAuthenticated);
        }
        if policy.public_clients == PublicClients::Refuse && facts.client_type() == ClientType::Public {
            return refused(ErrorCode::InvalidClient, TokenRequestRule::PublicClient);
        }
        if !facts.grant_type_registered() {
            let implied = asked == Asked::Refresh
                && policy.unregistered_refresh_grant == UnregisteredRefreshGrant::ImpliedByCode
                && facts.code_grant_registered();
            if implied {
                noted.note(TokenRequestRule::RefreshGrantImplied);
                return Ok(asked);
            }
            return refused(ErrorCode::UnauthorizedClient, TokenRequestRule::GrantTypeNotRegistered);
        }
        Ok(asked)
    })
}

/// Whether the tokens will be bound to a key that the client has, where the policy issues no others.
pub(super) fn key<F: TokenFacts>(policy: &Knobs, facts: &F, asked: Asked) -> Told<Check, TokenRequestRule> {
    Told::by(|_| {
        let proven = match (policy.sender_constrained_tokens, asked) {
            (SenderConstrainedTokens::Optional, _) => true,
            (SenderConstrainedTokens::Required, Asked::Exchange | Asked::ForItself) => facts.sender_constrained(),
            (SenderConstrainedTokens::Required, Asked::Refresh) => facts.sender_proof(),
        };
        if proven { Ok(()) } else { Err(Refused::by(ErrorCode::InvalidRequest, TokenRequestRule::KeyUnproven)) }
    })
}

/// Whether something was presented, and by whom it may be.
pub(super) fn presented<F: TokenFacts>(facts: &F) -> Told<Check<Result<(), RecordRule>>, TokenRequestRule> {
    Told::by(|_| match facts.presented() {
        Presented::Missing => Err(Refused::by(ErrorCode::InvalidRequest, TokenRequestRule::Malformed)),
        Presented::OtherClients => Err(Refused::by(ErrorCode::InvalidGrant, TokenRequestRule::OtherClient)),
        Presented::NotFound => Ok(Err(RecordRule::NotFound)),
        Presented::Theirs => Ok(Ok(())),
    })
}

/// A client that acts for itself.
pub(super) fn for_itself<F: TokenFacts>(facts: &F) -> Told<Check<TokenRequestRule>, TokenRequestRule> {
    Told::by(|noted| {
        if facts.client_type() == ClientType::Public {
            return Err(Refused::by(ErrorCode::UnauthorizedClient, TokenRequestRule::ClientCredentialsPublic));
        }
        match facts.scope() {
            AskedScope::Same | AskedScope::Narrower => {}
            AskedScope::Wider | AskedScope::Other | AskedScope::Malformed => {
                return Err(Refused::by(ErrorCode::InvalidScope, TokenRequestRule::ScopeInvalid));
            }
        }
        noted.note(TokenRequestRule::ClientCredentials);
        Ok(TokenRequestRule::ClientCredentials)
    })
}

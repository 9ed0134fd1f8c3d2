//! What a code is redeemed for.

use super::facts::{Due, ExistingGrant, Stored, TokenFacts, Verifier};
use super::refused::Refused;
use super::verdict::Fate;
use crate::decide::life::Binding;
use crate::decide::record::{EndStatus, RecordRule};
use crate::decide::rule::{Noted, Told};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{
    AdmittedRedirectUris, CodeConsumedOnFailure, ExistingGrantFailure, Knobs, OldRefreshTokenAfterIncrement,
    ReplayedCodeEnds, SessionDeadAtExchange, SupportsExistingGrant,
};
use crate::sources::{
    GRANT_MANAGEMENT, INCREMENTAL_00, OAUTH2_SERVER_PHP, OIDC_PROVIDER, ONLINE_ACCESS, RFC_6749, RFC_7636, RFC_9700,
    WORKERS_OAUTH_PROVIDER,
};

rules! {
    /// What a code is redeemed for.
    ExchangeRule;
    ReplayEndsGrant = "code.replay_ends_grant", Vendor, "A code is used once; a second use is denied, and the grant ends: all its tokens, and the consent.", [OIDC_PROVIDER.at("lib/actions/grants/authorization_code.js", ""), WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleAuthorizationCodeGrant", "")];
    ReplayRefused = "code.replay_refused", Vendor, "A code is used once; a second use is denied, and nothing else ends.", [OAUTH2_SERVER_PHP.at("src/OAuth2/GrantType/AuthorizationCode.php", "")];
    RedirectUriDiffers = "code.redirect_uri_differs", Must, "The redirect URI is the one of the authorization request.", [RFC_6749.at("section 4.1.3", "section-4.1.3")], of [redirect_uri];
    RedirectUriLeftOut = "code.redirect_uri_left_out", Vendor, "A token request need not name the only redirect URI that the client registered.", [OIDC_PROVIDER.at("lib/actions/grants/authorization_code.js", "")], of [redirect_uri];
    PkceFailed = "code.pkce_failed", Must, "The code verifier fits the code challenge, and is there exactly when that was.", [RFC_7636.at("section 4.6", "section-4.6"), RFC_9700.at("section 2.1.1", "section-2.1.1")], of [code_verifier];
    PkceDowngraded = "code.pkce_downgraded", Must, "A code that was asked for without a code challenge is not redeemed with a code verifier: somebody took the challenge out.", [RFC_9700.at("section 4.8.2", "section-4.8.2")], of [code_verifier];
    SessionGoneDenied = "code.session_gone_denied", Inferred, "The session that the refresh token would be bound to has ended, so the code is worth nothing any more.", [ONLINE_ACCESS.whole()];
    SessionGoneEndsCode = "code.session_gone_ends_code", Vendor, "The session in which the code was given has ended, and what is not for offline access with it.", [OIDC_PROVIDER.at("lib/models/token_helpers.js, checkSessionBinding", ""), OIDC_PROVIDER.at("lib/helpers/revoke.js", "")];
    SessionGoneNarrowed = "code.session_gone_narrowed", Inferred, "The session that the refresh token would be bound to has ended, so there is none.", [ONLINE_ACCESS.whole()];
    ExistingGrantIgnored = "existing_grant.unsupported", Must, "A server that does not know existing_grant ignores it.", [RFC_6749.at("section 3.2", "section-3.2")], of [existing_grant];
    ExistingGrantFailed = "existing_grant.failed", Must, "The existing grant is a refresh token that is unexpired, unrevoked, of the same client and of the same user.", [INCREMENTAL_00.at("section 5", "section-5")], of [existing_grant];
    ExistingGrantAdded = "existing_grant.added", Should, "The new refresh token covers the scopes of the existing grant, too.", [INCREMENTAL_00.at("section 5", "section-5")], of [existing_grant];
    GrantTokensReplaced = "grant.tokens_replaced", Must, "merge and replace invalidate the refresh tokens that the grant had.", [GRANT_MANAGEMENT.at("section 5.2", "")];
    CodeRedeemed = "code.redeemed", Must, "The code is redeemed for what the authorization fixed.", [RFC_6749.at("section 4.1.4", "section-4.1.4")];
}

/// What a code gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Redeemed {
    /// The refresh token that the authorization fixed, if it is given.
    pub(super) due: Option<Binding>,
    /// Scopes that stand for online access are left out.
    pub(super) without_online: bool,
    /// What existing_grant comes to.
    pub(super) existing_grant: Existing,
    /// The refresh tokens that the grant had end.
    pub(super) ends_grant_tokens: bool,
}

/// What existing_grant comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Existing {
    /// Nothing.
    None,
    /// It is set aside.
    Ignored,
    /// It is added, and stays or ends.
    Added {
        /// The refresh token that it is ends.
        ends: bool,
    },
}

/// What else than its family ends where the code was redeemed before.
pub(super) fn replay<F: TokenFacts>(policy: &Knobs, facts: &F) -> Told<Check<()>, ExchangeRule> {
    Told::by(|_| {
        let refused = |rule, fate| Err(Refused::with(ErrorCode::InvalidGrant, rule, fate));
        match (policy.replayed_code_ends, facts.stored()) {
            (ReplayedCodeEnds::Family, _) | (_, Stored::Active | Stored::Dead) => Ok(()),
            (ReplayedCodeEnds::Grant, Stored::UsedUp | Stored::UsedUpInGrace) => {
                refused(ExchangeRule::ReplayEndsGrant, Fate::GrantEnds)
            }
            (ReplayedCodeEnds::Nothing, Stored::UsedUp | Stored::UsedUpInGrace) => {
                refused(ExchangeRule::ReplayRefused, Fate::Untouched)
            }
        }
    })
}

/// Whether the stored code can be redeemed at all.
pub(super) fn record<F: TokenFacts>(facts: &F) -> Told<Result<(), Refused<RecordRule>>, RecordRule> {
    Told::by(|_| {
        let denied = |rule| Err(Refused::by(ErrorCode::InvalidGrant, rule));
        match facts.stored() {
            Stored::Active => {}
            Stored::UsedUp | Stored::UsedUpInGrace => {
                return Err(Refused::with(ErrorCode::InvalidGrant, RecordRule::CodeReplayed, Fate::FamilyEnds));
            }
            Stored::Dead => return denied(RecordRule::CodeDead),
        }
        if facts.elapsed() { denied(RecordRule::CodeExpired) } else { Ok(()) }
    })
}

type Check<T> = Result<T, Refused<ExchangeRule>>;

/// Redeems a code that is alive.
pub(super) fn redeem<F: TokenFacts>(policy: &Knobs, facts: &F) -> Told<Check<Redeemed>, ExchangeRule> {
    Told::by(|noted| {
        let denied = |rule| Err(Refused::by(ErrorCode::InvalidGrant, rule));
        if !facts.redirect_uri_fits() {
            if policy.admitted_redirect_uris != AdmittedRedirectUris::RegisteredOrOnly
                || !facts.only_redirect_uri_left_out()
            {
                return denied(ExchangeRule::RedirectUriDiffers);
            }
            noted.note(ExchangeRule::RedirectUriLeftOut);
        }
        match facts.verifier() {
            Verifier::Neither | Verifier::Fits => {}
            Verifier::Differs | Verifier::Missing => return denied(ExchangeRule::PkceFailed),
            Verifier::Unexpected => return denied(ExchangeRule::PkceDowngraded),
        }
        let (due, without_online) = due(policy, facts, noted)?;
        let existing_grant = existing_grant(policy, facts, noted)?;
        noted.note(ExchangeRule::CodeRedeemed);
        let ends_grant_tokens = facts.replaces_grant_tokens();
        if ends_grant_tokens {
            noted.note(ExchangeRule::GrantTokensReplaced);
        }
        Ok(Redeemed { due, without_online, existing_grant, ends_grant_tokens })
    })
}

/// The refresh token that the authorization fixed, if the session that it needs is still there; and whether online
/// access is left out.
fn due<F: TokenFacts>(policy: &Knobs, facts: &F, noted: &mut Noted<ExchangeRule>) -> Check<(Option<Binding>, bool)> {
    let gone = |rule| Err(Refused::with(ErrorCode::InvalidGrant, rule, Fate::Ends(EndStatus::Revoked)));
    match facts.due() {
        Due::None => match policy.session_dead_at_exchange {
            SessionDeadAtExchange::DenyWithoutOfflineAccess if !facts.session_alive() => {
                gone(ExchangeRule::SessionGoneEndsCode)
            }
            _ => Ok((None, false)),
        },
        Due::Offline => Ok((Some(Binding::Offline), false)),
        Due::Session if facts.session_alive() => Ok((Some(Binding::Session), false)),
        Due::Session => match policy.session_dead_at_exchange {
            SessionDeadAtExchange::Deny | SessionDeadAtExchange::DenyWithoutOfflineAccess => {
                gone(ExchangeRule::SessionGoneDenied)
            }
            SessionDeadAtExchange::AccessTokenOnly => {
                noted.note(ExchangeRule::SessionGoneNarrowed);
                Ok((None, true))
            }
            SessionDeadAtExchange::Full => Ok((Some(Binding::Session), false)),
        },
    }
}

fn existing_grant<F: TokenFacts>(policy: &Knobs, facts: &F, noted: &mut Noted<ExchangeRule>) -> Check<Existing> {
    match facts.existing_grant() {
        ExistingGrant::Absent => Ok(Existing::None),
        _ if policy.supports_existing_grant == SupportsExistingGrant::No => {
            noted.note(ExchangeRule::ExistingGrantIgnored);
            Ok(Existing::Ignored)
        }
        ExistingGrant::Holds => {
            noted.note(ExchangeRule::ExistingGrantAdded);
            let ends = policy.old_refresh_token_after_increment != OldRefreshTokenAfterIncrement::Keep;
            Ok(Existing::Added { ends })
        }
        ExistingGrant::Fails => {
            let (code, rule) = (ErrorCode::InvalidGrant, ExchangeRule::ExistingGrantFailed);
            match (policy.existing_grant_failure, policy.code_consumed_on_failure) {
                (ExistingGrantFailure::Ignore, _) => {
                    noted.note(rule);
                    Ok(Existing::None)
                }
                (ExistingGrantFailure::InvalidGrant, CodeConsumedOnFailure::Yes) => {
                    Err(Refused::with(code, rule, Fate::UsedUp))
                }
                (ExistingGrantFailure::InvalidGrant, CodeConsumedOnFailure::No) => Err(Refused::by(code, rule)),
            }
        }
    }
}

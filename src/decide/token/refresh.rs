//! What a refresh token is used for.

use super::facts::{AskedScope, Due, Stored, TokenFacts};
use super::refused::Refused;
use super::verdict::Fate;
use crate::decide::life::{self, AgeFrom, Binding, RefreshTokenLife};
use crate::decide::record::{self, EndStatus, RecordRule};
use crate::decide::rotation::Rotation;
use crate::decide::rule::{Noted, Told};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{Knobs, OpenidConnect, ReusedRefreshTokenEnds, SuccessorScope, WiderScopeAtRefresh};
use crate::sources::{
    BACK_CHANNEL_LOGOUT, BETTER_AUTH, BROWSER_BASED_APPS, FAPI_2, ISSUE_539, MICROSOFT_REFRESH, OAUTH_21,
    OAUTH2_SERVER_PHP, OIDC_PROVIDER, OKTA_REFRESH, ONLINE_ACCESS, OPENID_CORE, RFC_6749, RFC_9700,
    WORKERS_OAUTH_PROVIDER,
};

rules! {
    /// What a refresh token is used for.
    RefreshRule;
    Reused = "refresh.reused", Must, "A refresh token that was replaced is presented again: whoever stole it or its successor, the active one is revoked.", [RFC_9700.at("section 4.14.2", "section-4.14.2"), OKTA_REFRESH.whole()];
    ReusedClientTokens = "refresh.reused_client_tokens", Vendor, "A refresh token that was replaced is presented again, and all tokens of the user and the client end.", [BETTER_AUTH.at("src/token.ts, invalidateRefreshFamily", "")];
    ReusedGrant = "refresh.reused_grant", Should, "A refresh token that was replaced is presented again, and the grant ends: all its tokens, and the consent.", [OAUTH_21.at("section 4.3.1", ""), OIDC_PROVIDER.at("lib/actions/grants/refresh_token.js", "")];
    SupersededRefused = "refresh.superseded_refused", Vendor, "A refresh token that was replaced is refused, and nothing else ends.", [WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleRefreshTokenGrant", ""), OAUTH2_SERVER_PHP.at("src/OAuth2/GrantType/RefreshToken.php", "")];
    ReusedInGrace = "refresh.reused_in_grace", Vendor, "A refresh token that was replaced moments ago may be presented again.", [OKTA_REFRESH.whole()];
    SessionEnded = "refresh.session_ended", Must, "A refresh token that is bound to the session ends with it.", [ONLINE_ACCESS.whole(), ISSUE_539.at("comment 4 (G. Fletcher)", ""), BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions")];
    ProofMissing = "refresh.proof_missing", Must, "A sender-constrained refresh token is worth nothing without proof of the key.", [RFC_9700.at("section 2.2.2", "section-2.2.2")];
    ScopeWider = "refresh.scope_wider", Must, "A refresh does not widen the scope.", [RFC_6749.at("section 6", "section-6")], of [scope];
    ScopeNarrower = "refresh.scope_narrower", May, "A refresh may narrow the scope of the access token; the refresh token keeps its own.", [RFC_6749.at("section 6", "section-6")], of [scope];
    ScopeCut = "refresh.scope_cut", Vendor, "What was not granted is left out, and the client is told.", [WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, downscope", ""), RFC_6749.at("section 5.1", "section-5.1")], of [scope];
    NothingLeft = "refresh.nothing_left", Inferred, "A refresh that asks for nothing of what was granted is refused.", [RFC_6749.at("sections 3.3 and 6", "section-3.3")], of [scope];
    Answered = "refresh.answered", Must, "A valid refresh token gives a new access token.", [RFC_6749.at("section 6", "section-6")];
    Rotated = "refresh.rotated", May, "The refresh token is replaced, and a limit that it had does not move unless the policy says so.", [RFC_6749.at("section 6", "section-6"), RFC_9700.at("section 4.14.2", "section-4.14.2"), BROWSER_BASED_APPS.at("section 6.3.2.3", "")];
    Added = "refresh.added", Vendor, "A new refresh token is issued, and the old one stays active.", [MICROSOFT_REFRESH.whole()];
    KeptUntilSuccessorUsed = "refresh.kept_until_successor_used", Vendor, "The presented token stays good until the new one is used; the others of its family are replaced.", [WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleRefreshTokenGrant", ""), FAPI_2.at("section 5.3.2.1, note 1", "")];
    UsedUp = "refresh.used_up", Vendor, "The refresh token is used up, and no new one comes.", [OAUTH2_SERVER_PHP.at("src/OAuth2/GrantType/RefreshToken.php", "")];
    SuccessorNarrowed = "refresh.successor_narrowed", Vendor, "The new refresh token has the scope of this refresh; without offline access it ends with the session.", [BETTER_AUTH.at("src/token.ts, createUserTokens", "")], of [scope];
    SuccessorWithoutSession = "refresh.successor_without_session", Inferred, "A new refresh token that would be bound to a session which has ended is not issued.", [ONLINE_ACCESS.whole()];
    LimitAnew = "refresh.limit_anew", Vendor, "A limit on the age of the refresh token starts anew with the new one.", [OIDC_PROVIDER.at("ttl.RefreshToken", ""), OAUTH2_SERVER_PHP.at("src/OAuth2/ResponseType/AccessToken.php", "")];
    Kept = "refresh.kept", May, "The refresh token stays as it is.", [RFC_6749.at("section 6", "section-6")];
    IdToken = "refresh.id_token", May, "An ID Token of a refresh has the time of the original sign-in and no nonce.", [OPENID_CORE.at("section 12.2", "RefreshTokenResponse")];
}

type Check<T = ()> = Result<T, Refused<RefreshRule>>;

/// What the presented token depends on.
pub(super) fn binding<F: TokenFacts>(facts: &F) -> Binding {
    match facts.due() {
        Due::Session => Binding::Session,
        Due::None | Due::Offline => Binding::Offline,
    }
}

/// Whether the client may use the token, and has not used it up.
pub(super) fn use_of<F: TokenFacts>(policy: &Knobs, facts: &F) -> Told<Check, RefreshRule> {
    Told::by(|noted| {
        if facts.sender_constrained() && !facts.sender_proof() {
            return Err(Refused::by(ErrorCode::InvalidGrant, RefreshRule::ProofMissing));
        }
        match facts.stored() {
            Stored::Active | Stored::Dead => {}
            Stored::UsedUpInGrace => noted.note(RefreshRule::ReusedInGrace),
            Stored::UsedUp => {
                let (rule, fate) = match policy.reused_refresh_token_ends {
                    ReusedRefreshTokenEnds::Family => (RefreshRule::Reused, Fate::FamilyEnds),
                    ReusedRefreshTokenEnds::ClientTokens => (RefreshRule::ReusedClientTokens, Fate::ClientTokensEnd),
                    ReusedRefreshTokenEnds::Grant => (RefreshRule::ReusedGrant, Fate::GrantEnds),
                    ReusedRefreshTokenEnds::Nothing => (RefreshRule::SupersededRefused, Fate::Untouched),
                };
                return Err(Refused::with(ErrorCode::InvalidGrant, rule, fate));
            }
        }
        Ok(())
    })
}

/// Whether the stored token is alive.
pub(super) fn record<F: TokenFacts>(facts: &F) -> Told<Result<(), Refused<RecordRule>>, RecordRule> {
    Told::by(|_| {
        if facts.stored() == Stored::Dead {
            return Err(Refused::by(ErrorCode::InvalidGrant, RecordRule::RefreshTokenRevoked));
        }
        if facts.elapsed() {
            let fate = Fate::Ends(EndStatus::Expired);
            return Err(Refused::with(ErrorCode::InvalidGrant, RecordRule::RefreshTokenExpired, fate));
        }
        Ok(())
    })
}

/// Whether an ID Token is returned, and what the request may ask of a token that is alive.
pub(super) fn request<F: TokenFacts>(policy: &Knobs, facts: &F) -> Told<Check<bool>, RefreshRule> {
    Told::by(|noted| {
        if facts.due() == Due::Session && !facts.session_alive() {
            let fate = Fate::Ends(record::of_ended_session(policy));
            return Err(Refused::with(ErrorCode::InvalidGrant, RefreshRule::SessionEnded, fate));
        }
        let refused = |rule| Err(Refused::by(ErrorCode::InvalidScope, rule));
        match (facts.scope(), policy.wider_scope_at_refresh) {
            (AskedScope::Same, _) => {}
            (AskedScope::Narrower, _) => noted.note(RefreshRule::ScopeNarrower),
            (AskedScope::Wider, WiderScopeAtRefresh::Narrow) => noted.note(RefreshRule::ScopeCut),
            (AskedScope::Other, WiderScopeAtRefresh::Narrow) => return refused(RefreshRule::NothingLeft),
            (AskedScope::Wider | AskedScope::Other, WiderScopeAtRefresh::Error) | (AskedScope::Malformed, _) => {
                return refused(RefreshRule::ScopeWider);
            }
        }
        noted.note(RefreshRule::Answered);
        let id_token = policy.openid_connect == OpenidConnect::Yes && facts.wants_id_token();
        if id_token {
            noted.note(RefreshRule::IdToken);
        }
        Ok(id_token)
    })
}

/// What becomes of the presented token, by which rule, and whether a new one comes.
pub(super) fn outcome<F: TokenFacts>(
    facts: &F,
    rotation: Rotation,
    noted: &mut Noted<RefreshRule>,
) -> (Fate, RefreshRule, bool) {
    // Within the grace a replaced token is replaced again, whatever the policy says by now; it stays as it is.
    let in_grace = facts.stored() == Stored::UsedUpInGrace;
    let (fate, rule, comes) = match rotation {
        Rotation::Added => (Fate::Touched, RefreshRule::Added, true),
        Rotation::Kept if !in_grace => (Fate::Touched, RefreshRule::Kept, false),
        Rotation::Kept | Rotation::Replaced => (Fate::UsedUp, RefreshRule::Rotated, true),
        Rotation::UntilSuccessorUsed => (Fate::OthersReplaced, RefreshRule::KeptUntilSuccessorUsed, true),
        Rotation::UsedUp => (Fate::UsedUp, RefreshRule::UsedUp, false),
    };
    noted.note(rule);
    // Who else holds a token of the family loses it in the grace, too, so that there are never more than two.
    let fate = if in_grace && fate != Fate::OthersReplaced { Fate::Untouched } else { fate };
    (fate, rule, comes)
}

/// What the new refresh token is bound to, and whether it has the scope of this refresh; none where it would be bound to
/// a session that has ended.
pub(super) fn successor<F: TokenFacts>(
    policy: &Knobs,
    facts: &F,
    noted: &mut Noted<RefreshRule>,
) -> Option<(Binding, bool)> {
    let bound = binding(facts);
    match (policy.successor_scope, facts.scope()) {
        (SuccessorScope::Narrowed, AskedScope::Narrower | AskedScope::Wider) => {
            noted.note(RefreshRule::SuccessorNarrowed);
            let bound = if facts.leaves_out_offline() { Binding::Session } else { bound };
            if bound == Binding::Session && !facts.session_alive() {
                noted.note(RefreshRule::SuccessorWithoutSession);
                return None;
            }
            Some((bound, true))
        }
        (SuccessorScope::Kept | SuccessorScope::Narrowed, _) => Some((bound, false)),
    }
}

/// From when on a limit on the age of the new refresh token counts. Where it has none, nothing starts anew.
pub(super) fn age_from<F: TokenFacts>(
    policy: &Knobs,
    facts: &F,
    life: RefreshTokenLife,
    noted: &mut Noted<RefreshRule>,
) -> AgeFrom {
    if !(life.general_age || life.age.is_some() || life.testing_project) {
        return AgeFrom::Authorization;
    }
    let from = life::age_from(policy, facts.client_type(), facts.application_type(), facts.sender_constrained());
    if from == AgeFrom::Issue {
        noted.note(RefreshRule::LimitAnew);
    }
    from
}

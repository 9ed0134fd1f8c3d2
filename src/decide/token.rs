//! The second engine: one presented code or refresh token, with an existing grant beside it.

use super::facts::Syntax;
use super::rule::{RuleNumber, Trace};
use super::verdict::Binding;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{
    CodeConsumedOnFailure, ExistingGrantFailure, Knobs, OldRefreshTokenAfterIncrement, RefreshTokenRotation,
    SessionDeadAtExchange, SupportsExistingGrant,
};
use crate::sources::{
    BACK_CHANNEL_LOGOUT, BROWSER_BASED_APPS, GRANT_MANAGEMENT, INCREMENTAL_00, ISSUE_539, MICROSOFT_REFRESH,
    OKTA_REFRESH, ONLINE_ACCESS, OPENID_CORE, RFC_6749, RFC_7009, RFC_7636, RFC_9700,
};

rules! {
    from 128 to 184;
    MALFORMED = "token.request_malformed", Must, "A parameter that is malformed, repeated or missing makes the request invalid.", [RFC_6749.at("section 5.2", "section-5.2")];
    GRANT_TYPE_UNKNOWN = "token.grant_type_unknown", Must, "A grant type that the server does not know is refused.", [RFC_6749.at("section 5.2", "section-5.2")];
    NOT_AUTHENTICATED = "token.client_not_authenticated", Must, "A confidential client authenticates at the token endpoint.", [RFC_6749.at("sections 3.2.1 and 5.2", "section-5.2"), OPENID_CORE.at("section 12.1", "RefreshingAccessToken")];
    GRANT_TYPE_NOT_REGISTERED = "token.grant_type_not_registered", Must, "A client uses only the grant types that it registered.", [RFC_6749.at("section 5.2", "section-5.2")];
    NOT_FOUND = "token.not_found", Must, "What was presented is no code or token of this server.", [RFC_6749.at("section 5.2", "section-5.2")];
    OTHER_CLIENT = "token.other_client", Must, "A code or a token counts only for the client that it was issued to.", [RFC_6749.at("section 5.2", "section-5.2"), OPENID_CORE.at("sections 3.1.3.2 and 12.1", "TokenRequestValidation")];
    CODE_REPLAYED = "code.replayed", Must, "A code is used once; a second use is denied, and the tokens that came from it are revoked.", [RFC_6749.at("section 4.1.2", "section-4.1.2"), ISSUE_539.at("comment 2 (Breno), principle 3", "")];
    CODE_DEAD = "code.dead", Must, "A code that was revoked is denied.", [RFC_6749.at("section 5.2", "section-5.2")];
    CODE_EXPIRED = "code.expired", Must, "A code expires shortly after it was issued; ten minutes at most are recommended.", [RFC_6749.at("section 4.1.2", "section-4.1.2")];
    REDIRECT_URI_DIFFERS = "code.redirect_uri_differs", Must, "The redirect URI is the one of the authorization request.", [RFC_6749.at("section 4.1.3", "section-4.1.3")];
    PKCE_FAILED = "code.pkce_failed", Must, "The code verifier fits the code challenge, and is there exactly when that was.", [RFC_7636.at("section 4.6", "section-4.6"), RFC_9700.at("section 2.1.1", "section-2.1.1")];
    SESSION_GONE_DENIED = "code.session_gone_denied", Inferred, "The session that the refresh token would be bound to has ended, so the code is worth nothing any more.", [ONLINE_ACCESS.whole()];
    SESSION_GONE_NARROWED = "code.session_gone_narrowed", Inferred, "The session that the refresh token would be bound to has ended, so there is none.", [ONLINE_ACCESS.whole()];
    EXISTING_GRANT_IGNORED = "existing_grant.unsupported", Must, "A server that does not know existing_grant ignores it.", [RFC_6749.at("section 3.2", "section-3.2")];
    EXISTING_GRANT_FAILED = "existing_grant.failed", Must, "The existing grant is a refresh token that is unexpired, unrevoked, of the same client and of the same user.", [INCREMENTAL_00.at("section 5", "section-5")];
    EXISTING_GRANT_ADDED = "existing_grant.added", Should, "The new refresh token covers the scopes of the existing grant, too.", [INCREMENTAL_00.at("section 5", "section-5")];
    GRANT_TOKENS_REPLACED = "grant.tokens_replaced", Must, "merge and replace invalidate the refresh tokens that the grant had.", [GRANT_MANAGEMENT.at("section 5.2", "")];
    CODE_REDEEMED = "code.redeemed", Must, "The code is redeemed for what the authorization fixed.", [RFC_6749.at("section 4.1.4", "section-4.1.4")];
    CLIENT_CREDENTIALS = "token.client_credentials", Should, "A client that acts for itself gets no refresh token.", [RFC_6749.at("section 4.4.3", "section-4.4.3")];
    CLIENT_CREDENTIALS_PUBLIC = "token.client_credentials_public", Must, "Only confidential clients act for themselves.", [RFC_6749.at("section 4.4", "section-4.4")];
    REUSED = "refresh.reused", Must, "A refresh token that was replaced is presented again: whoever stole it or its successor, the active one is revoked.", [RFC_9700.at("section 4.14.2", "section-4.14.2"), OKTA_REFRESH.whole()];
    REUSED_IN_GRACE = "refresh.reused_in_grace", Vendor, "A refresh token that was replaced moments ago may be presented again.", [OKTA_REFRESH.whole()];
    REVOKED = "refresh.revoked", Must, "A refresh token that was revoked or has expired is refused.", [RFC_6749.at("section 5.2", "section-5.2")];
    EXPIRED = "refresh.expired", Must, "A refresh token ends at its limit, used or not, or when it was not used for too long.", [RFC_6749.at("section 5.2", "section-5.2"), RFC_9700.at("section 4.14.2", "section-4.14.2")];
    SESSION_ENDED = "refresh.session_ended", Must, "A refresh token that is bound to the session ends with it.", [ONLINE_ACCESS.whole(), ISSUE_539.at("comment 4 (G. Fletcher)", ""), BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions")];
    PROOF_MISSING = "refresh.proof_missing", Must, "A sender-constrained refresh token is worth nothing without proof of the key.", [RFC_9700.at("section 2.2.2", "section-2.2.2")];
    SCOPE_WIDER = "refresh.scope_wider", Must, "A refresh does not widen the scope.", [RFC_6749.at("section 6", "section-6")];
    SCOPE_NARROWER = "refresh.scope_narrower", May, "A refresh may narrow the scope of the access token; the refresh token keeps its own.", [RFC_6749.at("section 6", "section-6")];
    ROTATED = "refresh.rotated", May, "The refresh token is replaced, and a limit that it had does not move.", [RFC_6749.at("section 6", "section-6"), RFC_9700.at("section 4.14.2", "section-4.14.2"), BROWSER_BASED_APPS.at("section 6.3.2.3", "")];
    ADDED = "refresh.added", Vendor, "A new refresh token is issued, and the old one stays active.", [MICROSOFT_REFRESH.whole()];
    KEPT = "refresh.kept", May, "The refresh token stays as it is.", [RFC_6749.at("section 6", "section-6")];
    ID_TOKEN = "refresh.id_token", May, "An ID Token of a refresh has the time of the original sign-in and no nonce.", [OPENID_CORE.at("section 12.2", "RefreshTokenResponse")];
    ACCESS_TOKEN_EXPIRED = "access_token.expired", Must, "An access token ends when its time is over.", [RFC_6749.at("section 4.2.2", "section-4.2.2")];
    ACCESS_TOKEN_REVOKED = "access_token.revoked", Must, "An access token that was revoked is worth nothing.", [RFC_7009.at("section 2", "section-2")];
}

finite! {
    /// What the token request asks for.
    GrantType {
        /// authorization_code
        AuthorizationCode,
        /// refresh_token
        RefreshToken,
        /// client_credentials
        ClientCredentials,
        /// Not sent.
        Missing,
        /// Another one.
        Unknown,
    }
    /// What was presented.
    Presented {
        /// The parameter is missing.
        Missing,
        /// There is no such record, or it is one of another kind.
        NotFound,
        /// It was issued to another client.
        OtherClients,
        /// It was issued to this client.
        Theirs,
    }
    /// What the stored record says of itself.
    Stored {
        /// Alive.
        Active,
        /// A code that was redeemed, or a refresh token that was replaced longer ago than the grace.
        UsedUp,
        /// A refresh token that was replaced within the grace.
        UsedUpInGrace,
        /// Revoked or expired.
        Dead,
    }
    /// The code verifier against the stored challenge.
    Verifier {
        /// It fits, or neither is there.
        Fits,
        /// It does not fit, or one of the two is missing.
        Fails,
    }
    /// The parameter existing_grant.
    ExistingGrant {
        /// Not sent.
        Absent,
        /// A live refresh token of this client and this user.
        Holds,
        /// Anything else.
        Fails,
    }
    /// The scope of a refresh request.
    AskedScope {
        /// Not sent, or the same.
        Same,
        /// Less.
        Narrower,
        /// More, or something else.
        Wider,
        /// A character that the syntax does not have.
        Malformed,
    }
    /// The refresh token that the authorization fixed.
    Due {
        /// None.
        None,
        /// One that ends with the session.
        Session,
        /// One that survives it.
        Offline,
    }
}

facts! {
    TokenFacts, TokenSituation;
    /// Whether the parameters are well formed.
    syntax: Syntax,
    /// What is asked for.
    grant_type: GrantType,
    /// The client is known.
    client_known: bool,
    /// The client authenticated.
    authenticated: bool,
    /// Whether it can keep a secret.
    client_type: ClientType,
    /// What kind of application it is.
    application_type: ApplicationType,
    /// It registered the grant type.
    grant_type_registered: bool,
    /// What was presented.
    presented: Presented,
    /// What the stored record says of itself.
    stored: Stored,
    /// Its time is over by the clock.
    elapsed: bool,
    /// The redirect URI is the one of the authorization request.
    redirect_uri_fits: bool,
    /// The code verifier against the challenge.
    verifier: Verifier,
    /// The refresh token that the authorization fixed, or the binding of the one that is presented.
    due: Due,
    /// The session that the record names is alive.
    session_alive: bool,
    /// The parameter existing_grant.
    existing_grant: ExistingGrant,
    /// The grant management action was merge or replace.
    replaces_grant_tokens: bool,
    /// The scope of a refresh request.
    scope: AskedScope,
    /// The refresh token is bound to a key.
    sender_constrained: bool,
    /// The client proved possession of it.
    sender_proof: bool,
    /// The server wants to return an ID Token, and the scope has openid.
    wants_id_token: bool,
}

/// What happens to the presented record, and what goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Nothing.
    Untouched,
    /// It is noted as used just now.
    Touched,
    /// It is used up.
    UsedUp,
    /// It ends, for the clock or the session ended it.
    Ends,
    /// Everything of its family ends.
    FamilyEnds,
}

/// The new refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NewRefreshToken {
    /// None.
    None,
    /// The one that the authorization fixed.
    AsFixed(Binding),
    /// One that replaces the presented one or joins it.
    Successor,
}

/// The verdict of the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenVerdict {
    /// The refusal, if it is one.
    pub refusal: Option<(ErrorCode, RuleNumber)>,
    /// The presented record.
    pub fate: Fate,
    /// The new refresh token.
    pub refresh_token: NewRefreshToken,
    /// Scopes that stand for online access are left out, because the session has ended.
    pub without_online: bool,
    /// The scopes of the existing grant are added.
    pub adds_existing_grant: bool,
    /// The existing grant's refresh token ends.
    pub ends_existing_grant: bool,
    /// The refresh tokens that the grant had end.
    pub ends_grant_tokens: bool,
    /// existing_grant was set aside.
    pub ignored_existing_grant: bool,
    /// An ID Token is returned.
    pub id_token: bool,
    /// The rules that took part.
    pub trace: Trace,
}

struct Refusal {
    code: ErrorCode,
    rule: RuleNumber,
    fate: Fate,
}

const fn refuse(code: ErrorCode, rule: RuleNumber) -> Refusal {
    Refusal { code, rule, fate: Fate::Untouched }
}

const fn refuse_and(code: ErrorCode, rule: RuleNumber, fate: Fate) -> Refusal {
    Refusal { code, rule, fate }
}

/// Decides a token request.
pub fn decide<F: TokenFacts>(policy: &Knobs, facts: &F) -> TokenVerdict {
    let mut verdict = TokenVerdict {
        refusal: None,
        fate: Fate::Untouched,
        refresh_token: NewRefreshToken::None,
        without_online: false,
        adds_existing_grant: false,
        ends_existing_grant: false,
        ends_grant_tokens: false,
        ignored_existing_grant: false,
        id_token: false,
        trace: Trace::default(),
    };
    let result = request(facts).and_then(|()| match facts.grant_type() {
        GrantType::RefreshToken => refresh(policy, facts, &mut verdict),
        GrantType::AuthorizationCode => exchange(policy, facts, &mut verdict),
        GrantType::ClientCredentials | GrantType::Missing | GrantType::Unknown => {
            client_credentials(facts, &mut verdict)
        }
    });
    if let Err(refusal) = result {
        verdict.trace.note(refusal.rule);
        verdict.refusal = Some((refusal.code, refusal.rule));
        verdict.fate = refusal.fate;
    }
    verdict
}

/// The request and its client, before anything stored is looked at.
fn request<F: TokenFacts>(facts: &F) -> Result<(), Refusal> {
    if facts.syntax() != Syntax::WellFormed {
        return Err(refuse(ErrorCode::InvalidRequest, MALFORMED));
    }
    match facts.grant_type() {
        GrantType::Missing => return Err(refuse(ErrorCode::InvalidRequest, MALFORMED)),
        GrantType::Unknown => return Err(refuse(ErrorCode::UnsupportedGrantType, GRANT_TYPE_UNKNOWN)),
        GrantType::AuthorizationCode | GrantType::RefreshToken | GrantType::ClientCredentials => {}
    }
    if !facts.client_known() || (facts.client_type() == ClientType::Confidential && !facts.authenticated()) {
        return Err(refuse(ErrorCode::InvalidClient, NOT_AUTHENTICATED));
    }
    if !facts.grant_type_registered() {
        return Err(refuse(ErrorCode::UnauthorizedClient, GRANT_TYPE_NOT_REGISTERED));
    }
    Ok(())
}

fn presented<F: TokenFacts>(facts: &F) -> Result<(), Refusal> {
    match facts.presented() {
        Presented::Missing => Err(refuse(ErrorCode::InvalidRequest, MALFORMED)),
        Presented::NotFound => Err(refuse(ErrorCode::InvalidGrant, NOT_FOUND)),
        Presented::OtherClients => Err(refuse(ErrorCode::InvalidGrant, OTHER_CLIENT)),
        Presented::Theirs => Ok(()),
    }
}

fn client_credentials<F: TokenFacts>(facts: &F, verdict: &mut TokenVerdict) -> Result<(), Refusal> {
    if facts.client_type() == ClientType::Public {
        return Err(refuse(ErrorCode::UnauthorizedClient, CLIENT_CREDENTIALS_PUBLIC));
    }
    match facts.scope() {
        AskedScope::Same | AskedScope::Narrower => {}
        AskedScope::Wider | AskedScope::Malformed => return Err(refuse(ErrorCode::InvalidScope, SCOPE_WIDER)),
    }
    verdict.trace.note(CLIENT_CREDENTIALS);
    Ok(())
}

fn exchange<F: TokenFacts>(policy: &Knobs, facts: &F, verdict: &mut TokenVerdict) -> Result<(), Refusal> {
    let denied = |rule| Err(refuse(ErrorCode::InvalidGrant, rule));
    presented(facts)?;
    match facts.stored() {
        Stored::Active => {}
        Stored::UsedUp | Stored::UsedUpInGrace => {
            return Err(refuse_and(ErrorCode::InvalidGrant, CODE_REPLAYED, Fate::FamilyEnds));
        }
        Stored::Dead => return denied(CODE_DEAD),
    }
    if facts.elapsed() {
        return denied(CODE_EXPIRED);
    }
    if !facts.redirect_uri_fits() {
        return denied(REDIRECT_URI_DIFFERS);
    }
    if facts.verifier() == Verifier::Fails {
        return denied(PKCE_FAILED);
    }
    let due = due(policy, facts, verdict)?;
    existing_grant(policy, facts, verdict)?;
    verdict.trace.note(CODE_REDEEMED);
    verdict.fate = Fate::UsedUp;
    verdict.id_token = true;
    verdict.refresh_token = due.map_or(NewRefreshToken::None, NewRefreshToken::AsFixed);
    if facts.replaces_grant_tokens() {
        verdict.trace.note(GRANT_TOKENS_REPLACED);
        verdict.ends_grant_tokens = true;
    }
    Ok(())
}

/// The refresh token that the authorization fixed, if the session that it needs is still there.
fn due<F: TokenFacts>(policy: &Knobs, facts: &F, verdict: &mut TokenVerdict) -> Result<Option<Binding>, Refusal> {
    match facts.due() {
        Due::None => Ok(None),
        Due::Offline => Ok(Some(Binding::Offline)),
        Due::Session if facts.session_alive() => Ok(Some(Binding::Session)),
        Due::Session => match policy.session_dead_at_exchange {
            SessionDeadAtExchange::Deny => Err(refuse_and(ErrorCode::InvalidGrant, SESSION_GONE_DENIED, Fate::Ends)),
            SessionDeadAtExchange::AccessTokenOnly => {
                verdict.trace.note(SESSION_GONE_NARROWED);
                verdict.without_online = true;
                Ok(None)
            }
            SessionDeadAtExchange::Full => Ok(Some(Binding::Session)),
        },
    }
}

fn existing_grant<F: TokenFacts>(policy: &Knobs, facts: &F, verdict: &mut TokenVerdict) -> Result<(), Refusal> {
    match facts.existing_grant() {
        ExistingGrant::Absent => Ok(()),
        _ if policy.supports_existing_grant == SupportsExistingGrant::No => {
            verdict.trace.note(EXISTING_GRANT_IGNORED);
            verdict.ignored_existing_grant = true;
            Ok(())
        }
        ExistingGrant::Holds => {
            verdict.trace.note(EXISTING_GRANT_ADDED);
            verdict.adds_existing_grant = true;
            verdict.ends_existing_grant =
                policy.old_refresh_token_after_increment == OldRefreshTokenAfterIncrement::Revoke;
            Ok(())
        }
        ExistingGrant::Fails => {
            verdict.trace.note(EXISTING_GRANT_FAILED);
            match (policy.existing_grant_failure, policy.code_consumed_on_failure) {
                (ExistingGrantFailure::Ignore, _) => Ok(()),
                (ExistingGrantFailure::InvalidGrant, CodeConsumedOnFailure::Yes) => {
                    Err(refuse_and(ErrorCode::InvalidGrant, EXISTING_GRANT_FAILED, Fate::UsedUp))
                }
                (ExistingGrantFailure::InvalidGrant, CodeConsumedOnFailure::No) => {
                    Err(refuse(ErrorCode::InvalidGrant, EXISTING_GRANT_FAILED))
                }
            }
        }
    }
}

fn refresh<F: TokenFacts>(policy: &Knobs, facts: &F, verdict: &mut TokenVerdict) -> Result<(), Refusal> {
    presented(facts)?;
    if facts.sender_constrained() && !facts.sender_proof() {
        return Err(refuse(ErrorCode::InvalidGrant, PROOF_MISSING));
    }
    match facts.stored() {
        Stored::Active => {}
        Stored::UsedUpInGrace => verdict.trace.note(REUSED_IN_GRACE),
        Stored::UsedUp => return Err(refuse_and(ErrorCode::InvalidGrant, REUSED, Fate::FamilyEnds)),
        Stored::Dead => return Err(refuse(ErrorCode::InvalidGrant, REVOKED)),
    }
    let ends = |rule| Err(refuse_and(ErrorCode::InvalidGrant, rule, Fate::Ends));
    if facts.elapsed() {
        return ends(EXPIRED);
    }
    if facts.due() == Due::Session && !facts.session_alive() {
        return ends(SESSION_ENDED);
    }
    match facts.scope() {
        AskedScope::Same => {}
        AskedScope::Narrower => verdict.trace.note(SCOPE_NARROWER),
        AskedScope::Wider | AskedScope::Malformed => return Err(refuse(ErrorCode::InvalidScope, SCOPE_WIDER)),
    }
    if facts.wants_id_token() {
        verdict.trace.note(ID_TOKEN);
        verdict.id_token = true;
    }
    let (rule, token, fate) = match rotation(policy, facts) {
        Rotation::Kept => (KEPT, NewRefreshToken::None, Fate::Touched),
        Rotation::Added => (ADDED, NewRefreshToken::Successor, Fate::Touched),
        Rotation::Replaced => (ROTATED, NewRefreshToken::Successor, Fate::UsedUp),
    };
    verdict.trace.note(rule);
    verdict.refresh_token = token;
    verdict.fate = if facts.stored() == Stored::UsedUpInGrace { Fate::Untouched } else { fate };
    Ok(())
}

enum Rotation {
    Kept,
    Added,
    Replaced,
}

/// A sender-constrained token of a public client needs no rotation (RFC 9700, section 2.2.2).
fn rotation<F: TokenFacts>(policy: &Knobs, facts: &F) -> Rotation {
    let unbound = || !facts.sender_constrained();
    let replaced = match policy.refresh_token_rotation {
        RefreshTokenRotation::Off => false,
        RefreshTokenRotation::ReplaceKeepOld => return Rotation::Added,
        RefreshTokenRotation::Public => facts.client_type() == ClientType::Public && unbound(),
        RefreshTokenRotation::BrowserClients => facts.application_type() == ApplicationType::Browser && unbound(),
        RefreshTokenRotation::All => true,
    };
    // Within the grace a replaced token is replaced again, whatever the policy says by now.
    if replaced || facts.stored() == Stored::UsedUpInGrace { Rotation::Replaced } else { Rotation::Kept }
}

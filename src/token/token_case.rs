//! A case of the token endpoint: the input, checked and parsed, and as a situation.

use std::sync::Arc;

use super::token_input::{ExchangeInput, RefreshInput};
use super::token_response::TokenType;
use crate::decide::life::{Binding, RefreshTokenLife};
use crate::decide::syntax::Syntax;
use crate::decide::token::facts::{
    AskedScope, Due, ExistingGrant, GrantType, Presented, Stored, TokenSituation, Verifier,
};
use crate::decide::words::is_offline_scope;
use crate::input::{Misuse, MisuseCode, Place, Text};
use crate::lifetimes;
use crate::oauth::client::{ApplicationType, Client, ClientType};
use crate::oauth::parameters::{Parameter, Parameters};
use crate::oauth::scope::{OPENID, Scopes};
use crate::oauth::session::Session;
use crate::policy::Policy;
use crate::records::{CodeRecord, CodeStatus, TokenKind, TokenRecord, TokenStatus, session_is_alive};
use crate::standing;

/// What a token decision starts from.
#[derive(Clone, Debug)]
pub(super) struct TokenCase {
    pub(super) parameters: Parameters,
    pub(super) client: Option<Arc<Client>>,
    authenticated: bool,
    pub(super) presented: PresentedRecord,
    pub(super) existing_grant: Option<TokenRecord>,
    /// None when it is over.
    pub(super) session: Option<Session>,
    verifier_matches: bool,
    pub(super) sender_constrained: bool,
    sender_proof: bool,
    pub(super) token_type: TokenType,
    wants_id_token: bool,
    pub(super) auth: Option<Text>,
    pub(super) now: u64,
}

/// The record that the request presents.
#[derive(Clone, Debug)]
pub(super) enum PresentedRecord {
    None,
    Code(Box<CodeRecord>),
    Token(Box<TokenRecord>),
}

impl TokenCase {
    /// Reads the input of a code exchange.
    pub(super) fn exchange(policy: &Policy, given: ExchangeInput) -> Result<Self, Misuse> {
        let clock = policy.configuration.clock(given.now);
        let code = given.code.map(|code| code.at(Place::of("code"), clock)).transpose()?;
        if given.token_type == TokenType::DPoP && !given.sender_constrained {
            let problem = "is DPoP, and such a token is bound to a key: sender_constrained must be true";
            return Err(Misuse::new(MisuseCode::Contradiction, "token_type", problem));
        }
        let mut case = Self {
            parameters: given.request.parse(policy.limits()),
            client: given.client,
            authenticated: given.client_authenticated,
            presented: PresentedRecord::None,
            existing_grant: given
                .existing_grant
                .map(|token| token.at(Place::of("existing_grant"), clock))
                .transpose()?,
            session: given.session.map(|session| session.at(Place::of("session"), clock)).transpose()?.flatten(),
            verifier_matches: given.code_verifier_matches,
            sender_constrained: given.sender_constrained,
            sender_proof: false,
            token_type: given.token_type,
            wants_id_token: false,
            auth: given.auth,
            now: clock.now,
        };
        // A code counts for nothing in a request that does not ask for it to be redeemed.
        if let Some(code) = code.filter(|_| case.grant_type() == GrantType::AuthorizationCode) {
            case.presented = PresentedRecord::Code(Box::new(code));
        }
        Ok(case)
    }

    /// Reads the input of a refresh.
    pub(super) fn refresh(policy: &Policy, given: RefreshInput) -> Result<Self, Misuse> {
        let clock = policy.configuration.clock(given.now);
        let token = given.refresh_token.map(|token| token.at(Place::of("refresh_token"), clock)).transpose()?;
        let mut case = Self {
            parameters: given.request.parse(policy.limits()),
            client: given.client,
            authenticated: given.client_authenticated,
            presented: PresentedRecord::None,
            existing_grant: None,
            session: given.session.map(|session| session.at(Place::of("session"), clock)).transpose()?.flatten(),
            verifier_matches: false,
            sender_constrained: false,
            sender_proof: given.sender_proof,
            token_type: given.token_type,
            wants_id_token: given.id_token,
            auth: None,
            now: clock.now,
        };
        if let Some(token) = token.filter(|_| case.grant_type() == GrantType::RefreshToken) {
            case.sender_constrained = token.sender_constrained;
            // A token that is bound to no key asks for no certain one, and a DPoP proof is proof of some.
            case.sender_proof |= !token.sender_constrained && given.token_type == TokenType::DPoP;
            case.presented = PresentedRecord::Token(Box::new(token));
        }
        Ok(case)
    }

    /// The situation, in which every string and every time is a fact. Whether a limit of a refresh token is reached is
    /// a fact about that limit, and comes when it is known.
    pub(super) fn situation(&self, policy: &Policy) -> TokenSituation {
        let configured = &policy.configuration;
        let client = self.client.as_ref();
        let grant_type = self.grant_type();
        TokenSituation {
            syntax: self.syntax(),
            grant_type,
            client_known: client.is_some_and(|client| {
                self.parameters.get(Parameter::ClientId).is_none_or(|asked| *asked == client.client_id)
            }),
            authenticated: self.authenticated,
            client_type: client.map_or(ClientType::Public, |client| client.client_type),
            application_type: client.map_or(ApplicationType::Web, |client| client.application_type),
            grant_type_registered: client.is_some_and(|client| {
                client.has_grant_type(self.parameters.text(Parameter::GrantType).unwrap_or_default())
            }),
            code_grant_registered: client.is_some_and(|client| client.has_grant_type("authorization_code")),
            presented: self.presented(grant_type),
            stored: self.stored(policy),
            elapsed: match &self.presented {
                PresentedRecord::Code(code) => lifetimes::code_is_over(policy, code, self.now),
                PresentedRecord::None | PresentedRecord::Token(_) => false,
            },
            redirect_uri_fits: self.redirect_uri_fits(),
            verifier: self.verifier(),
            due: self.due(),
            session_alive: self.session_alive(),
            existing_grant: self.existing_grant(policy),
            replaces_grant_tokens: match &self.presented {
                PresentedRecord::Code(code) => {
                    matches!(code.grant_management_action.as_deref(), Some("merge" | "replace"))
                }
                PresentedRecord::None | PresentedRecord::Token(_) => false,
            },
            scope: self.scope(policy),
            leaves_out_offline: self.leaves_out_offline(policy),
            aged: self.aged(policy),
            sender_constrained: self.sender_constrained,
            sender_proof: self.sender_proof,
            wants_id_token: match &self.presented {
                PresentedRecord::Token(token) => self.wants_id_token && self.refreshed_scope(token).contains(OPENID),
                PresentedRecord::None | PresentedRecord::Code(_) => false,
            },
            limited: configured.max_refresh_tokens_per_client_and_user.is_some(),
            testing_project: client.is_some_and(|client| client.testing_project),
            beyond_basic_profile: match &self.presented {
                PresentedRecord::None => false,
                PresentedRecord::Code(code) => lifetimes::beyond_basic_profile(&code.scope),
                PresentedRecord::Token(token) => lifetimes::beyond_basic_profile(&token.scope),
            },
            browser_absolute_limit: configured.browser_refresh_token_absolute_lifetime_s.is_some(),
            offline_absolute_limit: configured.offline_refresh_token_absolute_lifetime_s.is_some(),
            absolute_limit: configured.refresh_token_absolute_lifetime_s.is_some(),
            offline_idle_limit: configured.offline_refresh_token_idle_lifetime_s.is_some(),
            idle_limit: configured.refresh_token_idle_lifetime_s.is_some(),
            policy_duration: configured.refresh_token_policy_s.is_some(),
            grant_ends: match &self.presented {
                PresentedRecord::None => false,
                PresentedRecord::Code(code) => code.grant_expires_at.is_some(),
                PresentedRecord::Token(token) => token.grant_expires_at.is_some(),
            },
            only_redirect_uri_left_out: self.only_redirect_uri_left_out(),
        }
    }

    /// Whether the clock ends the presented refresh token, which has these limits.
    pub(super) fn elapsed(&self, policy: &Policy, life: RefreshTokenLife) -> bool {
        match &self.presented {
            PresentedRecord::Token(token) => lifetimes::ends_at(policy, life, token).is_some_and(|end| end <= self.now),
            PresentedRecord::None | PresentedRecord::Code(_) => false,
        }
    }

    fn syntax(&self) -> Syntax {
        if self.parameters.too_long() || self.parameters.malformed() {
            Syntax::Malformed
        } else if self.parameters.repeated() {
            Syntax::Repeated
        } else {
            Syntax::WellFormed
        }
    }

    fn grant_type(&self) -> GrantType {
        match self.parameters.text(Parameter::GrantType) {
            None => GrantType::Missing,
            Some("authorization_code") => GrantType::AuthorizationCode,
            Some("refresh_token") => GrantType::RefreshToken,
            Some("client_credentials") => GrantType::ClientCredentials,
            Some(_) => GrantType::Unknown,
        }
    }

    fn presented(&self, grant_type: GrantType) -> Presented {
        let parameter = match grant_type {
            GrantType::AuthorizationCode => Parameter::Code,
            _ => Parameter::RefreshToken,
        };
        if self.parameters.get(parameter).is_none() {
            return Presented::Missing;
        }
        let issued_to = match (&self.presented, grant_type) {
            (PresentedRecord::Code(code), GrantType::AuthorizationCode) => &code.client_id,
            (PresentedRecord::Token(token), GrantType::RefreshToken) if token.kind == TokenKind::RefreshToken => {
                &token.client_id
            }
            _ => return Presented::NotFound,
        };
        if self.client.as_ref().is_some_and(|client| client.client_id == *issued_to) {
            Presented::Theirs
        } else {
            Presented::OtherClients
        }
    }

    fn stored(&self, policy: &Policy) -> Stored {
        match &self.presented {
            PresentedRecord::None => Stored::Dead,
            PresentedRecord::Code(code) => match code.status {
                CodeStatus::Active => Stored::Active,
                CodeStatus::Used => Stored::UsedUp,
                CodeStatus::Revoked => Stored::Dead,
            },
            PresentedRecord::Token(token) => match token.status {
                TokenStatus::Active => Stored::Active,
                TokenStatus::Superseded => {
                    let grace = policy.configuration.reuse_grace_s.unwrap_or(0);
                    let end = token.superseded_at.and_then(|at| at.checked_add(grace));
                    if end.is_some_and(|end| self.now < end) { Stored::UsedUpInGrace } else { Stored::UsedUp }
                }
                TokenStatus::Expired | TokenStatus::Revoked => Stored::Dead,
            },
        }
    }

    /// Named in the authorization request, it has to be named again, and the same (RFC 6749, section 4.1.3).
    fn redirect_uri_fits(&self) -> bool {
        match (&self.presented, self.parameters.get(Parameter::RedirectUri)) {
            (PresentedRecord::Code(code), Some(sent)) => code.redirect_uri == *sent,
            (PresentedRecord::Code(code), None) => !code.redirect_uri_sent,
            (PresentedRecord::None | PresentedRecord::Token(_), _) => true,
        }
    }

    /// Not named in the token request; and there is no other that it could be.
    fn only_redirect_uri_left_out(&self) -> bool {
        let registered = self.client.as_ref().map(|client| client.redirect_uris.as_slice());
        match (&self.presented, registered, self.parameters.was_sent(Parameter::RedirectUri)) {
            (PresentedRecord::Code(code), Some([only]), false) => code.redirect_uri == *only,
            _ => false,
        }
    }

    fn verifier(&self) -> Verifier {
        let challenged = match &self.presented {
            PresentedRecord::Code(code) => code.code_challenge.is_some(),
            PresentedRecord::None | PresentedRecord::Token(_) => false,
        };
        match (challenged, self.parameters.was_sent(Parameter::CodeVerifier)) {
            (false, false) => Verifier::Neither,
            (false, true) => Verifier::Unexpected,
            (true, false) => Verifier::Missing,
            (true, true) if self.verifier_matches => Verifier::Fits,
            (true, true) => Verifier::Differs,
        }
    }

    fn due(&self) -> Due {
        let of = |binding| match binding {
            Binding::Session => Due::Session,
            Binding::Offline => Due::Offline,
        };
        match &self.presented {
            PresentedRecord::None => Due::None,
            PresentedRecord::Code(code) => code.refresh_token.as_ref().map_or(Due::None, |token| of(token.binding)),
            PresentedRecord::Token(token) => of(token.binding),
        }
    }

    /// The id of the grant that the record goes back to, where the client addresses grants.
    pub(super) fn grant_id(&self) -> Option<&Text> {
        match &self.presented {
            PresentedRecord::None => None,
            PresentedRecord::Code(code) => code.grant_id.as_ref(),
            PresentedRecord::Token(token) => token.grant_id.as_ref(),
        }
    }

    /// The session that the record names, if it is still there.
    pub(super) fn live_session(&self) -> Option<&Session> {
        self.session.as_ref().filter(|_| self.session_alive())
    }

    fn session_alive(&self) -> bool {
        let (sub, sid) = match &self.presented {
            PresentedRecord::None => return false,
            PresentedRecord::Code(code) => (Some(code.sub.as_str()), code.sid.as_deref()),
            PresentedRecord::Token(token) => (token.sub.as_deref(), token.sid.as_deref()),
        };
        session_is_alive(self.session.as_ref(), sub, sid)
    }

    /// Unexpired, unrevoked, a refresh token, of the same client and of the same user.
    fn existing_grant(&self, policy: &Policy) -> ExistingGrant {
        if !self.parameters.was_sent(Parameter::ExistingGrant) {
            return ExistingGrant::Absent;
        }
        let (Some(token), PresentedRecord::Code(code)) = (&self.existing_grant, &self.presented) else {
            return ExistingGrant::Fails;
        };
        let bound_to_dead_session = token.binding == Binding::Session
            && !session_is_alive(self.session.as_ref(), token.sub.as_deref(), token.sid.as_deref());
        let holds = token.kind == TokenKind::RefreshToken
            && token.status == TokenStatus::Active
            && token.client_id == code.client_id
            && token.sub.as_deref() == Some(code.sub.as_str())
            && !bound_to_dead_session
            && self.is_in_time(policy, token);
        if holds { ExistingGrant::Holds } else { ExistingGrant::Fails }
    }

    /// Whether a refresh token beside the presented code has not reached a limit.
    fn is_in_time(&self, policy: &Policy, token: &TokenRecord) -> bool {
        let client = self.client.as_deref();
        standing::limits(policy, client, token)
            .and_then(|life| lifetimes::ends_at(policy, life, token))
            .is_none_or(|end| self.now < end)
    }

    /// The scopes that were asked for; none when the parameter was not sent.
    pub(super) fn asked_scope(&self) -> Option<Scopes> {
        self.parameters.get(Parameter::Scope).map(Scopes::parse).filter(|scope| !scope.is_empty())
    }

    /// The scope that a refresh gives: of what was asked for, what the presented token has; all where nothing was.
    pub(super) fn refreshed_scope(&self, token: &TokenRecord) -> Scopes {
        self.asked_scope()
            .map_or_else(|| token.scope.clone(), |asked| asked.filter(|scope| token.scope.contains(scope)))
    }

    /// Whether the scope that a refresh gives lacks the offline access that the presented token has.
    fn leaves_out_offline(&self, policy: &Policy) -> bool {
        let PresentedRecord::Token(token) = &self.presented else { return false };
        let Some(asked) = self.asked_scope() else { return false };
        let is_offline = |scope: &str| is_offline_scope(&policy.knobs, scope);
        token.scope.any(is_offline) && !asked.any(|scope| is_offline(scope) && token.scope.contains(scope))
    }

    /// Whether the presented refresh token has reached the age from which on it is replaced.
    fn aged(&self, policy: &Policy) -> bool {
        let PresentedRecord::Token(token) = &self.presented else { return false };
        let age = self.now.saturating_sub(token.issued_at);
        policy.configuration.rotate_after_s.is_some_and(|limit| age >= limit)
    }

    fn scope(&self, policy: &Policy) -> AskedScope {
        let Some(asked) = self.asked_scope() else {
            let needs_scope = self.grant_type() == GrantType::ClientCredentials
                && policy.configuration.default_scope.is_none()
                && policy.configuration.scopes_supported.is_some();
            return if needs_scope { AskedScope::Wider } else { AskedScope::Same };
        };
        if !asked.well_formed() {
            return AskedScope::Malformed;
        }
        match &self.presented {
            PresentedRecord::Token(token) if asked.same_as(&token.scope) => AskedScope::Same,
            PresentedRecord::Token(token) if asked.is_subset(&token.scope) => AskedScope::Narrower,
            PresentedRecord::Token(token) if asked.any(|scope| token.scope.contains(scope)) => AskedScope::Wider,
            PresentedRecord::Token(_) => AskedScope::Other,
            PresentedRecord::Code(_) => AskedScope::Same,
            PresentedRecord::None => {
                let known = |names: Option<&Scopes>| names.is_none_or(|names| asked.is_subset(names));
                let configured = &policy.configuration;
                let fine = known(configured.scopes_supported.as_ref()) && known(configured.allowed_scopes.as_ref());
                if fine { AskedScope::Same } else { AskedScope::Wider }
            }
        }
    }
}

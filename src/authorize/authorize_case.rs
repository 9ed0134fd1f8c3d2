//! A case of the authorization endpoint: the input, checked and parsed, from which facts are worked out.

use std::sync::Arc;

use super::answers::{CountedAnswers, Terms};
use super::asked::{AskedMaxAge, AskedRequest};
use super::asked_scopes::AskedScopes;
use super::authorize_input::AuthorizeInput;
use super::surroundings::{Circumstances, HeldCondition};
use crate::decide::authorize::facts::LoginAnswer;
use crate::decide::words::knows_prompt;
use crate::input::{Misuse, MisuseCode, Place, Text};
use crate::oauth::client::{Client, Trust};
use crate::oauth::id_token_hint::IdTokenHint;
use crate::oauth::parameters::Parameter;
use crate::oauth::redirect::{self, RedirectForm, RedirectProof};
use crate::oauth::session::Session;
use crate::policy::Policy;
use crate::policy::knobs::{GrantModel, OpenidConnect};
use crate::records::Grant;

/// How old a sign-in may be that prompt=login or max_age=0 asked for, when the person answers on the page. Ten minutes
/// leave time for a second factor; RFC 6749, section 4.1.2, gives a code no longer.
const SIGN_IN_S: u64 = 600;

/// What a decision starts from.
#[derive(Clone, Debug)]
pub(super) struct AuthorizeCase {
    pub(super) request: AskedRequest,
    pub(super) client: Option<Arc<Client>>,
    pub(super) trust: Trust,
    pub(super) redirect: Option<Redirect>,
    pub(super) scopes: AskedScopes,
    /// None when it is over.
    pub(super) session: Option<Session>,
    pub(super) grant: Option<Grant>,
    /// Those that hold now.
    pub(super) conditions: Vec<HeldCondition>,
    pub(super) circumstances: Circumstances,
    pub(super) hint: Option<IdTokenHint>,
    /// The caller's id of the page.
    pub(super) interaction: Option<Text>,
    pub(super) answers: CountedAnswers,
    pub(super) now: u64,
}

/// Where the response goes, what that proves, and what the registered address looks like.
#[derive(Clone, Debug)]
pub(super) struct Redirect {
    pub(super) uri: Text,
    pub(super) proof: RedirectProof,
    pub(super) form: RedirectForm,
}

impl AuthorizeCase {
    pub(super) fn of(policy: &Policy, given: AuthorizeInput) -> Result<Self, Misuse> {
        let now = given.now;
        let clock = policy.configuration.clock(now);
        let terms =
            Terms { clock, max_age: policy.configuration.answer_max_age_s, interaction: given.interaction.as_deref() };
        let request = AskedRequest::parse(given.request.parse(policy.limits()));
        let trust = given.trust.unwrap_or_default();
        let mut case = Self {
            redirect: given.client.as_ref().and_then(|client| redirect_of(&request, client, trust)),
            scopes: AskedScopes::of(request.scope.as_ref(), &policy.configuration),
            session: given.session.map(|session| session.at(Place::of("session"), clock)).transpose()?.flatten(),
            conditions: given
                .conditions
                .into_iter()
                .filter(|condition| condition.expires_at.is_none_or(|end| now < end))
                .collect(),
            circumstances: given.circumstances.unwrap_or_default(),
            answers: CountedAnswers::of(given.answers, terms)?,
            interaction: given.interaction,
            request,
            client: given.client,
            trust,
            grant: given.grant.map(|grant| grant.at(Place::of("grant"), clock)).transpose()?,
            hint: given.id_token_hint,
            now,
        };
        case.consistent(policy)?;
        case.scopes.kinds = case.scopes.kinds(policy, case.live_grant());
        Ok(case)
    }

    fn consistent(&self, policy: &Policy) -> Result<(), Misuse> {
        if self.answers.login == LoginAnswer::Done {
            self.signed_in_as_asked(policy)?;
        }
        if self.hint.is_some() && self.request.parameters.get(Parameter::IdTokenHint).is_none() {
            return Err(Misuse::new(
                MisuseCode::Contradiction,
                "id_token_hint",
                "is given, and the request sends no id_token_hint",
            ));
        }
        Ok(())
    }

    /// An answer says that the user has signed in, and the session bears it out: the sign-in is as recent as the request
    /// asks for. The answer says when it was given; without that, it is taken as given now.
    fn signed_in_as_asked(&self, policy: &Policy) -> Result<(), Misuse> {
        let Some(session) = &self.session else {
            return Err(Misuse::new(
                MisuseCode::Contradiction,
                "session",
                "is null or over, and an answer says that the user has signed in: pass the new session",
            ));
        };
        let prompted = self.request.prompt.login && knows_prompt(policy.knobs.prompt_vocabulary, "login");
        let max_age = match policy.knobs.openid_connect {
            OpenidConnect::Yes => self.max_age(),
            OpenidConnect::No => AskedMaxAge::Absent,
        };
        let limit = match max_age {
            AskedMaxAge::Seconds(0) => Some(SIGN_IN_S),
            AskedMaxAge::Seconds(limit) if prompted => Some(limit.min(SIGN_IN_S)),
            AskedMaxAge::Seconds(limit) => Some(limit),
            AskedMaxAge::Absent | AskedMaxAge::Malformed => prompted.then_some(SIGN_IN_S),
        };
        let answered_at = self.answers.login_at.unwrap_or(self.now);
        let age = answered_at.saturating_sub(session.auth_time);
        let tolerance = policy.configuration.clock(self.now).tolerance;
        if limit.is_some_and(|limit| age > limit.saturating_add(tolerance)) {
            return Err(Misuse::new(
                MisuseCode::Contradiction,
                "session.auth_time",
                "is older than the request allows (prompt=login, max_age), and an answer says that the user has just \
                 signed in: pass the session with its new auth_time, and in the answer `at`, when it was given",
            ));
        }
        Ok(())
    }

    /// The request's max_age, else the client's default (OpenID Connect Dynamic Client Registration, section 2).
    pub(super) fn max_age(&self) -> AskedMaxAge {
        match (self.request.max_age, self.client.as_ref().and_then(|client| client.default_max_age)) {
            (AskedMaxAge::Absent, Some(seconds)) => AskedMaxAge::Seconds(seconds),
            (asked, _) => asked,
        }
    }

    /// The user who is answered for, once known.
    pub(super) fn sub(&self) -> Option<&Text> {
        self.session.as_ref().map(|session| &session.sub)
    }

    /// The grant when it is this user's and alive, whichever client it was given to.
    pub(super) fn live_grant(&self) -> Option<&Grant> {
        let sub = self.sub()?;
        self.grant
            .as_ref()
            .filter(|grant| grant.is_alive(self.now) && grant.sub.as_ref().is_none_or(|owner| owner == sub))
    }

    /// Whether the live grant was given in this session; one of which nobody says in which was not.
    pub(super) fn grant_is_of_this_session(&self, grant: &Grant) -> bool {
        let sid = self.session.as_ref().and_then(|session| session.sid.as_ref());
        sid.is_some() && grant.sid.as_ref() == sid
    }

    /// The stored grant of this user and this client on which a new one builds: one of this session, where it has to be.
    pub(super) fn standing_grant(&self, policy: &Policy) -> Option<&Grant> {
        let per_session = policy.knobs.grant_model == GrantModel::PerSession;
        self.live_grant().filter(|grant| {
            grant.remembered
                && self.grant_is_this_clients(grant)
                && (!per_session || self.grant_is_of_this_session(grant))
        })
    }

    /// Whether the live grant was given to this client.
    pub(super) fn grant_is_this_clients(&self, grant: &Grant) -> bool {
        match (&grant.client_id, &self.client) {
            (Some(granted_to), Some(client)) => *granted_to == client.client_id,
            (None, _) => true,
            (Some(_), None) => false,
        }
    }
}

/// The redirect URI of the response: the requested one if a registered one admits it, or the only registered one
/// where none is named (RFC 6749, section 3.1.2.3).
fn redirect_of(request: &AskedRequest, client: &Client, trust: Trust) -> Option<Redirect> {
    if request.parameters.was_sent(Parameter::RedirectUri) && request.redirect_uri.is_none() {
        return None;
    }
    let (uri, registered) = match (&request.redirect_uri, client.redirect_uris.as_slice()) {
        (Some(uri), all) => (uri, redirect::admitting(all, uri)?),
        (None, all @ [only]) if !only.contains('*') => (only, redirect::admitting(all, only)?),
        (None, _) => return None,
    };
    Some(Redirect {
        uri: uri.clone(),
        proof: redirect::proof(registered, trust.claimed_https()),
        form: redirect::form(registered),
    })
}

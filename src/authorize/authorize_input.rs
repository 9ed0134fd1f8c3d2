//! Everything that the caller hands over with a request, read strictly.

use super::answers::Answers;
use super::asked::{AskedMaxAge, AskedRequest};
use super::scopes::AskedScopes;
use crate::decide::facts::{Launch, LoginAnswer};
use crate::input::{Members, Misuse, MisuseCode, Node, Value, closed};
use crate::oauth::client::{Client, Trust};
use crate::oauth::grant::Grant;
use crate::oauth::parameters::Parameters;
use crate::oauth::redirect::{self, RedirectProof};
use crate::oauth::scope::Scopes;
use crate::oauth::session::Session;
use crate::policy::Policy;

/// What a decision starts from.
#[derive(Clone, Debug)]
pub(super) struct AuthorizeCase {
    pub(super) request: AskedRequest,
    pub(super) client: Option<Client>,
    pub(super) trust: Trust,
    pub(super) redirect: Option<Redirect>,
    pub(super) scopes: AskedScopes,
    pub(super) session: Option<Session>,
    pub(super) grant: Option<Grant>,
    pub(super) conditions: Vec<HeldCondition>,
    pub(super) circumstances: Circumstances,
    pub(super) hint: Option<IdTokenHint>,
    pub(super) answers: Answers,
    pub(super) now: u64,
}

/// Where the response goes, and what that proves.
#[derive(Clone, Debug)]
pub(super) struct Redirect {
    pub(super) uri: String,
    pub(super) proof: RedirectProof,
}

/// A condition for processing other than consent.
#[derive(Clone, Debug)]
pub(super) struct HeldCondition {
    pub(super) basis: String,
    pub(super) permits_offline: bool,
    /// Every scope when absent.
    pub(super) resources: Option<Scopes>,
}

/// What the server knows beside the rest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Circumstances {
    pub(super) launch: Launch,
    pub(super) client_eligible: bool,
    pub(super) admin_restricted: bool,
    pub(super) user_may_have_offline: bool,
    pub(super) consent_screen_available: bool,
    pub(super) consent_valid: bool,
}

/// A verified id_token_hint, as facts.
#[derive(Clone, Debug)]
pub(super) struct IdTokenHint {
    pub(super) sub: String,
    pub(super) issued_here: bool,
}

const KEYS: &[&str] = &[
    "request",
    "client",
    "trust",
    "session",
    "grant",
    "conditions",
    "circumstances",
    "id_token_hint",
    "answers",
    "now",
];

impl AuthorizeCase {
    pub(super) fn read(policy: &Policy, input: &Value) -> Result<Self, Misuse> {
        let members = closed(Node::root(input, ""), KEYS)?;
        let now = members.need("now")?.whole()?;
        let request = AskedRequest::parse(Parameters::read(members.need("request")?)?);
        let client = members.optional("client", Client::read)?;
        let trust = members.optional("trust", Trust::read)?.unwrap_or_default();
        let session = members.optional("session", |node| Session::read(node, now))?.flatten();
        let case = Self {
            redirect: client.as_ref().and_then(|client| redirect_of(&request, client, trust)),
            scopes: AskedScopes::of(request.scope.as_ref(), &policy.configuration),
            grant: members.optional("grant", Grant::read)?,
            conditions: conditions(members, now)?,
            circumstances: Circumstances::read(members)?,
            hint: members.optional("id_token_hint", IdTokenHint::read)?,
            answers: Answers::read(members.get("answers"))?,
            request,
            client,
            trust,
            session,
            now,
        };
        case.consistent(members)?;
        Ok(case)
    }

    fn consistent(&self, members: Members<'_>) -> Result<(), Misuse> {
        if self.answers.login == LoginAnswer::Done && self.session.is_none() {
            return Err(Misuse::new(
                MisuseCode::Contradiction,
                "session",
                "is null or over, and an answer says that the user has signed in: pass the new session",
            ));
        }
        if let Some(hint) =
            members.get("id_token_hint").filter(|_| self.request.parameters.get("id_token_hint").is_none())
        {
            return Err(hint.misuse(MisuseCode::Contradiction, "is given, and the request sends no id_token_hint"));
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
    pub(super) fn sub(&self) -> Option<&str> {
        self.session.as_ref().map(|session| session.sub.as_str())
    }

    /// The grant when it is this user's and alive, whichever client it was given to.
    pub(super) fn live_grant(&self) -> Option<&Grant> {
        let sub = self.sub()?;
        self.grant.as_ref().filter(|grant| {
            !grant.revoked
                && grant.expires_at.is_none_or(|end| self.now < end)
                && grant.sub.as_deref().is_none_or(|owner| owner == sub)
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
    if request.parameters.was_sent("redirect_uri") && request.redirect_uri.is_none() {
        return None;
    }
    let (uri, registered) = match (&request.redirect_uri, client.redirect_uris.as_slice()) {
        (Some(uri), all) => (uri, all.iter().find(|registered| redirect::admits(registered, uri))?),
        (None, [only]) if redirect::admits(only, only) && !only.contains('*') => (only, only),
        (None, _) => return None,
    };
    Some(Redirect { uri: uri.clone(), proof: redirect::proof(registered, trust.claimed_https) })
}

/// Reads what surrounds a request, for whoever keeps it until one comes.
pub(crate) fn check_surroundings(members: Members<'_>, now: u64) -> Result<(), Misuse> {
    conditions(members, now)?;
    Circumstances::read(members)?;
    Ok(())
}

fn conditions(members: Members<'_>, now: u64) -> Result<Vec<HeldCondition>, Misuse> {
    let Some(node) = members.get("conditions") else { return Ok(Vec::new()) };
    let mut held = Vec::new();
    for item in node.list()? {
        let condition = closed(item, &["basis", "permits_offline", "resources", "expires_at"])?;
        let basis = condition.need("basis")?.text()?.to_owned();
        let permits_offline = condition.need("permits_offline")?.boolean()?;
        let resources = condition.optional("resources", Node::text)?.map(Scopes::parse);
        if condition.optional("expires_at", Node::whole)?.is_none_or(|end| now < end) {
            held.push(HeldCondition { basis, permits_offline, resources });
        }
    }
    Ok(held)
}

impl Circumstances {
    fn read(members: Members<'_>) -> Result<Self, Misuse> {
        let mut circumstances = Self {
            launch: Launch::Unstated,
            client_eligible: true,
            admin_restricted: false,
            user_may_have_offline: true,
            consent_screen_available: true,
            consent_valid: true,
        };
        let Some(node) = members.get("circumstances") else { return Ok(circumstances) };
        let known = [
            "launch",
            "client_eligible",
            "admin_restricted",
            "user_may_have_offline",
            "consent_screen_available",
            "consent_valid",
        ];
        let given = closed(node, &known)?;
        let flag = |name: &'static str, default: bool| {
            given.optional(name, Node::boolean).map(|value| value.unwrap_or(default))
        };
        circumstances.launch = given
            .optional("launch", |launch| launch.word(&[("ehr", Launch::Ehr), ("standalone", Launch::Standalone)]))?
            .unwrap_or(Launch::Unstated);
        circumstances.client_eligible = flag("client_eligible", true)?;
        circumstances.admin_restricted = flag("admin_restricted", false)?;
        circumstances.user_may_have_offline = flag("user_may_have_offline", true)?;
        circumstances.consent_screen_available = flag("consent_screen_available", true)?;
        circumstances.consent_valid = flag("consent_valid", true)?;
        Ok(circumstances)
    }
}

impl IdTokenHint {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = closed(node, &["sub", "expired", "issued_here"])?;
        // A hint past its exp is still accepted (OpenID Connect Core 1.0, section 3.1.2.2).
        members.optional("expired", Node::boolean)?;
        Ok(Self {
            sub: members.need("sub")?.text()?.to_owned(),
            issued_here: members.optional("issued_here", Node::boolean)?.unwrap_or(true),
        })
    }
}

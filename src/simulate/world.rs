//! The world around the server: the client, the user, the session and the clock.

use crate::authorize::{Circumstances, HeldCondition};
use crate::input::{LATEST, Misuse, MisuseCode, Node, Shape, Text, Time, Value, closed};
use crate::oauth::client::{Client, Trust};
use crate::records::Grant;

/// How long a fresh session lasts.
const SESSION_S: u64 = 28_800;
/// Where the clock starts.
const START: u64 = 1_700_000_000;

/// What surrounds the server.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) client: Value,
    pub(super) client_id: Text,
    pub(super) redirect_uri: Text,
    pub(super) trust: Value,
    pub(super) sub: Text,
    pub(super) session: Option<OpenSession>,
    pub(super) conditions: Vec<Value>,
    pub(super) circumstances: Value,
    pub(super) now: u64,
    sessions: u64,
}

shape! {
    /// A session that is open.
    pub struct OpenSession {
        /// Its identifier.
        needed sid: Text,
        /// The user.
        needed sub: Text,
        /// Seconds since the epoch.
        needed auth_time: u64 as Time,
        /// Seconds since the epoch.
        needed expires_at: u64 as Time,
        /// How many accounts are signed in.
        needed accounts: u64,
    }
}

const KEYS: &[&str] = &["client", "trust", "sub", "session", "grant", "conditions", "circumstances", "now"];

impl World {
    /// Reads the options; the grant to begin with, if any, is handed back.
    pub(super) fn read(options: &Value) -> Result<(Self, Option<Value>), Misuse> {
        let members = closed(Node::root(options, "options"), KEYS)?;
        let given = members.need("client")?;
        let client = Client::read(given)?;
        members.optional("trust", Trust::read)?;
        members.optional("grant", Grant::read)?;
        members.optional("conditions", Vec::<HeldCondition>::read)?;
        members.optional("circumstances", Circumstances::read)?;
        let redirect_uri = client.redirect_uris.first().cloned().unwrap_or_default().replace("*.", "app.");
        let own = |name: &'static str| members.get(name).map_or(Value::Null, |node| node.value().clone());
        let mut world = Self {
            client: given.value().clone(),
            client_id: client.client_id,
            redirect_uri: redirect_uri.into(),
            trust: own("trust"),
            sub: members.optional("sub", Node::text)?.cloned().unwrap_or_else(|| Text::fixed("alice")),
            session: None,
            conditions: match members.get("conditions") {
                Some(node) => node.list()?.map(|item| item.value().clone()).collect(),
                None => Vec::new(),
            },
            circumstances: own("circumstances"),
            now: members.optional("now", Node::whole)?.unwrap_or(START),
            sessions: 0,
        };
        let absent = !members.iter().any(|(name, _)| name == "session");
        if let Some(node) = members.get("session") {
            let session = closed(node, &["remaining", "auth_age", "accounts"])?;
            let age = session.optional("auth_age", Node::whole)?.unwrap_or(60);
            let remaining = session.optional("remaining", Node::whole)?.unwrap_or(SESSION_S);
            let accounts = session.optional("accounts", Node::whole)?.unwrap_or(1);
            world.open(None, age, remaining, accounts);
        } else if absent {
            world.open(None, 60, SESSION_S, 1);
        }
        let mut grant = members.get("grant").map(|node| node.value().clone());
        if let Some(grant) = &mut grant {
            if grant.text_of("sub").is_none() {
                grant.set("sub", Value::Text(world.sub.clone()));
            }
            if grant.text_of("client_id").is_none() {
                grant.set("client_id", Value::Text(world.client_id.clone()));
            }
        }
        Ok((world, grant))
    }

    /// Opens a session of this user.
    pub(super) fn open(&mut self, sub: Option<&str>, auth_age: u64, remaining: u64, accounts: u64) {
        self.sessions = self.sessions.saturating_add(1);
        if let Some(sub) = sub {
            self.sub = sub.into();
        }
        self.session = Some(OpenSession {
            sid: format!("s{}", self.sessions).into(),
            sub: self.sub.clone(),
            auth_time: self.now.saturating_sub(auth_age),
            expires_at: self.now.saturating_add(remaining),
            accounts,
        });
    }

    /// The user signs in, anew or again; a sign-in starts a fresh session time.
    pub(super) fn sign_in(&mut self, login_as: Option<&str>) {
        let same_user = login_as.is_none_or(|sub| sub == self.sub);
        let (now, fresh) = (self.now, self.now.saturating_add(SESSION_S));
        match &mut self.session {
            Some(session) if same_user => {
                session.auth_time = now;
                session.expires_at = fresh;
            }
            _ => self.open(login_as, 0, SESSION_S, 1),
        }
    }

    /// The session as an input.
    pub(super) fn session_value(&self) -> Value {
        self.session.as_ref().map_or(Value::Null, Shape::write)
    }

    /// Moves the clock.
    pub(super) fn advance(&mut self, seconds: u64) -> Result<(), Misuse> {
        self.now = self
            .now
            .checked_add(seconds)
            .filter(|now| *now <= LATEST)
            .ok_or_else(|| Misuse::new(MisuseCode::WrongValue, "step.seconds", "goes beyond the end of time"))?;
        Ok(())
    }
}

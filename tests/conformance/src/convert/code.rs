//! The authorization code that a token request redeems.
//!
//! What a code carries, the authorization endpoint fixed. So the code of a vector comes from a request to it, which the
//! person approves; only what happened to the code since then is written into its record.

use super::authorize::conversation;
use super::given::{Given, Grant, Session};
use super::person::Person;
use super::sent::{CHALLENGE, Sent};
use super::{NOW, required};
use crate::vector::Fields;
use serde_json::{Map, Value, json};

/// Longer than the way back to the client takes, and shorter than any lifetime of a code.
const AGE_S: u64 = 10;

/// The code of a vector.
pub(crate) struct Code {
    scopes: Vec<String>,
    access_type: Option<String>,
    age_s: u64,
    redeemed: bool,
    auto_approved: bool,
    client_id: Option<String>,
    user: Option<String>,
    binding: Option<String>,
}

impl Code {
    pub(crate) const NAME: &'static str = "CODE1";

    pub(crate) fn read(mut code: Fields) -> Result<Self, String> {
        let read = Self {
            scopes: required(code.texts("scopes")?, "code.scopes")?,
            access_type: code.word("access_type", &["offline", "online"])?,
            age_s: code.integer("age_s")?.unwrap_or(AGE_S),
            redeemed: code.boolean("redeemed")?.unwrap_or(false),
            auto_approved: code.boolean("auto_approved")?.unwrap_or(false),
            client_id: code.text("client_id")?,
            user: code.text("user")?,
            binding: code.word("binding", &["session", "offline"])?,
        };
        code.finish()?;
        Ok(read)
    }

    /// How the driver gets the code: the request, what the person does, and what has happened to the code since.
    pub(crate) fn script(&self, id: &str, profile: &str, given: &Given, person: &Person) -> Result<Value, String> {
        let then = NOW.saturating_sub(self.age_s);
        let user = self.user.as_deref().unwrap_or_else(|| given.user());
        let session = match &given.session {
            Some(session) => Session { auth_time: session.auth_time.min(then), ..session.with(user) },
            None => Session::fresh(user, then),
        };
        let client = &given.client;
        // Where nobody says that it was approved without a page, the code is that of a first visit.
        let grant = given.grant.as_ref().map(|grant| grant.found_for(user, None));
        let grant = grant.unwrap_or_else(|| Grant::remembered(&client.id, &self.scopes).of(user));
        let grant = self.auto_approved.then_some(grant);

        let mut sent = vec![("response_type", "code".to_owned()), ("scope", self.scopes.join(" "))];
        sent.extend(self.access_type.iter().map(|value| ("access_type", value.clone())));
        // Some profiles accept no other request, and none refuses this one.
        sent.extend([("code_challenge", CHALLENGE.to_owned()), ("code_challenge_method", "S256".to_owned())]);
        sent.push(("state", "s".to_owned()));
        if !self.auto_approved && self.scopes.iter().any(|scope| scope == "offline_access") {
            sent.push(("prompt", "consent".to_owned()));
        }
        let sent = Sent::of(sent);

        let (mut input, person) = conversation(id, profile, given, person, &sent, then)?;
        if let Some(input) = input.as_object_mut() {
            input.insert("session".to_owned(), session.record());
            input.insert("grant".to_owned(), grant.unwrap_or_default());
        }
        let mut since = Map::new();
        since.insert("id".to_owned(), Self::NAME.into());
        since.insert("status".to_owned(), if self.redeemed { "used" } else { "active" }.into());
        since.extend(self.client_id.iter().map(|client| ("client_id".to_owned(), client.as_str().into())));
        Ok(json!({ "input": input, "person": person, "since": since }))
    }

    /// What the authorization endpoint must have fixed for this to be the code of the vector.
    pub(crate) fn claims(&self) -> Vec<(String, Value)> {
        let mut scopes = self.scopes.clone();
        scopes.sort();
        let binding = self.binding.iter().map(|binding| ("code.binding".to_owned(), binding.as_str().into()));
        let silent = self.auto_approved.then(|| ("code.auto_approved".to_owned(), true.into()));
        binding.chain(silent).chain([("code.scopes".to_owned(), scopes.into())]).collect()
    }
}

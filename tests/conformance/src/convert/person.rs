//! What the person does on each page.

use super::given::{Given, Session};
use super::required;
use crate::vector::Fields;
use serde_json::{Map, Value, json};

/// What the person does on the login page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Login {
    Done,
    GivenUp,
    Impossible,
}

impl Login {
    fn read(word: &str) -> Result<Self, String> {
        match word {
            "ok" => Ok(Self::Done),
            "deny" => Ok(Self::GivenUp),
            "impossible" => Ok(Self::Impossible),
            other => Err(format!("`user.login` has an unexpected value: {other}")),
        }
    }

    /// The result of the page; null where the person signs in.
    const fn failure(self) -> Option<&'static str> {
        match self {
            Self::Done => None,
            Self::GivenUp => Some("denied"),
            Self::Impossible => Some("failed"),
        }
    }
}

#[derive(Clone)]
pub(crate) struct Person {
    login: Login,
    signs_in_as: Option<String>,
    account: Option<String>,
    consent: String,
    subset: Option<Vec<String>>,
    remember: Option<bool>,
    time_limit_s: Option<u64>,
}

impl Person {
    /// Signs in and approves.
    pub(crate) fn willing() -> Self {
        Self {
            login: Login::Done,
            signs_in_as: None,
            account: None,
            consent: "approve".to_owned(),
            subset: None,
            remember: None,
            time_limit_s: None,
        }
    }

    /// As `given.user` says, which must say both whether the person can sign in and whether they consent.
    pub(crate) fn read(mut user: Fields) -> Result<Self, String> {
        let login = required(user.text("login")?, "user.login")?;
        let consent = required(user.text("consent")?, "user.consent")?;
        Self::willing().with(user, Login::read(&login)?, &consent)
    }

    /// As this person, but for what is written: a step of a scenario.
    pub(crate) fn otherwise(&self, mut user: Fields) -> Result<Self, String> {
        let login = user.text("login")?.map_or(Ok(self.login), |login| Login::read(&login))?;
        let consent = user.text("consent")?.unwrap_or_else(|| self.consent.clone());
        self.clone().with(user, login, &consent)
    }

    fn with(self, mut user: Fields, login: Login, consent: &str) -> Result<Self, String> {
        if !["approve", "deny", "approve_subset", "impossible"].contains(&consent) {
            return Err(format!("`user.consent` has an unexpected value: {consent}"));
        }
        let subset = user.texts("subset")?;
        if subset.is_some() && consent != "approve_subset" {
            return Err("`user.subset` goes only with `approve_subset`".to_owned());
        }
        let person = Self {
            login,
            signs_in_as: user.text("login_as")?.or(self.signs_in_as),
            account: user.text("account")?.or(self.account),
            consent: consent.to_owned(),
            subset: subset.or(self.subset).filter(|_| consent == "approve_subset"),
            remember: user.boolean("remember")?.or(self.remember),
            time_limit_s: user.integer("time_limit_s")?.or(self.time_limit_s),
        };
        user.finish()?;
        if consent == "approve_subset" && person.subset.is_none() {
            return Err("`approve_subset` goes with `user.subset`".to_owned());
        }
        Ok(person)
    }

    /// The answers by page, for the loop of an authorization request. A page that cannot be shown is not among them.
    pub(crate) fn turns(&self, given: &Given, profile: &str, asked_grant: Option<&str>, now: u64) -> Value {
        let mut turns = Map::new();
        for screen in ["login", "reauthenticate"] {
            turns.insert(screen.to_owned(), self.signs_in(screen, given, asked_grant, now));
        }
        turns.insert("select_account".to_owned(), self.selects(given, asked_grant));
        if given.circumstances.get("consent_screen_available") != Some(&Value::Bool(false)) {
            turns.insert("consent".to_owned(), self.consents(profile));
        }
        Value::Object(turns)
    }

    fn signs_in(&self, screen: &str, given: &Given, asked_grant: Option<&str>, now: u64) -> Value {
        if let Some(failure) = self.login.failure() {
            return json!({ "answer": { "screen": screen, "result": failure } });
        }
        let user = self.signs_in_as.as_deref().or_else(|| self.chosen()).unwrap_or_else(|| given.user());
        let accounts = given.session.as_ref().and_then(|session| session.accounts);
        let session = Session { accounts, ..Session::fresh(user, now) };
        json!({ "answer": { "screen": screen, "result": "done" }, "then": found(&session, given, asked_grant) })
    }

    fn selects(&self, given: &Given, asked_grant: Option<&str>) -> Value {
        if self.account.as_deref() == Some("none_chosen") {
            return json!({ "answer": { "screen": "select_account", "result": "none_chosen" } });
        }
        let answer = json!({ "screen": "select_account", "result": "done" });
        let Some(session) = &given.session else {
            return json!({ "answer": answer });
        };
        let chosen = session.with(self.account.as_deref().unwrap_or(&session.user));
        json!({ "answer": answer, "then": found(&chosen, given, asked_grant) })
    }

    fn chosen(&self) -> Option<&str> {
        self.account.as_deref().filter(|account| *account != "none_chosen")
    }

    fn consents(&self, profile: &str) -> Value {
        let mut answer = self.consent(profile);
        answer.insert("screen".to_owned(), "consent".into());
        if let Some(result) = answer.remove("consent") {
            answer.insert("result".to_owned(), result);
        }
        json!({ "answer": answer })
    }

    /// The person of a step of a simulation.
    pub(crate) fn of_step(&self, profile: &str) -> Value {
        let mut person = self.consent(profile);
        person.extend(self.login.failure().map(|failure| ("login".to_owned(), failure.into())));
        let user = self.signs_in_as.as_deref().or_else(|| self.chosen());
        person.extend(user.map(|user| ("login_as".to_owned(), user.into())));
        if self.account.as_deref() == Some("none_chosen") {
            person.insert("account".to_owned(), "none_chosen".into());
        }
        Value::Object(person)
    }

    fn consent(&self, profile: &str) -> Map<String, Value> {
        let result = match self.consent.as_str() {
            "deny" => "denied",
            "impossible" => "impossible",
            _ => "approved",
        };
        let mut answer = Map::new();
        answer.insert("consent".to_owned(), result.into());
        answer.extend(self.subset.as_ref().map(|subset| ("scope".to_owned(), subset.join(" ").into())));
        let remember = self.remember.or_else(|| (profile == "aol").then_some(false));
        answer.extend(remember.map(|remember| ("remember".to_owned(), remember.into())));
        answer.extend(self.time_limit_s.map(|seconds| ("time_limit".to_owned(), seconds.into())));
        answer
    }
}

/// What the server finds once this session stands.
fn found(session: &Session, given: &Given, asked_grant: Option<&str>) -> Value {
    json!({
        "session": session.record(),
        "grant": given.grant.as_ref().map_or(Value::Null, |grant| grant.found_for(&session.user, asked_grant)),
    })
}

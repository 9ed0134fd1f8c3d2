//! Everything that somebody could change about one request: each change is one edit by one owner, and says itself.

use super::edit::{answer, item, member, now, parameter, sent, word};
use crate::explore::place::Group;
use crate::input::{Text, Value};
use crate::policy::Policy;
use crate::policy::knobs::{KnobSetting, OptionValue};

/// Who would have to change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// The client's developer writes another request.
    Request,
    /// The user does something now.
    Now,
    /// The client is registered differently.
    Registration,
    /// Something else is on record of the user.
    Record,
    /// The server knows something else, or is configured differently.
    Policy,
}

impl Owner {
    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => Group::Request.name(),
            Self::Now => Group::Now.name(),
            Self::Registration => Group::Registration.name(),
            Self::Record => Group::Record.name(),
            Self::Policy => "policy",
        }
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who would have to make it.
    pub owner: Owner,
    /// What is changed: a parameter, a member, a knob.
    pub member: String,
    /// What it becomes, in words.
    pub says: String,
    pub(super) edit: Edit,
}

impl Change {
    /// The knob that it turns, with its new value.
    #[must_use]
    pub const fn knob(&self) -> Option<KnobSetting> {
        self.edit.knob()
    }

    /// Whether it turns a knob.
    #[must_use]
    pub const fn is_knob(&self) -> bool {
        self.knob().is_some()
    }
}

/// How a change is carried out.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Parameter(&'static str, Option<String>),
    Parameters(&'static [(&'static str, &'static str)]),
    Word(&'static str, String, bool),
    Member(&'static str, &'static str, Value),
    Item(&'static str, &'static str, String, bool, &'static [&'static str]),
    Whole(&'static str, Value),
    Answer(&'static [&'static str], Option<Value>),
    SignIn,
    Knob(KnobSetting),
    Supports(Text),
}

impl Edit {
    /// Carries it out.
    pub(super) fn apply(&self, policy: &mut Policy, input: &mut Value) {
        match self {
            Self::Parameter(name, value) => parameter(policy, input, name, value.as_deref()),
            Self::Parameters(values) => {
                values.iter().for_each(|(name, value)| parameter(policy, input, name, Some(value)));
            }
            Self::Word(name, value, present) => word(policy, input, name, value, *present),
            Self::Member(object, name, value) => member(input, object, name, value.clone()),
            Self::Item(object, name, value, present, absent) => item(input, object, name, value, *present, absent),
            Self::Whole(name, value) => input.set(name, value.clone()),
            Self::Answer(screens, given) => answer(input, screens, given.clone()),
            Self::SignIn => sign_in(input),
            Self::Knob(setting) => policy.knobs.set(*setting),
            Self::Supports(scope) => {
                if let Some(scopes) = &mut policy.configuration.scopes_supported {
                    *scopes = scopes.iter().cloned().chain([scope.clone()]).collect();
                }
            }
        }
    }

    /// The knob that it sets.
    pub(super) const fn knob(&self) -> Option<KnobSetting> {
        match self {
            Self::Knob(setting) => Some(*setting),
            _ => None,
        }
    }
}

/// The user signs in now; who is signed in already does it again.
fn sign_in(input: &mut Value) {
    let now = now(input);
    match input.member("session") {
        Some(Value::Members(_)) => member(input, "session", "auth_time", now.clone()),
        _ => {
            let sub = input.member("grant").and_then(|grant| grant.text_of("sub")).unwrap_or("user").to_owned();
            input.set("session", Value::object([("sub", Value::from(sub)), ("auth_time", now.clone())]));
        }
    }
    let done = Value::object([("screen", Value::from("login")), ("result", Value::from("done")), ("at", now)]);
    answer(input, &["login", "reauthenticate"], Some(done));
}

/// Builds the list.
struct Changes(Vec<Change>);

impl Changes {
    fn add(&mut self, owner: Owner, member: &str, says: impl Into<String>, edit: Edit) {
        self.0.push(Change { owner, member: member.to_owned(), says: says.into(), edit });
    }

    fn parameter(&mut self, name: &'static str, value: Option<&str>) {
        let says = match value {
            Some(value) => format!("{name} is {value}"),
            None => format!("{name} is not sent"),
        };
        self.add(Owner::Request, name, says, Edit::Parameter(name, value.map(str::to_owned)));
    }

    fn words(&mut self, policy: &Policy, input: &Value, name: &'static str, words: &[&str]) {
        let value = sent(policy, input, name).unwrap_or_default();
        for word in words {
            let present = value.split(' ').any(|known| known == *word);
            let says = format!("{name} {} {word}", if present { "does not contain" } else { "contains" });
            self.add(Owner::Request, name, says, Edit::Word(name, (*word).to_owned(), !present));
        }
    }

    fn member(&mut self, owner: Owner, object: &'static str, name: &'static str, value: Value, says: &str) {
        self.add(owner, &format!("{object}.{name}"), says, Edit::Member(object, name, value));
    }
}

/// Everything that could be changed about a request. What changes nothing, or makes no sense here, is found out when it
/// is tried.
pub(super) fn changes(policy: &Policy, input: &Value, scope: Option<&Text>) -> Vec<Change> {
    let mut changes = Changes(Vec::new());
    of_request(&mut changes, policy, input, scope);
    of_now(&mut changes);
    of_registration(&mut changes, policy, input);
    of_record(&mut changes, policy, input);
    of_server(&mut changes);
    of_policy(&mut changes, policy, scope);
    changes.0
}

/// RFC 7636, appendix B.
const PKCE: &[(&str, &str)] =
    &[("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256")];

fn of_request(changes: &mut Changes, policy: &Policy, input: &Value, scope: Option<&Text>) {
    const PROMPTS: &[&str] = &["none", "login", "consent", "select_account", "force", "auto"];
    changes.words(policy, input, "prompt", PROMPTS);
    changes.parameter("prompt", None);
    changes.words(policy, input, "scope", &["openid", "offline_access", "online_access", "refresh_token"]);
    if let Some(scope) = scope {
        changes.words(policy, input, "scope", &[scope]);
    }
    for value in ["code", "code id_token", "token"] {
        changes.parameter("response_type", Some(value));
    }
    for value in [Some("offline"), Some("online"), None] {
        changes.parameter("access_type", value);
    }
    for value in [Some("force"), Some("auto"), None] {
        changes.parameter("approval_prompt", value);
    }
    for value in [Some("true"), None] {
        changes.parameter("include_granted_scopes", value);
    }
    for value in [Some("create"), Some("merge"), Some("replace"), None] {
        changes.parameter("grant_management_action", value);
    }
    // What is fresh in every request has a value that stands for it here.
    let nonce = "the request sends a nonce, made anew for each request";
    changes.add(Owner::Request, "nonce", nonce, Edit::Parameters(&[("nonce", "n-0S6_WzA2Mj")]));
    let state = "the request sends a state, made anew for each request";
    changes.add(Owner::Request, "state", state, Edit::Parameters(&[("state", "af0ifjsldkj")]));
    let challenge = "the request sends a code_challenge with the method S256, of a verifier made anew for each request";
    changes.add(Owner::Request, "code_challenge", challenge, Edit::Parameters(PKCE));
    const REMOVABLE: &[&str] =
        &["max_age", "response_mode", "display", "request", "request_uri", "id_token_hint", "grant_id"];
    for name in REMOVABLE.iter().filter(|name| sent(policy, input, name).is_some()) {
        changes.parameter(name, None);
    }
    let registered = input.member("client").and_then(|client| client.member("redirect_uris"));
    if let Some(Value::List(addresses)) = registered
        && let Some(Value::Text(address)) = addresses.first()
    {
        changes.parameter("redirect_uri", Some(address));
    }
}

fn of_now(changes: &mut Changes) {
    changes.add(Owner::Now, "login", "the user signs in now", Edit::SignIn);
    let again = "the user answers the consent page anew";
    changes.add(Owner::Now, "consent", again, Edit::Answer(&["consent"], None));
    let chosen = Value::object([("screen", Value::from("select_account")), ("result", Value::from("done"))]);
    let chooses = Edit::Answer(&["select_account"], Some(chosen));
    changes.add(Owner::Now, "select_account", "the user chooses an account", chooses);
}

fn of_registration(changes: &mut Changes, policy: &Policy, input: &Value) {
    const CLIENT: &str = "client";
    const GRANT_TYPES: &[&str] = &["authorization_code"];
    for (present, says) in [
        (true, "the client registers the grant type refresh_token"),
        (false, "the client does not register the grant type refresh_token"),
    ] {
        let edit = Edit::Item(CLIENT, "grant_types", "refresh_token".to_owned(), present, GRANT_TYPES);
        changes.add(Owner::Registration, "grant_types", says, edit);
    }
    if let Some(asked) = sent(policy, input, "response_type") {
        let says = format!("the client registers the response type {asked}");
        let edit = Edit::Item(CLIENT, "response_types", asked, true, &["code"]);
        changes.add(Owner::Registration, "response_types", says, edit);
    }
    if let Some(asked) = sent(policy, input, "redirect_uri") {
        let says = format!("the client registers the redirect URI {asked}");
        changes.add(Owner::Registration, "redirect_uris", says, Edit::Item(CLIENT, "redirect_uris", asked, true, &[]));
    }
    for (value, says) in [
        ("client_secret_basic", "the client is confidential: it authenticates at the token endpoint"),
        ("none", "the client is public: it does not authenticate at the token endpoint"),
    ] {
        let edit = Edit::Member(CLIENT, "token_endpoint_auth_method", Value::from(value));
        changes.add(Owner::Registration, "token_endpoint_auth_method", says, edit);
    }
    for (value, says) in [("web", "the client is a web application"), ("native", "the client is an installed app")] {
        let edit = Edit::Member(CLIENT, "application_type", Value::from(value));
        changes.add(Owner::Registration, "application_type", says, edit);
    }
}

fn of_record(changes: &mut Changes, policy: &Policy, input: &Value) {
    changes.add(
        Owner::Record,
        "grant",
        "the user has granted this client nothing yet",
        Edit::Whole("grant", Value::Null),
    );
    let asked = sent(policy, input, "scope").unwrap_or_default();
    let ordinary: Vec<&str> =
        asked.split(' ').filter(|scope| !matches!(*scope, "" | "offline_access" | "refresh_token")).collect();
    let grant = |scope: String, offline| {
        Value::object([
            ("scope", Value::from(scope)),
            ("offline", Value::Boolean(offline)),
            ("how", Value::from("explicit_prompt")),
            ("granted_at", now(input)),
        ])
    };
    let without = "the user has granted this client all of these scopes, and no offline access";
    changes.add(Owner::Record, "grant", without, Edit::Whole("grant", grant(ordinary.join(" "), false)));
    let mut all = ordinary;
    all.push("offline_access");
    let with = "the user has granted this client all of these scopes and offline access";
    changes.add(Owner::Record, "grant", with, Edit::Whole("grant", grant(all.join(" "), true)));
    let first = "no code of this grant was redeemed yet";
    if matches!(input.member("grant"), Some(Value::Members(_))) {
        changes.member(Owner::Record, "grant", "first_code_exchanged", Value::Boolean(false), first);
    }
}

fn of_server(changes: &mut Changes) {
    const CIRCUMSTANCES: &[(&str, bool, &str)] = &[
        ("client_eligible", true, "clients of this type may have offline and online access"),
        ("user_may_have_offline", true, "the user may have offline access"),
        ("admin_restricted", false, "no administrator restricts the client"),
        ("consent_screen_available", true, "a consent page can be shown"),
        ("consent_valid", true, "pressing accept would be valid consent"),
    ];
    for (name, value, says) in CIRCUMSTANCES {
        changes.member(Owner::Policy, "circumstances", name, Value::Boolean(*value), says);
    }
    for (value, says) in [
        (true, "the client belongs to the server's own organisation"),
        (false, "the client does not belong to the server's own organisation"),
    ] {
        changes.member(Owner::Policy, "trust", "first_party", Value::Boolean(value), says);
    }
    for (permits_offline, says) in [
        (true, "another condition for processing holds, and permits offline access"),
        (false, "another condition for processing holds, and does not permit offline access"),
    ] {
        let held =
            Value::object([("basis", Value::from("contract")), ("permits_offline", Value::Boolean(permits_offline))]);
        changes.add(Owner::Policy, "conditions", says, Edit::Whole("conditions", Value::List(vec![held])));
    }
    changes.add(
        Owner::Policy,
        "conditions",
        "no other condition for processing holds",
        Edit::Whole("conditions", Value::List(Vec::new())),
    );
}

fn of_policy(changes: &mut Changes, policy: &Policy, scope: Option<&Text>) {
    let in_force = policy.knobs.settings();
    for setting in KnobSetting::every().filter(|setting| !in_force.contains(setting)) {
        let value = match setting.option() {
            OptionValue::Flag(flag) => flag.to_string(),
            OptionValue::Word(word) => word.to_owned(),
        };
        changes.add(Owner::Policy, setting.id(), format!("{} is {value}", setting.id()), Edit::Knob(setting));
    }
    let words = [Text::fixed("offline_access"), Text::fixed("online_access")];
    for word in words.iter().chain(scope) {
        let says = format!("the server supports the scope {word}");
        changes.add(Owner::Policy, "scopes_supported", says, Edit::Supports(word.clone()));
    }
}

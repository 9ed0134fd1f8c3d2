//! Calls at random: a policy, a request, and everything that the caller hands over with it.

use grantwise::Policy;
use grantwise::policy::knobs::{KNOBS, OptionValue};
use grantwise::policy::profiles::PROFILES;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value as Json, json};

use crate::input::{decide, handed_over};

pub(crate) const NOW: u64 = 1_700_000_000;
pub(crate) const CALLBACK: &str = "https://client.example/cb";

/// What the client registered.
pub(crate) const REDIRECT_URIS: [&str; 6] = [
    CALLBACK,
    "https://client.example/cb?tenant=a%26b",
    "https://*.preview.example/cb",
    "http://127.0.0.1/cb",
    "http://localhost:3000/cb",
    "com.example.app:/cb",
];

/// What else a request may name as its redirect URI.
const OTHER_ADDRESSES: [&str; 12] = [
    "https://one.preview.example/cb",
    "https://one.two.preview.example/cb",
    "https://evil.example/.preview.example/cb",
    "https://evil.example#.preview.example/cb",
    "https://preview.example/cb",
    "http://127.0.0.1:8123/cb",
    "http://127.0.0.1:80@evil.example/cb",
    "https://client.example/cb#",
    "https://client.example/cb/../../evil",
    "https://client.example/cb\r\nSet-Cookie: a=b",
    "https://client.example@evil.example/cb",
    "javascript:alert(1)",
];

pub(crate) const SCOPES: [&str; 9] = [
    "openid",
    "email",
    "profile",
    "offline_access",
    "online_access",
    "refresh_token",
    "https://mail.google.com/",
    "launch",
    "calendar.readonly",
];

const RESPONSE_TYPES: [&str; 8] =
    ["code", "token", "id_token", "id_token token", "code id_token", "code token", "code id_token token", "none"];

/// Parameters beyond the four that nearly every request has, with values that a server can do something with.
const PARAMETERS: [(&str, &[&str]); 17] = [
    ("state", &["s1", "a b&c=d", "\"><script>", "%0d%0a", "é\u{2028}"]),
    ("prompt", &["none", "login", "consent", "select_account", "login consent", "consent select_account"]),
    ("max_age", &["0", "300", "3600", "99999999999999999999"]),
    ("id_token_hint", &["eyJhbGciOiJub25lIn0.e30."]),
    ("display", &["page", "hologram"]),
    ("response_mode", &["fragment", "form_post"]),
    ("access_type", &["offline", "online", "sometimes"]),
    ("approval_prompt", &["auto", "force", "never"]),
    ("include_granted_scopes", &["true", "false", "maybe"]),
    ("grant_management_action", &["create", "merge", "replace"]),
    ("grant_id", &["g1", "g2"]),
    ("launch", &["xyz"]),
    ("resource", &["https://api.example/"]),
    ("claims", &["{}"]),
    ("ui_locales", &["fr-CA fr"]),
    ("login_hint", &["alice"]),
    ("__proto__", &["x"]),
];

/// The same with values that most servers refuse.
const REFUSED: [(&str, &[&str]); 7] = [
    ("prompt", &["none login", "force", "auto", "pigeon"]),
    ("max_age", &["-1", "1e3", " 5"]),
    ("response_mode", &["query", "pigeon"]),
    ("grant_management_action", &["query"]),
    ("code_challenge_method", &["rot13"]),
    ("request", &["jwt"]),
    ("request_uri", &["urn:example:1"]),
];

/// Everything of one call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) profile: &'static str,
    pub(crate) overrides: Json,
    /// Decoded, in the order in which they are sent.
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) client: Json,
    pub(crate) trust: Json,
    pub(crate) session: Json,
    pub(crate) grant: Json,
    pub(crate) conditions: Json,
    pub(crate) circumstances: Json,
    pub(crate) hint: Json,
    pub(crate) answers: Vec<Json>,
}

impl Call {
    /// The same by a caller who makes no mistake: whoever signed in has done so just now, and an approval says what it
    /// approves, most often the page that is shown.
    fn borne_out(mut self) -> Self {
        let signed_in = |answer: &Json| {
            answer.get("result") == Some(&json!("done")) && answer.get("screen") == Some(&json!("login"))
        };
        if self.answers.iter().any(signed_in) {
            self.signs_in();
        }
        let answers = std::mem::take(&mut self.answers);
        for mut answer in answers {
            if answer.get("result") == Some(&json!("approved")) {
                let page = self.decision().ok().and_then(|decision| decision.get("consent").cloned());
                let other = json!({ "sub": "alice", "client_id": "c1", "scopes": [], "offline_access": false });
                let shown = page.filter(|page| !page.is_null()).unwrap_or(other);
                answer.as_object_mut().map(|answer| answer.insert("shown".to_owned(), shown));
            }
            self.answers.push(answer);
        }
        self
    }

    /// Whoever is signed in has signed in just now.
    pub(crate) fn signs_in(&mut self) {
        self.session.as_object_mut().map(|session| session.insert("auth_time".to_owned(), json!(NOW)));
    }

    /// The parameters that were sent under a name.
    pub(crate) fn sent(&self, name: &str) -> Vec<&str> {
        self.parameters
            .iter()
            .filter(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The policy with these overrides.
    pub(crate) fn policy(&self) -> Result<Policy, TestCaseError> {
        Policy::profile(self.profile, &handed_over(&self.overrides))
            .map_err(|misuse| TestCaseError::fail(misuse.to_string()))
    }

    /// The arguments of `authorize`.
    pub(crate) fn arguments(&self) -> Json {
        let hinted = self.sent("id_token_hint").len() == 1;
        json!({
            "request": query(&self.parameters),
            "client": self.client,
            "trust": self.trust,
            "session": self.session,
            "grant": self.grant,
            "conditions": self.conditions,
            "circumstances": self.circumstances,
            "id_token_hint": if hinted { self.hint.clone() } else { Json::Null },
            "answers": self.answers,
            "now": NOW,
        })
    }

    /// The decision, as it is handed over.
    pub(crate) fn decision(&self) -> Result<Json, TestCaseError> {
        decide(&self.policy()?, &handed_over(&self.arguments()))
    }
}

/// Percent-encodes like a browser's form, so that what arrives is what was meant.
pub(crate) fn query(parameters: &[(String, String)]) -> String {
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pairs.join("&")
}

pub(crate) fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        letter if letter.is_ascii_alphanumeric() => char::from(letter).to_string(),
        other => format!("%{other:02x}"),
    };
    text.bytes().map(byte).collect()
}

/// Scopes as requests ask for them: mostly with openid.
fn asked_scopes() -> impl Strategy<Value = String> {
    (prop::bool::weighted(0.8), scope_text()).prop_map(|(openid, others)| {
        let openid = if openid && !others.split(' ').any(|scope| scope == "openid") { "openid " } else { "" };
        format!("{openid}{others}").trim_end().to_owned()
    })
}

fn owned(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

pub(crate) fn scope_text() -> impl Strategy<Value = String> {
    subsequence(SCOPES.to_vec(), 0..=4).prop_shuffle().prop_map(|scopes| scopes.join(" "))
}

fn one_of(parameters: &[(&'static str, &'static [&'static str])]) -> impl Strategy<Value = (String, String)> + use<> {
    select(parameters.to_vec()).prop_flat_map(|(name, values)| select(values).prop_map(move |value| owned(name, value)))
}

/// A parameter that means something, or nearly.
fn parameter() -> impl Strategy<Value = (String, String)> {
    prop_oneof![
        20 => one_of(&PARAMETERS),
        2 => one_of(&REFUSED),
        1 => (select(PARAMETERS.to_vec()), any::<String>()).prop_map(|((name, _), value)| owned(name, &value)),
        1 => (any::<String>(), any::<String>()),
    ]
}

fn redirect_uri() -> impl Strategy<Value = String> {
    let registered = select(REDIRECT_URIS.to_vec());
    let other = select(OTHER_ADDRESSES.to_vec());
    prop_oneof![16 => Just(CALLBACK), 8 => registered, 3 => other].prop_map(str::to_owned)
}

/// The parameters of a request that mostly gets somewhere, in any order.
pub(crate) fn parameters() -> impl Strategy<Value = Vec<(String, String)>> {
    let response_type =
        prop_oneof![20 => Just("code"), 9 => select(RESPONSE_TYPES.to_vec()), 1 => Just("pigeon token")];
    let scope = prop_oneof![20 => asked_scopes(), 1 => any::<String>()];
    let usual = (
        option::weighted(0.98, redirect_uri()),
        option::weighted(0.98, response_type),
        scope,
        option::weighted(0.8, Just("n1")),
        option::weighted(0.8, option::weighted(0.6, Just("S256"))),
        option::weighted(0.4, Just("s0")),
    );
    (usual, vec(parameter(), 0..5), 0..20)
        .prop_map(|((redirect_uri, response_type, scope, nonce, code_challenge, state), more, repeats)| {
            let mut all = vec![owned("client_id", "c1"), owned("scope", &scope)];
            all.extend(redirect_uri.map(|uri| owned("redirect_uri", &uri)));
            all.extend(response_type.map(|response_type| owned("response_type", response_type)));
            all.extend(nonce.map(|nonce| owned("nonce", nonce)));
            all.extend(state.map(|state| owned("state", state)));
            if let Some(method) = code_challenge {
                all.push(owned("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
                all.extend(method.map(|method| owned("code_challenge_method", method)));
            }
            for pair in more {
                // Once in a while a parameter is sent twice.
                if repeats == 0 || all.iter().all(|(known, _)| *known != pair.0) {
                    all.push(pair);
                }
            }
            all
        })
        .prop_shuffle()
}

fn client() -> impl Strategy<Value = Json> {
    (
        select(vec!["web", "web", "native", "browser"]),
        select(vec!["client_secret_basic", "client_secret_basic", "none"]),
        option::weighted(0.1, select(RESPONSE_TYPES.to_vec())),
        (prop::bool::weighted(0.9), prop::bool::weighted(0.8)),
        option::weighted(0.1, select(vec![0_u64, 60])),
        option::weighted(0.1, Just("testing")),
    )
        .prop_map(|(application_type, method, only, (implicit, refresh_token), max_age, publishing_status)| {
            let mut grant_types = vec!["authorization_code"];
            grant_types.extend(implicit.then_some("implicit"));
            grant_types.extend(refresh_token.then_some("refresh_token"));
            json!({
                "client_id": "c1",
                "redirect_uris": REDIRECT_URIS,
                "application_type": application_type,
                "token_endpoint_auth_method": method,
                "response_types": only.map_or(RESPONSE_TYPES.to_vec(), |only| vec![only]),
                "grant_types": grant_types,
                "default_max_age": max_age,
                "publishing_status": publishing_status,
            })
        })
}

fn session() -> impl Strategy<Value = Json> {
    let session = (0_u64..600, option::of(1_u64..4000), 1_u64..3).prop_map(|(age, remaining, accounts)| {
        json!({
            "sid": "sid1",
            "sub": "alice",
            "auth_time": NOW.saturating_sub(age),
            "expires_at": remaining.map(|seconds| NOW.saturating_add(seconds)),
            "accounts": accounts,
        })
    });
    prop_oneof![1 => Just(Json::Null), 6 => session]
}

fn grant() -> impl Strategy<Value = Json> {
    let grant = (
        scope_text(),
        any::<bool>(),
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.8),
        option::of(Just("g1")),
    )
        .prop_map(|(scope, offline, remembered, active, hers, this_client, grant_id)| {
            json!({
                "scope": scope,
                "offline": offline,
                "remembered": remembered,
                "status": if active { "active" } else { "revoked" },
                "sub": if hers { "alice" } else { "bob" },
                "client_id": if this_client { "c1" } else { "c9" },
                "project_shared": !this_client,
                "grant_id": grant_id,
                "granted_at": NOW.saturating_sub(5000),
                "first_code_exchanged": remembered,
            })
        });
    prop_oneof![2 => Just(Json::Null), 3 => grant]
}

fn conditions() -> impl Strategy<Value = Json> {
    let condition = (any::<bool>(), option::of(scope_text())).prop_map(|(permits_offline, resources)| {
        json!({ "basis": "employment_contract", "permits_offline": permits_offline, "resources": resources })
    });
    prop_oneof![4 => Just(json!([])), 1 => vec(condition, 1..3).prop_map(Json::Array)]
}

fn circumstances() -> impl Strategy<Value = Json> {
    let mostly = || prop::bool::weighted(0.95);
    (option::weighted(0.2, select(vec!["ehr", "standalone"])), mostly(), mostly(), mostly(), mostly(), mostly())
        .prop_map(|(launch, eligible, unrestricted, role, page, valid)| {
            json!({
                "launch": launch,
                "client_eligible": eligible,
                "admin_restricted": !unrestricted,
                "user_may_have_offline": role,
                "consent_screen_available": page,
                "consent_valid": valid,
            })
        })
}

fn hint() -> impl Strategy<Value = Json> {
    prop_oneof![
        12 => Just(json!({ "sub": "alice" })),
        1 => Just(json!({ "sub": "bob" })),
        1 => Just(json!({ "sub": "alice", "issued_here": false })),
        1 => Just(Json::Null),
    ]
}

fn answers(signed_in: bool) -> impl Strategy<Value = Vec<Json>> {
    let sign_in =
        select(if signed_in { vec!["done", "done", "done", "done", "done", "failed"] } else { vec!["failed"] })
            .prop_map(|result| json!({ "screen": "login", "result": result }));
    let account = select(vec!["done", "done", "done", "done", "done", "none_chosen"])
        .prop_map(|result| json!({ "screen": "select_account", "result": result }));
    let consent =
        (select(vec!["approved", "approved", "approved", "approved", "denied", "impossible"]), option::of(scope_text()), any::<bool>())
            .prop_map(|(result, scope, remember)| {
                json!({ "screen": "consent", "result": result, "scope": scope, "remember": remember })
            });
    let sign_in = option::weighted(if signed_in { 0.5 } else { 0.05 }, sign_in);
    (sign_in, option::weighted(0.5, account), option::weighted(0.6, consent))
        .prop_map(|(sign_in, account, consent)| [sign_in, account, consent].into_iter().flatten().collect())
}

pub(crate) fn overrides() -> impl Strategy<Value = Json> {
    let setting = select(KNOBS.to_vec()).prop_flat_map(|knob| {
        select(knob.options.to_vec()).prop_map(|option| {
            let value = match option.value {
                OptionValue::Flag(flag) => json!(flag),
                OptionValue::Word(word) => json!(word),
            };
            (knob.id.to_owned(), value)
        })
    });
    let configuration = subsequence(
        vec![
            ("issuer", json!("https://as.example/tenant")),
            ("scopes_supported", json!(["openid", "email", "offline_access", "online_access", "refresh_token"])),
            ("allowed_scopes", json!(["openid", "email", "profile", "offline_access"])),
            ("optional_scopes", json!(["email", "offline_access"])),
            ("default_scope", json!(["openid"])),
            ("max_scopes_per_request", json!(3)),
            ("access_token_lifetime_s", json!(600)),
            ("code_lifetime_s", json!(60)),
            ("refresh_token_idle_lifetime_s", json!(86_400)),
        ],
        0..3,
    );
    (vec(setting, 0..4), configuration).prop_map(|(settings, configuration)| {
        let configuration = configuration.into_iter().map(|(id, value)| (id.to_owned(), value));
        Json::Object(settings.into_iter().chain(configuration).collect())
    })
}

pub(crate) fn profile() -> impl Strategy<Value = &'static str> {
    select(PROFILES.iter().map(|profile| profile.name).collect::<Vec<_>>())
}

/// Any call.
pub(crate) fn call() -> impl Strategy<Value = Call> {
    let trust = (prop::bool::weighted(0.2), option::weighted(0.2, Just("claimed_https")))
        .prop_map(|(first_party, identity)| json!({ "first_party": first_party, "redirect_identity": identity }));
    let policy = (profile(), prop_oneof![Just(json!({})), overrides()]);
    let person = session()
        .prop_flat_map(|session| (answers(!session.is_null()), Just(session), grant()))
        .prop_map(|(answers, session, grant)| (session, grant, answers));
    (policy, parameters(), client(), trust, person, conditions(), circumstances(), hint()).prop_map(
        |(
            (profile, overrides),
            parameters,
            client,
            trust,
            (session, grant, answers),
            conditions,
            circumstances,
            hint,
        )| {
            Call {
                profile,
                overrides,
                parameters,
                client,
                trust,
                session,
                grant,
                conditions,
                circumstances,
                hint,
                answers,
            }
            .borne_out()
        },
    )
}

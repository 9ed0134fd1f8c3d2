//! From a situation of the authorization endpoint back to an input.

use super::parts::{
    CLIENT, Call, Configuring, Limits, NOW, OTHER_USER, Object, SESSION, Sample, USER, asked, differing, encoded, list,
    query,
};
use super::{answers, scopes};
use crate::authorize::ConsentScreen;
use crate::decide::authorize::facts::{
    AccessType, AnsweredPage, ApprovalPrompt, AskedResponseType, AuthorizeFact, AuthorizeSituation, ClientStanding,
    CodeChallenge, Condition, Display, GrantAction, GrantId, Hint, IncludeGrantedScopes, Launch, MaxAge, PriorGrant,
    RequestObject, SavedConsent, ScopeStanding,
};
use crate::decide::authorize::verdict::Authorize;
use crate::decide::fact::Situation;
use crate::decide::syntax::Syntax;
use crate::input::Value;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::redirect::{RedirectForm, RedirectProof};
use crate::oauth::response::{ResponseMode, ResponseType};
use crate::policy::Policy;
use crate::policy::configuration::Configured;

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const GRANT: &str = "grant-1";
/// Another address of the client's.
const ELSEWHERE: &str = "https://other.client.example/cb";
const SAVED_CONSENT_S: u64 = 3600;

/// An input of the authorization endpoint of which this is the situation.
#[must_use]
pub fn authorization(policy: &Policy, situation: &Situation<AuthorizeFact>) -> Sample<AuthorizeFact> {
    let wanted = AuthorizeSituation::from(*situation);
    let scopes = scopes::of(&wanted);
    let mut to = Configuring::of(policy);
    configure(&wanted, &mut to);
    scopes::configure(&wanted, &scopes, &mut to);
    let unanswered = input(&wanted, &scopes, None);
    let page = page(&to.policy, &unanswered);
    let input = match answers::of_consent(&wanted, page.as_ref()) {
        Some(answer) => input(&wanted, &scopes, Some(answer)),
        None => unanswered,
    };
    let differs = match to.policy.authorize_situation(&input) {
        Ok(is) => differing::<Authorize>(&policy.knobs, situation, &is),
        // An input that is misuse has no situation: of the facts that are asked, it honours none.
        Err(_) => asked::<Authorize>(&policy.knobs, situation),
    };
    Sample { policy: to.policy, configuration: to.changed, call: Call::Authorize, input, differs }
}

/// The page that is shown before it is answered.
fn page(policy: &Policy, input: &Value) -> Option<ConsentScreen> {
    policy.authorize(input).ok().and_then(|decision| decision.consent)
}

fn configure(wanted: &AuthorizeSituation, to: &mut Configuring) {
    let asked = wanted.response_type.known().map(ResponseType::name);
    // Another one than is asked for.
    let other = if asked == Some("code") { "none" } else { "code" };
    to.names("response_types_supported", (!wanted.response_type_supported).then_some([other].as_slice()));
    to.names("grant_management_actions_supported", None);
    let shortest = (wanted.client == ClientStanding::Unreadable).then_some(1);
    to.set("max_request_bytes", Configured::Number(shortest));
    if wanted.saved_consent == SavedConsent::ExplicitRecent {
        to.set("saved_consent_max_age_s", Configured::Number(Some(SAVED_CONSENT_S)));
    }
    to.set("answer_max_age_s", Configured::Number(answers::one_is_too_old(wanted).then_some(answers::OLDEST_S)));
    to.limits(Limits {
        browser_age: wanted.browser_absolute_limit,
        offline_age: wanted.offline_absolute_limit,
        age: wanted.absolute_limit,
        offline_idle: wanted.offline_idle_limit,
        idle: wanted.idle_limit,
        policy: wanted.policy_duration,
    });
    to.number("grant_lifetime_s", wanted.grant_ends, 31_536_000);
}

fn input(wanted: &AuthorizeSituation, scopes: &scopes::Scopes, consent: Option<Value>) -> Value {
    let mut answers = answers::of_sign_in(wanted);
    answers.extend(consent);
    let other = wanted.answered_page == AnsweredPage::OfAnotherInteraction;
    Object::default()
        .with("request", request(wanted, scopes).as_str())
        .with("client", client(wanted))
        .with("trust", trust(wanted))
        .with("session", session(wanted))
        .with("grant", grant(wanted, scopes))
        .with("conditions", conditions(wanted))
        .with("circumstances", circumstances(wanted))
        .with_if("id_token_hint", hint(wanted))
        .with_if("interaction", other.then_some(answers::INTERACTION))
        .with("answers", Value::List(answers))
        .with("now", Value::whole(NOW))
        .end()
}

fn request(wanted: &AuthorizeSituation, scopes: &scopes::Scopes) -> String {
    let mut sent: Vec<(&str, String)> = Vec::new();
    let mut put = |name: &'static str, value: Option<&str>| {
        if let Some(value) = value {
            sent.push((name, value.to_owned()));
        }
    };
    put("response_type", response_type(wanted.response_type));
    put("client_id", Some(CLIENT));
    let unregistered = wanted.client == ClientStanding::UnknownRedirect;
    let address = if unregistered { "https://elsewhere.example/cb" } else { requested_address(wanted) };
    put("redirect_uri", (wanted.redirect_uri_sent || unregistered).then_some(address));
    let sends_scope = !matches!(wanted.scope, ScopeStanding::Default | ScopeStanding::Omitted);
    let scope = scopes.asked.join(" ");
    put("scope", (sends_scope && !scope.is_empty()).then_some(scope.as_str()));
    put("response_mode", response_mode(wanted.response_mode));
    let prompts = [
        ("none", wanted.prompt_none),
        ("login", wanted.prompt_login),
        ("consent", wanted.prompt_consent),
        ("select_account", wanted.prompt_select_account),
        ("force", wanted.prompt_force),
        ("auto", wanted.prompt_auto),
        ("later", wanted.prompt_unknown),
    ];
    let prompt: Vec<&str> = prompts.iter().filter(|(_, sent)| *sent).map(|(word, _)| *word).collect();
    put("prompt", (!prompt.is_empty()).then_some(prompt.join(" ").as_str()));
    put("request", (wanted.request_object == RequestObject::Request).then_some("e30.e30."));
    let by_reference = wanted.request_object == RequestObject::RequestUri;
    put("request_uri", by_reference.then_some("https://client.example/request"));
    put("display", (wanted.display == Display::Unknown).then_some("hologram"));
    put("nonce", wanted.nonce.then_some("n-1"));
    let (challenge, method) = challenge(wanted.code_challenge);
    put("code_challenge", challenge);
    put("code_challenge_method", method);
    put("max_age", max_age(wanted));
    let hinted = wanted.foreign_hint || wanted.hint != Hint::Absent;
    put("id_token_hint", hinted.then_some("e30.e30."));
    vendors(wanted, &mut put);
    put("state", wanted.state_sent.then_some("s-1"));
    let query = query(&sent);
    match wanted.syntax {
        Syntax::WellFormed => query,
        Syntax::Malformed => format!("{query}&login_hint=%FF"),
        Syntax::Repeated => format!("{query}&login_hint=a&login_hint={}", encoded("b")),
    }
}

/// Parameters of vendors and drafts.
fn vendors(wanted: &AuthorizeSituation, put: &mut impl FnMut(&'static str, Option<&str>)) {
    put(
        "access_type",
        match wanted.access_type {
            AccessType::Absent => None,
            AccessType::Online => Some("online"),
            AccessType::Offline => Some("offline"),
            AccessType::Unknown => Some("sometimes"),
        },
    );
    put(
        "approval_prompt",
        match wanted.approval_prompt {
            ApprovalPrompt::Absent => None,
            ApprovalPrompt::Auto => Some("auto"),
            ApprovalPrompt::Force => Some("force"),
            ApprovalPrompt::Unknown => Some("sometimes"),
        },
    );
    put(
        "include_granted_scopes",
        match wanted.include_granted_scopes {
            IncludeGrantedScopes::Absent => None,
            IncludeGrantedScopes::True => Some("true"),
            IncludeGrantedScopes::False => Some("false"),
            IncludeGrantedScopes::Unknown => Some("sometimes"),
        },
    );
    put(
        "grant_management_action",
        match wanted.grant_action {
            GrantAction::Absent => None,
            GrantAction::Create => Some("create"),
            GrantAction::Merge => Some("merge"),
            GrantAction::Replace => Some("replace"),
            GrantAction::Unsupported => Some("forget"),
        },
    );
    put(
        "grant_id",
        match wanted.grant_id {
            GrantId::Absent => None,
            GrantId::Theirs => Some(GRANT),
            GrantId::NotTheirs => Some("grant-2"),
        },
    );
    put("launch", wanted.launch_sent.then_some("launch-1"));
}

const fn response_type(asked: AskedResponseType) -> Option<&'static str> {
    match (asked, asked.known()) {
        (_, Some(known)) => Some(known.name()),
        (AskedResponseType::UnknownWithToken, None) => Some("token device"),
        (AskedResponseType::Unknown, None) => Some("device"),
        _ => None,
    }
}

const fn response_mode(mode: ResponseMode) -> Option<&'static str> {
    match mode {
        ResponseMode::Default => None,
        ResponseMode::Query => Some("query"),
        ResponseMode::Fragment => Some("fragment"),
        ResponseMode::FormPost => Some("form_post"),
        ResponseMode::Unknown => Some("carrier_pigeon"),
    }
}

const fn challenge(challenge: CodeChallenge) -> (Option<&'static str>, Option<&'static str>) {
    match challenge {
        CodeChallenge::Absent => (None, None),
        CodeChallenge::S256 => (Some(CHALLENGE), Some("S256")),
        CodeChallenge::Plain => (Some(CHALLENGE), Some("plain")),
        CodeChallenge::UnknownMethod => (Some(CHALLENGE), Some("S1024")),
        CodeChallenge::Malformed => (Some("too short"), Some("S256")),
    }
}

/// The user signed in a minute ago.
const fn max_age(wanted: &AuthorizeSituation) -> Option<&'static str> {
    match (wanted.max_age_malformed, wanted.max_age) {
        (true, _) => Some("soon"),
        (false, MaxAge::Absent) => None,
        (false, MaxAge::Within) => Some("3600"),
        (false, MaxAge::Exceeded) => Some("30"),
        (false, MaxAge::Zero) => Some("0"),
    }
}

const fn registered_address(wanted: &AuthorizeSituation) -> &'static str {
    match (wanted.redirect_proof, wanted.redirect_form) {
        (RedirectProof::ClaimedHttps | RedirectProof::ExactHttps, _) => "https://client.example/cb",
        (RedirectProof::Localhost, RedirectForm::PrivateUse) => "com.example.client://localhost/cb",
        (RedirectProof::Localhost, _) => "http://localhost/cb",
        // Only a request that names an address is admitted by a wildcard.
        (RedirectProof::Nothing, RedirectForm::Wildcard) if wanted.redirect_uri_sent => "https://*.client.example/cb",
        (RedirectProof::Nothing, RedirectForm::PrivateUse) => "com.example.client:/cb",
        (RedirectProof::Nothing, RedirectForm::Web | RedirectForm::Wildcard) => "http://client.example/cb",
    }
}

/// The registered address, with a label in place of a wildcard.
fn requested_address(wanted: &AuthorizeSituation) -> &'static str {
    match registered_address(wanted) {
        "https://*.client.example/cb" => "https://a.client.example/cb",
        address => address,
    }
}

fn client(wanted: &AuthorizeSituation) -> Value {
    if wanted.client == ClientStanding::UnknownClient {
        return Value::Null;
    }
    let application_type = match wanted.application_type {
        ApplicationType::Web => "web",
        ApplicationType::Native => "native",
        ApplicationType::Browser => "browser",
    };
    let known = wanted.response_type.known();
    let registered = known.filter(|_| wanted.response_type_registered);
    let response_types: Vec<&str> = registered.iter().map(|response_type| response_type.name()).collect();
    let mut grant_types: Vec<&str> =
        registered.iter().flat_map(|response_type| response_type.grant_types()).copied().collect();
    if wanted.refresh_grant_registered {
        grant_types.push("refresh_token");
    }
    // The only one where the request names none; then it is its own proof.
    let mut addresses = vec![registered_address(wanted)];
    if wanted.redirect_proof == RedirectProof::Localhost && !wanted.only_loopback && wanted.redirect_uri_sent {
        addresses.push(ELSEWHERE);
    }
    Object::default()
        .with("client_id", CLIENT)
        .with("redirect_uris", list(&addresses))
        .with("application_type", application_type)
        .with_if("token_endpoint_auth_method", (wanted.client_type == ClientType::Public).then_some("none"))
        .with("response_types", list(&response_types))
        .with("grant_types", list(&grant_types))
        .with_if("publishing_status", wanted.testing_project.then_some("testing"))
        .end()
}

fn trust(wanted: &AuthorizeSituation) -> Value {
    let claimed = wanted.redirect_proof == RedirectProof::ClaimedHttps;
    Object::default()
        .flag("first_party", wanted.first_party)
        .with_if("redirect_identity", claimed.then_some("claimed_https"))
        .end()
}

fn session(wanted: &AuthorizeSituation) -> Value {
    if !wanted.signed_in {
        return Value::Null;
    }
    Object::default()
        .with("sid", SESSION)
        .with("sub", USER)
        .with("auth_time", Value::whole(answers::SIGNED_IN))
        .with("accounts", Value::whole(if wanted.several_accounts { 2 } else { 1 }))
        .end()
}

/// One that counts as consent; or one that does not and has the id that the request names.
fn grant(wanted: &AuthorizeSituation, scopes: &scopes::Scopes) -> Value {
    let counts = wanted.prior_grant != PriorGrant::None;
    if !counts && wanted.grant_id != GrantId::Theirs {
        return Value::Null;
    }
    let other = wanted.prior_grant == PriorGrant::SameProject;
    let how = match wanted.saved_consent {
        SavedConsent::ExplicitRecent | SavedConsent::ExplicitOld => "explicit_prompt",
        SavedConsent::Administrative => "admin",
        SavedConsent::NotExplicit => "install",
    };
    let recent = wanted.saved_consent == SavedConsent::ExplicitRecent;
    Object::default()
        .with("grant_id", GRANT)
        .with("client_id", if other { "sister" } else { CLIENT })
        .with("sub", USER)
        .with_if("sid", wanted.grant_of_session.then_some(SESSION))
        .with_if("redirect_uri", wanted.grant_for_other_redirect_uri.then_some(ELSEWHERE))
        .with("scope", scopes.granted.join(" ").as_str())
        .with("how", how)
        .flag("remembered", counts)
        .with_if("granted_at", recent.then(|| Value::whole(answers::SIGNED_IN)))
        .flag("first_code_exchanged", wanted.first_code_exchanged)
        .flag("project_shared", other)
        .with_if("refused", (!scopes.refused.is_empty()).then(|| Value::from(scopes.refused.join(" "))))
        .end()
}

fn conditions(wanted: &AuthorizeSituation) -> Value {
    let held = |permits_offline: bool| {
        Object::default().with("basis", "employment_contract").flag("permits_offline", permits_offline).end()
    };
    Value::List(match wanted.condition {
        Condition::None => Vec::new(),
        Condition::Ordinary => vec![held(false)],
        Condition::Offline => vec![held(true)],
    })
}

fn circumstances(wanted: &AuthorizeSituation) -> Value {
    let launch = match wanted.launch {
        Launch::Unstated => None,
        Launch::Ehr => Some("ehr"),
        Launch::Standalone => Some("standalone"),
    };
    Object::default()
        .with_if("launch", launch)
        .flag("client_eligible", wanted.client_eligible)
        .flag("admin_restricted", wanted.admin_restricted)
        .flag("user_may_have_offline", wanted.user_may_have_offline)
        .flag("consent_screen_available", wanted.consent_screen_available)
        .flag("consent_valid", wanted.consent_valid)
        .end()
}

fn hint(wanted: &AuthorizeSituation) -> Option<Value> {
    // One that nobody verified is none, and a request that is not read sends none.
    if wanted.foreign_hint || wanted.client == ClientStanding::Unreadable {
        return None;
    }
    let sub = match wanted.hint {
        Hint::Absent => return None,
        Hint::SameUser => USER,
        Hint::OtherUser => OTHER_USER,
    };
    Some(Object::default().with("sub", sub).end())
}

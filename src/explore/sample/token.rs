//! From a situation of the token endpoint back to an input.

use super::parts::{
    CLIENT, Call, Configuring, Limits, NOW, Object, SESSION, Sample, USER, asked, differing, encoded, list, query,
};
use super::records::{LATER, OVER, application_type, code_record, token_record};
use crate::decide::fact::Situation;
use crate::decide::syntax::Syntax;
use crate::decide::token::facts::{
    AskedScope, Due, ExistingGrant, GrantType, Presented, Stored, TokenFact, TokenSituation, Verifier,
};
use crate::decide::token::verdict::Token;
use crate::input::Value;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::Policy;
use crate::policy::configuration::Configured;

const ADDRESS: &str = "https://client.example/cb";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const OTHER_CLIENT: &str = "other";
/// For how long a replaced refresh token may be presented, where one is.
const GRACE_S: u64 = 30;

/// An input of the token endpoint of which this is the situation.
#[must_use]
pub fn token_request(policy: &Policy, situation: &Situation<TokenFact>) -> Sample<TokenFact> {
    let wanted = TokenSituation::from(*situation);
    let mut to = Configuring::of(policy);
    configure(&wanted, &mut to);
    let refreshes = wanted.grant_type == GrantType::RefreshToken;
    let input = if refreshes { refresh(&wanted) } else { exchange(&wanted) };
    let (call, is) = if refreshes {
        (Call::Refresh, to.policy.refresh_situation(&input))
    } else {
        (Call::Exchange, to.policy.exchange_situation(&input))
    };
    let differs = match is {
        Ok(is) => differing::<Token>(&policy.knobs, situation, &is),
        // An input that is misuse has no situation: of the facts that are asked, it honours none.
        Err(_) => asked::<Token>(&policy.knobs, situation),
    };
    Sample { policy: to.policy, configuration: to.changed, call, input, differs }
}

fn configure(wanted: &TokenSituation, to: &mut Configuring) {
    let for_itself = wanted.grant_type == GrantType::ClientCredentials;
    let unknown = for_itself && wanted.scope == AskedScope::Wider;
    to.names("scopes_supported", unknown.then_some(["address"].as_slice()));
    to.names("allowed_scopes", None);
    to.number("max_refresh_tokens_per_client_and_user", wanted.limited, 100);
    let grace = (wanted.stored == Stored::UsedUpInGrace).then_some(GRACE_S);
    to.set("reuse_grace_s", Configured::Number(grace));
    to.limits(Limits {
        browser_age: wanted.browser_absolute_limit,
        offline_age: wanted.offline_absolute_limit,
        age: wanted.absolute_limit,
        offline_idle: wanted.offline_idle_limit,
        idle: wanted.idle_limit,
        policy: wanted.policy_duration,
    });
    to.set("rotate_after_s", Configured::Number(wanted.aged.then_some(0)));
}

fn exchange(wanted: &TokenSituation) -> Value {
    let holds = wanted.existing_grant == ExistingGrant::Holds;
    let verifies = wanted.verifier == Verifier::Fits;
    Object::default()
        .with("request", request(wanted).as_str())
        .with("client", client(wanted))
        .flag("client_authenticated", wanted.authenticated)
        .with("code", code(wanted))
        .with("session", session(wanted))
        .with("existing_grant", if holds { existing_grant() } else { Value::Null })
        .flag("code_verifier_matches", verifies)
        .flag("sender_constrained", wanted.sender_constrained)
        .with("now", Value::whole(NOW))
        .end()
}

fn refresh(wanted: &TokenSituation) -> Value {
    Object::default()
        .with("request", request(wanted).as_str())
        .with("client", client(wanted))
        .flag("client_authenticated", wanted.authenticated)
        .with("refresh_token", refresh_token(wanted))
        .with("session", session(wanted))
        .flag("sender_proof", wanted.sender_proof)
        .flag("id_token", wanted.wants_id_token)
        .with("now", Value::whole(NOW))
        .end()
}

fn request(wanted: &TokenSituation) -> String {
    let mut sent: Vec<(&str, String)> = Vec::new();
    let mut put = |name: &'static str, value: Option<&str>| {
        if let Some(value) = value {
            sent.push((name, value.to_owned()));
        }
    };
    put("grant_type", grant_type(wanted.grant_type));
    put("client_id", Some(CLIENT));
    let presents = wanted.presented != Presented::Missing;
    match wanted.grant_type {
        GrantType::RefreshToken => put("refresh_token", presents.then_some("presented-token")),
        GrantType::AuthorizationCode => {
            put("code", presents.then_some("presented-code"));
            let address = if wanted.redirect_uri_fits { ADDRESS } else { "https://client.example/other" };
            put("redirect_uri", (!wanted.only_redirect_uri_left_out).then_some(address));
            let verifies = matches!(wanted.verifier, Verifier::Fits | Verifier::Differs | Verifier::Unexpected);
            put("code_verifier", verifies.then_some(VERIFIER));
            put("existing_grant", (wanted.existing_grant != ExistingGrant::Absent).then_some("earlier-token"));
        }
        GrantType::ClientCredentials | GrantType::Missing | GrantType::Unknown => {}
    }
    put(
        "scope",
        match wanted.scope {
            AskedScope::Same => None,
            AskedScope::Narrower => Some("openid"),
            AskedScope::Wider => Some("openid more"),
            AskedScope::Other => Some("more"),
            AskedScope::Malformed => Some("no\"scope"),
        },
    );
    let query = query(&sent);
    match wanted.syntax {
        Syntax::WellFormed => query,
        Syntax::Malformed => format!("{query}&state=%FF"),
        Syntax::Repeated => format!("{query}&state={}&state={}", encoded("1"), encoded("2")),
    }
}

const fn grant_type(grant_type: GrantType) -> Option<&'static str> {
    match grant_type {
        GrantType::AuthorizationCode => Some("authorization_code"),
        GrantType::RefreshToken => Some("refresh_token"),
        GrantType::ClientCredentials => Some("client_credentials"),
        GrantType::Missing => None,
        GrantType::Unknown => Some("handshake"),
    }
}

fn client(wanted: &TokenSituation) -> Value {
    if !wanted.client_known {
        return Value::Null;
    }
    let asked = grant_type(wanted.grant_type).filter(|_| wanted.grant_type_registered);
    let code = wanted
        .code_grant_registered
        .then_some("authorization_code")
        .filter(|code| grant_type(wanted.grant_type).is_none_or(|asked| asked != *code));
    let registered: Vec<&str> = asked.into_iter().chain(code).collect();
    Object::default()
        .with("client_id", CLIENT)
        .with("redirect_uris", list(&[ADDRESS]))
        .with("application_type", application_type(wanted.application_type))
        .with_if("token_endpoint_auth_method", (wanted.client_type == ClientType::Public).then_some("none"))
        .with("grant_types", list(&registered))
        .with_if("publishing_status", wanted.testing_project.then_some("testing"))
        .end()
}

fn session(wanted: &TokenSituation) -> Value {
    if !wanted.session_alive {
        return Value::Null;
    }
    Object::default().with("sid", SESSION).with("sub", USER).with("auth_time", Value::whole(NOW - 60)).end()
}

/// The client that the presented record was issued to; nothing where there is no record.
const fn issued_to(wanted: &TokenSituation) -> Option<&'static str> {
    match wanted.presented {
        Presented::Missing | Presented::NotFound => None,
        Presented::OtherClients => Some(OTHER_CLIENT),
        Presented::Theirs => Some(CLIENT),
    }
}

const fn scope(wanted: &TokenSituation) -> &'static str {
    match (wanted.leaves_out_offline, wanted.beyond_basic_profile) {
        (true, _) => "openid calendar offline_access",
        (false, true) => "openid calendar",
        (false, false) => "openid email",
    }
}

const fn binding(due: Due) -> Option<&'static str> {
    match due {
        Due::None => None,
        Due::Session => Some("session"),
        Due::Offline => Some("offline"),
    }
}

fn code(wanted: &TokenSituation) -> Value {
    let Some(issued_to) = issued_to(wanted) else { return Value::Null };
    let challenged = !matches!(wanted.verifier, Verifier::Neither | Verifier::Unexpected);
    let status = match wanted.stored {
        Stored::Active => "active",
        Stored::UsedUp | Stored::UsedUpInGrace => "used",
        Stored::Dead => "revoked",
    };
    let replaces = |text: &str| if wanted.replaces_grant_tokens { Value::from(text) } else { Value::Null };
    // One that was never named fits where it is not named now.
    let sent = !(wanted.redirect_uri_fits && wanted.only_redirect_uri_left_out);
    code_record(issued_to, scope(wanted), binding(wanted.due), sent)
        .with("status", status)
        .with("redirect_uri", ADDRESS)
        .with("code_challenge", if challenged { Value::from(CHALLENGE) } else { Value::Null })
        .with("code_challenge_method", if challenged { Value::from("S256") } else { Value::Null })
        .with("grant_management_action", replaces("replace"))
        .with("grant_id", replaces("grant-1"))
        .with("expires_at", if wanted.elapsed { Value::whole(OVER) } else { Value::Null })
        .with_if("grant_expires_at", wanted.grant_ends.then_some(Value::whole(LATER)))
        .end()
}

fn refresh_token(wanted: &TokenSituation) -> Value {
    let Some(issued_to) = issued_to(wanted) else { return Value::Null };
    let (status, superseded_at) = match wanted.stored {
        Stored::Active => ("active", None),
        Stored::UsedUp => ("superseded", Some(NOW - 1_000_000)),
        Stored::UsedUpInGrace => ("superseded", Some(NOW - 5)),
        Stored::Dead => ("revoked", None),
    };
    let superseded_at = superseded_at.map_or(Value::Null, Value::whole);
    let expires_at = if wanted.elapsed { Value::whole(OVER) } else { Value::Null };
    token_record("refresh_token", issued_to, wanted.application_type, wanted.client_type, scope(wanted))
        .with("binding", binding(wanted.due).unwrap_or("offline"))
        .with("status", status)
        .flag("sender_constrained", wanted.sender_constrained)
        .with("expires_at", expires_at)
        .with_if("grant_expires_at", wanted.grant_ends.then_some(Value::whole(LATER)))
        .with("superseded_at", superseded_at)
        .end()
}

/// An earlier refresh token of the same client and user.
fn existing_grant() -> Value {
    token_record("refresh_token", CLIENT, ApplicationType::Web, ClientType::Confidential, "openid calendar")
        .with("binding", "offline")
        .with("status", "active")
        .with("expires_at", Value::Null)
        .with("superseded_at", Value::Null)
        .end()
}

//! From a situation of what ends records back to an input.

use super::parts::{
    CLIENT, Call, Configuring, Limits, NOW, OTHER_USER, Object, SESSION, Sample, USER, asked, differing, list,
};
use super::records::{LATER, OVER, application_type, code_record, token_record};
use crate::decide::fact::Situation;
use crate::decide::lifecycle::facts::{
    LifecycleFact, LifecycleSituation, LogoutHint, Occurrence, Record, Revoked, StoredStatus, UserAnswer,
};
use crate::decide::lifecycle::verdict::Lifecycle;
use crate::input::Value;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::Policy;

const OTHER_CLIENT: &str = "other";

/// An input of which this is the situation: an event, a request that ends something, or a question about a record.
#[must_use]
pub fn occurrence(policy: &Policy, situation: &Situation<LifecycleFact>) -> Sample<LifecycleFact> {
    let wanted = LifecycleSituation::from(*situation);
    let mut to = Configuring::of(policy);
    to.number("max_refresh_tokens_per_client_and_user", wanted.limited, 100);
    to.limits(Limits {
        browser_age: wanted.browser_absolute_limit,
        offline_age: wanted.offline_absolute_limit,
        age: wanted.absolute_limit,
        offline_idle: wanted.offline_idle_limit,
        idle: wanted.idle_limit,
        policy: wanted.policy_duration,
    });
    let (call, input) = match wanted.occurrence {
        Occurrence::RevocationRequest => (Call::Revoke, revocation(&wanted)),
        Occurrence::GrantQuery => (Call::ManageGrant, grant(&wanted, "GET", "grant_management_query")),
        Occurrence::GrantDeletion => (Call::ManageGrant, grant(&wanted, "DELETE", "grant_management_revoke")),
        Occurrence::StatusAsked => (Call::Status, status(&wanted)),
        _ => (Call::Event, event(&wanted)),
    };
    let is = match call {
        Call::Revoke => to.policy.revoke_situation(&input),
        Call::ManageGrant => to.policy.manage_grant_situation(&input),
        Call::Status => to.policy.status_situation(&input),
        Call::Authorize | Call::Exchange | Call::Refresh | Call::Event => to.policy.event_situation(&input),
    };
    let differs = match is {
        Ok(is) => differing::<Lifecycle>(&policy.knobs, situation, &is),
        // An input that is misuse has no situation: of the facts that are asked, it honours none.
        Err(_) => asked::<Lifecycle>(&policy.knobs, situation),
    };
    Sample { policy: to.policy, configuration: to.changed, call, input, differs }
}

fn event(wanted: &LifecycleSituation) -> Value {
    let of = |name: &'static str| Object::default().with("event", name);
    let session = || Object::default().with("sid", SESSION).with("sub", USER).end();
    let event = match wanted.occurrence {
        Occurrence::Logout => of("logout").with("session", session()),
        Occurrence::SessionTimeout => of("session_timeout").with("session", session()),
        Occurrence::AdminEndsSession => of("admin_ends_session").with("session", session()),
        Occurrence::SwitchAccount => of("switch_account").with("session", session()),
        Occurrence::RpInitiatedLogout => of("rp_initiated_logout")
            .with("session", if wanted.signed_in { session() } else { Value::Null })
            .with_if("client_id", wanted.logout_client.then_some(CLIENT))
            .with_if("id_token_hint", hint(wanted))
            .with_if(
                "user_answer",
                match wanted.user_answer {
                    UserAnswer::Open => None,
                    UserAnswer::Yes => Some("yes"),
                    UserAnswer::No => Some("no"),
                },
            ),
        Occurrence::PasswordChange => of("password_change").with("sub", USER),
        Occurrence::UserRevokesApp => of("user_revokes_app").with("sub", USER).with("client_id", CLIENT),
        Occurrence::RefreshTokenIssued => of("issue_refresh_token").with("sub", USER).with("client_id", CLIENT),
        Occurrence::ConditionWithdrawn => of("condition_withdrawn").with("basis", "employment_contract"),
        Occurrence::ServerRevokesRefreshToken
        | Occurrence::RevocationRequest
        | Occurrence::GrantQuery
        | Occurrence::GrantDeletion
        | Occurrence::StatusAsked => {
            of("as_revokes_refresh_token").with("token", token(wanted, "refresh_token", CLIENT))
        }
    };
    event.with("now", Value::whole(NOW)).end()
}

fn hint(wanted: &LifecycleSituation) -> Option<Value> {
    let sub = match wanted.logout_hint {
        LogoutHint::Absent => return None,
        LogoutHint::Fits => USER,
        LogoutHint::Differs => OTHER_USER,
    };
    Some(Object::default().with("sub", sub).end())
}

fn revocation(wanted: &LifecycleSituation) -> Value {
    let request = if wanted.revoked == Revoked::Missing { "state=1" } else { "token=presented-token" };
    let token = match wanted.revoked {
        Revoked::Missing | Revoked::NotFound => Value::Null,
        Revoked::OtherClients => token(wanted, "refresh_token", OTHER_CLIENT),
        Revoked::AccessToken => token(wanted, "access_token", CLIENT),
        Revoked::RefreshToken => token(wanted, "refresh_token", CLIENT),
    };
    Object::default()
        .with("request", request)
        .with("client", if wanted.client_known { client(wanted) } else { Value::Null })
        .flag("client_authenticated", wanted.authenticated)
        .with("token", token)
        .with("now", Value::whole(NOW))
        .end()
}

fn grant(wanted: &LifecycleSituation, method: &'static str, scope: &'static str) -> Value {
    let stored = Object::default().with("grant_id", "grant-1").with("client_id", CLIENT).with("scope", "openid email");
    Object::default()
        .with("method", method)
        .with("grant", if wanted.grant_found { stored.end() } else { Value::Null })
        .with("client_id", CLIENT)
        .with("scope", if wanted.grant_scope { scope } else { "openid" })
        .with("now", Value::whole(NOW))
        .end()
}

fn status(wanted: &LifecycleSituation) -> Value {
    let session = Object::default().with("sid", SESSION).with("sub", USER).with("auth_time", Value::whole(NOW - 60));
    let context = Object::default()
        .with("session", if wanted.session_alive { session.end() } else { Value::Null })
        .with("client", client(wanted))
        .with("now", Value::whole(NOW));
    let record = match wanted.record {
        Record::Missing => Value::Null,
        Record::Code => code(wanted),
        Record::AccessToken => token(wanted, "access_token", CLIENT),
        Record::RefreshToken => token(wanted, "refresh_token", CLIENT),
    };
    Object::default().with("record", record).with("context", context.end()).end()
}

fn client(wanted: &LifecycleSituation) -> Value {
    Object::default()
        .with("client_id", CLIENT)
        .with("redirect_uris", list(&["https://client.example/cb"]))
        .with("application_type", application_type(wanted.application_type))
        .with_if("token_endpoint_auth_method", (wanted.client_type == ClientType::Public).then_some("none"))
        .with_if("publishing_status", wanted.testing_project.then_some("testing"))
        .end()
}

const fn scope(wanted: &LifecycleSituation) -> &'static str {
    if wanted.beyond_basic_profile { "openid calendar" } else { "openid email" }
}

fn end(wanted: &LifecycleSituation) -> Value {
    if wanted.elapsed { Value::whole(OVER) } else { Value::Null }
}

fn code(wanted: &LifecycleSituation) -> Value {
    let status = match wanted.stored_status {
        StoredStatus::Active => "active",
        StoredStatus::Used => "used",
        StoredStatus::Superseded | StoredStatus::Expired | StoredStatus::Revoked => "revoked",
    };
    code_record(CLIENT, scope(wanted), Some(if wanted.bound_to_session { "session" } else { "offline" }), true)
        .with("status", status)
        .with("redirect_uri", "https://client.example/cb")
        .with("code_challenge", Value::Null)
        .with("code_challenge_method", Value::Null)
        .with("grant_management_action", Value::Null)
        .with("grant_id", Value::Null)
        .with("expires_at", end(wanted))
        .end()
}

fn token(wanted: &LifecycleSituation, kind: &'static str, issued_to: &'static str) -> Value {
    let status = match wanted.stored_status {
        StoredStatus::Active => "active",
        StoredStatus::Superseded => "superseded",
        StoredStatus::Expired => "expired",
        StoredStatus::Used | StoredStatus::Revoked => "revoked",
    };
    let public = wanted.application_type == ApplicationType::Browser;
    let client_type = if public { ClientType::Public } else { wanted.client_type };
    let ends = wanted.grant_ends && kind == "refresh_token";
    token_record(kind, issued_to, wanted.application_type, client_type, scope(wanted))
        .with("binding", if wanted.bound_to_session { "session" } else { "offline" })
        .with("status", status)
        .with("expires_at", end(wanted))
        .with_if("grant_expires_at", ends.then_some(Value::whole(LATER)))
        .with("superseded_at", Value::Null)
        .end()
}

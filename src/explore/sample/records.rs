//! Stored records of samples, as far as they are the same in all.

use super::parts::{NOW, Object, SESSION, USER};
use crate::input::Value;
use crate::oauth::client::{ApplicationType, ClientType};

/// When records were issued that are presented now.
const ISSUED: u64 = NOW - 10;
/// When one ended whose time is over.
pub(super) const OVER: u64 = NOW - 1;
/// When a grant ends that has an end.
pub(super) const LATER: u64 = NOW + 31_536_000;

pub(super) const fn application_type(application_type: ApplicationType) -> &'static str {
    match application_type {
        ApplicationType::Web => "web",
        ApplicationType::Native => "native",
        ApplicationType::Browser => "browser",
    }
}

pub(super) const fn client_type(client_type: ClientType) -> &'static str {
    match client_type {
        ClientType::Confidential => "confidential",
        ClientType::Public => "public",
    }
}

/// A code with a refresh token that is bound so, if any.
pub(super) fn code_record(
    issued_to: &'static str,
    scope: &'static str,
    binding: Option<&'static str>,
    redirect_uri_sent: bool,
) -> Object {
    let token = |binding: &'static str| Object::default().with("scope", scope).with("binding", binding);
    let lifetime = || Object::default().with("kind", "unspecified").end();
    let refresh_token =
        binding.map(|binding| token(binding).with("lifetime", lifetime()).with("rotation", "none").end());
    let access_token = token(binding.unwrap_or("session")).with("expires_in", Value::whole(3600)).end();
    Object::default()
        .with("v", Value::whole(1))
        .with("id", "code-1")
        .with("client_id", issued_to)
        .with("sub", USER)
        .with("sid", SESSION)
        .flag("redirect_uri_sent", redirect_uri_sent)
        .with("scope", scope)
        .with("requested_scope", scope)
        .with("access_token", access_token)
        .flag("id_token", true)
        .with("refresh_token", refresh_token.unwrap_or(Value::Null))
        .flag("auto_approved", false)
        .with("nonce", Value::Null)
        .with("auth_time", Value::whole(NOW - 60))
        .with("basis", Value::Null)
        .with("issued_at", Value::whole(ISSUED))
}

/// A token, without what it is bound to, how it stands and when it ends.
pub(super) fn token_record(
    kind: &'static str,
    issued_to: &'static str,
    of: ApplicationType,
    by: ClientType,
    scope: &'static str,
) -> Object {
    Object::default()
        .with("v", Value::whole(1))
        .with("kind", kind)
        .with("id", "token-1")
        .with("client_id", issued_to)
        .with("application_type", application_type(of))
        .with("client_type", client_type(by))
        .with("sub", USER)
        .with("sid", SESSION)
        .with("family", "code-1")
        .with("grant_id", Value::Null)
        .with("scope", scope)
        .with("auth_time", Value::whole(NOW - 60))
        .with("basis", Value::Null)
        .with("issued_at", Value::whole(ISSUED))
        .with("authorized_at", Value::whole(ISSUED))
        .with("last_used_at", Value::Null)
}

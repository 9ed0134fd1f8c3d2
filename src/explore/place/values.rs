//! Where facts belong that several engines have, and what their values say.

use super::{Belongs, either};
use crate::decide::life::ConfiguredLimit;
use crate::decide::syntax::Syntax;
use crate::oauth::client::{ApplicationType, ClientType};

pub(super) const fn syntax(value: Syntax) -> &'static str {
    match value {
        Syntax::WellFormed => "the parameters are well formed",
        Syntax::Malformed => "the parameters cannot be read",
        Syntax::Repeated => "a parameter was sent more than once",
    }
}

pub(super) const fn application_type(value: ApplicationType) -> &'static str {
    match value {
        ApplicationType::Web => "the client is a web application",
        ApplicationType::Native => "the client is a native application",
        ApplicationType::Browser => "the client is a single-page application",
    }
}

pub(super) const fn client_type(value: ClientType) -> &'static str {
    match value {
        ClientType::Confidential => "the client can keep a secret",
        ClientType::Public => "the client cannot keep a secret",
    }
}

pub(super) const fn testing_project(is: bool) -> &'static str {
    either(
        is,
        "the client belongs to an external Google Cloud project in testing",
        "the client belongs to no external Google Cloud project in testing",
    )
}

pub(super) const fn beyond_basic_profile(is: bool) -> &'static str {
    either(
        is,
        "what is granted goes beyond name, email address and profile",
        "what is granted does not go beyond name, email address and profile",
    )
}

/// The configuration key of a limit.
pub(super) const fn limit(limit: ConfiguredLimit) -> Belongs {
    Belongs::server(match limit {
        ConfiguredLimit::BrowserAge => "browser_refresh_token_absolute_lifetime_s",
        ConfiguredLimit::OfflineAge => "offline_refresh_token_absolute_lifetime_s",
        ConfiguredLimit::Age => "refresh_token_absolute_lifetime_s",
        ConfiguredLimit::OfflineIdle => "offline_refresh_token_idle_lifetime_s",
        ConfiguredLimit::Idle => "refresh_token_idle_lifetime_s",
        ConfiguredLimit::PolicyDuration => "refresh_token_policy_s",
        ConfiguredLimit::Grant => "grant_lifetime_s",
    })
}

pub(super) const fn limited(limit: ConfiguredLimit, is: bool) -> &'static str {
    let (yes, no) = match limit {
        ConfiguredLimit::BrowserAge => (
            "the server limits the age of refresh tokens of single-page applications",
            "the server does not limit the age of refresh tokens of single-page applications",
        ),
        ConfiguredLimit::OfflineAge => (
            "the server limits the age of offline refresh tokens",
            "the server does not limit the age of offline refresh tokens",
        ),
        ConfiguredLimit::Age => {
            ("the server limits the age of refresh tokens", "the server does not limit the age of refresh tokens")
        }
        ConfiguredLimit::OfflineIdle => (
            "the server limits how long an offline refresh token may go unused",
            "the server does not limit how long an offline refresh token may go unused",
        ),
        ConfiguredLimit::Idle => (
            "the server limits how long a refresh token may go unused",
            "the server does not limit how long a refresh token may go unused",
        ),
        ConfiguredLimit::PolicyDuration => (
            "the server configured a duration for the application's refresh token policy",
            "the server configured no duration for the application's refresh token policy",
        ),
        ConfiguredLimit::Grant => ("the grant ends at a certain time", "the grant has no end of its own"),
    };
    either(is, yes, no)
}

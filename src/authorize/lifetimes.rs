//! How long tokens live: a plan's symbols become seconds.

use super::answers::ConsentGiven;
use super::context::Context;
use super::decision::Lifetime;
use crate::decide::verdict::{AccessTokenLife, Binding};
use crate::oauth::client::ApplicationType;
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::policy::knobs::{
    IdleLimit30Days, OfflineRefreshTokenLifetime, RefreshTokenPolicy, RefreshTokenRotation, TestingProjectLimit,
};

/// Google: a refresh token of an external project in Testing expires after seven days.
const TESTING_PROJECT_S: u64 = 7 * 24 * 3600;
/// Salesforce: the limit on idle refresh tokens.
const IDLE_LIMIT_S: u64 = 30 * 24 * 3600;

/// Seconds that an access token lives; none when the policy configures no lifetime.
pub(super) fn access_token(policy: &Policy, context: &Context, life: AccessTokenLife) -> Option<u64> {
    let configured = policy.configuration.access_token_lifetime_s;
    let session = context.session.as_ref().and_then(|session| session.remaining(context.now));
    match (life, configured, session) {
        (AccessTokenLife::ShorterOfConfiguredAndSession, Some(configured), Some(session)) => {
            Some(configured.min(session))
        }
        (AccessTokenLife::ShorterOfConfiguredAndSession, None, session) => session,
        (_, configured, _) => configured,
    }
}

/// How long a refresh token lives.
pub(super) fn refresh_token(
    policy: &Policy,
    context: &Context,
    binding: Binding,
    granted: &Scopes,
    given: Option<&ConsentGiven>,
) -> Lifetime {
    let limits = [given.and_then(|given| given.time_limit), testing_project(policy, context, granted)];
    if let Some(seconds) = limits.into_iter().flatten().min() {
        return Lifetime::Fixed { seconds };
    }
    let configuration = &policy.configuration;
    let fixed = |seconds| Lifetime::Fixed { seconds };
    let idle = |seconds| Lifetime::Idle { seconds };
    let anyhow = configuration
        .refresh_token_absolute_lifetime_s
        .map(fixed)
        .or_else(|| configuration.refresh_token_idle_lifetime_s.map(idle));
    match binding {
        Binding::Session => anyhow.unwrap_or(Lifetime::Session),
        Binding::Offline => single_page(policy, context)
            .or(configuration.offline_refresh_token_absolute_lifetime_s)
            .map(fixed)
            .or_else(|| configuration.offline_refresh_token_idle_lifetime_s.map(idle))
            .or(anyhow)
            .unwrap_or_else(|| by_knob(policy)),
    }
}

fn single_page(policy: &Policy, context: &Context) -> Option<u64> {
    let browser = context.client.as_ref().is_some_and(|client| client.application_type == ApplicationType::Browser);
    policy.configuration.browser_refresh_token_absolute_lifetime_s.filter(|_| browser)
}

/// The limit does not apply to a project that asks for name, email address and profile only.
fn testing_project(policy: &Policy, context: &Context, granted: &Scopes) -> Option<u64> {
    let limited = policy.knobs.testing_project_limit == TestingProjectLimit::Yes
        && context.client.as_ref().is_some_and(|client| client.testing_project)
        && !granted.iter().all(is_basic_profile);
    limited.then_some(TESTING_PROJECT_S)
}

fn is_basic_profile(scope: &str) -> bool {
    matches!(
        scope,
        "openid"
            | "email"
            | "profile"
            | "https://www.googleapis.com/auth/userinfo.email"
            | "https://www.googleapis.com/auth/userinfo.profile"
    )
}

fn by_knob(policy: &Policy) -> Lifetime {
    let knobs = &policy.knobs;
    let seconds = policy.configuration.refresh_token_policy_s;
    match (knobs.refresh_token_policy, seconds) {
        (RefreshTokenPolicy::ExpireImmediately, _) => Lifetime::Fixed { seconds: 0 },
        (RefreshTokenPolicy::ExpireAfter, Some(seconds)) => Lifetime::Fixed { seconds },
        (RefreshTokenPolicy::ExpireIfUnused, Some(seconds)) => Lifetime::Idle { seconds },
        _ if knobs.idle_limit_30_days == IdleLimit30Days::Yes => Lifetime::Idle { seconds: IDLE_LIMIT_S },
        _ => match knobs.offline_refresh_token_lifetime {
            OfflineRefreshTokenLifetime::Unspecified => Lifetime::Unspecified,
            OfflineRefreshTokenLifetime::UntilRevoked => Lifetime::UntilRevoked,
            OfflineRefreshTokenLifetime::LongLived => Lifetime::LongLived,
            OfflineRefreshTokenLifetime::LongButFinite => Lifetime::LongButFinite,
        },
    }
}

/// What a refresh does to the token: nothing, replace it, or add a new one beside it.
pub(super) fn rotation(policy: &Policy, context: &Context) -> &'static str {
    let client = context.client.as_ref();
    let public = client.is_some_and(|client| client.client_type == crate::oauth::client::ClientType::Public);
    let browser = client.is_some_and(|client| client.application_type == ApplicationType::Browser);
    match policy.knobs.refresh_token_rotation {
        RefreshTokenRotation::All => "replaced",
        RefreshTokenRotation::Public if public => "replaced",
        RefreshTokenRotation::BrowserClients if browser => "replaced",
        RefreshTokenRotation::ReplaceKeepOld => "added",
        RefreshTokenRotation::Off | RefreshTokenRotation::Public | RefreshTokenRotation::BrowserClients => "none",
    }
}

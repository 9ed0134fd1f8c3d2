//! How long tokens live: a plan's symbols become seconds, and a record's age says whether it is over.

use crate::answer::{Lifetime, Rotation};
use crate::decide::verdict::{AccessTokenLife, Binding};
use crate::oauth::client::{ApplicationType, Client, ClientType};
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::policy::configuration::Configuration;
use crate::policy::knobs::{
    IdleLimit30Days, OfflineRefreshTokenLifetime, RefreshTokenPolicy, RefreshTokenRotation, TestingProjectLimit,
};
use crate::records::{CodeRecord, TokenRecord};

/// Google: a refresh token of an external project in Testing expires after seven days.
const TESTING_PROJECT_S: u64 = 7 * 24 * 3600;
/// Salesforce: the limit on idle refresh tokens.
const IDLE_LIMIT_S: u64 = 30 * 24 * 3600;

/// What the lifetime of a refresh token depends on beside the policy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holder<'a> {
    pub(crate) application_type: ApplicationType,
    pub(crate) testing_project: bool,
    pub(crate) scope: &'a Scopes,
}

impl<'a> Holder<'a> {
    pub(crate) fn of(client: Option<&Client>, scope: &'a Scopes) -> Self {
        Self {
            application_type: client.map_or(ApplicationType::Web, |client| client.application_type),
            testing_project: client.is_some_and(|client| client.testing_project),
            scope,
        }
    }
}

/// Seconds that an access token lives; none when the policy configures no lifetime.
pub(crate) fn access_token(policy: &Policy, session: Option<u64>, life: AccessTokenLife) -> Option<u64> {
    let configured = policy.configuration.access_token_lifetime_s;
    match (life, configured, session) {
        (AccessTokenLife::ShorterOfConfiguredAndSession, Some(configured), Some(session)) => {
            Some(configured.min(session))
        }
        (AccessTokenLife::ShorterOfConfiguredAndSession, None, session) => session,
        (_, configured, _) => configured,
    }
}

/// How long a refresh token lives that is issued now.
pub(crate) fn refresh_token(
    policy: &Policy,
    holder: Holder<'_>,
    binding: Binding,
    time_limit: Option<u64>,
) -> Lifetime {
    if let Some(seconds) = [time_limit, testing_project(policy, holder)].into_iter().flatten().min() {
        return Lifetime::Fixed { seconds };
    }
    let configuration = &policy.configuration;
    let absolute = absolute(configuration, holder, binding).map(|seconds| Lifetime::Fixed { seconds });
    let idle = idle(configuration, binding).map(|seconds| Lifetime::Idle { seconds });
    absolute.or(idle).unwrap_or_else(|| match binding {
        Binding::Session => Lifetime::Session,
        Binding::Offline => by_knob(policy),
    })
}

/// Whether a code is over by the clock. A lifetime is over when the age equals it.
pub(crate) fn code_is_over(policy: &Policy, code: &CodeRecord, now: u64) -> bool {
    code_ends_at(policy, code).is_some_and(|end| end <= now)
}

/// When the clock alone ends a code.
pub(crate) fn code_ends_at(policy: &Policy, code: &CodeRecord) -> Option<u64> {
    let configured = policy.configuration.code_lifetime_s.and_then(|seconds| code.issued_at.checked_add(seconds));
    code.expires_at.into_iter().chain(configured).min()
}

/// Whether a refresh token is over by the clock. A lifetime is over when the age equals it.
pub(crate) fn refresh_token_is_over(policy: &Policy, client: Option<&Client>, record: &TokenRecord, now: u64) -> bool {
    ends_at(policy, client, record).is_some_and(|end| end <= now)
}

/// When the clock alone ends a refresh token, by the record and by the limits of the policy in force.
pub(crate) fn ends_at(policy: &Policy, client: Option<&Client>, record: &TokenRecord) -> Option<u64> {
    let configuration = &policy.configuration;
    let holder = Holder {
        application_type: record.application_type,
        testing_project: client.is_some_and(|client| client.testing_project),
        scope: &record.scope,
    };
    let from_start = |seconds: Option<u64>| seconds.and_then(|seconds| record.authorized_at.checked_add(seconds));
    let used = record.last_used_at.unwrap_or(record.issued_at);
    let from_use = |seconds: Option<u64>| seconds.and_then(|seconds| used.checked_add(seconds));
    let (absolute_by_knob, idle_by_knob) = match (record.binding, by_knob(policy)) {
        (Binding::Offline, Lifetime::Fixed { seconds }) => (Some(seconds), None),
        (Binding::Offline, Lifetime::Idle { seconds }) => (None, Some(seconds)),
        _ => (None, None),
    };
    [
        record.expires_at,
        from_start(absolute(configuration, holder, record.binding)),
        from_start(configuration.refresh_token_absolute_lifetime_s),
        from_start(testing_project(policy, holder)),
        from_start(absolute_by_knob),
        from_use(idle(configuration, record.binding)),
        from_use(configuration.refresh_token_idle_lifetime_s),
        from_use(idle_by_knob),
    ]
    .into_iter()
    .flatten()
    .min()
}

fn absolute(configuration: &Configuration, holder: Holder<'_>, binding: Binding) -> Option<u64> {
    let single_page = configuration
        .browser_refresh_token_absolute_lifetime_s
        .filter(|_| holder.application_type == ApplicationType::Browser);
    let offline = || single_page.or(configuration.offline_refresh_token_absolute_lifetime_s);
    match binding {
        Binding::Session => configuration.refresh_token_absolute_lifetime_s,
        Binding::Offline => offline().or(configuration.refresh_token_absolute_lifetime_s),
    }
}

fn idle(configuration: &Configuration, binding: Binding) -> Option<u64> {
    let generic = configuration.refresh_token_idle_lifetime_s;
    match binding {
        Binding::Session => generic,
        Binding::Offline => configuration.offline_refresh_token_idle_lifetime_s.or(generic),
    }
}

/// The limit does not apply to a project that asks for name, email address and profile only.
fn testing_project(policy: &Policy, holder: Holder<'_>) -> Option<u64> {
    let limited = policy.knobs.testing_project_limit == TestingProjectLimit::Yes
        && holder.testing_project
        && !holder.scope.iter().all(is_basic_profile);
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
pub(crate) fn rotation(policy: &Policy, application_type: ApplicationType, client_type: ClientType) -> Rotation {
    match policy.knobs.refresh_token_rotation {
        RefreshTokenRotation::All => Rotation::Replaced,
        RefreshTokenRotation::Public if client_type == ClientType::Public => Rotation::Replaced,
        RefreshTokenRotation::BrowserClients if application_type == ApplicationType::Browser => Rotation::Replaced,
        RefreshTokenRotation::ReplaceKeepOld => Rotation::Added,
        RefreshTokenRotation::Off | RefreshTokenRotation::Public | RefreshTokenRotation::BrowserClients => {
            Rotation::None
        }
    }
}

//! How long tokens live: a plan's symbols become seconds, and a record's age says whether it is over.

use crate::answer::Lifetime;
use crate::decide::life::{self, AccessTokenLife, AgeFrom, AgeLimit, IdleLimit, Otherwise, RefreshTokenLife};
use crate::input::LATEST;
use crate::oauth::scope::Scopes;
use crate::policy::Policy;
use crate::policy::configuration::Configuration;
use crate::records::{CodeRecord, TokenRecord};

/// Google: a refresh token of an external project in Testing expires after seven days.
const TESTING_PROJECT_S: u64 = 7 * 24 * 3600;
/// Salesforce: the limit on idle refresh tokens.
const IDLE_LIMIT_S: u64 = 30 * 24 * 3600;

/// When something ends that lives so many seconds. What is later than any time that can be read never ends.
pub(crate) fn after(now: u64, seconds: Option<u64>) -> Option<u64> {
    seconds.and_then(|seconds| now.checked_add(seconds)).filter(|end| *end <= LATEST)
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

/// How long a refresh token lives that is issued now; `time_limit` is the person's, where there is one, and `grant_rest`
/// what is left of a grant that ends. Of several limits on its age the shortest is told, and a limit on the time without
/// use where there is none on its age.
pub(crate) fn refresh_token(
    configuration: &Configuration,
    life: RefreshTokenLife,
    time_limit: Option<u64>,
    grant_rest: Option<u64>,
) -> Lifetime {
    let limited = time_limit.filter(|_| life.time_limit);
    let limited = shorter(limited, grant_rest.filter(|_| life.grant_ends));
    if let Some(seconds) = shorter(age(configuration, life), limited) {
        return Lifetime::Fixed { seconds };
    }
    match (idle(configuration, life), life.otherwise) {
        (Some(seconds), _) => Lifetime::Idle { seconds },
        (None, Otherwise::WithSession) => Lifetime::Session,
        (None, Otherwise::UntilRevoked) => Lifetime::UntilRevoked,
        (None, Otherwise::LongLived) => Lifetime::LongLived,
        (None, Otherwise::LongButFinite) => Lifetime::LongButFinite,
        (None, Otherwise::Unspecified) => Lifetime::Unspecified,
    }
}

/// How long a successor lives, and when it ends: a limit on the age goes on from the authorization or starts anew, an
/// idle limit starts anew, and the end of the grant stays.
pub(crate) fn successor(
    configuration: &Configuration,
    life: RefreshTokenLife,
    age_from: AgeFrom,
    parent: &TokenRecord,
    now: u64,
) -> (Lifetime, Option<u64>) {
    let limit = |from| age(configuration, life).and_then(|seconds| after(from, Some(seconds)));
    let end = match age_from {
        AgeFrom::Authorization => shorter(parent.expires_at, limit(parent.authorized_at)),
        AgeFrom::Issue => limit(now),
    };
    match shorter(end, parent.grant_expires_at) {
        Some(end) => (Lifetime::Fixed { seconds: end.saturating_sub(now) }, Some(end)),
        None => (refresh_token(configuration, life, None, None), None),
    }
}

/// Whether a code is over by the clock. A lifetime is over when the age equals it.
pub(crate) fn code_is_over(policy: &Policy, code: &CodeRecord, now: u64) -> bool {
    code_ends_at(policy, code).is_some_and(|end| end <= now)
}

/// When the clock alone ends a code.
pub(crate) fn code_ends_at(policy: &Policy, code: &CodeRecord) -> Option<u64> {
    let configured = policy.configuration.code_lifetime_s.and_then(|seconds| code.issued_at.checked_add(seconds));
    shorter(code.expires_at, configured)
}

/// When the clock alone ends an access token. A record that does not say when it ends is over by the policy in force.
pub(crate) fn access_token_ends_at(policy: &Policy, record: &TokenRecord) -> Option<u64> {
    record.expires_at.or_else(|| {
        policy.configuration.access_token_lifetime_s.and_then(|seconds| record.issued_at.checked_add(seconds))
    })
}

/// When the clock alone ends a refresh token, by the record and by the limits that it has. A lifetime is over when the
/// age equals it.
pub(crate) fn ends_at(policy: &Policy, life: RefreshTokenLife, record: &TokenRecord) -> Option<u64> {
    let configuration = &policy.configuration;
    let (of, by, bound) = (record.client_type, record.application_type, record.sender_constrained);
    let born = match life::age_from(&policy.knobs, of, by, bound) {
        AgeFrom::Authorization => record.authorized_at,
        AgeFrom::Issue => record.issued_at,
    };
    let used = record.last_used_at.unwrap_or(record.issued_at);
    let by_age = age(configuration, life).and_then(|seconds| born.checked_add(seconds));
    let by_use = idle(configuration, life).and_then(|seconds| used.checked_add(seconds));
    shorter(shorter(record.expires_at, record.grant_expires_at), shorter(by_age, by_use))
}

/// The shortest limit on the age, in seconds.
fn age(configuration: &Configuration, life: RefreshTokenLife) -> Option<u64> {
    let own = life.age.and_then(|age| match age {
        AgeLimit::Browser => configuration.browser_refresh_token_absolute_lifetime_s,
        AgeLimit::Offline => configuration.offline_refresh_token_absolute_lifetime_s,
        AgeLimit::AtOnce => Some(0),
        AgeLimit::Policy => configuration.refresh_token_policy_s,
    });
    let general = configuration.refresh_token_absolute_lifetime_s.filter(|_| life.general_age);
    let testing = life.testing_project.then_some(TESTING_PROJECT_S);
    shorter(own, shorter(general, testing))
}

/// The shortest limit on the time without use, in seconds.
fn idle(configuration: &Configuration, life: RefreshTokenLife) -> Option<u64> {
    let own = life.idle.and_then(|idle| match idle {
        IdleLimit::Offline => configuration.offline_refresh_token_idle_lifetime_s,
        IdleLimit::Policy => configuration.refresh_token_policy_s,
        IdleLimit::ThirtyDays => Some(IDLE_LIMIT_S),
    });
    let general = configuration.refresh_token_idle_lifetime_s.filter(|_| life.general_idle);
    shorter(own, general)
}

/// The shorter of two limits, or the earlier of two times, where there are any.
pub(crate) fn shorter(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Whether scopes go beyond name, email address and profile, for which Google's limit on projects in testing does not
/// hold.
pub(crate) fn beyond_basic_profile(scopes: &Scopes) -> bool {
    scopes.any(|scope| !is_of_the_basic_profile(scope))
}

/// Whether a scope asks for name, email address or profile.
pub(crate) fn is_of_the_basic_profile(scope: &str) -> bool {
    matches!(
        scope,
        "openid"
            | "email"
            | "profile"
            | "https://www.googleapis.com/auth/userinfo.email"
            | "https://www.googleapis.com/auth/userinfo.profile"
    )
}

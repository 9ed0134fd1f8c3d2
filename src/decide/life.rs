//! How long tokens live, as symbols: which limit governs. What a limit is in seconds is arithmetic, and not here.

use super::rule::Noted;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::knobs::{
    AccessTokenLifetime, IdleLimit30Days, Knobs, OfflineAccessTokenCappedBySession, OfflineRefreshTokenLifetime,
    RefreshTokenPolicy, RotatedRefreshTokenLifetime, TestingProjectLimit,
};
use crate::sources::{
    GOOGLE_OAUTH, ISSUE_539, MICROSOFT_REFRESH, OIDC_PROVIDER, OKTA_REFRESH, ONLINE_ACCESS, RFC_6749, RFC_9700,
    SALESFORCE_IDLE_LIMIT, SALESFORCE_POLICIES,
};

rules! {
    /// Which limit governs the life of a token.
    LifeRule;
    ShorterOfBoth = "tokens.shorter_of_both", Vendor, "An access token lives for the shorter of its configured lifetime and the rest of the session.", [ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    TimeLimit = "life.time_limit", Vendor, "The person granted access for a limited time, and the refresh token ends with it.", [GOOGLE_OAUTH.at("Refresh token expiration", "expiration")];
    GrantEnds = "life.grant_ends", Vendor, "A refresh token does not outlive the grant, whose end its first approval fixed.", [OIDC_PROVIDER.at("ttl.Grant", "")];
    TestingProject = "life.testing_project", Vendor, "A refresh token of an external project in testing ends after seven days, unless it is for name, email address and profile only.", [GOOGLE_OAUTH.at("Refresh token expiration", "expiration")];
    Configured = "life.configured", Should, "A refresh token ends at the age that the server configured, used or not.", [RFC_9700.at("section 4.14.2", "section-4.14.2"), MICROSOFT_REFRESH.whole(), OKTA_REFRESH.whole()];
    Idle = "life.idle", Should, "A refresh token ends when it was not used for the time that the server configured.", [RFC_9700.at("section 4.14.2", "section-4.14.2"), OKTA_REFRESH.whole()];
    IdleThirtyDays = "life.idle_30_days", Vendor, "A refresh token ends when it was not used for thirty days.", [SALESFORCE_IDLE_LIMIT.whole()];
    AtOnce = "life.at_once", Vendor, "The application's policy lets a refresh token end at once.", [SALESFORCE_POLICIES.whole()];
    AfterDuration = "life.after_duration", Vendor, "The application's policy lets a refresh token end at the age that it names.", [SALESFORCE_POLICIES.whole()];
    IfUnused = "life.if_unused", Vendor, "The application's policy lets a refresh token end when it was not used for the time that it names.", [SALESFORCE_POLICIES.whole()];
    WithSession = "life.with_session", Vendor, "A session-bound refresh token ends with the user's session.", [ONLINE_ACCESS.whole(), ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    UntilRevoked = "life.until_revoked", Vendor, "An offline refresh token is valid until it is revoked.", [ISSUE_539.at("issue body and comment 2 (Breno), principle 3", ""), SALESFORCE_POLICIES.whole()];
    LongLived = "life.long_lived", Vendor, "An offline refresh token lives long, and no end is named.", [ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    Unspecified = "life.unspecified", May, "How long a refresh token lives is the server's choice, and the source names no number.", [RFC_6749.at("section 1.5", "section-1.5")];
}

/// What a token's life depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding {
    /// The user's session.
    Session,
    /// Nothing but itself.
    Offline,
}

/// How long an access token lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccessTokenLife {
    /// As configured.
    Configured,
    /// The shorter of that and the rest of the session.
    ShorterOfConfiguredAndSession,
}

/// How long a refresh token lives: the first limit that is reached ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RefreshTokenLife {
    /// The person granted for a limited time.
    pub time_limit: bool,
    /// The grant has an end.
    pub grant_ends: bool,
    /// A project in testing: seven days.
    pub testing_project: bool,
    /// A limit on its age for tokens like this one.
    pub age: Option<AgeLimit>,
    /// The limit on the age of any refresh token.
    pub general_age: bool,
    /// A limit on the time without use for tokens like this one.
    pub idle: Option<IdleLimit>,
    /// The limit on the time without use of any refresh token.
    pub general_idle: bool,
    /// What is said of it where no limit is.
    pub otherwise: Otherwise,
}

/// A limit on the age of a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeLimit {
    /// Of single-page applications.
    Browser,
    /// Of offline access.
    Offline,
    /// The application's policy: at once.
    AtOnce,
    /// The application's policy: after its duration.
    Policy,
}

/// A limit on the time that a refresh token may go without use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdleLimit {
    /// Of offline access.
    Offline,
    /// The application's policy.
    Policy,
    /// Thirty days.
    ThirtyDays,
}

/// What is said of a refresh token's life where no limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Otherwise {
    /// It ends with the user's session.
    WithSession,
    /// Until it is revoked.
    UntilRevoked,
    /// Long; no end is named.
    LongLived,
    /// Long, but not for ever.
    LongButFinite,
    /// The source does not say.
    Unspecified,
}

/// From when on a limit on the age of a refresh token counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeFrom {
    /// From the authorization, whatever was rotated since.
    Authorization,
    /// From when the token itself was issued.
    Issue,
}

/// From when on a limit on the age of a refresh token of such a client counts. The token itself may be bound to a key.
pub(crate) const fn age_from(
    policy: &Knobs,
    client_type: ClientType,
    application_type: ApplicationType,
    sender_constrained: bool,
) -> AgeFrom {
    match policy.rotated_refresh_token_lifetime {
        RotatedRefreshTokenLifetime::Rest => AgeFrom::Authorization,
        RotatedRefreshTokenLifetime::New => AgeFrom::Issue,
        RotatedRefreshTokenLifetime::NewUnlessPublicWeb => match (client_type, application_type) {
            (ClientType::Public, ApplicationType::Web | ApplicationType::Browser) if !sender_constrained => {
                AgeFrom::Authorization
            }
            (ClientType::Public | ClientType::Confidential, _) => AgeFrom::Issue,
        },
    }
}

/// The facts on which the life of a refresh token depends, in whichever engine.
pub trait LifeFacts {
    /// The person approved for a limited time.
    fn time_limited(&self) -> bool;
    /// An external Google Cloud project whose publishing status is Testing.
    fn testing_project(&self) -> bool;
    /// What is granted goes beyond name, email address and profile.
    fn beyond_basic_profile(&self) -> bool;
    /// What kind of application the client is.
    fn application_type(&self) -> ApplicationType;
    /// Whether this limit is configured.
    fn is_configured(&self, limit: ConfiguredLimit) -> bool;
}

/// Answers for an engine: its facts have the same names in each, and only what the person limited is another matter.
macro_rules! life_facts {
    ($facts:ident of $fact:ty, time_limited: |$known:ident| $limited:expr) => {
        impl<F: Ask<$fact>> LifeFacts for $facts<'_, F> {
            fn time_limited(&self) -> bool {
                let $known = &self.0;
                $limited
            }

            fn testing_project(&self) -> bool {
                self.0.testing_project()
            }

            fn beyond_basic_profile(&self) -> bool {
                self.0.beyond_basic_profile()
            }

            fn application_type(&self) -> ApplicationType {
                self.0.application_type()
            }

            fn is_configured(&self, limit: ConfiguredLimit) -> bool {
                match limit {
                    ConfiguredLimit::BrowserAge => self.0.browser_absolute_limit(),
                    ConfiguredLimit::OfflineAge => self.0.offline_absolute_limit(),
                    ConfiguredLimit::Age => self.0.absolute_limit(),
                    ConfiguredLimit::OfflineIdle => self.0.offline_idle_limit(),
                    ConfiguredLimit::Idle => self.0.idle_limit(),
                    ConfiguredLimit::PolicyDuration => self.0.policy_duration(),
                    ConfiguredLimit::Grant => self.0.grant_ends(),
                }
            }
        }
    };
}
pub(super) use life_facts;

/// A number that the configuration may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConfiguredLimit {
    /// `browser_refresh_token_absolute_lifetime_s`
    BrowserAge,
    /// `offline_refresh_token_absolute_lifetime_s`
    OfflineAge,
    /// `refresh_token_absolute_lifetime_s`
    Age,
    /// `offline_refresh_token_idle_lifetime_s`
    OfflineIdle,
    /// `refresh_token_idle_lifetime_s`
    Idle,
    /// `refresh_token_policy_s`
    PolicyDuration,
    /// `grant_lifetime_s`; of a stored record, what became of it.
    Grant,
}

/// How long an access token lives that is bound so.
pub(super) fn of_access_token(policy: &Knobs, binding: Binding, noted: &mut Noted<LifeRule>) -> AccessTokenLife {
    let capped = match binding {
        Binding::Session => true,
        Binding::Offline => policy.offline_access_token_capped_by_session == OfflineAccessTokenCappedBySession::Yes,
    };
    match policy.access_token_lifetime {
        AccessTokenLifetime::ShorterOfConfiguredAndSession if capped => {
            noted.note(LifeRule::ShorterOfBoth);
            AccessTokenLife::ShorterOfConfiguredAndSession
        }
        AccessTokenLifetime::ShorterOfConfiguredAndSession | AccessTokenLifetime::Configured => {
            AccessTokenLife::Configured
        }
    }
}

/// How long a refresh token lives that is bound so.
pub(super) fn of_refresh_token<F: LifeFacts>(policy: &Knobs, facts: &F, binding: Binding) -> RefreshTokenLife {
    let configured = |limit| facts.is_configured(limit);
    let by_binding = match binding {
        Binding::Session => (None, None),
        Binding::Offline => offline_limits(policy, facts),
    };
    RefreshTokenLife {
        time_limit: facts.time_limited(),
        grant_ends: configured(ConfiguredLimit::Grant),
        testing_project: policy.testing_project_limit == TestingProjectLimit::Yes
            && facts.testing_project()
            && facts.beyond_basic_profile(),
        age: by_binding.0,
        general_age: configured(ConfiguredLimit::Age),
        idle: by_binding.1,
        general_idle: configured(ConfiguredLimit::Idle),
        otherwise: match binding {
            Binding::Session => Otherwise::WithSession,
            Binding::Offline => otherwise(policy.offline_refresh_token_lifetime),
        },
    }
}

/// The rules of a token that is issued: its limits, and what is said of it where there is none.
pub(super) fn note(life: RefreshTokenLife, noted: &mut Noted<LifeRule>) -> RefreshTokenLife {
    let limited = note_limits(life, noted);
    if !limited || life.otherwise == Otherwise::WithSession {
        noted.note(match life.otherwise {
            Otherwise::WithSession => LifeRule::WithSession,
            Otherwise::UntilRevoked => LifeRule::UntilRevoked,
            Otherwise::LongLived | Otherwise::LongButFinite => LifeRule::LongLived,
            Otherwise::Unspecified => LifeRule::Unspecified,
        });
    }
    life
}

/// Limits on the age and on the time without use that hold for offline tokens alone. What the server configured comes
/// before the policy of the application.
fn offline_limits<F: LifeFacts>(policy: &Knobs, facts: &F) -> (Option<AgeLimit>, Option<IdleLimit>) {
    let browser = facts.application_type() == ApplicationType::Browser;
    let age = if browser && facts.is_configured(ConfiguredLimit::BrowserAge) {
        Some(AgeLimit::Browser)
    } else if facts.is_configured(ConfiguredLimit::OfflineAge) {
        Some(AgeLimit::Offline)
    } else {
        None
    };
    let idle = facts.is_configured(ConfiguredLimit::OfflineIdle).then_some(IdleLimit::Offline);
    let (policy_age, policy_idle) = match policy.refresh_token_policy {
        RefreshTokenPolicy::ExpireImmediately => (Some(AgeLimit::AtOnce), None),
        RefreshTokenPolicy::ExpireAfter if facts.is_configured(ConfiguredLimit::PolicyDuration) => {
            (Some(AgeLimit::Policy), None)
        }
        RefreshTokenPolicy::ExpireIfUnused if facts.is_configured(ConfiguredLimit::PolicyDuration) => {
            (None, Some(IdleLimit::Policy))
        }
        _ if policy.idle_limit_30_days == IdleLimit30Days::Yes => (None, Some(IdleLimit::ThirtyDays)),
        RefreshTokenPolicy::ValidUntilRevoked
        | RefreshTokenPolicy::ExpireAfter
        | RefreshTokenPolicy::ExpireIfUnused => (None, None),
    };
    (age.or(policy_age), idle.or(policy_idle))
}

const fn otherwise(lifetime: OfflineRefreshTokenLifetime) -> Otherwise {
    match lifetime {
        OfflineRefreshTokenLifetime::Unspecified => Otherwise::Unspecified,
        OfflineRefreshTokenLifetime::UntilRevoked => Otherwise::UntilRevoked,
        OfflineRefreshTokenLifetime::LongLived => Otherwise::LongLived,
        OfflineRefreshTokenLifetime::LongButFinite => Otherwise::LongButFinite,
    }
}

/// The rules of the limits that there are; false where there is none.
pub(super) fn note_limits(life: RefreshTokenLife, noted: &mut Noted<LifeRule>) -> bool {
    let RefreshTokenLife {
        time_limit,
        grant_ends,
        testing_project,
        age,
        general_age,
        idle,
        general_idle,
        otherwise: _,
    } = life;
    let limits = [
        time_limit.then_some(LifeRule::TimeLimit),
        grant_ends.then_some(LifeRule::GrantEnds),
        testing_project.then_some(LifeRule::TestingProject),
        age.map(|age| match age {
            AgeLimit::Browser | AgeLimit::Offline => LifeRule::Configured,
            AgeLimit::AtOnce => LifeRule::AtOnce,
            AgeLimit::Policy => LifeRule::AfterDuration,
        }),
        general_age.then_some(LifeRule::Configured),
        idle.map(|idle| match idle {
            IdleLimit::Offline => LifeRule::Idle,
            IdleLimit::Policy => LifeRule::IfUnused,
            IdleLimit::ThirtyDays => LifeRule::IdleThirtyDays,
        }),
        general_idle.then_some(LifeRule::Idle),
    ];
    limits.into_iter().flatten().for_each(|rule| noted.note(rule));
    limits.iter().any(Option::is_some)
}

//! The limits of a stored refresh token, as the engine decides them.

use crate::decide::engine::{To, until_halt};
use crate::decide::fact::Situation;
use crate::decide::life::{Binding, RefreshTokenLife};
use crate::decide::lifecycle::facts::{
    LifecycleFact, LifecycleSituation, LogoutHint, Occurrence, Record, Revoked, StoredStatus, UserAnswer,
};
use crate::decide::lifecycle::verdict::{Lifecycle, State};
use crate::lifetimes;
use crate::oauth::client::{ApplicationType, Client, ClientType};
use crate::policy::Policy;
use crate::records::TokenRecord;

/// The situation of an occurrence about which nothing else is known.
pub(crate) fn situation(occurrence: Occurrence) -> LifecycleSituation {
    LifecycleSituation {
        occurrence,
        signed_in: true,
        logout_hint: LogoutHint::Absent,
        user_answer: UserAnswer::Open,
        logout_client: false,
        client_known: true,
        authenticated: true,
        client_type: ClientType::Confidential,
        revoked: Revoked::NotFound,
        grant_scope: true,
        grant_found: true,
        limited: false,
        record: Record::Missing,
        stored_status: StoredStatus::Active,
        elapsed: false,
        bound_to_session: false,
        session_alive: true,
        application_type: ApplicationType::Web,
        testing_project: false,
        beyond_basic_profile: false,
        browser_absolute_limit: false,
        offline_absolute_limit: false,
        absolute_limit: false,
        offline_idle_limit: false,
        idle_limit: false,
        policy_duration: false,
        grant_ends: false,
    }
}

/// The situation in which it is asked how a refresh token stands.
pub(crate) fn of_refresh_token(policy: &Policy, client: Option<&Client>, token: &TokenRecord) -> LifecycleSituation {
    let configured = &policy.configuration;
    LifecycleSituation {
        record: Record::RefreshToken,
        bound_to_session: token.binding == Binding::Session,
        application_type: token.application_type,
        testing_project: client.is_some_and(|client| client.testing_project),
        beyond_basic_profile: lifetimes::beyond_basic_profile(&token.scope),
        browser_absolute_limit: configured.browser_refresh_token_absolute_lifetime_s.is_some(),
        offline_absolute_limit: configured.offline_refresh_token_absolute_lifetime_s.is_some(),
        absolute_limit: configured.refresh_token_absolute_lifetime_s.is_some(),
        offline_idle_limit: configured.offline_refresh_token_idle_lifetime_s.is_some(),
        idle_limit: configured.refresh_token_idle_lifetime_s.is_some(),
        policy_duration: configured.refresh_token_policy_s.is_some(),
        grant_ends: token.grant_expires_at.is_some(),
        ..situation(Occurrence::StatusAsked)
    }
}

/// The limits of a stored refresh token.
pub(crate) fn limits(policy: &Policy, client: Option<&Client>, token: &TokenRecord) -> Option<RefreshTokenLife> {
    let situation = Situation::<LifecycleFact>::from(of_refresh_token(policy, client, token));
    match until_halt::<Lifecycle, _>(&policy.knobs, &situation).to {
        To::Next(State::Limited(life)) => life,
        To::Next(State::Happened) | To::End(_) => None,
    }
}

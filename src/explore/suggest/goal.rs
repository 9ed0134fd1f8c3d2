//! What somebody wants to come of a request.

use crate::decide::authorize::component::Component;
use crate::decide::authorize::part::{Outcome, Part};
use crate::decide::authorize::verdict::{Authorize, RefreshTokenVerdict, TokenResult, Verdict};
use crate::decide::component::Components;
use crate::decide::engine::decide;
use crate::decide::fact::Situation;
use crate::decide::life::Binding;
use crate::decide::lifecycle::facts::{LifecycleFact, Occurrence};
use crate::decide::lifecycle::verdict::{Consequence, Lifecycle, LifecycleVerdict};
use crate::input::Text;
use crate::policy::knobs::Knobs;

/// What somebody wants to come of a request. What happens on the consent page is taken for granted: a refresh token is
/// reached where it comes if the person approves.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// A refresh token, however it is bound.
    RefreshToken,
    /// One that works while the user is away.
    OfflineRefreshToken,
    /// One that ends with the user's session.
    SessionRefreshToken,
    /// None.
    NoRefreshToken,
    /// A refresh token that logout leaves alone.
    SurvivesLogout,
    /// A refresh token that logout ends.
    EndsAtLogout,
    /// A response without the consent page.
    NoConsentScreen,
    /// A response without any page.
    NoScreen,
    /// The consent page.
    ConsentScreen,
    /// This scope is granted, or would be if the person approves.
    Scope(Text),
}

impl Goal {
    /// The goals that are named by one word.
    pub const NAMED: [(&'static str, Self); 9] = [
        ("refresh_token", Self::RefreshToken),
        ("offline_refresh_token", Self::OfflineRefreshToken),
        ("session_refresh_token", Self::SessionRefreshToken),
        ("no_refresh_token", Self::NoRefreshToken),
        ("survives_logout", Self::SurvivesLogout),
        ("ends_at_logout", Self::EndsAtLogout),
        ("no_consent_screen", Self::NoConsentScreen),
        ("no_screen", Self::NoScreen),
        ("consent_screen", Self::ConsentScreen),
    ];

    /// Whether a verdict reaches it. Whether an ordinary scope is granted is known only when the decision is made in
    /// whole; here it is enough that there is a result.
    pub(super) fn is_reached(&self, policy: &Knobs, verdict: &Verdict) -> bool {
        let binding = binding(verdict);
        let outcome = match Authorize::part(Component::Outcome, verdict, &Default::default()) {
            Part::Outcome(outcome) => outcome,
            _ => Outcome::Error,
        };
        match self {
            Self::RefreshToken => binding.is_some(),
            Self::OfflineRefreshToken => binding == Some(Binding::Offline),
            Self::SessionRefreshToken => binding == Some(Binding::Session),
            Self::NoRefreshToken => binding.is_none() && result(verdict).is_some(),
            Self::SurvivesLogout => binding == Some(Binding::Offline) && !logout_ends_offline(policy),
            Self::EndsAtLogout => {
                binding == Some(Binding::Session) || (binding == Some(Binding::Offline) && logout_ends_offline(policy))
            }
            Self::NoConsentScreen | Self::NoScreen => outcome == Outcome::Issue,
            Self::ConsentScreen => outcome == Outcome::Consent,
            Self::Scope(_) => result(verdict).is_some(),
        }
    }

    /// What a policy alone says of it, whatever a run comes to.
    pub(super) fn beside_the_run(&self, policy: &Knobs) -> bool {
        matches!(self, Self::SurvivesLogout | Self::EndsAtLogout) && logout_ends_offline(policy)
    }

    /// The component of a verdict on which it rests: verdicts of which it says the same reach the goal both, or neither.
    pub(super) const fn rests_on(&self) -> Component {
        match self {
            Self::RefreshToken
            | Self::OfflineRefreshToken
            | Self::SessionRefreshToken
            | Self::NoRefreshToken
            | Self::SurvivesLogout
            | Self::EndsAtLogout => Component::RefreshToken,
            Self::NoConsentScreen | Self::NoScreen | Self::ConsentScreen | Self::Scope(_) => Component::Outcome,
        }
    }

    /// The scope that has to be asked for.
    pub(super) fn scope(&self) -> Option<&Text> {
        match self {
            Self::Scope(scope) => Some(scope),
            _ => None,
        }
    }

    /// The component that it is about, whose change is no side effect.
    pub(super) const fn component(&self) -> Component {
        match self {
            Self::Scope(_) => Component::Scope,
            other => other.rests_on(),
        }
    }
}

fn result(verdict: &Verdict) -> Option<&TokenResult> {
    match verdict {
        Verdict::Ask { result, .. } | Verdict::Issue { result, .. } => Some(result),
        Verdict::Refuse(..) | Verdict::SignIn(_) => None,
    }
}

fn binding(verdict: &Verdict) -> Option<Binding> {
    result(verdict).and_then(|result| match result.refresh_token {
        RefreshTokenVerdict::Issued(plan, _) => Some(plan.binding),
        RefreshTokenVerdict::None(..) => None,
    })
}

/// Whether a logout ends offline tokens: the engine of what ends tokens is asked.
fn logout_ends_offline(policy: &Knobs) -> bool {
    let logout = Situation::default().with(LifecycleFact::Occurrence, Occurrence::Logout);
    match decide::<Lifecycle, _>(policy, &logout).verdict {
        LifecycleVerdict::Ends(ends) => ends.iter().any(|(what, _)| {
            matches!(
                what,
                Consequence::OfflineTokensOfSession
                    | Consequence::OfflineTokensOfBrowserClients
                    | Consequence::OfflineTokensOfUser
            )
        }),
        LifecycleVerdict::Refuse { .. } | LifecycleVerdict::AskUser | LifecycleVerdict::Standing(_) => false,
    }
}

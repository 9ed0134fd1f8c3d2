//! The components of a verdict on what ends.

use super::facts::LifecycleFact;
use super::verdict::{Consequence, DeadStatus, Lifecycle, LifecycleVerdict, RefusedStatus, State};
use crate::decide::component::{Aspect, Components, Reached};
use crate::decide::record::EndStatus;
use crate::oauth::error::ErrorCode;

/// How many things one occurrence ends at most.
const MOST: usize = 6;

/// A component of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Component {
    /// What is answered.
    Outcome,
    /// What ends.
    Ends,
}

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The request is refused.
    Refused(Option<ErrorCode>, RefusedStatus),
    /// The user is asked first.
    AskUser,
    /// Something may end.
    Ends,
    /// The record is alive.
    Alive,
    /// The record is dead.
    Dead(DeadStatus),
}

/// What one component says of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What is answered.
    Outcome(Outcome),
    /// What ends, in order.
    Ends([Option<Consequence>; MOST]),
}

impl Components for Lifecycle {
    type Component = Component;
    type Part = Part;

    const COMPONENTS: &'static [Component] = &[Component::Outcome, Component::Ends];

    const OPENING: &'static [Component] = &[Component::Outcome];

    const UNANSWERED: Option<(LifecycleFact, usize)> = None;

    fn component_name(component: Component) -> &'static str {
        match component {
            Component::Outcome => "outcome",
            Component::Ends => "ends",
        }
    }

    /// The states are few, so that nothing has to be forgotten.
    fn forget(_: Component, state: State, (): ()) -> (State, ()) {
        (state, ())
    }

    fn set_aside((): (), (): ()) {}

    fn reached(verdict: &LifecycleVerdict) -> Reached {
        match verdict {
            LifecycleVerdict::Refuse { .. } => Reached::Refused,
            LifecycleVerdict::AskUser => Reached::Waiting,
            LifecycleVerdict::Ends(_) | LifecycleVerdict::Standing(_) => Reached::Answered,
        }
    }

    fn says_nothing(_: &Part) -> bool {
        false
    }

    fn part(component: Component, verdict: &LifecycleVerdict, (): &()) -> Part {
        match component {
            Component::Outcome => Part::Outcome(match verdict {
                LifecycleVerdict::Refuse { code, status, .. } => Outcome::Refused(*code, *status),
                LifecycleVerdict::AskUser => Outcome::AskUser,
                LifecycleVerdict::Ends(_) => Outcome::Ends,
                LifecycleVerdict::Standing(Ok(())) => Outcome::Alive,
                LifecycleVerdict::Standing(Err((status, _))) => Outcome::Dead(*status),
            }),
            Component::Ends => {
                let mut ends = [None; MOST];
                if let LifecycleVerdict::Ends(consequences) = verdict {
                    ends.iter_mut().zip(consequences.iter()).for_each(|(slot, (what, _))| *slot = Some(what));
                }
                Part::Ends(ends)
            }
        }
    }

    fn aspects(part: Part) -> Vec<Aspect> {
        match part {
            Part::Outcome(outcome) => vec![(
                "outcome",
                Some(match outcome {
                    Outcome::Refused(Some(code), _) => code.name(),
                    Outcome::Refused(None, RefusedStatus::Unauthorized) => "unauthorized",
                    Outcome::Refused(None, RefusedStatus::Forbidden) => "forbidden",
                    Outcome::Refused(None, RefusedStatus::NotFound) => "not_found",
                    Outcome::Refused(None, RefusedStatus::BadRequest) => "refused",
                    Outcome::AskUser => "ask_user",
                    Outcome::Ends => "ends",
                    Outcome::Alive => "alive",
                    Outcome::Dead(DeadStatus::Unknown) => "unknown",
                    Outcome::Dead(DeadStatus::Used) => "used",
                    Outcome::Dead(DeadStatus::Superseded) => "superseded",
                    Outcome::Dead(DeadStatus::Expired) => "expired",
                    Outcome::Dead(DeadStatus::Revoked) => "revoked",
                }),
            )],
            Part::Ends(ends) => {
                let ends = |name, wanted: fn(Consequence) -> Option<&'static str>| {
                    (name, Some(ends.iter().flatten().find_map(|what| wanted(*what)).unwrap_or("no")))
                };
                vec![
                    ends("session", |what| (what == Consequence::Session).then_some("yes")),
                    ends("session_tokens", |what| match what {
                        Consequence::SessionTokens(EndStatus::Expired) => Some("expire"),
                        Consequence::SessionTokens(EndStatus::Revoked) => Some("revoked"),
                        _ => None,
                    }),
                    ends("offline_tokens", |what| match what {
                        Consequence::OfflineTokensOfSession => Some("of_session"),
                        Consequence::OfflineTokensOfBrowserClients => Some("of_browser_clients"),
                        Consequence::OfflineTokensOfUser => Some("of_user"),
                        Consequence::OfflineAccessTokensOfSession => Some("access_tokens_of_session"),
                        _ => None,
                    }),
                    ends("gmail_tokens", |what| (what == Consequence::GmailTokensOfUser).then_some("yes")),
                    ends("public_password_tokens", |what| (what == Consequence::PublicPasswordTokens).then_some("yes")),
                    ends("client_tokens", |what| match what {
                        Consequence::ClientTokens => Some("yes"),
                        Consequence::ClientTokensOfSession => Some("of_session"),
                        _ => None,
                    }),
                    ends("grant", |what| match what {
                        Consequence::Grant | Consequence::GrantById => Some("yes"),
                        _ => None,
                    }),
                    ends("grant_tokens", |what| (what == Consequence::GrantTokens).then_some("yes")),
                    ends("presented_token", |what| (what == Consequence::PresentedToken).then_some("yes")),
                    ends("family_refresh_tokens", |what| (what == Consequence::FamilyRefreshTokens).then_some("yes")),
                    ends("family_access_tokens", |what| (what == Consequence::FamilyAccessTokens).then_some("yes")),
                    ends("condition_tokens", |what| (what == Consequence::ConditionTokens).then_some("yes")),
                    ends("oldest_refresh_tokens", |what| (what == Consequence::OldestRefreshTokens).then_some("yes")),
                ]
            }
        }
    }
}

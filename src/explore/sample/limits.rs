//! Facts that follow from each other in ways that no pair of values says, so that no input has them together.

use crate::decide::authorize::facts::{
    AnsweredPage, AskedWord, AuthorizeFact, AuthorizeSituation, ConsentAnswer, GrantId, OrdinaryScopes, PriorGrant,
    ScopeStanding,
};
use crate::decide::fact::Situation;
use crate::decide::lifecycle::facts::{LifecycleFact, LifecycleSituation};
use crate::decide::token::facts::{AskedScope, Due, GrantType, TokenFact, TokenSituation};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::redirect::{RedirectForm, RedirectProof};
use crate::policy::knobs::{Knobs, OfflineRequest, RefreshTokenPolicy};

/// Why no input has this value of a fact beside the others of a situation, where that is so.
#[must_use]
pub fn why_not(situation: &Situation<AuthorizeFact>, fact: AuthorizeFact) -> Option<&'static str> {
    let wanted = AuthorizeSituation::from(*situation);
    let limit = LIMITS.iter().find(|limit| limit.facts.contains(&fact) && (limit.holds)(&wanted));
    limit.map(|limit| limit.why)
}

/// The same of the token endpoint.
#[must_use]
pub fn why_not_token(policy: &Knobs, situation: &Situation<TokenFact>, fact: TokenFact) -> Option<&'static str> {
    let wanted = TokenSituation::from(*situation);
    let at_once = policy.refresh_token_policy == RefreshTokenPolicy::ExpireImmediately;
    match fact {
        TokenFact::ClientType if wanted.application_type == ApplicationType::Browser => {
            Some("A single-page application counts as public, whatever it registered.")
        }
        TokenFact::Elapsed if at_once && wanted.due == Due::Offline => {
            Some("A refresh token that ends at once is over when it is presented.")
        }
        TokenFact::LeavesOutOffline
            if wanted.leaves_out_offline
                && matches!(policy.offline_request, OfflineRequest::AccessType | OfflineRequest::None) =>
        {
            Some("The policy has no scope that asks for offline access.")
        }
        TokenFact::BeyondBasicProfile if wanted.leaves_out_offline => {
            Some("Offline access goes beyond name, email address and profile.")
        }
        TokenFact::Scope
            if matches!(wanted.scope, AskedScope::Narrower | AskedScope::Other)
                && wanted.grant_type == GrantType::ClientCredentials =>
        {
            Some("A client that acts for itself was granted no scope, which it could narrow or miss.")
        }
        _ => None,
    }
}

/// The same of what ends records.
#[must_use]
pub fn why_not_lifecycle(
    policy: &Knobs,
    situation: &Situation<LifecycleFact>,
    fact: LifecycleFact,
) -> Option<&'static str> {
    let wanted = LifecycleSituation::from(*situation);
    let at_once = policy.refresh_token_policy == RefreshTokenPolicy::ExpireImmediately;
    match fact {
        LifecycleFact::ClientType if wanted.application_type == ApplicationType::Browser => {
            Some("A single-page application counts as public, whatever it registered.")
        }
        LifecycleFact::Elapsed if at_once && !wanted.bound_to_session => {
            Some("A refresh token that ends at once is over when it is asked about.")
        }
        _ => None,
    }
}

/// What is so of no input.
struct Limit {
    why: &'static str,
    /// The facts of which an input has another value then.
    facts: &'static [AuthorizeFact],
    holds: fn(&AuthorizeSituation) -> bool,
}

/// The facts about scopes.
const SCOPES: &[AuthorizeFact] = &[
    AuthorizeFact::Scope,
    AuthorizeFact::OrdinaryScopes,
    AuthorizeFact::UnrefusedScopes,
    AuthorizeFact::AsksOfflineAccess,
    AuthorizeFact::AsksRefreshTokenScope,
    AuthorizeFact::AsksOnlineAccess,
    AuthorizeFact::OrdinaryNotAllowed,
    AuthorizeFact::Openid,
];

const LIMITS: &[Limit] = &[
    Limit {
        why: "A single-page application counts as public, whatever it registered.",
        facts: &[AuthorizeFact::ClientType],
        holds: |wanted| {
            wanted.application_type == ApplicationType::Browser && wanted.client_type == ClientType::Confidential
        },
    },
    Limit {
        why: "The server names the scopes that it supports, or it does not: that is the same for every scope.",
        facts: SCOPES,
        holds: |wanted| {
            let unknown = matches!(wanted.scope, ScopeStanding::SomeUnknown | ScopeStanding::NoneKnown);
            has(wanted, AskedWord::Asked)
                && (unknown || has(wanted, AskedWord::Supported) || has(wanted, AskedWord::Unsupported))
        },
    },
    Limit {
        why: "A scope that is not supported makes the scope parameter one with unknown scopes.",
        facts: SCOPES,
        holds: |wanted| has(wanted, AskedWord::Unsupported) && is_known(wanted.scope),
    },
    Limit {
        why: "A scope that is not allowed makes the scope parameter one with scopes that are not allowed.",
        facts: SCOPES,
        holds: |wanted| {
            has(wanted, AskedWord::NotAllowed)
                && matches!(wanted.scope, ScopeStanding::Fine | ScopeStanding::Default | ScopeStanding::Omitted)
        },
    },
    Limit {
        why: "A scope parameter with scopes that are not allowed has at least one.",
        facts: SCOPES,
        holds: |wanted| {
            matches!(wanted.scope, ScopeStanding::SomeNotAllowed | ScopeStanding::NoneAllowed)
                && !(wanted.ordinary_not_allowed || has(wanted, AskedWord::NotAllowed))
        },
    },
    Limit {
        why: "A request without any scope asks for none, and what is asked for is what is left.",
        facts: SCOPES,
        holds: |wanted| {
            let left = wanted.ordinary_scopes != OrdinaryScopes::NoneAsked
                || has(wanted, AskedWord::Asked)
                || has(wanted, AskedWord::Supported);
            match wanted.scope {
                ScopeStanding::Omitted | ScopeStanding::NoneKnown | ScopeStanding::NoneAllowed => left,
                ScopeStanding::Malformed => false,
                _ => !left,
            }
        },
    },
    Limit {
        why: "What a redirect URI proves follows from what it looks like.",
        facts: &[AuthorizeFact::RedirectForm],
        holds: |wanted| match wanted.redirect_proof {
            RedirectProof::ClaimedHttps | RedirectProof::ExactHttps => wanted.redirect_form != RedirectForm::Web,
            RedirectProof::Localhost => wanted.redirect_form == RedirectForm::Wildcard,
            RedirectProof::Nothing => wanted.redirect_form == RedirectForm::Wildcard && !wanted.redirect_uri_sent,
        },
    },
    Limit {
        why: "A time limit is part of an answer.",
        facts: &[AuthorizeFact::TimeLimited],
        holds: |wanted| wanted.time_limited && wanted.consent_answer == ConsentAnswer::Open,
    },
    Limit {
        why: "A grant of another client of the project is not this client's, so its id is not theirs.",
        facts: &[AuthorizeFact::GrantId],
        holds: |wanted| wanted.prior_grant == PriorGrant::SameProject && wanted.grant_id == GrantId::Theirs,
    },
    Limit {
        why: "What an approval leaves follows from what the page lists.",
        facts: &[AuthorizeFact::Kept, AuthorizeFact::KeepsOffline, AuthorizeFact::KeepsOnline],
        holds: |wanted| wanted.consent_answer == ConsentAnswer::Approved && wanted.answered_page == AnsweredPage::This,
    },
    Limit {
        why: "Whether scopes go beyond the basic profile follows from the scopes.",
        facts: &[AuthorizeFact::BeyondBasicProfile],
        holds: |wanted| wanted.testing_project,
    },
];

const fn words(wanted: &AuthorizeSituation) -> [AskedWord; 3] {
    [wanted.asks_offline_access, wanted.asks_refresh_token_scope, wanted.asks_online_access]
}

fn has(wanted: &AuthorizeSituation, word: AskedWord) -> bool {
    words(wanted).contains(&word)
}

const fn is_known(scope: ScopeStanding) -> bool {
    matches!(
        scope,
        ScopeStanding::Fine
            | ScopeStanding::Default
            | ScopeStanding::Omitted
            | ScopeStanding::SomeNotAllowed
            | ScopeStanding::NoneAllowed
    )
}

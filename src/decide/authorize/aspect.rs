//! What the components of a verdict at the authorization endpoint say, aspect by aspect, in published words.

use super::part::{ErrorPlace, Outcome, Part, SetAside};
use super::verdict::{
    Access, AccessTokenPlan, ConsentCauses, ConsentPage, GrantChange, GrantedHow, Included, RedirectNamed, RestsOn,
    ScopePlan, SignInScreen, Stays,
};
use crate::decide::component::Aspect;
use crate::decide::life::{AccessTokenLife, AgeLimit, Binding, IdleLimit, Otherwise, RefreshTokenLife};
use crate::decide::report::ScopeReported;
use crate::decide::rotation::Rotation;

/// The aspects of a part.
pub(super) fn of(part: Part) -> Vec<Aspect> {
    match part {
        Part::Outcome(outcome) => vec![("outcome", outcome_word(outcome))],
        Part::Error(error) => vec![(
            "error",
            Some(match error {
                None => "none",
                Some((Some(code), ErrorPlace::Redirect)) => code.name(),
                Some((_, ErrorPlace::Page)) => "page",
                Some((_, ErrorPlace::Http400)) => "http_400",
                Some((None, ErrorPlace::Redirect)) => "unnamed",
            }),
        )],
        Part::Response(placement) => vec![("placement", placement.map(|placement| placement.name()))],
        Part::ConsentPage(page) => consent_page(page),
        Part::ConsentCauses(causes) => consent_causes(causes),
        Part::Scope(scopes) => scope(scopes),
        Part::RefreshToken(token) => {
            let binding = token.map(|token| token.map_or("none", |(binding, _)| binding_word(binding)));
            let rotation = token.and_then(Result::ok).map(|(_, rotation)| rotation_word(rotation));
            vec![("binding", binding), ("rotation", rotation)]
        }
        Part::RefreshTokenLifetime(life) => refresh_token_life(life),
        Part::Tokens(tokens) => {
            let access_token = tokens.and_then(|tokens| tokens.access_token);
            let front = tokens.and_then(|tokens| tokens.front_access_token);
            vec![
                ("access_token.binding", access_token.map(|token| binding_word(token.binding))),
                ("access_token.lifetime", access_token.map(|token| access_token_life(token.life))),
                ("front_channel.binding", front.map(|token| binding_word(token.binding))),
                ("front_channel.lifetime", front.map(|token| access_token_life(token.life))),
                ("front_channel.offline_access", front.map(|token: AccessTokenPlan| yes(token.carries_offline))),
                ("scope_reported", tokens.map(|tokens| reported(tokens.scope_reported))),
            ]
        }
        Part::Stored(stored) => vec![
            ("grant", stored.map(|stored| stored.grant.map_or("none", |(change, _)| grant_change(change)))),
            ("how", stored.and_then(|stored| stored.grant).map(|(_, how)| granted_how(how))),
            ("remembers_refused", stored.map(|stored| yes(stored.remembers_refused))),
            ("ends_earlier_tokens", stored.map(|stored| yes(stored.ends_earlier))),
            ("rests_on", stored.map(|stored| rests_on(stored.rests_on))),
        ],
        Part::Ignored(ignored) => set_aside(ignored),
    }
}

const fn outcome_word(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Error => None,
        Outcome::SignIn(SignInScreen::Login) => Some("login"),
        Outcome::SignIn(SignInScreen::Reauthenticate) => Some("reauthenticate"),
        Outcome::SignIn(SignInScreen::SelectAccount) => Some("select_account"),
        Outcome::Consent => Some("consent"),
        Outcome::Issue => Some("issue"),
    }
}

fn consent_page(page: Option<ConsentPage>) -> Vec<Aspect> {
    vec![
        ("offline_access", page.map(|page| access(page.lists.offline))),
        ("online_access", page.map(|page| access(page.lists.online))),
        ("online_access_added", page.map(|page| yes(page.lists.online_added))),
        ("earlier_scopes", page.map(|page| included(page.lists.included))),
        ("without_refused", page.map(|page| yes(page.lists.without_refused))),
        ("offline_notice", page.map(|page| yes(page.offline_notice))),
        ("remember", page.map(|page| yes(page.remember_checkbox))),
        ("shows_already_granted", page.map(|page| yes(page.shows_already_granted))),
        ("redirect_host", page.map(|page| yes(page.redirect != RedirectNamed::No))),
        ("loopback_warning", page.map(|page| yes(page.redirect == RedirectNamed::HostWithWarning))),
        ("counts_prior_grant", page.map(|page| yes(page.counts_prior_grant))),
        ("prior_grant_stays", page.map(|page| yes(page.stays == Stays::Everything))),
        ("openid_stays", page.map(|page| yes(page.stays == Stays::Openid))),
    ]
}

fn consent_causes(causes: Option<ConsentCauses>) -> Vec<Aspect> {
    vec![
        ("prompt_consent", causes.map(|causes| yes(causes.prompt_consent))),
        ("new_scopes", causes.map(|causes| yes(causes.new_scopes))),
        ("offline_access", causes.map(|causes| yes(causes.offline_access))),
        ("client_always_asked", causes.map(|causes| yes(causes.client_always_asked))),
        ("always_asked", causes.map(|causes| yes(causes.always_asked))),
        ("redirect_uri_changed", causes.map(|causes| yes(causes.redirect_uri_changed))),
        ("loopback_client", causes.map(|causes| yes(causes.loopback_client))),
    ]
}

fn scope(scopes: Option<ScopePlan>) -> Vec<Aspect> {
    vec![
        ("offline_access", scopes.map(|scopes| access(scopes.offline))),
        ("online_access", scopes.map(|scopes| access(scopes.online))),
        ("online_access_added", scopes.map(|scopes| yes(scopes.online_added))),
        ("earlier_scopes", scopes.map(|scopes| included(scopes.included))),
        ("without_refused", scopes.map(|scopes| yes(scopes.without_refused))),
    ]
}

fn refresh_token_life(life: Option<RefreshTokenLife>) -> Vec<Aspect> {
    // What the person or the configuration limits is limited under any policy.
    let age = |life: RefreshTokenLife| match life.age {
        None | Some(AgeLimit::Browser | AgeLimit::Offline) => "none",
        Some(AgeLimit::AtOnce) => "at_once",
        Some(AgeLimit::Policy) => "policy",
    };
    let idle = |life: RefreshTokenLife| match life.idle {
        None | Some(IdleLimit::Offline) => "none",
        Some(IdleLimit::Policy) => "policy",
        Some(IdleLimit::ThirtyDays) => "thirty_days",
    };
    let otherwise = |life: RefreshTokenLife| match life.otherwise {
        Otherwise::WithSession => "session",
        Otherwise::UntilRevoked => "until_revoked",
        Otherwise::LongLived => "long_lived",
        Otherwise::LongButFinite => "long_but_finite",
        Otherwise::Unspecified => "unspecified",
    };
    vec![
        ("testing_project", life.map(|life| yes(life.testing_project))),
        ("age", life.map(age)),
        ("idle", life.map(idle)),
        ("otherwise", life.map(otherwise)),
    ]
}

fn set_aside(ignored: Option<SetAside>) -> Vec<Aspect> {
    vec![
        ("ignored", ignored.map(|ignored| yes(ignored.whole.is_some()))),
        ("unknown_values", ignored.map(|ignored| yes(ignored.unknown_values))),
        ("auto", ignored.map(|ignored| yes(ignored.auto.is_some()))),
    ]
}

const fn yes(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

const fn access(access: Access) -> &'static str {
    match access {
        Access::Standing => "yes",
        Access::NotAsked | Access::Ignored(_) => "no",
        Access::Refused => "refused",
    }
}

const fn included(included: Option<Included>) -> &'static str {
    match included {
        None => "no",
        Some(Included::Requested) => "included",
        Some(Included::Merged) => "merged",
    }
}

pub(in crate::decide) const fn binding_word(binding: Binding) -> &'static str {
    match binding {
        Binding::Session => "session",
        Binding::Offline => "offline",
    }
}

pub(in crate::decide) const fn rotation_word(rotation: Rotation) -> &'static str {
    match rotation {
        Rotation::Kept => "kept",
        Rotation::Replaced => "replaced",
        Rotation::Added => "added",
        Rotation::UntilSuccessorUsed => "until_successor_used",
        Rotation::UsedUp => "used_up",
    }
}

pub(in crate::decide) const fn access_token_life(life: AccessTokenLife) -> &'static str {
    match life {
        AccessTokenLife::Configured => "configured",
        AccessTokenLife::ShorterOfConfiguredAndSession => "shorter_of_configured_and_session",
    }
}

pub(in crate::decide) const fn reported(reported: ScopeReported) -> &'static str {
    match reported {
        ScopeReported::Never => "never",
        ScopeReported::IfOther => "if_changed",
        ScopeReported::Always => "always",
    }
}

const fn grant_change(change: GrantChange) -> &'static str {
    match change {
        GrantChange::Add => "add",
        GrantChange::Replace => "replace",
        GrantChange::Create => "create",
        GrantChange::LeaveOut => "left_out_go",
        GrantChange::Renew => "renew",
    }
}

const fn granted_how(how: GrantedHow) -> &'static str {
    match how {
        GrantedHow::ExplicitPrompt => "explicit_prompt",
        GrantedHow::RememberCheckbox => "remember_checkbox",
    }
}

const fn rests_on(rests_on: Option<RestsOn>) -> &'static str {
    match rests_on {
        None => "nothing",
        Some(RestsOn::OfflineCondition) => "offline_condition",
        Some(RestsOn::Condition) => "condition",
    }
}

//! The words of the authorization endpoint.

use super::{NOTHING, Said, Words, access_token_life, binding, refresh_token_life, reported, rotation};
use crate::decide::authorize::part::{ErrorPlace, OtherTokens, Outcome, Part, SetAside, StoredRecords};
use crate::decide::authorize::verdict::{
    Access, AccessTokenPlan, Authorize, ConsentCauses, ConsentPage, GrantChange, GrantedHow, Included, NoRefreshToken,
    RedirectNamed, RestsOn, ScopePlan, SignInScreen, Stays,
};
use crate::decide::reason::Reason;
use crate::oauth::error::{ErrorCode, Placement};

impl Words for Authorize {
    const ENGINE: &'static str = "authorize";

    fn words(part: &Part) -> String {
        match part {
            Part::Outcome(outcome) => outcome_word(*outcome).to_owned(),
            Part::Error(error) => or_nothing(*error, |(code, place)| {
                let place = match place {
                    ErrorPlace::Redirect => "redirect",
                    ErrorPlace::Page => "page",
                    ErrorPlace::Http400 => "http_400",
                };
                Said::default().word(code.map_or("no_code", ErrorCode::name)).word(place).end()
            }),
            Part::Response(place) => place.map_or(NOTHING, Placement::name).to_owned(),
            Part::ConsentPage(page) => or_nothing(*page, page_words),
            Part::ConsentCauses(causes) => or_nothing(*causes, causes_words),
            Part::Scope(scopes) => or_nothing(*scopes, |scopes| scopes_said(scopes, Said::default()).end()),
            Part::RefreshToken(token) => or_nothing(*token, |token| match token {
                Ok((bound, then)) => Said::default().word(binding(bound)).word(rotation(then)).end(),
                Err(why) => Said::default().word("none").word(no_refresh_token(why)).end(),
            }),
            Part::RefreshTokenLifetime(life) => {
                or_nothing(*life, |life| refresh_token_life(Said::default(), life).end())
            }
            Part::Tokens(tokens) => or_nothing(*tokens, tokens_words),
            Part::Stored(stored) => or_nothing(*stored, stored_words),
            Part::Ignored(aside) => or_nothing(*aside, aside_words),
        }
    }
}

fn or_nothing<T>(part: Option<T>, words: impl FnOnce(T) -> String) -> String {
    part.map_or_else(|| NOTHING.to_owned(), words)
}

const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Error => "error",
        Outcome::SignIn(SignInScreen::Login) => "login",
        Outcome::SignIn(SignInScreen::Reauthenticate) => "reauthenticate",
        Outcome::SignIn(SignInScreen::SelectAccount) => "select_account",
        Outcome::Consent => "consent",
        Outcome::Issue => "issue",
    }
}

fn page_words(page: ConsentPage) -> String {
    scopes_said(page.lists, Said::default().word("page"))
        .flag("offline_notice", page.offline_notice)
        .flag("remember_checkbox", page.remember_checkbox)
        .flag("shows_already_granted", page.shows_already_granted)
        .flag("redirect_host", page.redirect != RedirectNamed::No)
        .named_if(
            "loopback_warning",
            match page.redirect {
                RedirectNamed::No | RedirectNamed::Host => None,
                RedirectNamed::HostWithoutWarning => Some("no"),
                RedirectNamed::HostWithWarning => Some("yes"),
            },
        )
        .flag("counts_prior_grant", page.counts_prior_grant)
        .flag("prior_grant_stays", page.stays == Stays::Everything)
        .flag("openid_stays", page.stays == Stays::Openid)
        .end()
}

fn causes_words(causes: ConsentCauses) -> String {
    Said::default()
        .word("because")
        .flag("prompt_consent", causes.prompt_consent)
        .flag("new_scopes", causes.new_scopes)
        .flag("offline_access", causes.offline_access)
        .flag("client_always_asked", causes.client_always_asked)
        .flag("always_asked", causes.always_asked)
        .flag("redirect_uri_changed", causes.redirect_uri_changed)
        .flag("loopback_client", causes.loopback_client)
        .flag("answer_out_of_date", causes.answer_out_of_date)
        .end()
}

fn scopes_said(scopes: ScopePlan, said: Said) -> Said {
    said.named("offline", access(scopes.offline))
        .named("online", access(scopes.online))
        .flag("online_added", scopes.online_added)
        .named_if(
            "adds_granted",
            scopes.included.map(|included| match included {
                Included::Requested => "requested",
                Included::Merged => "merged",
            }),
        )
        .flag("without_refused", scopes.without_refused)
}

const fn access(access: Access) -> &'static str {
    match access {
        Access::NotAsked => "not_asked",
        Access::Ignored(reason) => reason.name(),
        Access::Standing => "stands",
        Access::Refused => "refused",
    }
}

const fn no_refresh_token(why: NoRefreshToken) -> &'static str {
    match why {
        NoRefreshToken::SetAside(reason) => reason.name(),
        NoRefreshToken::NoneForClient => "none_for_client",
        NoRefreshToken::NoCode => "no_code",
        // Not the reason of the same name, with which a parameter is set aside.
        NoRefreshToken::AutoApproved => "nobody_asked",
        NoRefreshToken::NotGranted => "not_granted",
    }
}

fn tokens_words(tokens: OtherTokens) -> String {
    let OtherTokens { response_type, front_access_token, access_token, id_token, scope_reported } = tokens;
    let said = Said::default().named("response_type", response_type.name());
    let said = access_token_said("front_channel", front_access_token, said);
    access_token_said("access_token", access_token, said)
        .flag("id_token", id_token)
        .named("scope_reported", reported(scope_reported))
        .end()
}

fn access_token_said(name: &str, token: Option<AccessTokenPlan>, said: Said) -> Said {
    match token {
        Some(AccessTokenPlan { binding: bound, life, carries_offline }) => said
            .named(name, binding(bound))
            .named("life", access_token_life(life))
            .flag("carries_offline", carries_offline),
        None => said,
    }
}

fn stored_words(stored: StoredRecords) -> String {
    let StoredRecords { grant, remembers_refused, code, access_token, ends_earlier, rests_on } = stored;
    Said::default()
        .named_if(
            "grant",
            grant.map(|(change, _)| match change {
                GrantChange::Add => "added_to",
                GrantChange::Replace => "replaced",
                GrantChange::Create => "created",
                GrantChange::LeaveOut => "left_out_go",
                GrantChange::Renew => "renewed",
            }),
        )
        .named_if(
            "how",
            grant.map(|(_, how)| match how {
                GrantedHow::ExplicitPrompt => "explicit_prompt",
                GrantedHow::RememberCheckbox => "remember_checkbox",
            }),
        )
        .flag("remembers_refused", remembers_refused)
        .flag("code", code)
        .flag("access_token", access_token)
        .flag("ends_earlier_tokens", ends_earlier)
        .named_if(
            "rests_on",
            rests_on.map(|rests_on| match rests_on {
                RestsOn::OfflineCondition => "offline_condition",
                RestsOn::Condition => "condition",
            }),
        )
        .word("stored")
        .end()
}

fn aside_words(aside: SetAside) -> String {
    if aside == SetAside::default() {
        return "nothing_set_aside".to_owned();
    }
    Said::default()
        .named_if("whole", aside.whole.map(Reason::name))
        .flag("unknown_values", aside.unknown_values)
        .named_if("auto", aside.auto.map(Reason::name))
        .end()
}

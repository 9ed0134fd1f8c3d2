//! What the person of a sample did on the pages.

use super::parts::{CLIENT, NOW, Object, USER};
use crate::authorize::ConsentScreen;
use crate::decide::authorize::facts::{
    AccountAnswer, AnsweredPage, AuthorizeSituation, ConsentAnswer, Kept, LoginAnswer, RememberAnswer,
};
use crate::input::{Shape, Value};
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, OPENID, REFRESH_TOKEN};

/// The id of the page, where an answer belongs to another one.
pub(super) const INTERACTION: &str = "page-1";
/// How old an answer may be, where one is too old.
pub(super) const OLDEST_S: u64 = 100;
/// When the user signed in: before the pages were answered.
pub(super) const SIGNED_IN: u64 = NOW - 60;
const ANSWERED: u64 = NOW - 50;
const LONG_AGO: u64 = NOW - 500;

/// Whether an answer is too old.
pub(super) fn one_is_too_old(wanted: &AuthorizeSituation) -> bool {
    wanted.login_answer == LoginAnswer::TooOld
        || wanted.account_answer == AccountAnswer::TooOld
        || (wanted.answered_page == AnsweredPage::TooLongAgo && wanted.consent_answer != ConsentAnswer::Open)
}

/// The answers on the pages before the consent page.
pub(super) fn of_sign_in(wanted: &AuthorizeSituation) -> Vec<Value> {
    let answer = |screen: &str, result: &str, at: u64| {
        Object::default().with("screen", screen).with("result", result).with("at", Value::whole(at)).end()
    };
    let login = match wanted.login_answer {
        LoginAnswer::Open => None,
        LoginAnswer::Done => Some(answer("login", "done", ANSWERED)),
        LoginAnswer::Failed => Some(answer("login", "failed", ANSWERED)),
        LoginAnswer::Denied => Some(answer("login", "denied", ANSWERED)),
        LoginAnswer::TooOld => Some(answer("login", "failed", LONG_AGO)),
    };
    let account = match wanted.account_answer {
        AccountAnswer::Open => None,
        AccountAnswer::Done => Some(answer("select_account", "done", ANSWERED)),
        AccountAnswer::NoneChosen => Some(answer("select_account", "none_chosen", ANSWERED)),
        AccountAnswer::TooOld => Some(answer("select_account", "none_chosen", LONG_AGO)),
    };
    login.into_iter().chain(account).collect()
}

/// The answer on the consent page, which says this if it is shown.
pub(super) fn of_consent(wanted: &AuthorizeSituation, page: Option<&ConsentScreen>) -> Option<Value> {
    let result = match wanted.consent_answer {
        ConsentAnswer::Open => return None,
        ConsentAnswer::Approved => "approved",
        ConsentAnswer::Denied => "denied",
        ConsentAnswer::Impossible => "impossible",
    };
    let shown = match (page, wanted.answered_page) {
        (Some(page), AnsweredPage::This | AnsweredPage::OfAnotherInteraction | AnsweredPage::TooLongAgo) => {
            page.write()
        }
        (Some(_), AnsweredPage::Other) | (None, _) => {
            let nothing = Object::default().with("sub", USER).with("client_id", CLIENT);
            nothing.with("scopes", Value::List(Vec::new())).flag("offline_access", false).end()
        }
    };
    let remember = match wanted.remember {
        RememberAnswer::Unsaid => None,
        RememberAnswer::Yes => Some(Value::Boolean(true)),
        RememberAnswer::No => Some(Value::Boolean(false)),
    };
    let at = if wanted.answered_page == AnsweredPage::TooLongAgo { LONG_AGO } else { ANSWERED };
    let other = wanted.answered_page == AnsweredPage::OfAnotherInteraction;
    let answer = Object::default()
        .with("screen", "consent")
        .with("result", result)
        .with_if("scope", left(wanted, page).as_deref())
        .with_if("remember", remember)
        .with("shown", shown)
        .with_if("interaction", other.then_some("page-2"))
        .with("at", Value::whole(at));
    Some(answer.with_if("time_limit", wanted.time_limited.then(|| Value::whole(3600))).end())
}

/// What an approval leaves of the page; nothing where it leaves everything.
fn left(wanted: &AuthorizeSituation, page: Option<&ConsentScreen>) -> Option<String> {
    let everything = matches!(wanted.kept, Kept::All | Kept::NoneListed) && wanted.keeps_offline && wanted.keeps_online;
    if everything {
        return None;
    }
    let listed: Vec<&str> = page.into_iter().flat_map(|page| &page.scopes).map(|scope| scope.scope.as_str()).collect();
    let is_word = |scope: &str| matches!(scope, OFFLINE_ACCESS | REFRESH_TOKEN | ONLINE_ACCESS);
    // The last ordinary one goes first: openid stands before it, and is never optional.
    let last = listed.iter().rev().copied().find(|scope| !is_word(scope) && *scope != OPENID);
    let leaves = |scope: &str| match scope {
        OFFLINE_ACCESS | REFRESH_TOKEN => wanted.keeps_offline,
        ONLINE_ACCESS => wanted.keeps_online,
        _ => match wanted.kept {
            Kept::All | Kept::NoneListed => true,
            Kept::Some => Some(scope) != last,
            Kept::Nothing | Kept::RequiredRefused => false,
        },
    };
    Some(listed.into_iter().filter(|scope| leaves(scope)).collect::<Vec<_>>().join(" "))
}

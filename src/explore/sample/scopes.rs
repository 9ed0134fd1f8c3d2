//! The scopes of a sample: what is asked for, what was granted and refused before, and what the server knows and allows.

use super::parts::Configuring;
use crate::decide::authorize::facts::{AskedWord, AuthorizeSituation, Kept, OrdinaryScopes, ScopeStanding};
use crate::oauth::scope::{OFFLINE_ACCESS, ONLINE_ACCESS, OPENID, REFRESH_TOKEN};
use crate::policy::configuration::Configured;

/// Scopes by what they are for.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// What is asked for, in order.
    pub(super) asked: Vec<&'static str>,
    /// Of these, the ones that are neither unknown nor refused by the policy, and that no vocabulary reads as a word.
    pub(super) ordinary: Vec<&'static str>,
    /// What the earlier grant covers.
    pub(super) granted: Vec<&'static str>,
    /// What it remembers as refused.
    pub(super) refused: Vec<&'static str>,
}

/// The words for offline and online access, each with how it is asked for and whether it was granted before.
fn words(wanted: &AuthorizeSituation) -> [(&'static str, AskedWord, bool); 3] {
    [
        (OFFLINE_ACCESS, wanted.asks_offline_access, wanted.offline_granted_before),
        (REFRESH_TOKEN, wanted.asks_refresh_token_scope, wanted.refresh_token_scope_granted_before),
        (ONLINE_ACCESS, wanted.asks_online_access, wanted.online_granted_before),
    ]
}

/// The scopes of a situation.
pub(super) fn of(wanted: &AuthorizeSituation) -> Scopes {
    let mut scopes = Scopes::default();
    // One that goes beyond name, email address and profile, where that is asked.
    let (first, second) = if wanted.beyond_basic_profile { ("calendar", "contacts") } else { ("email", "profile") };
    if wanted.ordinary_scopes != OrdinaryScopes::NoneAsked {
        if wanted.openid {
            scopes.ordinary.push(OPENID);
        }
        scopes.ordinary.push(first);
        // What is left and what is left out, or what is granted and what is new.
        if wanted.kept == Kept::Some || wanted.unrefused_scopes != wanted.ordinary_scopes {
            scopes.ordinary.push(second);
        }
    }
    match (wanted.ordinary_scopes, wanted.unrefused_scopes) {
        (OrdinaryScopes::AllGranted, unrefused) => {
            scopes.granted.extend(&scopes.ordinary);
            if unrefused == OrdinaryScopes::NoneAsked {
                scopes.refused.extend(&scopes.ordinary);
            }
        }
        (OrdinaryScopes::SomeNew, OrdinaryScopes::NoneAsked) => scopes.refused.extend(&scopes.ordinary),
        (OrdinaryScopes::SomeNew, OrdinaryScopes::AllGranted) => {
            scopes.granted.extend(scopes.ordinary.iter().filter(|scope| **scope != second));
            scopes.refused.push(second);
        }
        (OrdinaryScopes::SomeNew, OrdinaryScopes::SomeNew) | (OrdinaryScopes::NoneAsked, _) => {}
    }
    for (word, asked, granted) in words(wanted) {
        if asked != AskedWord::No {
            scopes.asked.push(word);
        }
        if granted {
            scopes.granted.push(word);
        }
    }
    if wanted.offline_refused_before {
        scopes.refused.push(OFFLINE_ACCESS);
    }
    if wanted.online_refused_before {
        scopes.refused.push(ONLINE_ACCESS);
    }
    scopes.asked.splice(0..0, scopes.ordinary.iter().copied());
    odd_scopes(wanted, &mut scopes);
    if scopes.granted.is_empty() {
        scopes.granted.push("address");
    }
    scopes
}

/// Scopes that are asked for in vain.
fn odd_scopes(wanted: &AuthorizeSituation, scopes: &mut Scopes) {
    let has = |word: AskedWord| words(wanted).iter().any(|(_, asked, _)| *asked == word);
    match wanted.scope {
        ScopeStanding::Malformed => scopes.asked.push("no\"scope"),
        ScopeStanding::SomeUnknown | ScopeStanding::NoneKnown if !has(AskedWord::Unsupported) => {
            scopes.asked.push("unknown");
        }
        _ => {}
    }
    let forbidden = match wanted.scope {
        ScopeStanding::SomeNotAllowed | ScopeStanding::NoneAllowed => {
            wanted.ordinary_not_allowed || !has(AskedWord::NotAllowed)
        }
        ScopeStanding::SomeUnknown | ScopeStanding::NoneKnown => wanted.ordinary_not_allowed,
        _ => false,
    };
    if forbidden {
        scopes.asked.push("forbidden");
    }
}

/// Makes the server know and allow what it should.
pub(super) fn configure(wanted: &AuthorizeSituation, scopes: &Scopes, to: &mut Configuring) {
    let is = |words: &[AskedWord], scope: &str| {
        self::words(wanted).iter().any(|(word, asked, _)| *word == scope && words.contains(asked))
    };
    let has = |words: &[AskedWord]| self::words(wanted).iter().any(|(_, asked, _)| words.contains(asked));
    let unknown = |scope: &str| scope == "unknown" || is(&[AskedWord::Unsupported], scope);
    let forbidden = |scope: &str| scope == "forbidden" || is(&[AskedWord::NotAllowed], scope);
    let without = |out: &dyn Fn(&str) -> bool| -> Vec<&str> {
        let mut left: Vec<&str> = scopes.asked.iter().copied().filter(|scope| !out(scope)).collect();
        left.push("address");
        left
    };
    let names = has(&[AskedWord::Supported, AskedWord::Unsupported]) || scopes.asked.iter().any(|scope| unknown(scope));
    to.names("scopes_supported", names.then(|| without(&unknown)).as_deref());
    let narrows = scopes.asked.iter().any(|scope| forbidden(scope));
    to.names("allowed_scopes", narrows.then(|| without(&forbidden)).as_deref());
    let default = (wanted.scope == ScopeStanding::Default).then_some(scopes.asked.as_slice());
    to.names("default_scope", default);
    let limit = u64::try_from(scopes.asked.len()).unwrap_or(0).saturating_sub(1);
    let limit = (wanted.scope == ScopeStanding::Overbroad).then_some(limit);
    to.set("max_scopes_per_request", Configured::Number(limit));
    to.names("optional_scopes", (wanted.kept == Kept::RequiredRefused).then_some(&[]));
}

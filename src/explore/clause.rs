//! What a component says of an aspect, as a clause that can follow a policy's name.

/// The clause for a word. Every aspect has one for every word; what is not listed is said by its names.
pub(super) fn clause(component: &str, aspect: &str, word: &str) -> String {
    let known = match (component, aspect, word) {
        ("outcome", "outcome", word) => outcome(word),
        ("error", "error", "none") => Some("does not refuse the request"),
        ("error", "error", "page") => Some("refuses the request on a page of its own"),
        ("error", "error", "http_400") => Some("refuses the request with HTTP status 400"),
        ("error", "error", code) => return format!("refuses the request with {code}"),
        ("response", _, place) => return format!("puts the response into the {}", place.replace('_', " ")),
        ("consent", aspect, word) => page(aspect, word),
        ("consent.because", aspect, word) => because(aspect, word),
        ("scope", aspect, word) => scope(aspect, word),
        ("refresh_token", aspect, word) => refresh_token(aspect, word),
        ("refresh_token.lifetime", aspect, word) => lifetime(aspect, word),
        ("tokens", aspect, word) => tokens(aspect, word),
        ("stored", aspect, word) => stored(aspect, word),
        ("access_token", "binding", word) => tokens("access_token.binding", word),
        ("access_token", "lifetime", word) => tokens("access_token.lifetime", word),
        _ => None,
    };
    known.map_or_else(|| by_names(component, aspect, word), str::to_owned)
}

fn by_names(component: &str, aspect: &str, word: &str) -> String {
    if let Some(parameter) = component.strip_prefix("ignored.") {
        return match (aspect, word) {
            ("ignored", "yes") => format!("sets {parameter} aside"),
            ("ignored", _) => format!("does not set {parameter} aside as a whole"),
            ("unknown_values", "yes") => format!("sets values of {parameter} aside that it does not know"),
            ("unknown_values", _) => format!("sets no value of {parameter} aside as unknown"),
            (_, "yes") => format!("sets auto in {parameter} aside"),
            _ => format!("does not set auto in {parameter} aside"),
        };
    }
    let aspect = aspect.replace(['_', '.'], " ");
    match (component, word) {
        ("ends", "no") => format!("does not end: {aspect}"),
        ("ends", "yes") => format!("ends: {aspect}"),
        _ => format!("says {} of {aspect}", word.replace('_', " ")),
    }
}

fn outcome(word: &str) -> Option<&'static str> {
    Some(match word {
        "login" => "shows the sign-in page",
        "reauthenticate" => "has the user sign in again",
        "select_account" => "has the user choose an account",
        "consent" => "shows the consent page",
        "issue" => "answers at once",
        _ => return None,
    })
}

fn page(aspect: &str, word: &str) -> Option<&'static str> {
    Some(match (aspect, word) {
        ("offline_access", "yes") => "lists offline access on the consent page",
        ("offline_access", _) => "does not list offline access on the consent page",
        ("online_access", "yes") => "lists online access on the consent page",
        ("online_access", _) => "does not list online access on the consent page",
        ("online_access_added", "yes") => "adds online access that was not asked for",
        ("online_access_added", _) => "adds no online access",
        ("offline_notice", "yes") => "says on the consent page that access goes on while the user is away",
        ("offline_notice", _) => "does not say on the consent page that access goes on while the user is away",
        ("remember", "yes") => "puts a box on the consent page that keeps the answer",
        ("remember", _) => "puts no box on the consent page that would keep the answer",
        ("shows_already_granted", "yes") => "marks on the consent page what was granted before",
        ("shows_already_granted", _) => "hides on the consent page what was granted before",
        ("counts_prior_grant", "yes") => "counts what the user granted before",
        ("counts_prior_grant", _) => "does not count what the user granted before",
        ("prior_grant_stays", "yes") => "keeps what was granted before, whatever the answer",
        ("prior_grant_stays", _) => "does not keep what was granted before",
        _ => return None,
    })
}

fn because(aspect: &str, word: &str) -> Option<&'static str> {
    Some(match (aspect, word) {
        ("prompt_consent", "yes") => "asks because the request wants it",
        ("prompt_consent", _) => "does not ask because the request wants it",
        ("new_scopes", "yes") => "asks because a scope is new",
        ("new_scopes", _) => "does not ask because of new scopes",
        ("offline_access", "yes") => "asks because offline access needs it",
        ("offline_access", _) => "does not ask because of offline access",
        ("client_always_asked", "yes") => "asks because of what the client is",
        ("client_always_asked", _) => "does not ask because of what the client is",
        ("always_asked", "yes") => "asks every time",
        ("always_asked", _) => "does not ask every time",
        _ => return None,
    })
}

fn scope(aspect: &str, word: &str) -> Option<&'static str> {
    Some(match (aspect, word) {
        ("offline_access", "yes") => "grants offline access",
        ("offline_access", "refused") => "takes offline access for refused by the user",
        ("offline_access", _) => "does not grant offline access",
        ("online_access", "yes") => "grants online access",
        ("online_access", "refused") => "takes online access for refused by the user",
        ("online_access", _) => "does not grant online access",
        ("online_access_added", "yes") => "grants online access that was not asked for",
        ("online_access_added", _) => "adds no online access",
        ("earlier_scopes", "no") => "adds no scopes that were granted before",
        ("earlier_scopes", _) => "adds the scopes that were granted before",
        ("without_refused", "yes") => "leaves out what the user refused before",
        ("without_refused", _) => "does not remember what the user refused before",
        _ => return None,
    })
}

fn refresh_token(aspect: &str, word: &str) -> Option<&'static str> {
    Some(match (aspect, word) {
        ("binding" | "refresh_token", "none") => "gives no refresh token",
        ("binding" | "refresh_token", "offline") => "gives an offline refresh token",
        ("binding" | "refresh_token", "session") => "gives a refresh token that ends with the session",
        ("refresh_token", "successor") => "gives a new refresh token",
        ("rotation", "kept") => "leaves the refresh token as it is when it is used",
        ("rotation", "replaced") => "replaces the refresh token with each use",
        ("rotation", "added") => "gives another refresh token with each use and keeps the old one",
        _ => return None,
    })
}

fn lifetime(aspect: &str, word: &str) -> Option<&'static str> {
    Some(match (aspect, word) {
        ("testing_project", "yes") => "ends the refresh token of a project in testing after seven days",
        ("testing_project", _) => "does not limit the refresh tokens of projects in testing",
        ("age", "at_once") => "ends the refresh token at once",
        ("age", "policy") => "ends the refresh token after the duration of the application's policy",
        ("age", _) => "sets no limit of its own on the age of the refresh token",
        ("idle", "policy") => {
            "ends the refresh token when it was not used for the duration of the application's policy"
        }
        ("idle", "thirty_days") => "ends the refresh token when it was not used for thirty days",
        ("idle", _) => "sets no limit of its own on the time without use",
        ("otherwise", "session") => "ends the refresh token with the session",
        ("otherwise", "until_revoked") => "keeps the refresh token until it is revoked",
        ("otherwise", "long_lived") => "calls the refresh token long-lived",
        ("otherwise", "long_but_finite") => "calls the refresh token long-lived, and not for ever",
        ("otherwise", "unspecified") => "does not say how long the refresh token lives",
        _ => return None,
    })
}

fn tokens(aspect: &str, word: &str) -> Option<&'static str> {
    Some(match (aspect, word) {
        ("access_token.binding", "session") => "binds the access token to the session",
        ("access_token.binding", "offline") => "lets the access token live on without the session",
        ("access_token.lifetime" | "front_channel.lifetime", "configured") => {
            "gives the access token its configured lifetime"
        }
        ("access_token.lifetime" | "front_channel.lifetime", _) => {
            "ends the access token with the session at the latest"
        }
        ("front_channel.binding", "session") => "binds the access token of the front channel to the session",
        ("front_channel.binding", "offline") => {
            "lets the access token of the front channel live on without the session"
        }
        ("front_channel.offline_access", "yes") => "gives offline access to the access token of the front channel, too",
        ("front_channel.offline_access", _) => "keeps offline access out of the front channel",
        ("scope_reported", "always") => "always reports the scope",
        ("scope_reported", "if_changed") => "reports the scope where it differs",
        ("scope_reported", _) => "has no scope to report",
        _ => return None,
    })
}

fn stored(aspect: &str, word: &str) -> Option<&'static str> {
    Some(match (aspect, word) {
        ("grant", "none") => "stores no consent",
        ("grant", "add") => "adds the consent to what was granted before",
        ("grant", "replace") => "puts the consent in the place of what was granted before",
        ("grant", "create") => "stores the consent as a grant of its own",
        ("how", "remember_checkbox") => "keeps the consent because the user ticked the box",
        ("how", _) => "keeps the consent because the user approved the page",
        ("remembers_refused", "yes") => "remembers what was refused",
        ("remembers_refused", _) => "does not remember what was refused",
        ("rests_on", "nothing") => "lets the tokens rest on consent",
        ("rests_on", _) => "lets the tokens rest on another condition for processing",
        _ => return None,
    })
}

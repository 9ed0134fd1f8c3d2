//! docs/events.md: which events end which tokens under which profile. The engine is asked about synthetic records,
//! and its effects are executed on them; nothing in the tables is written by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Context, Result, anyhow, bail};
use grantwise::Policy;
use grantwise::decide::rule::Rule;
use grantwise::decide::rules;
use grantwise::input::Value as Input;
use grantwise::policy::profiles::PROFILES;
use serde_json::{Value, json};

use crate::document;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// The document.
const NAME: &str = "docs/events.md";

const NOW: u64 = 1_700_000_000;

/// Rewrites the document.
pub(crate) fn write(workspace: &Workspace) -> Result<bool> {
    document::write(workspace, NAME, &document()?)
}

/// Whether the document is what the engine says today.
pub(crate) fn check(workspace: &Workspace) -> Result<Tally> {
    document::check(workspace, NAME, &document()?)
}

/// A row: what happens, and how the engine is asked about it.
struct Happening {
    title: &'static str,
    who: Who,
    ask: Ask,
}

/// Which client holds the tokens.
#[derive(Clone, Copy)]
enum Who {
    /// A web application.
    Web,
    /// A single-page application.
    Page,
    /// A native app, whose user signed in with a password.
    App,
    /// A web application that may read Gmail.
    Mail,
}

/// What is asked. A token is named by its authorization: that of the column, or another one.
#[derive(Clone, Copy)]
enum Ask {
    OfSession(&'static str),
    PasswordChange,
    UserRevokesApp,
    ServerRevokes,
    Revoke { kind: &'static str, other: bool },
    CodeReplayed,
    Reused,
    ConditionWithdrawn,
    TooMany,
    GrantDeleted,
}

const HAPPENINGS: [Happening; 19] = [
    row("Logout at the server", Who::Web, Ask::OfSession("logout")),
    row("Logout; tokens of a single-page application", Who::Page, Ask::OfSession("logout")),
    row("The session times out", Who::Web, Ask::OfSession("session_timeout")),
    row("An administrator ends the session", Who::Web, Ask::OfSession("admin_ends_session")),
    row("The user switches to another account", Who::Web, Ask::OfSession("switch_account")),
    row("The user changes the password", Who::Web, Ask::PasswordChange),
    row("The same; tokens with a Gmail scope", Who::Mail, Ask::PasswordChange),
    row("The same; tokens of a public client, signed in with the password", Who::App, Ask::PasswordChange),
    row("The user revokes the app", Who::Web, Ask::UserRevokesApp),
    row("The server revokes this refresh token", Who::Web, Ask::ServerRevokes),
    row("The client revokes this refresh token", Who::Web, Ask::Revoke { kind: "refresh_token", other: false }),
    row("The client revokes another refresh token", Who::Web, Ask::Revoke { kind: "refresh_token", other: true }),
    row("The client revokes this access token", Who::Web, Ask::Revoke { kind: "access_token", other: false }),
    row("The client revokes another access token", Who::Web, Ask::Revoke { kind: "access_token", other: true }),
    row("The code is used a second time", Who::Web, Ask::CodeReplayed),
    row("The refresh token that this one replaced is used again", Who::Web, Ask::Reused),
    row("The condition for processing is withdrawn", Who::Web, Ask::ConditionWithdrawn),
    row("One refresh token too many, and this is the oldest", Who::Web, Ask::TooMany),
    row("The client deletes the grant (Grant Management API)", Who::Web, Ask::GrantDeleted),
];

const fn row(title: &'static str, who: Who, ask: Ask) -> Happening {
    Happening { title, who, ask }
}

impl Who {
    fn client(self) -> Value {
        let (application_type, method) = match self {
            Self::Web | Self::Mail => ("web", "client_secret_basic"),
            Self::Page => ("browser", "none"),
            Self::App => ("native", "none"),
        };
        json!({
            "client_id": "client", "redirect_uris": ["https://client.example/cb"], "application_type": application_type,
            "token_endpoint_auth_method": method, "grant_types": ["authorization_code", "refresh_token"],
        })
    }

    fn token(self, kind: &str, binding: &str, family: &str, id: &str) -> Value {
        let (application_type, client_type) = match self {
            Self::Web | Self::Mail => ("web", "confidential"),
            Self::Page => ("browser", "public"),
            Self::App => ("native", "public"),
        };
        let scope = match self {
            Self::Mail => "openid https://mail.google.com/",
            Self::Web | Self::Page | Self::App => "openid email",
        };
        json!({
            "v": 1, "kind": kind, "id": id, "client_id": "client", "application_type": application_type,
            "client_type": client_type, "sub": "alice", "sid": "s1", "family": family, "grant_id": "g1", "scope": scope,
            "binding": binding, "status": "active", "auth": if matches!(self, Self::App) { Some("password") } else { None },
            "auth_time": NOW, "basis": "contract", "sender_constrained": false, "issued_at": NOW, "authorized_at": NOW,
            "expires_at": null, "last_used_at": null, "superseded_at": null,
        })
    }
}

const GRANT: &str = "grant";
const COLUMNS: [&str; 5] =
    ["session refresh token", "its access token", "offline refresh token", "its access token", "grant"];

/// What becomes of the five records, and the rules that take part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fate {
    cells: Vec<String>,
    rules: Vec<String>,
}

/// Asks about both authorizations, the one bound to the session and the offline one, each among the other's tokens.
fn fate(policy: &Policy, happening: &Happening) -> Result<Fate> {
    let mut cells = Vec::new();
    let mut grants = BTreeSet::new();
    let mut rules = Vec::new();
    for binding in ["session", "offline"] {
        let mut records = records(happening.who);
        let decision = ask(policy, happening, binding, &mut records)?;
        for effect in decision.get("effects").and_then(Value::as_array).into_iter().flatten() {
            execute(effect, &mut records)?;
        }
        for kind in ["refresh_token", "access_token"] {
            cells.push(records.get(&format!("{binding} {kind}")).map_or("gone", status).to_owned());
        }
        grants.insert(if records.contains_key(GRANT) { "kept" } else { "forgotten" });
        for entry in decision.get("trace").and_then(Value::as_array).into_iter().flatten() {
            let id = text(entry, "rule").to_owned();
            if !rules.contains(&id) {
                rules.push(id);
            }
        }
    }
    cells.push(grants.into_iter().collect::<Vec<_>>().join(" or "));
    Ok(Fate { cells, rules })
}

/// Three authorizations of one user and client: one bound to the session, one offline, and another offline one.
fn records(who: Who) -> BTreeMap<String, Value> {
    let mut records = BTreeMap::new();
    for (family, binding) in [("session", "session"), ("offline", "offline"), ("other", "offline")] {
        for kind in ["refresh_token", "access_token"] {
            let id = format!("{family} {kind}");
            records.insert(id.clone(), who.token(kind, binding, family, &id));
        }
    }
    let grant = json!({ "v": 1, "grant_id": "g1", "client_id": "client", "sub": "alice", "scope": "openid email" });
    records.insert(GRANT.to_owned(), grant);
    records
}

fn ask(policy: &Policy, happening: &Happening, binding: &str, records: &mut BTreeMap<String, Value>) -> Result<Value> {
    let client = happening.who.client();
    let named = |name: &str| records.get(name).cloned().unwrap_or_default();
    match happening.ask {
        Ask::OfSession(event) => {
            event_of(policy, &json!({ "event": event, "session": { "sid": "s1", "sub": "alice" }, "now": NOW }))
        }
        Ask::PasswordChange => event_of(policy, &json!({ "event": "password_change", "sub": "alice", "now": NOW })),
        Ask::UserRevokesApp => {
            event_of(policy, &json!({ "event": "user_revokes_app", "sub": "alice", "client_id": "client", "now": NOW }))
        }
        Ask::ServerRevokes => {
            let token = named(&format!("{binding} refresh_token"));
            event_of(policy, &json!({ "event": "as_revokes_refresh_token", "token": token, "now": NOW }))
        }
        Ask::Revoke { kind, other } => {
            let token = named(&format!("{} {kind}", if other { "other" } else { binding }));
            made(
                policy.revoke(&input(&json!({
                    "request": { "token": "presented" }, "client": client, "client_authenticated": true,
                    "token": token, "now": NOW,
                }))),
                serde_json::to_value,
            )
        }
        Ask::CodeReplayed => made(
            policy.exchange(&input(&json!({
                "request": { "grant_type": "authorization_code", "code": "presented" }, "client": client,
                "client_authenticated": true, "code": used_code(binding), "now": NOW,
            }))),
            serde_json::to_value,
        ),
        Ask::Reused => {
            let mut replaced = happening.who.token("refresh_token", binding, binding, "replaced");
            put(&mut replaced, "status", &json!("superseded"));
            made(
                policy.refresh(&input(&json!({
                    "request": { "grant_type": "refresh_token", "refresh_token": "presented" }, "client": client,
                    "client_authenticated": true, "refresh_token": replaced, "now": NOW,
                }))),
                serde_json::to_value,
            )
        }
        Ask::ConditionWithdrawn => event_of(
            policy,
            &json!({ "event": "condition_withdrawn", "basis": "contract", "sub": "alice", "now": NOW }),
        ),
        Ask::TooMany => {
            // As many newer ones as the limit allows; their names sort behind the two, which are the oldest.
            records.retain(|name, _| name.starts_with(binding) || name == GRANT);
            let limit = policy.configuration.max_refresh_tokens_per_client_and_user.unwrap_or(1000);
            for number in 0..limit {
                let id = format!("zz{number}");
                let newer = happening.who.token("refresh_token", "offline", &id, &id);
                records.insert(id, newer);
            }
            event_of(
                policy,
                &json!({ "event": "issue_refresh_token", "sub": "alice", "client_id": "client", "now": NOW }),
            )
        }
        Ask::GrantDeleted => made(
            policy.manage_grant(&input(&json!({
                "method": "DELETE", "grant": named(GRANT), "client_id": "client", "scope": "grant_management_revoke",
                "now": NOW,
            }))),
            serde_json::to_value,
        ),
    }
}

fn used_code(family: &str) -> Value {
    json!({
        "v": 1, "id": family, "client_id": "client", "sub": "alice", "sid": "s1",
        "redirect_uri": "https://client.example/cb", "redirect_uri_sent": false, "scope": "openid email",
        "requested_scope": "openid email", "status": "used",
        "access_token": { "scope": "openid email", "expires_in": null, "binding": "offline" }, "id_token": false,
        "refresh_token": null, "auto_approved": false, "nonce": null, "auth_time": NOW, "code_challenge": null,
        "code_challenge_method": null, "grant_management_action": null, "grant_id": null, "basis": null,
        "issued_at": NOW, "expires_at": null,
    })
}

fn event_of(policy: &Policy, event: &Value) -> Result<Value> {
    made(policy.event(&input(event)), serde_json::to_value)
}

/// A decision as JSON.
fn made<T>(decision: Result<T, grantwise::Misuse>, write: fn(T) -> serde_json::Result<Value>) -> Result<Value> {
    let decision = decision.map_err(|misuse| anyhow!("the engine refuses the question: {misuse}"))?;
    write(decision).context("cannot write a decision")
}

/// What a server does with its records. Only the effects that end something are executed here.
fn execute(effect: &Value, records: &mut BTreeMap<String, Value>) -> Result<()> {
    let filter = effect.get("where").and_then(Value::as_object).cloned().unwrap_or_default();
    let hit = |record: &Value| filter.iter().all(|(name, wanted)| fits(record, name, wanted));
    match (text(effect, "effect"), text(effect, "kind")) {
        ("end", "session") => {}
        ("remove", "grant") => records.retain(|name, record| name != GRANT || !hit(record)),
        ("end", kind) => {
            let status = effect.pointer("/set/status").cloned().unwrap_or_default();
            let live: Vec<String> = records
                .iter()
                .filter(|(_, record)| text(record, "kind") == kind && text(record, "status") == "active" && hit(record))
                .map(|(name, _)| name.clone())
                .collect();
            let spared = effect.get("keep_newest").and_then(Value::as_u64).unwrap_or(0);
            let ended = live.len().saturating_sub(usize::try_from(spared)?);
            for name in live.iter().take(ended) {
                if let Some(record) = records.get_mut(name) {
                    put(record, "status", &status);
                }
            }
        }
        (effect, kind) => bail!("the tables know no effect {effect} of kind {kind}"),
    }
    Ok(())
}

fn fits(record: &Value, name: &str, wanted: &Value) -> bool {
    if name == "any_scope_matches" {
        // The only scope of these records that any pattern is about stands in it word for word.
        let patterns = wanted.as_array().map(Vec::as_slice).unwrap_or_default();
        return text(record, "scope").split(' ').any(|scope| patterns.iter().any(|pattern| pattern == scope));
    }
    record.get(name) == Some(wanted)
}

fn put(record: &mut Value, name: &str, value: &Value) {
    if let Some(members) = record.as_object_mut() {
        members.insert(name.to_owned(), value.clone());
    }
}

fn status(record: &Value) -> &str {
    match text(record, "status") {
        "active" => "lives",
        ended => ended,
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn input(json: &Value) -> Input {
    match json {
        Value::Null => Input::Null,
        Value::Bool(boolean) => Input::Boolean(*boolean),
        Value::Number(number) => Input::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Input::from(text.clone()),
        Value::Array(items) => Input::List(items.iter().map(input).collect()),
        Value::Object(members) => {
            Input::Members(members.iter().map(|(name, value)| (name.clone().into(), input(value))).collect())
        }
    }
}

/// The whole document.
fn document() -> Result<String> {
    let mut groups: BTreeMap<Vec<Fate>, Vec<&'static str>> = BTreeMap::new();
    for profile in PROFILES {
        let policy = Policy::profile(profile.name, &Input::Null)
            .map_err(|misuse| anyhow!("the profile {} is refused: {misuse}", profile.name))?;
        let fates = HAPPENINGS.iter().map(|happening| fate(&policy, happening)).collect::<Result<Vec<_>>>()?;
        groups.entry(fates).or_default().push(profile.name);
    }
    // The largest group first: it is what the others differ from.
    let mut groups: Vec<(Vec<Fate>, Vec<&'static str>)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, names)| (std::cmp::Reverse(names.len()), names.clone()));

    let mut page = INTRODUCTION.to_owned();
    let mut used = BTreeSet::new();
    let common = groups.first().map(|(fates, _)| fates.clone()).unwrap_or_default();
    for (index, (fates, names)) in groups.iter().enumerate() {
        section(&mut page, index, names, fates, &common)?;
        used.extend(fates.iter().flat_map(|fate| fate.rules.iter().cloned()));
    }
    legend(&mut page, &used)?;
    Ok(page)
}

const INTRODUCTION: &str = "# Which events end which tokens

<!-- Generated by `cargo xtask tables` from the engine's own decisions. Do not edit. -->

Each table answers, for one profile or for several that agree: something happens, and what becomes of the tokens that a
user and a client have?

- The **session refresh token** is bound to the user's session at the authorization server, the **offline refresh token**
  outlives it. Each came with an access token, from an authorization of its own. Both were issued in the session that the
  event is about, and rest on the same grant. A profile that never issues one of them says what it would do with one.
- `lives`, `revoked` and `expired` are what the record says after the effects of the decision were executed; the grant is
  `kept` or `forgotten`. What ends by the clock alone is not here: ask `policy.status`.
- *This* token is the one of the column; *another* one belongs to another authorization of the same user and client.
- The last column names the rules that take part. [What they say, and where it comes from](#the-rules) stands below.

The tables show the profiles as they are. Every difference between them is a knob, which a policy can set otherwise.

";

fn section(page: &mut String, index: usize, names: &[&str], fates: &[Fate], common: &[Fate]) -> Result<()> {
    writeln!(page, "## {}\n", names.join(", "))?;
    let differs = |at: usize, fate: &Fate| common.get(at) != Some(fate);
    let rows: Vec<(&Happening, &Fate)> = HAPPENINGS
        .iter()
        .zip(fates)
        .enumerate()
        .filter(|(at, (_, fate))| index == 0 || differs(*at, fate))
        .map(|(_, row)| row)
        .collect();
    if index > 0 {
        writeln!(page, "As in the first table, but for:\n")?;
    }
    writeln!(page, "| what happens | {} | rules |", COLUMNS.join(" | "))?;
    writeln!(page, "|---{}|---|", "|---".repeat(COLUMNS.len()))?;
    for (happening, fate) in rows {
        let cells: Vec<String> = fate
            .cells
            .iter()
            .map(|cell| if matches!(cell.as_str(), "lives" | "kept") { cell.clone() } else { format!("**{cell}**") })
            .collect();
        let rules: Vec<String> = fate.rules.iter().map(|id| format!("`{id}`")).collect();
        let rules = if rules.is_empty() { "none".to_owned() } else { rules.join(", ") };
        writeln!(page, "| {} | {} | {rules} |", happening.title, cells.join(" | "))?;
    }
    writeln!(page)?;
    Ok(())
}

/// The rules that the tables name.
fn legend(page: &mut String, used: &BTreeSet<String>) -> Result<()> {
    writeln!(page, "## The rules\n\n| rule | says | strength | from |\n|---|---|---|---|")?;
    for rule in rules().filter(|rule| used.contains(rule.id)) {
        writeln!(page, "| `{}` | {} | {} | {} |", rule.id, rule.statement.text(), rule.strength.name(), sources(rule))?;
    }
    Ok(())
}

fn sources(rule: &Rule) -> String {
    let links: Vec<String> = rule
        .sources
        .iter()
        .map(|citation| {
            let title = citation.document.title.replace('|', "\\|");
            let anchor = if citation.anchor.is_empty() { String::new() } else { format!("#{}", citation.anchor) };
            let section = if citation.section.is_empty() { String::new() } else { format!(", {}", citation.section) };
            format!("[{title}]({}{anchor}){section}", citation.document.address)
        })
        .collect();
    links.join("; ")
}

//! Whether a stored token or code is still alive. A token dies by the clock alone, without anybody telling.

use serde::Serialize;

use crate::answer::TraceEntry;
use crate::decide::verdict::Binding;
use crate::decide::{RuleNumber, Trace, lifecycle, rule, token};
use crate::input::{Misuse, Node, Value, closed};
use crate::lifetimes;
use crate::oauth::client::Client;
use crate::oauth::session::Session;
use crate::policy::Policy;
use crate::policy::knobs::SessionTimeoutMarks;
use crate::records::{CodeRecord, TokenKind, TokenRecord, session_is_alive};

/// Whether a record is alive.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// It is.
    pub alive: bool,
    /// `active`, `expired`, `revoked`, `superseded`, `used` or `unknown`.
    pub status: &'static str,
    /// Why it is not.
    pub because: Option<&'static str>,
    /// Seconds until the clock alone ends it.
    pub expires_in: Option<u64>,
    /// The rules that took part.
    pub trace: Vec<TraceEntry>,
}

/// Whether a stored record is still alive.
///
/// # Errors
/// On misuse of the interface.
pub(super) fn status(policy: &Policy, record: &Value, context: &Value) -> Result<Status, Misuse> {
    let members = closed(Node::root(context, "context"), &["session", "client", "now"])?;
    let now = members.need("now")?.whole()?;
    let session = members.optional("session", |node| Session::read(node, now))?.flatten();
    let client = members.optional("client", Client::read)?;
    let node = Node::root(record, "record");
    if node.is_null() {
        return Ok(dead("unknown", token::NOT_FOUND));
    }
    if node.members()?.get("kind").is_none() {
        let code = CodeRecord::read(node, now)?;
        let over = lifetimes::code_ends_at(policy, &code).filter(|end| *end <= now).is_some();
        return Ok(match code.status {
            "used" => dead("used", token::CODE_REPLAYED),
            "revoked" => dead("revoked", token::CODE_DEAD),
            _ if over => dead("expired", token::CODE_EXPIRED),
            _ => alive(lifetimes::code_ends_at(policy, &code), now),
        });
    }
    let record = TokenRecord::read(node, now)?;
    Ok(of_token(policy, &record, session.as_ref(), client.as_ref(), now))
}

fn of_token(
    policy: &Policy,
    record: &TokenRecord,
    session: Option<&Session>,
    client: Option<&Client>,
    now: u64,
) -> Status {
    let end = match record.kind {
        // A record that does not say when it ends is over by the policy in force.
        TokenKind::AccessToken => record.expires_at.or_else(|| {
            policy.configuration.access_token_lifetime_s.and_then(|seconds| record.issued_at.checked_add(seconds))
        }),
        TokenKind::RefreshToken => lifetimes::ends_at(policy, client, record),
    };
    let session_gone = record.binding == Binding::Session
        && record.kind == TokenKind::RefreshToken
        && !session_is_alive(session, record.sub.as_deref(), record.sid.as_deref());
    let (revoked, expired) = match record.kind {
        TokenKind::AccessToken => (token::ACCESS_TOKEN_REVOKED, token::ACCESS_TOKEN_EXPIRED),
        TokenKind::RefreshToken => (token::REVOKED, token::EXPIRED),
    };
    match record.status {
        "superseded" => dead("superseded", token::ROTATED),
        "revoked" => dead("revoked", revoked),
        "expired" => dead("expired", expired),
        _ if end.is_some_and(|end| end <= now) => dead("expired", expired),
        _ if session_gone => match policy.knobs.session_timeout_marks {
            SessionTimeoutMarks::Expired => dead("expired", lifecycle::SESSION_TOKENS_EXPIRE),
            SessionTimeoutMarks::Revoked => dead("revoked", lifecycle::SESSION_TOKENS_END),
        },
        _ => alive(end, now),
    }
}

fn alive(end: Option<u64>, now: u64) -> Status {
    Status {
        alive: true,
        status: "active",
        because: None,
        expires_in: end.map(|end| end.saturating_sub(now)),
        trace: Vec::new(),
    }
}

fn dead(status: &'static str, number: RuleNumber) -> Status {
    let mut trace = Trace::default();
    trace.note(number);
    Status {
        alive: false,
        status,
        because: rule(number).map(|rule| rule.statement),
        expires_in: None,
        trace: TraceEntry::list(trace),
    }
}

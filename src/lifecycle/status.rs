//! Whether a stored token or code is still alive. A token dies by the clock alone, without anybody telling.

use std::borrow::Cow;

use super::lifecycle_input::StatusContext;
use crate::answer::TraceEntry;
use crate::decide::verdict::Binding;
use crate::decide::{RuleNumber, Trace, lifecycle, rule, token};
use crate::input::{Duration, Misuse, Node, Shape, Value};
use crate::lifetimes;
use crate::oauth::client::Client;
use crate::oauth::session::Session;
use crate::policy::Policy;
use crate::policy::knobs::SessionTimeoutMarks;
use crate::records::{CodeRecord, CodeStatus, TokenKind, TokenRecord, TokenStatus, session_is_alive};

words! {
    /// How a record stands.
    pub enum RecordStatus {
        /// Alive.
        Active = "active",
        /// Its time is over.
        Expired = "expired",
        /// It was revoked.
        Revoked = "revoked",
        /// A refresh token that was replaced.
        Superseded = "superseded",
        /// A code that was redeemed.
        Used = "used",
        /// There is no such record.
        Unknown = "unknown",
    }
}

shape! {
    /// Whether a stored record is still alive.
    pub struct Status {
        /// It is.
        needed alive: bool,
        /// How it stands.
        needed status: RecordStatus,
        /// Why it is not alive, as a sentence; null while it is.
        nullable because: Cow<'static, str>,
        /// Seconds until the clock alone ends it; null when it never does.
        nullable expires_in: u64 as Duration,
        /// The rules that took part, in order.
        needed trace: Vec<TraceEntry>,
    }
}

/// Whether a stored record is still alive.
pub(super) fn status(policy: &Policy, record: &Value, context: &Value) -> Result<Status, Misuse> {
    let node = Node::root(context, "context");
    let StatusContext { session, client, now } = StatusContext::read(node)?;
    let session = node.members()?.check("session", session, |session, node| session.at(node, now))?.flatten();
    let node = Node::root(record, "record");
    if node.is_null() {
        return Ok(dead(RecordStatus::Unknown, token::NOT_FOUND));
    }
    if node.members()?.get("kind").is_none() {
        return Ok(of_code(policy, &CodeRecord::read_at(node, now)?, now));
    }
    let record = TokenRecord::read_at(node, now)?;
    Ok(of_token(policy, &record, session.as_ref(), client.as_ref(), now))
}

fn of_code(policy: &Policy, code: &CodeRecord, now: u64) -> Status {
    let end = lifetimes::code_ends_at(policy, code);
    match code.status {
        CodeStatus::Used => dead(RecordStatus::Used, token::CODE_REPLAYED),
        CodeStatus::Revoked => dead(RecordStatus::Revoked, token::CODE_DEAD),
        CodeStatus::Active if end.is_some_and(|end| end <= now) => dead(RecordStatus::Expired, token::CODE_EXPIRED),
        CodeStatus::Active => alive(end, now),
    }
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
        TokenStatus::Superseded => dead(RecordStatus::Superseded, token::ROTATED),
        TokenStatus::Revoked => dead(RecordStatus::Revoked, revoked),
        TokenStatus::Expired => dead(RecordStatus::Expired, expired),
        TokenStatus::Active if end.is_some_and(|end| end <= now) => dead(RecordStatus::Expired, expired),
        TokenStatus::Active if session_gone => match policy.knobs.session_timeout_marks {
            SessionTimeoutMarks::Expired => dead(RecordStatus::Expired, lifecycle::SESSION_TOKENS_EXPIRE),
            SessionTimeoutMarks::Revoked => dead(RecordStatus::Revoked, lifecycle::SESSION_TOKENS_END),
        },
        TokenStatus::Active => alive(end, now),
    }
}

fn alive(end: Option<u64>, now: u64) -> Status {
    Status {
        alive: true,
        status: RecordStatus::Active,
        because: None,
        expires_in: end.map(|end| end.saturating_sub(now)),
        trace: Vec::new(),
    }
}

fn dead(status: RecordStatus, number: RuleNumber) -> Status {
    let mut trace = Trace::default();
    trace.note(number);
    Status {
        alive: false,
        status,
        because: rule(number).map(|rule| rule.statement.into()),
        expires_in: None,
        trace: TraceEntry::list(trace),
    }
}

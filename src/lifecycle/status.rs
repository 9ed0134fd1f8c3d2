//! Whether a stored token or code is still alive. A token dies by the clock alone, without anybody telling.

use super::lifecycle_input::StatusContext;
use crate::answer::{PackedSituation, RuleId, TraceEntry};
use crate::decide::engine::{Decided, decide};
use crate::decide::fact::Situation;
use crate::decide::life::Binding;
use crate::decide::lifecycle::facts::{LifecycleFact, LifecycleSituation, Occurrence, Record, StoredStatus};
use crate::decide::lifecycle::verdict::{DeadStatus, Lifecycle, LifecycleVerdict};
use crate::input::{Duration, Misuse, Node, Place, Text, Value};
use crate::lifetimes;
use crate::oauth::client::Client;
use crate::oauth::session::Session;
use crate::policy::Policy;
use crate::records::{CodeRecord, CodeStatus, TokenKind, TokenRecord, TokenStatus, session_is_alive};
use crate::standing;

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
        nullable because: Text,
        /// The rule by which it is not; null while it is.
        nullable rule: RuleId,
        /// Seconds until the clock alone ends it; null when it never does.
        nullable expires_in: u64 as Duration,
        /// The rules that took part, in order.
        needed trace: Vec<TraceEntry>,
        /// The situation that was decided, as one short text without personal data: with the policy it says why.
        needed situation: PackedSituation,
    }
}

/// Whether a stored record is still alive.
pub(super) fn status(policy: &Policy, record: &Value, context: StatusContext) -> Result<Status, Misuse> {
    let now = context.now;
    asked(policy, record, context).map(|asked| answer(policy, asked, now))
}

/// The situation in which that is asked.
pub(super) fn situation(
    policy: &Policy,
    record: &Value,
    context: StatusContext,
) -> Result<Situation<LifecycleFact>, Misuse> {
    let now = context.now;
    asked(policy, record, context).map(|asked| Situation::from(asked.at(now)))
}

fn asked(policy: &Policy, record: &Value, context: StatusContext) -> Result<Asked, Misuse> {
    let StatusContext { session, client, now } = context;
    let clock = policy.configuration.clock(now);
    let place = Place::of("context").member("session");
    let session = session.map(|session| session.at(place, clock)).transpose()?.flatten();
    let node = Node::root(record, "record");
    Ok(if node.is_null() {
        Asked { situation: standing::situation(Occurrence::StatusAsked), end: None }
    } else if node.members()?.get("kind").is_none() {
        of_code(policy, &CodeRecord::read_at(node, clock)?)
    } else {
        of_token(policy, &TokenRecord::read_at(node, clock)?, session.as_ref(), client.as_deref())
    })
}

/// How it is asked, and when the clock alone ends the record.
struct Asked {
    situation: LifecycleSituation,
    end: Option<u64>,
}

impl Asked {
    /// A lifetime is over when the age equals it.
    fn at(&self, now: u64) -> LifecycleSituation {
        let elapsed = self.end.is_some_and(|end| end <= now);
        LifecycleSituation { elapsed, ..self.situation }
    }
}

fn of_code(policy: &Policy, code: &CodeRecord) -> Asked {
    Asked {
        situation: LifecycleSituation {
            record: Record::Code,
            stored_status: match code.status {
                CodeStatus::Active => StoredStatus::Active,
                CodeStatus::Used => StoredStatus::Used,
                CodeStatus::Revoked => StoredStatus::Revoked,
            },
            ..standing::situation(Occurrence::StatusAsked)
        },
        end: lifetimes::code_ends_at(policy, code),
    }
}

fn of_token(policy: &Policy, token: &TokenRecord, session: Option<&Session>, client: Option<&Client>) -> Asked {
    let (situation, end) = match token.kind {
        TokenKind::AccessToken => {
            let situation = LifecycleSituation {
                record: Record::AccessToken,
                // A client that acts for itself has no session that its token could end with.
                bound_to_session: token.binding == Binding::Session && token.sub.is_some(),
                ..standing::situation(Occurrence::StatusAsked)
            };
            (situation, lifetimes::access_token_ends_at(policy, token))
        }
        TokenKind::RefreshToken => {
            let end = standing::limits(policy, client, token).and_then(|life| lifetimes::ends_at(policy, life, token));
            (standing::of_refresh_token(policy, client, token), end)
        }
    };
    let stored_status = match token.status {
        TokenStatus::Active => StoredStatus::Active,
        TokenStatus::Superseded => StoredStatus::Superseded,
        TokenStatus::Expired => StoredStatus::Expired,
        TokenStatus::Revoked => StoredStatus::Revoked,
    };
    let session_alive = session_is_alive(session, token.sub.as_deref(), token.sid.as_deref());
    Asked { situation: LifecycleSituation { stored_status, session_alive, ..situation }, end }
}

fn answer(policy: &Policy, asked: Asked, now: u64) -> Status {
    let situation = Situation::from(asked.at(now));
    let decided: Decided<Lifecycle> = decide(&policy.knobs, &situation);
    let (status, rule) = match decided.verdict {
        LifecycleVerdict::Standing(Err((status, rule))) => (status.into(), Some(rule)),
        _ => (RecordStatus::Active, None),
    };
    let alive = rule.is_none();
    Status {
        alive,
        status,
        because: rule.map(|rule| rule.rule().statement.into()),
        rule: rule.map(RuleId::from),
        expires_in: asked.end.filter(|_| alive).map(|end| end.saturating_sub(now)),
        trace: TraceEntry::list(decided.trace),
        situation: situation.into(),
    }
}

impl From<DeadStatus> for RecordStatus {
    fn from(status: DeadStatus) -> Self {
        match status {
            DeadStatus::Unknown => Self::Unknown,
            DeadStatus::Used => Self::Used,
            DeadStatus::Superseded => Self::Superseded,
            DeadStatus::Expired => Self::Expired,
            DeadStatus::Revoked => Self::Revoked,
        }
    }
}

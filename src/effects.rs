//! Effects: what a server does to its stored records after a decision. Each is data that a database can execute.

use serde::Serialize;

use crate::decide::{RuleNumber, rule};
use crate::records::{CodeRecord, GrantRecord, TokenRecord};

/// One thing to do. Effects are executed in their order; executing them again is harmless.
#[derive(Clone, Debug, Serialize)]
pub struct Effect {
    /// `store`, `consume`, `update`, `end` or `remove`.
    pub effect: &'static str,
    /// The kind of record.
    pub kind: &'static str,
    /// What to store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    /// Which records.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// What becomes of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<Change>,
    /// So many of the newest are left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_newest: Option<u64>,
    /// The rule that asks for it.
    pub rule: &'static str,
}

/// A record to store.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Record {
    /// A grant.
    Grant(Box<GrantRecord>),
    /// An authorization code.
    Code(Box<CodeRecord>),
    /// An access token or a refresh token.
    Token(Box<TokenRecord>),
}

/// A filter on stored records: every member that is present must be equal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// The record's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// The client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The code that a family of tokens comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// The grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
    /// `session` or `offline`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<&'static str>,
    /// `web`, `native` or `browser`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_type: Option<&'static str>,
    /// `confidential` or `public`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_type: Option<&'static str>,
    /// How the user signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<&'static str>,
    /// The condition for processing that the record rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// The record's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// One of the record's scopes matches one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_scope_matches: Option<&'static [&'static str]>,
}

/// What becomes of the matching records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The new status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Seconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superseded_at: Option<u64>,
    /// Seconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<u64>,
    /// Of a grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_code_exchanged: Option<bool>,
}

impl Change {
    /// Another status.
    #[must_use]
    pub fn status(status: &'static str) -> Self {
        Self { status: Some(status), ..Self::default() }
    }
}

impl Effect {
    const fn new(effect: &'static str, kind: &'static str, rule: &'static str) -> Self {
        Self { effect, kind, record: None, filter: None, set: None, keep_newest: None, rule }
    }

    /// Store a record.
    #[must_use]
    pub fn store(kind: &'static str, record: Record, rule: RuleNumber) -> Self {
        Self { record: Some(record), ..Self::new("store", kind, id(rule)) }
    }

    /// Use up exactly one live record.
    #[must_use]
    pub fn consume(kind: &'static str, record_id: &str, set: Change, rule: RuleNumber) -> Self {
        let filter = Filter { id: Some(record_id.to_owned()), status: Some("active"), ..Filter::default() };
        Self { filter: Some(filter), set: Some(set), ..Self::new("consume", kind, id(rule)) }
    }

    /// Change records.
    #[must_use]
    pub fn update(kind: &'static str, filter: Filter, set: Change, rule: RuleNumber) -> Self {
        Self { filter: Some(filter), set: Some(set), ..Self::new("update", kind, id(rule)) }
    }

    /// End live records.
    #[must_use]
    pub fn end(kind: &'static str, filter: Filter, status: &'static str, rule: RuleNumber) -> Self {
        Self { filter: Some(filter), set: Some(Change::status(status)), ..Self::new("end", kind, id(rule)) }
    }

    /// Forget records.
    #[must_use]
    pub fn remove(kind: &'static str, filter: Filter, rule: RuleNumber) -> Self {
        Self { filter: Some(filter), ..Self::new("remove", kind, id(rule)) }
    }

    /// Leave the newest alone.
    #[must_use]
    pub const fn keeping_newest(mut self, count: u64) -> Self {
        self.keep_newest = Some(count);
        self
    }
}

fn id(number: RuleNumber) -> &'static str {
    rule(number).map_or("", |rule| rule.id)
}

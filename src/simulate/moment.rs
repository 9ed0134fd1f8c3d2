//! What a step shows of the world.

use serde::Serialize;

use super::world::OpenSession;
use crate::input::Value;

/// One entry of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    /// From 1.
    pub n: u64,
    /// What was done, as it was given.
    pub step: Value,
    /// Seconds since the epoch.
    pub at: u64,
    /// What came of it, in one word.
    pub result: &'static str,
    /// The pages that were shown.
    pub screens: Vec<&'static str>,
    /// What was decided; null for a clock step.
    pub decision: Value,
    /// The consent page that was shown, or null.
    pub consent: Value,
    /// Names of what this step issued.
    pub issued: Vec<String>,
    /// Names of what this step ended.
    pub ended: Vec<String>,
    /// Everything that was ever issued.
    pub lives: Vec<Life>,
    /// The session, or null.
    pub session: Option<OpenSession>,
    /// The stored grants.
    pub grants: Vec<Value>,
    /// What happened, in one sentence.
    pub summary: String,
}

/// A token or a code after a step.
#[derive(Clone, Debug, Serialize)]
pub struct Life {
    /// For example `RT1`.
    pub name: String,
    /// `access_token`, `refresh_token`, `id_token` or `code`.
    pub kind: &'static str,
    /// `active`, `expired`, `revoked`, `superseded` or `used`.
    pub status: String,
    /// Space-delimited.
    pub scope: String,
    /// `session` or `offline`; none for codes and ID Tokens.
    pub binding: Option<String>,
    /// Seconds since the epoch.
    pub issued_at: u64,
    /// When the clock alone ends it, in seconds since the epoch.
    pub expires_at: Option<u64>,
    /// When it ended, in seconds since the epoch.
    pub ended_at: Option<u64>,
    /// What it died of.
    pub because: Option<String>,
}

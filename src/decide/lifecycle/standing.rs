//! Whether a stored record is alive. A token dies by the clock alone, without anybody telling.

use super::facts::{LifecycleFacts, Record, StoredStatus};
use super::verdict::{DeadStatus, LifecycleVerdict};
use crate::decide::record::{self, EndStatus, RecordRule};
use crate::decide::rule::{Noted, RuleNumber, Told};
use crate::policy::knobs::Knobs;

/// How a record stands.
pub(super) fn standing<F: LifecycleFacts>(policy: &Knobs, facts: &F) -> Told<LifecycleVerdict, RecordRule> {
    Told::by(|noted| {
        let dead = match facts.record() {
            Record::Missing => Some((DeadStatus::Unknown, RecordRule::NotFound)),
            Record::Code => by_itself(facts, RecordRule::CodeDead, RecordRule::CodeExpired),
            Record::AccessToken => by_itself(facts, RecordRule::AccessTokenRevoked, RecordRule::AccessTokenExpired)
                .or_else(|| with_session(policy, facts, noted)),
            Record::RefreshToken => by_itself(facts, RecordRule::RefreshTokenRevoked, RecordRule::RefreshTokenExpired)
                .or_else(|| with_session(policy, facts, noted)),
        };
        if let Some((_, rule)) = dead {
            noted.note(rule);
        }
        LifecycleVerdict::Standing(match dead {
            None => Ok(()),
            Some((status, rule)) => Err((status, RuleNumber::of(rule))),
        })
    })
}

/// What the record says of itself comes before the clock.
fn by_itself<F: LifecycleFacts>(
    facts: &F,
    revoked: RecordRule,
    expired: RecordRule,
) -> Option<(DeadStatus, RecordRule)> {
    match facts.stored_status() {
        StoredStatus::Used => Some((DeadStatus::Used, RecordRule::CodeReplayed)),
        StoredStatus::Superseded => Some((DeadStatus::Superseded, RecordRule::Superseded)),
        StoredStatus::Revoked => Some((DeadStatus::Revoked, revoked)),
        StoredStatus::Expired => Some((DeadStatus::Expired, expired)),
        StoredStatus::Active => facts.elapsed().then_some((DeadStatus::Expired, expired)),
    }
}

fn with_session<F: LifecycleFacts>(
    policy: &Knobs,
    facts: &F,
    noted: &mut Noted<RecordRule>,
) -> Option<(DeadStatus, RecordRule)> {
    if !facts.bound_to_session() || facts.session_alive() {
        return None;
    }
    let status = record::of_ended_session(policy);
    let rule = record::note_ended_session(status, noted);
    Some(match status {
        EndStatus::Expired => (DeadStatus::Expired, rule),
        EndStatus::Revoked => (DeadStatus::Revoked, rule),
    })
}

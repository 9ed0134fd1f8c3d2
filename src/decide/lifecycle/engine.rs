//! The engine of what ends tokens: which stage an occurrence leads to.

use super::events::{self, EventRule, Notes};
use super::facts::{LifecycleFact, LifecycleFacts, Occurrence, Record, StoredStatus};
use super::revocation::{self, GrantRequest, RevocationRule};
use super::standing;
use super::verdict::{Consequence, Consequences, Lifecycle, LifecycleVerdict, State};
use crate::decide::engine::{Engine, Impossible, To, impossible};
use crate::decide::fact::Ask;
use crate::decide::life::{self, Binding, ConfiguredLimit, LifeFacts, LifeRule, life_facts};
use crate::decide::limit::LimitRule;
use crate::decide::record::{self, EndStatus, RecordRule};
use crate::decide::rule::{Noted, RuleNumber, Told, Trace};
use crate::oauth::client::ApplicationType;
use crate::policy::knobs::Knobs;

rule_table! {
    Lifecycle: EventRule, LimitRule, RevocationRule, RecordRule, LifeRule
}

/// What cannot be: a code is not replaced, and a token is not used up as a code is.
const IMPOSSIBLE: &[Impossible<LifecycleFact>] = impossible! { LifecycleFact:
    Record = Record::Code, with StoredStatus = [StoredStatus::Superseded, StoredStatus::Expired];
    Record = Record::AccessToken, with StoredStatus = [StoredStatus::Used, StoredStatus::Superseded];
    Record = Record::RefreshToken, with StoredStatus = [StoredStatus::Used];
};

impl Engine for Lifecycle {
    type Fact = LifecycleFact;
    type State = State;
    type Aside = ();
    type Verdict = LifecycleVerdict;

    const START: State = State::Happened;

    const IMPOSSIBLE: &'static [Impossible<Self::Fact>] = IMPOSSIBLE;

    fn advance<A: Ask<LifecycleFact>>(
        policy: &Knobs,
        facts: &A,
        state: State,
        trace: &mut Trace<Self>,
        (): &mut (),
    ) -> To<Self> {
        match state {
            State::Happened => match facts.occurrence() {
                Occurrence::StatusAsked => To::Next(State::Limited(limits(policy, facts))),
                occurrence => To::End(happened(policy, facts, occurrence, trace)),
            },
            State::Limited(limits_of_record) => {
                let verdict = trace.take(standing::standing(policy, facts));
                // Which limits there were is part of why a token is over.
                if let Some(life) = limits_of_record
                    && facts.stored_status() == StoredStatus::Active
                    && facts.elapsed()
                {
                    trace.take(Told::by(|noted| life::note_limits(life, noted)));
                }
                To::End(verdict)
            }
        }
    }
}

fn happened<A: Ask<LifecycleFact>>(
    policy: &Knobs,
    facts: &A,
    occurrence: Occurrence,
    trace: &mut Trace<Lifecycle>,
) -> LifecycleVerdict {
    let mut notes = Notes::default();
    let verdict = match occurrence {
        Occurrence::Logout => events::logout(policy, &mut notes),
        Occurrence::RpInitiatedLogout => events::rp_initiated_logout(policy, facts, &mut notes),
        Occurrence::SessionTimeout => {
            LifecycleVerdict::Ends(events::session_ends(record::of_ended_session(policy), &mut notes))
        }
        Occurrence::AdminEndsSession => LifecycleVerdict::Ends(events::session_ends(EndStatus::Revoked, &mut notes)),
        Occurrence::SwitchAccount => events::switch_account(policy, &mut notes),
        Occurrence::PasswordChange => events::password_change(policy, &mut notes),
        Occurrence::UserRevokesApp => events::user_revokes(policy, &mut notes),
        Occurrence::ServerRevokesRefreshToken => events::server_revokes(&mut notes),
        Occurrence::ConditionWithdrawn => events::condition_withdrawn(policy, &mut notes),
        Occurrence::RefreshTokenIssued => trace.take(Told::by(|noted| issued(facts, noted))),
        Occurrence::RevocationRequest => trace.take(revocation::revocation(policy, facts)),
        Occurrence::GrantQuery => trace.take(revocation::grant(facts, GrantRequest::Query)),
        Occurrence::GrantDeletion => trace.take(revocation::grant(facts, GrantRequest::Delete)),
        Occurrence::StatusAsked => trace.take(standing::standing(policy, facts)),
    };
    trace.take(Told { said: (), noted: notes.events });
    trace.take(Told { said: (), noted: notes.records });
    verdict
}

/// When a user and a client have too many refresh tokens, the oldest ends.
fn issued<F: LifecycleFacts>(facts: &F, noted: &mut Noted<LimitRule>) -> LifecycleVerdict {
    let mut consequences = Consequences::default();
    if facts.limited() {
        noted.note(LimitRule::TooMany);
        consequences.add(Consequence::OldestRefreshTokens, RuleNumber::of(LimitRule::TooMany));
    }
    LifecycleVerdict::Ends(consequences)
}

/// The limits of a record that is a refresh token.
fn limits<A: Ask<LifecycleFact>>(policy: &Knobs, facts: &A) -> Option<life::RefreshTokenLife> {
    match facts.record() {
        Record::RefreshToken => {
            let binding = if facts.bound_to_session() { Binding::Session } else { Binding::Offline };
            Some(life::of_refresh_token(policy, &Stored(facts), binding))
        }
        Record::Missing | Record::Code | Record::AccessToken => None,
    }
}

/// The facts of a stored record on which its life depends.
struct Stored<'a, F>(&'a F);

// What the person limited stands in the record as its end.
life_facts!(Stored of LifecycleFact, time_limited: |_facts| false);

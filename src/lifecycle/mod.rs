//! What ends tokens: events, revocation, the Grant Management API; and whether a record is still alive.

mod event_decision;
mod event_response;
mod event_summary;
mod happened;
mod lifecycle_case;
mod lifecycle_input;
mod status;

pub use event_decision::{EventDecision, EventOutcome};
pub use event_response::{EventResponse, EventResponseBody, GrantedScopes};
pub use lifecycle_input::{
    EventInput, EventSession, GrantMethod, LogoutAnswer, ManageGrantInput, RevokeInput, StatusContext, StatusInput,
};
pub use status::{RecordStatus, Status};

use crate::decide::engine::decide;
use crate::decide::fact::Situation;
use crate::decide::lifecycle::facts::LifecycleFact;
use crate::decide::lifecycle::verdict::Lifecycle;
use crate::input::{Misuse, Node, Shape, Value};
use crate::policy::Policy;
use lifecycle_case::LifecycleCase;

impl Policy {
    /// What an event does to stored records.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn event(&self, input: &Value) -> Result<EventDecision, Misuse> {
        self.event_given(EventInput::read(Node::root(input, ""))?)
    }

    /// The same for an event that was read already.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn event_given(&self, given: EventInput) -> Result<EventDecision, Misuse> {
        lifecycle_case::event(self, given).map(|case| answer(self, &case))
    }

    /// Answers a revocation request (RFC 7009).
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn revoke(&self, input: &Value) -> Result<EventDecision, Misuse> {
        self.revoke_given(RevokeInput::read(Node::root(input, ""))?)
    }

    /// The same for an input that was read already.
    ///
    /// # Errors
    /// On misuse of the interface; whatever the request says is a decision.
    pub fn revoke_given(&self, given: RevokeInput) -> Result<EventDecision, Misuse> {
        lifecycle_case::revocation(self, given).map(|case| answer(self, &case))
    }

    /// Answers a request of the Grant Management API.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn manage_grant(&self, input: &Value) -> Result<EventDecision, Misuse> {
        self.manage_grant_given(ManageGrantInput::read(Node::root(input, ""))?)
    }

    /// The same for an input that was read already.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn manage_grant_given(&self, given: ManageGrantInput) -> Result<EventDecision, Misuse> {
        lifecycle_case::grant(self, given).map(|case| answer(self, &case))
    }

    /// The situation of something that happened: the value of everything that the decision depends on.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn event_situation(&self, input: &Value) -> Result<Situation<LifecycleFact>, Misuse> {
        let case = lifecycle_case::event(self, EventInput::read(Node::root(input, ""))?)?;
        Ok(Situation::from(case.situation(self)))
    }

    /// The situation of a revocation request.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn revoke_situation(&self, input: &Value) -> Result<Situation<LifecycleFact>, Misuse> {
        let case = lifecycle_case::revocation(self, RevokeInput::read(Node::root(input, ""))?)?;
        Ok(Situation::from(case.situation(self)))
    }

    /// The situation of a request of the Grant Management API.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn manage_grant_situation(&self, input: &Value) -> Result<Situation<LifecycleFact>, Misuse> {
        let case = lifecycle_case::grant(self, ManageGrantInput::read(Node::root(input, ""))?)?;
        Ok(Situation::from(case.situation(self)))
    }

    /// The situation in which it is asked whether a stored record is alive.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn status_situation(&self, input: &Value) -> Result<Situation<LifecycleFact>, Misuse> {
        let given = StatusInput::read(Node::root(input, ""))?;
        status::situation(self, &given.record.unwrap_or(Value::Null), given.context)
    }

    /// Whether a stored record is still alive.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn status(&self, record: &Value, context: &Value) -> Result<Status, Misuse> {
        self.status_given(record, StatusContext::read(Node::root(context, "context"))?)
    }

    /// The same for an input that was read already.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn status_asked(&self, given: StatusInput) -> Result<Status, Misuse> {
        self.status_given(&given.record.unwrap_or(Value::Null), given.context)
    }

    /// The same for a context that was read already.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn status_given(&self, record: &Value, context: StatusContext) -> Result<Status, Misuse> {
        status::status(self, record, context)
    }
}

fn answer(policy: &Policy, case: &LifecycleCase) -> EventDecision {
    let situation = Situation::from(case.situation(policy));
    let decided = decide::<Lifecycle, _>(&policy.knobs, &situation);
    happened::decision(policy, case, situation, &decided)
}

//! What the caller hands over with an authorization request.

use std::sync::Arc;

use super::answers::Answer;
use super::surroundings::{Circumstances, HeldCondition};
use crate::input::Time;
use crate::oauth::client::{Client, Trust};
use crate::oauth::id_token_hint::IdTokenHint;
use crate::oauth::parameters::Request;
use crate::oauth::session::Session;
use crate::records::Grant;

shape! {
    /// What a decision on an authorization request starts from.
    pub struct AuthorizeInput {
        /// The request as it came in.
        needed request: Request,
        /// The client's registered metadata. Null: the server knows no such client.
        nullable client: Arc<Client>,
        /// What the server itself knows about the client.
        optional trust: Trust,
        /// The session of the user who is signed in.
        optional_or_null session: Session,
        /// What this user granted this client before.
        optional_or_null grant: Grant,
        /// Other conditions for processing that hold.
        defaulted conditions: Vec<HeldCondition> = Vec::new(),
        /// What the server knows beside the rest.
        optional circumstances: Circumstances,
        /// The verified hint, where the request sends one.
        optional_or_null id_token_hint: IdTokenHint,
        /// What the person did on the screens that were shown so far for this request, in order.
        defaulted answers: Vec<Answer> = Vec::new(),
        /// Seconds since the epoch.
        needed now: u64 as Time,
    }
}

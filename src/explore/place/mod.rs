//! Where each fact comes from, what it is called there, and what each of its values says in plain words, so that a
//! sentence can be linked to the parameter, the registration or the setting that it rests on.

mod authorize;
mod lifecycle;
mod token;
mod values;

use crate::decide::fact::{Fact, Situation};

/// Who has a fact in their hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// The request: the client's developer writes it.
    Request,
    /// What is registered of the client.
    Registration,
    /// What is on record: a grant, a session, a stored code or token.
    Record,
    /// What happens now, and what the person does.
    Now,
    /// The server: what it knows of the client and the user, and its configuration.
    Server,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 5] = [Self::Request, Self::Registration, Self::Record, Self::Now, Self::Server];

    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Registration => "registration",
            Self::Record => "record",
            Self::Now => "now",
            Self::Server => "server",
        }
    }
}

/// Where a fact belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Belongs {
    /// Who has it in their hands.
    pub group: Group,
    /// What it is called there: a parameter, a member of the client metadata, of a record, of an answer, a configuration
    /// key. Dots lead into members of members.
    pub member: &'static str,
}

impl Belongs {
    const fn request(member: &'static str) -> Self {
        Self { group: Group::Request, member }
    }

    const fn registration(member: &'static str) -> Self {
        Self { group: Group::Registration, member }
    }

    const fn record(member: &'static str) -> Self {
        Self { group: Group::Record, member }
    }

    const fn now(member: &'static str) -> Self {
        Self { group: Group::Now, member }
    }

    const fn server(member: &'static str) -> Self {
        Self { group: Group::Server, member }
    }
}

/// A fact of which it is known where it belongs.
pub trait Placed: Fact {
    /// Where it belongs, whatever its value.
    fn belongs(self) -> Belongs;

    /// Where it belongs in a situation: a scope that the server does not know belongs to its configuration, too.
    fn belongs_in(self, _situation: &Situation<Self>) -> Belongs {
        self.belongs()
    }

    /// Whether it only says what is asked, and so is no reason for the answer.
    fn is_question(self) -> bool {
        false
    }

    /// What a value of it says, as a clause that can follow "because".
    fn says(self, value: usize) -> &'static str;
}

/// One of two clauses.
const fn either(is: bool, yes: &'static str, no: &'static str) -> &'static str {
    if is { yes } else { no }
}

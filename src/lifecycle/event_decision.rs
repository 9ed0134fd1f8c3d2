//! What happens after an event, a revocation request or a request of the Grant Management API, as it is handed over.

use crate::answer::{ProtocolError, TraceEntry};
use crate::effects::Effect;
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Composed, Misuse, MisuseCode, Node, Shape, Value};

words! {
    /// What comes of an event or a request.
    pub enum EventOutcome {
        /// It is done, with the effects.
        Done = "done",
        /// The user must be asked first.
        AskUser = "ask_user",
        /// A refusal.
        Error = "error",
    }
}

shape! {
    /// What an event or a request of this kind does.
    pub struct EventDecision {
        /// What comes of it.
        needed outcome: EventOutcome,
        /// The HTTP status for the revocation endpoint and the Grant Management API; null for events.
        nullable http_status: HttpStatus,
        /// Set when the outcome is `error`.
        nullable error: ProtocolError,
        /// What to do with stored records.
        needed effects: Vec<Effect>,
        /// The rules that took part, in order.
        needed trace: Vec<TraceEntry>,
        /// What happens, in one sentence.
        needed summary: Composed,
    }
}

/// The status of an HTTP response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HttpStatus {
    /// 200
    Ok,
    /// 204
    NoContent,
    /// 400
    BadRequest,
    /// 401
    Unauthorized,
    /// 403
    Forbidden,
    /// 404
    NotFound,
}

impl HttpStatus {
    /// Every one, in ascending order.
    pub const ALL: &'static [Self] =
        &[Self::Ok, Self::NoContent, Self::BadRequest, Self::Unauthorized, Self::Forbidden, Self::NotFound];

    /// The number.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Ok => 200,
            Self::NoContent => 204,
            Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
        }
    }

    /// The status with this number; a bad request where there is none.
    #[must_use]
    pub fn of(number: u16) -> Self {
        Self::ALL.iter().copied().find(|status| status.number() == number).unwrap_or(Self::BadRequest)
    }
}

impl Shape for HttpStatus {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let number = node.whole()?;
        let found = Self::ALL.iter().copied().find(|status| u64::from(status.number()) == number);
        found.ok_or_else(|| node.misuse(MisuseCode::WrongValue, "is no status that is answered with"))
    }

    fn write(&self) -> Value {
        Value::whole(self.number().into())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        let number = from.number()?;
        Self::ALL.iter().copied().find(|status| u64::from(status.number()) == number)
    }

    fn encode(&self, to: &mut Encoder) {
        to.number(self.number().into());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Numbers(Self::ALL.iter().map(|status| status.number().into()).collect())
    }
}

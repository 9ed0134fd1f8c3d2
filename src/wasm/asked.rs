//! What the package asked, and how it is read.

use std::sync::Arc;

use super::slots::Slots;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Misuse, Node, Shape, Value};
use crate::policy::Policy;

/// What was asked.
pub(super) struct Asked<'a> {
    pub(super) input: Decoder<'a>,
    /// Member by member, in the order of the shape; else as values, which are told apart by what they are.
    pub(super) typed: bool,
    pub(super) slots: &'a Slots,
    /// The policy, or another thing that is kept.
    pub(super) kept: u32,
}

/// What an operation answers; `None` where the input is of no shape.
pub(super) type Answered = Option<Result<(), Misuse>>;

impl Asked<'_> {
    /// The input, in whichever way it was written.
    pub(super) fn read<T: Shape>(mut self) -> Option<Result<T, Misuse>> {
        if self.typed {
            let given = T::decode(&mut self.input)?;
            return self.input.is_at_end().then_some(Ok(given));
        }
        let given = self.value()?;
        Some(T::read(Node::root(&given, "")))
    }

    /// The input as a value.
    pub(super) fn value(&mut self) -> Option<Value> {
        let value = Value::decode(&mut self.input)?;
        self.input.is_at_end().then_some(value)
    }

    #[inline(never)]
    pub(super) fn decide<I: Shape, O: Shape>(
        self,
        output: &mut Encoder,
        decide: impl FnOnce(&Policy, I) -> Result<O, Misuse>,
    ) -> Answered {
        let policy: Arc<Policy> = self.slots.get(self.kept)?;
        let given = self.read()?;
        Some(given.and_then(|given| decide(&policy, given)).map(|answer| answer.encode(output)))
    }

    /// Two arguments: a decision, of which the response is read, and what was minted.
    #[cfg(feature = "server")]
    #[inline(never)]
    pub(super) fn send<O: Shape>(
        mut self,
        output: &mut Encoder,
        send: impl FnOnce(&Value, &Value) -> Result<O, Misuse>,
    ) -> Answered {
        let Value::List(arguments) = self.value()? else { return None };
        let [decision, minted] = arguments.as_slice() else { return None };
        Some(send(decision, minted).map(|answer| answer.encode(output)))
    }
}

//! Ids: of users, clients, sessions and records.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Text, Value};

/// An id. An empty one names nobody, and two of them would be the same.
#[derive(Clone, Copy, Debug)]
pub struct Identifier;

impl Codec<Text> for Identifier {
    const LAYOUT: Layout = Layout::Identifier;

    fn write(value: &Text) -> Value {
        Value::Text(value.clone())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Text> {
        from.text().filter(|id| !id.is_empty())
    }

    fn encode(value: &Text, to: &mut Encoder) {
        to.text(value);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Identifier
    }
}

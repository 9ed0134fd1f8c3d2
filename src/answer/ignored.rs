//! What a request says in vain.

use crate::decide::reason::Reason;
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Description, Words};
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Shape, Text, Value};

shape! {
    /// Something in the request that was set aside.
    pub struct Ignored {
        /// The parameter.
        needed param: Text,
        /// Its value, or the part of it that was set aside.
        needed value: Text,
        /// Why.
        needed reason: Reason,
        /// The reason as a sentence.
        needed sentence: Text,
    }
}

impl Ignored {
    /// A parameter, or a part of its value, with the reason in words.
    #[must_use]
    pub fn new(param: &'static str, value: &Text, reason: Reason) -> Self {
        Self { param: Text::fixed(param), value: value.clone(), reason, sentence: reason.sentence().into() }
    }
}

/// The words stand with the reasons, in [`Reason::name`].
impl Shape for Reason {
    const LAYOUT: Layout = Layout::Words(&Self::NAMES);

    fn write(&self) -> Value {
        self.name().into()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        Self::ALL.get(usize::from(from.byte()?)).copied()
    }

    fn encode(&self, to: &mut Encoder) {
        to.byte(*self as u8);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Words(Words {
            name: "IgnoredReason",
            documentation: "Why something in a request was set aside.".to_owned(),
            words: Self::ALL.iter().map(|reason| (reason.name(), reason.sentence().text().to_owned())).collect(),
        })
    }
}

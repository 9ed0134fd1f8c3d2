//! Sentences made of several.

#[cfg(not(target_arch = "wasm32"))]
use super::describe::Description;
use super::layout::Layout;
use super::shape::Shape;
use super::text::Text;
use super::value::Value;
use super::wire::{Decoder, Encoder};

/// A text that is put together where it is read: the engine in WebAssembly does not have the letters of the sentences
/// that stand in tables.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    AsIs(Text),
    /// As the rest of a sentence that began before.
    Lowered(Text),
}

impl Composed {
    /// This text and another.
    #[must_use]
    pub fn and(mut self, text: impl Into<Text>) -> Self {
        self.pieces.push(Piece::AsIs(text.into()));
        self
    }

    /// This text and fixed letters.
    #[must_use]
    pub fn and_fixed(self, text: &'static str) -> Self {
        self.and(Text::fixed(text))
    }

    /// This text and a sentence that goes on after a colon.
    #[must_use]
    pub fn and_lowered(mut self, text: impl Into<Text>) -> Self {
        self.pieces.push(Piece::Lowered(text.into()));
        self
    }

    /// This text and all of another.
    #[must_use]
    pub fn and_all(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// The letters.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::AsIs(text) => text.as_str().to_owned(),
                Piece::Lowered(text) => lower_first(text),
            })
            .collect()
    }
}

/// A sentence that goes on after a colon; words such as offline_access and names keep their case.
#[must_use]
pub fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}

impl From<Text> for Composed {
    fn from(text: Text) -> Self {
        Self::default().and(text)
    }
}

impl PartialEq for Composed {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Shape for Composed {
    const LAYOUT: Layout = Layout::Text;

    fn write(&self) -> Value {
        self.text().into()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        from.text().map(Self::from)
    }

    fn encode(&self, to: &mut Encoder) {
        to.number(self.pieces.len() as u64);
        for piece in &self.pieces {
            match piece {
                Piece::AsIs(text) => {
                    to.flag(false);
                    to.text(text);
                }
                Piece::Lowered(text) => {
                    to.flag(true);
                    to.text(text);
                }
            }
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Composed
    }
}

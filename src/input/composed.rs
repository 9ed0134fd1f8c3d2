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
    Fixed(&'static str),
    Count(String),
    AsIs(Text),
    /// As the rest of a sentence that began before.
    Lowered(Text),
}

/// Enough for every sentence that is made, so that room is made once.
const USUAL: usize = 14;

impl Composed {
    /// This text and another.
    #[must_use]
    pub fn and(self, text: impl Into<Text>) -> Self {
        self.with(Piece::AsIs(text.into()))
    }

    /// This text and fixed letters.
    #[must_use]
    pub fn and_fixed(self, text: &'static str) -> Self {
        self.with(Piece::Fixed(text))
    }

    /// This text and a number.
    #[must_use]
    pub fn and_count(self, count: u64) -> Self {
        self.with(Piece::Count(count.to_string()))
    }

    /// This text and a sentence that goes on after a colon.
    #[must_use]
    pub fn and_lowered(self, text: impl Into<Text>) -> Self {
        self.with(Piece::Lowered(text.into()))
    }

    fn with(mut self, piece: Piece) -> Self {
        if self.pieces.is_empty() {
            self.pieces.reserve(USUAL);
        }
        self.pieces.push(piece);
        self
    }

    /// The letters.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Lowered(text) => lower_first(text),
                other => other.letters().to_owned(),
            })
            .collect()
    }

    /// The pieces, with those together that are letters of this text alone: they cross the boundary as one.
    fn runs(&self) -> impl Iterator<Item = &[Piece]> {
        self.pieces.chunk_by(|one, other| one.is_own() && other.is_own())
    }
}

impl Piece {
    const fn is_own(&self) -> bool {
        matches!(self, Self::Fixed(_) | Self::Count(_))
    }

    fn letters(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Count(text) => text,
            Self::AsIs(text) | Self::Lowered(text) => text,
        }
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
        to.number(self.runs().count() as u64);
        for run in self.runs() {
            match run {
                [Piece::AsIs(text)] => {
                    to.flag(false);
                    to.text(text);
                }
                [Piece::Lowered(text)] => {
                    to.flag(true);
                    to.text(text);
                }
                own => {
                    to.flag(false);
                    to.letters(own.iter().map(Piece::letters));
                }
            }
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Composed
    }
}

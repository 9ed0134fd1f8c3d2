//! Bytes on the boundary: what the package in JavaScript writes and the engine reads, and back. Neither knows what a
//! value means; the shapes say in which order their members stand, and `cargo xtask build` writes the same order for
//! JavaScript.
//!
//! There are two streams: one of small numbers, and one of letters, in which texts stand one after the other. A number
//! takes seven bits to a byte, the lowest first. A text is its length among the numbers.
//!
//! On the way out a text that is a piece of what came in is not copied: its place and its length say which piece.

use std::any::Any;
use std::sync::Arc;

use super::text::Text;

/// What the engine writes.
#[derive(Debug, Default)]
pub struct Encoder {
    numbers: Vec<u8>,
    letters: Vec<u8>,
    source: Text,
}

/// How a text is written: the two lowest bits of its number.
const LITERAL: u64 = 0;
const PIECE: u64 = 1;
const SENTENCE: u64 = 2;

impl Encoder {
    /// Starts anew; pieces of the source are not copied.
    pub fn start(&mut self, source: Text) {
        self.numbers.clear();
        self.letters.clear();
        self.source = source;
    }

    /// What was written: numbers and letters.
    #[must_use]
    pub fn written(&self) -> (&[u8], &[u8]) {
        (&self.numbers, &self.letters)
    }

    /// Gives back memory that an unusual answer took.
    pub fn rest(&mut self, most: usize) {
        self.source = Text::EMPTY;
        for stream in [&mut self.numbers, &mut self.letters] {
            if stream.capacity() > most {
                *stream = Vec::new();
            }
        }
    }

    /// Writes a number.
    #[inline]
    pub fn number(&mut self, number: u64) {
        push_number(&mut self.numbers, number);
    }

    /// Writes a number below 128.
    #[inline]
    pub fn byte(&mut self, byte: u8) {
        self.numbers.push(byte);
    }

    /// Writes whether something holds.
    #[inline]
    pub fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    /// Writes a number with a fraction.
    pub fn fraction(&mut self, number: f64) {
        self.numbers.extend(number.to_le_bytes());
    }

    /// Writes a text.
    pub fn text(&mut self, text: &Text) {
        if let Some(sentence) = text.sentence() {
            self.number(u64::from(sentence) << 2 | SENTENCE);
        } else if let Some(place) = text.place_in(&self.source) {
            self.number(u64::from(place) << 2 | PIECE);
            self.number(text.len() as u64);
        } else {
            self.letters([text.as_str()].into_iter());
        }
    }

    /// Writes letters that nobody else has: the parts of one text.
    pub fn letters<'a>(&mut self, parts: impl Iterator<Item = &'a str> + Clone) {
        let length = parts.clone().fold(0_usize, |length, part| length.saturating_add(part.len()));
        self.number((length as u64) << 2 | LITERAL);
        parts.for_each(|part| self.letters.extend_from_slice(part.as_bytes()));
    }
}

/// An input as the package writes one, made of a value.
#[derive(Debug)]
pub struct Poured {
    numbers: Vec<u8>,
    letters: String,
}

/// Room for what an input usually has, so that it is found once.
impl Default for Poured {
    fn default() -> Self {
        Self { numbers: Vec::with_capacity(256), letters: String::with_capacity(1536) }
    }
}

impl Poured {
    /// Writes a number.
    pub fn number(&mut self, number: u64) {
        push_number(&mut self.numbers, number);
    }

    /// Writes a number below 128.
    pub fn byte(&mut self, byte: u8) {
        self.numbers.push(byte);
    }

    /// Writes a number with a fraction.
    pub fn fraction(&mut self, number: f64) {
        self.numbers.extend(number.to_le_bytes());
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.letters.push_str(text);
    }

    /// Reads what was written.
    pub fn read<T>(self, decode: impl FnOnce(&mut Decoder<'_>) -> Option<T>) -> Option<T> {
        let letters = Text::from(self.letters);
        let mut decoder = Decoder::new(&self.numbers, &letters, &Nothing);
        let read = decode(&mut decoder)?;
        decoder.is_at_end().then_some(read)
    }
}

/// Keeps nothing.
struct Nothing;

impl Kept for Nothing {
    fn kept(&self, _number: u64) -> Option<Arc<dyn Any + Send + Sync>> {
        None
    }
}

fn push_number(numbers: &mut Vec<u8>, number: u64) {
    let mut left = number;
    while left > 0x7F {
        numbers.push((left & 0x7F) as u8 | 0x80);
        left >>= 7;
    }
    numbers.push(left as u8);
}

/// Things that are kept between calls, and that an input names by a number.
pub trait Kept {
    /// The thing of a number.
    fn kept(&self, number: u64) -> Option<Arc<dyn Any + Send + Sync>>;
}

/// What the engine reads. Nothing is assumed of the bytes: what is no shape is `None`.
#[derive(Clone, Copy)]
pub struct Decoder<'a> {
    numbers: &'a [u8],
    letters: &'a Text,
    /// Where the next text begins.
    at: usize,
    kept: &'a dyn Kept,
}

impl<'a> Decoder<'a> {
    /// Over numbers and letters.
    #[must_use]
    pub const fn new(numbers: &'a [u8], letters: &'a Text, kept: &'a dyn Kept) -> Self {
        Self { numbers, letters, at: 0, kept }
    }

    /// Reads a number. Most are small.
    #[inline]
    pub fn number(&mut self) -> Option<u64> {
        match self.numbers.split_first()? {
            (first, rest) if *first < 0x80 => {
                self.numbers = rest;
                Some(u64::from(*first))
            }
            _ => self.large_number(),
        }
    }

    #[inline(never)]
    fn large_number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        let mut shift = 0_u32;
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return (number <= LARGEST_EXACT).then_some(number);
            }
            shift = shift.checked_add(7)?;
        }
    }

    /// Reads a byte.
    #[inline]
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.numbers.split_first()?;
        self.numbers = rest;
        Some(*first)
    }

    /// Reads whether something holds.
    #[inline]
    pub fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// Reads a number with a fraction.
    pub fn fraction(&mut self) -> Option<f64> {
        let (first, rest) = self.numbers.split_first_chunk::<8>()?;
        self.numbers = rest;
        Some(f64::from_le_bytes(*first))
    }

    /// Reads how many things follow. Each takes a byte at least, so that nobody can announce more than there are.
    pub fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.numbers.len()).then_some(count)
    }

    /// Reads a text.
    #[inline]
    pub fn text(&mut self) -> Option<Text> {
        let length = usize::try_from(self.number()?).ok()?;
        let end = self.at.checked_add(length)?;
        let text = self.letters.try_piece(self.at, end)?;
        self.at = end;
        Some(text)
    }

    /// Something that is kept.
    pub fn kept<T: Any + Send + Sync>(&mut self) -> Option<Arc<T>> {
        let number = self.number()?;
        self.kept.kept(number)?.downcast().ok()
    }

    /// Whether everything was read.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.numbers.is_empty() && self.at == self.letters.as_str().len()
    }
}

/// Whole numbers above this are not exact in JavaScript.
const LARGEST_EXACT: u64 = 9_007_199_254_740_991;

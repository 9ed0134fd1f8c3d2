//! The streams of the boundary, and what is kept between calls.

use std::sync::Arc;

use super::asked::Asked;
use super::operation;
use super::slots::Slots;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Misuse, Shape, Text, Value};

/// Streams that grew larger than this for one call are made anew.
const USUAL: usize = 256 * 1024;

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An answer.
    Answer = 0,
    /// Misuse: its code, the path, and what is wrong.
    Misuse = 1,
    /// What was written is of no shape; the package hands over the values as they are, and hears what is wrong.
    Unreadable = 2,
}

/// What stands between two calls.
#[derive(Default)]
pub(super) struct Engine {
    numbers: Vec<u8>,
    letters: Vec<u8>,
    output: Encoder,
    pub(super) kept: Slots,
    places: [u32; 8],
}

impl Engine {
    /// Makes room for an input. What stands in the streams is written over. Streams that grew unusually large are made
    /// anew where less is wanted: not at the end of the call that needed them, for the package still reads pieces of
    /// its input there.
    pub(super) fn reserve(&mut self, numbers: usize, letters: usize) -> *const u32 {
        for (stream, wanted) in [(&mut self.numbers, numbers), (&mut self.letters, letters)] {
            if wanted < stream.len() && stream.capacity() > USUAL {
                *stream = Vec::new();
            }
            stream.resize(wanted.max(stream.len()), 0);
        }
        self.place()
    }

    fn place(&mut self) -> *const u32 {
        let (numbers, letters) = self.output.written();
        let streams = [self.numbers.as_slice(), self.letters.as_slice(), numbers, letters];
        for (place, stream) in self.places.chunks_exact_mut(2).zip(streams) {
            // An address in WebAssembly has 32 bits.
            let at = u32::try_from(stream.as_ptr().addr()).unwrap_or(0);
            let length = u32::try_from(stream.len()).unwrap_or(0);
            place.copy_from_slice(&[at, length]);
        }
        self.places.as_ptr()
    }

    /// Calls an operation on what was written.
    pub(super) fn call(&mut self, operation: u32, kept: u32, numbers: usize, letters: usize, typed: bool) -> Outcome {
        let outcome = self.answer(operation, kept, numbers, letters, typed);
        self.place();
        outcome
    }

    fn answer(&mut self, operation: u32, kept: u32, numbers: usize, letters: usize, typed: bool) -> Outcome {
        self.output.rest(USUAL);
        let text = self.letters.get(..letters).and_then(|letters| std::str::from_utf8(letters).ok());
        let Some(letters) = text.map(|letters| Text::shared(Arc::from(letters))) else { return Outcome::Unreadable };
        let Some(numbers) = self.numbers.get(..numbers) else { return Outcome::Unreadable };
        self.output.start(letters.clone());
        let decoder = Decoder::new(numbers, &letters, &self.kept);
        let asked = Asked { input: decoder, typed, slots: &self.kept, kept };
        match operation::run(operation, asked, &mut self.output) {
            None => Outcome::Unreadable,
            Some(Ok(())) => Outcome::Answer,
            Some(Err(misuse)) => {
                write(&misuse, &mut self.output);
                Outcome::Misuse
            }
        }
    }

    pub(super) fn release(&mut self, kept: u32) {
        self.kept.release(kept);
    }
}

fn write(misuse: &Misuse, output: &mut Encoder) {
    output.start(Text::EMPTY);
    let [code, path, message] = [misuse.code().name(), misuse.path(), &misuse.to_string()].map(Value::from);
    Value::object([("code", code), ("path", path), ("message", message)]).encode(output);
}

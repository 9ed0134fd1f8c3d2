//! The situation that was decided, as a text that a decision carries with it.
//!
//! It has no personal data: every value is one of a few, and no text of the request is among them. So it may stand in a
//! log, and why a request was decided as it was can be asked later of the policy and this text alone.

use crate::decide::fact::{Fact, FactList, Situation, WORDS};
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description, Wire};
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Shape, Value};

/// A situation of one of the engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PackedSituation {
    list: FactList,
    words: [u64; WORDS],
}

/// How many letters each word takes: six bits to a letter.
const LETTERS_OF_A_WORD: usize = 11;

/// How many letters the digest of the list takes.
const LETTERS_OF_A_LIST: usize = 4;

/// How many letters it has.
const LENGTH: usize = 1 + LETTERS_OF_A_LIST + WORDS * LETTERS_OF_A_WORD;

/// RFC 4648, section 5, in which every letter may stand in an address and in a file name.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl<F: Fact> From<Situation<F>> for PackedSituation {
    fn from(situation: Situation<F>) -> Self {
        Self { list: F::LIST, words: situation.words() }
    }
}

impl PackedSituation {
    /// The situation of an engine; none where it is another engine's, or was written when the engine had other facts.
    #[must_use]
    pub fn of<F: Fact>(&self) -> Option<Situation<F>> {
        (self.list == F::LIST).then(|| Situation::unpacked(self.words)).flatten()
    }

    /// Whether it is one of an engine's, of whichever version.
    #[must_use]
    pub const fn is_of<F: Fact>(&self) -> bool {
        self.list.letter == F::LIST.letter
    }

    /// Reads what was written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (letter, rest) = text.as_bytes().split_first()?;
        let (list, words) = rest.split_at_checked(LETTERS_OF_A_LIST)?;
        let digest = u32::try_from(number(list)?).ok()?;
        let mut places = words.chunks(LETTERS_OF_A_WORD);
        let mut read = [0; WORDS];
        for word in &mut read {
            *word = number(places.next()?)?;
        }
        let parsed = Self { list: FactList { letter: *letter, digest }, words: read };
        // What is written in one way only is compared as a text.
        (parsed.letters().as_slice() == text.as_bytes()).then_some(parsed)
    }

    fn letters(&self) -> [u8; LENGTH] {
        let mut letters = [self.list.letter; LENGTH];
        let digits = letters.iter_mut().skip(1);
        let list = (u64::from(self.list.digest), LETTERS_OF_A_LIST);
        let words = self.words.iter().map(|word| (*word, LETTERS_OF_A_WORD));
        let each = std::iter::once(list).chain(words).flat_map(|(number, length)| {
            std::iter::successors(Some(number), |left| Some(left >> 6)).take(length).map(|left| left & 63)
        });
        for (letter, digit) in digits.zip(each) {
            *letter = usize::try_from(digit).ok().and_then(|digit| ALPHABET.get(digit)).copied().unwrap_or(b'-');
        }
        letters
    }
}

/// A number of such letters, the lowest six bits first.
fn number(letters: &[u8]) -> Option<u64> {
    letters.iter().rev().try_fold(0_u64, |number, letter| {
        let digit = ALPHABET.iter().position(|known| known == letter)?;
        Some(number.checked_mul(64)? | u64::try_from(digit).ok()?)
    })
}

impl Shape for PackedSituation {
    const LAYOUT: Layout = Layout::Text;

    fn write(&self) -> Value {
        Value::from(std::str::from_utf8(&self.letters()).unwrap_or_default())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        from.text().and_then(|text| Self::parse(&text))
    }

    fn encode(&self, to: &mut Encoder) {
        to.letters(std::iter::once(std::str::from_utf8(&self.letters()).unwrap_or_default()));
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Declared(Declared {
            name: "Situation",
            wire: Wire::Text,
            example: r#""aAbC_AAAAAAAAAAABAAAAAAAAAB""#,
        })
    }
}

written_by_serde!(PackedSituation);

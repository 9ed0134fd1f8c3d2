//! Text that is cheap to keep.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use super::sentence::Sentence;

/// A piece of a text that several share: a copy of it copies no letter. A call's input is one text, and whatever is
/// kept of it (a parameter, a scope, a member of a record) is a piece of that one.
#[derive(Clone)]
pub struct Text {
    whole: Whole,
    /// Where it begins and ends in the whole, in bytes.
    start: u32,
    end: u32,
}

#[derive(Clone)]
enum Whole {
    Fixed(&'static str),
    Sentence(Sentence),
    Shared(Arc<str>),
}

impl Text {
    /// No letter.
    pub const EMPTY: Self = Self { whole: Whole::Fixed(""), start: 0, end: 0 };

    /// A text of the program itself.
    #[must_use]
    pub const fn fixed(text: &'static str) -> Self {
        Self { whole: Whole::Fixed(text), start: 0, end: length(text) }
    }

    /// A text that others share.
    #[must_use]
    pub fn shared(text: Arc<str>) -> Self {
        let end = length(&text);
        Self { whole: Whole::Shared(text), start: 0, end }
    }

    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.whole.text().get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// The letters as bytes, which are compared faster: nobody asks where a letter begins.
    fn bytes(&self) -> &[u8] {
        self.whole.text().as_bytes().get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// How many bytes it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether it has no letter.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it has these bytes. Most texts that differ have another length, which is known without a look at the
    /// letters, and without a call.
    #[inline(always)]
    fn is(&self, bytes: &[u8]) -> bool {
        self.len() == bytes.len() && self.has(bytes)
    }

    #[inline(never)]
    fn has(&self, bytes: &[u8]) -> bool {
        self.bytes() == bytes
    }

    /// A piece of it, from one byte to another; nothing where there is no such piece.
    #[must_use]
    pub fn piece(&self, start: usize, end: usize) -> Self {
        self.try_piece(start, end).unwrap_or_default()
    }

    /// The pieces between the places where a letter stands.
    pub fn split(&self, at: char) -> impl Iterator<Item = Self> {
        self.as_str().split(at).scan(0_usize, move |start, piece| {
            let end = start.saturating_add(piece.len());
            let found = self.piece(*start, end);
            *start = end.saturating_add(at.len_utf8());
            Some(found)
        })
    }

    /// The piece from one byte to another, if there is one.
    #[must_use]
    pub fn try_piece(&self, start: usize, end: usize) -> Option<Self> {
        let piece = self.between(start, end)?;
        self.whole.text().get(piece.start as usize..piece.end as usize)?;
        Some(piece)
    }

    /// The piece between two places where a letter begins, as behind a byte that is a letter. Of other places nothing
    /// can be read.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Self {
        self.between(start, end).unwrap_or_default()
    }

    fn between(&self, start: usize, end: usize) -> Option<Self> {
        let place = |at: usize| u32::try_from(at).ok().and_then(|at| self.start.checked_add(at));
        let (start, end) = (place(start)?, place(end)?);
        (start <= end && end <= self.end).then(|| Self { whole: self.whole.clone(), start, end })
    }

    /// The number of the sentence that it is.
    #[must_use]
    pub const fn sentence(&self) -> Option<u16> {
        match &self.whole {
            Whole::Sentence(sentence) => Some(sentence.number()),
            Whole::Fixed(_) | Whole::Shared(_) => None,
        }
    }

    /// Where it begins in another text, if it is a piece of that very text and not of another with the same letters.
    #[must_use]
    pub fn place_in(&self, other: &Self) -> Option<u32> {
        match (&self.whole, &other.whole) {
            (Whole::Shared(own), Whole::Shared(whole))
                if Arc::ptr_eq(own, whole) && self.start >= other.start && self.end <= other.end =>
            {
                self.start.checked_sub(other.start)
            }
            _ => None,
        }
    }
}

impl Whole {
    fn text(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Sentence(sentence) => sentence.text(),
            Self::Shared(text) => text,
        }
    }
}

/// No text that is read is anywhere near four gigabytes: memory in WebAssembly ends there. A longer one is cut off.
#[expect(clippy::cast_possible_truncation, reason = "the length was just found to be small enough")]
const fn length(text: &str) -> u32 {
    if text.len() > u32::MAX as usize { u32::MAX } else { text.len() as u32 }
}

impl Default for Text {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl std::borrow::Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl From<Sentence> for Text {
    fn from(sentence: Sentence) -> Self {
        Self { whole: Whole::Sentence(sentence), start: 0, end: length(sentence.text()) }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::shared(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::shared(text.into())
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(text: Cow<'_, str>) -> Self {
        Self::from(&*text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl PartialEq for Text {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.has(other.bytes())
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    #[inline(always)]
    fn eq(&self, other: &str) -> bool {
        self.is(other.as_bytes())
    }
}

impl PartialEq<&str> for Text {
    #[inline(always)]
    fn eq(&self, other: &&str) -> bool {
        self.is(other.as_bytes())
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.is(other.as_bytes())
    }
}

impl PartialEq<Text> for str {
    fn eq(&self, other: &Text) -> bool {
        other.is(self.as_bytes())
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        other.is(self.as_bytes())
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn a_piece_is_told_from_an_equal_text() {
        let whole = Text::from("openid email");
        let piece = whole.piece(7, 12);
        assert_eq!(piece, "email");
        assert_eq!(piece.place_in(&whole), Some(7));
        assert_eq!(piece.piece(0, 2).place_in(&piece), Some(0));
        assert_eq!(whole.place_in(&piece), None, "the whole is no piece of its piece");
        assert_eq!(Text::from("email").place_in(&whole), None);
    }

    #[test]
    fn a_piece_never_cuts_a_letter() {
        let whole = Text::from("日本");
        assert_eq!(whole.piece(0, 3), "日");
        assert_eq!(whole.piece(1, 3), "");
        assert_eq!(whole.piece(3, 99), "");
    }

    #[test]
    fn pieces_between_spaces() {
        let pieces: Vec<Text> = Text::from(" a  b").split(' ').collect();
        assert_eq!(pieces, ["", "a", "", "b"]);
    }
}

//! Scopes as sets.

use std::sync::Arc;

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Shape, Text, Value, places_in_order};

/// A set of scopes that keeps the order in which they were written, for display.
///
/// RFC 6749, section 3.3: space-delimited, case-sensitive, the order has no meaning.
#[derive(Clone, Debug, Default)]
pub struct Scopes {
    /// Shared by all that hold the same set; none where it is empty.
    set: Option<Arc<Set>>,
}

#[derive(Debug)]
struct Set {
    scopes: Vec<Text>,
    /// How it was written, where that says just these scopes.
    written: Option<Text>,
    /// Of a long set: the places of the scopes in the order of the alphabet, so that one is found without looking at
    /// all. A short one is looked through.
    sorted: Vec<usize>,
}

/// A longer set is searched by the alphabet.
const SHORT: usize = 16;

/// The scope that makes a request an OpenID Connect request (Core 1.0, section 3.1.2.1).
pub const OPENID: &str = "openid";
/// The scope that asks for offline access (Core 1.0, section 11).
pub const OFFLINE_ACCESS: &str = "offline_access";
/// The scope that asks for access while the user is online ("Online Access Refresh Tokens"; SMART App Launch).
pub const ONLINE_ACCESS: &str = "online_access";
/// Salesforce's name for offline access.
pub const REFRESH_TOKEN: &str = "refresh_token";

impl Scopes {
    /// Parses a space-delimited list.
    #[must_use]
    pub fn parse(text: &Text) -> Self {
        let mut scopes = Different::default();
        let mut start = 0_usize;
        let mut letters = 0_usize;
        for scope in text.as_bytes().split(|byte| *byte == b' ') {
            let end = start.saturating_add(scope.len());
            if start < end && scopes.add(text, start, end) {
                letters = letters.saturating_add(scope.len());
            }
            start = end.saturating_add(1);
        }
        let scopes = scopes.list();
        let length = letters.saturating_add(scopes.len().saturating_sub(1));
        Self::of(scopes, (length == text.len()).then(|| text.clone()))
    }

    /// Whether every scope consists of the characters that RFC 6749, section 3.3, allows.
    #[must_use]
    pub fn well_formed(&self) -> bool {
        self.iter().all(|scope| scope.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E)))
    }

    /// Whether a scope is in the set.
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        self.position(scope).is_some()
    }

    /// Adds a scope.
    pub fn insert(&mut self, scope: &Text) {
        if !self.contains(scope) {
            *self = Self::of(self.iter().chain([scope]).cloned().collect(), None);
        }
    }

    /// The place of a scope in [`Scopes::as_slice`].
    #[must_use]
    pub fn position(&self, scope: &str) -> Option<usize> {
        self.set.as_ref().and_then(|set| set.position(scope))
    }

    /// Of scopes that differ from each other.
    #[must_use]
    pub fn of_different(scopes: Vec<Text>) -> Self {
        Self::of(scopes, None)
    }

    fn of(scopes: Vec<Text>, written: Option<Text>) -> Self {
        if scopes.is_empty() {
            return Self { set: None };
        }
        let sorted = if scopes.len() > SHORT { places_by_alphabet(&scopes) } else { Vec::new() };
        Self { set: Some(Arc::new(Set { scopes, written, sorted })) }
    }

    /// The scopes, in the order in which they were written.
    #[must_use]
    pub fn as_slice(&self) -> &[Text] {
        self.set.as_ref().map_or(&[], |set| &set.scopes)
    }

    /// The scopes, in the order in which they were written.
    pub fn iter(&self) -> std::slice::Iter<'_, Text> {
        self.as_slice().iter()
    }

    /// Those that satisfy a condition.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&str) -> bool) -> Self {
        let Some(first) = self.iter().position(|scope| !keep(scope)) else { return self.clone() };
        let (before, after) = self.as_slice().split_at_checked(first).unwrap_or_default();
        let later = after.iter().skip(1).filter(|scope| keep(scope));
        Self::of(before.iter().chain(later).cloned().collect(), None)
    }

    /// Whether a scope satisfies a condition.
    #[must_use]
    pub fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        self.iter().any(|scope| is(scope))
    }

    /// This set and another.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let more: Vec<Text> = other.iter().filter(|scope| !self.contains(scope)).cloned().collect();
        match (self.is_empty(), more.is_empty()) {
            (_, true) => self.clone(),
            (true, false) => other.clone(),
            (false, false) => Self::of(self.iter().cloned().chain(more).collect(), None),
        }
    }

    /// Whether every scope of this set is in the other.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|scope| other.contains(scope))
    }

    /// Whether both hold the same scopes.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        match (&self.set, &other.set) {
            (Some(one), Some(other)) if Arc::ptr_eq(one, other) => true,
            _ => self.len() == other.len() && self.is_subset(other),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.set.is_none()
    }

    /// Space-delimited, as on the wire.
    #[must_use]
    pub fn text(&self) -> Text {
        match (self.set.as_ref().and_then(|set| set.written.as_ref()), self.as_slice()) {
            (Some(written), _) => written.clone(),
            (None, []) => Text::EMPTY,
            (None, [only]) => only.clone(),
            (None, scopes) => Text::from(scopes.iter().map(Text::as_str).collect::<Vec<_>>().join(" ")),
        }
    }

    /// As a list.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Text> {
        self.as_slice().to_vec()
    }
}

impl Set {
    fn position(&self, scope: &str) -> Option<usize> {
        if self.scopes.len() <= SHORT {
            return self.scopes.iter().position(|known| known == scope);
        }
        let place = self.sorted.binary_search_by(|place| self.at(*place).cmp(scope)).ok()?;
        self.sorted.get(place).copied()
    }

    fn at(&self, place: usize) -> &str {
        self.scopes.get(place).map(Text::as_str).unwrap_or_default()
    }
}

/// Scopes on the way to a set. Of a short list each is compared with those before it, of a long one at the end.
struct Different {
    scopes: Vec<Text>,
}

/// Few requests ask for more scopes than this, so that room is made once.
const USUAL: usize = 8;

impl Default for Different {
    fn default() -> Self {
        Self { scopes: Vec::with_capacity(USUAL) }
    }
}

impl Different {
    /// Adds a piece of a text; false where the scope is known to be there already.
    fn add(&mut self, text: &Text, start: usize, end: usize) -> bool {
        let scope = text.as_str().get(start..end).unwrap_or_default();
        let is_new = self.may_be_new(scope);
        if is_new {
            self.scopes.push(text.part(start, end));
        }
        is_new
    }

    fn may_be_new(&self, scope: &str) -> bool {
        self.scopes.len() > SHORT || !self.scopes.iter().any(|known| known == scope)
    }

    fn list(self) -> Vec<Text> {
        if self.scopes.len() <= SHORT {
            return self.scopes;
        }
        // A scope that stands there twice stands where it was written first: sorting keeps equal ones in their order.
        let text = |place: usize| self.scopes.get(place);
        let mut again = vec![false; self.scopes.len()];
        for same in places_by_alphabet(&self.scopes).chunk_by(|one, other| text(*one) == text(*other)) {
            for place in same.iter().skip(1) {
                if let Some(again) = again.get_mut(*place) {
                    *again = true;
                }
            }
        }
        if !again.contains(&true) {
            return self.scopes;
        }
        self.scopes.into_iter().zip(again).filter(|(_, again)| !again).map(|(scope, _)| scope).collect()
    }
}

fn places_by_alphabet(scopes: &[Text]) -> Vec<usize> {
    places_in_order(scopes.len(), &|one, other| scopes.get(one).cmp(&scopes.get(other)))
}

/// The same scopes in the same order.
impl PartialEq for Scopes {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for Scopes {}

impl FromIterator<Text> for Scopes {
    fn from_iter<I: IntoIterator<Item = Text>>(scopes: I) -> Self {
        let mut different = Different::default();
        for scope in scopes {
            if different.may_be_new(&scope) {
                different.scopes.push(scope);
            }
        }
        Self::of(different.list(), None)
    }
}

impl<'a> FromIterator<&'a str> for Scopes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(scopes: I) -> Self {
        scopes.into_iter().map(Text::from).collect()
    }
}

impl<'a> FromIterator<&'a Text> for Scopes {
    fn from_iter<I: IntoIterator<Item = &'a Text>>(scopes: I) -> Self {
        scopes.into_iter().cloned().collect()
    }
}

/// Space-delimited, as on the wire.
impl Shape for Scopes {
    const LAYOUT: Layout = Layout::Text;

    fn write(&self) -> Value {
        Value::Text(self.text())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        from.text().map(|text| Self::parse(&text))
    }

    fn encode(&self, to: &mut Encoder) {
        to.text(&self.text());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Scopes
    }
}

/// Scopes as a list of texts.
#[derive(Clone, Copy, Debug)]
pub struct Listed;

impl Codec<Scopes> for Listed {
    const LAYOUT: Layout = Layout::List(&Layout::Text);

    fn write(value: &Scopes) -> Value {
        Value::List(value.iter().map(Text::write).collect())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Scopes> {
        Vec::decode(from).map(Scopes::of_different)
    }

    fn encode(value: &Scopes, to: &mut Encoder) {
        to.number(value.len() as u64);
        value.iter().for_each(|scope| to.text(scope));
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::List(Box::new(Description::Text))
    }
}

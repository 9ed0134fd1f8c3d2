//! Scopes as sets.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Misuse, Node, Shape, Text, Value};

/// A set of scopes that keeps the order in which they were written, for display.
///
/// RFC 6749, section 3.3: space-delimited, case-sensitive, the order has no meaning.
#[derive(Clone, Debug, Default)]
pub struct Scopes {
    scopes: Vec<Text>,
    /// How it was written, where that says just these scopes.
    written: Option<Text>,
    /// Of a long set: the places of the scopes in the order of the alphabet, so that one is found without looking at
    /// all. A short one is looked through.
    sorted: Vec<u32>,
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
        let mut set: Self = text.split(' ').filter(|scope| !scope.is_empty()).collect();
        let spaces = set.scopes.len().saturating_sub(1);
        let letters: usize = set.scopes.iter().map(|scope| scope.len()).sum();
        set.written = (letters.saturating_add(spaces) == text.len()).then(|| text.clone());
        set
    }

    /// Whether every scope consists of the characters that RFC 6749, section 3.3, allows.
    #[must_use]
    pub fn well_formed(&self) -> bool {
        self.scopes.iter().all(|scope| scope.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E)))
    }

    /// Whether a scope is in the set.
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        if self.scopes.len() <= SHORT {
            return self.scopes.iter().any(|known| known == scope);
        }
        self.sorted.binary_search_by(|place| self.at(*place).cmp(scope)).is_ok()
    }

    fn at(&self, place: u32) -> &str {
        self.scopes.get(place as usize).map(Text::as_str).unwrap_or_default()
    }

    /// Adds a scope.
    pub fn insert(&mut self, scope: &Text) {
        if !self.contains(scope) {
            self.scopes.push(scope.clone());
            self.written = None;
            self.sort();
        }
    }

    /// Of scopes that differ from each other.
    fn of_different(scopes: Vec<Text>) -> Self {
        let mut set = Self { scopes, written: None, sorted: Vec::new() };
        set.sort();
        set
    }

    fn sort(&mut self) {
        if self.scopes.len() > SHORT {
            self.sorted = places_by_alphabet(&self.scopes);
        }
    }

    /// The scopes, in the order in which they were written.
    pub fn iter(&self) -> impl Iterator<Item = &Text> {
        self.scopes.iter()
    }

    /// Those that satisfy a condition.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&str) -> bool) -> Self {
        let kept: Vec<Text> = self.iter().filter(|scope| keep(scope)).cloned().collect();
        if kept.len() == self.len() { self.clone() } else { Self::of_different(kept) }
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
            (false, false) => Self::of_different(self.iter().cloned().chain(more).collect()),
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
        self.len() == other.len() && self.is_subset(other)
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.scopes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// Space-delimited, as on the wire.
    #[must_use]
    pub fn text(&self) -> Text {
        match (&self.written, self.scopes.as_slice()) {
            (Some(written), _) => written.clone(),
            (None, []) => Text::EMPTY,
            (None, [only]) => only.clone(),
            (None, scopes) => Text::from(scopes.iter().map(Text::as_str).collect::<Vec<_>>().join(" ")),
        }
    }

    /// As a list.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Text> {
        self.scopes.clone()
    }
}

fn places_by_alphabet(scopes: &[Text]) -> Vec<u32> {
    let mut places: Vec<(u32, &Text)> = (0..).zip(scopes).collect();
    places.sort_by(|(_, one), (_, other)| one.cmp(other));
    places.into_iter().map(|(place, _)| place).collect()
}

/// The same scopes in the same order.
impl PartialEq for Scopes {
    fn eq(&self, other: &Self) -> bool {
        self.scopes == other.scopes
    }
}

impl Eq for Scopes {}

impl FromIterator<Text> for Scopes {
    fn from_iter<I: IntoIterator<Item = Text>>(scopes: I) -> Self {
        let mut all: Vec<Text> = Vec::new();
        for scope in scopes {
            if all.len() > SHORT || !all.contains(&scope) {
                all.push(scope);
            }
        }
        if all.len() <= SHORT {
            return Self { scopes: all, written: None, sorted: Vec::new() };
        }
        // A scope that stands there twice stands where it was written first: sorting keeps equal ones in their order.
        let mut places = places_by_alphabet(&all);
        let text = |place: &u32| all.get(*place as usize);
        places.dedup_by(|second, first| text(second) == text(first));
        places.sort_unstable();
        let different = places.iter().filter_map(text).cloned().collect();
        Self::of_different(different)
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
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        node.text().map(Self::parse)
    }

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

//! Scopes as sets.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::{Misuse, Node, Shape, Value};

/// A set of scopes that keeps the order in which they were written, for display.
///
/// RFC 6749, section 3.3: space-delimited, case-sensitive, the order has no meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes {
    scopes: Vec<String>,
}

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
    pub fn parse(text: &str) -> Self {
        text.split(' ').filter(|scope| !scope.is_empty()).collect()
    }

    /// Whether every scope consists of the characters that RFC 6749, section 3.3, allows.
    #[must_use]
    pub fn well_formed(&self) -> bool {
        self.scopes.iter().all(|scope| scope.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E)))
    }

    /// Whether a scope is in the set.
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        self.scopes.iter().any(|known| known == scope)
    }

    /// Adds a scope.
    pub fn insert(&mut self, scope: &str) {
        if !self.contains(scope) {
            self.scopes.push(scope.to_owned());
        }
    }

    /// The scopes, in the order in which they were written.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(String::as_str)
    }

    /// Those that satisfy a condition.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&str) -> bool) -> Self {
        self.iter().filter(|scope| keep(scope)).collect()
    }

    /// This set and another.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    /// Whether every scope of this set is in the other.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|scope| other.contains(scope))
    }

    /// Whether both hold the same scopes.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        self.is_subset(other) && other.is_subset(self)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scopes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// Space-delimited, as on the wire.
    #[must_use]
    pub fn text(&self) -> String {
        self.scopes.join(" ")
    }

    /// As a list.
    #[must_use]
    pub fn to_vec(&self) -> Vec<String> {
        self.scopes.clone()
    }
}

impl<'a> FromIterator<&'a str> for Scopes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(scopes: I) -> Self {
        let mut set = Self::default();
        for scope in scopes {
            set.insert(scope);
        }
        set
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

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Scopes
    }
}

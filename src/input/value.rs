//! A value as a caller hands it over.

use serde::{Serialize, Serializer};

use super::text::Text;

/// Data without behaviour, as JSON has it, and what JavaScript has beyond that.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null` or `undefined`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(Text),
    /// A list.
    List(Vec<Value>),
    /// An object's own enumerable members, in their order.
    Members(Vec<(Text, Value)>),
    /// Something that is no data.
    Broken(Broken),
}

/// Why a JavaScript value is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A string that holds a lone surrogate.
    LoneSurrogate,
    /// A getter or a proxy threw.
    Unreadable,
    /// A member that the object inherits instead of owning it.
    Inherited,
    /// A function, a symbol, a bigint or an instance of a class.
    NotData,
    /// Nested deeper than any input is, or a list that is too long.
    TooDeep,
    /// An instance of a class, whose members may be inherited.
    Instance,
}

impl Broken {
    /// Every one, in the order of their numbers on the boundary.
    pub const ALL: [Self; 6] =
        [Self::LoneSurrogate, Self::Unreadable, Self::Inherited, Self::NotData, Self::TooDeep, Self::Instance];
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Broken(_) => serializer.serialize_none(),
            Self::Boolean(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => match whole(*number) {
                Some(whole) => serializer.serialize_u64(whole),
                None => serializer.serialize_f64(*number),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Members(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name.as_str(), value)))
            }
        }
    }
}

/// Whole numbers above this are not exact in JavaScript.
const LARGEST_EXACT: f64 = 9_007_199_254_740_991.0;

/// A number that is whole, not negative and exact.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number was just found to be whole, not negative and exact"
)]
pub(super) fn whole(number: f64) -> Option<u64> {
    (number.fract() == 0.0 && (0.0..=LARGEST_EXACT).contains(&number)).then_some(number as u64)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl Value {
    /// An object with these members.
    #[must_use]
    pub fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Members(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// A whole number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "seconds and counts are exact in a double")]
    pub const fn whole(number: u64) -> Self {
        Self::Number(number as f64)
    }

    /// A member of an object.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Members(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a member of an object.
    #[must_use]
    pub fn text_of(&self, name: &str) -> Option<&str> {
        match self.member(name) {
            Some(Self::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Gives an object's member another value.
    pub fn set(&mut self, name: &str, value: Self) {
        if let Self::Members(members) = self {
            match members.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => *known = value,
                None => members.push((name.into(), value)),
            }
        }
    }

    /// The kind of value, for messages.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Members(_) => "an object",
            Self::Broken(Broken::Instance) => "an instance of a class",
            Self::Broken(_) => "no plain data",
        }
    }
}

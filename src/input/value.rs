//! A value as a caller hands it over.

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
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// An object's own enumerable members, in their order.
    Members(Vec<(String, Value)>),
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
    /// Nested deeper than any input is.
    TooDeep,
}

impl Value {
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
            Self::Broken(_) => "no plain data",
        }
    }
}

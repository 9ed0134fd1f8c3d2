//! What a shape looks like, as data: the JSON Schema and the type test of the declarations are made from it.

/// A shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Description {
    /// A string.
    Text,
    /// A string that is put together of several.
    Composed,
    /// A string that is not empty.
    Identifier,
    /// Space-delimited scopes, as on the wire (RFC 6749, section 3.3).
    Scopes,
    /// `true` or `false`.
    Flag,
    /// Seconds since the epoch.
    Time,
    /// Seconds.
    Duration,
    /// A whole number.
    Count {
        /// The smallest.
        least: u64,
    },
    /// The number 1.
    One,
    /// One of these numbers.
    Numbers(Vec<u64>),
    /// A list.
    List(Box<Description>),
    /// One of a closed set of words.
    Words(Words),
    /// An object with a closed set of keys.
    Object(Object),
    /// One of several objects, told apart by constants.
    Union(Union),
    /// An object with any keys, whose values are strings.
    Dictionary,
    /// One of the values in a table of the package: the engine knows its number, and callers see what stands there.
    Shared(&'static str, Box<Description>),
    /// A shape that TypeScript declares by hand.
    Declared(Declared),
    /// Anything.
    Anything,
}

/// A closed set of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The name in TypeScript, where it has one.
    pub name: &'static str,
    /// What the words are about.
    pub documentation: String,
    /// Each word with its meaning.
    pub words: Vec<(&'static str, String)>,
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The name in TypeScript.
    pub name: &'static str,
    /// What it is.
    pub documentation: String,
    /// The members, in their order.
    pub members: Vec<Member>,
    /// Members that may stand beside them and are not read.
    pub beside: Vec<&'static str>,
    /// Any other members may stand beside them, too.
    pub open: bool,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name on the wire.
    pub name: &'static str,
    /// What it is.
    pub documentation: String,
    /// When it is there.
    pub presence: Presence,
    /// Whether it is said on the boundary that it is there.
    pub flagged: bool,
    /// What it holds.
    pub shape: Description,
}

/// When a member is there. Whatever may be absent may also be null when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always, and never null.
    Needed,
    /// Always when it is written; null where there is nothing.
    Nullable,
    /// Left out where there is nothing.
    Optional,
    /// Either of the two.
    OptionalOrNull,
    /// The server adds it to what the engine wrote; from then on always.
    Assigned,
    /// There is a default.
    Defaulted,
    /// There is a default, and the engine does not write it.
    Silent,
}

/// One of several objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Union {
    /// The name in TypeScript.
    pub name: &'static str,
    /// What it is.
    pub documentation: String,
    /// The member that tells them apart.
    pub tag: &'static str,
    /// The objects, in their order.
    pub variants: Vec<Variant>,
}

/// One object of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// What it is.
    pub documentation: String,
    /// Members with one value: first the tag.
    pub constants: Vec<(&'static str, &'static str)>,
    /// The other members, in their order.
    pub members: Vec<Member>,
}

/// A shape that TypeScript declares by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The name in TypeScript.
    pub name: &'static str,
    /// A value that is read, as JSON.
    pub example: &'static str,
    /// How it crosses the boundary.
    pub wire: Wire,
}

/// How a shape that TypeScript declares by hand crosses the boundary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Letters.
    Text,
    /// Names and values of a request, or the query that says them.
    Request,
    /// Something that may be kept between calls, and else is this object.
    Kept(Box<Description>),
    /// A number in a table of the package.
    Table(&'static str),
}

/// A doc comment as one paragraph.
#[must_use]
pub fn paragraph(lines: &str) -> String {
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Description {
    /// Every object, union and set of words in this shape, itself first.
    #[must_use]
    pub fn parts(&self) -> Vec<Self> {
        let mut parts = vec![self.clone()];
        let members: Vec<&Member> = match self {
            Self::List(item) | Self::Shared(_, item) => {
                parts.extend(item.parts());
                Vec::new()
            }
            Self::Object(object) => object.members.iter().collect(),
            Self::Union(union) => union.variants.iter().flat_map(|variant| &variant.members).collect(),
            _ => Vec::new(),
        };
        parts.extend(members.into_iter().flat_map(|member| member.shape.parts()));
        parts.retain(|part| matches!(part, Self::Object(_) | Self::Union(_) | Self::Words(_) | Self::Declared(_)));
        parts
    }
}

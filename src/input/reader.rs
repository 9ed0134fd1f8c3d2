//! Typed reading of a [`Value`], with the path of what is wrong.

use super::misuse::{Misuse, MisuseCode};
use super::text::Text;
use super::value::{Broken, Value, whole};

/// A value and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    value: &'a Value,
    path: Path<'a>,
}

/// An object's members, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Members<'a> {
    members: &'a [(Text, Value)],
    path: Path<'a>,
}

/// A place in the arguments: a root and the last steps from it, so that nothing is allocated unless something is wrong.
#[derive(Clone, Copy, Debug)]
struct Path<'a> {
    root: &'a str,
    steps: [Option<Segment<'a>>; DEEPEST],
}

/// No argument that is read is nested deeper than `answers[0].shown.scopes[0].scope`.
const DEEPEST: usize = 6;

#[derive(Clone, Copy, Debug)]
enum Segment<'a> {
    Member(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    const fn of(root: &'a str) -> Self {
        Self { root, steps: [None; DEEPEST] }
    }

    fn then(mut self, segment: Segment<'a>) -> Self {
        if let Some(free) = self.steps.iter_mut().find(|step| step.is_none()) {
            *free = Some(segment);
        }
        self
    }

    fn member(self, name: &'a str) -> Self {
        if self.root.is_empty() { Self::of(name) } else { self.then(Segment::Member(name)) }
    }

    fn item(self, index: usize) -> Self {
        self.then(Segment::Item(index))
    }

    fn text(self) -> String {
        self.steps.into_iter().flatten().fold(self.root.to_owned(), |path, step| match step {
            Segment::Member(name) => format!("{path}.{name}"),
            Segment::Item(index) => format!("{path}[{index}]"),
        })
    }
}

fn is_inherited(value: &Value) -> bool {
    *value == Value::Broken(Broken::Inherited)
}

/// A place in the arguments, for checks of what was read already.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a>(Path<'a>);

impl<'a> Place<'a> {
    /// An argument, or a member of the input of a call.
    #[must_use]
    pub const fn of(name: &'a str) -> Self {
        Self(Path::of(name))
    }

    /// A member of what stands here.
    #[must_use]
    pub fn member(self, name: &'a str) -> Self {
        Self(self.0.member(name))
    }

    /// An item of the list that stands here.
    #[must_use]
    pub fn item(self, index: usize) -> Self {
        Self(self.0.item(index))
    }

    /// Misuse at this place.
    #[must_use]
    pub fn misuse(self, code: MisuseCode, problem: &str) -> Misuse {
        Misuse::new(code, self.0.text(), problem)
    }
}

/// What is wanted where an object is.
const OBJECT: &str = "an object";

/// The members of a closed object: any other key is misuse.
///
/// # Errors
/// When the value is no object, or has a key that is not listed.
pub fn closed<'a>(node: Node<'a>, keys: &[&'static str]) -> Result<Members<'a>, Misuse> {
    let members = node.members()?;
    members.closed(|name| keys.contains(&name), || keys.to_vec())?;
    Ok(members)
}

impl<'a> Node<'a> {
    /// An argument.
    #[must_use]
    pub const fn root(value: &'a Value, name: &'a str) -> Self {
        Self { value, path: Path::of(name) }
    }

    /// Where it stands.
    #[must_use]
    pub const fn place(self) -> Place<'a> {
        Place(self.path)
    }

    /// Another value at this place.
    #[must_use]
    pub const fn with(self, value: &'a Value) -> Self {
        Self { value, path: self.path }
    }

    /// The value as it is.
    #[must_use]
    pub const fn value(self) -> &'a Value {
        self.value
    }

    /// Whether it is null or undefined.
    #[must_use]
    pub const fn is_null(self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Misuse at this place.
    #[must_use]
    pub fn misuse(self, code: MisuseCode, problem: &str) -> Misuse {
        Misuse::new(code, self.path.text(), problem)
    }

    fn wrong_type(self, wanted: &str) -> Misuse {
        match self.value {
            Value::Broken(Broken::LoneSurrogate) => {
                self.misuse(MisuseCode::MalformedString, "holds a lone surrogate and is no text")
            }
            Value::Broken(Broken::Unreadable) => self.misuse(MisuseCode::Unreadable, "threw when it was read"),
            Value::Broken(Broken::Inherited) => {
                self.misuse(MisuseCode::NotOwnProperty, "is inherited; only own properties are read")
            }
            Value::Broken(Broken::TooDeep) => {
                self.misuse(MisuseCode::TooDeep, "is nested too deeply, or has more than 10000 items")
            }
            Value::Broken(Broken::Instance) if wanted == OBJECT => self.misuse(
                MisuseCode::NotOwnProperty,
                "is an instance of a class, and only own members of a plain object are read: hand over `{ ...it }`",
            ),
            other => self.misuse(MisuseCode::WrongType, &format!("must be {wanted}, and is {}", other.kind())),
        }
    }

    /// A string.
    ///
    /// # Errors
    /// When it is none.
    pub fn text(self) -> Result<&'a Text, Misuse> {
        match self.value {
            Value::Text(text) => Ok(text),
            _ => Err(self.wrong_type("a string")),
        }
    }

    /// A boolean.
    ///
    /// # Errors
    /// When it is none.
    pub fn boolean(self) -> Result<bool, Misuse> {
        match self.value {
            Value::Boolean(flag) => Ok(*flag),
            _ => Err(self.wrong_type("true or false")),
        }
    }

    /// A whole number that is not negative: seconds or a count.
    ///
    /// # Errors
    /// When it is none.
    pub fn whole(self) -> Result<u64, Misuse> {
        match self.value {
            Value::Number(number) => whole(*number).ok_or_else(|| {
                self.misuse(MisuseCode::WrongValue, "must be a whole number, not negative, at most 2^53 - 1")
            }),
            _ => Err(self.wrong_type("a number")),
        }
    }

    /// One of a closed set of words.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn word<T: Copy>(self, words: &[(&str, T)]) -> Result<T, Misuse> {
        let text = self.text()?;
        words.iter().find(|(word, _)| text == *word).map(|(_, value)| *value).ok_or_else(|| {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.no_word(&list)
        })
    }

    /// Misuse: the text is none of a closed set of words.
    #[must_use]
    pub fn no_word(self, words: &[&str]) -> Misuse {
        let mut list: Vec<&str> = words.to_vec();
        list.dedup();
        self.misuse(MisuseCode::WrongValue, &format!("must be one of {}", list.join(", ")))
    }

    /// Whether it is this text.
    #[must_use]
    pub fn is_text(self, text: &str) -> bool {
        matches!(self.value, Value::Text(known) if known == text)
    }

    /// A list.
    ///
    /// # Errors
    /// When it is none.
    pub fn list(self) -> Result<impl ExactSizeIterator<Item = Node<'a>>, Misuse> {
        match self.value {
            Value::List(items) => {
                Ok(items.iter().enumerate().map(move |(index, value)| Node { value, path: self.path.item(index) }))
            }
            _ => Err(self.wrong_type("a list")),
        }
    }

    /// A list of strings.
    ///
    /// # Errors
    /// When it is none.
    pub fn texts(self) -> Result<Vec<&'a Text>, Misuse> {
        self.list()?.map(Node::text).collect()
    }

    /// An object.
    ///
    /// # Errors
    /// When it is none.
    pub fn members(self) -> Result<Members<'a>, Misuse> {
        match self.value {
            Value::Members(members) => Ok(Members { members, path: self.path }),
            _ => Err(self.wrong_type(OBJECT)),
        }
    }
}

impl<'a> Members<'a> {
    /// A member that is there and not null.
    #[must_use]
    pub fn get(self, name: &'a str) -> Option<Node<'a>> {
        self.members
            .iter()
            .find(|(member, _)| member == name)
            .map(|(_, value)| Node { value, path: self.path.member(name) })
            .filter(|node| !node.is_null())
    }

    /// A member that must be there.
    ///
    /// # Errors
    /// When it is missing or null.
    pub fn need(self, name: &'a str) -> Result<Node<'a>, Misuse> {
        self.get(name).ok_or_else(|| Misuse::new(MisuseCode::MissingKey, self.path.member(name).text(), "is missing"))
    }

    /// Finds a key that is not listed; `keys` lists them.
    ///
    /// # Errors
    /// When there is one, or a member that is inherited.
    pub fn closed(self, known: impl Fn(&str) -> bool, keys: impl FnOnce() -> Vec<&'static str>) -> Result<(), Misuse> {
        let place = |name: &'a str| self.path.member(name).text();
        let stranger = self.members.iter().find(|(name, value)| is_inherited(value) || !known(name));
        match stranger {
            None => Ok(()),
            Some((name, value)) if is_inherited(value) => {
                Err(Misuse::new(MisuseCode::NotOwnProperty, place(name), "is inherited; only own properties are read"))
            }
            Some((name, _)) => {
                let problem = format!("is no key here; the keys are {}", keys().join(", "));
                Err(Misuse::new(MisuseCode::UnknownKey, place(name), &problem))
            }
        }
    }

    /// All members.
    pub fn iter(self) -> impl Iterator<Item = (&'a Text, Node<'a>)> {
        self.members.iter().map(move |(name, value)| (name, Node { value, path: self.path.member(name) }))
    }

    /// A member read with a function, when it is there.
    ///
    /// # Errors
    /// Those of the function.
    pub fn optional<T>(
        self,
        name: &'a str,
        read: impl FnOnce(Node<'a>) -> Result<T, Misuse>,
    ) -> Result<Option<T>, Misuse> {
        self.get(name).map(read).transpose()
    }
}

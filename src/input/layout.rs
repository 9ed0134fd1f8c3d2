//! In which order a value crosses the boundary, as data, and the one reader for all shapes: it goes along a layout,
//! says what is wrong with a value and where, and writes it as the package writes one that is as it should be.

use super::misuse::{Misuse, MisuseCode};
use super::reader::{Members, Node};
use super::value::{Broken, Value, whole};
use super::wire::Poured;

/// The last second that is read as a time, in the year 5138. What is larger was meant in milliseconds.
pub const LATEST: u64 = 100_000_000_000;

/// How a value crosses the boundary.
#[derive(Clone, Copy, Debug)]
pub enum Layout {
    /// A text.
    Text,
    /// A text that is not empty.
    Identifier,
    /// `true` or `false`.
    Flag,
    /// Seconds since the epoch.
    Time,
    /// A whole number, at least this one; and what to say of a smaller one.
    Whole(u64, &'static str),
    /// The number 1: the version of a record.
    One,
    /// One of these numbers; and what to say of another.
    Numbers(&'static [u64], &'static str),
    /// One of these words, by its place.
    Words(&'static [&'static str]),
    /// A text that stands in a table, by its number.
    Table(fn(&str) -> Option<u64>, &'static str),
    /// How many, and one after the other.
    List(&'static Layout),
    /// The members, in their order.
    Object(&'static Object),
    /// An object of which one member is read.
    Member(&'static str, &'static Layout),
    /// The place of the object among several, and its members.
    Union(&'static Union),
    /// Names and texts.
    Dictionary,
    /// Headers of HTTP.
    Headers,
    /// A text, or names with texts, each perhaps with several.
    Request,
    /// Something that may be kept between calls.
    Kept(&'static Layout),
    /// Any value.
    Anything,
}

/// An object.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// What is read, in its order.
    pub members: &'static [Member],
    /// What may stand beside it, and is not read.
    pub beside: &'static [&'static str],
    /// Whatever else may stand beside it.
    pub open: bool,
    /// It is not stored yet: the server has assigned nothing.
    pub unassigned: bool,
    /// Members that have to be there although they need not in other such objects.
    pub known: &'static [&'static str],
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether it says that it is there.
    pub flagged: bool,
    /// The server assigns it to what is stored.
    pub assigned: bool,
    /// What it holds.
    pub layout: Layout,
}

/// Objects that are told apart by constants.
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// The member that tells them apart.
    pub tag: &'static str,
    /// The objects, in their order.
    pub variants: &'static [Variant],
}

/// One object of several.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Members with one value: first the tag.
    pub constants: &'static [(&'static str, &'static str)],
    /// The other members, in their order.
    pub members: &'static [Member],
}

impl Object {
    /// The same of what is not stored yet.
    #[must_use]
    pub const fn unassigned(self) -> Self {
        Self { unassigned: true, ..self }
    }

    /// The same with members that have to be there.
    #[must_use]
    pub const fn with_known(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }
}

impl Layout {
    /// Reads a value along this layout.
    ///
    /// # Errors
    /// When the value has another shape.
    pub fn pour(&self, node: Node<'_>, to: &mut Poured) -> Result<(), Misuse> {
        match self {
            Self::Text => to.text(node.text()?),
            Self::Identifier => match node.text()? {
                id if id.is_empty() => return Err(wrong(node, "is empty, and an id is not")),
                id => to.text(id),
            },
            Self::Flag => to.byte(u8::from(node.boolean()?)),
            Self::Time => match node.whole()? {
                seconds if seconds > LATEST => {
                    let problem = "is too far in the future: times are in seconds since the epoch, not in milliseconds";
                    return Err(wrong(node, problem));
                }
                seconds => to.number(seconds),
            },
            Self::Whole(least, problem) => match node.whole()? {
                number if number < *least => return Err(wrong(node, problem)),
                number => to.number(number),
            },
            Self::One => match node.whole()? {
                1 => to.byte(1),
                _ => return Err(wrong(node, "must be 1, the only version of this record")),
            },
            Self::Numbers(numbers, problem) => match node.whole()? {
                number if numbers.contains(&number) => to.number(number),
                _ => return Err(wrong(node, problem)),
            },
            Self::Words(words) => {
                let text = node.text()?;
                let place = words.iter().position(|word| text == word).ok_or_else(|| node.no_word(words))?;
                to.number(place as u64);
            }
            Self::Table(find, problem) => match find(node.text()?) {
                Some(number) => to.number(number),
                None => return Err(wrong(node, problem)),
            },
            Self::List(item) => {
                let items = node.list()?;
                to.number(items.len() as u64);
                for each in items {
                    item.pour(each, to)?;
                }
            }
            Self::Object(object) => object.pour(node, to)?,
            Self::Member(name, layout) => layout.pour(node.members()?.need(name)?, to)?,
            Self::Union(union) => union.pour(node, to)?,
            Self::Dictionary => dictionary(node, to, |_| true, "")?,
            Self::Headers => {
                // A header from elsewhere that would break out of its line is none.
                let fits = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
                dictionary(node, to, fits, "is no header")?;
            }
            Self::Request => request(node, to)?,
            Self::Kept(layout) => {
                to.byte(0);
                layout.pour(node, to)?;
            }
            Self::Anything => anything(node.value(), to),
        }
        Ok(())
    }
}

fn wrong(node: Node<'_>, problem: &str) -> Misuse {
    node.misuse(MisuseCode::WrongValue, problem)
}

impl Object {
    fn pour(&self, node: Node<'_>, to: &mut Poured) -> Result<(), Misuse> {
        let members = node.members()?;
        if !self.open {
            let own = |name: &str| self.members.iter().any(|member| member.is(name, self.unassigned));
            members.closed(
                |name| own(name) || self.beside.contains(&name),
                || {
                    let own = self.members.iter().filter(|member| !(self.unassigned && member.assigned));
                    own.map(|member| member.name).chain(self.beside.iter().copied()).collect()
                },
            )?;
        }
        self.known.iter().try_for_each(|name| members.need(name).map(|_| ()))?;
        pour_members(self.members, self.unassigned, members, to)
    }
}

impl Member {
    fn is(&self, name: &str, unassigned: bool) -> bool {
        self.name == name && !(unassigned && self.assigned)
    }
}

fn pour_members(
    list: &'static [Member],
    unassigned: bool,
    members: Members<'_>,
    to: &mut Poured,
) -> Result<(), Misuse> {
    for member in list {
        if unassigned && member.assigned {
            // It stands for what nobody knows yet, and whoever reads it drops it.
            to.text("unassigned");
            continue;
        }
        if member.flagged {
            let there = members.get(member.name);
            to.byte(u8::from(there.is_some()));
            if let Some(node) = there {
                member.layout.pour(node, to)?;
            }
        } else {
            member.layout.pour(members.need(member.name)?, to)?;
        }
    }
    Ok(())
}

impl Union {
    fn pour(&self, node: Node<'_>, to: &mut Poured) -> Result<(), Misuse> {
        let members = node.members()?;
        let tag = members.need(self.tag)?;
        tag.text()?;
        let is = |variant: &Variant| {
            variant.constants.iter().all(|(name, word)| members.get(name).is_some_and(|node| node.is_text(word)))
        };
        let Some((place, variant)) = self.variants.iter().enumerate().find(|(_, variant)| is(variant)) else {
            let words: Vec<&str> =
                self.variants.iter().filter_map(|variant| variant.constants.first()).map(|(_, word)| *word).collect();
            return Err(tag.no_word(&words));
        };
        let constants = || variant.constants.iter().map(|(name, _)| *name);
        members.closed(
            |name| constants().any(|known| known == name) || variant.members.iter().any(|member| member.name == name),
            || constants().chain(variant.members.iter().map(|member| member.name)).collect(),
        )?;
        to.byte(u8::try_from(place).unwrap_or(u8::MAX));
        pour_members(variant.members, false, members, to)
    }
}

fn dictionary(node: Node<'_>, to: &mut Poured, fits: fn(&str) -> bool, problem: &str) -> Result<(), Misuse> {
    let members = node.members()?;
    to.number(members.iter().count() as u64);
    for (name, value) in members.iter() {
        let text = value.text()?;
        if !(fits(name) && fits(text)) {
            return Err(wrong(value, problem));
        }
        to.text(name);
        to.text(text);
    }
    Ok(())
}

/// How a request was handed over.
pub const QUERY: u8 = 0;
/// Names and values that are decoded already.
pub const PAIRS: u8 = 1;
/// It is longer than any that is read.
pub const TOO_LONG: u8 = 2;
/// A query that is no text.
pub const MALFORMED: u8 = 3;

fn request(node: Node<'_>, to: &mut Poured) -> Result<(), Misuse> {
    match node.value() {
        Value::Text(text) => {
            to.byte(QUERY);
            to.text(text);
            return Ok(());
        }
        Value::Broken(Broken::LoneSurrogate) => {
            to.byte(MALFORMED);
            return Ok(());
        }
        _ => {}
    }
    let mut sent: Vec<(&str, Node<'_>)> = Vec::new();
    for (name, value) in node.members()?.iter() {
        match value.value() {
            Value::List(_) => sent.extend(value.list()?.map(|item| (name.as_str(), item))),
            Value::Null => {}
            _ => sent.push((name, value)),
        }
    }
    to.byte(PAIRS);
    to.number(sent.len() as u64);
    for (name, value) in sent {
        to.text(name);
        match value.value() {
            // Of a value that is no text, nothing is kept but that it was sent.
            Value::Broken(Broken::LoneSurrogate) => to.byte(0),
            Value::Number(_) | Value::Boolean(_) => {
                return Err(value.misuse(MisuseCode::WrongType, "must be a string, as on the wire"));
            }
            _ => {
                let text = value.text()?;
                to.byte(1);
                to.text(text);
            }
        }
    }
    Ok(())
}

/// What kind of value follows.
pub const NULL: u8 = 0;
/// `false`
pub const FALSE: u8 = 1;
/// `true`
pub const TRUE: u8 = 2;
/// A whole number that is not negative.
pub const WHOLE: u8 = 3;
/// Any other number, in eight bytes.
pub const FRACTION: u8 = 4;
/// A text.
pub const TEXT: u8 = 5;
/// How many, and one after the other.
pub const LIST: u8 = 6;
/// How many, and each name with its value.
pub const MEMBERS: u8 = 7;
/// From here on: what is no data, in the order of [`Broken::ALL`].
pub const BROKEN: u8 = 8;

fn anything(value: &Value, to: &mut Poured) {
    match value {
        Value::Null => to.byte(NULL),
        Value::Boolean(flag) => to.byte(if *flag { TRUE } else { FALSE }),
        Value::Number(number) => match whole(*number) {
            Some(whole) => {
                to.byte(WHOLE);
                to.number(whole);
            }
            None => {
                to.byte(FRACTION);
                to.fraction(*number);
            }
        },
        Value::Text(text) => {
            to.byte(TEXT);
            to.text(text);
        }
        Value::List(items) => {
            to.byte(LIST);
            to.number(items.len() as u64);
            items.iter().for_each(|item| anything(item, to));
        }
        Value::Members(members) => {
            to.byte(MEMBERS);
            to.number(members.len() as u64);
            for (name, member) in members {
                to.text(name);
                anything(member, to);
            }
        }
        Value::Broken(broken) => {
            let place = Broken::ALL.iter().position(|known| known == broken).unwrap_or(0);
            to.byte(u8::try_from(place).unwrap_or(0).saturating_add(BROKEN));
        }
    }
}

//! Shapes: what a value on the wire looks like, listed once. From the list come the reader, the writer, and the
//! description that the JSON Schema and the TypeScript declarations are made or checked from.

use std::any::Any;
use std::sync::Arc;

#[cfg(not(target_arch = "wasm32"))]
use super::describe::Description;
use super::layout::{BROKEN, FALSE, FRACTION, LATEST, LIST, Layout, MEMBERS, NULL, TEXT, TRUE, WHOLE};
use super::misuse::{Misuse, MisuseCode};
use super::reader::Node;
use super::text::Text;
use super::value::{Broken, Value};
use super::wire::{Decoder, Encoder, Poured};

/// A type that stands for one shape on the wire.
pub trait Shape: Sized {
    /// In which order it crosses the boundary.
    const LAYOUT: Layout;

    /// Reads a value: keys from a closed set, every type checked, and the place of what is wrong.
    ///
    /// # Errors
    /// When the value has another shape.
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let mut poured = Poured::default();
        Self::LAYOUT.pour(node, &mut poured)?;
        poured.read(Self::decode).ok_or_else(|| node.misuse(MisuseCode::WrongValue, "cannot be read"))
    }

    /// Writes the value; what was written is read as the same.
    fn write(&self) -> Value;

    /// Reads what the package wrote. What is no shape is `None`; the package then hands over the value as it is, and
    /// [`Shape::read`] says what is wrong with it.
    fn decode(from: &mut Decoder<'_>) -> Option<Self>;

    /// Writes for the package.
    fn encode(&self, to: &mut Encoder);

    /// Says what the shape is, for people and for other languages. The engine in WebAssembly leaves it out.
    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description;
}

/// How a member is written where its type alone does not say.
pub trait Codec<T> {
    /// In which order it crosses the boundary.
    const LAYOUT: Layout;

    /// Writes a member.
    fn write(value: &T) -> Value;

    /// Reads what the package wrote.
    fn decode(from: &mut Decoder<'_>) -> Option<T>;

    /// Writes for the package.
    fn encode(value: &T, to: &mut Encoder);

    /// Says what the member is.
    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description;
}

/// The codec of a member whose type is a shape.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl<T: Shape> Codec<T> for Plain {
    const LAYOUT: Layout = T::LAYOUT;

    fn write(value: &T) -> Value {
        value.write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<T> {
        T::decode(from)
    }

    fn encode(value: &T, to: &mut Encoder) {
        value.encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        T::describe()
    }
}

/// Whole seconds since 1970-01-01T00:00:00Z: the NumericDate of RFC 7519 without fractions.
#[derive(Clone, Copy, Debug)]
pub struct Time;

/// Whole seconds.
#[derive(Clone, Copy, Debug)]
pub struct Duration;

impl Codec<u64> for Time {
    const LAYOUT: Layout = Layout::Time;

    fn write(value: &u64) -> Value {
        Value::whole(*value)
    }

    fn decode(from: &mut Decoder<'_>) -> Option<u64> {
        from.number().filter(|seconds| *seconds <= LATEST)
    }

    fn encode(value: &u64, to: &mut Encoder) {
        to.number(*value);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Time
    }
}

impl Codec<u64> for Duration {
    const LAYOUT: Layout = Layout::Whole(0, "");

    fn write(value: &u64) -> Value {
        Value::whole(*value)
    }

    fn decode(from: &mut Decoder<'_>) -> Option<u64> {
        from.number()
    }

    fn encode(value: &u64, to: &mut Encoder) {
        to.number(*value);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Duration
    }
}

/// The version of a stored record. There is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version;

impl Shape for Version {
    const LAYOUT: Layout = Layout::One;

    fn write(&self) -> Value {
        Value::whole(1)
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        (from.byte()? == 1).then_some(Self)
    }

    fn encode(&self, to: &mut Encoder) {
        to.byte(1);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::One
    }
}

impl Shape for Text {
    const LAYOUT: Layout = Layout::Text;

    fn write(&self) -> Value {
        Value::Text(self.clone())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        from.text()
    }

    fn encode(&self, to: &mut Encoder) {
        to.text(self);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Text
    }
}

impl Shape for bool {
    const LAYOUT: Layout = Layout::Flag;

    fn write(&self) -> Value {
        Value::Boolean(*self)
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        from.flag()
    }

    fn encode(&self, to: &mut Encoder) {
        to.flag(*self);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Flag
    }
}

/// A count.
impl Shape for u64 {
    const LAYOUT: Layout = Layout::Whole(0, "");

    fn write(&self) -> Value {
        Value::whole(*self)
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        from.number()
    }

    fn encode(&self, to: &mut Encoder) {
        to.number(*self);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Count { least: 0 }
    }
}

impl<T: Shape> Shape for Vec<T> {
    const LAYOUT: Layout = Layout::List(&T::LAYOUT);

    fn write(&self) -> Value {
        Value::List(self.iter().map(T::write).collect())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        let count = from.count()?;
        let mut items = Self::with_capacity(count.min(64));
        for _ in 0..count {
            items.push(T::decode(from)?);
        }
        Some(items)
    }

    fn encode(&self, to: &mut Encoder) {
        to.number(self.len() as u64);
        for item in self {
            item.encode(to);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::List(Box::new(T::describe()))
    }
}

impl<T: Shape> Shape for Box<T> {
    const LAYOUT: Layout = T::LAYOUT;

    fn write(&self) -> Value {
        (**self).write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        T::decode(from).map(Self::new)
    }

    fn encode(&self, to: &mut Encoder) {
        (**self).encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        T::describe()
    }
}

/// Something that may be kept between calls: the package hands over its number, or the thing itself.
impl<T: Shape + Any + Send + Sync> Shape for Arc<T> {
    const LAYOUT: Layout = Layout::Kept(&T::LAYOUT);

    fn write(&self) -> Value {
        (**self).write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        if from.flag()? { from.kept() } else { T::decode(from).map(Self::new) }
    }

    fn encode(&self, to: &mut Encoder) {
        to.flag(false);
        (**self).encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        T::describe()
    }
}

/// Whatever it is, as it was handed over.
impl Shape for Value {
    const LAYOUT: Layout = Layout::Anything;

    fn write(&self) -> Value {
        self.clone()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        decode_value(from, DEEPEST)
    }

    fn encode(&self, to: &mut Encoder) {
        match self {
            Self::Null | Self::Broken(_) => to.byte(NULL),
            Self::Boolean(flag) => to.byte(if *flag { TRUE } else { FALSE }),
            Self::Number(number) => match super::value::whole(*number) {
                Some(whole) => {
                    to.byte(WHOLE);
                    to.number(whole);
                }
                None => {
                    to.byte(FRACTION);
                    to.fraction(*number);
                }
            },
            Self::Text(text) => {
                to.byte(TEXT);
                to.text(text);
            }
            Self::List(items) => {
                to.byte(LIST);
                items.encode(to);
            }
            Self::Members(members) => {
                to.byte(MEMBERS);
                to.number(members.len() as u64);
                for (name, value) in members {
                    to.text(name);
                    value.encode(to);
                }
            }
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Anything
    }
}

/// No value that is read is nested deeper.
const DEEPEST: u8 = 10;

fn decode_value(from: &mut Decoder<'_>, depth: u8) -> Option<Value> {
    let deeper = depth.checked_sub(1)?;
    Some(match from.byte()? {
        NULL => Value::Null,
        FALSE => Value::Boolean(false),
        TRUE => Value::Boolean(true),
        WHOLE => Value::whole(from.number()?),
        FRACTION => Value::Number(from.fraction()?),
        TEXT => Value::Text(from.text()?),
        LIST => {
            let count = from.count()?;
            let mut items = Vec::new();
            for _ in 0..count {
                items.push(decode_value(from, deeper)?);
            }
            Value::List(items)
        }
        MEMBERS => {
            let count = from.count()?;
            let mut members = Vec::new();
            for _ in 0..count {
                let name = from.text()?;
                members.push((name, decode_value(from, deeper)?));
            }
            Value::Members(members)
        }
        broken => Value::Broken(*Broken::ALL.get(usize::from(broken.checked_sub(BROKEN)?))?),
    })
}

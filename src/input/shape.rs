//! Shapes: what a value on the wire looks like, listed once. From the list come the reader, the writer, and the
//! description that the JSON Schema and the TypeScript declarations are made or checked from.

#[cfg(not(target_arch = "wasm32"))]
use super::describe::Description;
use super::misuse::{Misuse, MisuseCode};
use super::reader::Node;
use super::text::Text;
use super::value::Value;

/// A type that stands for one shape on the wire.
pub trait Shape: Sized {
    /// Reads a value: keys from a closed set, every type checked, and the place of what is wrong.
    ///
    /// # Errors
    /// When the value has another shape.
    fn read(node: Node<'_>) -> Result<Self, Misuse>;

    /// Writes the value; what was written is read as the same.
    fn write(&self) -> Value;

    /// Says what the shape is, for people and for other languages. The engine in WebAssembly leaves it out.
    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description;
}

/// How a member is written where its type alone does not say.
pub trait Codec<T> {
    /// Reads a member.
    ///
    /// # Errors
    /// When the value has another shape.
    fn read(node: Node<'_>) -> Result<T, Misuse>;

    /// Writes a member.
    fn write(value: &T) -> Value;

    /// Says what the member is.
    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description;
}

/// The codec of a member whose type is a shape.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl<T: Shape> Codec<T> for Plain {
    fn read(node: Node<'_>) -> Result<T, Misuse> {
        T::read(node)
    }

    fn write(value: &T) -> Value {
        value.write()
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

/// The last second that is read as a time, in the year 5138. What is larger was meant in milliseconds.
pub const LATEST: u64 = 100_000_000_000;

impl Codec<u64> for Time {
    fn read(node: Node<'_>) -> Result<u64, Misuse> {
        let seconds = node.whole()?;
        if seconds > LATEST {
            let problem = "is too far in the future: times are in seconds since the epoch, not in milliseconds";
            return Err(node.misuse(MisuseCode::WrongValue, problem));
        }
        Ok(seconds)
    }

    fn write(value: &u64) -> Value {
        Value::whole(*value)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Time
    }
}

impl Codec<u64> for Duration {
    fn read(node: Node<'_>) -> Result<u64, Misuse> {
        node.whole()
    }

    fn write(value: &u64) -> Value {
        Value::whole(*value)
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
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        if node.whole()? == 1 {
            Ok(Self)
        } else {
            Err(node.misuse(MisuseCode::WrongValue, "must be 1, the only version of this record"))
        }
    }

    fn write(&self) -> Value {
        Value::whole(1)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::One
    }
}

impl Shape for Text {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        node.text().cloned()
    }

    fn write(&self) -> Value {
        Value::Text(self.clone())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Text
    }
}

impl Shape for bool {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        node.boolean()
    }

    fn write(&self) -> Value {
        Value::Boolean(*self)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Flag
    }
}

/// A count.
impl Shape for u64 {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        node.whole()
    }

    fn write(&self) -> Value {
        Value::whole(*self)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Count { least: 0 }
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        node.list()?.map(T::read).collect()
    }

    fn write(&self) -> Value {
        Value::List(self.iter().map(T::write).collect())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::List(Box::new(T::describe()))
    }
}

impl<T: Shape> Shape for Box<T> {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        T::read(node).map(Self::new)
    }

    fn write(&self) -> Value {
        (**self).write()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        T::describe()
    }
}

/// Whatever it is, as it was handed over.
impl Shape for Value {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        Ok(node.value().clone())
    }

    fn write(&self) -> Value {
        self.clone()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Anything
    }
}

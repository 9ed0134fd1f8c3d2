//! Ids: of users, clients, sessions and records.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::{Codec, Misuse, MisuseCode, Node, Value};

/// An id. An empty one names nobody, and two of them would be the same.
#[derive(Clone, Copy, Debug)]
pub struct Identifier;

impl Codec<String> for Identifier {
    fn read(node: Node<'_>) -> Result<String, Misuse> {
        named(node).map(ToOwned::to_owned)
    }

    fn write(value: &String) -> Value {
        Value::Text(value.clone())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Identifier
    }
}

/// The id that stands here.
///
/// # Errors
/// When it is none.
pub fn named(node: Node<'_>) -> Result<&str, Misuse> {
    match node.text()? {
        "" => Err(node.misuse(MisuseCode::WrongValue, "is empty, and an id is not")),
        id => Ok(id),
    }
}

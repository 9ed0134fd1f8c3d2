//! An object on its way out.

use super::text::Text;
use super::value::Value;

/// The members that were written so far.
#[derive(Debug, Default)]
pub struct Written {
    members: Vec<(Text, Value)>,
}

impl Written {
    /// Writes a member.
    pub fn put(&mut self, name: &'static str, value: Value) {
        self.members.push((Text::fixed(name), value));
    }

    /// Writes a member, null where there is nothing.
    pub fn put_or_null(&mut self, name: &'static str, value: Option<Value>) {
        self.put(name, value.unwrap_or(Value::Null));
    }

    /// Writes a member, and leaves it out where there is nothing.
    pub fn put_if(&mut self, name: &'static str, value: Option<Value>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// The object.
    #[must_use]
    pub fn object(self) -> Value {
        Value::Members(self.members)
    }
}

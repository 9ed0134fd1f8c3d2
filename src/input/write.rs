//! From anything that serde can write to a [`Value`], so that records can be handed back as they were handed over.

use serde::ser::{
    self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct,
};

use super::value::Value;

/// What cannot be written as a value; none of the engine's own types.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NotAValue(String);

impl ser::Error for NotAValue {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Writes something as a value; null where that is not possible.
#[must_use]
pub fn to_value<T: Serialize + ?Sized>(thing: &T) -> Value {
    thing.serialize(Writer).unwrap_or(Value::Null)
}

struct Writer;

/// A list on its way.
pub(super) struct ListWriter(Vec<Value>);

/// An object on its way.
pub(super) struct MembersWriter {
    members: Vec<(String, Value)>,
    key: Option<String>,
}

#[expect(clippy::cast_precision_loss, reason = "numbers here are counts and seconds, exact in a double")]
impl ser::Serializer for Writer {
    type Ok = Value;
    type Error = NotAValue;
    type SerializeSeq = ListWriter;
    type SerializeTuple = ListWriter;
    type SerializeTupleStruct = ListWriter;
    type SerializeTupleVariant = Impossible<Value, NotAValue>;
    type SerializeMap = MembersWriter;
    type SerializeStruct = MembersWriter;
    type SerializeStructVariant = MembersWriter;

    fn serialize_bool(self, value: bool) -> Result<Value, NotAValue> {
        Ok(Value::Boolean(value))
    }
    fn serialize_i8(self, value: i8) -> Result<Value, NotAValue> {
        Ok(Value::Number(value.into()))
    }
    fn serialize_i16(self, value: i16) -> Result<Value, NotAValue> {
        Ok(Value::Number(value.into()))
    }
    fn serialize_i32(self, value: i32) -> Result<Value, NotAValue> {
        Ok(Value::Number(value.into()))
    }
    fn serialize_i64(self, value: i64) -> Result<Value, NotAValue> {
        Ok(Value::Number(value as f64))
    }
    fn serialize_u8(self, value: u8) -> Result<Value, NotAValue> {
        Ok(Value::Number(value.into()))
    }
    fn serialize_u16(self, value: u16) -> Result<Value, NotAValue> {
        Ok(Value::Number(value.into()))
    }
    fn serialize_u32(self, value: u32) -> Result<Value, NotAValue> {
        Ok(Value::Number(value.into()))
    }
    fn serialize_u64(self, value: u64) -> Result<Value, NotAValue> {
        Ok(Value::Number(value as f64))
    }
    fn serialize_f32(self, value: f32) -> Result<Value, NotAValue> {
        Ok(Value::Number(value.into()))
    }
    fn serialize_f64(self, value: f64) -> Result<Value, NotAValue> {
        Ok(Value::Number(value))
    }
    fn serialize_char(self, value: char) -> Result<Value, NotAValue> {
        Ok(Value::Text(value.to_string()))
    }
    fn serialize_str(self, value: &str) -> Result<Value, NotAValue> {
        Ok(Value::Text(value.to_owned()))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Value, NotAValue> {
        Err(NotAValue("bytes are no value".to_owned()))
    }
    fn serialize_none(self) -> Result<Value, NotAValue> {
        Ok(Value::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, NotAValue> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Value, NotAValue> {
        Ok(Value::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, NotAValue> {
        Ok(Value::Null)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, NotAValue> {
        Ok(Value::Text(variant.to_owned()))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, NotAValue> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, NotAValue> {
        Ok(Value::Members(vec![(variant.to_owned(), to_value(value))]))
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<ListWriter, NotAValue> {
        Ok(ListWriter(Vec::new()))
    }
    fn serialize_tuple(self, _: usize) -> Result<ListWriter, NotAValue> {
        Ok(ListWriter(Vec::new()))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ListWriter, NotAValue> {
        Ok(ListWriter(Vec::new()))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NotAValue> {
        Err(NotAValue("a tuple variant is no value".to_owned()))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<MembersWriter, NotAValue> {
        Ok(MembersWriter { members: Vec::new(), key: None })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<MembersWriter, NotAValue> {
        Ok(MembersWriter { members: Vec::new(), key: None })
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<MembersWriter, NotAValue> {
        Ok(MembersWriter { members: Vec::new(), key: None })
    }
}

impl SerializeSeq for ListWriter {
    type Ok = Value;
    type Error = NotAValue;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotAValue> {
        self.0.push(value.serialize(Writer)?);
        Ok(())
    }
    fn end(self) -> Result<Value, NotAValue> {
        Ok(Value::List(self.0))
    }
}

impl SerializeTuple for ListWriter {
    type Ok = Value;
    type Error = NotAValue;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotAValue> {
        SerializeSeq::serialize_element(self, value)
    }
    fn end(self) -> Result<Value, NotAValue> {
        SerializeSeq::end(self)
    }
}

impl SerializeTupleStruct for ListWriter {
    type Ok = Value;
    type Error = NotAValue;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotAValue> {
        SerializeSeq::serialize_element(self, value)
    }
    fn end(self) -> Result<Value, NotAValue> {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for MembersWriter {
    type Ok = Value;
    type Error = NotAValue;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotAValue> {
        match key.serialize(Writer)? {
            Value::Text(name) => self.key = Some(name),
            _ => return Err(NotAValue("a key must be a string".to_owned())),
        }
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotAValue> {
        if let Some(key) = self.key.take() {
            self.members.push((key, value.serialize(Writer)?));
        }
        Ok(())
    }
    fn end(self) -> Result<Value, NotAValue> {
        Ok(Value::Members(self.members))
    }
}

impl SerializeStruct for MembersWriter {
    type Ok = Value;
    type Error = NotAValue;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), NotAValue> {
        self.members.push((key.to_owned(), value.serialize(Writer)?));
        Ok(())
    }
    fn end(self) -> Result<Value, NotAValue> {
        Ok(Value::Members(self.members))
    }
}

impl SerializeStructVariant for MembersWriter {
    type Ok = Value;
    type Error = NotAValue;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), NotAValue> {
        SerializeStruct::serialize_field(self, key, value)
    }
    fn end(self) -> Result<Value, NotAValue> {
        Ok(Value::Members(self.members))
    }
}

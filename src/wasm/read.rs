//! From JavaScript values to [`Value`]: own properties only, and whatever is no data says so.

use js_sys::{Array, JsString, Object, Reflect, Symbol};
use wasm_bindgen::{JsCast, JsValue};

use crate::input::{Broken, Misuse, MisuseCode, Text, Value};

/// No input is nested deeper.
const DEEPEST: u8 = 8;
/// No list in an input is longer.
const LONGEST_LIST: u32 = 10_000;

/// A profile's name.
pub(super) fn name(given: &JsValue) -> Result<String, Misuse> {
    match value(given) {
        Value::Text(name) => Ok(name.into()),
        Value::Null => Err(Misuse::new(MisuseCode::MissingKey, "name", "is missing")),
        other => Err(Misuse::new(MisuseCode::WrongType, "name", &format!("must be a string, and is {}", other.kind()))),
    }
}

/// Any value.
pub(super) fn value(given: &JsValue) -> Value {
    at(given, DEEPEST)
}

/// The input of a call. Its request may also be a URL or URLSearchParams, which write themselves as text.
pub(super) fn input(given: &JsValue) -> Value {
    members(given, |name, member| if name == "request" { request(member) } else { at(member, DEEPEST) })
}

/// An object of which only one member is read.
pub(super) fn only(given: &JsValue, wanted: &str) -> Value {
    members(given, |name, member| if name == wanted { at(member, DEEPEST) } else { Value::Null })
}

fn request(given: &JsValue) -> Value {
    if let Some(string) = given.dyn_ref::<JsString>() {
        return query(string);
    }
    if !given.is_object() {
        return at(given, DEEPEST);
    }
    let tag = Reflect::get(given, &Symbol::to_string_tag()).ok().and_then(|tag| tag.as_string());
    match tag.as_deref() {
        Some("URL" | "URLSearchParams") => text(&given.unchecked_ref::<Object>().to_string()),
        _ => at(given, DEEPEST),
    }
}

fn at(given: &JsValue, depth: u8) -> Value {
    if given.is_null() || given.is_undefined() {
        return Value::Null;
    }
    if let Some(flag) = given.as_bool() {
        return Value::Boolean(flag);
    }
    if let Some(number) = given.as_f64() {
        return Value::Number(number);
    }
    if let Some(string) = given.dyn_ref::<JsString>() {
        return text(string);
    }
    if !given.is_object() || given.is_function() {
        return Value::Broken(Broken::NotData);
    }
    let Some(depth) = depth.checked_sub(1) else { return Value::Broken(Broken::TooDeep) };
    match given.dyn_ref::<Array>() {
        Some(list) if list.length() > LONGEST_LIST => Value::Broken(Broken::TooDeep),
        Some(list) => Value::List((0..list.length()).map(|index| item(list, index, depth)).collect()),
        None => object_of(given, |_, member| at(member, depth)),
    }
}

fn item(list: &Array, index: u32, depth: u8) -> Value {
    Reflect::get_u32(list, index).map_or(Value::Broken(Broken::Unreadable), |member| at(&member, depth))
}

/// A lone surrogate in a query is malformed encoding of the parameter that it stands in: `%%` is just that, too.
fn query(string: &JsString) -> Value {
    match text(string) {
        Value::Broken(Broken::LoneSurrogate) => {
            let letters = char::decode_utf16(string.iter());
            Value::from(letters.map(|letter| letter.map_or("%%".to_owned(), String::from)).collect::<String>())
        }
        whole => whole,
    }
}

/// A lone surrogate would silently become U+FFFD.
fn text(string: &JsString) -> Value {
    match string.as_string() {
        Some(text) if string.is_valid_utf16() => Value::from(text),
        _ => Value::Broken(Broken::LoneSurrogate),
    }
}

/// An argument that is an object; anything else is read as what it is.
fn members(given: &JsValue, read: impl Fn(&str, &JsValue) -> Value) -> Value {
    if given.is_object() && !given.is_function() && !Array::is_array(given) {
        object_of(given, read)
    } else {
        at(given, DEEPEST)
    }
}

/// An object of any realm, and one without a prototype, for which `instanceof Object` would not hold.
fn object_of(object: &JsValue, read: impl Fn(&str, &JsValue) -> Value) -> Value {
    own_and_inherited(object.unchecked_ref(), read).map_or(Value::Broken(Broken::Unreadable), Value::Members)
}

/// Own enumerable members as they are, inherited ones as what they are. Nothing but `Object.prototype` is above a
/// plain object, and what somebody may have put there is not looked at.
fn own_and_inherited(object: &Object, read: impl Fn(&str, &JsValue) -> Value) -> Result<Vec<(Text, Value)>, JsValue> {
    let mut found: Vec<(Text, Value)> = Vec::new();
    for key in keys(object)? {
        let member = Reflect::get(object, &JsValue::from_str(&key));
        let value = member.map_or(Value::Broken(Broken::Unreadable), |member| read(&key, &member));
        found.push((key.into(), value));
    }
    let mut inherited: Vec<(Text, Value)> = Vec::new();
    let mut above = Reflect::get_prototype_of(object)?;
    for _ in 0..DEEPEST {
        if above.is_null() {
            break;
        }
        let next = Reflect::get_prototype_of(&above)?;
        if next.is_null() {
            break;
        }
        for key in keys(&above)? {
            if !found.iter().any(|(known, _)| *known == key) {
                inherited.push((key.into(), Value::Broken(Broken::Inherited)));
            }
        }
        above = next;
    }
    found.splice(0..0, inherited);
    Ok(found)
}

/// The names of an object's own enumerable members. `Object.keys` cannot throw here but through a proxy.
fn keys(object: &Object) -> Result<Vec<String>, JsValue> {
    let names = Reflect::own_keys(object)?;
    let mut keys = Vec::new();
    for name in names.iter() {
        let Some(text) = name.dyn_ref::<JsString>() else { continue };
        let descriptor = Reflect::get_own_property_descriptor(object, text)?;
        let enumerable = Reflect::get(&descriptor, &JsValue::from_str("enumerable"))?;
        if enumerable.is_truthy() {
            keys.push(text.as_string().unwrap_or_default());
        }
    }
    Ok(keys)
}

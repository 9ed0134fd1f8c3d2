//! Typed reading of JSON objects in which every key must be known.

use serde_json::{Map, Value};

/// The members of an object that were not read yet.
pub(crate) struct Fields {
    path: String,
    rest: Map<String, Value>,
}

impl Fields {
    pub(crate) fn of(path: &str, value: Value) -> Result<Self, String> {
        match value {
            Value::Object(rest) => Ok(Self { path: path.to_owned(), rest }),
            other => Err(format!("`{path}` is not an object: {other}")),
        }
    }

    /// The value as it stands, null included.
    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        self.rest.remove(key)
    }

    pub(crate) fn required(&mut self, key: &str) -> Result<Value, String> {
        self.take(key).ok_or_else(|| format!("`{}` has no `{key}`", self.path))
    }

    /// Absent or null is none.
    fn present<T>(&mut self, key: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Option<T>, String> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                read(&value).map(Some).ok_or_else(|| format!("`{}.{key}` has an unexpected value: {value}", self.path))
            }
        }
    }

    pub(crate) fn text(&mut self, key: &str) -> Result<Option<String>, String> {
        self.present(key, |value| value.as_str().map(str::to_owned))
    }

    pub(crate) fn boolean(&mut self, key: &str) -> Result<Option<bool>, String> {
        self.present(key, Value::as_bool)
    }

    pub(crate) fn integer(&mut self, key: &str) -> Result<Option<u64>, String> {
        self.present(key, Value::as_u64)
    }

    pub(crate) fn texts(&mut self, key: &str) -> Result<Option<Vec<String>>, String> {
        self.present(key, texts)
    }

    /// A text out of a closed list.
    pub(crate) fn word(&mut self, key: &str, known: &[&str]) -> Result<Option<String>, String> {
        self.present(key, |value| value.as_str().filter(|word| known.contains(word)).map(str::to_owned))
    }

    /// An object to be read in turn; absent or null is none.
    pub(crate) fn fields(&mut self, key: &str) -> Result<Option<Self>, String> {
        let path = format!("{}.{key}", self.path);
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => Self::of(&path, value).map(Some),
        }
    }

    pub(crate) fn required_fields(&mut self, key: &str) -> Result<Self, String> {
        let value = self.required(key)?;
        Self::of(&format!("{}.{key}", self.path), value)
    }

    /// The members of an object whose keys are names; absent or null is none.
    pub(crate) fn members(&mut self, key: &str) -> Result<Map<String, Value>, String> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(Map::new()),
            Some(Value::Object(members)) => Ok(members),
            Some(other) => Err(format!("`{}.{key}` is not an object: {other}", self.path)),
        }
    }

    /// Present but null: what a vector says by writing `null`, unlike by writing nothing.
    pub(crate) fn is_null(&self, key: &str) -> bool {
        self.rest.get(key).is_some_and(Value::is_null)
    }

    /// All that was not read yet.
    pub(crate) fn into_members(self) -> Map<String, Value> {
        self.rest
    }

    /// Every key must have been read.
    pub(crate) fn finish(self) -> Result<(), String> {
        if self.rest.is_empty() {
            return Ok(());
        }
        let keys: Vec<String> = self.rest.keys().map(|key| format!("`{}.{key}`", self.path)).collect();
        Err(format!("unknown key: {}", keys.join(", ")))
    }
}

pub(crate) fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

//! The prompt parameter, in the union of all vocabularies.

/// The values of `prompt` as they were written.
///
/// OpenID Connect Core 1.0, section 3.1.2.1: a space-delimited, case-sensitive list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// Each value once, in the order in which it was written.
    pub values: Vec<String>,
}

impl Prompt {
    /// Parses the parameter's value.
    #[must_use]
    pub fn parse(text: Option<&str>) -> Self {
        let mut values: Vec<String> = Vec::new();
        for value in text.unwrap_or_default().split(' ').filter(|value| !value.is_empty()) {
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        Self { values }
    }

    /// Whether a value was written.
    #[must_use]
    pub fn contains(&self, value: &str) -> bool {
        self.values.iter().any(|known| known == value)
    }
}

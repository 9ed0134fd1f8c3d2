//! Request parameters: `application/x-www-form-urlencoded` with what attackers make of it.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description};
use crate::input::{Broken, Misuse, MisuseCode, Node, Shape, Value};

/// A longer query is not read.
pub const LONGEST_QUERY: usize = 8 * 1024;

/// The parameters of a request, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    entries: Vec<(String, Parameter)>,
    malformed_name: bool,
    too_long: bool,
}

/// What was sent under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// One value, not empty.
    Sent(String),
    /// A value that is no percent-encoded UTF-8.
    Malformed,
    /// More than one value (RFC 6749, section 3.1: parameters must not be included more than once).
    Repeated,
}

impl Parameters {
    /// From a URL or a query string.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut parameters = Self::default();
        let query = query_of(text);
        if query.len() > LONGEST_QUERY {
            parameters.too_long = true;
            return parameters;
        }
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match decode(name) {
                Some(name) => parameters.add(name, decode(value)),
                None => parameters.malformed_name = true,
            }
        }
        parameters
    }

    fn read_members(node: Node<'_>) -> Result<Self, Misuse> {
        let mut parameters = Self::default();
        let mut length = 0_usize;
        for (name, value) in node.members()?.iter() {
            let values: Vec<Node<'_>> = match value.value() {
                Value::List(_) => value.list()?.collect(),
                Value::Null => Vec::new(),
                _ => vec![value],
            };
            for value in values {
                let decoded = match value.value() {
                    Value::Text(text) => Some(text.clone()),
                    Value::Broken(Broken::LoneSurrogate) => None,
                    Value::Number(_) | Value::Boolean(_) => {
                        return Err(value.misuse(MisuseCode::WrongType, "must be a string, as on the wire"));
                    }
                    _ => value.text().map(|text| Some(text.to_owned()))?,
                };
                let size = decoded.as_ref().map_or(0, String::len);
                length = length.saturating_add(name.len()).saturating_add(size).saturating_add(2);
                parameters.add(name.to_owned(), decoded);
            }
        }
        if length > LONGEST_QUERY {
            return Ok(Self { too_long: true, ..Self::default() });
        }
        Ok(parameters)
    }

    /// A parameter sent without a value counts as omitted (RFC 6749, section 3.1).
    fn add(&mut self, name: String, value: Option<String>) {
        let parameter = match value {
            Some(value) if value.is_empty() => return,
            Some(value) => Parameter::Sent(value),
            None => Parameter::Malformed,
        };
        match self.entries.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = Parameter::Repeated,
            None => self.entries.push((name, parameter)),
        }
    }

    /// The value of a parameter that was sent once and well formed.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.entries.iter().find_map(|(known, parameter)| match parameter {
            Parameter::Sent(value) if known == name => Some(value.as_str()),
            _ => None,
        })
    }

    /// Whether a parameter was sent at all, even malformed or repeated.
    #[must_use]
    pub fn was_sent(&self, name: &str) -> bool {
        self.entries.iter().any(|(known, _)| known == name)
    }

    /// Whether the query was too long to be read.
    #[must_use]
    pub const fn too_long(&self) -> bool {
        self.too_long
    }

    /// Whether a parameter was sent that is no percent-encoded UTF-8.
    #[must_use]
    pub fn malformed(&self) -> bool {
        self.malformed_name || self.entries.iter().any(|(_, parameter)| *parameter == Parameter::Malformed)
    }

    /// Whether a parameter was sent more than once.
    #[must_use]
    pub fn repeated(&self) -> bool {
        self.entries.iter().any(|(_, parameter)| *parameter == Parameter::Repeated)
    }

    /// Names and values of the well-formed parameters, in their order.
    pub fn sent(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().filter_map(|(name, parameter)| match parameter {
            Parameter::Sent(value) => Some((name.as_str(), value.as_str())),
            _ => None,
        })
    }

    /// The parameters as a query string, percent-encoded.
    #[must_use]
    pub fn format(&self) -> String {
        let pairs: Vec<String> =
            self.sent().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        pairs.join("&")
    }
}

/// A query, or names and values that are decoded already; a list is a parameter sent several times.
impl Shape for Parameters {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        match node.value() {
            Value::Text(text) => Ok(Self::parse(text)),
            Value::Broken(Broken::LoneSurrogate) => Ok(Self { malformed_name: true, ..Self::default() }),
            _ => Self::read_members(node),
        }
    }

    /// What was malformed or repeated is left out.
    fn write(&self) -> Value {
        Value::Text(self.format())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Declared(Declared { name: "RequestInput", example: r#""response_type=code&scope=openid+email""# })
    }
}

/// The query of a URL, or the whole text when it is a query already. Only a URL has a fragment: in a query, `#` is part
/// of a value that somebody did not encode.
fn query_of(text: &str) -> &str {
    let head = text.split(['?', '&', '=']).next().unwrap_or_default();
    if head.starts_with('/') || head.contains("://") {
        let address = text.split_once('#').map_or(text, |(before, _)| before);
        return address.split_once('?').map_or("", |(_, query)| query);
    }
    text.strip_prefix('?').unwrap_or(text)
}

/// Percent-decoding, with `+` for a space; `None` when it is no UTF-8 or a percent sign is not followed by two digits.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hexadecimal(rest.next()?)?.checked_mul(16)?.checked_add(hexadecimal(rest.next()?)?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hexadecimal(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
#[must_use]
pub fn encode(text: &str) -> String {
    encoded(text, |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// An address in ASCII without spaces and control characters, whatever it was written in. What it has encoded already
/// stays as it is.
#[must_use]
pub fn encode_address(address: &str) -> String {
    encoded(address, |byte| byte.is_ascii_graphic())
}

fn encoded(text: &str, stays: impl Fn(u8) -> bool) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

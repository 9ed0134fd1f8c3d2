//! Request parameters: `application/x-www-form-urlencoded` with what attackers make of it.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description, Wire};
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Broken, Misuse, MisuseCode, Node, Shape, Text, Value};

/// A request as it came in, not parsed: how much of it is read is for the policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A URL or a query string.
    Query(Text),
    /// Names and values that are decoded already.
    Decoded(Vec<(Text, Sent)>),
    /// A query that is no text.
    Malformed,
    /// Longer than any that is read, so that the package did not hand it over.
    TooLong,
}

/// How much of a request is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the query, or of decoded names and values with two for each pair.
    pub bytes: usize,
    /// Parameters.
    pub parameters: usize,
}

/// The parameters of a request, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    known: Known,
    /// Those that no decision depends on.
    others: Vec<(Text, Sent)>,
    malformed_name: bool,
    repeated_other: bool,
    malformed_other: bool,
    too_long: bool,
}

/// What was sent under one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sent {
    /// Nothing, or a value that is empty, which counts as omitted (RFC 6749, section 3.1).
    #[default]
    Nothing,
    /// One value.
    Value(Text),
    /// A value that is no percent-encoded UTF-8.
    Malformed,
    /// More than one value (RFC 6749, section 3.1: parameters must not be included more than once).
    Repeated,
}

macro_rules! parameters {
    ( $( $variant:ident $field:ident ),+ $(,)? ) => {
        /// A parameter that a decision may depend on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Parameter { $( #[doc = concat!("`", stringify!($field), "`")] $variant ),+ }

        impl Parameter {
            /// Every one.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// The name on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => stringify!($field) ),+ }
            }

            /// The parameter of a name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Some(match name { $( stringify!($field) => Self::$variant, )+ _ => return None })
            }
        }

        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        struct Known { $( $field: Sent ),+ }

        impl Known {
            const fn get(&self, parameter: Parameter) -> &Sent {
                match parameter { $( Parameter::$variant => &self.$field ),+ }
            }

            const fn place(&mut self, parameter: Parameter) -> &mut Sent {
                match parameter { $( Parameter::$variant => &mut self.$field ),+ }
            }
        }
    };
}

parameters! {
    AccessType access_type,
    ApprovalPrompt approval_prompt,
    ClientId client_id,
    Code code,
    CodeChallenge code_challenge,
    CodeChallengeMethod code_challenge_method,
    CodeVerifier code_verifier,
    Display display,
    ExistingGrant existing_grant,
    GrantId grant_id,
    GrantManagementAction grant_management_action,
    GrantType grant_type,
    IdTokenHint id_token_hint,
    IncludeGrantedScopes include_granted_scopes,
    Launch launch,
    MaxAge max_age,
    Nonce nonce,
    Prompt prompt,
    RedirectUri redirect_uri,
    RefreshToken refresh_token,
    Request request,
    RequestUri request_uri,
    ResponseMode response_mode,
    ResponseType response_type,
    Scope scope,
    State state,
    Token token,
}

impl Request {
    /// The parameters, as far as they are within the limits.
    #[must_use]
    pub fn parse(&self, limits: Limits) -> Parameters {
        match self {
            Self::Query(text) => Parameters::parse(text, limits),
            Self::Decoded(pairs) => Parameters::of(pairs, limits),
            Self::Malformed => Parameters { malformed_name: true, ..Parameters::default() },
            Self::TooLong => Parameters::beyond_limits(),
        }
    }
}

impl Parameters {
    /// From a URL or a query string.
    #[must_use]
    pub fn parse(text: &Text, limits: Limits) -> Self {
        let query = query_of(text);
        if query.len() > limits.bytes {
            return Self::beyond_limits();
        }
        let mut parameters = Self::default();
        let mut decoder = Decoding::default();
        let mut left = limits.parameters;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let Some(fewer) = left.checked_sub(1) else { return Self::beyond_limits() };
            left = fewer;
            let equals = pair.find('=').unwrap_or(pair.len());
            let name = decoder.decode(&pair, 0, equals);
            let value = decoder.decode(&pair, equals.saturating_add(1).min(pair.len()), pair.len());
            match name {
                Some(name) => parameters.add(name, value),
                None => parameters.malformed_name = true,
            }
        }
        parameters.count_others()
    }

    fn of(pairs: &[(Text, Sent)], limits: Limits) -> Self {
        let mut parameters = Self::default();
        let mut left = limits.bytes;
        if pairs.len() > limits.parameters {
            return Self::beyond_limits();
        }
        for (name, sent) in pairs {
            let value = match sent {
                Sent::Value(value) => Some(value.clone()),
                Sent::Nothing => Some(Text::EMPTY),
                Sent::Malformed | Sent::Repeated => None,
            };
            let size = name.len().saturating_add(value.as_ref().map_or(0, |value| value.len())).saturating_add(2);
            let Some(fewer) = left.checked_sub(size) else { return Self::beyond_limits() };
            left = fewer;
            parameters.add(name.clone(), value);
        }
        parameters.count_others()
    }

    fn beyond_limits() -> Self {
        Self { too_long: true, ..Self::default() }
    }

    /// A parameter sent without a value counts as omitted (RFC 6749, section 3.1).
    fn add(&mut self, name: Text, value: Option<Text>) {
        let sent = match value {
            Some(value) if value.is_empty() => return,
            Some(value) => Sent::Value(value),
            None => Sent::Malformed,
        };
        match Parameter::named(&name) {
            Some(parameter) => {
                let place = self.known.place(parameter);
                *place = if *place == Sent::Nothing { sent } else { Sent::Repeated };
            }
            None => self.others.push((name, sent)),
        }
    }

    /// Sorted, because one look for each pair of names would be a gift to whoever sends thousands.
    fn count_others(mut self) -> Self {
        let mut sorted: Vec<&(Text, Sent)> = self.others.iter().collect();
        sorted.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for same in sorted.chunk_by(|(one, _), (other, _)| one == other) {
            match same {
                [(_, sent)] => self.malformed_other |= *sent == Sent::Malformed,
                _ => self.repeated_other = true,
            }
        }
        self
    }

    /// The value of a parameter that was sent once and well formed.
    #[must_use]
    pub const fn get(&self, parameter: Parameter) -> Option<&Text> {
        match self.known.get(parameter) {
            Sent::Value(value) => Some(value),
            Sent::Nothing | Sent::Malformed | Sent::Repeated => None,
        }
    }

    /// The letters of a parameter that was sent once and well formed.
    #[must_use]
    pub fn text(&self, parameter: Parameter) -> Option<&str> {
        self.get(parameter).map(Text::as_str)
    }

    /// Whether a parameter was sent at all, even malformed or repeated.
    #[must_use]
    pub const fn was_sent(&self, parameter: Parameter) -> bool {
        !matches!(self.known.get(parameter), Sent::Nothing)
    }

    /// Whether the request was beyond the limits, so that it was not read.
    #[must_use]
    pub const fn too_long(&self) -> bool {
        self.too_long
    }

    /// Whether a parameter was sent that is no percent-encoded UTF-8.
    #[must_use]
    pub fn malformed(&self) -> bool {
        self.malformed_name || self.malformed_other || self.any_known(&Sent::Malformed)
    }

    /// Whether a parameter was sent more than once.
    #[must_use]
    pub fn repeated(&self) -> bool {
        self.repeated_other || self.any_known(&Sent::Repeated)
    }

    /// Names and values of what was sent once and well formed: first those that a decision may depend on.
    pub fn sent(&self) -> impl Iterator<Item = (&str, &str)> {
        let known = Parameter::ALL.iter().map(|parameter| (parameter.name(), self.known.get(*parameter)));
        let others = self.others.iter().map(|(name, sent)| (name.as_str(), sent));
        known.chain(others).filter_map(|(name, sent)| match sent {
            Sent::Value(value) => Some((name, value.as_str())),
            Sent::Nothing | Sent::Malformed | Sent::Repeated => None,
        })
    }

    fn any_known(&self, sent: &Sent) -> bool {
        Parameter::ALL.iter().any(|parameter| self.known.get(*parameter) == sent)
    }
}

/// A query, or names and values that are decoded already; a list is a parameter sent several times.
impl Shape for Request {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        match node.value() {
            Value::Text(text) => Ok(Self::Query(text.clone())),
            Value::Broken(Broken::LoneSurrogate) => Ok(Self::Malformed),
            _ => decoded(node).map(Self::Decoded),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Query(text) => Value::Text(text.clone()),
            Self::Decoded(pairs) => {
                Value::List(pairs.iter().map(|(name, sent)| Value::object([(name, sent_value(sent))])).collect())
            }
            Self::Malformed | Self::TooLong => Value::Broken(Broken::LoneSurrogate),
        }
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        Some(match from.byte()? {
            0 => Self::Query(from.text()?),
            1 => {
                let mut pairs = Vec::new();
                for _ in 0..from.count()? {
                    let (name, value) = (from.text()?, from.text()?);
                    pairs.push((name, if value.is_empty() { Sent::Nothing } else { Sent::Value(value) }));
                }
                Self::Decoded(pairs)
            }
            2 => Self::TooLong,
            _ => return None,
        })
    }

    fn encode(&self, to: &mut Encoder) {
        self.write().encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Declared(Declared {
            name: "RequestInput",
            wire: Wire::Request,
            example: r#""response_type=code&scope=openid+email""#,
        })
    }
}

fn sent_value(sent: &Sent) -> Value {
    match sent {
        Sent::Value(value) => Value::Text(value.clone()),
        Sent::Nothing | Sent::Repeated => Value::Null,
        Sent::Malformed => Value::Broken(Broken::LoneSurrogate),
    }
}

fn decoded(node: Node<'_>) -> Result<Vec<(Text, Sent)>, Misuse> {
    let mut pairs = Vec::new();
    for (name, value) in node.members()?.iter() {
        match value.value() {
            Value::List(_) => {
                for item in value.list()? {
                    pairs.push((name.clone(), sent(item)?));
                }
            }
            Value::Null => {}
            _ => pairs.push((name.clone(), sent(value)?)),
        }
    }
    Ok(pairs)
}

fn sent(node: Node<'_>) -> Result<Sent, Misuse> {
    match node.value() {
        Value::Broken(Broken::LoneSurrogate) => Ok(Sent::Malformed),
        Value::Number(_) | Value::Boolean(_) => {
            Err(node.misuse(MisuseCode::WrongType, "must be a string, as on the wire"))
        }
        _ => node.text().map(|text| if text.is_empty() { Sent::Nothing } else { Sent::Value(text.clone()) }),
    }
}

/// The query of a URL, or the whole text when it is a query already.
fn query_of(text: &Text) -> Text {
    let end = text.find('#').unwrap_or(text.len());
    let whole = text.as_str().get(..end).unwrap_or_default();
    let head = whole.split(['?', '&', '=']).next().unwrap_or_default();
    let is_address = head.starts_with('/') || head.contains("://") || whole.starts_with('?');
    match (is_address, whole.find('?')) {
        (true, Some(at)) => text.piece(at.saturating_add(1), end),
        (true, None) => Text::EMPTY,
        (false, _) => text.piece(0, end),
    }
}

/// Percent-decoding, with `+` for a space.
#[derive(Default)]
struct Decoding {
    bytes: Vec<u8>,
}

impl Decoding {
    /// A piece of a pair, decoded; `None` when it is no UTF-8, or a percent sign is not followed by two digits. What
    /// holds nothing to decode is not copied.
    fn decode(&mut self, pair: &Text, start: usize, end: usize) -> Option<Text> {
        let raw = pair.as_str().get(start..end)?;
        if !raw.bytes().any(|byte| matches!(byte, b'+' | b'%')) {
            return Some(pair.piece(start, end));
        }
        self.bytes.clear();
        let mut rest = raw.bytes();
        while let Some(byte) = rest.next() {
            self.bytes.push(match byte {
                b'+' => b' ',
                b'%' => hexadecimal(rest.next()?)?.checked_mul(16)?.checked_add(hexadecimal(rest.next()?)?)?,
                other => other,
            });
        }
        std::str::from_utf8(&self.bytes).ok().map(Text::from)
    }
}

fn hexadecimal(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
#[must_use]
pub fn encode(text: &str) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            other => encoded.extend(['%', digit(other >> 4), digit(other & 15)]),
        }
    }
    encoded
}

//! Request parameters: `application/x-www-form-urlencoded` with what attackers make of it.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description, Wire};
use crate::input::layout::{Layout, MALFORMED, PAIRS, QUERY, TOO_LONG};
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Broken, Shape, Text, Value, places_in_order};

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
    known: Known<Sent>,
    /// Those that no decision depends on.
    others: Vec<(Text, Sent)>,
    malformed: bool,
    repeated: bool,
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

    };
}

/// Something for each of those parameters that were sent, one after the other; a request has few of them.
#[derive(Clone, Debug)]
struct Known<T> {
    /// Of each parameter, one more than the place of what it has; 0 where it has nothing.
    places: [u8; Parameter::ALL.len()],
    sent: Vec<T>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { places: [0; Parameter::ALL.len()], sent: Vec::new() }
    }
}

impl<T> Known<T> {
    fn get(&self, parameter: Parameter) -> Option<&T> {
        let place = self.places.get(parameter as usize).copied().unwrap_or(0);
        self.sent.get(usize::from(place).checked_sub(1)?)
    }

    /// Adds what was sent under a name, or `again` where something was sent before.
    fn add(&mut self, parameter: Parameter, sent: T, again: T) {
        let Some(place) = self.places.get_mut(parameter as usize) else { return };
        if let Some(known) = usize::from(*place).checked_sub(1) {
            if let Some(known) = self.sent.get_mut(known) {
                *known = again;
            }
            return;
        }
        if self.sent.is_empty() {
            self.sent.reserve(USUAL);
        }
        self.sent.push(sent);
        *place = u8::try_from(self.sent.len()).unwrap_or(0);
    }

    fn map<U>(self, make: impl FnMut(T) -> U) -> Known<U> {
        Known { places: self.places, sent: self.sent.into_iter().map(make).collect() }
    }
}

/// Few requests have more parameters than this on which a decision depends.
const USUAL: usize = 12;

impl<T: PartialEq> PartialEq for Known<T> {
    fn eq(&self, other: &Self) -> bool {
        Parameter::ALL.iter().all(|parameter| self.get(*parameter) == other.get(*parameter))
    }
}

impl<T: Eq> Eq for Known<T> {}

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
            Self::Malformed => Parameters { malformed: true, ..Parameters::default() },
            Self::TooLong => Parameters::beyond_limits(),
        }
    }
}

impl Parameters {
    /// From a URL or a query string.
    #[must_use]
    pub fn parse(text: &Text, limits: Limits) -> Self {
        // With the address before it: it is counted before anything is looked for in it.
        if text.len() > limits.bytes {
            return Self::beyond_limits();
        }
        let query = query_of(text);
        let mut pairs = Pairs::of(&query);
        match pairs.read(limits.parameters) {
            Some(()) => pairs.parameters(&query),
            None => Self::beyond_limits(),
        }
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
        parameters.malformed |= parameters.known.sent.contains(&Sent::Malformed);
        parameters.repeated |= parameters.known.sent.contains(&Sent::Repeated);
        parameters.count_others();
        parameters
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
            Some(parameter) => self.known.add(parameter, sent, Sent::Repeated),
            None => self.others.push((name, sent)),
        }
    }

    /// Sorted, because one look for each pair of names would be a gift to whoever sends thousands.
    fn count_others(&mut self) {
        if let [] | [_] = self.others.as_slice() {
            self.malformed |= self.others.iter().any(|(_, sent)| *sent == Sent::Malformed);
            return;
        }
        let name = |place: usize| self.others.get(place).map(|(name, _)| name);
        let sorted = places_in_order(self.others.len(), &|one, other| name(one).cmp(&name(other)));
        let (mut malformed, mut repeated) = (false, false);
        for same in sorted.chunk_by(|one, other| name(*one) == name(*other)) {
            match same {
                [only] => malformed |= self.others.get(*only).is_some_and(|(_, sent)| *sent == Sent::Malformed),
                _ => repeated = true,
            }
        }
        self.malformed |= malformed;
        self.repeated |= repeated;
    }

    /// The value of a parameter that was sent once and well formed.
    #[must_use]
    pub fn get(&self, parameter: Parameter) -> Option<&Text> {
        match self.known.get(parameter)? {
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
    pub fn was_sent(&self, parameter: Parameter) -> bool {
        self.known.get(parameter).is_some()
    }

    /// Whether the request was beyond the limits, so that it was not read.
    #[must_use]
    pub const fn too_long(&self) -> bool {
        self.too_long
    }

    /// Whether a parameter was sent that is no percent-encoded UTF-8.
    #[must_use]
    pub const fn malformed(&self) -> bool {
        self.malformed
    }

    /// Whether a parameter was sent more than once.
    #[must_use]
    pub const fn repeated(&self) -> bool {
        self.repeated
    }

    /// Names and values of what was sent once and well formed: first those that a decision may depend on.
    pub fn sent(&self) -> impl Iterator<Item = (&str, &str)> {
        let known = Parameter::ALL.iter();
        let known = known.filter_map(|parameter| self.known.get(*parameter).map(|sent| (parameter.name(), sent)));
        let others = self.others.iter().map(|(name, sent)| (name.as_str(), sent));
        known.chain(others).filter_map(|(name, sent)| match sent {
            Sent::Value(value) => Some((name, value.as_str())),
            Sent::Nothing | Sent::Malformed | Sent::Repeated => None,
        })
    }
}

/// A query, or names and values that are decoded already; a list is a parameter sent several times.
impl Shape for Request {
    const LAYOUT: Layout = Layout::Request;

    fn write(&self) -> Value {
        match self {
            Self::Query(text) => Value::Text(text.clone()),
            Self::Decoded(pairs) => {
                Value::Members(pairs.iter().map(|(name, sent)| (name.clone(), sent_value(sent))).collect())
            }
            Self::Malformed | Self::TooLong => Value::Broken(Broken::LoneSurrogate),
        }
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        Some(match from.byte()? {
            QUERY => Self::Query(from.text()?),
            PAIRS => {
                let mut pairs = Vec::new();
                for _ in 0..from.count()? {
                    let name = from.text()?;
                    let sent = match from.flag()?.then(|| from.text()) {
                        None => Sent::Malformed,
                        Some(value) => {
                            value.map(|value| if value.is_empty() { Sent::Nothing } else { Sent::Value(value) })?
                        }
                    };
                    pairs.push((name, sent));
                }
                Self::Decoded(pairs)
            }
            TOO_LONG => Self::TooLong,
            MALFORMED => Self::Malformed,
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
        Sent::Nothing => Value::Text(Text::EMPTY),
        Sent::Malformed | Sent::Repeated => Value::Broken(Broken::LoneSurrogate),
    }
}

/// The query of a URL, or the whole text when it is a query already. Only a URL has a fragment: in a query, `#` is part
/// of a value that somebody did not encode.
fn query_of(text: &Text) -> Text {
    let letters = text.as_bytes();
    let head = letters.split(|byte| matches!(byte, b'?' | b'&' | b'=')).next().unwrap_or_default();
    if head.first() == Some(&b'/') || head.windows(3).any(|three| three == b"://") {
        let end = find(letters, [b'#']);
        let before = letters.get(..end).unwrap_or_default();
        return match before.iter().position(|byte| *byte == b'?') {
            Some(at) => text.piece(at.saturating_add(1), end),
            None => Text::EMPTY,
        };
    }
    text.piece(usize::from(text.starts_with('?')), text.len())
}

/// A query on the way to parameters: where its values stand, before they become texts. What holds nothing to decode is
/// not copied; the rest is decoded into one text.
struct Pairs<'a> {
    query: &'a str,
    decoded: Vec<u8>,
    known: Known<Found>,
    others: Vec<(Piece, Found)>,
    malformed_name: bool,
}

/// A piece of the query, or of what was decoded.
#[derive(Clone, Copy)]
struct Piece {
    is_decoded: bool,
    start: usize,
    end: usize,
}

/// What was found under a name.
#[derive(Clone, Copy)]
enum Found {
    Value(Piece),
    Malformed,
    Repeated,
}

impl<'a> Pairs<'a> {
    fn of(query: &'a str) -> Self {
        Self { query, decoded: Vec::new(), known: Known::default(), others: Vec::new(), malformed_name: false }
    }

    /// One pass over the bytes. None when there are more pairs than the limit.
    fn read(&mut self, limit: usize) -> Option<()> {
        let mut left = limit;
        let mut start = 0_usize;
        while start < self.query.len() {
            let (name, value) = self.next(start);
            start = value.end.saturating_add(1);
            if name.start < value.end {
                left = left.checked_sub(1)?;
                self.add(name, value);
            }
        }
        Some(())
    }

    /// The name and the value of the pair that begins at a place.
    fn next(&self, start: usize) -> (Span, Span) {
        let name = self.span(start, [b'=', b'&', b'%', b'+'], [b'=', b'&']);
        if self.byte(name.end) == Some(b'=') {
            (name, self.span(name.end.saturating_add(1), [b'&', b'&', b'%', b'+'], [b'&', b'&']))
        } else {
            (name, Span { start: name.end, end: name.end, is_encoded: false })
        }
    }

    /// From a place to the next of some bytes that end it; `marks` are those, and what has to be decoded.
    fn span(&self, start: usize, marks: [u8; 4], ends: [u8; 2]) -> Span {
        let mut end = start.saturating_add(find(self.from(start), marks));
        let is_encoded = matches!(self.byte(end), Some(b'%' | b'+'));
        if is_encoded {
            end = end.saturating_add(find(self.from(end), ends));
        }
        Span { start, end, is_encoded }
    }

    fn from(&self, start: usize) -> &[u8] {
        self.query.as_bytes().get(start..).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.query.as_bytes().get(at).copied()
    }

    fn add(&mut self, name: Span, value: Span) {
        let Some(name) = self.decode(name) else {
            self.malformed_name = true;
            return;
        };
        let found = match self.decode(value) {
            Some(piece) if piece.start == piece.end => return,
            Some(piece) => Found::Value(piece),
            None => Found::Malformed,
        };
        match self.text(name).and_then(Parameter::named) {
            Some(parameter) => self.known.add(parameter, found, Found::Repeated),
            None => self.others.push((name, found)),
        }
    }

    fn text(&self, piece: Piece) -> Option<&str> {
        if piece.is_decoded {
            std::str::from_utf8(self.decoded.get(piece.start..piece.end)?).ok()
        } else {
            self.query.get(piece.start..piece.end)
        }
    }

    /// Percent-decoding, with `+` for a space; `None` when it is no UTF-8, or a percent sign is not followed by two
    /// digits.
    fn decode(&mut self, span: Span) -> Option<Piece> {
        if !span.is_encoded {
            return Some(Piece { is_decoded: false, start: span.start, end: span.end });
        }
        let raw = self.query.as_bytes().get(span.start..span.end)?;
        let start = self.decoded.len();
        // Enough for all that is left, so that the bytes move once at most.
        self.decoded.reserve(self.query.len().saturating_sub(span.start));
        let decoded = decode(raw, &mut self.decoded)
            .filter(|is_ascii| *is_ascii || std::str::from_utf8(self.decoded.get(start..).unwrap_or_default()).is_ok());
        if decoded.is_none() {
            self.decoded.truncate(start);
        }
        decoded.map(|_| Piece { is_decoded: true, start, end: self.decoded.len() })
    }

    fn parameters(self, query: &Text) -> Parameters {
        let decoded = match std::str::from_utf8(&self.decoded) {
            Ok("") | Err(_) => Text::EMPTY,
            Ok(decoded) => Text::from(decoded),
        };
        let text = |piece: Piece| (if piece.is_decoded { &decoded } else { query }).piece(piece.start, piece.end);
        let sent = |found: Found| match found {
            Found::Value(piece) => Sent::Value(text(piece)),
            Found::Malformed => Sent::Malformed,
            Found::Repeated => Sent::Repeated,
        };
        let found = &self.known.sent;
        let mut parameters = Parameters {
            malformed: self.malformed_name || found.iter().any(|found| matches!(found, Found::Malformed)),
            repeated: found.iter().any(|found| matches!(found, Found::Repeated)),
            too_long: false,
            known: self.known.map(sent),
            others: self.others.into_iter().map(|(name, found)| (text(name), sent(found))).collect(),
        };
        parameters.count_others();
        parameters
    }
}

/// How far it is to the first of some bytes, or to the end. Eight bytes are looked at together: one that is wanted is
/// zero after the exclusive or, and only a zero, or what stands above one, borrows into its highest bit.
fn find<const N: usize>(bytes: &[u8], wanted: [u8; N]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_le_bytes([128; 8]);
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*eight);
        let found = wanted.iter().fold(0, |found, byte| {
            let other = word ^ u64::from_le_bytes([*byte; 8]);
            found | (other.wrapping_sub(ONES) & !other & HIGHEST)
        });
        if found != 0 {
            let before = usize::try_from(found.trailing_zeros() >> 3).unwrap_or(0);
            return bytes.len().saturating_sub(rest.len()).saturating_add(before);
        }
        rest = after;
    }
    let before = rest.iter().position(|byte| wanted.contains(byte)).unwrap_or(rest.len());
    bytes.len().saturating_sub(rest.len()).saturating_add(before)
}

/// A piece of the query as it came in, and whether there is anything in it to decode.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    is_encoded: bool,
}

/// Decodes, and says whether all of it is ASCII; none where a percent sign is not followed by two digits.
fn decode(raw: &[u8], decoded: &mut Vec<u8>) -> Option<bool> {
    let mut is_ascii = true;
    let mut rest = raw;
    loop {
        let (plain, encoded) = rest.split_at_checked(find(rest, [b'%', b'+']))?;
        decoded.extend_from_slice(plain);
        is_ascii &= plain.is_ascii();
        rest = match encoded {
            [] => return Some(is_ascii),
            [b'+', after @ ..] => {
                decoded.push(b' ');
                after
            }
            [_, high, low, after @ ..] => {
                let byte = hexadecimal(*high)? << 4 | hexadecimal(*low)?;
                is_ascii &= byte.is_ascii();
                decoded.push(byte);
                after
            }
            _ => return None,
        };
    }
}

const fn hexadecimal(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(digit.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
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

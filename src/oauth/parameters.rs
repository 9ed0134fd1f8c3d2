//! Request parameters: `application/x-www-form-urlencoded` with what attackers make of it.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description, Wire};
use crate::input::layout::{Layout, MALFORMED, PAIRS, QUERY, TOO_LONG};
use crate::input::wire;
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
    known: Known,
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

/// The parameters that were sent, one after the other; a request has few of them.
#[derive(Clone, Debug)]
struct Known {
    /// Of each parameter, one more than the place of what was sent; 0 where nothing was.
    places: [u8; Parameter::ALL.len()],
    sent: Vec<Sent>,
}

impl Default for Known {
    fn default() -> Self {
        Self { places: [0; Parameter::ALL.len()], sent: Vec::new() }
    }
}

impl Known {
    fn get(&self, parameter: Parameter) -> Option<&Sent> {
        let place = self.places.get(parameter as usize).copied().unwrap_or(0);
        self.sent.get(usize::from(place).checked_sub(1)?)
    }

    /// Adds what was sent under a name.
    fn add(&mut self, parameter: Parameter, sent: Sent) {
        let Some(place) = self.places.get_mut(parameter as usize) else { return };
        if let Some(known) = usize::from(*place).checked_sub(1) {
            if let Some(known) = self.sent.get_mut(known) {
                *known = Sent::Repeated;
            }
            return;
        }
        if self.sent.is_empty() {
            self.sent.reserve(USUAL);
        }
        self.sent.push(sent);
        *place = u8::try_from(self.sent.len()).unwrap_or(0);
    }
}

/// Few requests have more parameters than this on which a decision depends.
const USUAL: usize = 12;

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        Parameter::ALL.iter().all(|parameter| self.get(*parameter) == other.get(*parameter))
    }
}

impl Eq for Known {}

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
        let mut parameters = Self::default();
        match parameters.read(&query_of(text), limits.parameters) {
            Some(()) => parameters.counted(),
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
            parameters.add(name, || name.clone(), value);
        }
        parameters.counted()
    }

    /// Reads a query in one pass over its bytes. None when there are more pairs than the limit.
    fn read(&mut self, query: &Text, limit: usize) -> Option<()> {
        let letters = query.as_str();
        let mut decoder = Decoder { query, letters, decoded: Vec::new() };
        let mut left = limit;
        let mut pair = Pair::at(0);
        let mut marks = Marks::of(letters.as_bytes());
        loop {
            let mark = marks.next();
            let end = mark.unwrap_or(letters.len());
            match letters.as_bytes().get(end) {
                Some(b'=') => pair.equals = pair.equals.or(Some(end)),
                Some(b'%' | b'+') => pair.is_encoded(),
                Some(_) | None => {
                    if pair.start < end {
                        left = left.checked_sub(1)?;
                        self.add_encoded(&mut decoder, pair, end);
                    }
                    if mark.is_none() {
                        return Some(());
                    }
                    pair = Pair::at(end.saturating_add(1));
                }
            }
        }
    }

    fn beyond_limits() -> Self {
        Self { too_long: true, ..Self::default() }
    }

    fn add_encoded(&mut self, decoder: &mut Decoder<'_>, pair: Pair, end: usize) {
        let name_end = pair.equals.unwrap_or(end);
        let value_start = name_end.saturating_add(1).min(end);
        if !pair.name_is_encoded {
            let name = decoder.letters.get(pair.start..name_end).unwrap_or_default();
            let value = decoder.text(value_start, end, pair.value_is_encoded);
            self.add(name, || decoder.query.part(pair.start, name_end), value);
        } else if let Some(name) = decoder.text(pair.start, name_end, true) {
            let value = decoder.text(value_start, end, pair.value_is_encoded);
            self.add(&name, || name.clone(), value);
        } else {
            self.malformed = true;
        }
    }

    /// A parameter sent without a value counts as omitted (RFC 6749, section 3.1). `own` gives the name as a text.
    fn add(&mut self, name: &str, own: impl FnOnce() -> Text, value: Option<Text>) {
        let sent = match value {
            Some(value) if value.is_empty() => return,
            Some(value) => Sent::Value(value),
            None => Sent::Malformed,
        };
        match Parameter::named(name) {
            Some(parameter) => self.known.add(parameter, sent),
            None => self.others.push((own(), sent)),
        }
    }

    /// With what is wrong with them.
    fn counted(mut self) -> Self {
        self.malformed |= self.known.sent.contains(&Sent::Malformed);
        self.repeated |= self.known.sent.contains(&Sent::Repeated);
        self.count_others();
        self
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

    fn decode(from: &mut wire::Decoder<'_>) -> Option<Self> {
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

    fn encode(&self, to: &mut wire::Encoder) {
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

/// A name with its value, where they stand in a query.
#[derive(Clone, Copy)]
struct Pair {
    start: usize,
    /// The first `=`.
    equals: Option<usize>,
    name_is_encoded: bool,
    value_is_encoded: bool,
}

impl Pair {
    const fn at(start: usize) -> Self {
        Self { start, equals: None, name_is_encoded: false, value_is_encoded: false }
    }

    /// Where the pair is read just now, there is something to decode.
    const fn is_encoded(&mut self) {
        match self.equals {
            None => self.name_is_encoded = true,
            Some(_) => self.value_is_encoded = true,
        }
    }
}

/// The places of `&`, `=`, `%` and `+`, eight bytes at a time.
struct Marks<'a> {
    rest: &'a [u8],
    /// Where the bytes begin that were looked at last, and where `rest` does.
    at: usize,
    next: usize,
    /// The highest bit of each byte of them that is a mark, as far as it was not given yet.
    found: u64,
}

impl<'a> Marks<'a> {
    const fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at: 0, next: 0, found: 0 }
    }

    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let eight = match self.rest.split_first_chunk::<8>() {
                Some((eight, rest)) => {
                    self.rest = rest;
                    *eight
                }
                None if self.rest.is_empty() => return None,
                None => {
                    let mut last = [0; 8];
                    last.iter_mut().zip(std::mem::take(&mut self.rest)).for_each(|(to, from)| *to = *from);
                    last
                }
            };
            self.at = self.next;
            self.next = self.next.saturating_add(8);
            self.found = Self::among(u64::from_le_bytes(eight));
        }
        let before = usize::try_from(self.found.trailing_zeros() >> 3).unwrap_or(0);
        self.found &= self.found.wrapping_sub(1);
        Some(self.at.saturating_add(before))
    }

    /// A byte that is wanted is zero after the exclusive or, and only a zero has no highest bit after this sum: no byte
    /// carries into the next.
    fn among(word: u64) -> u64 {
        const LOWER: u64 = u64::from_le_bytes([0x7F; 8]);
        let others = [b'&', b'=', b'%', b'+'].into_iter().fold(u64::MAX, |others, mark| {
            let other = word ^ u64::from_le_bytes([mark; 8]);
            others & ((other & LOWER).wrapping_add(LOWER) | other)
        });
        !others & !LOWER
    }
}

/// Makes texts of pieces of a query. What holds nothing to decode is not copied.
struct Decoder<'a> {
    query: &'a Text,
    letters: &'a str,
    /// Of the piece that is decoded; room for the next.
    decoded: Vec<u8>,
}

impl Decoder<'_> {
    /// Percent-decoding, with `+` for a space; `None` when it is no UTF-8, or a percent sign is not followed by two
    /// digits.
    fn text(&mut self, start: usize, end: usize, is_encoded: bool) -> Option<Text> {
        if !is_encoded {
            return Some(self.query.part(start, end));
        }
        let raw = self.letters.as_bytes().get(start..end)?;
        self.decoded.clear();
        self.decoded.reserve(raw.len());
        decode(raw, &mut self.decoded)?;
        std::str::from_utf8(&self.decoded).ok().map(Text::from)
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

/// Decodes; none where a percent sign is not followed by two digits.
fn decode(raw: &[u8], decoded: &mut Vec<u8>) -> Option<()> {
    let mut rest = raw;
    loop {
        let (plain, encoded) = rest.split_at_checked(find(rest, [b'%', b'+']))?;
        decoded.extend_from_slice(plain);
        rest = match encoded {
            [] => return Some(()),
            [b'+', after @ ..] => {
                decoded.push(b' ');
                after
            }
            [_, high, low, after @ ..] => {
                decoded.push(hexadecimal(*high)? << 4 | hexadecimal(*low)?);
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

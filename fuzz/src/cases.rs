//! From bytes to what is tested with them. The fuzz targets, `cargo test --test fuzz` and `cargo xtask test` share it:
//! the same bytes are the same case natively, in a fuzzer, and through the package.

use std::any::Any;
use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

use grantwise::Policy;
use grantwise::authorize::AuthorizeInput;
use grantwise::catalogue::boundary::{Operation, operations};
use grantwise::input::describe::{Description, Member, Presence, Wire};
use grantwise::input::wire::{Decoder, Encoder, Kept};
use grantwise::input::{Broken, Misuse, Node, Shape, Text, Value};
use grantwise::lifecycle::{EventInput, ManageGrantInput, RevokeInput, StatusInput};
use grantwise::oauth::client::Client;
use grantwise::policy::profiles::PROFILES;
use grantwise::records::{CodeRecord, Grant, TokenRecord};
use grantwise::token::{ExchangeInput, RefreshInput};

/// What is fuzzed.
pub const TARGETS: [&str; 5] = ["query", "object", "records", "answers", "codec"];

/// A call of the package.
#[derive(Debug)]
pub struct Case {
    /// The profile's name.
    pub profile: &'static str,
    /// What is changed in it.
    pub overrides: Value,
    /// The function of a policy.
    pub call: &'static str,
    /// What is handed over. That of `status` holds its two arguments.
    pub input: Value,
}

const NOW: u64 = 1_700_000_000;
const CALLBACK: &str = "https://client.example/cb";

/// The fixed corpus of a target: a line of hexadecimal digits for each case.
pub fn corpus(target: &str) -> Vec<Vec<u8>> {
    let lines = match target {
        "query" => include_str!("../seeds/query.txt"),
        "object" => include_str!("../seeds/object.txt"),
        "records" => include_str!("../seeds/records.txt"),
        "answers" => include_str!("../seeds/answers.txt"),
        _ => include_str!("../seeds/codec.txt"),
    };
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    lines.lines().map(|line| line.as_bytes().chunks(2).filter_map(byte).collect()).collect()
}

/// The call that some bytes stand for; none where the target calls nothing.
pub fn case(target: &str, data: &[u8]) -> Option<Case> {
    let mut drawn = Drawn { data };
    let profile = PROFILES.get(usize::from(drawn.byte()).checked_rem(PROFILES.len())?)?.name;
    let overrides = overrides(&mut drawn);
    let (call, input) = match target {
        "query" => ("authorize", surrounded(Value::from(&*String::from_utf8_lossy(drawn.data)))),
        "object" => ("authorize", surrounded(parameters(&mut drawn))),
        "answers" => ("authorize", input("authorize", &mut drawn)),
        "records" => {
            const CALLS: [&str; 6] = ["exchange", "refresh", "revoke", "manageGrant", "event", "status"];
            let call = drawn.one(&CALLS);
            (call, input(call, &mut drawn))
        }
        _ => return None,
    };
    Some(Case { profile, overrides, call, input })
}

/// Whether what must hold for some bytes holds; else what does not.
pub fn check(target: &str, data: &[u8]) -> Result<(), String> {
    if target == "codec" {
        return codec(data);
    }
    let Some(case) = case(target, data) else { return Ok(()) };
    let Ok(policy) = Policy::profile(case.profile, &case.overrides) else { return Ok(()) };
    let once = decide(&policy, case.call, &case.input);
    let again = decide(&policy, case.call, &case.input);
    same("the same input", &once, &again)?;
    if let Some(written) = rewritten(case.call, &case.input)? {
        same("what was read, written again", &once, &decide(&policy, case.call, &written))?;
    }
    Ok(())
}

/// Calls a function of a policy by its name in the package.
pub fn decide(policy: &Policy, call: &str, input: &Value) -> Result<Value, Misuse> {
    let member = |name: &str| input.member(name).cloned().unwrap_or(Value::Null);
    Ok(match call {
        "authorize" => policy.authorize(input)?.write(),
        "exchange" => policy.exchange(input)?.write(),
        "refresh" => policy.refresh(input)?.write(),
        "revoke" => policy.revoke(input)?.write(),
        "manageGrant" => policy.manage_grant(input)?.write(),
        "event" => policy.event(input)?.write(),
        _ => policy.status(&member("record"), &member("context"))?.write(),
    })
}

/// NaN is not equal to itself, but prints alike.
fn same<T: Debug + PartialEq>(what: &str, one: &T, other: &T) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    let (one, other) = (format!("{one:?}"), format!("{other:?}"));
    if one == other { Ok(()) } else { Err(format!("{what} differs:\n{one}\n{other}")) }
}

/// What was read of an input, written again; none where it is misuse, or cannot be written: a request that the package
/// did not hand over.
fn rewritten(call: &str, input: &Value) -> Result<Option<Value>, String> {
    match call {
        "authorize" => law(AuthorizeInput::read(Node::root(input, "")).ok()),
        "exchange" => law(ExchangeInput::read(Node::root(input, "")).ok()),
        "refresh" => law(RefreshInput::read(Node::root(input, "")).ok()),
        "revoke" => law(RevokeInput::read(Node::root(input, "")).ok()),
        "manageGrant" => law(ManageGrantInput::read(Node::root(input, "")).ok()),
        "event" => law(EventInput::read(Node::root(input, "")).ok()),
        _ => Ok(None),
    }
}

/// What was read is written so that it is read as the same.
fn law<T: Shape + Debug + PartialEq>(read: Option<T>) -> Result<Option<Value>, String> {
    let Some(read) = read else { return Ok(None) };
    let written = read.write();
    let again = match T::read(Node::root(&written, "")) {
        Ok(again) => again,
        Err(_) if format!("{read:?}").contains("TooLong") => return Ok(None),
        Err(misuse) => return Err(format!("{misuse} in {written:?}")),
    };
    if read != again && format!("{read:?}").contains("TooLong") {
        return Ok(None);
    }
    same("what was written and read", &read, &again)?;
    Ok(Some(written))
}

// ---- codec ----

/// Bytes as what the package wrote. Nothing is assumed of them: they are no shape, or one that can also be read as values.
fn codec(data: &[u8]) -> Result<(), String> {
    let [shape, cut, stream @ ..] = data else { return Ok(()) };
    let at = stream.len().saturating_mul(usize::from(*cut)).checked_div(255).unwrap_or(0);
    let Some((numbers, letters)) = stream.split_at_checked(at) else { return Ok(()) };
    let letters = Text::from(String::from_utf8_lossy(letters));
    let kept = OneClient;
    let mut from = Decoder::new(numbers, &letters, &kept);
    match shape % 11 {
        0 => decoded::<AuthorizeInput>(&mut from),
        1 => decoded::<ExchangeInput>(&mut from),
        2 => decoded::<RefreshInput>(&mut from),
        3 => decoded::<RevokeInput>(&mut from),
        4 => decoded::<ManageGrantInput>(&mut from),
        5 => decoded::<EventInput>(&mut from),
        6 => decoded::<TokenRecord>(&mut from),
        7 => decoded::<CodeRecord>(&mut from),
        8 => decoded::<Grant>(&mut from),
        9 => StatusInput::decode(&mut from).map_or(Ok(()), |input| same("a copy", &input, &input.clone())),
        _ => value(&mut from),
    }
}

fn decoded<T: Shape + Debug + PartialEq>(from: &mut Decoder<'_>) -> Result<(), String> {
    law(T::decode(from)).map(|_written| ())
}

/// A value that is read comes out as it went in.
fn value(from: &mut Decoder<'_>) -> Result<(), String> {
    let Some(value) = Value::decode(from) else { return Ok(()) };
    let mut encoder = Encoder::default();
    encoder.start(Text::EMPTY);
    value.encode(&mut encoder);
    let (numbers, letters) = encoder.written();
    let mut package = Package { numbers, letters };
    let read = package.value().ok_or("what was written cannot be read")?;
    if !package.numbers.is_empty() || !package.letters.is_empty() {
        return Err(format!("more was written than is read: {value:?}"));
    }
    same("what was written and read", &whole(&value), &read)
}

/// What is no data is written as null.
fn whole(value: &Value) -> Value {
    match value {
        Value::Broken(_) => Value::Null,
        Value::List(items) => Value::List(items.iter().map(whole).collect()),
        Value::Members(members) => {
            Value::Members(members.iter().map(|(name, value)| (name.clone(), whole(value))).collect())
        }
        other => other.clone(),
    }
}

/// Reads what the engine wrote, as pkg-template/boundary.js does.
struct Package<'a> {
    numbers: &'a [u8],
    letters: &'a [u8],
}

impl Package<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.numbers.split_first()?;
        self.numbers = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift = shift.checked_add(7)?;
        }
    }

    fn text(&mut self) -> Option<Text> {
        let head = self.number()?;
        if head & 3 != 0 {
            return None;
        }
        let (text, rest) = self.letters.split_at_checked(usize::try_from(head >> 2).ok()?)?;
        self.letters = rest;
        std::str::from_utf8(text).ok().map(Text::from)
    }

    fn value(&mut self) -> Option<Value> {
        Some(match self.byte()? {
            0 => Value::Null,
            1 => Value::Boolean(false),
            2 => Value::Boolean(true),
            3 => Value::whole(self.number()?),
            4 => {
                let (bytes, rest) = self.numbers.split_first_chunk::<8>()?;
                self.numbers = rest;
                Value::Number(f64::from_le_bytes(*bytes))
            }
            5 => Value::Text(self.text()?),
            6 => {
                let count = self.number()?;
                Value::List((0..count).map(|_| self.value()).collect::<Option<_>>()?)
            }
            7 => {
                let count = self.number()?;
                Value::Members((0..count).map(|_| Some((self.text()?, self.value()?))).collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }
}

/// Keeps one client, under the number 1.
struct OneClient;

impl Kept for OneClient {
    fn kept(&self, number: u64) -> Option<Arc<dyn Any + Send + Sync>> {
        let metadata = Value::object([("client_id", "c1".into())]);
        let client = Client::read(Node::root(&metadata, "client")).ok()?;
        if number == 1 { Some(Arc::new(client)) } else { None }
    }
}

// ---- inputs ----

/// Bytes, one after the other; zeros behind the last.
struct Drawn<'a> {
    data: &'a [u8],
}

impl Drawn<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.data.split_first() else { return 0 };
        self.data = rest;
        *first
    }

    fn one<T: Copy + Default>(&mut self, of: &[T]) -> T {
        let place = usize::from(self.byte()).checked_rem(of.len()).unwrap_or(0);
        of.get(place).copied().unwrap_or_default()
    }

    /// So many bytes as text.
    fn raw(&mut self) -> Value {
        let length = usize::from(self.byte() & 31).min(self.data.len());
        let Some((raw, rest)) = self.data.split_at_checked(length) else { return Value::Null };
        self.data = rest;
        Value::from(&*String::from_utf8_lossy(raw))
    }
}

fn overrides(drawn: &mut Drawn<'_>) -> Value {
    match drawn.byte() % 8 {
        1 => Value::object([("max_request_bytes", Value::whole(128))]),
        2 => Value::object([("max_request_parameters", Value::whole(3)), ("answer_max_age_s", Value::whole(60))]),
        3 => Value::object([("scopes_supported", Value::List(vec!["openid".into(), "offline_access".into()]))]),
        4 => Value::object([("issuer", "https://as.example".into()), ("clock_tolerance_s", Value::Null)]),
        _ => Value::Null,
    }
}

/// A request with a signed-in user and a client that may do everything.
fn surrounded(request: Value) -> Value {
    Value::object([
        ("request", request),
        (
            "client",
            Value::object([
                ("client_id", "c1".into()),
                ("redirect_uris", Value::List(vec![CALLBACK.into(), "http://127.0.0.1/cb".into()])),
                (
                    "grant_types",
                    Value::List(["authorization_code", "refresh_token", "implicit"].map(Value::from).into()),
                ),
                (
                    "response_types",
                    Value::List(["code", "id_token token", "code id_token token"].map(Value::from).into()),
                ),
            ]),
        ),
        ("session", Value::object([("sub", "alice".into()), ("auth_time", Value::whole(NOW.saturating_sub(60)))])),
        ("grant", Value::object([("scope", "openid email".into()), ("offline", Value::Boolean(true))])),
        ("now", Value::whole(NOW)),
    ])
}

/// What the package says of values that are no data.
const BROKEN: [Broken; 5] =
    [Broken::LoneSurrogate, Broken::Unreadable, Broken::NotData, Broken::TooDeep, Broken::Instance];

/// Names and values of a request.
const PARAMETERS: [(&str, &[&str]); 18] = [
    ("response_type", &["code", "code id_token token", "id_token token", "none", "code code"]),
    ("client_id", &["c1", "c2"]),
    ("redirect_uri", &[CALLBACK, "http://127.0.0.1:8080/cb", "https://evil.example/"]),
    ("scope", &["openid email", "openid offline_access", "openid", "email profile", " openid  openid "]),
    ("state", &["s1", "日本 é", "a b&c=d", "\u{0}\r\n"]),
    ("nonce", &["n"]),
    ("prompt", &["none", "login", "consent", "select_account login", "none login"]),
    ("max_age", &["0", "60", "99999999999999999999", "-1"]),
    ("grant_type", &["authorization_code", "refresh_token", "client_credentials"]),
    ("code", &["abc"]),
    ("refresh_token", &["abc"]),
    ("token", &["abc"]),
    ("code_challenge", &["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "x"]),
    ("code_challenge_method", &["S256", "plain"]),
    ("access_type", &["offline", "online"]),
    ("grant_management_action", &["create", "merge", "replace"]),
    ("include_granted_scopes", &["true", "false"]),
    ("__proto__", &["x"]),
];

/// An object request: known and other names, lists, what is no data.
fn parameters(drawn: &mut Drawn<'_>) -> Value {
    let mut members: Vec<(Text, Value)> = Vec::new();
    while !drawn.data.is_empty() && members.len() < 40 {
        let place = usize::from(drawn.byte());
        let (name, value) = match PARAMETERS.get(place % 24) {
            Some((name, values)) => {
                let values: Vec<Option<&str>> = values.iter().copied().map(Some).collect();
                (Text::fixed(name), drawn.one(&values).map_or(Value::Null, Value::from))
            }
            None => match drawn.raw() {
                Value::Text(name) => (name, drawn.raw()),
                _ => continue,
            },
        };
        let value = match drawn.byte() {
            0..16 => Value::List(vec![value.clone(), value]),
            16..20 => Value::Null,
            20..24 => Value::Broken(Broken::LoneSurrogate),
            24..26 => Value::Broken(Broken::NotData),
            26..28 => Value::Broken(Broken::Unreadable),
            28..30 => Value::Number(1.0),
            30..36 => drawn.raw(),
            36..40 => "".into(),
            _ => value,
        };
        // An object has each name once.
        if !members.iter().any(|(known, _)| *known == name) {
            members.push((name, value));
        }
    }
    Value::Members(members)
}

/// The input of an operation, as its shape says, with a mistake here and there.
fn input(call: &str, drawn: &mut Drawn<'_>) -> Value {
    static OPERATIONS: OnceLock<Vec<Operation>> = OnceLock::new();
    let operations = OPERATIONS.get_or_init(operations);
    let shape = operations.iter().find(|operation| operation.name == call).and_then(|known| known.input.as_ref());
    if call == "status" {
        let record = match drawn.byte() % 4 {
            0 => Value::Null,
            1 => of_shape("", &CodeRecord::describe(), drawn),
            2 => of_shape("", &Grant::describe(), drawn),
            _ => of_shape("", &TokenRecord::describe(), drawn),
        };
        let context = shape.map_or(Value::Null, |shape| of_shape("", shape, drawn));
        return Value::object([
            ("record", record),
            ("context", context.member("context").cloned().unwrap_or(Value::Null)),
        ]);
    }
    shape.map_or(Value::Null, |shape| of_shape("", shape, drawn))
}

fn of_shape(name: &str, shape: &Description, drawn: &mut Drawn<'_>) -> Value {
    match shape {
        Description::Text | Description::Composed | Description::Identifier | Description::Scopes => text(name, drawn),
        Description::Flag => Value::Boolean(drawn.byte() & 1 == 1),
        Description::Time => time(drawn),
        Description::Duration | Description::Count { .. } => {
            Value::whole(drawn.one(&[1, 2, 0, 60, 3600, u64::MAX >> 12]))
        }
        Description::One => Value::whole(1),
        Description::Numbers(numbers) => Value::whole(drawn.one(numbers)),
        Description::List(item) => {
            let count = drawn.byte() % 4;
            Value::List((0..count).map(|_| of_shape(name, item, drawn)).collect())
        }
        Description::Words(words) => {
            let words: Vec<Option<&str>> = words.words.iter().map(|(word, _)| Some(*word)).collect();
            drawn.one(&words).map_or(Value::Null, Value::from)
        }
        Description::Object(object) => Value::Members(members(&object.members, drawn)),
        Description::Union(union) => {
            let place = usize::from(drawn.byte()).checked_rem(union.variants.len()).unwrap_or(0);
            let Some(variant) = union.variants.get(place) else { return Value::Null };
            let constants = variant.constants.iter().map(|(name, word)| (Text::fixed(name), Value::from(*word)));
            Value::Members(constants.chain(members(&variant.members, drawn)).collect())
        }
        Description::Dictionary => Value::Members(vec![("a".into(), text(name, drawn))]),
        Description::Shared(_, shape) => of_shape(name, shape, drawn),
        Description::Declared(declared) => match &declared.wire {
            Wire::Request if drawn.byte() & 1 == 0 => {
                let mut pairs = Drawn { data: drawn.data.get(..12).unwrap_or_default() };
                drawn.data = drawn.data.get(12..).unwrap_or_default();
                parameters(&mut pairs)
            }
            Wire::Kept(shape) => of_shape(name, shape, drawn),
            Wire::Text | Wire::Request | Wire::Table(_) => text("request", drawn),
        },
        Description::Anything => drawn.raw(),
    }
}

fn members(listed: &[Member], drawn: &mut Drawn<'_>) -> Vec<(Text, Value)> {
    let mut members = Vec::new();
    for member in listed {
        let how = drawn.byte();
        let is_needed = matches!(member.presence, Presence::Needed | Presence::Assigned);
        let value = match how {
            250 => continue,
            251 => Value::Null,
            252 => drawn.raw(),
            253 => Value::Broken(drawn.one(&BROKEN.map(Some)).unwrap_or(Broken::NotData)),
            254 => Value::Number(drawn.one(&[f64::NAN, -1.0, 1.5, 1e300, f64::INFINITY, -0.0])),
            255 => Value::List(vec![Value::object([("zork", Value::Null)])]),
            _ if !is_needed && how & 3 == 0 => continue,
            _ if !is_needed && how & 7 == 1 => Value::Null,
            _ => of_shape(member.name, &member.shape, drawn),
        };
        members.push((Text::fixed(member.name), value));
    }
    members
}

/// Mostly a text with which something can be done.
fn text(name: &str, drawn: &mut Drawn<'_>) -> Value {
    let likely: &[&str] = match name {
        "client_id" => &["c1", "c1", "c1", "c2"],
        "sub" => &["alice", "alice", "alice", "bob"],
        "sid" | "id" | "family" | "grant_id" => &["x1", "x1", "x2", "é日"],
        "scope" | "scopes" | "value" => &["openid email", "openid", "openid offline_access email", "email"],
        "redirect_uri" | "redirect_uris" => &[CALLBACK, "http://127.0.0.1/cb", "javascript:x"],
        "grant_types" => &["authorization_code", "refresh_token", "implicit", "client_credentials"],
        "response_types" => &["code", "code id_token", "id_token token"],
        "request" => &[
            "response_type=code&client_id=c1&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&scope=openid+email&state=s",
            "response_type=code&client_id=c1&scope=openid+offline_access&prompt=consent&nonce=n",
            "grant_type=authorization_code&code=x&redirect_uri=https%3A%2F%2Fclient.example%2Fcb",
            "grant_type=refresh_token&refresh_token=x&scope=openid",
            "token=x&token_type_hint=refresh_token",
        ],
        _ => &["x", "é日本", "none", "S256", "alice"],
    };
    let likely: Vec<Option<&str>> = likely.iter().copied().map(Some).collect();
    match drawn.byte() {
        byte if byte < 230 => drawn.one(&likely).map_or(Value::Null, Value::from),
        230..240 => "".into(),
        _ => drawn.raw(),
    }
}

fn time(drawn: &mut Drawn<'_>) -> Value {
    let before = [0, 1, 60, 599, 601, 3600, 86_400, 31_536_000, NOW];
    match drawn.byte() {
        byte if byte < 200 => Value::whole(NOW.saturating_sub(drawn.one(&before))),
        200..230 => Value::whole(NOW.saturating_add(drawn.one(&before))),
        230..250 => Value::whole(NOW.saturating_mul(1000)),
        _ => Value::Number(0.5),
    }
}

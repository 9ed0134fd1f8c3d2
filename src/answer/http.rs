//! What an answer over HTTP has beside its body: the status, and the headers.

#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Shape, Text, Value};
use crate::oauth::error::ErrorCode;

/// The status of an HTTP response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HttpStatus {
    /// 200
    Ok,
    /// 204
    NoContent,
    /// 400
    BadRequest,
    /// 401
    Unauthorized,
    /// 403
    Forbidden,
    /// 404
    NotFound,
}

impl HttpStatus {
    /// Every one, in ascending order.
    pub const ALL: &'static [Self] =
        &[Self::Ok, Self::NoContent, Self::BadRequest, Self::Unauthorized, Self::Forbidden, Self::NotFound];

    /// The number.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Ok => 200,
            Self::NoContent => 204,
            Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
        }
    }

    /// The status with this number; a bad request where there is none.
    #[must_use]
    pub fn of(number: u16) -> Self {
        Self::ALL.iter().copied().find(|status| status.number() == number).unwrap_or(Self::BadRequest)
    }

    /// The status of an error of the token endpoint (RFC 6749, section 5.2).
    #[must_use]
    pub fn of_token_error(code: Option<ErrorCode>) -> Self {
        if code == Some(ErrorCode::InvalidClient) { Self::Unauthorized } else { Self::BadRequest }
    }
}

impl Shape for HttpStatus {
    const LAYOUT: Layout = Layout::Numbers(&[200, 204, 400, 401, 403, 404], "is no status that is answered with");

    fn write(&self) -> Value {
        Value::whole(self.number().into())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        let number = from.number()?;
        Self::ALL.iter().copied().find(|status| u64::from(status.number()) == number)
    }

    fn encode(&self, to: &mut Encoder) {
        to.number(self.number().into());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Numbers(Self::ALL.iter().map(|status| status.number().into()).collect())
    }
}

/// The headers of a response, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    headers: Vec<(Text, Text)>,
}

impl Headers {
    /// Of a response that nobody keeps: it speaks of tokens and of who has them (RFC 6749, sections 5.1 and 5.2).
    #[must_use]
    pub fn of_a_secret() -> Self {
        let mut headers = Self::default();
        headers.add("Cache-Control", Text::fixed("no-store"));
        headers.add("Pragma", Text::fixed("no-cache"));
        headers
    }

    /// The body is JSON.
    pub fn add_json(&mut self) {
        self.add("Content-Type", Text::fixed("application/json"));
    }

    /// The client has to authenticate. HTTP wants a challenge with every 401 (RFC 9110, section 15.5.2), and RFC 6749,
    /// section 5.2, one in the scheme that the client tried; Basic is the only one that it can try in a header.
    pub fn add_basic_challenge(&mut self, issuer: Option<&str>) {
        self.add("WWW-Authenticate", format!("Basic realm=\"{}\"", realm(issuer)).into());
    }

    /// The access token does not do (RFC 6750, section 3). `scope` is what it needs.
    pub fn add_bearer_challenge(&mut self, issuer: Option<&str>, error: ErrorCode, scope: Option<&str>) {
        let scope = scope.map(|scope| format!(", scope=\"{scope}\"")).unwrap_or_default();
        let challenge = format!("Bearer realm=\"{}\", error=\"{}\"{scope}", realm(issuer), error.name());
        self.add("WWW-Authenticate", challenge.into());
    }

    fn add(&mut self, name: &'static str, value: Text) {
        self.headers.push((Text::fixed(name), value));
    }
}

/// What the credentials are for. An address that would have to be escaped between quotes is not named.
fn realm(issuer: Option<&str>) -> &str {
    let plain = |issuer: &&str| issuer.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\');
    issuer.filter(plain).unwrap_or("authorization server")
}

impl Shape for Headers {
    /// A header from elsewhere that would break out of its line is none.
    const LAYOUT: Layout = Layout::Headers;

    fn write(&self) -> Value {
        let member = |(name, value): &(Text, Text)| (name.clone(), Value::Text(value.clone()));
        Value::Members(self.headers.iter().map(member).collect())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        let count = from.count()?;
        let headers: Option<Vec<(Text, Text)>> = (0..count).map(|_| Some((from.text()?, from.text()?))).collect();
        headers.map(|headers| Self { headers })
    }

    fn encode(&self, to: &mut Encoder) {
        to.number(self.headers.len() as u64);
        for (name, value) in &self.headers {
            to.text(name);
            to.text(value);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Dictionary
    }
}

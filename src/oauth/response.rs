//! Response types and response modes.

use super::error::Placement;

/// A response type as a set of what the authorization endpoint returns.
///
/// RFC 6749, section 3.1.1, and OAuth 2.0 Multiple Response Type Encoding Practices 1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseType {
    /// `code`
    Code,
    /// `token`
    Token,
    /// `id_token`
    IdToken,
    /// `id_token token`
    IdTokenToken,
    /// `code id_token`
    CodeIdToken,
    /// `code token`
    CodeToken,
    /// `code id_token token`
    CodeIdTokenToken,
    /// `none`: no credential at all.
    None,
}

impl ResponseType {
    /// Every response type.
    pub const ALL: [Self; 8] = [
        Self::Code,
        Self::Token,
        Self::IdToken,
        Self::IdTokenToken,
        Self::CodeIdToken,
        Self::CodeToken,
        Self::CodeIdTokenToken,
        Self::None,
    ];

    /// Parses a response type; the order of its words has no meaning.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = (false, false, false, false);
        for word in text.as_bytes().split(|byte| *byte == b' ') {
            let seen = match word {
                b"code" => &mut words.0,
                b"id_token" => &mut words.1,
                b"token" => &mut words.2,
                b"none" => &mut words.3,
                _ => return None,
            };
            if std::mem::replace(seen, true) {
                return None;
            }
        }
        match words {
            (true, false, false, false) => Some(Self::Code),
            (false, false, true, false) => Some(Self::Token),
            (false, true, false, false) => Some(Self::IdToken),
            (false, true, true, false) => Some(Self::IdTokenToken),
            (true, true, false, false) => Some(Self::CodeIdToken),
            (true, false, true, false) => Some(Self::CodeToken),
            (true, true, true, false) => Some(Self::CodeIdTokenToken),
            (false, false, false, true) => Some(Self::None),
            _ => None,
        }
    }

    /// The words on the wire, in the order of Multiple Response Types.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Token => "token",
            Self::IdToken => "id_token",
            Self::IdTokenToken => "id_token token",
            Self::CodeIdToken => "code id_token",
            Self::CodeToken => "code token",
            Self::CodeIdTokenToken => "code id_token token",
            Self::None => "none",
        }
    }

    /// Whether the front channel returns a code.
    #[must_use]
    pub const fn returns_code(self) -> bool {
        matches!(self, Self::Code | Self::CodeIdToken | Self::CodeToken | Self::CodeIdTokenToken)
    }

    /// Whether the front channel returns an access token.
    #[must_use]
    pub const fn returns_access_token(self) -> bool {
        matches!(self, Self::Token | Self::IdTokenToken | Self::CodeToken | Self::CodeIdTokenToken)
    }

    /// Whether the front channel returns an ID Token.
    #[must_use]
    pub const fn returns_id_token(self) -> bool {
        matches!(self, Self::IdToken | Self::IdTokenToken | Self::CodeIdToken | Self::CodeIdTokenToken)
    }

    /// Whether it has a code beside tokens.
    #[must_use]
    pub const fn is_hybrid(self) -> bool {
        matches!(self, Self::CodeIdToken | Self::CodeToken | Self::CodeIdTokenToken)
    }

    /// The default response mode (Multiple Response Types, sections 2.1, 4 and 5).
    #[must_use]
    pub const fn default_placement(self) -> Placement {
        match self {
            Self::Code | Self::None => Placement::Query,
            _ => Placement::Fragment,
        }
    }

    /// The grant types that a client registers for it (OpenID Connect Dynamic Client Registration, section 2).
    #[must_use]
    pub const fn grant_types(self) -> &'static [&'static str] {
        match self {
            Self::Code => &["authorization_code"],
            Self::Token | Self::IdToken | Self::IdTokenToken => &["implicit"],
            Self::CodeIdToken | Self::CodeToken | Self::CodeIdTokenToken => &["authorization_code", "implicit"],
            Self::None => &[],
        }
    }
}

/// A response mode that the request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseMode {
    /// Not sent: the response type's default.
    Default,
    /// `query`
    Query,
    /// `fragment`
    Fragment,
    /// `form_post`
    FormPost,
    /// A mode that no implementation here knows.
    Unknown,
}

impl ResponseMode {
    /// Parses a response mode.
    #[must_use]
    pub fn parse(text: Option<&str>) -> Self {
        match text {
            None => Self::Default,
            Some("query") => Self::Query,
            Some("fragment") => Self::Fragment,
            Some("form_post") => Self::FormPost,
            Some(_) => Self::Unknown,
        }
    }
}

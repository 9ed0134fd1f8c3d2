//! A refusal by the protocol, which is an answer like any other.

use super::trace::RuleId;
use crate::decide::rule::Rule;
use crate::input::Text;
use crate::oauth::error::{ErrorCode, ErrorPlacement, Placement};

words! {
    /// Where an error is put, whichever endpoint refuses.
    pub enum ErrorPlace as "ErrorPlacement" {
        /// The query of the redirect URI.
        Query = "query",
        /// The fragment of the redirect URI.
        Fragment = "fragment",
        /// A form that the browser posts to the redirect URI.
        FormPost = "form_post",
        /// A page for the user; nothing is redirected.
        Page = "page",
        /// HTTP status 400; nothing is redirected.
        Http400 = "http_400",
        /// The body of a response of the token endpoint or the revocation endpoint (RFC 6749, section 5.2).
        TokenResponse = "token_response",
        /// HTTP status 401.
        Http401 = "http_401",
    }
}

shape! {
    /// A refusal.
    pub struct ProtocolError {
        /// Null where the standard names none (an error page).
        nullable code: ErrorCode,
        /// Where it is put.
        needed placement: ErrorPlace,
        /// One sentence for the developer of the client.
        needed description: Text,
        /// The rule that refuses; it stands in `trace`.
        needed rule: RuleId,
    }
}

impl From<ErrorPlacement> for ErrorPlace {
    fn from(placement: ErrorPlacement) -> Self {
        match placement {
            ErrorPlacement::Redirect(Placement::Query) => Self::Query,
            ErrorPlacement::Redirect(Placement::Fragment) => Self::Fragment,
            ErrorPlacement::Redirect(Placement::FormPost) => Self::FormPost,
            ErrorPlacement::Page => Self::Page,
            ErrorPlacement::Http400 => Self::Http400,
        }
    }
}

impl ProtocolError {
    /// A refusal in the words of the rule that refuses.
    #[must_use]
    pub fn by(rule: &'static Rule, code: Option<ErrorCode>, placement: ErrorPlace) -> Self {
        Self { code, placement, description: rule.statement.into(), rule: RuleId::of(rule) }
    }
}

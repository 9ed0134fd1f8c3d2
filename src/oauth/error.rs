//! Registered error codes, and where an error is put.

/// An error code as it is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// RFC 6749, section 4.1.2.1.
    InvalidRequest,
    /// RFC 6749, section 4.1.2.1.
    UnauthorizedClient,
    /// RFC 6749, section 4.1.2.1.
    AccessDenied,
    /// RFC 6749, section 4.1.2.1.
    UnsupportedResponseType,
    /// RFC 6749, section 4.1.2.1.
    InvalidScope,
    /// OpenID Connect Core 1.0, section 3.1.2.6.
    InteractionRequired,
    /// OpenID Connect Core 1.0, section 3.1.2.6.
    LoginRequired,
    /// OpenID Connect Core 1.0, section 3.1.2.6.
    AccountSelectionRequired,
    /// OpenID Connect Core 1.0, section 3.1.2.6.
    ConsentRequired,
    /// OpenID Connect Core 1.0, section 3.1.2.6.
    RequestNotSupported,
    /// OpenID Connect Core 1.0, section 3.1.2.6.
    RequestUriNotSupported,
    /// draft-ietf-oauth-incremental-authz-04, section 8.2.
    OverbroadScope,
    /// Grant Management for OAuth 2.0, section 5.4.
    InvalidGrantId,
    /// Google Workspace.
    AdminPolicyEnforced,
    /// RFC 6749, section 5.2.
    InvalidClient,
    /// RFC 6749, section 5.2.
    InvalidGrant,
    /// RFC 6749, section 5.2.
    UnsupportedGrantType,
    /// RFC 7009, section 2.2.1.
    UnsupportedTokenType,
    /// RFC 6750, section 3.1.
    InsufficientScope,
}

impl ErrorCode {
    /// The code on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::InteractionRequired => "interaction_required",
            Self::LoginRequired => "login_required",
            Self::AccountSelectionRequired => "account_selection_required",
            Self::ConsentRequired => "consent_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::OverbroadScope => "overbroad_scope",
            Self::InvalidGrantId => "invalid_grant_id",
            Self::AdminPolicyEnforced => "admin_policy_enforced",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedTokenType => "unsupported_token_type",
            Self::InsufficientScope => "insufficient_scope",
        }
    }
}

/// Where the parameters of a response are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placement {
    /// The query of the redirect URI.
    Query,
    /// The fragment of the redirect URI.
    Fragment,
    /// A form that the browser posts.
    FormPost,
}

impl Placement {
    /// The response mode.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
        }
    }
}

/// Where an error of the authorization endpoint is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorPlacement {
    /// Sent to the client.
    Redirect(Placement),
    /// A page for the user; nothing is redirected.
    Page,
    /// HTTP status 400; nothing is redirected.
    Http400,
}

impl ErrorPlacement {
    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redirect(placement) => placement.name(),
            Self::Page => "page",
            Self::Http400 => "http_400",
        }
    }
}

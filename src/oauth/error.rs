//! Registered error codes, and where an error is put.

words! {
    /// An error code as it is registered.
    pub enum ErrorCode {
        /// RFC 6749, section 4.1.2.1.
        InvalidRequest = "invalid_request",
        /// RFC 6749, section 4.1.2.1.
        UnauthorizedClient = "unauthorized_client",
        /// RFC 6749, section 4.1.2.1.
        AccessDenied = "access_denied",
        /// RFC 6749, section 4.1.2.1.
        UnsupportedResponseType = "unsupported_response_type",
        /// RFC 6749, section 4.1.2.1.
        InvalidScope = "invalid_scope",
        /// OpenID Connect Core 1.0, section 3.1.2.6.
        InteractionRequired = "interaction_required",
        /// OpenID Connect Core 1.0, section 3.1.2.6.
        LoginRequired = "login_required",
        /// OpenID Connect Core 1.0, section 3.1.2.6.
        AccountSelectionRequired = "account_selection_required",
        /// OpenID Connect Core 1.0, section 3.1.2.6.
        ConsentRequired = "consent_required",
        /// OpenID Connect Core 1.0, section 3.1.2.6.
        RequestNotSupported = "request_not_supported",
        /// OpenID Connect Core 1.0, section 3.1.2.6.
        RequestUriNotSupported = "request_uri_not_supported",
        /// node-oidc-provider.
        UnsupportedResponseMode = "unsupported_response_mode",
        /// oauth2-server-php.
        InvalidNonce = "invalid_nonce",
        /// draft-ietf-oauth-incremental-authz-04, section 8.2.
        OverbroadScope = "overbroad_scope",
        /// Grant Management for OAuth 2.0, section 5.4.
        InvalidGrantId = "invalid_grant_id",
        /// Google Workspace.
        AdminPolicyEnforced = "admin_policy_enforced",
        /// RFC 6749, section 5.2.
        InvalidClient = "invalid_client",
        /// RFC 6749, section 5.2.
        InvalidGrant = "invalid_grant",
        /// RFC 6749, section 5.2.
        UnsupportedGrantType = "unsupported_grant_type",
        /// RFC 7009, section 2.2.1.
        UnsupportedTokenType = "unsupported_token_type",
        /// RFC 6750, section 3.1.
        InsufficientScope = "insufficient_scope",
        /// RFC 6750, section 3.1.
        InvalidToken = "invalid_token",
    }
}

words! {
    /// Where the parameters of a response are put: the response mode.
    pub enum Placement {
        /// The query of the redirect URI.
        Query = "query",
        /// The fragment of the redirect URI.
        Fragment = "fragment",
        /// A form that the browser posts (OAuth 2.0 Form Post Response Mode 1.0).
        FormPost = "form_post",
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

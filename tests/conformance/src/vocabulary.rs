//! The closed lists of the field guide, on the side of the expectations.

pub(crate) const AUTHORIZATION_RESULTS: [&str; 6] =
    ["code", "front_channel_tokens", "code_and_front_channel_tokens", "none_response", "redirect_error", "error_page"];
pub(crate) const TOKEN_RESULTS: [&str; 2] = ["tokens", "error"];
pub(crate) const EVENT_RESULTS: [&str; 5] = ["ok", "ask_user", "http_200", "http_204", "error"];
pub(crate) const STATUS_RESULTS: [&str; 2] = ["ok", "error"];
pub(crate) const SCREENS: [&str; 4] = ["login", "reauthenticate", "select_account", "consent"];
pub(crate) const PLACEMENTS: [&str; 7] =
    ["query", "fragment", "form_post", "page", "http_400", "token_response", "http_401"];
pub(crate) const RESPONSES: [&str; 3] = ["query", "fragment", "form_post"];
pub(crate) const BINDINGS: [&str; 2] = ["session", "offline"];
pub(crate) const LIFETIMES: [&str; 7] =
    ["session", "until_revoked", "long_lived", "long_but_finite", "fixed", "idle", "unspecified"];
pub(crate) const TOKEN_KINDS: [&str; 3] = ["access_token", "refresh_token", "id_token"];
pub(crate) const TOKEN_STATES: [&str; 5] = ["active", "expired", "revoked", "superseded", "used"];
pub(crate) const SESSION_STATES: [&str; 2] = ["active", "ended"];
pub(crate) const GRANT_STATES: [&str; 2] = ["kept", "removed"];
pub(crate) const IGNORED: [&str; 25] = [
    "auto_approval_wins",
    "auto_approved",
    "not_code_flow",
    "native_offline_by_default",
    "native_no_auto_approval",
    "installed_app",
    "prompt_lacks_consent",
    "response_type_returns_no_code",
    "implicit_flow",
    "front_channel_access_token",
    "client_lacks_refresh_grant",
    "client_not_eligible",
    "public_client",
    "refused_before",
    "not_first_authorization",
    "consent_not_valid",
    "api_disallows_offline",
    "policy_declines",
    "policy_narrowed",
    "offline_wins",
    "online_wins",
    "unknown_value",
    "unknown_scope",
    "unsupported",
    "legacy_unsupported",
];

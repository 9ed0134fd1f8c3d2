//! What the caller hands over with a token request.

use std::sync::Arc;

use super::token_response::TokenType;
use crate::input::{Text, Time};
use crate::oauth::client::Client;
use crate::oauth::parameters::Request;
use crate::oauth::session::Session;
use crate::records::{CodeRecord, TokenRecord};

shape! {
    /// What a decision on a code exchange, or on client_credentials, starts from.
    pub struct ExchangeInput {
        /// The body of the token request: grant_type authorization_code or client_credentials.
        needed request: Request,
        /// The client's registered metadata. Null: the server knows no such client.
        nullable client: Arc<Client>,
        /// The outcome of client authentication. Public clients need none.
        needed client_authenticated: bool,
        /// The stored code, whatever its status; null when there is none.
        optional_or_null code: CodeRecord,
        /// The session that the code names, if it is still there.
        optional_or_null session: Session,
        /// The stored token that the parameter existing_grant names; null when there is none.
        optional_or_null existing_grant: TokenRecord,
        /// Whether code_verifier fits the record's code_challenge (RFC 7636); the server computes it.
        defaulted code_verifier_matches: bool = false,
        /// The tokens will be bound to the client's key (DPoP, mTLS).
        defaulted sender_constrained: bool = false,
        /// `DPoP` when the request carries a valid DPoP proof (RFC 9449, section 5); the tokens are sender-constrained
        /// then. A token that is bound to a certificate is of type `Bearer` (RFC 8705).
        defaulted token_type: TokenType = TokenType::Bearer,
        /// How the user signed in, for rules that depend on it: `password` or another method.
        optional auth: Text,
        /// Seconds since the epoch.
        needed now: u64 as Time,
    }
}

shape! {
    /// What a decision on a refresh starts from.
    pub struct RefreshInput {
        /// The body of the token request.
        needed request: Request,
        /// The client's registered metadata. Null: the server knows no such client.
        nullable client: Arc<Client>,
        /// The outcome of client authentication. Public clients need none.
        needed client_authenticated: bool,
        /// The stored refresh token, whatever its status; null when there is none.
        nullable refresh_token: TokenRecord,
        /// The session that the token names, if it is still there.
        optional_or_null session: Session,
        /// The client proved possession of the key that the token is bound to; of any, where it is bound to none.
        defaulted sender_proof: bool = false,
        /// `DPoP` when the request carries a valid DPoP proof (RFC 9449, section 5), to whose key the new access token
        /// will be bound.
        defaulted token_type: TokenType = TokenType::Bearer,
        /// The server wants to return an ID Token.
        defaulted id_token: bool = false,
        /// Seconds since the epoch.
        needed now: u64 as Time,
    }
}

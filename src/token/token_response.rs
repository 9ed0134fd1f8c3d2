//! The response of the token endpoint: what a decision says of it, and how the minted tokens get in.

use crate::answer::{Headers, HttpStatus};
use crate::input::{Duration, Misuse, MisuseCode, Node, Shape, Text, Value};
use crate::oauth::error::ErrorCode;
use crate::oauth::scope::Scopes;

words! {
    /// What the server must mint for a token response.
    pub enum TokenMint {
        /// An access token.
        Access = "access_token",
        /// A refresh token.
        Refresh = "refresh_token",
        /// An ID Token.
        Id = "id_token",
    }
}

words! {
    /// How a client uses its access token.
    pub enum TokenType {
        /// Whoever has it uses it (RFC 6750), or who has the certificate that it is bound to (RFC 8705).
        Bearer = "Bearer",
        /// With a proof of the key that it is bound to (RFC 9449, section 5).
        DPoP = "DPoP",
    }
}

shape! {
    /// What is sent to the client, without the tokens, which only the server can make.
    pub struct TokenResponse {
        /// 200; 401 where the client is not who it says (RFC 6749, section 5.2); 400 for every other error.
        needed status: HttpStatus,
        /// Headers by their names.
        needed headers: Headers,
        /// What the server must mint.
        needed mint: Vec<TokenMint>,
        /// The body, to be sent as JSON, but for the tokens.
        needed body: TokenResponseBody,
    }
}

shape! {
    /// The body of a token response, but for the tokens. What is not sent is absent.
    pub struct TokenResponseBody: Default {
        /// How the access token is used.
        optional token_type: TokenType,
        /// Seconds that the access token lives.
        optional expires_in: u64 as Duration,
        /// The scope of the access token, where it must be reported.
        optional scope: Scopes,
        /// The id of the grant, where the client addresses it (Grant Management for OAuth 2.0, section 5.5).
        optional grant_id: Text,
        /// An error code.
        optional error: ErrorCode,
        /// One sentence for the developer of the client.
        optional error_description: Text,
    }
}

shape! {
    /// The tokens that the server minted for a token response.
    pub struct MintedTokens: Default {
        /// An access token.
        optional access_token: Text,
        /// A refresh token.
        optional refresh_token: Text,
        /// An ID Token.
        optional id_token: Text,
    }
}

shape! {
    /// A token response with its tokens, ready to be sent.
    pub struct FullTokenResponse {
        /// The HTTP status.
        needed status: HttpStatus,
        /// Headers by their names.
        needed headers: Headers,
        /// The body, to be sent as JSON.
        needed body: FullTokenResponseBody,
    }
}

shape! {
    /// The body of a token response (RFC 6749, sections 5.1 and 5.2). What is not sent is absent.
    pub struct FullTokenResponseBody {
        /// The access token.
        optional access_token: Text,
        /// How it is used.
        optional token_type: TokenType,
        /// Seconds that it lives.
        optional expires_in: u64 as Duration,
        /// The new refresh token; without one the client keeps the one that it has.
        optional refresh_token: Text,
        /// The ID Token (OpenID Connect Core 1.0, section 3.1.3.3).
        optional id_token: Text,
        /// The scope of the access token, where it must be reported.
        optional scope: Scopes,
        /// The id of the grant, where the client addresses it (Grant Management for OAuth 2.0, section 5.5).
        optional grant_id: Text,
        /// An error code.
        optional error: ErrorCode,
        /// One sentence for the developer of the client.
        optional error_description: Text,
    }
}

impl TokenResponse {
    /// One that says nothing yet.
    pub(super) fn empty() -> Self {
        let mut headers = Headers::of_a_secret();
        headers.add_json();
        Self { status: HttpStatus::Ok, headers, mint: Vec::new(), body: TokenResponseBody::default() }
    }
}

/// The response of a decision, with the tokens that were minted for it.
///
/// # Errors
/// When what was minted is not exactly what the decision names.
pub fn token_response(decision: &Value, minted: &Value) -> Result<FullTokenResponse, Misuse> {
    let response = TokenResponse::read(Node::root(decision, "decision").members()?.need("response")?)?;
    let MintedTokens { access_token, refresh_token, id_token } = match minted {
        Value::Null => MintedTokens::of(&response.mint, Node::root(&Value::object([]), "minted"))?,
        given => MintedTokens::of(&response.mint, Node::root(given, "minted"))?,
    };
    let TokenResponseBody { token_type, expires_in, scope, grant_id, error, error_description } = response.body;
    Ok(FullTokenResponse {
        status: response.status,
        headers: response.headers,
        body: FullTokenResponseBody {
            access_token,
            token_type,
            expires_in,
            refresh_token,
            id_token,
            scope,
            grant_id,
            error,
            error_description,
        },
    })
}

impl MintedTokens {
    /// Exactly what the decision names: a token that it does not name must not slip out, and one that it names, and
    /// that may be stored by now, must not be missing.
    fn of(mint: &[TokenMint], node: Node<'_>) -> Result<Self, Misuse> {
        let minted = Self::read(node)?;
        let members = node.members()?;
        for kind in TokenMint::ALL {
            match minted.get(*kind) {
                Some(token) => kind.check(mint, token, members.need(kind.name())?)?,
                None if mint.contains(kind) => {
                    let path = format!("minted.{}", kind.name());
                    return Err(Misuse::new(MisuseCode::MissingKey, path, "is missing: the decision names it"));
                }
                None => {}
            }
        }
        Ok(minted)
    }

    const fn get(&self, kind: TokenMint) -> Option<&Text> {
        match kind {
            TokenMint::Access => self.access_token.as_ref(),
            TokenMint::Refresh => self.refresh_token.as_ref(),
            TokenMint::Id => self.id_token.as_ref(),
        }
    }
}

impl TokenMint {
    /// A token of this kind is due, and is one: visible letters and spaces (RFC 6749, appendix A).
    fn check(self, mint: &[Self], token: &str, node: Node<'_>) -> Result<(), Misuse> {
        if !mint.contains(&self) {
            return Err(node.misuse(MisuseCode::Contradiction, "is given, and the decision does not name it"));
        }
        if token.is_empty() {
            return Err(node.misuse(MisuseCode::WrongValue, "is empty"));
        }
        if !token.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Err(
                node.misuse(MisuseCode::WrongValue, "has characters that no token has: only visible ASCII may be sent")
            );
        }
        Ok(())
    }
}

//! The id_token_hint of a request.

use super::identifier::Identifier;
use crate::input::Text;

shape! {
    /// The verified id_token_hint as facts. Grantwise checks no signature.
    pub struct IdTokenHint {
        /// The user that it names.
        needed sub: Text as Identifier,
        /// It is past its `exp`; it is accepted all the same (OpenID Connect Core 1.0, section 3.1.2.2).
        optional expired: bool,
        /// False: this server did not issue it. True when absent.
        defaulted issued_here: bool = true,
    }
}

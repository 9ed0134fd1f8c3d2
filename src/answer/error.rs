//! A refusal by the protocol, which is an answer like any other.

use serde::Serialize;

/// A refusal.
#[derive(Clone, Debug, Serialize)]
pub struct ProtocolError {
    /// None where the standard names none.
    pub code: Option<&'static str>,
    /// `query`, `fragment`, `form_post`, `page` or `http_400`.
    pub placement: &'static str,
    /// One sentence for the developer of the client.
    pub description: &'static str,
}

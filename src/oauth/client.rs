//! Client metadata (RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section 2).

use super::response::ResponseType;
use crate::input::{Members, Misuse, Node, closed};

/// What is registered of a client, as far as a decision depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The identifier.
    pub client_id: String,
    /// Registered redirect URIs.
    pub redirect_uris: Vec<String>,
    /// Web, native or single-page.
    pub application_type: ApplicationType,
    /// Whether it can keep a secret.
    pub client_type: ClientType,
    /// Registered response types; unknown ones are left out.
    pub response_types: Vec<ResponseType>,
    /// Registered grant types.
    pub grant_types: Vec<String>,
    /// Seconds; a request's max_age comes before it.
    pub default_max_age: Option<u64>,
    /// An external Google Cloud project whose publishing status is Testing.
    pub testing_project: bool,
}

/// What kind of application it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApplicationType {
    /// The default.
    Web,
    /// Installed on a device.
    Native,
    /// A single-page application. No OpenID Connect value: "Online Access Refresh Tokens" proposes it.
    Browser,
}

/// Whether a client can keep a secret (RFC 6749, section 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClientType {
    /// It authenticates.
    Confidential,
    /// It cannot.
    Public,
}

/// What the server itself knows of a client; never registered metadata, which the client may have written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// It belongs to the server's own organisation.
    pub first_party: bool,
    /// The platform proves that the redirect URI belongs to the app.
    pub claimed_https: bool,
}

impl ApplicationType {
    /// The words on the wire.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("web", Self::Web), ("native", Self::Native), ("browser", Self::Browser)];

    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Native => "native",
            Self::Browser => "browser",
        }
    }
}

impl ClientType {
    /// The words of RFC 6749, section 2.1.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("confidential", Self::Confidential), ("public", Self::Public)];

    /// The word of RFC 6749, section 2.1.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confidential => "confidential",
            Self::Public => "public",
        }
    }
}

impl Client {
    /// Reads metadata as the server stores it. Members that no decision depends on are passed over.
    ///
    /// # Errors
    /// When a member that is read has the wrong type.
    pub fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = node.members()?;
        let application_type = members
            .optional("application_type", |value| value.word(ApplicationType::WORDS))?
            .unwrap_or(ApplicationType::Web);
        Ok(Self {
            client_id: members.need("client_id")?.text()?.to_owned(),
            redirect_uris: texts(members, "redirect_uris")?.unwrap_or_default(),
            application_type,
            client_type: client_type(members, application_type)?,
            response_types: texts(members, "response_types")?.map_or_else(
                || vec![ResponseType::Code],
                |types| types.iter().filter_map(|text| ResponseType::parse(text)).collect(),
            ),
            grant_types: texts(members, "grant_types")?.unwrap_or_else(|| vec!["authorization_code".to_owned()]),
            default_max_age: members.optional("default_max_age", Node::whole)?,
            testing_project: members.optional("publishing_status", Node::text)? == Some("testing")
                && members.optional("user_type", Node::text)?.is_none_or(|user_type| user_type == "external"),
        })
    }

    /// Whether it registered a grant type.
    #[must_use]
    pub fn has_grant_type(&self, grant_type: &str) -> bool {
        self.grant_types.iter().any(|known| known == grant_type)
    }

    /// Whether it registered a response type and the grant types that belong to it.
    #[must_use]
    pub fn has_response_type(&self, response_type: ResponseType) -> bool {
        self.response_types.contains(&response_type)
            && response_type.grant_types().iter().all(|grant_type| self.has_grant_type(grant_type))
    }
}

/// A secret in browser code is no secret (OAuth 2.0 for Browser-Based Applications, section 6.3.3.1).
fn client_type(members: Members<'_>, application_type: ApplicationType) -> Result<ClientType, Misuse> {
    let method = members.optional("token_endpoint_auth_method", Node::text)?;
    Ok(match (application_type, method) {
        (ApplicationType::Browser, _) | (_, Some("none")) => ClientType::Public,
        _ => ClientType::Confidential,
    })
}

fn texts(members: Members<'_>, name: &'static str) -> Result<Option<Vec<String>>, Misuse> {
    members.optional(name, |value| Ok(value.texts()?.into_iter().map(ToOwned::to_owned).collect()))
}

impl Trust {
    /// Reads what the server knows.
    ///
    /// # Errors
    /// On an unknown key or a wrong type.
    pub fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = closed(node, &["first_party", "redirect_identity"])?;
        Ok(Self {
            first_party: members.optional("first_party", Node::boolean)?.unwrap_or(false),
            claimed_https: members
                .optional("redirect_identity", |value| value.word(&[("claimed_https", true)]))?
                .unwrap_or(false),
        })
    }
}

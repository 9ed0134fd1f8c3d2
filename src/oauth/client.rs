//! Client metadata (RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section 2).

use super::identifier::named;
use super::response::ResponseType;
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description};
use crate::input::{Members, Misuse, Node, Shape, Text, Value, Written};

/// What is registered of a client, as far as a decision depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The identifier.
    pub client_id: Text,
    /// Registered redirect URIs.
    pub redirect_uris: Vec<Text>,
    /// Web, native or single-page.
    pub application_type: ApplicationType,
    /// Whether it can keep a secret.
    pub client_type: ClientType,
    /// Registered response types; unknown ones are left out.
    pub response_types: Vec<ResponseType>,
    /// Registered grant types.
    pub grant_types: Vec<Text>,
    /// Seconds; a request's max_age comes before it.
    pub default_max_age: Option<u64>,
    /// An external Google Cloud project whose publishing status is Testing.
    pub testing_project: bool,
}

words! {
    /// What kind of application a client is.
    pub enum ApplicationType {
        /// On a web server; the default.
        Web = "web",
        /// Installed on a device.
        Native = "native",
        /// A single-page application. No OpenID Connect value: "Online Access Refresh Tokens" proposes it.
        Browser = "browser",
    }
}

words! {
    /// Whether a client can keep a secret (RFC 6749, section 2.1).
    pub enum ClientType {
        /// It authenticates.
        Confidential = "confidential",
        /// It cannot.
        Public = "public",
    }
}

impl Client {
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

/// Open, as the RFCs require: members that no decision depends on are passed over.
impl Shape for Client {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = node.members()?;
        let application_type =
            members.optional("application_type", ApplicationType::read)?.unwrap_or(ApplicationType::Web);
        Ok(Self {
            client_id: named(members.need("client_id")?)?.clone(),
            redirect_uris: texts(members, "redirect_uris")?.unwrap_or_default(),
            application_type,
            client_type: client_type(members, application_type)?,
            response_types: texts(members, "response_types")?.map_or_else(
                || vec![ResponseType::Code],
                |types| types.iter().filter_map(|text| ResponseType::parse(text)).collect(),
            ),
            grant_types: texts(members, "grant_types")?.unwrap_or_else(|| vec![Text::fixed("authorization_code")]),
            default_max_age: members.optional("default_max_age", Node::whole)?,
            testing_project: members
                .optional("publishing_status", Node::text)?
                .is_some_and(|status| status == "testing")
                && members.optional("user_type", Node::text)?.is_none_or(|user_type| user_type == "external"),
        })
    }

    fn write(&self) -> Value {
        let texts = |texts: &[Text]| Value::List(texts.iter().map(Text::write).collect());
        let mut written = Written::default();
        written.put("client_id", self.client_id.write());
        written.put("redirect_uris", texts(&self.redirect_uris));
        written.put("application_type", self.application_type.write());
        written.put_if(
            "token_endpoint_auth_method",
            (self.client_type == ClientType::Public).then(|| Value::from("none")),
        );
        let response_types = self.response_types.iter().map(|response_type| Value::from(response_type.name()));
        written.put("response_types", Value::List(response_types.collect()));
        written.put("grant_types", texts(&self.grant_types));
        written.put_if("default_max_age", self.default_max_age.map(Value::whole));
        written.put_if("publishing_status", self.testing_project.then(|| Value::from("testing")));
        written.object()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Declared(Declared {
            name: "Client",
            example: r#"{ "client_id": "c1", "redirect_uris": ["https://client.example/cb"], "client_name": "Calendar" }"#,
        })
    }
}

/// A secret in browser code is no secret (OAuth 2.0 for Browser-Based Applications, section 6.3.3.1).
fn client_type(members: Members<'_>, application_type: ApplicationType) -> Result<ClientType, Misuse> {
    let method = members.optional("token_endpoint_auth_method", Node::text)?.map(Text::as_str);
    Ok(match (application_type, method) {
        (ApplicationType::Browser, _) | (_, Some("none")) => ClientType::Public,
        _ => ClientType::Confidential,
    })
}

fn texts(members: Members<'_>, name: &'static str) -> Result<Option<Vec<Text>>, Misuse> {
    members.optional(name, |value| Ok(value.texts()?.into_iter().cloned().collect()))
}

words! {
    /// What a platform proves of a redirect URI.
    pub enum RedirectIdentity {
        /// It belongs to the app (RFC 8252, section 7.2).
        ClaimedHttps = "claimed_https",
    }
}

shape! {
    /// What the server itself knows of a client; never registered metadata, which the client may have written.
    pub struct Trust: Copy Default {
        /// The client belongs to the authorization server's own organisation.
        defaulted first_party: bool = false,
        /// `claimed_https`: the platform proves that the redirect URI belongs to the app (RFC 8252, section 7.2).
        optional redirect_identity: RedirectIdentity,
    }
}

impl Trust {
    /// Whether the platform proves that the redirect URI belongs to the app.
    #[must_use]
    pub fn claimed_https(self) -> bool {
        self.redirect_identity == Some(RedirectIdentity::ClaimedHttps)
    }
}

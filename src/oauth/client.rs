//! Client metadata (RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section 2).

use super::identifier::Identifier;
use super::response::ResponseType;
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description, Wire};
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Duration, Shape, Text, Value, Written};

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

shape! {
    /// What is registered, as far as a decision depends on it. Open, as the RFCs require: members that no decision
    /// depends on are passed over.
    pub struct ClientMetadata {
        /// The identifier.
        needed client_id: Text as Identifier,
        /// Registered redirect URIs.
        optional redirect_uris: Vec<Text>,
        /// Web, native or single-page.
        optional application_type: ApplicationType,
        /// How it authenticates at the token endpoint.
        optional token_endpoint_auth_method: Text,
        /// Registered response types.
        optional response_types: Vec<Text>,
        /// Registered grant types.
        optional grant_types: Vec<Text>,
        /// Seconds.
        optional default_max_age: u64 as Duration,
        /// Of a Google Cloud project.
        optional publishing_status: Text,
        /// Of a Google Cloud project.
        optional user_type: Text,
    }
    and others
}

impl From<ClientMetadata> for Client {
    fn from(registered: ClientMetadata) -> Self {
        let application_type = registered.application_type.unwrap_or(ApplicationType::Web);
        Self {
            client_id: registered.client_id,
            redirect_uris: registered.redirect_uris.unwrap_or_default(),
            application_type,
            // A secret in browser code is no secret (OAuth 2.0 for Browser-Based Applications, section 6.3.3.1).
            client_type: match (application_type, registered.token_endpoint_auth_method.as_deref()) {
                (ApplicationType::Browser, _) | (_, Some("none")) => ClientType::Public,
                _ => ClientType::Confidential,
            },
            response_types: registered.response_types.map_or_else(
                || vec![ResponseType::Code],
                |types| types.iter().filter_map(|text| ResponseType::parse(text)).collect(),
            ),
            grant_types: registered.grant_types.unwrap_or_else(|| vec![Text::fixed("authorization_code")]),
            default_max_age: registered.default_max_age,
            testing_project: registered.publishing_status.is_some_and(|status| status == "testing")
                && registered.user_type.is_none_or(|user_type| user_type == "external"),
        }
    }
}

impl Shape for Client {
    const LAYOUT: Layout = ClientMetadata::LAYOUT;

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        ClientMetadata::decode(from).map(Self::from)
    }

    fn encode(&self, to: &mut Encoder) {
        self.write().encode(to);
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
            name: "ClientInput",
            wire: Wire::Kept(Box::new(ClientMetadata::describe())),
            example: r#"{ "client_id": "c1", "redirect_uris": ["https://client.example/cb"], "client_name": "Calendar" }"#,
        })
    }
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

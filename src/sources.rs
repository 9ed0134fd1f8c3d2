//! The documents that rules, knobs and profiles cite.

/// A public document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// Public name.
    pub title: &'static str,
    /// Address.
    pub address: &'static str,
}

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The document.
    pub document: &'static Document,
    /// Section, comment or paragraph; empty when the whole document is meant.
    pub section: &'static str,
    /// Anchor within the address, without `#`; empty when there is none.
    pub anchor: &'static str,
}

impl Document {
    /// A place in this document.
    #[must_use]
    pub const fn at(&'static self, section: &'static str, anchor: &'static str) -> Citation {
        Citation { document: self, section, anchor }
    }

    /// The document as a whole.
    #[must_use]
    pub const fn whole(&'static self) -> Citation {
        self.at("", "")
    }
}

macro_rules! documents {
    ( $( $(#[$doc:meta])* $name:ident = $title:literal, $address:literal; )+ ) => {
        $( $(#[$doc])* #[doc = $title] pub static $name: Document = Document { title: $title, address: $address }; )+
    };
}

documents! {
    ISSUE_539 = "OpenID Connect issue #539 \"Add scope for offline access\"", "https://bitbucket.org/openid/connect/issues/539";
    OPENID_MESSAGES_2012 = "OpenID Connect Messages 1.0, draft of 27 Dec 2012 (the text of issue #539)", "https://github.com/openid/connect/commit/d6acd743";
    ONLINE_ACCESS = "\"Online Access Refresh Tokens\", openid-specs-ab, 21 Dec 2019 (K. McGuinness)", "https://lists.openid.net/pipermail/openid-specs-ab/attachments/20191221/f0cfef9d/attachment-0001.html";
    INCREMENTAL_00 = "draft-wdenniss-oauth-incremental-auth-00, July 2017", "https://datatracker.ietf.org/doc/html/draft-wdenniss-oauth-incremental-auth-00";
    INCREMENTAL_04 = "draft-ietf-oauth-incremental-authz-04", "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-incremental-authz-04";
    GOOGLE_2011 = "\"Upcoming changes to OAuth 2.0 endpoint\", Google Code Blog, 14 Nov 2011", "https://googledevelopers.blogspot.com/2011/11/upcoming-changes-to-oauth-20-endpoint.html";
    OAUTHSD = "OAuthSD, offline_access specification (French), on OpenID Connect Core 1.0 errata 1 section 11", "https://oa.dnc.global/";
    OPENID_CORE = "OpenID Connect Core 1.0 (errata set 2)", "https://openid.net/specs/openid-connect-core-1_0.html";
    OPENID_REGISTRATION = "OpenID Connect Dynamic Client Registration 1.0 (errata set 2)", "https://openid.net/specs/openid-connect-registration-1_0.html";
    MULTIPLE_RESPONSE_TYPES = "OAuth 2.0 Multiple Response Type Encoding Practices 1.0", "https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html";
    FORM_POST = "OAuth 2.0 Form Post Response Mode 1.0", "https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html";
    BACK_CHANNEL_LOGOUT = "OpenID Connect Back-Channel Logout 1.0", "https://openid.net/specs/openid-connect-backchannel-1_0.html";
    RP_INITIATED_LOGOUT = "OpenID Connect RP-Initiated Logout 1.0", "https://openid.net/specs/openid-connect-rpinitiated-1_0.html";
    PROMPT_CREATE = "Initiating User Registration via OpenID Connect 1.0", "https://openid.net/specs/openid-connect-prompt-create-1_0.html";
    RFC_6749 = "RFC 6749 The OAuth 2.0 Authorization Framework", "https://www.rfc-editor.org/rfc/rfc6749";
    RFC_6750 = "RFC 6750 Bearer Token Usage", "https://www.rfc-editor.org/rfc/rfc6750";
    RFC_6819 = "RFC 6819 OAuth 2.0 Threat Model", "https://www.rfc-editor.org/rfc/rfc6819";
    RFC_7009 = "RFC 7009 OAuth 2.0 Token Revocation", "https://www.rfc-editor.org/rfc/rfc7009";
    RFC_7591 = "RFC 7591 OAuth 2.0 Dynamic Client Registration", "https://www.rfc-editor.org/rfc/rfc7591";
    RFC_7636 = "RFC 7636 Proof Key for Code Exchange", "https://www.rfc-editor.org/rfc/rfc7636";
    RFC_8252 = "RFC 8252 OAuth 2.0 for Native Apps", "https://www.rfc-editor.org/rfc/rfc8252";
    RFC_9207 = "RFC 9207 OAuth 2.0 Authorization Server Issuer Identification", "https://www.rfc-editor.org/rfc/rfc9207";
    RFC_9700 = "RFC 9700 Best Current Practice for OAuth 2.0 Security", "https://www.rfc-editor.org/rfc/rfc9700";
    OAUTH_21 = "The OAuth 2.1 Authorization Framework (draft-ietf-oauth-v2-1)", "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1";
    BROWSER_BASED_APPS = "OAuth 2.0 for Browser-Based Applications (draft-ietf-oauth-browser-based-apps)", "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-browser-based-apps";
    GRANT_MANAGEMENT = "Grant Management for OAuth 2.0, draft -03", "https://openid.net/specs/oauth-v2-grant-management.html";
    SMART = "HL7 SMART App Launch, scopes and launch context", "https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html";
    SMART_LAUNCH = "HL7 SMART App Launch, app launch", "https://hl7.org/fhir/smart-app-launch/app-launch.html";
    GOOGLE_WEB_SERVER = "Google Identity, Using OAuth 2.0 for Web Server Applications", "https://developers.google.com/identity/protocols/oauth2/web-server";
    GOOGLE_NATIVE = "Google Identity, OAuth 2.0 for iOS and Desktop Apps", "https://developers.google.com/identity/protocols/oauth2/native-app";
    GOOGLE_OAUTH = "Google Identity, Using OAuth 2.0 to Access Google APIs", "https://developers.google.com/identity/protocols/oauth2";
    GOOGLE_JAVASCRIPT = "Google Identity, OAuth 2.0 for Client-side Web Applications", "https://developers.google.com/identity/protocols/oauth2/javascript-implicit-flow";
    GOOGLE_CONFLICT_PARAMS = "googleapis/google-auth-library-java issue #1443 (\"Conflict params\")", "https://github.com/googleapis/google-auth-library-java/issues/1443";
    GOOGLE_APPROVAL_PROMPT = "googleapis/oauth2client issue #453 (approval_prompt)", "https://github.com/googleapis/oauth2client/issues/453";
    HOLOVIZ_PANEL_5815 = "holoviz/panel issue #5815 (offline_access at Google)", "https://github.com/holoviz/panel/issues/5815";
    TRAEFIKOIDC_44 = "lukaszraczylo/traefikoidc issue #44 (offline_access at Google)", "https://github.com/lukaszraczylo/traefikoidc/issues/44";
    GRIVE_7 = "Grive/grive issue #7 (Google's page for invalid scopes, 2012)", "https://github.com/Grive/grive/issues/7";
    SALESFORCE_SCOPES = "Salesforce Help, OAuth Tokens and Scopes", "https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_tokens_scopes.htm";
    SALESFORCE_POLICIES = "Salesforce Help, Manage OAuth Access Policies for a Connected App", "https://help.salesforce.com/s/articleView?id=sf.connected_app_manage_oauth.htm";
    SALESFORCE_IDLE_LIMIT = "Salesforce Help, Limit the Idle Refresh Token TTL in Connected Apps", "https://help.salesforce.com/s/articleView?id=xcloud.connected_app_limit_idle_ttl.htm";
    MICROSOFT_SCOPES = "Microsoft identity platform, Scopes and permissions", "https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc";
    MICROSOFT_REFRESH = "Microsoft identity platform, Refresh tokens", "https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens";
    OKTA_CONSENT = "Okta Developer, Request user consent", "https://developer.okta.com/docs/guides/request-user-consent/main/";
    OKTA_REFRESH = "Okta Developer, Refresh access tokens and rotate refresh tokens", "https://developer.okta.com/docs/guides/refresh-tokens/main/";
    AUTH0_CONSENT = "Auth0 Docs, User Consent and Third-Party Applications", "https://auth0.com/docs/get-started/applications/third-party-applications/user-consent-and-third-party-applications";
    AUTH0_REFRESH = "Auth0 Docs, Refresh Tokens", "https://auth0.com/docs/secure/tokens/refresh-tokens";
    KEYCLOAK_OFFLINE = "Keycloak Server Administration Guide, Offline access", "https://www.keycloak.org/docs/latest/server_admin/#_offline-access";
    KEYCLOAK_CONSENT = "Keycloak Server Administration Guide, Consent Required", "https://www.keycloak.org/docs/latest/server_admin/#_client-credentials";
    BSHAFFER = "bshaffer/oauth2-server-php, OpenID AuthorizationCode grant", "https://github.com/bshaffer/oauth2-server-php/blob/main/src/OAuth2/OpenID/GrantType/AuthorizationCode.php";
    OIDC_PROVIDER = "panva/node-oidc-provider", "https://github.com/panva/node-oidc-provider";
    OPENIDDICT = "openiddict/openiddict-core", "https://github.com/openiddict/openiddict-core";
    OAUTH2_SERVER_PHP = "bshaffer/oauth2-server-php", "https://github.com/bshaffer/oauth2-server-php";
    WORKERS_OAUTH_PROVIDER = "cloudflare/workers-oauth-provider 0.10", "https://github.com/cloudflare/workers-oauth-provider";
    BETTER_AUTH = "better-auth/better-auth, @better-auth/oauth-provider 1.7", "https://github.com/better-auth/better-auth";
    ORY_HYDRA = "ory/hydra", "https://github.com/ory/hydra";
    DUENDE = "DuendeSoftware/products (IdentityServer)", "https://github.com/DuendeSoftware/products";
    SPRING_AUTHORIZATION_SERVER = "spring-projects/spring-authorization-server", "https://github.com/spring-projects/spring-authorization-server";
    AUTHENTIK = "goauthentik/authentik", "https://github.com/goauthentik/authentik";
    ZITADEL = "zitadel/oidc and zitadel/zitadel", "https://github.com/zitadel/oidc";
    MCP_AUTHORIZATION = "Model Context Protocol, Authorization (2026-07-28)", "https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization";
    MCP_SECURITY = "Model Context Protocol, Authorization, Security Considerations (2026-07-28)", "https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/security-considerations";
    MCP_BEST_PRACTICES = "Model Context Protocol, Security Best Practices", "https://modelcontextprotocol.io/docs/2026-07-28/tutorials/security/security_best_practices";
    SEP_2207 = "SEP-2207 OpenID Connect refresh token guidance", "https://modelcontextprotocol.io/seps/2207-oidc-refresh-token-guidance";
    MCP_SDK_681 = "modelcontextprotocol/typescript-sdk pull request #681 (prompt=consent)", "https://github.com/modelcontextprotocol/typescript-sdk/pull/681";
    OPENCODE_50519 = "anomalyco/opencode pull request #50519 (prompt=consent and admin consent)", "https://github.com/anomalyco/opencode/pull/50519";
    FAPI_2 = "FAPI 2.0 Security Profile", "https://openid.net/specs/fapi-security-profile-2_0-final.html";
    OPEN_FINANCE_BRASIL = "Open Finance Brasil Financial-grade API Security Profile", "https://github.com/OpenBanking-Brasil/specs-seguranca";
    CDS_AUSTRALIA = "Consumer Data Standards Australia, Security Profile, Tokens", "https://github.com/ConsumerDataStandardsAustralia/standards";
    CONNECT_826 = "openid/connect issue #826", "https://bitbucket.org/openid/connect/issues/826";
    GDPR = "Regulation (EU) 2016/679 (GDPR)", "https://eur-lex.europa.eu/eli/reg/2016/679/oj";
}

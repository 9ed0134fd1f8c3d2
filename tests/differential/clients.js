// The clients of the walks, as both sides have them registered.
const confidential = { token_endpoint_auth_method: "client_secret_basic" };
const open = { token_endpoint_auth_method: "none" };
const refreshing = { grant_types: ["authorization_code", "refresh_token"] };
const everything = {
  grant_types: ["authorization_code", "refresh_token", "implicit"],
  response_types: ["code", "id_token", "id_token token", "code id_token", "code token", "code id_token token", "none"],
};
const code = { response_types: ["code"] };

const registered = {
  web: { application_type: "web", ...confidential, ...refreshing, ...code },
  hybrid: { application_type: "web", ...confidential, ...everything },
  once: { application_type: "web", ...confidential, grant_types: ["authorization_code"], ...code },
  spa: { application_type: "web", ...open, ...refreshing, ...code },
  open_hybrid: { application_type: "web", ...open, ...everything },
  narrow: { application_type: "web", ...confidential, ...refreshing, ...code, scope: "openid email offline_access" },
  recent: { application_type: "web", ...confidential, ...refreshing, ...code, default_max_age: 300 },
  local: { application_type: "web", ...open, ...refreshing, ...code, redirect_uris: ["http://localhost:8080/cb"] },
  native: { application_type: "native", ...open, ...refreshing, ...code },
  desktop: { application_type: "native", ...confidential, ...everything },
};

/** By client_id. */
export const clients = new Map(Object.entries(registered).map(([client_id, metadata]) => [client_id, {
  client_id,
  redirect_uris: [metadata.application_type === "native" ? `com.example.${client_id.replace("_", "-")}:/cb` : `https://${client_id.replace("_", "-")}.example/cb`],
  ...metadata,
}]));

/** What a confidential client authenticates with. */
export const secretOf = ({ client_id, token_endpoint_auth_method }) =>
  token_endpoint_auth_method === "none" ? null : `secret-of-${client_id}-`.padEnd(48, "0");

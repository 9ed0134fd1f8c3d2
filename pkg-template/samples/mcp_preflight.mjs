// Before anybody signs in: what an MCP client with these metadata will get, and whose document keeps it from more.
import { Policy } from "grantwise";
import "grantwise/explore";

const policy = Policy.profile("mcp", { issuer: "https://as.example", scopes_supported: ["notes:read", "offline_access"] });
const input = {
  request: {
    response_type: "code", client_id: "https://app.example/oauth/client.json", redirect_uri: "https://app.example/callback",
    scope: "notes:read offline_access", prompt: "consent", code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256",
  },
  // As its own metadata document says, which follows the example of the specification.
  client: {
    client_id: "https://app.example/oauth/client.json", redirect_uris: ["https://app.example/callback"],
    grant_types: ["authorization_code"], token_endpoint_auth_method: "none",
  },
  session: { sub: "alice", auth_time: 1_700_000_000 - 60 },
  grant: null,
  now: 1_700_000_000,
};

console.log(policy.authorize(input).summary);
const { suggestions } = policy.suggest(input, "offline_refresh_token");
for (const { changes } of suggestions) console.log(changes.map(({ owner, says }) => `${owner}: ${says}`).join("; "));

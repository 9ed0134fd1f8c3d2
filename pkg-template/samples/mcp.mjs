// An MCP server and its authorization server in one, with Express: `node mcp.mjs` (Node 22.5 or later, for `node:sqlite`).
import { once } from "node:events";
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import { clientRegistrationHandler } from "@modelcontextprotocol/sdk/server/auth/handlers/register.js";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from "@modelcontextprotocol/sdk/server/auth/router.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express from "express";
import { Policy } from "grantwise";
import { openStore, sql } from "grantwise/store";
import { z } from "zod";
import { endpoints } from "./endpoints.mjs";
import { mount } from "./express_routes.mjs";
import { Refused } from "./http.mjs";

const server = createServer().listen(Number(process.env.PORT ?? 3000), "localhost");
await once(server, "listening");
const issuer = process.env.ISSUER ?? `http://localhost:${server.address().port}`;
const resource = `${issuer}/mcp`;

// == What is decided, and where it is kept ==

const policy = Policy.profile("mcp", {
  issuer,
  scopes_supported: ["notes:read", "notes:write", "offline_access"],
  code_lifetime_s: 60,
  access_token_lifetime_s: 600,
  refresh_token_idle_lifetime_s: 14 * 86_400,
  reuse_grace_s: 120, // several processes of one client share a refresh token
  answer_max_age_s: 600,
  max_request_bytes: 4096,
});
const database = new DatabaseSync(process.env.DATABASE ?? "grantwise.db");
const store = await openStore(policy, sql(database));
setInterval(() => store.sweep().catch(console.error), 60_000).unref();

// == Clients register themselves ==

database.exec("CREATE TABLE IF NOT EXISTS clients (client_id TEXT PRIMARY KEY, metadata TEXT NOT NULL)");
const clients = {
  get(client_id) {
    const row = database.prepare("SELECT metadata FROM clients WHERE client_id = ?").get(client_id ?? "");
    return row && JSON.parse(row.metadata);
  },
  /** All of them are public. What else they send nobody has checked, and it is not kept. */
  registerClient({ client_id, client_id_issued_at, client_name = "", redirect_uris, grant_types }) {
    const metadata = {
      client_id, client_id_issued_at, client_name: client_name.slice(0, 80), redirect_uris, grant_types,
      response_types: ["code"], token_endpoint_auth_method: "none",
    };
    database.prepare("INSERT INTO clients VALUES (?, ?)").run(client_id, JSON.stringify(metadata));
    return clients.get(client_id);
  },
};

// == The authorization server ==

const oauthMetadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  revocation_endpoint: `${issuer}/revoke`,
  registration_endpoint: `${issuer}/register`,
  response_types_supported: ["code"],
  grant_types_supported: ["authorization_code", "refresh_token"],
  code_challenge_methods_supported: ["S256"],
  token_endpoint_auth_methods_supported: ["none"],
  authorization_response_iss_parameter_supported: true,
  scopes_supported: policy.settings.scopes_supported, // with offline_access; the resource does not list it
};
const served = endpoints(store, clients);
const guarded = {
  ...served,
  /** Its tokens are for this MCP server alone. Another one that sends its users here would collect them. */
  async "GET /authorize"(call) {
    if (new URLSearchParams(call.query).getAll("resource").some((asked) => asked !== resource)) {
      throw new Refused(400, "There are no tokens here for that resource");
    }
    return served["GET /authorize"](call);
  },
};

const app = express();
app.disable("x-powered-by");
app.use(mcpAuthMetadataRouter({ oauthMetadata, resourceServerUrl: new URL(resource), scopesSupported: ["notes:read"] }));
app.use("/register", clientRegistrationHandler({ clientsStore: clients }));

// == The MCP server ==

/** A tool that needs more than the rest. A client that steps up asks for just this: so it names all that is needed. */
const needs = new Map([["add_note", ["notes:read", "notes:write"]]]);
const verifier = {
  async verifyAccessToken(token) {
    const { alive, record } = await store.status(token);
    if (!alive) throw new InvalidTokenError("This token is over");
    return { token, clientId: record.client_id, scopes: record.scope.split(" "), expiresAt: record.expires_at, extra: { sub: record.sub } };
  },
};
const notes = new Map();

function notesServer() {
  const mcp = new McpServer({ name: "notes", version: "1.0.0" });
  const of = ({ authInfo }) => notes.get(authInfo.extra.sub) ?? [];
  const said = (text) => ({ content: [{ type: "text", text }] });
  mcp.registerTool("list_notes", { description: "Your notes" }, (extra) => said(of(extra).join("\n")));
  mcp.registerTool("add_note", { description: "Keeps a note", inputSchema: { text: z.string().max(1000) } }, ({ text }, extra) => {
    notes.set(extra.authInfo.extra.sub, [...of(extra), text].slice(-100));
    return said("kept");
  });
  return mcp;
}

app.post("/mcp", express.json({ limit: 65_536 }), (req, res, next) => {
  // A body may hold several messages.
  const called = [req.body].flat().map((message) => (message?.method === "tools/call" ? message.params?.name : null));
  const requiredScopes = called.flatMap((name) => needs.get(name) ?? []);
  const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(new URL(resource));
  requireBearerAuth({ verifier, requiredScopes: requiredScopes.length > 0 ? requiredScopes : ["notes:read"], resourceMetadataUrl })(req, res, next);
}, async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  await notesServer().connect(transport);
  // Never undefined: it would read the body itself, and nobody would have looked at what is called.
  await transport.handleRequest(req, res, req.body ?? null);
});
app.all("/mcp", (req, res) => res.status(405).end());
mount(app, guarded);

server.on("request", app);
console.log(resource);

// node play.js PACKAGE: one real decision, made by the built package, for a person to read.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { Policy } = await import(pathToFileURL(join(process.argv[2], "node.js")));

// The question that integrators of Google's authorization server ask most often.
const now = 1_700_000_000;
const scope = "openid email https://www.googleapis.com/auth/calendar.readonly";
const request = `https://accounts.example/authorize?${new URLSearchParams({
  response_type: "code",
  client_id: "calendar-app",
  redirect_uri: "https://calendar.example/callback",
  scope,
  access_type: "offline",
  state: "af0ifjsldkj",
})}`;
const decision = Policy.profile("google").authorize({
  request,
  client: {
    client_id: "calendar-app",
    redirect_uris: ["https://calendar.example/callback"],
    grant_types: ["authorization_code", "refresh_token"],
  },
  session: { sub: "alice", auth_time: now - 60 },
  grant: { scope, offline: true },
  now,
});

say("");
heading("The request", [
  request,
  "Alice is signed in, and granted this app the same access last week, offline access with it.",
  "The app asks for offline access again, by access_type=offline, and waits for a refresh token.",
]);
heading("The decision, under the profile google", [decision.summary]);
heading("What Alice sees", [screens(decision)]);
heading("What the app gets", tokens(decision.tokens));
heading("What was set aside", decision.ignored.map(({ param, value, sentence }) => `${param}=${value}: ${sentence}`));
heading("Why", decision.trace.flatMap(({ rule, statement, strength, sources }) => [
  `${rule} (${strength}): ${statement}`,
  ...sources.map(({ title, section, address }) => `    ${[title, section].filter(Boolean).join(", ")} <${address}>`),
]));

function screens({ outcome, consent }) {
  switch (outcome) {
    case "issue": return "Nothing: the browser is sent back to the app at once.";
    case "consent": return `A consent page for ${consent.scopes.map((one) => one.scope).join(", ")}.`;
    case "error": return "An error.";
    default: return `A page: ${outcome}.`;
  }
}

function tokens(set) {
  if (set === null) return [];
  const { front_channel: front, token_endpoint: endpoint } = set;
  const refresh = endpoint?.refresh_token;
  return [
    `In the redirect: ${["code", "access_token", "id_token"].filter((name) => front[name]).join(", ") || "nothing"}.`,
    ...(endpoint === null ? [] : [
      `At the token endpoint: an access token for ${endpoint.access_token.scope}`
        + `${endpoint.id_token ? ", an ID Token" : ""}, ${refresh ? `a refresh token (${refresh.binding})` : "no refresh token"}.`,
    ]),
  ];
}

function heading(title, lines) {
  if (lines.length === 0) return;
  say(title);
  lines.forEach((line) => say(`  ${line}`));
  say("");
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

// node play.js PACKAGE: one real decision, made by the built package, for a person to read: the answer first.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { Policy, version } = await import(pathToFileURL(join(process.argv[2], "node.js")));

const WIDTH = Math.min(process.stdout.columns ?? 100, 100);

// The question that integrators of Google's authorization server ask most often.
const now = 1_700_000_000;
const scope = "openid email https://www.googleapis.com/auth/calendar.readonly";
const parameters = {
  response_type: "code",
  client_id: "calendar-app",
  redirect_uri: "https://calendar.example/callback",
  scope,
  access_type: "offline",
  state: "af0ifjsldkj",
};
const policy = Policy.profile("google");
const decide = (more) => policy.authorize({
  request: `https://accounts.example/authorize?${new URLSearchParams({ ...parameters, ...more })}`,
  client: {
    client_id: "calendar-app",
    redirect_uris: ["https://calendar.example/callback"],
    grant_types: ["authorization_code", "refresh_token"],
  },
  session: { sub: "alice", auth_time: now - 60 },
  grant: { scope, offline: true },
  now,
});
const decision = decide();

write("");
write(`Grantwise ${version}: a decision of the npm package, under the profile ${policy.name}.`);
heading("The question");
write("Alice granted calendar-app access last week, and is signed in. It asks again, with access_type=offline, and waits"
  + " for a refresh token. Why does none come?", "  ");
heading("The answer");
write(decision.summary, "  ");
heading("What would help");
write(`With prompt=consent added: ${lowerFirst(decide({ prompt: "consent" }).summary)}`, "  ");

heading("The request, its URL decoded");
write("https://accounts.example/authorize", "  ");
Object.entries(parameters).forEach(([name, value], index) => write(`${index === 0 ? "?" : "&"}${name} = ${value}`, "    "));

heading("What Alice sees");
screens(decision).forEach((line) => write(line, "  "));
heading("What the app gets");
tokens(decision).forEach((line) => write(line, "  "));
if (decision.ignored.length > 0) {
  heading("What was set aside");
  for (const { param, value, sentence } of decision.ignored) write(`${param}=${value}: ${sentence}`, "  ");
}

heading("Why");
const cited = [];
for (const { rule, statement, strength, sources } of decision.trace) {
  const numbers = sources.map((source) => {
    const text = [source.title, source.section].filter(Boolean).join(", ");
    const known = cited.findIndex((one) => one.text === text);
    return known >= 0 ? known + 1 : cited.push({ text, address: source.address });
  });
  write(`${statement} ${numbers.map((number) => `[${number}]`).join("")}`, "  ");
  write(`${rule}, ${strength === "vendor" ? "as vendors document it" : strength}`, "      ");
}
heading("Sources");
cited.forEach(({ text, address }, index) => {
  write(`[${index + 1}] ${text}`, "  ");
  write(address, "      ");
});

write("");

function screens({ outcome, consent }) {
  switch (outcome) {
    case "issue": return ["No page: the browser goes back to the app at once."];
    case "consent": return [
      "A consent page:",
      ...consent.scopes.map((one) => `- ${one.scope}${one.status === "new" ? "" : " (granted before)"}`),
      ...(consent.offline_access ? ["- access while she is away"] : []),
    ];
    case "error": return ["An error."];
    default: return [`A page: ${outcome}.`];
  }
}

function tokens({ tokens: set }) {
  if (set === null) return ["Nothing."];
  const { front_channel: front, token_endpoint: endpoint } = set;
  const sent = ["code", "access_token", "id_token"].filter((name) => front[name]);
  const lines = [`In the redirect: ${sent.join(", ") || "nothing"}.`];
  if (endpoint !== null) {
    const refresh = endpoint.refresh_token;
    lines.push(`For the code: an access token${endpoint.id_token ? ", an ID Token" : ""}, and`
      + ` ${refresh ? `a refresh token (${refresh.binding}, ${refresh.lifetime.kind})` : "no refresh token"}.`);
    lines.push(`The scope of the access token: ${endpoint.access_token.scope}`);
  }
  return lines;
}

/** Words of code, such as prompt, keep their case; so does what is written in capitals. */
function lowerFirst(sentence) {
  return sentence.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}

function heading(title) {
  write("");
  write(title);
}

/** Writes a text in lines that fit, each behind the indent. A word is never broken. */
function write(text, indent = "") {
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > WIDTH) {
      process.stdout.write(`${indent}${line}\n`);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  process.stdout.write(line === "" ? "\n" : `${indent}${line}\n`);
}

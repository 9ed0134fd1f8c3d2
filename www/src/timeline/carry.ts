import type { Person } from "grantwise/simulation";
import { INITIAL, FIELD_NAMES, type Circumstances, type FieldName } from "../state/fields.ts";
import * as request from "../state/fragment.ts";
import { EMPTY, type State } from "../state/model.ts";
import { build, encode, ENDPOINT, parse, USUAL } from "../state/request_text.ts";
import { configurationWritten } from "../engine/policies.ts";
import { client } from "../engine/situation.ts";
import type { Walk } from "../engine/walk.ts";
import { write } from "./codec.ts";
import { OWN, START, type Registered, type ScenarioStep } from "./model.ts";
import { arrive, current, overridesFor, profile, runs, steps, timeline } from "./store.ts";
import { optionsOf } from "./world.ts";

/** The circumstances that have a place in the timeline. */
const CARRIED: ReadonlySet<FieldName> = new Set([
  "client", "client.public", "session", "grant", "grant.offline", "login", "login.as", "consent", "consent.scope", "consent.remember",
]);

/** Who asks and where the answer goes belong to the world of the timeline, and to no single step. */
const WORLD: ReadonlySet<string> = new Set(["client_id", "redirect_uri"]);

/** From the page to the timeline: the same question, and what happens next. */
export function onwards(state: State, { decision }: Walk): void {
  const { circumstances: c } = state;
  const { pairs } = parse(state.request);
  const params = Object.fromEntries(pairs.filter(({ name }) => name !== "" && !WORLD.has(name)).map(({ name, value }) => [name, value]));
  const person = personOf(c);
  const approved = (c.grant !== "" || c["grant.offline"]) && c["grant.status"] === "active" && c["grant.remembered"];
  const left = FIELD_NAMES.filter((name) => !CARRIED.has(name) && c[name] !== INITIAL[name]);
  arrive(left.length === 0 ? [] : [`The timeline has no place for ${left.join(", ")}; there it is as usual, and the answers may differ for that.`]);
  location.hash = write({
    ...START, scenario: OWN, profile: state.profile, policy: state.policy,
    client: c.client === "web" ? null : c.client,
    registered: registration(state),
    signed_in: c.session === "none" ? false : null,
    grant: approved ? { scope: c.grant, offline: c["grant.offline"] } : null,
    steps: [{ action: "authorize", params: { response_type: "code", ...params }, ...(Object.keys(person).length > 0 ? { person } : {}) }, ...next(decision)],
    unknown: [],
  });
}

/** How the client is registered, where that is not as its kind usually is. */
function registration(state: State): Registered {
  // The timeline sends the answer to where it is registered, so that is where the request wants it.
  const asSent = { ...state, circumstances: { ...state.circumstances, "client.redirect_uri": "" } };
  const { client_id, redirect_uris: [redirect_uri = ""], token_endpoint_auth_method: method } = client(asSent);
  const usual = optionsOf({ ...START, scenario: OWN, client: state.circumstances.client }).client;
  return {
    client_id: client_id === usual.client_id ? null : client_id,
    public: method === usual.token_endpoint_auth_method ? null : method === "none",
    redirect_uri: redirect_uri === usual.redirect_uris[0] ? null : redirect_uri,
  };
}

/** What follows an answer: its code is exchanged, an hour passes, the user signs out. */
function next({ outcome, tokens }: Walk["decision"]): ScenarioStep[] {
  if (outcome !== "issue") return [];
  const { front_channel: front, token_endpoint: back } = tokens;
  const use: ScenarioStep[] = back?.refresh_token ? [{ action: "refresh", refresh_token: "RT1" }]
    : back || front.access_token ? [{ action: "api_call", token: "AT1" }] : [];
  return [
    ...(front.code ? [{ action: "exchange", code: "CODE1" } as const] : []),
    { action: "advance_clock", seconds: 3600 }, ...use, { action: "logout" }, ...use,
  ];
}

function personOf(c: Circumstances): Person {
  return {
    ...(c.login === "done" ? {} : { login: c.login }),
    ...(c["login.as"] === "alice" ? {} : { login_as: c["login.as"] }),
    ...(c.consent === "denied" || c.consent === "impossible" ? { consent: c.consent } : {}),
    ...(c.consent === "some" ? { scope: c["consent.scope"] } : {}),
    ...(c["consent.remember"] ? { remember: true } : {}),
  };
}

/** From the timeline to the page: the request at hand, at its moment, under the same policy. */
export function asRequest(): string {
  const at = current.value;
  const asks = steps.value.map(({ action }, index) => (action === "authorize" ? index : -1)).filter((index) => index >= 0);
  const index = asks.findLast((one) => one < Math.max(at, 1)) ?? asks[0];
  const step = index === undefined ? undefined : steps.value[index];
  const policy = { ...configurationWritten(overridesFor(profile.value)), ...timeline.value.policy };
  if (step?.action !== "authorize" || index === undefined) return `profile=${encode(profile.value)}`;
  const before = runs.value[0]?.entries[index - 1];
  const options = optionsOf(timeline.value);
  const session = before ? before.session : runs.value[0]?.session ?? null;
  const grant = (before?.moment?.grants ?? (options.grant ? [options.grant] : [])).find(({ sub, status }) => sub === "alice" && status !== "revoked");
  // As the timeline itself sends it: from its client, and to where that is registered.
  const { client_id, redirect_uris: [redirect_uri = ""] } = options.client;
  const sent: Readonly<Record<string, string>> = { client_id, redirect_uri };
  const usual = USUAL.filter(([name]) => step.params[name] === undefined).map(([name, value]) => [name, sent[name] ?? value] as const);
  return request.write({
    ...EMPTY, profile: profile.value, policy,
    request: build(ENDPOINT, [...usual.filter(([name]) => name !== "state"), ...Object.entries(step.params), ...usual.filter(([name]) => name === "state")]),
    circumstances: {
      ...INITIAL,
      client: options.client.application_type ?? "web",
      "client.public": options.client.token_endpoint_auth_method === "none" && options.client.application_type !== "browser",
      session: session === null ? "none" : "active",
      ...(grant ? { grant: grant.scope, "grant.offline": grant.offline ?? false, "grant.remembered": grant.remembered ?? true } : {}),
      ...answers(step.person ?? {}),
    },
  });
}

function answers(person: Person): Partial<Circumstances> {
  return {
    ...(person.login ? { login: person.login } : {}),
    ...(person.login_as === "bob" ? { "login.as": "bob" as const } : {}),
    ...(person.consent === "denied" || person.consent === "impossible" ? { consent: person.consent } : {}),
    ...(person.scope === undefined ? {} : { consent: "some" as const, "consent.scope": person.scope }),
    ...(person.remember ? { "consent.remember": true } : {}),
  };
}

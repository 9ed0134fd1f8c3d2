// The rows of the package itself.

import { parse } from "node:querystring";
import { fresh } from "./inputs.js";
import { freshLapOver, lapOver } from "./measure.js";

/** The rows, of the inputs of makeInputs(). `api` is what the package exports. */
export function packageRows(api, inputs) {
  const policy = api.Policy.profile(inputs.profile, inputs.overrides);
  const decide = (input) => read(policy.authorize(input));
  const rows = [
    { id: "package_query", what: "package, from the raw query", lap: lapOver(inputs.authorize, decide) },
    { id: "package_object", what: "package, from parsed parameters", lap: lapOver(asObjects(inputs.authorize), decide) },
    { id: "package_exchange", what: "package, code exchange", lap: lapOver(inputs.exchange, (input) => readTokens(policy.exchange(input))) },
    { id: "package_refresh", what: "package, refresh", lap: lapOver(inputs.refresh, (input) => readTokens(policy.refresh(input))) },
    { id: "package_event", what: "package, event", lap: lapOver(inputs.event, (input) => readEvent(policy.event(input))) },
    {
      id: "package_query_fresh",
      what: "package, from strings never seen before",
      lap: freshLapOver(() => fresh(inputs.authorize), decide),
    },
  ];
  if (api.Client !== undefined) {
    const prepared = withPreparedClients(api, inputs.authorize);
    rows.splice(2, 0, { id: "package_client", what: "package, with a prepared client", lap: lapOver(prepared, decide) });
    rows.push({
      id: "package_client_fresh",
      what: "package, prepared client and strings never seen before",
      lap: freshLapOver(() => withPreparedClients(api, fresh(inputs.authorize)), decide),
    });
  }
  return { policy, rows };
}

/** What a framework hands over that has parsed the query. */
function asObjects(inputs) {
  return inputs.map((input) => ({ ...input, request: { ...parse(input.request) } }));
}

/** One client is prepared once, as a server would do it. */
const preparedClients = new WeakMap();

function withPreparedClients(api, inputs) {
  return inputs.map((input) => {
    if (input.client === null) return input;
    if (!preparedClients.has(input.client)) preparedClients.set(input.client, new api.Client(input.client));
    return { ...input, client: preparedClients.get(input.client) };
  });
}

/** Reads a decision as a server does, and the parts for people, too: a part that nobody reads might not be made. */
export function read(decision) {
  const { outcome, error, response, consent, scope, tokens, ignored, effects, trace, summary } = decision;
  let sum = outcome.length + scope.granted.length + scope.requested.length + ignored.length + summary.length;
  if (error !== null) sum += error.placement.length + error.description.length;
  if (response !== null) sum += response.redirect_uri.length + (response.state === null ? 0 : response.state.length);
  if (consent !== null) sum += consent.scopes.length + consent.because.length;
  if (tokens !== null) sum += tokens.refresh_token_because.sentence.length + (tokens.token_endpoint === null ? 0 : 1);
  for (const effect of effects) sum += effect.rule.length + effect.record.scope.length;
  for (const entry of trace) sum += entry.statement.length + entry.sources.length;
  return sum;
}

function readTokens(decision) {
  const { outcome, error, access_token: access, refresh_token: refresh, scope, effects, trace, summary } = decision;
  let sum = outcome.length + scope.granted.length + summary.length;
  if (error !== null) sum += error.description.length;
  if (access !== null) sum += access.scope.length;
  if (refresh !== null) sum += refresh.scope.length;
  for (const effect of effects) sum += effect.rule.length;
  for (const entry of trace) sum += entry.statement.length + entry.sources.length;
  return sum;
}

function readEvent({ outcome, effects, trace, summary }) {
  let sum = outcome.length + summary.length;
  for (const effect of effects) sum += effect.rule.length;
  for (const entry of trace) sum += entry.statement.length + entry.sources.length;
  return sum;
}

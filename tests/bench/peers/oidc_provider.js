// oidc-provider's checks of an authorization request and its interaction policy, in the order of its own list
// (lib/actions/authorization/index.js), over contexts that are prepared: no HTTP, no cookies, no storage, no response.
//
// Of a first request: assembleAuthorizationParams, rejectAuthorizationDupes, rejectUnsupported, checkClient,
// checkResponseMode, oneRedirectUriClients, oauthRequired, rejectRegistration, checkResponseType, oidcRequired,
// assignDefaults, checkPrompt, checkScope, checkOpenidScope, checkRedirectUri, checkPKCE, checkClaims, checkMaxAge,
// assignClaims, and the checks of every prompt of the interaction policy, as `interactions` runs them. Of one that
// comes back with answers: assembleAuthorizationParams, checkClient, assignClaims and the policy, as its route
// `resume` has it. The query is parsed before, and nothing is issued, so that this is less than the package does.

import * as errors from "oidc-provider/lib/helpers/errors.js";
import { assignClaims, checkClaims } from "oidc-provider/lib/actions/authorization/claims.js";
import { checkClient } from "oidc-provider/lib/actions/authorization/client.js";
import {
  assembleAuthorizationParams, assignDefaults, checkMaxAge, checkPrompt, rejectAuthorizationDupes, rejectRegistration,
  rejectUnsupported,
} from "oidc-provider/lib/actions/authorization/request_parameters.js";
import {
  checkRedirectUri, checkResponseMode, checkResponseType, oauthRequired, oidcRequired, oneRedirectUriClients,
} from "oidc-provider/lib/actions/authorization/response_parameters.js";
import { checkOpenidScope, checkScope } from "oidc-provider/lib/actions/authorization/scopes.js";
import { checkPKCE } from "oidc-provider/lib/actions/authorization/sender_constraints.js";
import { parse } from "node:querystring";
import { CLIENTS, CONFIGURATION, NOW } from "../inputs.js";
import { asyncLapOver } from "../measure.js";

const FIRST = [
  assembleAuthorizationParams, rejectAuthorizationDupes, rejectUnsupported, checkClient, checkResponseMode,
  oneRedirectUriClients, oauthRequired, rejectRegistration, checkResponseType, oidcRequired, assignDefaults, checkPrompt,
  checkScope, checkOpenidScope, checkRedirectUri, checkPKCE, checkClaims, checkMaxAge, assignClaims,
];
const RESUMED = [assembleAuthorizationParams, checkClient, assignClaims];
const next = () => {};

export async function oidcProviderRows(inputs) {
  const { Provider, interactionPolicy } = await quietly(() => import("oidc-provider"));
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);
  const provider = await quietly(() => new Provider(CONFIGURATION.issuer, {
    clients: CLIENTS.map(registered),
    scopes: CONFIGURATION.scopes_supported,
    responseTypes: [...new Set(CLIENTS.flatMap(({ response_types }) => response_types))],
    acrValues: ["urn:mace:incommon:iap:silver"],
    interactions: { policy },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    allowOmittingSingleRegisteredRedirectUri: true,
    pkce: { required: () => false },
  }));
  const prepared = inputs.map((input) => preparedOf(provider, input));
  const said = [];
  for (const one of prepared) said.push(await decided(provider, policy, one));
  sensible(said, prepared);
  return [
    {
      id: "oidc_provider_checks",
      what: "oidc-provider, its checks alone, from parsed parameters",
      lap: asyncLapOver(prepared, async (one) => (await decided(provider, policy, one)).length),
    },
  ];
}

/** As oidc-provider knows clients: no `browser` applications, and a key or a secret for each that is confidential. */
function registered({ client_id, redirect_uris, response_types, grant_types, application_type, token_endpoint_auth_method, default_max_age }) {
  const isPublic = token_endpoint_auth_method === "none";
  const implicit = response_types.every((type) => !type.includes("code"));
  return {
    client_id,
    redirect_uris,
    response_types,
    grant_types,
    application_type: application_type === "native" ? "native" : "web",
    token_endpoint_auth_method: isPublic || implicit ? "none" : "client_secret_basic",
    ...(isPublic || implicit ? {} : { client_secret: "a secret of the bench, of some length" }),
    ...(default_max_age === undefined ? {} : { default_max_age }),
  };
}

/** All that can be read before: the query, the session and the grant. */
function preparedOf(provider, { request, session, grant, answers }) {
  const { id_token_hint, ...query } = parse(request);
  const age = session === null ? 0 : NOW - session.auth_time;
  const loginTs = Math.floor(Date.now() / 1000) - age;
  const known = new provider.Grant({ accountId: session?.sub, clientId: query.client_id });
  const consent = answers.find(({ screen }) => screen === "consent");
  if (grant !== null && grant.status === "active") known.addOIDCScope(grant.scope);
  if (consent?.result === "approved") {
    known.addOIDCScope(consent.scope ?? consent.shown.scopes.map(({ scope }) => scope).join(" "));
  }
  const result = {};
  for (const { screen, result: came } of answers) {
    if (came === "failed" || came === "denied") {
      result.error = "access_denied";
    } else {
      result[screen] = {};
    }
  }
  return {
    query,
    resumed: answers.length > 0,
    result: answers.length > 0 ? result : undefined,
    session: new provider.Session(session === null ? {} : { accountId: session.sub, loginTs }),
    grant: known,
  };
}

/** `issue`, the name of a prompt, or an error. */
async function decided(provider, policy, { query, resumed, result, session, grant }) {
  const ctx = { method: "GET", query, _matchedRouteName: resumed ? "resume" : "authorization" };
  const oidc = new provider.OIDCContext(ctx);
  ctx.oidc = oidc;
  oidc.session = session;
  if (result !== undefined) oidc.result = result;
  try {
    for (const check of resumed ? RESUMED : FIRST) await check(ctx, next);
    oidc.entity("Grant", grant);
    return await interaction(ctx, policy);
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    return error.error;
  }
}

/** What `interactions` does before it stores an interaction or goes on to the response. */
async function interaction(ctx, policy) {
  const { oidc } = ctx;
  if (oidc.result?.error) throw new errors.AccessDenied();
  for (const { name, checks, details: promptDetails } of policy) {
    const failed = (await Promise.all([...checks].map(async ({ reason, description, error, details, check }) =>
      ((await check(ctx)) ? { [reason]: { error, description, details: await details(ctx) } } : undefined)))).filter(Boolean);
    if (failed.length > 0) {
      const results = Object.assign({}, ...failed);
      const prompt = { name, reasons: Object.keys(results), details: Object.assign({}, await promptDetails(ctx), ...Object.values(results).map(({ details }) => details)) };
      const [[, { error }]] = Object.entries(results);
      if (oidc.promptPending("none")) return error ?? "interaction_required";
      return prompt.name;
    }
  }
  if (!oidc.session.accountId) throw new errors.AccessDenied();
  if (!oidc.grant.getOIDCScopeFiltered(oidc.requestParamOIDCScopes)) throw new errors.AccessDenied();
  return "issue";
}

/** Checks that fell over at the first step would be quick, and mean nothing. */
function sensible(said, prepared) {
  const share = (answer) => said.filter((one) => one === answer).length / said.length;
  const ok = share("issue") > 0.1 && share("consent") > 0.1 && share("login") > 0.02;
  if (prepared.length > 500 && !ok) {
    const counts = {};
    for (const one of said) counts[one] = (counts[one] ?? 0) + 1;
    throw new Error(`oidc-provider says ${JSON.stringify(counts)}`);
  }
}

/** It speaks of its defaults, and of the version of Node, on the standard output. */
async function quietly(work) {
  const { info, warn } = console;
  console.info = () => {};
  console.warn = () => {};
  try {
    return await work();
  } finally {
    Object.assign(console, { info, warn });
  }
}

// The adapter and its provider come together once, and only if they fit.
import { AdapterError } from "./oidc_provider_errors.js";
import { PROBE, PROBED, PROBED_MODELS } from "./oidc_provider_configuration.js";
import { refuse } from "./oidc_provider_refusals.js";

/** Known to every copy of this module, in whatever module system. */
const ATTACHED = Symbol.for("grantwise.oidc-provider");

/** Routes that are there only where a feature is on in which the policy is not asked. */
const UNSEEN_ROUTES = {
  pushed_authorization_request: "features.pushedAuthorizationRequests",
  device_authorization: "features.deviceFlow",
  backchannel_authentication: "features.ciba",
  interaction: "features.devInteractions",
};

export async function attach(provider, { mode, shared }) {
  for (const name of ["Session", "Grant", "Client", "Interaction"]) {
    if (typeof provider?.[name] !== "function") {
      throw new AdapterError("wrong_provider", `This is no Provider of oidc-provider 9: it has no ${name}`);
    }
  }
  if (Object.hasOwn(provider, ATTACHED)) {
    throw new AdapterError("already_attached", "This provider has an adapter already; two would decide the same request twice");
  }
  if (mode.decides) refuse("wrong_provider", "The provider was not made with adapter.configuration:", differences(provider, shared));
  Object.defineProperty(provider, ATTACHED, { value: true, configurable: true });
  try {
    await mode.ready();
  } catch (cause) {
    delete provider[ATTACHED];
    throw new AdapterError("records_unavailable", `The records cannot be reached: ${cause.message}`, { cause });
  }
  mode.listen?.(provider);
  for (const event of ["authorization.error", "grant.error", "revocation.error", "server_error"]) {
    provider.on(event, (ctx, error) => shared.failures.set(ctx, error));
  }
  provider.use(around(provider, { missed: mode.missed?.bind(mode) }, mode.routes()));
}

/** Where the provider was given something else than the adapter's configuration, such as a member after the spread. */
function differences(provider, { policy }) {
  const found = [];
  if (policy.settings.issuer !== provider.issuer) {
    found.push({ setting: "issuer", sentence: `the policy's issuer is ${policy.settings.issuer}, and the provider's is ${provider.issuer}` });
  }
  for (const model of PROBED_MODELS) {
    if (answer(() => provider[model].expiresIn(PROBE, {}, {})) !== PROBED) {
      found.push({ setting: `ttl.${model}`, sentence: `ttl.${model} of the provider is not the adapter's` });
    }
  }
  for (const [route, setting] of Object.entries(UNSEEN_ROUTES)) {
    if (answer(() => provider.pathFor(route, { uid: "x" })) === undefined) continue;
    found.push({ setting, sentence: `${setting} is enabled, and the adapter's configuration turns it off` });
  }
  return found;
}

function answer(ask) {
  try {
    return ask();
  } catch {
    return undefined; // a hook of somebody else, who does not know what it was asked
  }
}

/** Paths as the router of oidc-provider takes them: in whatever case, and with a slash at the end or without. */
const plain = (path) => path.toLowerCase().replace(/\/$/, "");

/**
 * Runs what stands before a route of the server, where it has that route. A request that came to such a route in another way is no
 * request of the policy's.
 */
function around(provider, { missed }, routes) {
  const pathOf = (name) => answer(() => provider.pathFor(name, { mountPath: "" })); // of a feature that is off there is none
  const table = new Map(routes.filter(({ name }) => name !== "resume" && pathOf(name) !== undefined).map(({ method, name, run }) =>
    [`${method} ${plain(pathOf(name))}`, run]));
  const names = new Set(routes.map(({ name }) => name));
  const resume = routes.find(({ name }) => name === "resume")?.run;
  const start = `${plain(provider.pathFor("authorization", { mountPath: "" }))}/`;
  return async (ctx, next) => {
    const path = plain(ctx.path);
    const method = ctx.method === "HEAD" ? "GET" : ctx.method;
    const run = table.get(`${method} ${path}`) ?? (method === "GET" && path.startsWith(start) ? resume : undefined);
    if (run !== undefined) return run(ctx, next);
    await next();
    return names.has(ctx.oidc?.route) ? missed?.(ctx) : undefined;
  };
}

// What the adapter itself throws, and the errors of a policy as oidc-provider sends them.

/** The adapter cannot do what it is asked for. Nothing was issued. */
export class AdapterError extends Error {
  constructor(code, message, details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    if (details.refusals !== undefined) this.refusals = details.refusals;
  }
}
Object.defineProperty(AdapterError.prototype, "name", { value: "AdapterError" });

const MODES = new Set(["query", "fragment", "form_post"]);

/** An error of a policy, to be thrown in a hook. Where it goes is what the decision says. */
export function authorizationError({ CustomOIDCProviderError }, { error }, ctx) {
  const thrown = new CustomOIDCProviderError(error.code ?? "invalid_request", error.description);
  if (MODES.has(error.placement)) ctx.oidc.params.response_mode = error.placement;
  else thrown.allow_redirect = false;
  return thrown;
}

/** An error of a policy at the token or revocation endpoint. */
export function tokenError({ CustomOIDCProviderError }, { error, response }) {
  const thrown = new CustomOIDCProviderError(error.code ?? "invalid_request", error.description);
  thrown.status = response.status;
  thrown.statusCode = response.status;
  return thrown;
}

/**
 * oidc-provider refused a request before the policy was asked, and the policy refuses it, too: the client gets the policy's error
 * in the policy's place. What oidc-provider shows as a page of its own stays one.
 */
export function replaceError(ctx, { error, response }) {
  if (ctx.status < 300 || ctx.status >= 400) return;
  if (response === null) {
    ctx.remove("Location");
    ctx.status = 400;
    ctx.type = "text";
    ctx.body = `${error.code ?? "invalid_request"}: ${error.description}`;
    return;
  }
  if (response.placement === "form_post") return;
  const { redirect_uri, placement, state, iss } = response;
  const members = { error: response.error, error_description: response.error_description, state, iss };
  const sent = new URLSearchParams(Object.entries(members).filter(([, value]) => value !== null));
  const address = new URL(redirect_uri);
  if (placement === "fragment") address.hash = String(sent);
  else for (const [name, value] of sent) address.searchParams.append(name, value);
  ctx.status = 303;
  ctx.redirect(address.href);
}

/** Takes back what a response was going to hand out. */
export function takeBack(ctx, code = "server_error", status = 500) {
  ctx.remove("Location");
  ctx.status = status;
  ctx.type = "json";
  ctx.body = { error: code, error_description: "The decision could not be carried out; nothing was issued" };
}

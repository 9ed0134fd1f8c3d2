// What the adapter's shadow reports of each kind in divergences.json. It sees what the server did, request by request, and not
// whether a token is still alive.

const outcomes = (server, policy) => (report) => server.includes(report.server.outcome) && policy.includes(report.policy.outcome);
const PAGES = ["login", "reauthenticate", "select_account", "consent"];
const at = (operation, fits) => (report) => report.operation === operation && fits(report);
const only = (name, fits = () => true) => (report) => report.differs.join() === name && fits(report);
const anyOf = (...fits) => (report) => fits.some((one) => one(report));

/** The policy has none of what the person granted before, so that it asks, or says that it would have to. */
const asksAnew = at("authorize", ({ policy }) => policy.outcome === "consent" || policy.error === "consent_required");
const refusesCode = at("exchange", ({ server, policy }) => server.outcome === "tokens" && policy.error === "invalid_grant");

/** By kind: whether a report is of it. */
export const SHOWN = {
  error_page_code: at("authorize", only("error", ({ server, policy }) => policy.error === null && server.placement === "page" && policy.placement === "page")),
  order_of_refusal: at("authorize", only("error", ({ policy }) => policy.error !== null)),
  openid_alone: at("authorize", outcomes(["error"], [...PAGES, "issue"])),
  code_outlives_declined_logout: at("exchange", outcomes(["error"], ["tokens"])),
  token_that_is_over: anyOf(asksAnew, refusesCode, at("revoke", ({ policy }) => policy.error === "invalid_request")),
  grant_begun_anew: anyOf(asksAnew, refusesCode),
  replay_looked_at_last: (report) => ["exchange", "refresh"].includes(report.operation) && only("error", outcomes(["error"], ["error"]))(report),
  scope_left_out_later: ({ operation, differs, server, policy }) => ["exchange", "refresh"].includes(operation) && differs.join() === "scope"
    && server.scope.split(" ").filter(Boolean).every((scope) => policy.scope.split(" ").includes(scope)),
  tolerated_grant: anyOf(asksAnew, at("exchange", outcomes(["error"], ["tokens"]))),
};

/** Kinds of which the shadow says nothing, and why. */
export const UNSEEN = {
  replay_forgotten: "both refuse the replay with the same error; what it ends shows when that is presented",
  access_token_outlives_grant: "whether an access token is taken is said at the resource server, where the policy is not asked",
  tolerated_access_token: "whether an access token is taken is said at the resource server, where the policy is not asked",
  nonce_at_refresh: "the server signs ID Tokens, and their claims are not compared",
  id_token_without_sub: "the server signs ID Tokens, and their claims are not compared",
};

const screens = (pages) => pages.map(({ screen }) => screen).join();

/** Where a divergence is in something that the shadow does not see, whatever its kind. */
export function isHidden({ at: place, stock, profile }) {
  if (place === "pages") return screens(stock) === screens(profile); // a page is compared by its name, not by what is on it
  return place === "replay" || /^(alive|id_token)\./.test(place);
}

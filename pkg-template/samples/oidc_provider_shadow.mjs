// A policy beside an oidc-provider that runs already: it decides nothing, and says where it would.
import { Policy } from "grantwise";
import { createAdapter } from "grantwise/oidc-provider";

/** Call it with your provider before `provider.callback()` and `provider.listen()`. */
export async function watched(provider, log = console.log) {
  const policy = Policy.profile("security-bcp", { issuer: provider.issuer, scopes_supported: ["openid", "offline_access", "email"] });
  const adapter = createAdapter(policy, {
    mode: "shadow",
    report(found) {
      if (found.kind === "difference") log(`${found.operation} of ${found.client_id}: ${found.differs.join(", ")}: ${found.reason}`);
      else log(`the shadow failed: ${found.error.message}`);
    },
  });
  await adapter.attach(provider);
  return adapter; // adapter.counts says how much was compared; adapter.summaries({ grant }) says why
}

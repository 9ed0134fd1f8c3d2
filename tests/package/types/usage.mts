// Compiled, never run: the declarations as a careful reader of the documentation would use them.
import {
  GrantwiseError, Policy, atHash, cHash, configuration, form, knobs, location, profiles, ready, rules, tokenResponse, version,
} from "grantwise";
import type { Answer, AuthorizeInput, ClientMetadata, Consent, Decision, Grant, GrantwiseErrorCode, Overrides, RuleId, Session } from "grantwise";

const client: ClientMetadata = {
  client_id: "c1",
  redirect_uris: ["https://client.example/cb"],
  client_name: "open to other metadata",
};
const session: Session = { sub: "alice", auth_time: 1 };
const grant: Grant = { scope: "openid" };
const answers: Answer[] = [
  { screen: "login", result: "done" },
  { screen: "consent", result: "approved", scope: "openid", remember: true },
];
const input: AuthorizeInput = { request: "response_type=code", client, session, grant, answers, now: 1 };

const policy: Policy = Policy.profile("openid-core", { offline_without_consent: "show_consent", scopes_supported: ["openid"] });
const decision: Decision = policy.authorize(input);

/** Every outcome has its branch; one more outcome would not compile. */
export function answer(decision: Decision): string {
  switch (decision.outcome) {
    case "login":
    case "reauthenticate":
    case "select_account":
      return "sign in";
    case "consent": {
      const consent: Consent = decision.consent;
      return consent.scopes.map((one) => one.scope).join(" ");
    }
    case "error":
      return decision.error.placement === "page" ? decision.error.description : location(decision);
    case "issue":
      return decision.response.placement === "form_post"
        ? form(decision, { code: "c" }).html
        : location(decision, { code: "c" });
    default:
      return decision satisfies never;
  }
}

/** The token endpoint: status, headers and body go to the server as they are. */
export function respond(minted: { access_token: string }): [number, Record<string, string>, string] {
  const granted = policy.exchange({ request: "grant_type=client_credentials", client, client_authenticated: true, now: 1 });
  const { status, headers, body } = tokenResponse(granted, minted);
  return [status, headers, JSON.stringify(body)];
}

/** The claims that bind an ID Token of the front channel. */
export async function claims(code: string, access_token: string): Promise<object | null> {
  const bound = decision.response?.id_token ?? null;
  if (bound === null) return null;
  const c_hash = bound.hashes.includes("c_hash") ? { c_hash: await cHash(code, "ES256") } : {};
  const at_hash = bound.hashes.includes("at_hash") ? { at_hash: await atHash(access_token, "ES256") } : {};
  // @ts-expect-error no signature, no hash
  await cHash(code, "none");
  return { ...bound.claims, ...c_hash, ...at_hash };
}

// A branch too few must not compile, or the test above proves nothing.
export function incomplete(decision: Decision): string {
  switch (decision.outcome) {
    case "login":
      return "sign in";
    default:
      // @ts-expect-error the other outcomes are left
      return decision satisfies never;
  }
}

export const code = (error: unknown): GrantwiseErrorCode | null => (error instanceof GrantwiseError ? error.code : null);
export const tables: number = profiles.length + knobs.length + configuration.length + rules.length + version.length;
export const loaded: Promise<void> = ready();
answer(decision);

// @ts-expect-error no such profile
Policy.profile("openid");
// @ts-expect-error a mistyped key
policy.authorize({ request: "", client: null, now: 1, sesion: null });
// @ts-expect-error made by Policy.profile only
new Policy();
// @ts-expect-error the tables are read-only
profiles.push(profiles[0]!);

const rule: RuleId | undefined = decision.trace[0]?.rule;
const overrides: Overrides = { idle_limit_30_days: true, code_lifetime_s: 60, allowed_scopes: null, issuer: "https://as.example" };
export const inForce: boolean = Policy.profile("openid-core", overrides).settings.idle_limit_30_days && rule === "code.redeemed";

// @ts-expect-error a mistyped knob
Policy.profile("openid-core", { offline_wthout_consent: "show_consent" });
// @ts-expect-error a value that another knob has
Policy.profile("openid-core", { offline_without_consent: "replace_keep_old" });
// @ts-expect-error a word where the knob is true or false
Policy.profile("openid-core", { consent_required: "yes" });
// @ts-expect-error a number where a configuration key holds scopes
Policy.profile("openid-core", { scopes_supported: 3 });
// @ts-expect-error a knob is never null
Policy.profile("openid-core", { offline_without_consent: null });
// @ts-expect-error no such rule
export const never: boolean = rule === "code.redemed";
// @ts-expect-error no such setting
policy.settings.code_lifetime;

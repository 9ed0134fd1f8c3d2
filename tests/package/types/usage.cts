// The same from CommonJS.
import { GrantwiseError, Policy, configuration, form, knobs, location, profiles, ready, rules, version } from "grantwise";
import type { Answer, AuthorizeInput, Client, Consent, Decision, Grant, GrantwiseErrorCode, Session } from "grantwise";

const client: Client = {
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

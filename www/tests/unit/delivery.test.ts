import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Package from "grantwise";
import { expect, test } from "vitest";
import { delivery, minted } from "../../src/copy/examples.ts";
import { PROFILE_NAMES } from "../../src/state/profile_names.ts";

const folder = resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package");
const { Policy, ready, location, form }: typeof Package = await import(pathToFileURL(join(folder, "node.js")).href);

const URIS = [
  "https://app.example/cb", "https://app.example/cb?a=1", "https://app.example/cb?", "https://app.example/cb?a=1&",
  "https://bücher.example/zurück?q=ä%20b", "http://127.0.0.1:8080/", "com.example.app:/cb",
];
const ASKED = [
  { scope: "openid offline_access", prompt: "consent" },
  { scope: "openid", prompt: "none" },
  { scope: "openid profile", access_type: "offline" },
  { scope: "no such scope" },
];
const STATES = [undefined, "", "a b+c&d=e#f?g%20", "é😀!'()*~", "<script>\"\n\t"];

test("what the page shows travelling is what the package sends", async () => {
  await ready();
  const seen = { redirect: 0, form: 0, nothing: 0 };
  for (const profile of PROFILE_NAMES) {
    const policy = Policy.profile(profile);
    for (const redirect_uri of URIS) for (const asked of ASKED) for (const state of STATES) {
      for (const response_type of ["code", "id_token token", "code id_token token", "token"]) for (const response_mode of [undefined, "form_post", "query", "fragment"]) {
        const given = { client_id: "c", redirect_uri, response_type, response_mode, state, nonce: "n", ...asked };
        const request = Object.fromEntries(Object.entries(given).filter((one): one is [string, string] => one[1] !== undefined));
        const decision: Package.Decision = policy.authorize({
          request,
          client: {
            client_id: "c", redirect_uris: [redirect_uri], token_endpoint_auth_method: "client_secret_basic",
            response_types: ["code", "id_token token", "code id_token token", "token"], grant_types: ["authorization_code", "implicit", "refresh_token"],
          },
          session: { sid: "s", sub: "alice", auth_time: 940 },
          trust: { first_party: true },
          grant: { scope: "openid profile offline_access", offline: true },
          now: 1000,
        });
        const sent = decision.response;
        const wanted = sent === null ? null
          : sent.placement === "form_post" ? (({ action, fields }) => ({ kind: "form", action, fields }))(form(decision, minted(decision)))
          : { kind: "redirect", location: location(decision, minted(decision)) };
        expect(delivery(decision)).toEqual(wanted);
        seen[sent === null ? "nothing" : sent.placement === "form_post" ? "form" : "redirect"] += 1;
      }
    }
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(1000);
}, 60_000);

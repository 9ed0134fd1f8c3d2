import { expect, test } from "vitest";
import { situation } from "../../src/engine/situation.ts";
import { transfer } from "../../src/engine/transfer.ts";
import { read } from "../../src/state/fragment.ts";
import { EMPTY } from "../../src/state/model.ts";

const LINKS = [
  "scope=openid",
  "scope=openid+profile+offline_access&prompt=consent&grant=openid+profile",
  "scope=openid&client=native&client.public=true&session=none",
  "scope=openid&client=browser&client.refresh_grant=false&client.first_party=true",
  "scope=openid&client.known=false",
  "scope=openid&grant=openid+offline_access&grant.offline=true&grant.remembered=false&grant.how=admin&grant.age=60",
  "scope=openid&condition=contract&condition.offline=false&server.launch=ehr&server.client_eligible=false",
  "scope=openid&server.consent_valid=false&server.user_may_have_offline=true&session.accounts=3&session.left=",
  "scope=openid&client.response_types=code,id_token&client.publishing_status=testing&grant=openid&grant.id=g1&grant.first_code_exchanged=false",
  "response_type=code+id_token&scope=openid&nonce=n&request.hd=example.com",
];

test.each(LINKS)("an input is said by the page's fields, whatever they said before: %s", (link) => {
  const wanted = situation(read(link).state);
  for (const from of [EMPTY, read(LINKS[5] ?? "").state, read(LINKS[7] ?? "").state]) {
    const moved = transfer(from, situation(from), wanted);
    expect({ ...situation(moved), request: sorted(moved.request) }).toEqual({ ...wanted, request: sorted(String(wanted.request)) });
  }
});

test("what does not differ stays as it was written", () => {
  const { state } = read("scope=openid&prompt=consent&session.age=77");
  const before = situation(state);
  const moved = transfer(state, before, { ...before, request: String(before.request).replace("prompt=consent", "prompt=none") });
  expect(moved.request).toBe(state.request.replace("prompt=consent", "prompt=none"));
  expect(moved.circumstances).toEqual(state.circumstances);
  expect(transfer(state, before, before)).toEqual(state);
});

/** Which parameters, not in which order. */
function sorted(text: string): string[] {
  return text.slice(text.indexOf("?") + 1).split("&").sort();
}

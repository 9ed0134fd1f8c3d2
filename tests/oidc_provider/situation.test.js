// What oidc-provider gets to see of a query, and what the policy does, however a client or a stranger writes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./support.js";
import { imported } from "../built_package.js";

const { queriesOf } = await imported("oidc_provider_situation.js");

const read = (query) => Object.fromEntries(new URLSearchParams(query));
const BASE = "response_type=code&client_id=calendar&redirect_uri=https%3A%2F%2Fcalendar.example%2Fcb";

for (const [query, hidden, dropped = []] of [
  [`${BASE}&scope=openid+email&state=s`, []],
  [`${BASE}&scope=email%20openid&nonce=n&max_age=0`, []],
  [`${BASE}&scope=openid&prompt=none`, ["prompt"]],
  [`${BASE}&scope=openid&pr%6fmpt=none`, ["prompt"]],
  [`${BASE}&scope=email&nonce=n&id_token_hint=h`, ["nonce", "id_token_hint"]],
  [`${BASE}&scope=openidish&nonce=n`, ["nonce"]],
  [`${BASE}&scope=email&response_mode=query&nonce=%F0%9F%98%80`, ["nonce"]],
  [`${BASE}&scope=openid&grantwise_request=prompt%3Dnone`, ["grantwise_request"], ["grantwise_request"]],
  [`grantwise_request=x&${BASE}&scope=openid`, ["grantwise_request"], ["grantwise_request"]],
  [`${BASE}&scope=openid&%67rantwise_request=x`, ["grantwise_request"], ["grantwise_request"]],
]) {
  test(`of ${query.slice(query.indexOf("scope="))} the server does not see ${hidden.join(", ") || "the same"}`, () => {
    const { arrived, shown } = queriesOf({ response_mode_parameter: "known" })(query);
    const without = (names) => Object.fromEntries(Object.entries(read(query)).filter(([name]) => !names.includes(name)));
    assert.deepEqual([read(arrived), read(shown)], [without(dropped), without(hidden)]);
  });
}

test("a policy that knows no response_mode hides it", () => {
  const { arrived, shown } = queriesOf({ response_mode_parameter: "unknown" })(`${BASE}&scope=openid&response_mode=fragment`);
  assert.deepEqual([read(arrived).response_mode, read(shown).response_mode], ["fragment", undefined]);
});

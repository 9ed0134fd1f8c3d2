// All peers; only `cargo xtask bench` installs them.

import { caslRows } from "./casl.js";
import { casbinRows } from "./casbin.js";
import { cedarRows } from "./cedar.js";
import { oidcProviderRows } from "./oidc_provider.js";
import { questions } from "./question.js";

export async function peerRows(policy, { authorize }) {
  const asked = questions(policy, authorize);
  return [...(await oidcProviderRows(authorize)), ...caslRows(asked), ...(await casbinRows(asked)), ...cedarRows(asked)];
}

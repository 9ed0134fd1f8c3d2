// The question that engines for yes and no are asked: may tokens be issued now, without another page? What has to be
// parsed and looked up for it is done before, and is no part of their time.

import { CONFIGURATION, NOW } from "../inputs.js";

/** The facts of an input, and the answer that a policy gave. */
export function questions(policy, inputs) {
  return inputs.map((input) => {
    const decision = policy.authorize(input);
    const parameters = new Map(new URLSearchParams(input.request));
    const prompts = (parameters.get("prompt") ?? "").split(" ");
    const asked = (parameters.get("scope") ?? "").split(" ");
    const signedInNow = input.answers.some(({ screen, result }) => screen === "login" && result === "done");
    const isPublic = input.client?.token_endpoint_auth_method === "none";
    return {
      answer: decision.outcome === "issue",
      facts: {
        user: input.session?.sub ?? "nobody",
        client: input.client?.client_id ?? "nothing",
        // Whether the request itself is in order, which the engines could not find out.
        in_order: decision.outcome !== "error" || decision.error.code === "consent_required",
        signed_in: input.session !== null,
        login_asked: prompts.includes("login") && !signedInNow,
        account_asked: prompts.includes("select_account"),
        too_old: decision.outcome === "reauthenticate" && !prompts.includes("login"),
        another_user: decision.outcome === "login" && input.session !== null,
        consent_asked: prompts.includes("consent"),
        approved: decision.outcome === "issue" && input.answers.some(({ screen }) => screen === "consent"),
        identity_assured: !isPublic || (parameters.get("redirect_uri") ?? "").startsWith("https://"),
        requested: asked.filter((scope) => scope !== "offline_access" && CONFIGURATION.scopes_supported.includes(scope)),
        granted: grantedBefore(input, asked),
      },
    };
  });
}

function grantedBefore({ grant, session }) {
  const counts = grant !== null && grant.status === "active" && grant.sub === session?.sub && !(grant.expires_at <= NOW);
  return counts ? grant.scope.split(" ") : [];
}

/** A peer that says something else than the package would be asked another question. */
export function compare(name, said, asked) {
  const wrong = asked.findIndex(({ answer }, index) => answer !== said[index]);
  if (wrong !== -1) throw new Error(`${name} says ${said[wrong]} to ${JSON.stringify(asked[wrong])}`);
}

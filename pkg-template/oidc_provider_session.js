// The end of sessions: what a logout ends is the policy's, and so is what one ends that the user declined.
import { endAtServer } from "./oidc_provider_records.js";
import { now } from "./oidc_provider_situation.js";

export class Sessions {
  #shared;

  constructor(shared) {
    this.#shared = shared;
  }

  /** Something happened to a session, a user or a token: carried out in the records and at the server. */
  async happened(event) {
    const { policy, records, keep, provider } = this.#shared;
    const at = now();
    const decision = policy.event({ ...event, now: at });
    keep.event(decision);
    await endAtServer(provider(), await records.carryOut(decision.effects, { at }));
    for (const { effect, kind, where } of decision.effects) {
      if (effect === "end" && kind === "session" && where.sid !== undefined) await (await provider().Session.findByUid(where.sid))?.destroy();
    }
    return decision;
  }

  /** Around the endpoint where a logout is confirmed or declined. */
  async around(ctx, next) {
    const provider = this.#shared.provider();
    const before = await provider.Session.get(ctx);
    const { uid, accountId, state } = before;
    const authorizations = structuredClone(before.authorizations ?? {});
    await next();
    const failed = ctx.status >= 400 || !accountId;
    if (failed) return;
    const session = { sid: uid, sub: accountId };
    const after = await provider.Session.findByUid(uid);
    if (after === undefined) {
      // Another account signed in where oidc-provider was on its way back to a request.
      const isSwitch = state?.postLogoutRedirectUri?.startsWith(provider.urlFor("authorization")) === true;
      await this.happened({ event: isSwitch ? "switch_account" : "logout", session });
      return;
    }
    const client_id = state?.clientId;
    if (client_id === undefined) return;
    await this.happened({ event: "rp_initiated_logout", session, client_id, user_answer: "no" });
    // oidc-provider has forgotten the client in this session, with which all its tokens would end.
    if (this.#shared.policy.settings.declined_logout !== "nothing" || authorizations[client_id] === undefined) return;
    const { sid, grantId } = authorizations[client_id];
    if (sid !== undefined) after.sidFor(client_id, sid);
    if (grantId !== undefined) after.grantIdFor(client_id, grantId);
    await after.persist();
  }
}

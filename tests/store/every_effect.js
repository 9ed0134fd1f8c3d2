// The effects of every kind of decision, under every profile, and every value of every knob: what a store has to carry out.
import { NOW, Policy, client, profiles, knobs } from "./support.js";

const session = { sid: "s1", sub: "alice", auth_time: NOW - 60, expires_at: NOW + 28_800 };
const access = { scope: "openid offline_access", expires_in: 600, binding: "offline" };
const code = (more) => ({
  v: 1, id: "C", client_id: "calendar", sub: "alice", sid: "s1", redirect_uri: client.redirect_uris[0], redirect_uri_sent: true,
  scope: "openid offline_access", requested_scope: "openid offline_access", status: "active", access_token: access, id_token: true,
  refresh_token: { scope: "openid offline_access", binding: "offline", lifetime: { kind: "until_revoked" }, rotation: "none" },
  auto_approved: false, auth_time: NOW - 60, grant_id: "G", issued_at: NOW, expires_at: NOW + 60, ...more,
});
const token = (kind, more) => ({
  v: 1, kind, id: "T", client_id: "calendar", application_type: "web", client_type: "confidential", sub: "alice", sid: "s1",
  family: "C", grant_id: "G", scope: "openid offline_access", binding: "offline", status: "active", auth_time: NOW - 60,
  issued_at: NOW, authorized_at: NOW, expires_at: NOW + 600, ...more,
});

/** The decisions of one policy. What a policy refuses is one, too; what its settings contradict is none. */
function* decisions(policy) {
  const known = { client, client_authenticated: true, now: NOW };
  const who = { sub: "alice", client_id: "calendar" };
  const ended = { session: { sid: "s1", sub: "alice" } };
  const events = [
    ...["logout", "session_timeout", "admin_ends_session", "switch_account"].map((event) => ({ event, ...ended })),
    ...["yes", "no"].map((user_answer) => ({ event: "rp_initiated_logout", ...ended, user_answer, id_token_hint: { sub: "alice" } })),
    { event: "password_change", sub: "alice" }, { event: "user_revokes_app", ...who }, { event: "issue_refresh_token", ...who },
    { event: "as_revokes_refresh_token", token: token("refresh_token") },
    { event: "condition_withdrawn", basis: "contract" }, { event: "condition_withdrawn", basis: "contract", sub: "alice" },
    { event: "condition_withdrawn", basis: "contract", ...who },
  ];
  for (const event of events) yield () => policy.event({ ...event, now: NOW });
  for (const grant_id of ["G", null]) {
    for (const status of ["active", "used"]) {
      const request = { grant_type: "authorization_code", code: "x", redirect_uri: client.redirect_uris[0] };
      for (const action of [null, "replace", "merge"]) {
        const record = code({ status, grant_id, grant_management_action: action });
        yield () => policy.exchange({ ...known, request, code: record, session });
        yield () => policy.exchange({ ...known, request: { ...request, existing_grant: "y" }, code: record, session, existing_grant: token("refresh_token") });
      }
    }
    for (const more of [{}, { status: "superseded", superseded_at: NOW }, { family: null }, { binding: "session" }]) {
      const record = token("refresh_token", { grant_id, ...more });
      yield () => policy.refresh({ ...known, request: { grant_type: "refresh_token", refresh_token: "x" }, refresh_token: record, session });
      for (const kind of ["refresh_token", "access_token"]) {
        const revoked = token(kind, { grant_id, ...more, ...(kind === "access_token" ? { status: "active", superseded_at: null } : {}) });
        yield () => policy.revoke({ ...known, request: { token: "x" }, token: revoked });
      }
    }
  }
  const grant = { v: 1, grant_id: "G", client_id: "calendar", sub: "alice", scope: "openid" };
  yield () => policy.manageGrant({ method: "DELETE", grant, client_id: "calendar", scope: "grant_management_revoke", now: NOW });
  for (const response_type of ["code", "code token", "token", "none"]) {
    for (const more of [{}, { grant_management_action: "create" }, { grant_management_action: "merge", grant_id: "G" }]) {
      const request = { client_id: "calendar", redirect_uri: client.redirect_uris[0], response_type, scope: "openid email", nonce: "n", prompt: "consent", ...more };
      const input = { request, client: { ...client, response_types: [response_type] }, session, grant: more.grant_id ? grant : null, now: NOW };
      yield () => {
        const { consent } = policy.authorize(input);
        return policy.authorize({ ...input, answers: [{ screen: "consent", result: "approved", shown: consent ?? undefined }] });
      };
    }
  }
}

/** One effect for each kind of effect, kind of record, and set of members. */
export function everyEffect() {
  const shapes = new Map();
  for (const { name } of profiles) {
    // Every knob where most of them matter.
    const turned = ["google", "grant-management", "openid-core"].includes(name) ? knobs : [];
    const changed = [{}, { max_refresh_tokens_per_client_and_user: 2 },
      ...turned.flatMap(({ id, options }) => options.map(({ value }) => ({ [id]: value })))];
    for (const overrides of changed) {
      const policy = Policy.profile(name, overrides);
      for (const decide of decisions(policy)) {
        let effects;
        try {
          ({ effects } = decide());
        } catch (error) {
          if (error.name === "GrantwiseError") continue;
          throw error;
        }
        for (const effect of effects) {
          const { where = {}, set = {}, links = {}, keep_newest } = effect;
          const shape = `${effect.effect} ${effect.kind} by ${Object.keys(where).sort()} sets ${Object.keys(set).sort()} `
            + `links ${Object.keys(links).sort()} ${keep_newest === undefined ? "" : "but the newest"}`;
          if (!shapes.has(shape)) shapes.set(shape, effect);
        }
      }
      policy.release();
    }
  }
  return shapes;
}

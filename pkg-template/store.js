// A store for the records of Grantwise: it decides with a policy, and carries out what was decided.
import { Decisions } from "./store_decisions.js";
import { StoreError, Uncertain } from "./store_errors.js";
import { memory } from "./store_memory.js";
import { asText, clientId, parameter } from "./store_requests.js";
import { hashOf, secret } from "./store_secrets.js";
import { again, keepPage, sessionOf, startSession, takePage } from "./store_sessions.js";
import { sql } from "./store_sql.js";
import { recordIn } from "./store_statements.js";
import { sweep } from "./store_sweep.js";

export { StoreError, memory, sql };

/** A store on `memory()` or `sql(client)`, with its tables. */
export async function openStore(policy, backend, options = {}) {
  const store = new Store(key, policy, backend, options);
  await (options.migrate === false ? backend.check() : backend.migrate(store.now()));
  return store;
}

const key = Symbol("openStore");

export class Store {
  #policy;
  #backend;
  #options;
  #decisions;

  /** `openStore` makes stores; nothing else does. */
  constructor(given, policy, backend, options) {
    if (given !== key) throw new TypeError("A store is made by openStore(policy, backend, options)");
    const known = ["mint", "now", "migrate", "patience_s", "clock_step_s", "page_s", "keep_s"];
    for (const name of Object.keys(options)) if (!known.includes(name)) throw new TypeError(`openStore has no option ${name}`);
    this.#policy = policy;
    this.#backend = backend;
    this.#options = { patience_s: 30, page_s: 600, keep_s: 30 * 86_400, ...options };
    this.#decisions = new Decisions(policy, backend, this.#options);
  }

  get policy() {
    return this.#policy;
  }

  now() {
    return this.#decisions.now();
  }

  // == The authorization endpoint ==

  /**
   * Decides a request of `caller`, or goes on with it where `page` and `answer` are there. A decision that shows a page comes
   * with `interaction`, under which that page is kept; one that issues, with what was minted.
   */
  async authorize({ request, client, caller, page = null, answer = null, ...more }) {
    if (typeof caller !== "string" || caller === "") throw new TypeError("caller is the secret of the browser");
    const asked = asText(page?.request ?? request);
    const answers = page === null ? [] : answered(page, answer, more.now ?? this.now());
    const fresh = secret();
    const hash = await hashOf(caller);
    const read = async (reading) => {
      const stored = await reading.record("session", { hash });
      const session = sessionOf(stored, more.now ?? this.now());
      return { session, grant: more.grant === undefined ? await this.#grantOf(reading, asked, client, session) : more.grant };
    };
    const decide = ({ session, grant }, now) => {
      const ask = (interaction) => this.#policy.authorize({ ...more, request: asked, client, session, grant, answers, interaction, now });
      // An answer counts for the page that it was given to; a page that is drawn now has an id of its own.
      const decision = ask(page?.interaction ?? fresh);
      return decision.outcome === "consent" ? ask(fresh) : decision;
    };
    const { decision, minted } = await this.#decisions.decided({ now: more.now, read, decide });
    if (decision.outcome === "issue" || decision.outcome === "error") return { decision, minted, interaction: null };
    const kept = { request: asked, answers, outcome: decision.outcome, shown: decision.consent };
    const expires_at = (more.now ?? this.now()) + this.#options.page_s;
    await this.#again((records) => keepPage(records, { id: fresh, caller, page: kept, expires_at }));
    return { decision, minted, interaction: fresh };
  }

  /** The page that a form answers: once, and for the caller for whom it was drawn; null otherwise. */
  async takePage({ interaction, caller, now = this.now() }) {
    return this.#retried(() => takePage(this.#backend, { interaction, caller }, now));
  }

  /** What this user granted this client: the grant that the request names, or the newest. */
  async #grantOf(reading, request, client, session) {
    const client_id = clientId(client);
    if (client_id === null) return null;
    const grant_id = parameter(request, "grant_id");
    if (grant_id !== null) {
      const named = await reading.record("grant", { grant_id });
      if (named !== null) return named;
    }
    if (session === null) return null;
    const where = { sub: session.sub, client_id };
    const newest = { newest: "granted_at" };
    if (this.#policy.settings.grant_model !== "per_session") return reading.record("grant", where, newest);
    return session.sid === undefined ? null : reading.record("grant", { ...where, sid: session.sid }, newest);
  }

  // == The token endpoint, and what ends tokens ==

  async exchange({ request, now, ...more }) {
    const [code, existing] = await hashes(request, "code", "existing_grant");
    return this.#decisions.decided({
      now,
      read: async (reading) => {
        const record = code === null ? null : await reading.record("code", { hash: code });
        const existing_grant = existing === null ? null : await this.#token(reading, existing);
        return { code: record, session: await this.#sessionOfRecord(reading, record, now), existing_grant };
      },
      decide: (found, at) => this.#policy.exchange({ ...found, ...given(more, found), request, now: at }),
    });
  }

  async refresh({ request, now, ...more }) {
    const [hash] = await hashes(request, "refresh_token");
    return this.#decisions.decided({
      now,
      read: async (reading) => {
        const record = hash === null ? null : await reading.record("refresh_token", { hash });
        return { refresh_token: record, session: await this.#sessionOfRecord(reading, record, now) };
      },
      decide: (found, at) => this.#policy.refresh({ ...found, ...given(more, found), request, now: at }),
    });
  }

  async revoke({ request, now, ...more }) {
    const [hash] = await hashes(request, "token");
    return this.#decisions.decided({
      now,
      read: async (reading) => ({ token: hash === null ? null : await this.#token(reading, hash) }),
      decide: (found, at) => this.#policy.revoke({ ...found, ...more, request, now: at }),
    });
  }

  async manageGrant({ grant_id, now, ...more }) {
    return this.#decisions.decided({
      now,
      read: async (reading) => ({ grant: await reading.record("grant", { grant_id }) }),
      decide: (found, at) => this.#policy.manageGrant({ ...found, ...more, now: at }),
    });
  }

  /** Something that happened: a logout, a changed password. */
  async event({ now, ...event }) {
    return this.#decisions.decided({
      now,
      read: async () => ({}),
      decide: (found, at) => this.#policy.event({ ...event, now: at }),
    });
  }

  /** Whether a token is alive that somebody presents, and its record; `kind` is `access_token` unless it says otherwise. */
  async status(token, { kind = "access_token", now = this.now(), ...more } = {}) {
    const hash = token ? await hashOf(token) : null;
    return this.#backend.read(async (records) => {
      const [row = null] = hash === null ? [] : await records.find(kind, { hash });
      const record = row === null ? null : recordIn(kind, row);
      const [held = null] = record?.sid ? await records.find("session", { id: record.sid }) : [];
      const session = held === null ? null : sessionOf(recordIn("session", held), now);
      return { record, ...this.#policy.status(record, { session, ...more, now }) };
    });
  }

  // == Sessions ==

  /** Call it only when the password was checked. `caller` goes into the cookie. */
  async startSession({ sub, auth_time, now = this.now(), ...more }) {
    return this.#retried(() => startSession({ policy: this.#policy, backend: this.#backend }, { sub, auth_time: auth_time ?? now, ...more }, now));
  }

  /** The live session of a caller. */
  async session(caller, { now = this.now() } = {}) {
    if (!caller) return null;
    const hash = await hashOf(caller);
    const [row = null] = await this.#backend.read((records) => records.find("session", { hash }));
    return row === null ? null : sessionOf(recordIn("session", row), now);
  }

  // == Upkeep ==

  /** Ends what the clock has ended, sessions with what is bound to them; forgets what has been over for long. */
  async sweep(now = this.now()) {
    return sweep({ policy: this.#policy, backend: this.#backend, retried: (work) => this.#retried(work) }, now, this.#options.keep_s);
  }

  #again(work) {
    return this.#retried(() => this.#backend.transaction(work));
  }

  async #retried(work) {
    return again(this.#options.patience_s, work).catch((error) => {
      if (error instanceof Uncertain) throw new StoreError("uncertain", "The database did not say whether it stored this", error);
      throw error;
    });
  }

  async #token(reading, hash) {
    return await reading.record("refresh_token", { hash }) ?? reading.record("access_token", { hash });
  }

  async #sessionOfRecord(reading, record, now) {
    if (!record?.sid) return null;
    return sessionOf(await reading.record("session", { id: record.sid }), now ?? this.now());
  }
}

/** What the caller adds; a function of the record, such as the check of a code verifier, is asked with it. */
const given = (more, found) => Object.fromEntries(Object.entries(more)
  .map(([name, value]) => [name, typeof value === "function" ? value(found.code ?? found.refresh_token ?? null) : value])
  .filter(([, value]) => value !== undefined));

const hashes = (request, ...names) => Promise.all(names.map(async (name) => {
  const value = parameter(request, name);
  return value ? hashOf(value) : null;
}));

/** The answers so far, and the one to this page. What was shown is what the store kept, never what the browser says. */
function answered(page, answer, at) {
  if (answer === null) return page.answers;
  const { outcome: screen, shown, interaction } = page;
  return [...page.answers, { screen, ...answer, at, ...(screen === "consent" ? { shown, interaction } : {}) }];
}

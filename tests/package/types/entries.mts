// Every entry has its declarations, and ready() takes whatever there is to load from. Compiled, never run.
import * as catalogue from "grantwise/catalogue";
import * as engine from "grantwise/engine";
import * as explore from "grantwise/explore";
import * as inline from "grantwise/inline";
import * as simulation from "grantwise/simulation";
import * as stores from "grantwise/store";
import * as web from "grantwise/web";
import module from "grantwise/grantwise.wasm";
import type { AuthorizeInput, Effect, NewTokenRecord, Overrides, TokenRecord } from "grantwise/engine";

declare const input: AuthorizeInput;
declare const response: { arrayBuffer(): Promise<ArrayBuffer> };

const overrides: Overrides = { offline_without_consent: "show_consent" };
const decision = engine.Policy.profile("openid-core", overrides).authorize(input);
export const sent: string = inline.location(decision) + web.location(decision);
export const tables: number = catalogue.rules.length + inline.rules.length;
export const moments: number = new simulation.Simulation(engine.Policy.profile("aol"), {
  client: { client_id: "c", redirect_uris: [] },
}).timeline.length;
export const why: string = explore.explain(inline.Policy.profile("aol"), decision).text
  + inline.Policy.profile("aol").explain(decision.situation).text;
export const loaded: Promise<void>[] = [
  web.ready("/x.wasm"), web.ready(new Uint8Array()), web.ready(response), web.ready(Promise.resolve(response)),
  engine.ready(module), simulation.ready("/x.wasm"), explore.ready(module), inline.ready(),
];
// @ts-expect-error no address
web.ready(1);
// @ts-expect-error pages send nothing
engine.location(decision);
// @ts-expect-error pages decide authorization requests only
engine.Policy.profile("aol").event({ event: "logout" });

/** What an effect stores is the record without the id that the server gives. */
export function stored(effect: Effect, id: string): TokenRecord | null {
  if (effect.effect !== "store" || effect.kind !== "refresh_token") return null;
  const record: NewTokenRecord = effect.record;
  // @ts-expect-error no id yet
  record.id;
  return { ...record, id };
}

/** A store takes the same policy, and gives decisions and what was minted for them. */
export async function redeemed(request: string): Promise<string | undefined> {
  const store = await stores.openStore(inline.Policy.profile("aol"), stores.memory(), { mint: { id_token: () => "signed" } });
  const client = { client_id: "c", redirect_uris: [] };
  const { decision, minted } = await store.exchange({
    request, client, client_authenticated: true, code_verifier_matches: (code) => code?.code_challenge === "x",
  });
  await store.event({ event: "logout", session: { sid: "s", sub: "alice" } });
  // @ts-expect-error the store reads the record
  await store.exchange({ request, client, client_authenticated: true, code: null });
  // @ts-expect-error no database
  stores.sql("grants.db");
  return inline.tokenResponse(decision, minted).body.access_token;
}

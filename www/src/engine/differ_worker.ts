/** Compares policies over every situation, aside of the page, which stays at hand meanwhile. */
import type { Difference } from "grantwise/explore";
import { diff, ready } from "grantwise/explore";
import type { Policy } from "grantwise/engine";
import { countsOf, type Kind } from "./kinds.ts";

type Compared = Pick<Policy, "name" | "settings">;

export type Order =
  /** Where two differ. */
  | { kind: "differences"; one: Compared; other: Compared }
  /** How much one differs from each of many, one after the other. */
  | { kind: "counts"; one: Compared; others: readonly Compared[] };

export type Report =
  | { kind: "progress"; done: number; all: number }
  | { kind: "found"; differences: readonly Difference[] }
  | { kind: "counted"; counts: Record<Kind, number> }
  | { kind: "failed"; message: string };

const report = (message: Report) => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  const done = data.kind === "differences" ? compare(data) : count(data);
  done.catch((error: unknown) => report({ kind: "failed", message: String(error) }));
});

async function compare({ one, other }: Extract<Order, { kind: "differences" }>): Promise<void> {
  await ready();
  const differences = await diff(one, other, { onProgress: ({ done, all }) => report({ kind: "progress", done, all }) });
  report({ kind: "found", differences });
}

async function count({ one, others }: Extract<Order, { kind: "counts" }>): Promise<void> {
  await ready();
  for (const other of others) report({ kind: "counted", counts: countsOf(await diff(one, other)) });
}

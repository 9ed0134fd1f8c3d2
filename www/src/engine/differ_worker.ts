/** Compares two policies over every situation, aside of the page, which stays at hand meanwhile. */
import type { Difference } from "grantwise/explore";
import { diff, ready } from "grantwise/explore";
import type { Policy } from "grantwise/engine";

type Compared = Pick<Policy, "name" | "settings">;

export interface Order {
  one: Compared;
  other: Compared;
}

export type Report =
  | { kind: "progress"; done: number; all: number }
  | { kind: "found"; differences: readonly Difference[] }
  | { kind: "failed"; message: string };

const report = (message: Report) => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  compare(data).catch((error: unknown) => report({ kind: "failed", message: String(error) }));
});

async function compare({ one, other }: Order): Promise<void> {
  await ready();
  const differences = await diff(one, other, { onProgress: ({ done, all }) => report({ kind: "progress", done, all }) });
  report({ kind: "found", differences });
}

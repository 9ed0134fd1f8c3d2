import { signal } from "@preact/signals";

type Soon = typeof import("../soon.ts");

/** What is to be read, and what the first answer does without. */
export const soon = signal<Soon | null>(null);

export async function loadSoon(): Promise<Soon> {
  return (soon.value ??= await import("../soon.ts"));
}

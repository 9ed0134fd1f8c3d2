import { signal } from "@preact/signals";

type Soon = typeof import("../soon.ts");

/** What is to be read, and what the first answer does without. */
export const soon = signal<Soon | null>(null);

/** It did not come. */
export const soonFailed = signal(false);

export async function loadSoon(): Promise<Soon> {
  try {
    return (soon.value ??= await import("../soon.ts"));
  } catch (error) {
    soonFailed.value = true;
    throw error;
  }
}

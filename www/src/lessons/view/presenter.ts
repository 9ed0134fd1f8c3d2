import { signal } from "@preact/signals";

/** What covers the screen for a moment. */
export const covered = signal<"no" | "blank" | "code">("no");

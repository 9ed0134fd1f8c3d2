import { notes, state } from "./store.ts";

let pastes = 0;

/** Reads what was pasted, as soon as the part of the page is there that can. */
export async function paste(text: string): Promise<void> {
  const mine = (pastes += 1);
  const before = state.value;
  const part = await import("../pasted/take.ts").catch(() => null);
  // Something else was done meanwhile.
  if (mine !== pastes || state.value !== before) return;
  if (part) part.take(text);
  else notes.value = { dropped: [], problems: ["What was pasted could not be read, because a part of the page did not arrive. Reload the page."] };
}

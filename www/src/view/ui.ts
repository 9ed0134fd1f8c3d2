import { signal } from "@preact/signals";

/** What belongs to the page and not to the link: which panels are open, what is looked at. */
export const opened = {
  gallery: signal(false),
  keys: signal(false),
  form: signal(false),
  more: signal(false),
  policy: signal(false),
  more_parameters: signal(false),
};

/** The parameter under the pointer, in focus or under the caret, by its place in the request. */
export const pointed = signal<number | null>(null);

/** The screen that is looked at; null is the last one. */
export const lookedAt = signal<number | null>(null);

/** What a screen reader is told beside the changes of the answer. */
export const said = signal("");

export function say(text: string): void {
  said.value = said.value === text ? `${text} ` : text;
}

/** Puts a place in view and the focus on it. */
export function goTo(id: string, block: ScrollLogicalPosition = "start"): void {
  const target = document.getElementById(id);
  target?.scrollIntoView({ block });
  target?.focus({ preventScroll: true });
}

export const FIRST_FIELD = "request-text";

/** Opens a panel and puts the focus on a place in it. */
export function reveal(panel: keyof typeof opened, id: string): void {
  opened[panel].value = true;
  // What a panel holds may still be on its way, so the place is looked for until it is there.
  const until = performance.now() + 3000;
  const look = (): void => {
    if (document.getElementById(id) !== null) goTo(id, "center");
    else if (performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

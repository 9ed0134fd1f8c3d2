import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";

/** What belongs to the page and not to the link: which panels are open, what is looked at. */
export const opened = {
  gallery: signal(false),
  keys: signal(false),
  question: signal(false),
  form: signal(false),
  more: signal(false),
  policy: signal(false),
  more_parameters: signal(false),
  why: signal(false),
  change: signal(false),
  differ: signal(false),
};

/** What is looked at: whatever came last under the pointer or into focus. What goes gives way to the other, if that is still there. */
export class Attention<T> {
  readonly now: ReadonlySignal<T | null> = computed(() => this.#latest.value === "pointer" ? this.#pointer.value ?? this.#focus.value : this.#focus.value ?? this.#pointer.value);
  readonly #pointer = signal<T | null>(null);
  readonly #focus = signal<T | null>(null);
  readonly #latest = signal<"pointer" | "focus">("focus");

  set(by: "pointer" | "focus", what: T | null): void {
    batch(() => {
      (by === "pointer" ? this.#pointer : this.#focus).value = what;
      if (what !== null) this.#latest.value = by;
    });
  }
}

/** The parameter under the pointer, in focus or under the caret, by its place in the request. */
export const attention = new Attention<number>();
export const pointed = attention.now;

/** All parameters are drawn, however many there are. */
export const wholeRequest = signal(false);

/** What is looked for among the settings of the policy. */
export const findSetting = signal("");

/** The screen that is looked at; null is the last one. */
export const lookedAt = signal<number | null>(null);

/** What a screen reader is told beside the changes of the answer. */
export const said = signal("");

/** What was done and waits for what comes of it: said apart, one would take the other's place before it is heard. */
let held = "";
let waiting: ReturnType<typeof setTimeout> | undefined;
/** Longer than any announcement of what came of something takes to come. */
const RESULT_MS = 500;

export function say(text: string): void {
  const whole = `${held} ${text}`.trim();
  hold("");
  said.value = said.value === whole ? `${whole} ` : whole;
}

/** Says what was done together with what comes of it, or by itself where nothing does. */
export function sayWithResult(text: string): void {
  hold(text);
  waiting = setTimeout(() => say(""), RESULT_MS);
}

function hold(text: string): void {
  clearTimeout(waiting);
  held = text;
}

/** Each wish to go somewhere takes the place of the one before. */
let wishes = 0;

const FOLDED = "details:not([open])";

/** Puts a place in view and the focus on it. */
export function goTo(id: string, block: ScrollLogicalPosition = "start"): void {
  wishes += 1;
  const target = document.getElementById(id);
  // What it is folded in is unfolded; a summary is seen as it is.
  const from = target?.matches("summary") ? target.parentElement?.parentElement : target;
  for (let at = from?.closest<HTMLDetailsElement>(FOLDED); at; at = at.parentElement?.closest<HTMLDetailsElement>(FOLDED)) at.open = true;
  target?.scrollIntoView({ block });
  target?.focus({ preventScroll: true });
}

export const FIRST_FIELD = "request-text";

/**
 * Opens a panel and puts the focus on a place in it. What the panel holds may still be on its way, however long that
 * takes; who goes elsewhere meanwhile, or closes the panel, is left there.
 */
export function reveal(panel: keyof typeof opened, id: string): void {
  opened[panel].value = true;
  wishes += 1;
  const wish = wishes;
  const from = document.activeElement;
  const look = (): void => {
    const { activeElement, body } = document;
    if (wish !== wishes || !opened[panel].value || (activeElement !== from && activeElement !== body)) stop();
    else if (document.getElementById(id) !== null) {
      stop();
      goTo(id, "center");
    }
  };
  const drawn = new MutationObserver(look);
  const stop = (): void => drawn.disconnect();
  drawn.observe(document.body, { childList: true, subtree: true });
  // A place that is there already is gone to when the panel is open around it.
  requestAnimationFrame(look);
}

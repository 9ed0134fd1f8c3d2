import { signal } from "@preact/signals";
import { OPENING } from "./opening.ts";
import { FIELDS, type Circumstances, type FieldName } from "./fields.ts";
import { read, write } from "./fragment.ts";
import type { State } from "./model.ts";
import { parse, set } from "./request_text.ts";
import { sanitize } from "./sanitize.ts";
import type { Dropped } from "./secrets.ts";

/** What the page is about. Every view reads it, and only `change` writes it. */
export const state = signal<State>(addressed() ?? OPENING);

export interface Notes {
  dropped: readonly Dropped[];
  problems: readonly string[];
  /** How what was pasted was understood. */
  understood?: readonly string[];
}
const NOTHING: Notes = { dropped: [], problems: [] };

/** What became of what was pasted or linked. */
export const notes = signal<Notes>(NOTHING);

/** Takes a change in the place of the address. False: nothing changes. */
type Guest = (next: State) => boolean;

/** A view that shows decisions inside of its own: there a change is its business, and the address is not touched. */
export const guest: { of: Guest | null } = { of: null };

/** Typing in one field is one step of the history, as long as the pauses are short. */
const PAUSE_MS = 1500;
let last = { place: "", time: 0 };

/**
 * Makes another state the current one.
 * @param place what is being edited when the change is one of many, as in typing.
 */
export function change(next: State, place = ""): void {
  if (guest.of) {
    if (guest.of(next)) state.value = next;
    return;
  }
  const fragment = write(next);
  // What was dropped belongs to the request that it stood in, what could not be read to the state that came of it, and
  // no warning outlives what it warns of.
  notes.value = next.request === state.value.request ? { ...notes.value, problems: [] } : NOTHING;
  state.value = next;
  if (fragment === location.hash.slice(1)) return;
  const now = performance.now();
  const goesOn = place !== "" && place === last.place && now - last.time < PAUSE_MS;
  last = { place, time: now };
  history[goesOn ? "replaceState" : "pushState"](null, "", `#${fragment}`);
}

/** What the address says; null when it says nothing. */
function addressed(): State | null {
  return location.hash.length > 1 ? read(location.hash).state : null;
}

/** Takes over the address: at the start, and when the person goes back or forward. */
export function follow(): void {
  last = { place: "", time: 0 };
  if (location.hash.length <= 1) {
    state.value = OPENING;
    notes.value = NOTHING;
    return;
  }
  const { state: next, dropped, problems } = read(location.hash);
  state.value = next;
  notes.value = { dropped, problems };
  // A secret must not stay in the address bar.
  if (dropped.length > 0) history.replaceState(null, "", `#${write(next)}`);
}

/** The request as it was typed or pasted. */
export function changeRequest(text: string, place: string): void {
  const { text: request, dropped } = sanitize(text);
  const same = parse(request).endpoint === parse(state.value.request).endpoint;
  change({ ...(same ? state.value : said(state.value)), request }, place);
  if (dropped.length > 0) notes.value = { dropped, problems: [] };
}

/** One parameter; null removes it. */
export function changeParameter(name: string, value: string | null, place = ""): void {
  changeRequest(set(state.value.request, name, value), place);
}

export function changeCircumstance<N extends FieldName>(name: N, value: Circumstances[N], place = ""): void {
  changeCircumstances({ [name]: value }, place);
}

export function changeCircumstances(values: Partial<Circumstances>, place = ""): void {
  change({ ...state.value, circumstances: { ...state.value.circumstances, ...values } }, place);
}

export function isChanged(name: FieldName): boolean {
  return state.value.circumstances[name] !== FIELDS[name].initial;
}

/** Another profile. What was changed in the old one belongs to the old one. Whose server it is is said by that. */
export function changeProfile(profile: State["profile"]): void {
  change({ ...said(state.value), profile, policy: {} });
}

function said({ unsaid: _, ...rest }: State): State {
  return rest;
}

/** A knob or a configuration key; null takes the profile's own value. */
export function changePolicy(id: string, value: string | null, place = ""): void {
  const policy = Object.fromEntries(Object.entries(state.value.policy).filter(([known]) => known !== id));
  change({ ...state.value, policy: value === null ? policy : { ...policy, [id]: value } }, place);
}

export function dismissNotes(): void {
  notes.value = NOTHING;
}

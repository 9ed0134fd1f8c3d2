import { computed, effect, signal } from "@preact/signals";
import { FIRST, type Story } from "../story.ts";
import { read, write } from "../state/fragment.ts";
import type { State } from "../state/model.ts";
import { get, parse } from "../state/request_text.ts";
import { change, dismissNotes, state } from "../state/store.ts";
import { say } from "./ui.ts";
import { loadSoon, soon } from "./soon.ts";

/** All stories, once they are there; the first one always is. */
const stories = computed<readonly Story[]>(() => soon.value?.GALLERY ?? [FIRST]);

const fragment = computed(() => write(state.value));

/** The story that the page tells as it was written, in one of its turns. */
export const told = computed(() => stories.value.find((story) => story.fragment === fragment.value || story.turns?.some((turn) => turn.fragment === fragment.value)));

const remembered = signal<Story | null>(null);

/** The story that was opened last: changes begin there. */
export const visited = computed(() => told.value ?? remembered.value);

/** The same as long as its client still asks its server: its question stays, whatever else was changed. */
export const kept = computed(() => {
  const story = visited.value;
  return story && same(state.value, read(story.fragment).state) ? story : null;
});

function same(one: State, other: State): boolean {
  return parse(one.request).endpoint === parse(other.request).endpoint && get(one.request, "client_id") === get(other.request, "client_id");
}

/** Going back to a story, or opening it by a link, is a visit too. */
effect(() => {
  if (told.value) remembered.value = told.value;
});

export function numberOf(story: Story): number {
  return stories.value.indexOf(story) + 1;
}

export function open(story: Story, link = story.fragment): void {
  remembered.value = story;
  dismissNotes();
  change(read(link).state);
}

export async function neighbour(step: 1 | -1): Promise<void> {
  const { GALLERY } = await loadSoon().catch(() => ({ GALLERY: null }));
  if (GALLERY === null) return say("The stories could not be loaded. Reload the page.");
  const at = visited.value ? GALLERY.indexOf(visited.value) : step === 1 ? -1 : 0;
  open(GALLERY[(at + step + GALLERY.length) % GALLERY.length] as Story);
}

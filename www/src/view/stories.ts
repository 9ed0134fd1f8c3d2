import { computed, effect, signal } from "@preact/signals";
import { GALLERY, storyOf, type Story } from "../gallery.ts";
import { read, write } from "../state/fragment.ts";
import { change, dismissNotes, state } from "../state/store.ts";

const remembered = signal<Story | null>(null);

/** The story that was opened last: changes begin there. */
export const visited = computed(() => storyOf(write(state.value)) ?? remembered.value);

/** Going back to a story, or opening it by a link, is a visit too. */
effect(() => {
  const story = storyOf(write(state.value));
  if (story) remembered.value = story;
});

export function open(story: Story): void {
  remembered.value = story;
  dismissNotes();
  change(read(story.fragment).state);
}

export function neighbour(step: 1 | -1): void {
  const at = visited.value ? GALLERY.indexOf(visited.value) : step === 1 ? -1 : 0;
  open(GALLERY[(at + step + GALLERY.length) % GALLERY.length] as Story);
}

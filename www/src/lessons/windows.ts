/**
 * The presenter's window and the one with the notes, which are the same page from the same place. Each says where it is,
 * and either can turn the page. Without a channel between windows the notes are turned by hand.
 */
import { batch, effect, signal } from "@preact/signals";
import { read, write, type Place } from "./place.ts";
import { go, place } from "./store.ts";

const NAME = "grantwise.lessons";
type Message = { at: string } | { asks: true };

/** Whether another window has said something since this one was opened. */
export const together = signal(false);

/** Links the windows until it is told to stop. */
export function link(): () => void {
  if (typeof BroadcastChannel === "undefined") return () => undefined;
  const channel = new BroadcastChannel(NAME);
  let told = "";
  const tell = (): void => {
    told = shared(place.peek());
    channel.postMessage({ at: told } satisfies Message);
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== "object" || data === null) return;
    if ("asks" in data && place.peek().mode === "present") tell();
    if (!("at" in data) || typeof data.at !== "string") return;
    const { place: there } = read(data.at);
    told = shared(there);
    batch(() => {
      together.value = true;
      if (told !== shared(place.peek())) go({ lesson: there.lesson, file: there.file, slide: there.slide, predicted: [] }, true);
    });
  };
  const stop = effect(() => {
    const now = shared(place.value);
    if (now !== told && (place.value.mode === "present" || place.value.mode === "notes")) tell();
  });
  // The notes begin where the presenter is.
  if (place.peek().mode === "notes") channel.postMessage({ asks: true } satisfies Message);
  return () => {
    stop();
    channel.close();
    together.value = false;
  };
}

/** Where both windows are; each has its own mode. */
function shared({ lesson, file, slide }: Place): string {
  return write({ lesson, file, slide, mode: "present", predicted: [], unknown: [] });
}

export function openNotes(): void {
  const there = write({ ...place.value, mode: "notes", predicted: [] });
  globalThis.open(`${location.pathname}#${there}`, "grantwise-notes", "popup,width=760,height=620");
}

import { computed, signal } from "@preact/signals";
import { appearance } from "./appearance.ts";

/** Not on paper, which is narrow, too. */
const narrow = matchMedia("screen and (max-width: 52rem)");
const isNarrow = signal(narrow.matches);
narrow.addEventListener("change", () => { isNarrow.value = narrow.matches; });

/** Where there is little room, on a phone and before a projector, the answer comes first and the question is folded. */
export const answerFirst = computed(() => appearance.size.value === "large" || isNarrow.value);

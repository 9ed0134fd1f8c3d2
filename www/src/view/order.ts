import { computed, signal } from "@preact/signals";
import { appearance } from "./appearance.ts";

/** Not on paper, which is narrow, too. */
const narrow = matchMedia("screen and (max-width: 52rem)");
const isNarrow = signal(narrow.matches);
// While it prints, the page stays as it is: the style of the paper does the rest.
narrow.addEventListener("change", () => { if (!matchMedia("print").matches) isNarrow.value = narrow.matches; });

/** Where there is little room, on a phone and before a projector, the answer comes first and the question is folded. */
export const answerFirst = computed(() => appearance.size.value === "large" || isNarrow.value);

import { FIRST } from "../story.ts";
import { read } from "./fragment.ts";
import type { State } from "./model.ts";

/** What a link without anything opens: a decision, not an empty form. */
export const OPENING: State = read(FIRST.fragment).state;

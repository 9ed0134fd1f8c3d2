import { GALLERY, type Story } from "../gallery.ts";
import { read } from "./fragment.ts";
import type { State } from "./model.ts";

/** What a link without anything opens: a decision, not an empty form. */
export const OPENING: State = read((GALLERY[0] as Story).fragment).state;

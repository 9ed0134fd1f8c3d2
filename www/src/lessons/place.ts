/**
 * The link to the lessons, in the same form as the link to a decision (state/fragment.ts):
 *
 *     #view=lessons&lesson=the-code&step=reveal&predicted=2.1
 *
 * `step` is left out at the question; `predicted` has a choice for each prediction, from 1, and `-` where there is
 * none; `mode` is how the lesson is shown, left out for one who studies alone; `file` is a lesson that somebody wrote,
 * packed (packed.ts), which takes the place of `lesson`. `v` is the version, left out as long as it is 1.
 */
import { VERSION } from "../state/fragment.ts";
import { encode, parse } from "../state/request_text.ts";
import { clean } from "../state/secrets.ts";
import { LONGEST_PACKED } from "./packed.ts";

/** The screens of a lesson before a room, in their order. Who studies alone sees several of them as one. */
export const SLIDES = ["question", "situation", "predict", "predict-2", "reveal", "drawn", "why", "change", "remember"] as const;
export type Slide = (typeof SLIDES)[number];

export const STEPS = ["question", "reveal", "change", "remember"] as const;
export type Step = (typeof STEPS)[number];

/** The step of one who studies alone on which a screen of the presenter is. */
export const STEP_OF: Readonly<Record<Slide, Step>> = {
  question: "question", situation: "question", predict: "question", "predict-2": "question",
  reveal: "reveal", drawn: "reveal", why: "reveal", change: "change", remember: "remember",
};

export const MODES = ["study", "present", "notes", "handout"] as const;
export type Mode = (typeof MODES)[number];

/** All that a link to the lessons says. */
export interface Place {
  /** Null: the list of lessons; in a handout, all of them. */
  lesson: string | null;
  slide: Slide;
  mode: Mode;
  /** A choice for each prediction, from 0; null where there is none. */
  predicted: readonly (number | null)[];
  /** A lesson of somebody's own, packed. */
  file: string | null;
  /** What a link says and this page does not know. */
  unknown: readonly (readonly [string, string])[];
}

export const HOME: Place = { lesson: null, slide: "question", mode: "study", predicted: [], file: null, unknown: [] };

/** The form of a lesson's id. */
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_ID = 60;

export function write(place: Place): string {
  const out: [string, string][] = [["view", "lessons"]];
  if (place.lesson !== null) out.push(["lesson", place.lesson]);
  if (place.slide !== "question") out.push(["step", place.slide]);
  if (place.mode !== "study") out.push(["mode", place.mode]);
  if (place.predicted.some((one) => one !== null)) out.push(["predicted", place.predicted.map((one) => (one === null ? "-" : one + 1)).join(".")]);
  if (place.file !== null) out.push(["file", place.file]);
  out.push(...(place.unknown as [string, string][]));
  return out.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

export interface ReadPlace {
  place: Place;
  problems: string[];
}

/** Reads a link. An unreadable part never costs the rest. */
export function read(fragment: string): ReadPlace {
  const place: { -readonly [K in keyof Place]: Place[K] } = { ...HOME };
  const problems: string[] = [];
  const unknown: [string, string][] = [];
  const text = fragment.startsWith("#") ? fragment.slice(1) : fragment;
  const readers: Readonly<Record<string, (value: string) => boolean>> = {
    view: () => true,
    v: (value) => value === String(VERSION),
    lesson: (value) => ID.test(value) && value.length <= LONGEST_ID && Boolean(place.lesson = value),
    step: (value) => (SLIDES as readonly string[]).includes(value) && Boolean(place.slide = value as Slide),
    mode: (value) => (MODES as readonly string[]).includes(value) && Boolean(place.mode = value as Mode),
    predicted: (value) => /^[-1-5](\.[-1-5])?$/.test(value) && Boolean(place.predicted = value.split(".").map((one) => (one === "-" ? null : Number(one) - 1))),
    file: (value) => value !== "" && value.length <= LONGEST_PACKED && Boolean(place.file = value),
  };
  for (const { name, value } of parse(`?${text}`).pairs) {
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (reader) {
      if (!reader(value)) problems.push(`This page cannot read ${name}=${value.length > 40 ? `${value.slice(0, 40)}…` : value}, so it is not counted.`);
    } else if (clean(name, value).dropped === null) unknown.push([name, value]);
  }
  place.unknown = unknown;
  return { place, problems: [...new Set(problems)] };
}

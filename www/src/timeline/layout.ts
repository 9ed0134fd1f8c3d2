/**
 * Where things stand in the picture, in units of a sixteenth of the type size. Every step has a column, for steps
 * often follow each other in one instant. Between two columns time runs on a logarithmic scale: ten minutes and
 * ninety days are both seen, and the longer is the longer.
 */
import type { Life } from "grantwise/simulation";
import type { Entry, Run } from "./run.ts";

export const ROW = 34;
export const HEAD = 76;
export const FOOT = 26;
/** Room at the right for what lives on, and for the word at an end. */
const TAIL = 116;
/** Room where nothing is to be written there. */
const SHORT_TAIL = 46;
const LEAD = 38;
const COLUMN = 66;
/** The share of its stretch that a long time keeps in the narrowest picture. */
const LEAST = 0.3;
/** A bar that ends as soon as it begins is still seen. */
const SHORTEST = 8;

/** How much wider than its neighbours the distance of two steps is with so many seconds between them. */
export function stretch(seconds: number): number {
  return seconds <= 0 ? 1 : 1 + Math.log10(1 + seconds / 60) * 0.55;
}

/** How far between two moments a third one stands, from 0 to 1, on the logarithmic scale. */
export function between(from: number, to: number, at: number): number {
  if (to <= from) return 1;
  const share = Math.log1p((Math.min(Math.max(at, from), to) - from) / 60) / Math.log1p((to - from) / 60);
  return Math.min(1, Math.max(0, share));
}

export interface Columns {
  /** The middle of each step's column. */
  x: readonly number[];
  /** Where the story begins, and where the picture ends. */
  start: number;
  end: number;
  width: number;
}

/** Whether something lives on after the last step, or ends at it. */
export function goesOn({ entries, session }: Run): boolean {
  const last = entries.at(-1);
  if (!last) return session !== null;
  const before = entries.at(-2)?.session ?? session;
  return last.session !== null || before?.sid !== undefined || (last.moment?.ended.length ?? 0) > 0
    || last.lives.some(({ status, kind }) => status === "active" && kind !== "id_token");
}

/** The columns for moments in time, at least as wide as they need, at most as wide as there is room. */
export function columns(start: number, times: readonly number[], room: number, goesOn = true): Columns {
  const tail = goesOn ? TAIL : SHORT_TAIL;
  const stretched = times.map((at, index) => stretch(at - (index === 0 ? start : times[index - 1] ?? start)));
  // Long times give way first where there is little room, and never so far that they look like none.
  const extra = stretched.reduce((total, one) => total + one - 1, 0);
  const give = extra === 0 ? 1 : Math.min(1, Math.max(LEAST, ((room - LEAD - tail) / COLUMN - times.length) / extra));
  const parts = stretched.map((one) => 1 + (one - 1) * give);
  const sum = parts.reduce((total, one) => total + one, 0);
  const free = Math.max(sum * COLUMN, room - LEAD - tail);
  // A few steps do not need the whole width of a wide screen.
  const unit = sum === 0 ? 0 : Math.min(free / sum, COLUMN * 2.4);
  let at = LEAD - COLUMN * 0.35;
  const x = parts.map((part, index) => (at += index === 0 ? Math.max(COLUMN * 0.35, part * unit - COLUMN * 0.65) : part * unit));
  const last = x.at(-1) ?? LEAD;
  const width = Math.max(last + tail, room);
  return { x, start: 0, end: width, width };
}

export type Ending = "revoked" | "expired" | "superseded" | "used" | "open";

export interface Lane {
  name: string;
  kind: Life["kind"] | "session";
  binding: Life["binding"];
  /** The index of the step that began it; -1: it was there before. */
  begins: number;
  /** The index of the step after which it was gone; null: it lives on. */
  ends: number | null;
  from: number;
  to: number;
  ending: Ending;
  /** When the clock alone will end it, if nothing does before. */
  expires_at: number | null;
}

/** One lane for each session, token and code, in the order in which they began; sessions on top. */
export function lanes({ entries, session, start }: Run, grid: Columns): Lane[] {
  return [...sessions(entries, session, start, grid), ...tokens(entries, start, grid)];
}

function tokens(entries: readonly Entry[], start: number, grid: Columns): Lane[] {
  const final = entries.at(-1)?.lives ?? [];
  return final.map((life) => {
    const begins = entries.findIndex(({ lives }) => lives.some(({ name }) => name === life.name));
    const gone = entries.findIndex(({ lives }, index) => index >= begins && lives.some(({ name, status }) => name === life.name && status !== "active"));
    const ends = gone < 0 ? null : gone;
    const from = grid.x[begins] ?? 0;
    const to = ends === null ? grid.end : Math.max(from + SHORTEST, endOf(entries, start, grid, ends, life.ended_at));
    return {
      name: life.name, kind: life.kind, binding: life.binding, begins, ends, from, to,
      ending: life.status === "active" ? "open" : life.status, expires_at: life.expires_at,
    };
  });
}

/** An end in one of the step's own instant is at the step; an earlier one is on the way to it. */
function endOf(entries: readonly Entry[], start: number, grid: Columns, index: number, ended: number | null): number {
  const at = entries[index]?.at ?? start;
  const before = entries[index - 1]?.at ?? start;
  const x = grid.x[index] ?? 0;
  if (ended === null || ended >= at || at <= before) return x;
  const left = index === 0 ? grid.start : grid.x[index - 1] ?? 0;
  return left + (x - left) * between(before, at, ended);
}

function sessions(entries: readonly Entry[], first: Entry["session"], start: number, grid: Columns): Lane[] {
  const found: Lane[] = [];
  let open: Lane | null = first === null ? null : session(first, -1, grid.start, grid);
  if (open) found.push(open);
  entries.forEach((entry, index) => {
    const { session: now, step } = entry;
    if (open && now?.sid !== open.name) {
      open.ends = index;
      open.to = Math.max(open.from + SHORTEST, endOf(entries, start, grid, index, open.expires_at));
      open.ending = step.action === "advance_clock" || step.action === "session_timeout" ? "expired" : "revoked";
      open = null;
    }
    if (now && !open) {
      open = session(now, index, grid.x[index] ?? 0, grid);
      found.push(open);
    } else if (now && open) open.expires_at = now.expires_at;
  });
  return found;
}

function session(now: NonNullable<Entry["session"]>, begins: number, from: number, grid: Columns): Lane {
  return { name: now.sid, kind: "session", binding: null, begins, ends: null, from, to: grid.end, ending: "open", expires_at: now.expires_at };
}

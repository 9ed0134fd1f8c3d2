import { describe, expect, test } from "vitest";
import type { Life } from "grantwise/simulation";
import { between, columns, lanes, stretch } from "../../src/timeline/layout.ts";
import type { Entry, Run } from "../../src/timeline/run.ts";

const life = (part: Partial<Life>): Life => ({
  name: "RT1", kind: "refresh_token", status: "active", scope: "openid", binding: "offline", issued_at: 0, expires_at: null, ended_at: null, because: null, ...part,
});
const session = { sid: "s1", sub: "alice", auth_time: 0, expires_at: 1000, accounts: 1 };
const entry = (part: Partial<Entry>): Entry => ({ step: { action: "logout" }, at: 0, moment: null, problem: null, lives: [], session, ...part });

describe("the scale", () => {
  test("longer is wider, and ninety days are not ten thousand times ten minutes", () => {
    const [none, minutes, hours, days] = [0, 600, 28_800, 7_776_000].map(stretch) as [number, number, number, number];
    expect(none).toBe(1);
    expect(minutes).toBeGreaterThan(none);
    expect(hours).toBeGreaterThan(minutes);
    expect(days).toBeGreaterThan(hours);
    expect(days / minutes).toBeLessThan(3);
  });

  test("a moment between two others keeps its order", () => {
    expect(between(0, 100, 0)).toBe(0);
    expect(between(0, 100, 100)).toBe(1);
    expect(between(0, 86_400, 3600)).toBeGreaterThan(between(0, 86_400, 600));
    expect(between(0, 86_400, 600)).toBeGreaterThan(0.2);
    expect(between(5, 5, 5)).toBe(1);
    expect(between(0, 100, 900)).toBe(1);
  });
});

describe("the columns", () => {
  test("steps of one instant stand apart, in their order, within the picture", () => {
    const { x, width } = columns(0, [0, 0, 0, 600, 7_776_600], 0);
    for (let at = 1; at < x.length; at += 1) expect((x[at] as number) - (x[at - 1] as number)).toBeGreaterThanOrEqual(60);
    expect(x[0]).toBeGreaterThan(20);
    expect(width).toBeGreaterThan(x.at(-1) as number);
  });

  test("room is used, and never more than there is, once everything fits", () => {
    expect(columns(0, [0, 0, 3600], 900).width).toBe(900);
    expect(columns(0, [0, 0, 3600], 10).width).toBeGreaterThan(300);
    expect(columns(0, [], 400)).toMatchObject({ x: [], width: 400 });
  });
});

test("where there is little room, long times give way first, and stay the longer ones", () => {
  const wide = columns(0, [0, 0, 7_776_000], 2000).x as number[];
  const narrow = columns(0, [0, 0, 7_776_000], 320).x as number[];
  const gaps = (x: number[]) => [(x[1] ?? 0) - (x[0] ?? 0), (x[2] ?? 0) - (x[1] ?? 0)] as const;
  const share = (x: number[]) => gaps(x)[1] / gaps(x)[0];
  expect(share(narrow)).toBeLessThan(share(wide));
  expect(share(narrow)).toBeGreaterThan(1.5);
  expect(gaps(narrow)[0]).toBeGreaterThanOrEqual(60);
});

describe("the lanes", () => {
  const dead = life({ status: "revoked", ended_at: 600, because: "x" });
  const run: Run = {
    profile: "aol", start: 0, session,
    entries: [
      entry({ at: 0, lives: [life({})] }),
      entry({ at: 600, lives: [dead, life({ name: "AT1", kind: "access_token", expires_at: 900 })], session: null }),
      entry({ at: 7200, step: { action: "advance_clock", seconds: 6600 }, lives: [dead, life({ name: "AT1", kind: "access_token", status: "expired", expires_at: 900, ended_at: 900 }), life({ name: "RT2" })], session: null }),
    ],
  };
  const grid = columns(run.start, run.entries.map(({ at }) => at), 800);
  const [s1, rt1, at1, rt2] = lanes(run, grid);

  test("the session is on top, was there before, and ends where somebody signs out", () => {
    expect(s1).toMatchObject({ kind: "session", begins: -1, ends: 1, from: 0, ending: "revoked", to: grid.x[1] });
  });

  test("an end in the instant of a step is at the step", () => {
    expect(rt1).toMatchObject({ name: "RT1", begins: 0, ends: 1, from: grid.x[0], to: grid.x[1], ending: "revoked" });
  });

  test("an end by the clock is on the way to the step at which it is noticed", () => {
    expect(at1).toMatchObject({ begins: 1, ends: 2, ending: "expired" });
    expect(at1?.to).toBeGreaterThan(grid.x[1] as number);
    expect(at1?.to).toBeLessThan(grid.x[2] as number);
  });

  test("what lives on goes to the end", () => {
    expect(rt2).toMatchObject({ ends: null, ending: "open", to: grid.end });
  });

  test("a session that a sign-in opens is a lane of its own", () => {
    const again = lanes({ ...run, entries: [...run.entries, entry({ at: 7200, session: { ...session, sid: "s2" } })] }, columns(0, [0, 600, 7200, 7200], 800));
    expect(again.filter(({ kind }) => kind === "session").map(({ name, begins }) => [name, begins])).toEqual([["s1", -1], ["s2", 3]]);
  });
});

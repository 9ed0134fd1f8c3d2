import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { read, write } from "../../src/timeline/codec.ts";
import { OWN, START, type ScenarioStep, type TimelineState } from "../../src/timeline/model.ts";
import { EVENTS, readStep, writeStep } from "../../src/timeline/step_text.ts";

const NAMES = ["side-by-side", "stolen", "nightly-backup"];
const LINKS = JSON.parse(readFileSync(new URL("./timeline_links.json", import.meta.url), "utf8")) as { fragment: string; says: Partial<TimelineState> }[];

describe("links to the timeline", () => {
  for (const { fragment, says } of LINKS) {
    test(`an old link reads as ever: ${fragment.slice(0, 60)}`, () => {
      const { state, dropped, problems } = read(`#${fragment}`, NAMES);
      expect(state).toEqual({ ...START, ...says });
      expect(dropped).toEqual([]);
      expect(problems).toEqual([]);
      expect(write(state)).toBe(fragment);
    });
  }

  test("every step comes back as it was written", () => {
    const steps: ScenarioStep[] = [
      { action: "authorize", params: { response_type: "code", scope: "a;b=c? %3D", state: "1&2#3" }, person: { remember: false, scope: "openid x", time_limit: 60, login_as: "bob" } },
      { action: "refresh", refresh_token: "RT12", scope: "openid", id_token: true },
      { action: "client_credentials", scope: "api" }, { action: "client_credentials" },
      { action: "revoke", token: "AT1" }, { action: "api_call", token: "AT1" }, { action: "grant_delete", grant_id: "G1" },
      { action: "set_session", remaining: 4000 }, { action: "condition_withdrawn", basis: "employment_contract" },
      ...EVENTS.map((action) => ({ action })),
    ];
    const state = { ...START, scenario: OWN, steps };
    expect(read(write(state), NAMES).state).toEqual(state);
    for (const step of steps) expect(readStep(writeStep(step)).step).toEqual(step);
  });

  test("a story with all its steps removed is not the story as it was", () => {
    const state = { ...START, scenario: "stolen", steps: [] };
    expect(read(write(state), NAMES).state).toEqual(state);
  });

  test("settings and what was approved before come back as they were written", () => {
    const state = { ...START, scenario: OWN, steps: [], profile: "aol" as const, policy: { issuer: "https://a.example/?x=1&y", allow_implicit: "false" }, grant: { scope: "openid profile", offline: true } };
    expect(read(write(state), NAMES).state).toEqual(state);
    const empty = { ...state, grant: { scope: "", offline: false } };
    expect(read(write(empty), NAMES).state).toEqual(empty);
  });

  test("how the client is registered comes back as it was written, and what says nothing is told", () => {
    const state = { ...START, scenario: OWN, steps: [], client: "native" as const, registered: { client_id: "a client & co", public: false, redirect_uri: "app.example:/cb?x=1" } };
    expect(read(write(state), NAMES).state).toEqual(state);
    const { state: usual, problems } = read("view=timeline&client.public=maybe&client_id=&client.redirect_uri=", NAMES);
    expect(usual).toEqual(START);
    expect(problems).toHaveLength(3);
    const { dropped } = read("view=timeline&client_id=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x", NAMES);
    expect(dropped).toEqual([{ name: "client_id", how: "removed" }]);
  });

  test("pasted secrets are dropped and named", () => {
    const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x";
    const { state, dropped } = read(`view=timeline&do=refresh?refresh_token=1//0gRealToken&do=authorize?scope=openid;client_secret=hush;hd=${token}&code=SplxlOBeZQQYbYS6WxSbIA`, NAMES);
    expect(dropped.map(({ name }) => name).sort()).toEqual(["client_secret", "code", "hd", "refresh_token"]);
    expect(write(state)).toBe("view=timeline&do=authorize?scope=openid");
  });

  test("an unreadable part never costs the rest, and is told", () => {
    const { state, problems } = read("view=timeline&v=9&scenario=nobody&profile=none&client=toaster&session=maybe&step=last&do=dance&do=advance_clock?seconds=-1&do=logout&more=x", NAMES);
    expect(state).toEqual({ ...START, steps: [{ action: "logout" }], unknown: [["more", "x"]] });
    expect(problems).toHaveLength(8);
    expect(write(state)).toContain("more=x");
  });

  test("a link of very many steps is read as far as anybody reads", () => {
    const { state, problems } = read(`view=timeline${"&do=logout".repeat(100)}`, NAMES);
    expect(state.steps).toHaveLength(60);
    expect(problems).toHaveLength(1);
  });
});

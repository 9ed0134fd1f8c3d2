import { beforeEach, expect, test, vi } from "vitest";

/** The browser's store, or what stands in its place. */
function storage(kept: Map<string, string>, refuses = false): Partial<Storage> {
  const may = (): void => { if (refuses) throw new DOMException("no", "QuotaExceededError"); };
  return {
    getItem: (name) => { may(); return kept.get(name) ?? null; },
    setItem: (name, value) => { may(); kept.set(name, value); },
    removeItem: (name) => { may(); kept.delete(name); },
  };
}

let kept = new Map<string, string>();
const opened = async (refuses = false): Promise<typeof import("../../src/lessons/progress.ts")> => {
  vi.resetModules();
  vi.stubGlobal("localStorage", storage(kept, refuses));
  return import("../../src/lessons/progress.ts");
};

beforeEach(() => { kept = new Map(); });

test("the first prediction stays, and what was wrong is asked again until it is right", async () => {
  const it = await opened();
  it.predicted("one", "wrong");
  it.predicted("two", "right");
  expect(it.toAskAgain.value).toEqual(["one"]);
  it.predicted("one", "wrong");
  expect(it.doneOf("one")).toEqual({ first: "wrong", again: "wrong", reached: false });
  it.predicted("one", "right");
  it.predicted("one", "wrong");
  it.predicted("two", "wrong");
  expect(it.toAskAgain.value).toEqual([]);
  expect(it.progress.value).toEqual({ one: { first: "wrong", again: "right", reached: false }, two: { first: "right", again: null, reached: false } });
});

test("it is there when the page is opened again, and gone when it was reset", async () => {
  const it = await opened();
  it.predicted("one", "right");
  it.reached("one");
  it.reached("never-begun");
  expect((await opened()).progress.value).toEqual({ one: { first: "right", again: null, reached: true } });
  (await opened()).reset();
  expect(kept.size).toBe(0);
  expect((await opened()).progress.value).toEqual({});
});

test("broken content is nothing, and the next prediction is kept as ever", async () => {
  for (const broken of ["", "{", "null", "[]", "1", '{"grantwise_progress":2,"lessons":{}}', '{"grantwise_progress":1,"lessons":[]}', '{"grantwise_progress":1,"lessons":{"one":{"first":"maybe","again":null,"reached":false}}}', '{"grantwise_progress":1,"lessons":{"__proto__":{"first":"right","again":null,"reached":true}}}', "x".repeat(40_000)]) {
    kept.set("grantwise.lessons", broken);
    const it = await opened();
    expect(it.progress.value, broken.slice(0, 60)).toEqual({});
    it.predicted("one", "right");
    expect((await opened()).progress.value, broken.slice(0, 60)).toEqual({ one: { first: "right", again: null, reached: false } });
  }
});

test("where nothing can be kept it holds until the page is closed, and says so", async () => {
  const it = await opened(true);
  expect(it.progress.value).toEqual({});
  it.predicted("one", "wrong");
  expect(it.toAskAgain.value).toEqual(["one"]);
  expect(it.keeps.value).toBe(false);
});

test("a file takes the progress along, and a bad one changes nothing", async () => {
  const it = await opened();
  it.predicted("one", "wrong");
  const file = it.exported();
  it.reset();
  expect(it.imported(file)).toBeNull();
  expect(it.progress.value).toEqual({ one: { first: "wrong", again: null, reached: false } });
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`l${at}`, { first: "right", again: null, reached: true }]));
  for (const [bad, says] of [
    ["no", /no JSON/], ["{}", /not the progress/], ['{"grantwise_progress":9}', /version 9/], ['{"grantwise_progress":1}', /no lessons/],
    [JSON.stringify({ grantwise_progress: 1, lessons: { one: { first: "right" } } }), /about one/],
    [JSON.stringify({ grantwise_progress: 1, lessons: { "Not An Id": { first: "right", again: null, reached: true } } }), /about Not An Id/],
    [JSON.stringify({ grantwise_progress: 1, lessons: many }), /more than 200/], ["x".repeat(40_000), /too long/],
  ] as const) expect(it.imported(bad), bad.slice(0, 60)).toMatch(says);
  expect(it.progress.value).toEqual({ one: { first: "wrong", again: null, reached: false } });
});

test("a word that every object answers to is no lesson that was done", async () => {
  const it = await opened();
  expect(it.doneOf("constructor")).toBeUndefined();
  it.predicted("constructor", "right");
  expect(it.doneOf("constructor")).toEqual({ first: "right", again: null, reached: false });
});

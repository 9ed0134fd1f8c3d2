import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { GALLERY } from "../../src/gallery.ts";
import { OPENING } from "../../src/state/opening.ts";
import { FIELD_NAMES, FIELDS, INITIAL, type Field } from "../../src/state/fields.ts";
import { read, write } from "../../src/state/fragment.ts";
import { EMPTY, type State } from "../../src/state/model.ts";
import { PARAMETERS } from "../../src/state/parameters.ts";
import { isField } from "../../src/state/fields.ts";

interface OldLink {
  link: string;
  request: string;
  profile: string;
  policy?: Record<string, string>;
  circumstances?: Record<string, unknown>;
  unknown?: [string, string][];
}

const links = JSON.parse(readFileSync(new URL("./old_links.json", import.meta.url), "utf8")) as OldLink[];

describe("links that are out in the world", () => {
  test.each(links)("$link", ({ link, request, profile, policy, circumstances, unknown }) => {
    const { state, problems, dropped } = read(link);
    expect(state).toEqual({
      request, profile, policy: policy ?? {}, circumstances: { ...INITIAL, ...circumstances }, unknown: unknown ?? [],
    });
    expect(problems).toEqual([]);
    expect(dropped).toEqual([]);
  });
});

test("an empty link leaves everything out", () => {
  expect(write(EMPTY)).toBe("");
  expect(read("").state).toEqual(EMPTY);
});

test("that nobody has said whose server it is stands in the link, where a standard stands in for it", () => {
  const state: State = { ...EMPTY, unsaid: true };
  expect(write(state)).toBe("whose=unsaid");
  expect(read(write(state)).state).toEqual(state);
  expect(read("profile=oauth2&whose=unsaid").state.unsaid).toBe(true);
  // Whoever chose a server's profile has said it.
  expect(read("profile=google&whose=unsaid").state.unsaid).toBeUndefined();
  expect(read("whose=mine")).toMatchObject({ state: EMPTY, problems: ["whose is unsaid or is left out, so whose=mine is not counted."] });
});

test("a story's link is what the page would write for it", () => {
  for (const { fragment } of GALLERY) expect(write(read(fragment).state)).toBe(fragment);
  expect(write(OPENING)).toBe(GALLERY[0]?.fragment);
});

test("every circumstance survives a link, with every value", () => {
  for (const name of FIELD_NAMES) {
    const field: Field = FIELDS[name];
    const values = field.kind === "choice" ? field.values : field.kind === "flag" ? [true, false]
      : field.kind === "text" ? ["", "openid profile", "a&b=c#d%25+é", "code,code id_token"] : [0, 77, null];
    for (const value of values) {
      const state: State = { ...EMPTY, circumstances: { ...INITIAL, [name]: value } };
      expect(read(write(state)).state).toEqual(state);
    }
  }
});

test("requests survive a link", () => {
  const endpoint = "https://as.example/authorize?";
  const usual = "response_type=code&client_id=photos.example&redirect_uri=https://photos.example/callback";
  for (const query of [
    `${usual}&scope=openid&state=af0ifjsldkj`,
    `${usual}&scope=openid`,
    "response_type=code&client_id=other&redirect_uri=com.example.app:/cb&scope=openid+a%26b&state=%23",
    `${usual}&scope=openid&scope=profile&hd=example.com&grant=mine&profile=x&v=7&state=af0ifjsldkj`,
    "client_id=photos.example&client_id=two",
    `${usual}&scope=%zz`,
    "",
  ]) {
    const state: State = { ...EMPTY, request: endpoint + query };
    const link = write(state);
    expect(read(link).state.request).toBe(query === "" ? "https://as.example/authorize" : endpoint + query);
    expect(write(read(link).state)).toBe(link);
  }
  for (const request of ["", "nonsense", "https://accounts.google.com/o/oauth2/v2/auth?scope=openid", "scope=openid"]) {
    const link = write({ ...EMPTY, request });
    expect(read(link).state.request).toBe(request);
  }
});

test("the usual order is restored, whatever the order in the link", () => {
  expect(read("state=x&prompt=none&scope=openid&client_id=c").state.request)
    .toBe("https://as.example/authorize?response_type=code&client_id=c&redirect_uri=https://photos.example/callback&scope=openid&prompt=none&state=x");
});

test("what is unknown is kept, and what cannot be read is named", () => {
  const { state, problems } = read("#profile=nobody&scope=openid&colour=blue&session=maybe&session.age=soon&v=9");
  expect(state.profile).toBe("openid-core");
  expect(state.unknown).toEqual([["colour", "blue"]]);
  expect(problems).toHaveLength(4);
  expect(write(state)).toBe("scope=openid&colour=blue");
});

test("secrets do not pass", () => {
  const { state, dropped } = read("scope=openid&client_secret=s3cret&request.assertion=x&policy.issuer=eyJhbGciOiJub25lIn0.e30.x&colour=eyJhbGciOiJub25lIn0.e30.x&url=");
  expect(dropped.map(({ name }) => name)).toEqual(["client_secret", "assertion", "policy.issuer", "colour"]);
  expect(write(state)).not.toMatch(/s3cret|eyJ/);
});

test("no circumstance has the name of a request parameter", () => {
  expect(PARAMETERS.filter(({ name }) => isField(name))).toEqual([]);
});

import { expect, test } from "vitest";
import { build, encode, get, parse, set } from "../../src/state/request_text.ts";
import { sanitize } from "../../src/state/sanitize.ts";

const URL_TEXT = "https://as.example/authorize?a=1&b=two%20words&c=";

test("parameters are found where they stand", () => {
  const { endpoint, pairs } = parse(`${URL_TEXT}&d#e=f`);
  expect(endpoint).toBe("https://as.example/authorize");
  expect(pairs.map(({ name, value }) => [name, value])).toEqual([["a", "1"], ["b", "two words"], ["c", ""], ["d", ""]]);
  expect(URL_TEXT.slice(pairs[1]?.start, pairs[1]?.end)).toBe("b=two%20words");
  expect(parse("a=1&b=2").pairs).toHaveLength(2);
  expect(parse("?a=1").pairs).toHaveLength(1);
  expect(parse("https://as.example/a=b").pairs).toHaveLength(0);
  expect(parse("a=%zz").pairs[0]).toMatchObject({ malformed: true, value: "%zz" });
});

test("one parameter is changed, and the rest stays as it was written", () => {
  expect(set(URL_TEXT, "a", "x y&z")).toBe("https://as.example/authorize?a=x+y%26z&b=two%20words&c=");
  expect(set(URL_TEXT, "b", null)).toBe("https://as.example/authorize?a=1&c=");
  expect(set(URL_TEXT, "c", null)).toBe("https://as.example/authorize?a=1&b=two%20words");
  expect(set(URL_TEXT, "d", "4")).toBe(`${URL_TEXT}&d=4`);
  expect(set("https://as.example/authorize", "a", "1")).toBe("https://as.example/authorize?a=1");
  expect(set("https://as.example/authorize?", "a", "1")).toBe("https://as.example/authorize?a=1");
  expect(set("https://as.example/authorize?a=1", "a", null)).toBe("https://as.example/authorize");
  expect(set("x?a=1&b=2&a=3", "a", "4")).toBe("x?a=4&b=2");
  expect(set("x?a=1&b=2&a=3", "a", null)).toBe("x?b=2");
  expect(get("x?a=&a=2", "a")).toBe("2");
});

test("what is written is readable, and read again the same", () => {
  expect(encode("https://photos.example/cb?x y")).toBe("https://photos.example/cb?x+y");
  for (const value of ["a&b", "a=b", "a#b", "a+b", "a%b", "é", "\u{1F600}", "a b", "\ud800"]) {
    const text = build("https://as.example/authorize", [["n", value]]);
    expect(get(text, "n")).toBe(value.toWellFormed());
  }
});

test("secrets are cut out, and nothing else", () => {
  expect(sanitize("https://as.example/authorize?client_secret=x&scope=openid").text).toBe("https://as.example/authorize?scope=openid");
  expect(sanitize("https://as.example/authorize?scope=openid&password=x").text).toBe("https://as.example/authorize?scope=openid");
  expect(sanitize("https://as.example/authorize?code=1").text).toBe("https://as.example/authorize?");
  expect(sanitize("https://u:p@as.example/authorize?scope=a").text).toBe("https://as.example/authorize?scope=a");
  expect(sanitize("https://as.example/a?scope=openid&\n  prompt=none ").text).toBe("https://as.example/a?scope=openid&prompt=none");
  expect(sanitize("x?login_hint=alice@example.com").text).toBe("x?login_hint=alice");
  expect(sanitize("x?scope=a&login_hint=bob&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")).toEqual({
    text: "x?scope=a&login_hint=bob&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", dropped: [],
  });
  expect(sanitize("x?y=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln").dropped).toEqual([{ name: "y", how: "removed" }]);
});

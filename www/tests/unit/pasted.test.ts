import { describe, expect, test } from "vitest";
import { ownerOf } from "../../src/pasted/owners.ts";
import { pasted } from "../../src/pasted/pasted.ts";
import { isPasted } from "../../src/state/request_text.ts";

const QUERY = "response_type=code&client_id=app&redirect_uri=https://app.example/cb&scope=openid+profile&state=s";

describe("whose server it is", () => {
  const known: [endpoint: string, profile: string, by: string][] = [
    ["https://accounts.google.com/o/oauth2/v2/auth", "google", "host"],
    ["https://accounts.google.com/o/oauth2/auth", "google", "host"],
    ["https://login.microsoftonline.com/common/oauth2/v2.0/authorize", "microsoft-entra", "host"],
    ["https://contoso.b2clogin.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize", "microsoft-entra", "host"],
    ["https://acme.okta.com/oauth2/default/v1/authorize", "okta", "host"],
    ["https://id.acme.example/oauth2/v1/authorize", "okta", "path"],
    ["https://acme.eu.auth0.com/authorize", "auth0", "host"],
    ["https://sso.acme.example:8443/auth/realms/master/protocol/openid-connect/auth", "keycloak", "path"],
    ["https://acme.my.salesforce.com/services/oauth2/authorize", "salesforce", "host"],
    ["https://auth.acme.example/application/o/authorize/", "authentik", "path"],
  ];
  test.each(known)("%s", (endpoint, profile, by) => {
    expect(ownerOf(endpoint)).toMatchObject({ profiles: [profile], by });
  });

  test("what several have in common is asked, and never taken", () => {
    expect(ownerOf("https://id.example/connect/authorize")).toMatchObject({ by: null, profiles: ["duende-identityserver", "openiddict"] });
    expect(ownerOf("https://github.com/login/oauth/authorize").by).toBeNull();
    expect(ownerOf("")).toEqual({ host: "", profiles: [], by: null });
    // A name that only begins or ends like a known one is another's.
    for (const host of ["accounts.google.com.evil.example", "evilokta.com", "notaol.com", "login.microsoftonline.com.evil.example", "accounts.google.com@evil.example", "accounts.google.com:80@evil.example"]) {
      expect(ownerOf(`https://${host}/x`).by).toBeNull();
    }
  });
});

describe("a request, wherever it stands", () => {
  const whole = `https://acme.okta.com/oauth2/default/v1/authorize?${QUERY}`;
  const texts: [name: string, text: string][] = [
    ["alone", whole],
    ["broken over lines", whole.replace("&scope", "\n  &scope")],
    ["in a line for curl", `curl -sS -H 'Accept: text/html' '${whole}' -o /dev/null`],
    ["as a form of curl", `curl -G https://acme.okta.com/oauth2/default/v1/authorize \\\n ${QUERY.split("&").map((one) => `-d "${one}"`).join(" ")}`],
    ["in a header", `HTTP/1.1 302 Found\nLocation: ${whole}\nSet-Cookie: a=b`],
    ["in a line of a log", `2026-01-01T00:00:00Z INFO redirect to "${whole}" took 3ms`],
    ["in a page", `<a href="${whole.replaceAll("&", "&amp;")}">Sign in</a>`],
    ["in JSON", JSON.stringify({ next: whole })],
  ];
  test.each(texts)("%s", (_, text) => {
    expect(pasted(text)).toMatchObject({ request: whole, owner: { profiles: ["okta"] } });
  });

  test("in an access log it has no host, and whose it is is asked", () => {
    const read = pasted(`127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /authorize?${QUERY} HTTP/1.1" 302 0 "https://app.example/?a=b" "Mozilla/5.0"`);
    expect(read).toMatchObject({ request: `/authorize?${QUERY}`, owner: { by: null } });
  });

  test("as the parameters that are pushed, and as members of JSON", () => {
    const pushed = pasted(`curl https://sso.example/realms/x/protocol/openid-connect/ext/par/request -u app:hunter2 -d '${QUERY}&client_secret=hunter2'`);
    expect(pushed.request).toBe(QUERY);
    expect(JSON.stringify(pushed)).not.toContain("hunter2");
    expect(pasted(JSON.stringify({ response_type: "code", client_id: "app", scope: ["openid", "profile"], max_age: 0 })).request)
      .toBe("response_type=code&client_id=app&scope=openid+profile&max_age=0");
  });

  test("its secrets are dropped", () => {
    const { request, dropped } = pasted(`${whole}&client_secret=hunter2#access_token=abc`);
    expect(request).toBe(whole);
    expect(dropped.map(({ name }) => name).sort()).toEqual(["access_token", "client_secret"]);
    const kept = pasted(`https://alice:hunter2@acme.okta.com/oauth2/v1/authorize?${QUERY}&login_hint=alice@acme.example`);
    expect(JSON.stringify(kept)).not.toMatch(/hunter2|alice@acme/);
  });
});

describe("what is no request is told, and not kept", () => {
  const texts: [text: string, says: RegExp][] = [
    ["https://app.example/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=s", /answer, come back to the client/],
    ["https://app.example/cb#access_token=SECRETabc&token_type=bearer", /answer, come back to the client/],
    ["https://app.example/cb?error=login_required&state=s", /an error that came back/],
    ["curl -X POST https://as.example/token -u app:SECRETabc -d grant_type=refresh_token -d refresh_token=SECRETabc", /token endpoint/],
    ["grant_type=authorization_code&code=SECRETabc", /token endpoint/],
    ['{"request_uri":"urn:ietf:params:oauth:request_uri:SECRETabc","expires_in":60}', /pushed authorization request/],
    ['{"access_token":"SECRETabc","token_type":"Bearer"}', /These are tokens/],
    ['{"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize"}', /description of itself/],
    ['{"access_token":"SECRETabc"', /breaks off/],
    ["https://as.example/connect/endsession?id_token_hint=x&post_logout_redirect_uri=https://app.example", /ends a session/],
    ["https://as.example/.well-known/openid-configuration?x=y", /describes itself/],
    ["eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln", /token or a signed object/],
    ["Dear all, please find attached the minutes of the meeting.", /no authorization request/],
    ["[1,2,3]", /no authorization request/],
    [`https://as.example/authorize?client_id=${"x".repeat(200_000)}`, /longer than/],
    ["https://news.example/article?id=7", /no authorization request/],
  ];
  test.each(texts)("%.60s", (text, says) => {
    const read = pasted(text);
    expect(read.request).toBeNull();
    if (read.request === null) expect(read.says).toMatch(says);
    expect(JSON.stringify(read)).not.toContain("SECRETabc");
  });

  test("what is nested more deeply than the stack goes is refused", () => {
    for (const [open, close] of [["[", "]"], ['{"a":', "}"]] as const) {
      const deep = `{"response_type":"code","claims":${open.repeat(Math.floor(19_000 / (open + close).length))}1${close.repeat(Math.floor(19_000 / (open + close).length))}}`;
      expect(() => pasted(deep)).not.toThrow();
    }
    const claims = pasted('{"response_type":"code","client_id":"a","scope":["openid","profile"],"claims":{"id_token":{"email":null}}}');
    expect(claims.request).toContain("scope=openid+profile");
    expect(decodeURIComponent(claims.request ?? "")).toContain('claims={"id_token":{"email":null}}');
  });

  test("no text takes long, or breaks it", () => {
    for (const piece of ["&", "?", "/", "=", "#", "{", "\"", "'", "\\", "-d ", "curl ", "https://", "a?b=c ", "%", "\n", "\u{1f600}", "\ud800"]) {
      for (const text of [piece.repeat(Math.floor(90_000 / piece.length)), `curl https://a.example/x ${piece.repeat(2000)}`, `{${piece.repeat(1000)}`]) {
        expect(pasted(text)).toHaveProperty("request");
      }
    }
  });
});

test("what is typed is not taken for pasted, and another address is", () => {
  const before = `https://as.example/authorize?${QUERY}`;
  expect(isPasted(`${before}&x=y`, before)).toBe(false);
  expect(isPasted(before.replace("as.", "a."), before)).toBe(false);
  expect(isPasted(`https://as.example/authorize?scope=quite+another+request`, before)).toBe(false);
  expect(isPasted(`https://acme.okta.com/oauth2/v1/authorize?${QUERY}`, before)).toBe(true);
  expect(isPasted("", before)).toBe(false);
});

import type { Person } from "grantwise/simulation";

/** Requests worth trying, as the query that a client would send. */
export const REQUESTS: readonly { title: string; query: string }[] = [
  { title: "sign-in only", query: "scope=openid" },
  { title: "sign-in and profile", query: "scope=openid profile" },
  { title: "offline access, by offline_access and prompt=consent", query: "scope=openid profile offline_access&prompt=consent" },
  { title: "offline access, without prompt=consent", query: "scope=openid profile offline_access" },
  { title: "offline access, Google's way", query: "scope=openid profile&access_type=offline" },
  { title: "offline access, Google's way, asking again", query: "scope=openid profile&access_type=offline&prompt=consent" },
  { title: "access while the session lasts, online_access", query: "scope=openid online_access" },
  { title: "silently, prompt=none", query: "scope=openid&prompt=none" },
  { title: "more scopes beside the granted ones", query: "scope=contacts&include_granted_scopes=true" },
  { title: "tokens in the redirect (implicit)", query: "response_type=id_token token&scope=openid&nonce=n" },
];

/** What the person does when asked. */
export const ANSWERS: Readonly<Record<string, { title: string; person: Person | null }>> = {
  approves: { title: "approves", person: null },
  remembers: { title: "approves and ticks “remember”", person: { remember: true } },
  refuses: { title: "refuses", person: { consent: "denied" } },
  fails: { title: "cannot sign in", person: { login: "failed" } },
  declines: { title: "does not want to sign in", person: { login: "denied" } },
  bob: { title: "signs in as Bob", person: { login_as: "bob" } },
};

/** Times worth waiting for. */
export const TIMES: readonly { title: string; seconds: number }[] = [
  { title: "1 minute", seconds: 60 },
  { title: "10 minutes", seconds: 600 },
  { title: "1 hour", seconds: 3600 },
  { title: "8 hours", seconds: 28_800 },
  { title: "1 day", seconds: 86_400 },
  { title: "14 days", seconds: 1_209_600 },
  { title: "30 days", seconds: 2_592_000 },
  { title: "90 days", seconds: 7_776_000 },
  { title: "1 year", seconds: 31_536_000 },
];

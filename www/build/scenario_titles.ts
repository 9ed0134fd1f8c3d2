/** A scenario's place in the gallery: the name that links use, its group, and what a person reads. */
export interface Title {
  name: string;
  group: string;
  title: string;
  question: string;
}

const FIRST = "How a refresh token is had";
const SESSION = "When the session ends";
const TIME = "When time passes";
const THEFT = "When something is stolen or used twice";
const TAKEN = "When access is taken back";
const GROWS = "When a grant grows";

/** Every line of tests/vectors/scenarios.jsonl, in the order of the gallery. The build fails when one is missing. */
export const TITLES: Readonly<Record<string, Title>> = {
  "SCN-42": { name: "side-by-side", group: SESSION, title: "An ordinary and an offline token, side by side", question: "Alice signs out. Which of her two refresh tokens goes on?" },
  "SCN-19": { name: "backup-later", group: SESSION, title: "Sign-in first, a nightly backup later", question: "The backup is switched on weeks after the first sign-in. Does it survive logout, and what ends it?" },
  "SCN-33": { name: "nightly-backup", group: SESSION, title: "A nightly backup", question: "Nobody is signed in at night. Does the backup still run after logout?" },
  "SCN-32": { name: "suggested-default", group: SESSION, title: "Nothing asked for, and a refresh token all the same", question: "A client that asks for nothing special gets a refresh token. How long does it hold?" },
  "SCN-39": { name: "clinician", group: SESSION, title: "The clinician's session", question: "An app runs inside the health record and asks for online_access. What happens when the session times out?" },
  "SCN-27": { name: "dead-before-exchange", group: SESSION, title: "Signed out before the code is exchanged", question: "The session ends between the redirect and the exchange. What is the code still worth?" },
  "SCN-07": { name: "installed-app", group: SESSION, title: "An installed app, asked every time", question: "The user signs out on the web. Does the app go on, and what is asked when she comes back?" },
  "SCN-24": { name: "two-powers", group: SESSION, title: "Two access tokens of different power", question: "One access token comes through the browser, one from the token endpoint. Which may be used while the user is away?" },

  "SCN-01": { name: "one-link", group: FIRST, title: "Sign up and sign in with the same link", question: "The link asks for offline access every time. Does every visit bring a refresh token?" },
  "SCN-04": { name: "online-to-offline", group: FIRST, title: "From online to offline", question: "The user has approved before. What must the app send to get a refresh token now?" },
  "SCN-10": { name: "first-time-only", group: FIRST, title: "A refresh token the first time only", question: "The second visit brings none. How does an app that lost its refresh token get another?" },
  "SCN-18": { name: "forgotten-prompt", group: FIRST, title: "The forgotten prompt=consent", question: "The client asks for offline_access and gets nothing offline. What was missing?" },
  "SCN-37": { name: "every-request", group: FIRST, title: "A refresh token at every request", question: "Does a second authorization end the refresh token of the first?" },
  "SCN-20": { name: "payroll", group: FIRST, title: "Payroll by contract", question: "Offline access without asking the user, because a contract allows it. And when the contract ends?" },
  "SCN-21": { name: "implicit-to-code", group: FIRST, title: "From the implicit flow to the code flow", question: "The same wish for offline access, sent twice. Why does only the second bring a refresh token?" },
  "SCN-13": { name: "remember-box", group: FIRST, title: "The box that says remember", question: "Does ticking it decide whether the next visit asks?" },
  "SCN-11": { name: "refused-first", group: FIRST, title: "Refused, then approved", question: "The user says no. How does the client learn of it, and may it ask again?" },

  "SCN-34": { name: "working-day", group: TIME, title: "A browser app for a working day", question: "Ten-minute access tokens, eight hours in all. What is left after logout?" },
  "SCN-41": { name: "no-sliding", group: TIME, title: "24 hours that do not slide", question: "The refresh token is replaced after 20 hours. Does the new one live for a whole day again?" },
  "SCN-16": { name: "shrinking", group: TIME, title: "Access tokens that shrink with the session", question: "4,000 seconds of the session are left. How long does each access token live?" },
  "SCN-09": { name: "online-renewal", group: TIME, title: "A server app that changes nothing", question: "Online access is the default and the access token has expired. How does the app go on?" },
  "SCN-06": { name: "silent-renewal", group: TIME, title: "Tokens in the redirect, renewed silently", question: "There is no refresh token at all. How does the page stay signed in?" },
  "SCN-17": { name: "proxied", group: TIME, title: "Signed in through another provider", question: "How can the app renew without sending the user round again?" },

  "SCN-35": { name: "stolen", group: THEFT, title: "A stolen refresh token", question: "The attacker is faster than the client. When does the server notice, and what does it end?" },
  "SCN-40": { name: "replayed-code", group: THEFT, title: "A code is replayed", question: "Somebody sends the code a second time. What becomes of the tokens that it gave?" },
  "SCN-05": { name: "code-twice", group: THEFT, title: "The same code twice", question: "Signing in again is silent. May the client exchange a code a second time?" },

  "SCN-15": { name: "app-removed", group: TAKEN, title: "The user removes the app", question: "It holds two refresh tokens, one of them bound to the session. Do both end?" },
  "SCN-26": { name: "token-not-session", group: TAKEN, title: "The refresh token is revoked, the session stays", question: "Can the app get back in without a screen?" },
  "SCN-36": { name: "one-revoked", group: TAKEN, title: "One access token revoked, everything gone", question: "Two authorizations were combined. What does revoking one access token end?" },
  "SCN-38": { name: "create-merge-replace", group: TAKEN, title: "A grant created, merged, replaced and deleted", question: "Which tokens does each change of the grant end?" },

  "SCN-28": { name: "grow-confidential", group: GROWS, title: "A server app asks for a little at a time", question: "Calendar first, contacts later. What does the token carry, and what after the user starts over?" },
  "SCN-29": { name: "grow-installed", group: GROWS, title: "An installed app asks for a little at a time", question: "It proves its earlier grant with its refresh token. What does the new one carry?" },
  "SCN-30": { name: "grow-revoked", group: GROWS, title: "The earlier grant is revoked too early", question: "The app proves its earlier grant with a refresh token that is dead by now. Is the code lost?" },
};

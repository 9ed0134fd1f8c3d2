/** What a consent screen would say for well-known scopes. Any other scope speaks for itself. */
const WORDS: Readonly<Record<string, string>> = {
  openid: "Know that it is you",
  profile: "See your name and picture",
  email: "See your email address",
  address: "See your postal address",
  phone: "See your phone number",
  offline_access: "Keep access while you are away",
  online_access: "Keep access while you are signed in",
  refresh_token: "Keep access while you are away",
  calendar: "See your calendar",
  contacts: "See your contacts",
  "https://www.googleapis.com/auth/calendar.readonly": "See your calendar",
  "https://www.google.com/m8/feeds/": "See your contacts",
};

export function scopeWords(scope: string): string | null {
  return Object.hasOwn(WORDS, scope) ? (WORDS[scope] ?? null) : null;
}

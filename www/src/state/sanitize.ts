import { parse } from "./request_text.ts";
import { clean, type Dropped } from "./secrets.ts";

/** The text of a request without secrets, and what was dropped. The rest stays as it was written. */
export function sanitize(text: string): { text: string; dropped: Dropped[] } {
  const dropped: Dropped[] = [];
  let result = text.split(/[\r\n]+/).map((line) => line.trim()).join("");

  // The answer to a request carries its code and tokens behind the #.
  const hash = result.indexOf("#");
  if (hash >= 0) {
    for (const [name, value] of new URLSearchParams(result.slice(hash + 1))) {
      const found = clean(name, value).dropped;
      if (found) dropped.push({ name: found.name, how: "removed" });
    }
    result = result.slice(0, hash);
  }

  const account = /^([a-z][a-z0-9+.-]*:\/\/)[^/?@]*@/i.exec(result);
  if (account) {
    dropped.push({ name: "user and password", how: "removed" });
    result = account[1] + result.slice(account[0].length);
  }

  for (const pair of [...parse(result).pairs].reverse()) {
    const cleaned = clean(pair.name, pair.value);
    if (!cleaned.dropped) continue;
    dropped.push(cleaned.dropped);
    if (cleaned.value === null) {
      const first = result[pair.start - 1] !== "&";
      result = first
        ? result.slice(0, pair.start) + result.slice(result[pair.end] === "&" ? pair.end + 1 : pair.end)
        : result.slice(0, pair.start - 1) + result.slice(pair.end);
    } else {
      result = `${result.slice(0, pair.start)}${pair.name}=${cleaned.value}${result.slice(pair.end)}`;
    }
  }
  const once = dropped.filter((one, at) => dropped.findIndex((other) => other.name === one.name) === at);
  return { text: result, dropped: once };
}

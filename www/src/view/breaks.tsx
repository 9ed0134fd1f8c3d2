import type { ComponentChildren } from "preact";

/** An identifier or an address that is too long for its place breaks at its own joints. */
export function breaks(text: string): ComponentChildren {
  return text.split(/(?<=[&=._?/:,])(?=[^&=._?/:,\s])/).map((part, at) => [at > 0 && <wbr />, part]);
}

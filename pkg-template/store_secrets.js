// Secrets: drawn at random, and stored as what they hash to. Web Crypto is in Node, Deno, Bun and Workers.

/** RFC 4648, section 5, without padding. */
const encoded = (octets) => btoa(String.fromCharCode(...octets)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Nobody can guess it: 256 bits. */
export const secret = () => encoded(crypto.getRandomValues(new Uint8Array(32)));

/** What is stored of a secret. Who reads the database cannot use it. A secret that was drawn at random needs no salt. */
export async function hashOf(value) {
  return encoded(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(value))));
}

let last = "";

/** An id for a record: later ones of this process sort later, so that of two in one second the newest is known. */
export function newId() {
  const random = crypto.getRandomValues(new Uint8Array(10));
  const hex = (number, digits) => number.toString(16).padStart(digits, "0");
  const time = hex(Date.now(), 12);
  // In one millisecond, and when the clock steps back, the counter goes on from the last one.
  const [before, counter] = [last.slice(0, 12), Number.parseInt(last.slice(12, 18) || "0", 16)];
  const stem = time > before ? time + hex(0, 6) : before + hex(counter + 1, 6);
  last = stem;
  return `${stem}${encoded(random)}`;
}

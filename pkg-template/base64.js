// Bytes from their base64 text (RFC 4648, section 4).
export function decoded(text) {
  const { Buffer } = globalThis; // the bare name would make a bundler for pages add a Buffer of its own
  return typeof Buffer?.from === "function" ? Buffer.from(text, "base64") : looped(text);
}

// A function for each character, as Uint8Array.from() takes it, is ten times as slow.
export function looped(text) {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < characters.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

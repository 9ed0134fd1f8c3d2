/** A lesson in a link: compressed, and written with the letters that a link takes as they are. */

/** More than any lesson needs, and little enough to read at once. */
export const MOST_BYTES = 64 * 1024;
/** What does not compress gets a little longer. */
export const LONGEST_PACKED = Math.ceil((MOST_BYTES * 4) / 3) + 64;

const FORMAT = "deflate-raw";

export async function pack(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MOST_BYTES) throw new RangeError(tooLong());
  const packed = await all(new Blob([bytes]).stream().pipeThrough(new CompressionStream(FORMAT)), LONGEST_PACKED);
  return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The text again. What unpacks to more than a lesson can be is left where that shows. */
export async function unpack(packed: string): Promise<string> {
  if (packed.length > LONGEST_PACKED) throw new RangeError(tooLong());
  if (!/^[\w-]+$/.test(packed)) throw new RangeError(BROKEN);
  let bytes: Uint8Array;
  try {
    const text = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const stream = new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))]).stream();
    bytes = await all(stream.pipeThrough(new DecompressionStream(FORMAT)), MOST_BYTES);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw error instanceof RangeError ? error : new RangeError(BROKEN);
  }
}

const BROKEN = "The lesson in this link is damaged: it was cut off or changed on the way. Ask for the file itself.";

export function tooLong(): string {
  return `This is longer than ${MOST_BYTES / 1024} KB, and no lesson is.`;
}

/** Reads a stream to its end, and no further than the bound. */
async function all(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError(tooLong());
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

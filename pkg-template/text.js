// UTF-8 as the runtime has it, or else in JavaScript: the window of jsdom, in which Jest runs the tests of pages, has
// none.
const runtime = globalThis;

class Decoder {
  decode(bytes = new Uint8Array()) {
    let text = "";
    for (let at = 0; at < bytes.length;) {
      const first = bytes[at];
      const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      let point = length === 1 ? first : first & (0x7f >> length);
      for (let next = 1; next < length; next += 1) point = (point << 6) | (bytes[at + next] & 0x3f);
      text += String.fromCodePoint(point);
      at += length;
    }
    return text;
  }
}

class Encoder {
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const letter of text) {
      const bytes = utf8(letter.codePointAt(0));
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += letter.length;
    }
    return { read, written };
  }

  encode(text) {
    const target = new Uint8Array(text.length * 3);
    return target.slice(0, this.encodeInto(text, target).written);
  }
}

function utf8(given) {
  const point = given >= 0xd800 && given < 0xe000 ? 0xfffd : given; // a lone surrogate is no character
  if (point < 0x80) return [point];
  const length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  const rest = Array.from({ length: length - 1 }, (_, index) => 0x80 | ((point >> (6 * (length - 2 - index))) & 0x3f));
  return [((0xf00 >> length) & 0xff) | (point >> (6 * (length - 1))), ...rest];
}

const TextDecoder = runtime.TextDecoder ?? Decoder;
const TextEncoder = runtime.TextEncoder ?? Encoder;

export { Decoder, Encoder, TextDecoder, TextEncoder };

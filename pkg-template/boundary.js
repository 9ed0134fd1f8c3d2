// The boundary to the engine (WebAssembly): plain values to bytes, and bytes to plain values. It knows nothing of what
// the values mean. The functions for the shapes are generated, from the same list as the engine's own.
//
// Whatever in JavaScript can throw runs before the engine is called: a call hands over numbers only, and the engine
// calls nothing back. A value is written in the order of its shape, in one pass. One that is not of its shape is
// written once more as what it is, and the engine says what is wrong with it.
//
// There are two streams, of numbers and of letters; see src/input/wire.rs.
import { lowered, rule_ids, sentences, trace } from "./tables.js";
import { TextDecoder, TextEncoder } from "./text.js";

/** What came of a call. */
const ANSWER = 0;
const MISUSE = 1;
const UNREADABLE = 2;

/** The operations of src/wasm/operation.rs. */
export const operations = Object.freeze({
  version: 0, policy: 1, client: 2, settings: 3, authorize: 4, location: 5, form: 6, exchange: 7, refresh: 8, revoke: 9,
  manageGrant: 10, event: 11, status: 12, tokenResponse: 13, warnings: 19, start: 20, step: 21,
  fingerprint: 22, log: 23,
});

/** Kinds of values, and what is no data. */
const [NULL, FALSE, TRUE, WHOLE, FRACTION, TEXT, LIST, MEMBERS] = [0, 1, 2, 3, 4, 5, 6, 7];
const [LONE_SURROGATE, UNREADABLE_VALUE, NOT_DATA, TOO_DEEP, INSTANCE] = [8, 9, 11, 12, 13];

/** No input is nested deeper, and no list in one is longer. */
const DEEPEST = 8;
const LONGEST_LIST = 10_000;
/** An input with more letters than this, or with more in the other stream, is not read. */
const MOST_LETTERS = 16 * 1024 * 1024;
const MOST_NUMBERS = 2 * 1024 * 1024;
/** Streams that grew larger than this for one call are made anew after it. */
const USUAL = 256 * 1024;
/** From so many letters on, the runtime encodes a text faster than a loop over its letters. */
const LONG = 160;
/** So many texts have room from one call to the next. */
const USUAL_TEXTS = 256;
/** How much of a request is written, where no policy says. */
const LIMITS = Object.freeze({ bytes: 8192, parameters: 1000 });

const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const { keys, getPrototypeOf, prototype: { toString, hasOwnProperty } } = Object;

/** A plain object of any realm: nothing stands above it but what stands above every object. */
function isPlain(value) {
  const above = getPrototypeOf(value);
  if (above === Object.prototype || above === null) return true;
  return getPrototypeOf(above) === null && hasOwnProperty.call(above, "isPrototypeOf");
}

function isAddress(value) {
  const tag = toString.call(value);
  return tag === "[object URL]" || tag === "[object URLSearchParams]";
}

/** The length of a list; -1 where it is longer than any that is read, or a Proxy says what is no length. */
function lengthOf(list) {
  const { length } = list;
  return typeof length === "number" && length >= 0 && length <= LONGEST_LIST && length === Math.floor(length) ? length : -1;
}

/** Gives an object a member, whatever its name is and whatever stands above every object. */
function put(members, name, value) {
  if (name in members) {
    Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    members[name] = value;
  }
}

/** The error of a call that an engine could not answer. */
export class EngineError extends Error {}
Object.defineProperty(EngineError.prototype, "name", { value: "EngineError" });

/** The times that an engine was started, in all modules: no number of one counts in another. */
let epochs = 0;

/**
 * An engine of a compiled module. `misuse` makes the error of what a caller did wrong; `keptBy` says under which
 * number a value is kept, if it is one that is, and `plainOf` what it is made of.
 */
export function connect(module, { misuse, keptBy, plainOf }) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  let wasm = null;
  let epoch = (epochs += 1);
  // What is written.
  let numbers;
  let letters;
  let at = 0;
  let letterAt = 0;
  let writing = 0;
  let limits = LIMITS;
  let roomForNumbers = 0;
  let roomForLetters = 0;
  // Whether the views are of the streams as they stand. What throws in between is the stack that ends.
  let looked = false;
  // The texts that were written, to be handed back: null where bytes and letters are not the same. The lists keep their
  // room from call to call, and `many` says how many are of this one.
  const texts = [];
  const starts = [];
  let many = 0;
  // What is read.
  let places;
  let bytes;
  let lettersPlace = 0;
  let readAt = 0;
  let literalAt = 0;
  let literalStart = 0;
  let literalEnd = 0;
  let literals = null;

  function start() {
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => {};
    looked = false;
    wasm = new WebAssembly.Instance(module, imports).exports;
    room(4096, 16384);
  }

  /** Makes room, and looks where everything stands: memory may have moved. */
  function room(forNumbers, forLetters) {
    looked = false;
    let place;
    try {
      place = wasm.reserve(forNumbers, forLetters) >>> 0;
    } catch (error) {
      throw stopped(error);
    }
    look(place);
  }

  function look(place) {
    const { buffer } = wasm.memory;
    places = new Uint32Array(buffer, place, 8);
    bytes = new Uint8Array(buffer);
    [, roomForNumbers, , roomForLetters] = places;
    numbers = new Uint8Array(buffer, places[0], roomForNumbers);
    letters = new Uint8Array(buffer, places[2], roomForLetters);
    looked = true;
  }

  /** A defect of the engine. Nothing of it is used again: what is kept is made anew when it is next asked for. */
  function stopped(error) {
    wasm = null;
    epoch = epochs += 1;
    return new EngineError("The engine of Grantwise stopped. This is a defect; the next call gets a fresh engine.", {
      cause: error,
    });
  }

  // ---- writing ----

  function number(value) {
    let left = value;
    while (left > 0x7fffffff) {
      numbers[at++] = (left % 128) | 0x80;
      left = Math.floor(left / 128);
    }
    while (left > 0x7f) {
      numbers[at++] = (left & 0x7f) | 0x80;
      left >>>= 7;
    }
    numbers[at++] = left;
  }

  function whole(value) {
    if (typeof value !== "number" || !(value >= 0) || value > Number.MAX_SAFE_INTEGER || value !== Math.floor(value)) {
      return false;
    }
    number(value);
    return true;
  }

  function flag(value) {
    if (typeof value !== "boolean") return false;
    numbers[at++] = value ? 1 : 0;
    return true;
  }

  function one(value) {
    if (value !== 1) return false;
    numbers[at++] = 1;
    return true;
  }

  function text(value) {
    if (typeof value !== "string") return false;
    const { length } = value;
    const from = letterAt;
    if (length >= LONG) return longText(value, from);
    const target = letters;
    let end = from;
    for (let index = 0; index < length; index += 1) {
      const unit = value.charCodeAt(index);
      if (unit > 0x7f) return longText(value, from);
      target[end++] = unit;
    }
    note(value, from);
    letterAt = end;
    number(length);
    return true;
  }

  function longText(value, from) {
    const { read, written } = from < letters.length ? encoder.encodeInto(value, letters.subarray(from)) : nothing;
    if (read < value.length) {
      // No room: the whole input is written anew, with more.
      letterAt = from + value.length * 3;
      return true;
    }
    if (written !== read && LONE.test(value)) {
      LONE.lastIndex = 0;
      return false;
    }
    note(written === read ? value : null, from);
    letterAt = from + written;
    number(written);
    return true;
  }
  const nothing = { read: 0, written: 0 };

  /** A text that was written, and where. */
  function note(text_, from) {
    texts[many] = text_;
    starts[many] = from;
    many += 1;
  }

  function word(words, value) {
    const index = words.get(value);
    if (index === undefined) return false;
    numbers[at++] = index;
    return true;
  }

  /** The length of a list that is written, -1 where it is none. */
  function listed(value) {
    const length = Array.isArray(value) ? lengthOf(value) : -1;
    if (length >= 0) number(length);
    return length;
  }

  /** A request: a query, an address that has one, or names with their values. */
  function request(value) {
    if (typeof value === "string") return query(value);
    if (typeof value !== "object" || value === null) return false;
    if (isAddress(value)) return query(String(value));
    if (!isPlain(value)) return false;
    const names = keys(value);
    const pairs = [];
    let left = limits.bytes;
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index];
      const sent = value[name];
      if (sent === undefined || sent === null) continue;
      const several = Array.isArray(sent);
      const times = several ? lengthOf(sent) : 1;
      if (times < 0) return false;
      for (let place = 0; place < times; place += 1) {
        const each = several ? sent[place] : sent;
        if (typeof each !== "string") return false;
        left -= name.length + each.length + 2;
        pairs.push(name, each);
        // Bytes are never fewer than letters.
        if (left < 0 || pairs.length > 2 * limits.parameters) return tooLong();
      }
    }
    numbers[at++] = 1;
    number(pairs.length / 2);
    for (let index = 0; index < pairs.length; index += 2) {
      if (!text(pairs[index])) return false;
      numbers[at++] = 1;
      if (!text(pairs[index + 1])) return false;
    }
    return true;
  }

  function query(value) {
    if (value.length > limits.bytes) return tooLong();
    numbers[at++] = 0;
    return text(value) || text(withoutLoneSurrogates(value));
  }

  function tooLong() {
    numbers[at++] = 2;
    return true;
  }

  /** `%%` is what a lone surrogate is in a query: malformed encoding of the parameter that it stands in. */
  function withoutLoneSurrogates(value) {
    return value.replace(LONE, "%%");
  }

  function kept(value, write) {
    const number_ = typeof value === "object" ? keptBy(value) : 0;
    if (number_ > 0) {
      numbers[at++] = 1;
      number(number_);
      return true;
    }
    numbers[at++] = 0;
    return write(value);
  }

  function dictionary(value) {
    if (typeof value !== "object" || !isPlain(value)) return false;
    const names = keys(value);
    number(names.length);
    for (let index = 0; index < names.length; index += 1) {
      if (!text(names[index]) || !text(value[names[index]])) return false;
    }
    return true;
  }

  /** Any value as what it is. What is no data says so, and the engine says where it stands. */
  function anything(value) {
    write(value, DEEPEST);
    return true;
  }

  function write(value, depth) {
    switch (typeof value) {
      case "undefined": byte(NULL); return;
      case "boolean": byte(value ? TRUE : FALSE); return;
      case "number": writeNumber(value); return;
      case "string": writeText(value); return;
      case "object": break;
      default: byte(NOT_DATA); return;
    }
    if (value === null) byte(NULL);
    else if (depth === 0) byte(TOO_DEEP);
    else writeObject(value, depth - 1);
  }

  function byte(value) {
    numbers[at++] = value;
  }

  function writeNumber(value) {
    const before = at++;
    if (whole(value)) {
      numbers[before] = WHOLE;
      return;
    }
    numbers[before] = FRACTION;
    const parts = new Uint8Array(new Float64Array([value]).buffer);
    for (let index = 0; index < 8; index += 1) numbers[at++] = parts[index];
  }

  function writeText(value) {
    const [before, lettersBefore] = [at++, letterAt];
    if (text(value)) {
      numbers[before] = TEXT;
      return;
    }
    [at, letterAt] = [before, lettersBefore];
    byte(LONE_SURROGATE);
  }

  function writeObject(value, depth) {
    const plain = plainOf(value);
    if (plain !== null) return writeObject(plain, depth);
    let names = null;
    let length = 0;
    try {
      if (Array.isArray(value)) length = lengthOf(value);
      else if (isPlain(value)) names = keys(value);
      else return void byte(INSTANCE);
    } catch {
      return void byte(UNREADABLE_VALUE);
    }
    if (names !== null) writeMembers(value, names, depth, null);
    else if (length < 0) byte(TOO_DEEP);
    else writeList(value, length, depth);
  }

  function writeList(value, length, depth) {
    byte(LIST);
    number(length);
    for (let index = 0; index < length && !isTooMuch(); index += 1) writeMember(value, index, depth);
  }

  /** Members, of which one may be the request. */
  function writeMembers(value, names, depth, request_) {
    byte(MEMBERS);
    number(names.length);
    for (let index = 0; index < names.length && !isTooMuch(); index += 1) {
      const name = names[index];
      if (!text(name)) {
        // The name is no text, and so is the whole.
        text(withoutLoneSurrogates(name));
        byte(LONE_SURROGATE);
      } else if (name === request_) requestAsIs(value);
      else writeMember(value, name, depth);
    }
  }

  function isTooMuch() {
    return at > MOST_NUMBERS || letterAt > MOST_LETTERS;
  }

  function writeMember(value, name, depth) {
    let member;
    try {
      member = value[name];
    } catch {
      return void byte(UNREADABLE_VALUE);
    }
    write(member, depth);
  }

  /** The input of a call as what it is: its request is still text, or names with values. */
  function inputAsIs(value) {
    if (typeof value !== "object" || value === null || plainOf(value) !== null) return write(value, DEEPEST);
    let names;
    try {
      if (Array.isArray(value) || !isPlain(value)) return write(value, DEEPEST);
      names = keys(value);
    } catch {
      return void byte(UNREADABLE_VALUE);
    }
    writeMembers(value, names, DEEPEST, "request");
  }

  function requestAsIs(value) {
    let sent;
    try {
      sent = value.request;
      if (typeof sent === "object" && sent !== null && isAddress(sent)) sent = String(sent);
    } catch {
      return void byte(UNREADABLE_VALUE);
    }
    // Cut off, a request that is too long still is.
    if (typeof sent === "string") sent = withoutLoneSurrogates(sent.slice(0, limits.bytes + 1));
    write(sent, DEEPEST);
  }

  /**
   * Writes an input in the order of its shape; false where it is not of it. Or, not `typed`, as what it is, which
   * throws only what a caller did wrong beside the input.
   */
  function written(write, value, typed, owner) {
    for (let tries = 0; tries < 8; tries += 1) {
      if (wasm === null) start();
      if (!looked) room(roomForNumbers, roomForLetters);
      const turn = ++writing;
      at = 0;
      letterAt = 0;
      many = 0;
      limits = owner === null ? LIMITS : owner.limits;
      let fits;
      try {
        fits = write(value) !== false;
      } catch (error) {
        if (!typed) throw error;
        fits = false;
      }
      if (turn !== writing) continue; // a getter called the engine meanwhile, and wrote over it
      if (!fits) return false;
      if (isTooMuch()) throw misuse("too_deep", "", "The input is more than can be read at once");
      if (at <= numbers.length && letterAt <= letters.length) return true;
      room(Math.max(numbers.length, at * 2), Math.max(letters.length, letterAt * 2));
    }
    throw misuse("unreadable", "", "The input calls the engine each time it is read");
  }

  // ---- reading ----

  function readNumber() {
    let byte_ = bytes[readAt++];
    if (byte_ < 0x80) return byte_;
    let value = byte_ & 0x7f;
    let scale = 128;
    do {
      byte_ = bytes[readAt++];
      value += (byte_ & 0x7f) * scale;
      scale *= 128;
    } while (byte_ > 0x7f);
    return value;
  }

  function readFlag() {
    return bytes[readAt++] === 1;
  }

  function readText() {
    const head = readNumber();
    switch (head % 4) {
      case 1: return piece((head - 1) / 4, readNumber());
      case 2: return sentences[(head - 2) / 4];
      default: return literal(head / 4);
    }
  }

  /** A piece of what was handed in. */
  function piece(from, length) {
    let index = 0;
    for (let end = many; index + 1 < end;) {
      const middle = (index + end) >>> 1;
      if (starts[middle] > from) end = middle;
      else index = middle;
    }
    const whole_ = texts[index];
    if (whole_ === null) return decoder.decode(bytes.subarray(lettersPlace + from, lettersPlace + from + length));
    const begin = from - starts[index];
    return length === whole_.length ? whole_ : whole_.substring(begin, begin + length);
  }

  /** Letters that only the engine has. All of a call are decoded at once where bytes and letters are the same. */
  function literal(length) {
    if (length === 0) return "";
    const from = literalAt;
    literalAt += length;
    literals ??= decoder.decode(bytes.subarray(literalStart, literalEnd));
    if (literals.length === literalEnd - literalStart) {
      return literals.substring(from - literalStart, literalAt - literalStart);
    }
    return decoder.decode(bytes.subarray(from, literalAt));
  }

  function readComposed() {
    let made = "";
    for (let left = readNumber(); left > 0; left -= 1) {
      if (!readFlag()) {
        made += readText();
        continue;
      }
      const head = readNumber();
      made += head % 4 === 2 ? lowered[(head - 2) / 4] : literal(head / 4);
    }
    return made;
  }

  function readList(item) {
    const count = readNumber();
    const items = [];
    for (let index = 0; index < count; index += 1) items.push(item());
    return items;
  }

  function readDictionary() {
    const members = {};
    for (let left = readNumber(); left > 0; left -= 1) put(members, readText(), readText());
    return members;
  }

  function readAnything() {
    switch (bytes[readAt++]) {
      case FALSE: return false;
      case TRUE: return true;
      case WHOLE: return readNumber();
      case FRACTION: return readFraction();
      case TEXT: return readText();
      case LIST: return readList(readAnything);
      case MEMBERS: {
        const members = {};
        for (let left = readNumber(); left > 0; left -= 1) put(members, readText(), readAnything());
        return members;
      }
      default: return null;
    }
  }

  function readFraction() {
    const value = new DataView(bytes.buffer, readAt, 8).getFloat64(0, true);
    readAt += 8;
    return value;
  }

  // ---- shapes: generated ----
// <shapes>
  // ---- calls ----

  function run(operation, owner, thing, typed) {
    if (owner !== null && (owner.number !== thing || owner.epoch !== epoch)) {
      throw misuse("released", "", "What is asked was released while the input was read");
    }
    let outcome;
    looked = false;
    try {
      outcome = wasm.call(operation, thing, at, letterAt, typed);
    } catch (error) {
      throw stopped(error);
    }
    // Memory that grew is another buffer, and the one of before has no byte.
    if (bytes.byteLength === 0) room(roomForNumbers, roomForLetters);
    lettersPlace = places[2];
    readAt = places[4];
    literalStart = places[6];
    literalAt = literalStart;
    literalEnd = literalStart + places[7];
    literals = null;
    looked = true;
    return outcome;
  }

  /**
   * Asks the engine. `owner` has the `number` of what is kept that is asked, the `epoch` in which it is kept, and the
   * `limits` of requests; `form` writes the input in the order of its shape, and `answer` reads what comes back. All
   * three are null where there is none.
   */
  function ask(operation, owner, form, input, answer) {
    const thing = owner === null ? 0 : owner.number;
    try {
      let outcome = UNREADABLE;
      if (form !== null && written(form, input, true, owner)) outcome = run(operation, owner, thing, true);
      if (outcome === UNREADABLE) {
        written(form === null ? anything : inputAsIs, input, false, owner);
        outcome = run(operation, owner, thing, false);
      }
      if (outcome === ANSWER) return answer === null ? undefined : answer();
      if (outcome === MISUSE) {
        const { code, path, message } = readAnything();
        throw misuse(code, path, message);
      }
    } finally {
      forget();
    }
    throw new EngineError(`The engine of Grantwise does not know operation ${operation} or what it is asked of.`);
  }

  /** Nothing of a call stays, and no more memory than calls usually take. */
  function forget() {
    if (texts.length > USUAL_TEXTS) texts.length = starts.length = 0;
    else for (let index = 0; index < many; index += 1) texts[index] = null;
    many = 0;
    literals = null;
    if (wasm !== null && (roomForNumbers > USUAL || roomForLetters > USUAL)) room(4096, 16384);
  }

  function release(thing, of) {
    if (wasm === null || of !== epoch) return;
    writing += 1; // what is being written may name it
    try {
      wasm.release(thing);
    } catch (error) {
      throw stopped(error);
    }
  }

  return {
    ask,
    release,
    /** From one engine to the next, numbers of what is kept are others. */
    get epoch() {
      return epoch;
    },
    writers,
    readers: { number: readNumber, text: readText, anything: readAnything, ...readers },
  };
}

/**
 * What a lesson file may hold, said once: each shape reads a value, and is its own JSON Schema for the editor of whoever
 * writes a lesson. What does not fit is a sentence at its place, and nothing is read around it.
 */
import type { Problem } from "./lesson.ts";

export type Schema = Readonly<Record<string, unknown>>;

export interface Shape<T> {
  /** The value, or undefined with a problem more. */
  read(value: unknown, place: string, problems: Problem[]): T | undefined;
  schema: Schema;
}

export type Read<S> = S extends Shape<infer T> ? T : never;

function shape<T>(schema: Schema, read: Shape<T>["read"]): Shape<T> {
  return { schema, read };
}

/** Control characters, and those by which a text is shown in another order than it was written. */
const UNSEEN = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

/** A text on one line. */
export function text(most: number, form?: { pattern: RegExp; says: string }): Shape<string> {
  const least = form?.pattern.test("") ? 0 : 1;
  const schema = { type: "string", minLength: least, maxLength: most, ...(form ? { pattern: form.pattern.source } : {}) };
  return shape(schema, (value, place, problems) => {
    const wrong = typeof value !== "string" ? "This is to be a text."
      : value.trim().length < least ? "This is empty."
        : value.length > most ? `This is longer than ${most} characters.`
          : UNSEEN.test(value) || !value.isWellFormed() ? "This has characters that nobody sees."
            : form && !form.pattern.test(value) ? form.says : null;
    if (wrong === null) return value as string;
    problems.push({ place, says: wrong });
    return undefined;
  });
}

/** One of a few words, or numbers. */
export function one<const T extends string | number | boolean | null>(...words: readonly T[]): Shape<T> {
  return shape(words.length === 1 ? { const: words[0] } : { enum: words }, (value, place, problems) => {
    if ((words as readonly unknown[]).includes(value)) return value as T;
    problems.push({ place, says: `This is to be ${words.map((word) => JSON.stringify(word)).join(" or ")}.` });
    return undefined;
  });
}

export function flag(): Shape<boolean> {
  return one(true, false);
}

/** A whole number. */
export function whole(least: number, most: number): Shape<number> {
  return shape({ type: "integer", minimum: least, maximum: most }, (value, place, problems) => {
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    problems.push({ place, says: `This is to be a whole number from ${least} to ${most}.` });
    return undefined;
  });
}

export function nullable<T>(inner: Shape<T>): Shape<T | null> {
  return shape<T | null>({ anyOf: [inner.schema, { type: "null" }] }, (value, place, problems) => (value === null ? null : inner.read(value, place, problems)));
}

/** With a word for whoever writes it. */
export function about<T>(description: string, { schema, read }: Shape<T>): Shape<T> {
  return { schema: { description, ...schema }, read };
}

/** Said once in the schema, under `$defs`, and named everywhere else. */
export function named<T>(name: string, { read }: Shape<T>): Shape<T> {
  return { schema: { $ref: `#/$defs/${name}` }, read };
}

/** A text, or a list of texts. */
export function oneOrMore(inner: Shape<string>, most: number): Shape<string | readonly string[]> {
  const several = list(inner, 1, most);
  return shape<string | readonly string[]>({ anyOf: [inner.schema, several.schema] }, (value, place, problems) =>
    (Array.isArray(value) ? several : inner).read(value, place, problems));
}

export function list<T>(inner: Shape<T>, least: number, most: number): Shape<readonly T[]> {
  return shape<readonly T[]>({ type: "array", items: inner.schema, minItems: least, maxItems: most }, (value, place, problems) => {
    if (!Array.isArray(value)) return refused(problems, place, "This is to be a list.");
    if (value.length < least || value.length > most) {
      return refused(problems, place, least === most ? `This list is to have ${least} entries.` : `This list is to have ${least} to ${most} entries, and has ${value.length}.`);
    }
    const before = problems.length;
    const read = value.map((entry, at) => inner.read(entry, `${place}[${at}]`, problems));
    return problems.length === before ? (read as T[]) : undefined;
  });
}

function refused(problems: Problem[], place: string, says: string): undefined {
  problems.push({ place, says });
  return undefined;
}

interface Members { readonly [name: string]: Shape<unknown> }
type Whole<R extends Members, O extends Members> = { [N in keyof R]: Read<R[N]> } & { [N in keyof O]?: Read<O[N]> };

/** An object with these members and no others. */
export function object<R extends Members, O extends Members = Record<never, never>>(required: R, optional?: O): Shape<Whole<R, O>> {
  const members = new Map<string, Shape<unknown>>([...Object.entries(required), ...Object.entries(optional ?? {})]);
  const schema = {
    type: "object", additionalProperties: false, required: Object.keys(required),
    properties: Object.fromEntries([...members].map(([name, { schema: its }]) => [name, its])),
  };
  return shape(schema, (value, place, problems) => {
    if (!isObject(value)) return refused(problems, place, "This is to be an object.");
    const before = problems.length;
    for (const name of Object.keys(value)) {
      if (!members.has(name)) problems.push({ place: within(place, name), says: `There is no such member here; there are ${[...members.keys()].join(", ")}.` });
    }
    const read: [string, unknown][] = [];
    for (const [name, inner] of members) {
      if (Object.hasOwn(value, name)) read.push([name, inner.read(value[name], within(place, name), problems)]);
      else if (Object.hasOwn(required, name)) problems.push({ place: within(place, name), says: "This is missing." });
    }
    return problems.length === before ? (Object.fromEntries(read) as Whole<R, O>) : undefined;
  });
}

/** Names with values, where the names are not known beforehand. */
export function table<T>(inner: Shape<T>, name: RegExp, least: number, most: number): Shape<Readonly<Record<string, T>>> {
  const schema = { type: "object", propertyNames: { pattern: name.source }, additionalProperties: inner.schema, minProperties: least, maxProperties: most };
  return shape<Readonly<Record<string, T>>>(schema, (value, place, problems) => {
    if (!isObject(value)) return refused(problems, place, "This is to be an object.");
    const entries = Object.entries(value);
    if (entries.length < least || entries.length > most) return refused(problems, place, `This is to have ${least} to ${most} members, and has ${entries.length}.`);
    const before = problems.length;
    const read = entries.map(([key, entry]) => {
      if (!name.test(key)) problems.push({ place: within(place, key), says: "This is no name of a parameter." });
      return [key, inner.read(entry, within(place, key), problems)];
    });
    return problems.length === before ? (Object.fromEntries(read) as Record<string, T>) : undefined;
  });
}

/** Told apart by one member with a constant. */
export function variants<T extends Record<K, string>, K extends string>(key: K, cases: Readonly<Record<T[K], Shape<T>>>): Shape<T> {
  const shapes = Object.values<Shape<T>>(cases);
  return shape<T>({ oneOf: shapes.map(({ schema }) => schema) }, (value, place, problems) => {
    const found = isObject(value) && typeof value[key] === "string" && Object.hasOwn(cases, value[key]) ? cases[value[key] as T[K]] : undefined;
    if (found) return found.read(value, place, problems);
    return refused(problems, within(place, key), `This is to be ${Object.keys(cases).join(" or ")}.`);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A name that is long or odd is cut: it may be a stranger's. */
function within(place: string, name: string): string {
  const short = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return place === "" ? short : `${place}.${short}`;
}

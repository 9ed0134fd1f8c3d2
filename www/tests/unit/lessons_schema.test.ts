import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { SCHEMA } from "../../src/lessons/lesson_shape.ts";
import { BROKEN, PLAIN } from "./lesson_corpus.ts";

type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string", integer: Number.isInteger, null: (value) => value === null, array: Array.isArray, object: isObject,
};

/** As much of JSON Schema as the schema uses; whatever else it would use is an error. */
const WORDS: Readonly<Record<string, (wanted: never, value: never, schema: Schema) => boolean>> = {
  $schema: () => true, title: () => true, description: () => true, $defs: () => true,
  $ref: (name: string, value) => fits((SCHEMA.$defs as Record<string, Schema>)[name.replace("#/$defs/", "")] as Schema, value),
  type: (type: string, value) => TYPES[type]?.(value) ?? false,
  const: (wanted, value) => wanted === value,
  enum: (words: readonly unknown[], value) => words.includes(value),
  anyOf: (all: readonly Schema[], value) => all.some((one) => fits(one, value)),
  oneOf: (all: readonly Schema[], value) => all.filter((one) => fits(one, value)).length === 1,
  minLength: (least: number, value: unknown) => typeof value !== "string" || value.length >= least,
  maxLength: (most: number, value: unknown) => typeof value !== "string" || value.length <= most,
  pattern: (pattern: string, value: unknown) => typeof value !== "string" || new RegExp(pattern, "u").test(value),
  minimum: (least: number, value: unknown) => typeof value !== "number" || value >= least,
  maximum: (most: number, value: unknown) => typeof value !== "number" || value <= most,
  items: (inner: Schema, value: unknown) => !Array.isArray(value) || value.every((one) => fits(inner, one)),
  minItems: (least: number, value: unknown) => !Array.isArray(value) || value.length >= least,
  maxItems: (most: number, value: unknown) => !Array.isArray(value) || value.length <= most,
  required: (names: readonly string[], value: unknown) => !isObject(value) || names.every((name) => Object.hasOwn(value, name)),
  properties: (inner: Readonly<Record<string, Schema>>, value: unknown) => !isObject(value) || Object.entries(inner).every(([name, its]) => !Object.hasOwn(value, name) || fits(its, value[name])),
  additionalProperties: (inner: false | Schema, value: unknown, { properties = {} }: Schema) => !isObject(value)
    || Object.keys(value).every((name) => Object.hasOwn(properties as object, name) || (inner !== false && fits(inner, value[name]))),
  propertyNames: (inner: Schema, value: unknown) => !isObject(value) || Object.keys(value).every((name) => fits(inner, name)),
  minProperties: (least: number, value: unknown) => !isObject(value) || Object.keys(value).length >= least,
  maxProperties: (most: number, value: unknown) => !isObject(value) || Object.keys(value).length <= most,
};

function fits(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([word, wanted]) => {
    const check = WORDS[word];
    if (check === undefined) throw new Error(`no such word here: ${word}`);
    return check(wanted as never, value as never, schema);
  });
}

test("the schema of lesson files is the one that this page reads by", async () => {
  await expect(`${JSON.stringify(SCHEMA, null, 1)}\n`).toMatchFileSnapshot("../../lessons/lesson.schema.json");
});

test("every lesson fits the schema, and what is broken in its shape does not", () => {
  const folder = resolve("lessons");
  for (const file of readdirSync(folder).filter((one) => /^\d\d-/.test(one))) {
    expect(fits(SCHEMA, JSON.parse(readFileSync(join(folder, file), "utf8"))), file).toBe(true);
  }
  expect(fits(SCHEMA, PLAIN)).toBe(true);
  for (const { what, file, in: where } of BROKEN) {
    if (where === "shape") expect(fits(SCHEMA, JSON.parse(file)), what).toBe(false);
  }
});

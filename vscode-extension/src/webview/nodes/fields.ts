/**
 * What the fields of a node may hold: readers that take a value of unknown origin and give one of a known type, or say
 * in a few words what they expect. The tables of the node kinds are made of them (`schema/`).
 */

/** Thrown for a value that is none of what a reader expects. */
export class Unexpected extends Error {}

/** JSON Schema, as far as values of nodes need it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Keeps a schema under a name, once, and gives the reference to it. */
export type Define = (name: string, make: () => JsonSchema) => JsonSchema;

/** Reads one value. `expects` names what it takes, for messages and for the documentation; `json` says the same as a schema. */
export interface Reader<T> {
  readonly expects: string;
  readonly json: (define: Define) => JsonSchema;
  read(value: unknown): T;
}

/** A field of a node: how it is read, and what it is when it is absent. */
export interface Field<T> {
  readonly reader: Reader<T>;
  readonly required: boolean;
  readonly fallback: T;
  /** Other names it goes by. */
  readonly also: readonly string[];
}

export type Schema = Readonly<Record<string, Field<unknown>>>;
/** The fields of a node once they are read. */
export type FieldsOf<S extends Schema> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never };

/** A field that has to be there. */
export function required<T>(reader: Reader<T>, ...also: readonly string[]): Field<T> {
  // Never read: a node without it is not drawn.
  return { reader, required: true, fallback: undefined as never, also };
}

/** A field that may be absent or null, with what it is then. */
export function optional<T>(reader: Reader<T>): Field<T | undefined>;
export function optional<T>(reader: Reader<T>, fallback: T, ...also: readonly string[]): Field<T>;
export function optional<T>(reader: Reader<T>, fallback?: T, ...also: readonly string[]): Field<T | undefined> {
  return { reader, required: false, fallback, also };
}

/** The fields of `value` by `schema`; throws `Unexpected` with the name of the first that is wrong. */
export function readFields<S extends Schema>(value: unknown, schema: S): FieldsOf<S> {
  if (!isObject(value)) {
    throw new Unexpected("an object is expected");
  }
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema)) {
    fields[name] = readField(value, name, field);
  }
  return fields as FieldsOf<S>;
}

function readField(object: Readonly<Record<string, unknown>>, name: string, field: Field<unknown>): unknown {
  for (const spelling of [name, ...spellings(name), ...field.also]) {
    const value = Object.hasOwn(object, spelling) ? object[spelling] : undefined;
    if (value !== undefined && (value !== null || field.reader === anyValue)) {
      try {
        return field.reader.read(value);
      } catch (error) {
        throw error instanceof Unexpected ? new Unexpected(`${name}: ${error.message}`) : error;
      }
    }
  }
  if (field.required) {
    throw new Unexpected(`${name} is missing`);
  }
  return field.fallback;
}

/** Plugins mix up `bg-color` and `bg_color`, and so did the documents they were written by. */
export function spellings(name: string): readonly string[] {
  return /[-_]/.test(name) ? [name.replaceAll("-", "_"), name.replaceAll("_", "-")] : [];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Described = JsonSchema | ((define: Define) => JsonSchema);

function reader<T>(expects: string, json: Described, read: (value: unknown) => T | undefined): Reader<T> {
  return {
    expects,
    json: typeof json === "function" ? json : () => json,
    read: (value) => {
      const result = read(value);
      if (result === undefined) {
        throw new Unexpected(`${expects} is expected`);
      }
      return result;
    },
  };
}

export const text = reader("a text", { type: "string" }, (value) => (typeof value === "string" ? value : undefined));
export const flag = reader("true or false", { type: "boolean" }, (value) => (typeof value === "boolean" ? value : undefined));
/** A node or anything else; what it is shows when it is drawn. */
export const node = reader("a node", { $ref: "#/$defs/node" }, (value) => value);
export const anyValue: Reader<unknown> = { expects: "any JSON value", json: () => ({}), read: (value) => value };
export const color = reader("a colour", { $ref: "#/$defs/color" }, (value) => (typeof value === "string" ? value : undefined));

/** Bounds beyond these only keep arithmetic safe; nobody needs to know them. */
const SPOKEN = 1e9;

/** A number within bounds; what is beyond them is taken as the bound. */
export function number(min = -SPOKEN, max = SPOKEN): Reader<number> {
  const json = { type: "number", ...(min > -SPOKEN ? { minimum: min } : {}), ...(max < SPOKEN ? { maximum: max } : {}) };
  return reader("a number", json, (value) => {
    const read = value instanceof ExactNumber ? Number(value.source) : value;
    return typeof read === "number" && Number.isFinite(read) ? Math.max(min, Math.min(max, read)) : undefined;
  });
}

/** A length in pixels. */
export const pixels = number(0, 4000);

/** One of some words, in any spelling of capitals. */
export function oneOf<T extends string>(...words: readonly T[]): Reader<T> {
  const byLower = new Map(words.map((word) => [word.toLowerCase(), word]));
  const read = (value: unknown): T | undefined => (typeof value === "string" ? byLower.get(value.toLowerCase()) : undefined);
  return reader(`one of ${words.join(", ")}`, { enum: words }, read);
}

/** A list of values of one kind. */
export function listOf<T>(item: Reader<T>, plural: string): Reader<readonly T[]> {
  const json = (define: Define): JsonSchema => ({ type: "array", items: item.json(define) });
  return reader(`a list of ${plural}`, json, (value) =>
    Array.isArray(value)
      ? value.map((each, index) => {
          try {
            return item.read(each);
          } catch (error) {
            throw error instanceof Unexpected ? new Unexpected(`${index}: ${error.message}`) : error;
          }
        })
      : undefined,
  );
}

/** The same reader, for values that are read when they are drawn: there may be many of them, and few in sight. */
export function later(reader: Reader<unknown>): Reader<unknown> {
  return { ...reader, read: (value) => value };
}

/** An object with fields of its own. */
export function record<S extends Schema>(expects: string, schema: S): Reader<FieldsOf<S>> {
  return { expects, json: (define) => objectSchema(schema, define), read: (value) => readFields(value, schema) };
}

/** The same reader, whose schema goes by a name of its own. */
export function named<T>(name: string, reader: Reader<T>): Reader<T> {
  return { ...reader, json: (define) => define(name, () => reader.json(define)) };
}

/** The schema of an object with these fields. Other spellings of a field are `deprecated`, with its name in `x-field`. */
export function objectSchema(schema: Schema, define: Define): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, field] of Object.entries(schema)) {
    properties[name] = fieldSchema(field, define);
  }
  const needed = Object.entries(schema).filter(([, field]) => field.required);
  for (const [name, field] of Object.entries(schema)) {
    for (const spelling of [...spellings(name), ...field.also]) {
      if (spelling !== name) {
        properties[spelling] ??= { ...fieldSchema(field, define), deprecated: true, "x-field": name };
      }
    }
  }
  // One of the spellings has to be there: where there are several, each is a choice.
  const choices = needed.map(([name, field]) => [name, ...spellings(name).filter((other) => other !== name), ...field.also]);
  const allOf = choices.filter((names) => names.length > 1).map((names) => ({ anyOf: names.map((name) => ({ required: [name] })) }));
  return {
    type: "object",
    properties,
    required: choices.filter((names) => names.length === 1).map(([name]) => name),
    ...(allOf.length > 0 ? { allOf } : {}),
    ...(needed.length > 0 ? { "x-required": needed.map(([name]) => name) } : {}),
  };
}

function fieldSchema({ reader: { json }, required: isRequired, fallback }: Field<unknown>, define: Define): JsonSchema {
  const given = json(define);
  if (isRequired) {
    return given;
  }
  const orNull = Object.keys(given).length === 0 ? given : { anyOf: [given, { type: "null" }] };
  return fallback === undefined ? orNull : { ...orNull, default: fallback };
}

/** A number whose text says more than a number of the language can hold. */
export class ExactNumber {
  constructor(readonly source: string) {}
}

/** What JSON text says. Numbers too long to be kept exactly are `ExactNumber`s, where the browser gives their text. */
export function parseExactly(text: string): unknown {
  // A look at what stands where numbers can stand: with a function for each value, reading takes several times as long.
  if (!/(?:^|[:,[])\s*-?(?:[\d.]{16}|\d[\d.]*[eE])/.test(text)) {
    return JSON.parse(text);
  }
  const revive = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === "number" && context?.source !== undefined && isRounded(value, context.source)
      ? new ExactNumber(context.source)
      : value;
  return JSON.parse(text, revive);
}

function isRounded(value: number, source: string): boolean {
  return String(value) !== source && source.length > 15;
}

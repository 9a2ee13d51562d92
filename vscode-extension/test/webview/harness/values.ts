/** Nested values for the harness, and what a server would say of them. */
import type * as P from "../../../src/generated/protocol";
import type { Path } from "../../../src/shared/paths/path";

/** An array that is never there as a whole: any number of items, each made when it is asked for. */
export class Endless {
  constructor(
    readonly length: number,
    readonly at: (index: number) => Value,
    /** Whether nobody has counted the items. */
    readonly uncounted = false,
  ) {}
}

/** Members in their order; a name may come twice. */
export class Members {
  constructor(readonly entries: readonly (readonly [string, Value])[]) {}
}

/** A number as it is written, digits and all; or something that is no value at all. */
export class Word {
  constructor(
    readonly kind: "number" | "invalid",
    readonly text: string,
  ) {}
}

export type Value = string | number | boolean | null | Word | Endless | Members | readonly Value[];

/** Made of an ordinary value. */
export function valueOf(json: unknown): Value {
  if (Array.isArray(json)) {
    return json.map(valueOf);
  }
  if (typeof json === "object" && json !== null) {
    return json instanceof Endless || json instanceof Members || json instanceof Word
      ? json
      : new Members(Object.entries(json).map(([key, value]) => [key, valueOf(value)]));
  }
  return json as Value;
}

/** Positions and names of the value at `path`; throws where there is none. */
export function walk(root: Value, path: Path): { value: Value; positions: number[]; keys: (string | number)[]; last: P.Summary | null } {
  let value = root;
  let last: P.Summary | null = null;
  const [positions, keys]: [number[], (string | number)[]] = [[], []];
  for (const step of path) {
    const position = typeof step === "number" ? step : value instanceof Members ? value.entries.findIndex(([key]) => key === step) : -1;
    const [summary] = position < 0 ? [] : children(value, position, 1);
    if (!summary) {
      throw Object.assign(new Error(`There is nothing at ${JSON.stringify(path)}.`), { kind: "pluginRefused" });
    }
    last = summary;
    positions.push(position);
    keys.push(summary.key ?? position);
    value = childAt(value, position);
  }
  return { value, positions, keys, last };
}

export function children(value: Value, start: number, count: number): P.Summary[] {
  const end = Math.min(sizeOf(value) ?? 0, start + count);
  const made: P.Summary[] = [];
  for (let index = start; index < end; index++) {
    const key = value instanceof Members ? (value.entries[index]?.[0] ?? null) : null;
    const duplicate = value instanceof Members && value.entries.findIndex(([name]) => name === key) < index;
    made.push({ ...summaryOf(childAt(value, index), index), key, duplicate });
  }
  return made;
}

export function summaryOf(value: Value, index: number): P.Summary {
  const text = textOf(value, 200);
  const preview = typeof value === "string" ? value : text;
  const isLong = preview.length > 120;
  return {
    index,
    key: null,
    kind: kindOf(value),
    preview: isLong ? `${preview.slice(0, 119)}…` : preview,
    count: value instanceof Endless && value.uncounted ? null : isNested(value) ? sizeOf(value) : null,
    bytes: text.length,
    at: null,
    keyAt: null,
    duplicate: false,
  };
}

export function kindOf(value: Value): P.Summary["kind"] {
  if (value instanceof Word) {
    return value.kind;
  }
  if (value instanceof Members) {
    return "object";
  }
  if (value instanceof Endless || Array.isArray(value)) {
    return "array";
  }
  return value === null ? "null" : (typeof value as "string" | "number" | "boolean");
}

function isNested(value: Value): boolean {
  return value instanceof Members || value instanceof Endless || Array.isArray(value);
}

export function sizeOf(value: Value): number | null {
  if (value instanceof Members) {
    return value.entries.length;
  }
  return value instanceof Endless || Array.isArray(value) ? value.length : null;
}

function childAt(value: Value, index: number): Value {
  if (value instanceof Members) {
    return value.entries[index]?.[1] ?? null;
  }
  return value instanceof Endless ? value.at(index) : Array.isArray(value) ? ((value as Value[])[index] ?? null) : null;
}

/** JSON text, broken off after about `most` characters. */
export function textOf(value: Value, most = Infinity): string {
  if (value instanceof Word) {
    return value.text;
  }
  const size = sizeOf(value);
  if (size === null) {
    return JSON.stringify(value);
  }
  const [open, close] = value instanceof Members ? ["{", "}"] : ["[", "]"];
  let text = open;
  for (let index = 0; index < size && text.length < most; index++) {
    const key = value instanceof Members ? `${JSON.stringify(value.entries[index]?.[0])}:` : "";
    text += `${index > 0 ? "," : ""}${key}${textOf(childAt(value, index), most - text.length)}`;
  }
  return text + close;
}

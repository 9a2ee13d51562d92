/** A JSON value as the rows of a tree: only those that are open. */
import { ExactNumber } from "./fields";

export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

export interface JsonRow {
  /** Positions from the whole value to this one, as a text; unlike any other of the tree. */
  readonly path: string;
  readonly depth: number;
  /** The member's name or the element's position; null for the whole value. */
  readonly key: string | number | null;
  readonly kind: JsonKind;
  readonly value: unknown;
  /** How many children it has. */
  readonly count: number;
  readonly isOpen: boolean;
  /** Its place among its siblings, from 1, and how many there are. */
  readonly position: number;
  readonly siblings: number;
}

/** Places that a person has opened or closed: true and false by path. All others are open. */
export type Toggled = Readonly<Record<string, boolean>>;

/** Beyond so many rows the rest begins closed; whoever opens it sees it. */
export const MOST_OPEN = 200_000;

export function kindOf(value: unknown): JsonKind {
  if (value === null || value === undefined) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "array";
  }
  if (value instanceof ExactNumber || typeof value === "number") {
    return "number";
  }
  return typeof value === "string" || typeof value === "boolean" ? (typeof value as "string" | "boolean") : "object";
}

export function isContainer(kind: JsonKind): boolean {
  return kind === "object" || kind === "array";
}

const known = new WeakMap<object, { readonly toggled: Toggled; readonly rows: readonly JsonRow[] }>();

/** All rows of a value, in the order they are shown. */
export function jsonRows(value: unknown, toggled: Toggled, most: number = MOST_OPEN): readonly JsonRow[] {
  const before = typeof value === "object" && value !== null ? known.get(value) : undefined;
  if (before?.toggled === toggled) {
    return before.rows;
  }
  const rows = unfolded(value, toggled, most);
  if (typeof value === "object" && value !== null) {
    known.set(value, { toggled, rows });
  }
  return rows;
}

function unfolded(value: unknown, toggled: Toggled, most: number): readonly JsonRow[] {
  const rows: JsonRow[] = [];
  const stack = [{ value, key: null as string | number | null, path: "", depth: 0, position: 1, siblings: 1 }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const kind = kindOf(place.value);
    const count = countOf(place.value, kind);
    const isOpen = count > 0 && (Object.hasOwn(toggled, place.path) ? toggled[place.path] === true : rows.length + stack.length + count <= most);
    rows.push({ ...place, kind, count, isOpen });
    if (isOpen) {
      pushChildren(place, stack);
    }
  }
  return rows;
}

type Place = Pick<JsonRow, "value" | "key" | "path" | "depth" | "position" | "siblings">;

function pushChildren({ value, path, depth }: Place, stack: Place[]): void {
  const isList = Array.isArray(value);
  const entries: readonly (readonly [string | number, unknown])[] = isList
    ? (value as readonly unknown[]).map((each, index) => [index, each] as const)
    : Object.entries(value as Record<string, unknown>);
  for (let index = entries.length - 1; index >= 0; index--) {
    const [key, child] = entries[index] ?? ["", undefined];
    stack.push({ value: child, key, path: `${path}/${index}`, depth: depth + 1, position: index + 1, siblings: entries.length });
  }
}

function countOf(value: unknown, kind: JsonKind): number {
  if (kind === "array") {
    return (value as readonly unknown[]).length;
  }
  return kind === "object" ? Object.keys(value as object).length : 0;
}

/** The value as it is written, of containers how many children they have. */
export function textOf({ value, kind, count }: Pick<JsonRow, "value" | "kind" | "count">): string {
  switch (kind) {
    case "object":
      return `{${count}}`;
    case "array":
      return `[${count}]`;
    case "number":
      return value instanceof ExactNumber ? value.source : String(value);
    default:
      return JSON.stringify(value ?? null);
  }
}

/** Values that are nested deeper are not written as text. */
const DEEPEST = 1000;

/** A value as JSON text, laid out, with every digit it came with; null where it is nested too deeply. */
export function jsonText(value: unknown, depth = 0): string | null {
  const kind = kindOf(value);
  const count = countOf(value, kind);
  if (!isContainer(kind) || count === 0) {
    return kind === "object" ? "{}" : kind === "array" ? "[]" : textOf({ value, kind, count });
  }
  if (depth > DEEPEST) {
    return null;
  }
  const indent = "  ".repeat(depth);
  const parts: string[] = [];
  for (const [key, each] of Object.entries(value as object)) {
    const text = jsonText(each, depth + 1);
    if (text === null) {
      return null;
    }
    parts.push(`${indent}  ${kind === "object" ? `${JSON.stringify(key)}: ` : ""}${text}`);
  }
  const [open, close] = kind === "array" ? ["[", "]"] : ["{", "}"];
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

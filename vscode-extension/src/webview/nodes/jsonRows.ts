/** A JSON value as the rows of a tree: only those that are open, and no more of them than asked for. */
import { ExactNumber } from "./fields";

export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

export interface JsonRow {
  /** Positions from the whole value to this one, as a text; unlike any other of the tree. */
  readonly path: string;
  readonly depth: number;
  /** The member's name or the element's position; null for the whole value. */
  readonly key: string | number | null;
  readonly kind: JsonKind;
  /** The value as it is written, of containers how many children they have. */
  readonly text: string;
  readonly count: number;
  readonly isOpen: boolean;
}

/** Values with more rows than this begin closed but for their first level. */
const OPEN_WHOLE = 200;

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

/** Whether a place is open: as a person left it (`toggled`), else the first level, and all of a value that is small. */
export function isOpenAt(path: string, depth: number, isSmall: boolean, toggled: ReadonlyMap<string, boolean>): boolean {
  return toggled.get(path) ?? (isSmall || depth === 0);
}

/** Whether all of the value has few enough rows to be shown at once. */
export function isSmall(value: unknown): boolean {
  const stack: unknown[] = [value];
  let rows = 0;
  while (stack.length > 0) {
    const next = stack.pop();
    rows += 1;
    const { values } = childrenOf(next, OPEN_WHOLE);
    if (rows + stack.length + values.length > OPEN_WHOLE) {
      return false;
    }
    stack.push(...values);
  }
  return true;
}

/** The first `limit` rows, and whether there are more. */
export function jsonRows(
  value: unknown,
  toggled: ReadonlyMap<string, boolean>,
  limit: number,
): { readonly rows: readonly JsonRow[]; readonly hasMore: boolean } {
  const small = isSmall(value);
  const rows: JsonRow[] = [];
  const stack = [{ value, key: null as string | number | null, path: "", depth: 0 }];
  while (stack.length > 0) {
    const place = stack.pop();
    if (!place) {
      break;
    }
    if (rows.length >= limit) {
      return { rows, hasMore: true };
    }
    const kind = kindOf(place.value);
    const isOpen = isContainer(kind) && isOpenAt(place.path, place.depth, small, toggled);
    const { keys, values, count } = childrenOf(place.value, isOpen ? limit - rows.length : -1);
    rows.push({ path: place.path, depth: place.depth, key: place.key, kind, text: textOf(place.value, kind, count), count, isOpen });
    for (let index = values.length - 1; index >= 0; index--) {
      stack.push({ value: values[index], key: keys[index] ?? index, path: `${place.path}/${index}`, depth: place.depth + 1 });
    }
  }
  return { rows, hasMore: false };
}

export function isContainer(kind: JsonKind): boolean {
  return kind === "object" || kind === "array";
}

function childrenOf(value: unknown, limit: number) {
  if (Array.isArray(value)) {
    const values: readonly unknown[] = value.slice(0, limit + 1);
    return { keys: values.map((_, index) => index), values, count: value.length };
  }
  if (kindOf(value) !== "object") {
    return { keys: [], values: [], count: 0 };
  }
  const members = Object.entries(value as Record<string, unknown>);
  const shown = members.slice(0, limit + 1);
  return { keys: shown.map(([key]) => key), values: shown.map(([, member]) => member), count: members.length };
}

function textOf(value: unknown, kind: JsonKind, count: number): string {
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

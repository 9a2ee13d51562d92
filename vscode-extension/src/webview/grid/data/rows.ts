/** Rows as they arrive: JSON text of arrays of cells. */

import type * as P from "../../../generated/protocol";

/** The beginning of a text too long to send whole, and how long all of it is in bytes of UTF-8. */
export interface LongCell {
  readonly text: string;
  readonly bytes: number;
}

/** A value of a file that tells kinds of values apart, and is no string. */
export interface KindCell {
  /** As it stands in the file; of objects and arrays their JSON or the beginning of it. */
  readonly text: string;
  readonly kind: Exclude<P.Summary["kind"], "string">;
  /** Length of the whole text in bytes where `text` is only its beginning. */
  readonly bytes?: number;
  /** Children of an object or array. */
  readonly count?: number | null;
}

export type Cell = string | LongCell | KindCell;
/** A cell is undefined where the record has none. */
export type Row = readonly (Cell | undefined)[];

/** The rows in `Page.rows`. Throws with a sentence for people when the text is not of that form. */
export function parseRows(json: string): readonly Row[] {
  let rows: unknown;
  try {
    rows = JSON.parse(json);
  } catch {
    throw new Error("the rows are not valid JSON");
  }
  if (!Array.isArray(rows)) {
    throw new Error("the rows are not an array");
  }
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row) || !row.every(isCellOrNull)) {
      throw new Error("a row is not an array of cells");
    }
    for (let column = row.indexOf(null); column >= 0; column = row.indexOf(null, column + 1)) {
      row[column] = undefined;
    }
  }
  return rows as Row[];
}

const KINDS: ReadonlySet<unknown> = new Set(["number", "boolean", "null", "object", "array", "invalid"]);

function isCellOrNull(value: unknown): boolean {
  if (typeof value === "string" || value === null) {
    return true;
  }
  if (typeof value !== "object") {
    return false;
  }
  const cell = value as Partial<LongCell & KindCell>;
  return typeof cell.text === "string" && (typeof cell.bytes === "number" || KINDS.has(cell.kind));
}

/** The kind of value a cell holds, where the file says so. */
export function kindOf(cell: Cell | undefined): KindCell["kind"] | null {
  return typeof cell === "object" && "kind" in cell ? cell.kind : null;
}

/** Length of the whole text in bytes where the cell holds only the beginning, else null. */
export function cutAt(cell: Cell | undefined): number | null {
  return typeof cell === "object" ? (cell.bytes ?? null) : null;
}

/** What there is to draw of a cell. */
export function shownText(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}

/** Rows as they arrive: JSON text of arrays of cells. */

/** The beginning of a text too long to send whole, and how long all of it is in bytes of UTF-8. */
export interface LongCell {
  readonly text: string;
  readonly bytes: number;
}

export type Cell = string | LongCell;
export type Row = readonly Cell[];

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
    if (!Array.isArray(row) || !row.every(isCell)) {
      throw new Error("a row is not an array of cells");
    }
  }
  return rows as Row[];
}

function isCell(value: unknown): value is Cell {
  if (typeof value === "string") {
    return true;
  }
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const long = value as Partial<LongCell>;
  return typeof long.text === "string" && typeof long.bytes === "number";
}

/** What there is to draw of a cell. */
export function shownText(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}

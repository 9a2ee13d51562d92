/** What every format of copied cells is given, and what it makes of it. */
import type { Column } from "../../generated/protocol";

/** A value of a file that tells kinds of values apart, and is no string; `text` is the whole of it. */
export interface KindValue {
  readonly text: string;
  readonly kind: "number" | "boolean" | "null" | "object" | "array" | "invalid";
}

/** The whole of a cell; undefined where the record has none. */
export type CellValue = string | KindValue | undefined;

/** What a cell says where kinds of values are not told apart: nothing for null and for none. */
export function plainText(cell: CellValue): string {
  if (typeof cell === "object") {
    return cell.kind === "null" ? "" : cell.text;
  }
  return cell ?? "";
}

/** Turns cells into text piece by piece, so that many rows never have to be held as cells at once. */
export interface Formatter {
  /** What comes before the first row. */
  begin(): string;
  /** One row, with what separates it from the one before it. */
  row(cells: readonly CellValue[]): string;
  /** What comes after the last row. */
  end(): string;
}

export interface FormatOptions {
  readonly columns: readonly Column[];
  /** Whether the columns' names come first; JSON has them in any case. */
  readonly header: boolean;
}

export type FormatterFactory = (options: FormatOptions) => Formatter;

/** Whether `text` stands for "no value" in `column`. */
export function isNull(column: Column | undefined, text: string): boolean {
  return column?.nulls.includes(text) ?? false;
}

/** What every format of copied cells is given, and what it makes of it. */
import type { Column } from "../../generated/protocol";

/** The whole text of a cell; undefined where the record is shorter than the selection. */
export type CellValue = string | undefined;

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

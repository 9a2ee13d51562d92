/** Puts a range of cells on the clipboard, whole, however much of it has been drawn. */
import { l10n } from "vscode";
import { Failure } from "./errors";
import type * as P from "./generated/protocol";
import { FORMATS } from "./shared/format/formats";
import type { CellValue, KindValue } from "./shared/format/table";
import type { CellRange, CopyFormat } from "./shared/messages";

/** Where the cells come from. */
export interface CellSource {
  readonly columns: readonly P.Column[];
  page(start: number, count: number): Promise<P.Page>;
  /** The text of a cell from byte `start` on. */
  cell(row: number, column: number, start: number, count: number): Promise<P.CellText>;
}

export interface CopyRequest {
  readonly range: CellRange;
  /** Takes the cells beyond the last column, too. */
  readonly wholeRows: boolean;
  readonly format: CopyFormat;
  readonly header: boolean;
}

/** What the person at the editor decides and sees. */
export interface CopyDialog {
  readonly isCancelled: () => boolean;
  /** Told after each page. */
  readonly progress: (rowsDone: number, rowsTotal: number) => void;
  /** Whether to go on, asked once when the text is likely to be larger than `LARGE_CHARACTERS`. */
  readonly confirmLarge: (estimatedCharacters: number) => Promise<boolean>;
}

export interface Copied {
  readonly text: string;
  readonly rows: number;
  readonly cells: number;
  /** Cells beyond the last column that the format has no place for. */
  readonly leftOut: number;
}

/** Above this a person is asked first. */
export const LARGE_CHARACTERS = 50_000_000;
/** Above this nothing is copied: programs and the clipboard itself cannot be relied on with more. */
export const MOST_CHARACTERS = 400_000_000;
/** About so many cells are asked for at once. */
const CELLS_PER_PAGE = 20_000;
const ROWS_PER_PAGE = 5_000;
const CELL_BYTES = 4_194_304;

/** The cells as text; rejects with a Failure of kind `cancelled` or `tooLarge`. */
export async function copyCells(source: CellSource, request: CopyRequest, dialog: CopyDialog): Promise<Copied> {
  const { range: { top, bottom, left, right }, wholeRows, format } = request;
  const takesExtra = wholeRows && format !== "markdown"; // what is wider than its header is not shown in a Markdown table
  const columns = source.columns.slice(left, right + 1);
  const formatter = FORMATS[format]({ columns, header: request.header });
  const total = bottom - top + 1;
  const step = Math.max(1, Math.min(ROWS_PER_PAGE, Math.floor(CELLS_PER_PAGE / Math.max(1, source.columns.length))));
  const parts = [formatter.begin()];
  let [rows, cells, leftOut, characters, asked] = [0, 0, 0, 0, false];
  while (rows < total) {
    throwIfCancelled(dialog);
    const page = await source.page(top + rows, Math.min(step, total - rows));
    const records = JSON.parse(page.rows) as readonly (readonly WireCell[])[];
    for (const [index, record] of records.entries()) {
      const last = takesExtra ? Math.max(right, record.length - 1) : right;
      const values = await wholeCells(source, record, { row: page.start + index, left, right: last }, dialog);
      leftOut += wholeRows ? Math.max(0, record.length - 1 - last) : 0;
      const text = formatter.row(values);
      parts.push(text);
      characters += text.length;
      cells += values.length;
      refuseTooLarge(characters);
    }
    rows += records.length;
    dialog.progress(rows, total);
    if (records.length === 0) {
      break; // the file is shorter than was thought when the range was selected
    }
    const estimate = (characters / rows) * total;
    if (!asked && estimate > LARGE_CHARACTERS) {
      asked = true;
      refuseTooLarge(estimate);
      if (!(await dialog.confirmLarge(Math.round(estimate)))) {
        throw cancelled();
      }
    }
  }
  throwIfCancelled(dialog);
  parts.push(formatter.end());
  return { text: parts.join(""), rows, cells, leftOut };
}

/** A cell as it is on a page: its text, the beginning of a text that is `bytes` long, a value of a kind, or none. */
type WireCell = string | { readonly text: string; readonly bytes?: number; readonly kind?: KindValue["kind"] } | null;

interface Place {
  readonly row: number;
  readonly left: number;
  readonly right: number;
}

async function wholeCells(
  source: CellSource,
  record: readonly WireCell[],
  { row, left, right }: Place,
  dialog: CopyDialog,
): Promise<readonly CellValue[]> {
  const values: CellValue[] = [];
  for (let column = left; column <= right; column++) {
    const cell = record[column] ?? undefined;
    if (typeof cell === "object") {
      const text = cell.bytes === undefined ? cell.text : await wholeCell(source, row, column, dialog);
      values.push(cell.kind === undefined ? text : { text, kind: cell.kind });
    } else {
      values.push(cell);
    }
  }
  return values;
}

async function wholeCell(source: CellSource, row: number, column: number, dialog: CopyDialog): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for (let next: number | null = 0; next !== null; ) {
    throwIfCancelled(dialog);
    const part: P.CellText = await source.cell(row, column, next, CELL_BYTES);
    parts.push(part.text);
    length += part.text.length;
    refuseTooLarge(length);
    next = part.next;
  }
  return parts.join("");
}

function throwIfCancelled(dialog: CopyDialog): void {
  if (dialog.isCancelled()) {
    throw cancelled();
  }
}

export function cancelled(): Failure {
  return new Failure("cancelled", l10n.t("Cancelled."));
}

function refuseTooLarge(characters: number): void {
  if (characters > MOST_CHARACTERS) {
    const most = MOST_CHARACTERS / 1_000_000;
    throw new Failure("tooLarge", l10n.t("It is more than {0} million characters. Select fewer rows.", most));
  }
}

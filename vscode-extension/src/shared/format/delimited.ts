/** Text with delimiters: every cell comes back as it was from a reader of the same rules. */
import { type CellValue, type Formatter, type FormatterFactory, plainText } from "./table";

/**
 * Comma-separated, after RFC 4180: a cell with a comma, a quote, a line break or a space at an end is quoted, quotes
 * are doubled. What looks like a formula stays as it is: changing cells would be a lie about the file.
 */
export const csv: FormatterFactory = ({ columns, header }) =>
  delimited(",", /[",\r\n]|^\s|\s$/, header ? columns.map((column) => column.name) : undefined);

/** Tab-separated as spreadsheets read it from the clipboard: a cell with a tab, a line break or a quote is quoted. */
export const tsv: FormatterFactory = ({ columns, header }) =>
  delimited("\t", /["\t\r\n]/, header ? columns.map((column) => column.name) : undefined);

function delimited(delimiter: string, special: RegExp, header: readonly string[] | undefined): Formatter {
  let separator = "";
  const quoted = (cell: string): string => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const row = (cells: readonly CellValue[]): string => {
    // A row of one empty cell would be an empty line, which readers skip.
    const texts = cells.map(plainText);
    const text = texts.length === 1 && texts[0] === "" && cells[0] !== undefined ? '""' : texts.map(quoted).join(delimiter);
    const line = separator + text;
    separator = "\n";
    return line;
  };
  return { begin: () => (header === undefined ? "" : row(header)), row, end: () => (separator === "" ? "" : "\n") };
}

/** Made-up rows for the harness: any number of them, computed when asked for. */
import type * as P from "../../../src/generated/protocol";
import type { Cell, Row } from "../../../src/webview/grid/data/rows";

export interface DataSet {
  readonly columns: P.Column[];
  row(index: number): Row;
  /** The whole text of a cell that is sent shortened. */
  whole(row: number, column: number): string;
}

const NAMES = ["Ankh", "Bast", "Djed", "Horus", "Isis", "Ma'at", "Nut", "Osiris", "Ptah", "Ra", "Seshat", "Thoth"];
const TYPES: P.Column["type"][] = ["integer", "text", "float", "date", "boolean", "text", "timestamp", "uuid"];

/** A dozen columns with everything that can be odd about a cell. */
export function mixed(): DataSet {
  const columns: P.Column[] = [
    column("id", "integer"),
    column("name", "text"),
    column("amount", "float", ["", "NA"]),
    column("active", "boolean"),
    column("since", "date", ["NULL"]),
    column("notes", "text"),
    column("updated", "timestamp"),
    column("key", "uuid"),
    column("attributes", "json"),
    column("שם", "text"),
  ];
  return { columns, row: mixedRow, whole: (row, at) => longText(row, at) };
}

function mixedRow(index: number): Row {
  const cells: Cell[] = [
    String(index + 1),
    NAMES[index % NAMES.length] ?? "",
    index % 7 === 3 ? "NA" : (Math.sin(index) * 10_000).toFixed(2),
    index % 3 === 0 ? "true" : "false",
    index % 11 === 5 ? "NULL" : new Date(8.64e7 * (10_000 + (index % 9000))).toISOString().slice(0, 10),
    note(index),
    new Date(1.6e12 + index * 1000).toISOString().slice(0, 19),
    `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
    index % 6 === 2 ? { text: longText(index, 8).slice(0, 200), bytes: longText(index, 8).length } : `{"row": ${index}}`,
    index % 2 === 0 ? "שלום עולם" : "",
  ];
  if (index % 17 === 8) {
    return cells.slice(0, 6);
  }
  return index % 23 === 12 ? [...cells, "surplus", `${index}`] : cells;
}

function note(index: number): string {
  switch (index % 8) {
    case 1:
      return "two\nlines";
    case 2:
      return "";
    case 3:
      return "a\ttab and a \u0007 bell";
    case 5:
      return `a rather long note that goes on and on about record number ${index} without much of a point`;
    case 6:
      return "override \u202e gnp.exe";
    default:
      return `note ${index}`;
  }
}

function longText(row: number, column: number): string {
  const items = Array.from({ length: 400 }, (_, index) => ({ item: index, row, column, label: NAMES[index % NAMES.length] }));
  return JSON.stringify({ items });
}

/** Many plain columns. */
export function wide(count: number): DataSet {
  return {
    columns: Array.from({ length: count }, (_, index) => column(`column_${index + 1}`, TYPES[index % TYPES.length] ?? "text")),
    row: (index) => Array.from({ length: count }, (_, at) => (at % 8 === 1 ? (NAMES[(index + at) % 12] ?? "") : String((index * 31 + at * 7) % 100_003))),
    whole: () => "",
  };
}

/** One column of text. */
export function single(): DataSet {
  return { columns: [column("line", "text")], row: (index) => [`line ${index + 1}`], whole: () => "" };
}

function column(name: string, type: P.Column["type"], nulls: string[] = []): P.Column {
  return { name, type, nulls };
}

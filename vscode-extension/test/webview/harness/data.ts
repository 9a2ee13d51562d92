/** Made-up rows for the harness: any number of them, computed when asked for. */
import type * as P from "../../../src/generated/protocol";
import type { Cell, Row } from "../../../src/webview/grid/data/rows";
import { Endless, kindOf, Members, sizeOf, textOf, type Value, valueOf, Word } from "./values";

export interface DataSet {
  readonly columns: P.Column[];
  row(index: number): Row;
  /** The whole text of a cell that is sent shortened. */
  whole(row: number, column: number): string;
  /** The record as a value, where it is more than its cells. */
  value?(index: number): Value;
  readonly display?: P.OpenDocumentResult["display"];
}

/** The record as the tree shows it. */
export function recordValue(data: DataSet, index: number): Value {
  return data.value?.(index) ?? new Members(data.row(index).map((cell, at) => [data.columns[at]?.name ?? `${at + 1}`, typeof cell === "string" ? cell : data.whole(index, at)]));
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

/** One deep document with everything that can be odd about a value. */
export function nested(): DataSet {
  const deep = (depth: number): Value => (depth === 0 ? "the bottom" : new Members([["level", depth], ["deeper", deep(depth - 1)]]));
  const value = new Members([
    ["title", "Ennead of Heliopolis"],
    ["version", 3],
    ["exact", new Word("number", "12345678901234567890.123456789")],
    ["open", true],
    ["until", null],
    ["gods", NAMES.map((name, index) => valueOf({ name, rank: index + 1, aspects: ["sun", "moon", "word"].slice(0, index % 4), "two words": index }))],
    ["numbers", new Endless(10_000_000, (index) => index * 7)],
    ["uncounted", new Endless(2_500, (index) => valueOf({ id: index, note: `item ${index}` }), true)],
    ["text", `A long text that goes on and on. ${"It says little, at length. ".repeat(30)}\nsecond line`],
    ["deep", deep(60)],
    ["", "a name of no characters"],
    ["it's \"quoted\"\u0007", "a name with signs"],
    ["title", "the same name again"],
    ["broken", new Word("invalid", "nul")],
    ["empty object", new Members([])],
    ["empty array", []],
    ["עברית", "שלום עולם"],
  ]);
  return { columns: [], row: () => [], whole: () => "", value: () => value, display: "tree" };
}

/** Records of a newline-delimited file, as a table of cells of all kinds. */
export function records(): DataSet {
  const names = ["id", "name", "price", "inStock", "tags", "maker", "note"];
  const value = (index: number): Value => {
    const members: [string, Value][] = [
      ["id", index],
      ["name", NAMES[index % NAMES.length] ?? ""],
      ["price", index % 5 === 4 ? null : new Word("number", (index * 1.25).toFixed(2))],
      ["inStock", index % 3 !== 0],
      ["tags", ["new", "old", "blue"].slice(0, index % 4)],
      ["maker", valueOf({ name: `Workshop ${index % 9}`, address: { city: "Memphis", since: 1300 + index } })],
    ];
    return new Members(index % 4 === 1 ? [...members, ["note", note(index)]] : members);
  };
  const cells = (index: number): Row => {
    const record = value(index) as Members;
    return names.map((name) => {
      const member = record.entries.find(([key]) => key === name);
      if (!member) {
        return undefined;
      }
      const text = textOf(member[1], 200);
      const kind = kindOf(member[1]);
      return kind === "string" ? (member[1] as string) : ({ text, kind, ...(sizeOf(member[1]) === null ? {} : { count: sizeOf(member[1]) }) });
    });
  };
  const types: P.Column["type"][] = ["integer", "text", "float", "boolean", "json", "json", "text"];
  const columns = names.map((name, index) => ({ ...column(name, types[index] ?? "text"), path: [name] }));
  return { columns, row: cells, whole: (row, at) => textOf((value(row) as Members).entries[at]?.[1] ?? null), value };
}

function column(name: string, type: P.Column["type"], nulls: string[] = []): P.Column {
  return { name, type, nulls, path: null };
}

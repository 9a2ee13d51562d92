/** JSON: an array of objects. Numbers keep every digit, null is no empty text, a missing cell has no key. */
import type { Column } from "../../generated/protocol";
import { layOutJson } from "./jsonText";
import { isNull, type FormatterFactory, type KindValue } from "./table";

export const json: FormatterFactory = ({ columns }) => {
  const names = columns.map((column) => column.name);
  const keys: string[] = distinct(names).map((name) => JSON.stringify(name));
  // Cells beyond the last column go by their position.
  const keyOf = (index: number): string => (keys[index] ??= JSON.stringify(distinct([...names, `${index + 1}`]).at(-1)));
  let separator = "\n";
  return {
    begin: () => "[",
    row: (cells) => {
      const members = cells.flatMap((cell, index) =>
        cell === undefined ? [] : [`${keyOf(index)}: ${value(columns[index], cell)}`],
      );
      const text = `${separator}  {${members.length === 0 ? "" : ` ${members.join(", ")} `}}`;
      separator = ",\n";
      return text;
    },
    end: () => (separator === "\n" ? "]\n" : "\n]\n"),
  };
};

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function value(column: Column | undefined, cell: string | KindValue): string {
  if (typeof cell === "object") {
    return ofKind(cell);
  }
  // Where a file tells kinds apart, a string of digits is no number.
  return (column?.path ?? null) === null ? ofText(column, cell) : JSON.stringify(cell);
}

/** As the file has it; objects and arrays on one line, and what is no JSON as a text. */
function ofKind({ text, kind }: KindValue): string {
  switch (kind) {
    case "object":
    case "array":
      return layOutJson(text, 0, Infinity) ?? text;
    case "number":
      return NUMBER.test(text) ? text : JSON.stringify(text);
    case "boolean":
    case "null":
      return text;
    case "invalid":
      return JSON.stringify(text);
  }
}

/** What a text of a file without kinds stands for, by the type of its column. */
function ofText(column: Column | undefined, text: string): string {
  if (isNull(column, text) && text !== "") {
    return "null";
  }
  switch (column?.type) {
    case "integer":
    case "float":
      if (text === "") {
        return "null";
      }
      return NUMBER.test(text) ? text : JSON.stringify(text);
    case "boolean":
      if (text === "") {
        return "null";
      }
      return /^(true|false)$/i.test(text) ? text.toLowerCase() : JSON.stringify(text);
    case "json":
      return isJson(text) ? text : JSON.stringify(text);
    default:
      return JSON.stringify(text);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Names without repetition: the second `a` becomes `a_2`, or the next that is free. */
export function distinct(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  const used = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; used.has(unique) || (unique !== name && taken.has(unique)); count++) {
      unique = `${name}_${count}`;
    }
    used.add(unique);
    return unique;
  });
}

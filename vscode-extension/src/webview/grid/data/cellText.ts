/** How the text of a cell is shown on one line: what is invisible in it is made visible. */
import type * as P from "../../../generated/protocol";
import type { Cell, KindCell, Row } from "./rows";
import { kindOf, shownText } from "./rows";

export type CellKind = "text" | "empty" | "missing" | KindCell["kind"];

/** A run of the text: as the file has it, a sign standing for a character, or a found text. */
export interface Run {
  readonly kind: "text" | "sign" | "found";
  readonly text: string;
}

/** More characters than this are never drawn in one cell; the rest is for the detail pane. */
export const MAX_DRAWN = 1000;

// C0 and C1 controls, line and paragraph separators, direction marks and overrides, zero-width characters, the BOM.
// eslint-disable-next-line no-control-regex -- finding them is the purpose
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/;
const INVISIBLE_OR_CRLF = new RegExp(`\\r\\n|${INVISIBLE.source}`, "g");
const NUMERIC: ReadonlySet<P.Column["type"]> = new Set(["integer", "float", "date", "time", "timestamp"]);

/** Whether values of the column are easier to compare when they end at the same edge. */
export function isRightAligned(column: P.Column): boolean {
  return NUMERIC.has(column.type);
}

/** What a cell is to be drawn as; an absent one is missing. */
export function cellKind(cell: Cell | undefined, column: P.Column): CellKind {
  if (cell === undefined) {
    return "missing";
  }
  if (cell === "") {
    return "empty";
  }
  return kindOf(cell) ?? (typeof cell === "string" && column.nulls.includes(cell) ? "null" : "text");
}

export function isNested(kind: CellKind | "loading" | null): kind is "object" | "array" {
  return kind === "object" || kind === "array";
}

/** The runs to draw for `text`, at most `MAX_DRAWN` characters of it. */
export function runsOf(text: string, find: { readonly text: string; readonly matchCase: boolean } | null): readonly Run[] {
  const cut = text.length > MAX_DRAWN ? text.slice(0, MAX_DRAWN) : text;
  const runs = find ? splitFound(cut, find.text, find.matchCase) : [{ kind: "text", text: cut } as const];
  const signed = INVISIBLE.test(cut) ? runs.flatMap(withSigns) : runs;
  return cut === text ? signed : [...signed, { kind: "sign", text: "…" }];
}

function splitFound(text: string, find: string, matchCase: boolean): Run[] {
  const haystack = matchCase ? text : text.toLowerCase();
  const needle = matchCase ? find : find.toLowerCase();
  const runs: Run[] = [];
  let from = 0;
  // Where lower case has another length, positions do not carry over: the cell is marked as a whole only.
  let at = haystack.length === text.length && needle ? haystack.indexOf(needle) : -1;
  for (; at >= 0; at = haystack.indexOf(needle, from)) {
    if (at > from) {
      runs.push({ kind: "text", text: text.slice(from, at) });
    }
    from = at + needle.length;
    runs.push({ kind: "found", text: text.slice(at, from) });
  }
  if (from < text.length || runs.length === 0) {
    runs.push({ kind: "text", text: text.slice(from) });
  }
  return runs;
}

function withSigns(run: Run): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const match of run.text.matchAll(INVISIBLE_OR_CRLF)) {
    if (match.index > from) {
      runs.push({ kind: run.kind, text: run.text.slice(from, match.index) });
    }
    runs.push({ kind: "sign", text: signFor(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < run.text.length) {
    runs.push({ kind: run.kind, text: run.text.slice(from) });
  }
  return runs;
}

/** The sign for an invisible character (or CR LF): ↵, ⇥, a control picture, or its code point. */
export function signFor(character: string): string {
  const code = character.charCodeAt(0);
  if (character === "\r\n" || code === 0x0a || code === 0x0d) {
    return "↵";
  }
  if (code === 0x09) {
    return "⇥";
  }
  if (code < 0x20) {
    return String.fromCharCode(0x2400 + code);
  }
  return code === 0x7f ? "␡" : `⟨${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** One line of `text` with signs for what is invisible, for labels and measuring. */
export function oneLine(text: string): string {
  return runsOf(text, null)
    .map((run) => run.text)
    .join("");
}

/** The cells a record has beyond the columns, as one line each. */
export function extraCells(row: Row, columns: number): readonly string[] {
  return row.slice(columns).map((cell) => (cell === undefined ? "" : oneLine(shownText(cell))));
}

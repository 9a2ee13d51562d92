/** Widths that fit the text of columns, measured on the few texts that look longest. */
import type * as P from "../../../generated/protocol";
import { oneLine } from "../data/cellText";
import type { Row } from "../data/rows";
import { shownText } from "../data/rows";

/** Pixels a text takes in the font of the cells or of the header. */
export interface TextMeasure {
  cell(text: string): number;
  header(text: string): number;
}

export interface FitLimits {
  /** Longest text, in characters, a column is made wide enough for. */
  readonly maxCharacters: number;
  /** Space beside the text of a cell. */
  readonly cellPadding: number;
  /** Space beside the name in the header, icon included. */
  readonly headerPadding: number;
}

/** A width for each of `columns` (or of `only`), from the texts of `rows` and the names. */
export function fitWidths(
  columns: readonly P.Column[],
  rows: Iterable<Row>,
  measure: TextMeasure,
  limits: FitLimits,
  only?: number,
): number[] {
  const from = only ?? 0;
  const to = only === undefined ? columns.length : only + 1;
  const longest = longestTexts(rows, from, to, limits.maxCharacters);
  return columns.slice(from, to).map((column, index) => {
    const header = measure.header(clip(column.name, limits.maxCharacters)) + limits.headerPadding;
    const text = longest[index] ?? "";
    return Math.max(header, (text ? measure.cell(text) : 0) + limits.cellPadding);
  });
}

/** The text of each column that is likely widest: characters outside Latin count twice. */
export function longestTexts(rows: Iterable<Row>, from: number, to: number, maxCharacters: number): string[] {
  const texts = new Array<string>(to - from).fill("");
  const sizes = new Array<number>(to - from).fill(0);
  for (const row of rows) {
    const end = Math.min(to, row.length);
    for (let column = from; column < end; column++) {
      const cell = row[column];
      if (cell === undefined) {
        continue;
      }
      const text = shownText(cell);
      // A text of n characters is never estimated above 2 n: most are passed over without being looked at.
      if (2 * Math.min(text.length, maxCharacters) <= (sizes[column - from] ?? 0)) {
        continue;
      }
      const shown = clip(oneLine(clip(text, maxCharacters)), maxCharacters);
      const size = estimate(shown);
      if (size > (sizes[column - from] ?? 0)) {
        sizes[column - from] = size;
        texts[column - from] = shown;
      }
    }
  }
  return texts;
}

function clip(text: string, characters: number): string {
  return text.length > characters ? `${text.slice(0, characters)}…` : text;
}

function estimate(text: string): number {
  let size = 0;
  for (let index = 0; index < text.length; index++) {
    size += text.charCodeAt(index) > 0x2fff ? 2 : 1;
  }
  return size;
}

/** What is known of a search: the matches so far, which is the current one, how far the search has come. */
import type { Point } from "../view/selection";

export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeCell: boolean;
}

export type FindStatus =
  | { readonly kind: "idle" }
  | { readonly kind: "searching" }
  | { readonly kind: "done" }
  | { readonly kind: "limit"; readonly nextRow: number }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly message: string };

export class FindState {
  readonly query: FindQuery;
  status: FindStatus = { kind: "idle" };
  /** Records searched so far. */
  scannedRows = 0;
  /** Index of the current match, -1 for none. */
  current = -1;
  readonly #rows: number[] = [];
  readonly #columns: number[] = [];
  readonly #byRow = new Map<number, number[]>();

  constructor(query: FindQuery) {
    this.query = query;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** Takes matches in file order. Those up to the last one known are left out: a continued search may repeat its row. */
  add(matches: readonly (readonly [number, number])[], scannedRows: number): void {
    for (const [row, column] of matches) {
      if (this.#isKnown(row, column)) {
        continue;
      }
      this.#rows.push(row);
      this.#columns.push(column);
      const columns = this.#byRow.get(row);
      if (columns) {
        columns.push(column);
      } else {
        this.#byRow.set(row, [column]);
      }
    }
    this.scannedRows = Math.max(this.scannedRows, scannedRows);
  }

  isMatch(row: number, column: number): boolean {
    return this.#byRow.get(row)?.includes(column) ?? false;
  }

  match(index: number): Point | null {
    const row = this.#rows[index];
    const column = this.#columns[index];
    return row === undefined || column === undefined ? null : { row, column };
  }

  get currentMatch(): Point | null {
    return this.match(this.current);
  }

  /** Index of the first match at or after a cell, `count` when there is none yet. */
  firstAtOrAfter(point: Point): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.#rows[middle] ?? 0;
      if (row < point.row || (row === point.row && (this.#columns[middle] ?? 0) < point.column)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Goes to the next or previous match as seen from a cell, around the ends; null when there is none. */
  step(by: 1 | -1, from: Point | null): Point | null {
    if (this.count === 0) {
      return null;
    }
    this.current = this.#neighbour(by, from);
    return this.currentMatch;
  }

  #neighbour(by: 1 | -1, from: Point | null): number {
    if (!from) {
      return by === 1 ? 0 : this.count - 1;
    }
    const at = this.firstAtOrAfter(from);
    const isOn = this.isMatch(from.row, from.column);
    const next = by === 1 ? (isOn ? at + 1 : at) : at - 1;
    return (next + this.count) % this.count;
  }

  #isKnown(row: number, column: number): boolean {
    const lastRow = this.#rows.at(-1) ?? -1;
    return row < lastRow || (row === lastRow && column <= (this.#columns.at(-1) ?? -1));
  }
}

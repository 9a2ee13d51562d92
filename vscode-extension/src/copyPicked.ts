/** Copying where only some records are shown. */
import type { CellSource } from "./copy";
import type * as P from "./generated/protocol";

/** A file of which single records can be had. */
export interface PickSource extends CellSource {
  pick(records: readonly number[]): Promise<P.PickResult>;
}

/** Most records the server takes at once. */
const MOST_RECORDS = 500;

/** Some records of a file, as if there were no others: row 0 is the first of them. */
export class PickedCells implements CellSource {
  readonly columns: readonly P.Column[];
  readonly #source: PickSource;
  readonly #records: readonly number[];

  constructor(source: PickSource, records: readonly number[]) {
    this.columns = source.columns;
    this.#source = source;
    this.#records = records;
  }

  async page(start: number, count: number): Promise<P.Page> {
    const picked = await this.#source.pick(this.#records.slice(start, start + Math.min(count, MOST_RECORDS)));
    return { start, count: picked.count, rows: picked.rows };
  }

  cell(row: number, column: number, start: number, count: number): Promise<P.CellText> {
    return this.#source.cell(this.#records[row] ?? 0, column, start, count);
  }
}

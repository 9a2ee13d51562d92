/** Rows of single records: fetched some at a time when wanted, kept while used, never mixed between generations. */
import type { LoadedRows, RowState } from "./pageCache";
import type { Row } from "./rows";

/** The rows of records in ascending order; of the first of them only where there would be too much. */
export type PickRows = (generation: number, records: readonly number[]) => Promise<LoadedRows>;

interface Kept {
  readonly row: Row;
  readonly weight: number;
}

interface Failed {
  readonly error: Error;
  readonly first: number;
  readonly last: number;
}

const LOADING: RowState = { kind: "loading" };
const BATCH = 100;
const MAX_IN_FLIGHT = 2;
const MAX_ROWS = 5_000;
const MAX_WEIGHT = 32_000_000;

export class PickedRows {
  readonly #pick: PickRows;
  readonly #changed: () => void;
  /** In order of use, the least recent first. */
  #kept = new Map<number, Kept>();
  #failed = new Map<number, Failed>();
  #asked = new Set<number>();
  #wanted: readonly number[] = [];
  #generation = -1;
  #epoch = 0;
  #inFlight = 0;
  #weight = 0;
  #served = true;

  /** `changed` is called whenever a row may look different. */
  constructor(pick: PickRows, changed: () => void) {
    this.#pick = pick;
    this.#changed = changed;
  }

  /** Forgets all rows; answers for earlier generations are dropped when they come. */
  reset(generation: number): void {
    this.#generation = generation;
    this.#epoch++;
    this.#kept = new Map();
    this.#failed = new Map();
    this.#asked = new Set();
    this.#wanted = [];
    this.#inFlight = 0;
    this.#weight = 0;
    this.#served = true;
  }

  /** Says whether the host answers for this generation; while not, nothing is asked for. */
  setServed(served: boolean): void {
    this.#served = served;
    this.#pump();
  }

  row(record: number): RowState {
    const kept = this.#kept.get(record);
    if (kept) {
      return { kind: "ready", row: kept.row };
    }
    const failed = this.#failed.get(record);
    return failed ? { kind: "failed", ...failed } : LOADING;
  }

  /** Asks for what is missing of these, the most wanted first; what was wanted before is not asked for any more. */
  want(records: readonly number[]): void {
    this.#wanted = records;
    for (const record of records) {
      const kept = this.#kept.get(record);
      if (kept) {
        this.#kept.delete(record);
        this.#kept.set(record, kept);
      }
    }
    this.#pump();
  }

  /** Asks again for what failed together with a record. */
  retry(record: number): void {
    const failed = this.#failed.get(record);
    for (const [other, { error }] of [...this.#failed]) {
      if (error === failed?.error) {
        this.#failed.delete(other);
      }
    }
    this.#changed();
    this.#pump();
  }

  #pump(): void {
    while (this.#served && this.#inFlight < MAX_IN_FLIGHT) {
      const batch = this.#missing();
      if (batch.length === 0) {
        return;
      }
      void this.#fetch(batch);
    }
  }

  #missing(): number[] {
    const missing: number[] = [];
    for (const record of this.#wanted) {
      if (!this.#kept.has(record) && !this.#failed.has(record) && !this.#asked.has(record)) {
        missing.push(record);
        if (missing.length === BATCH) {
          break;
        }
      }
    }
    return missing.sort((one, other) => one - other);
  }

  async #fetch(batch: readonly number[]): Promise<void> {
    const epoch = this.#epoch;
    this.#inFlight++;
    batch.forEach((record) => this.#asked.add(record));
    try {
      const loaded = await this.#pick(this.#generation, batch);
      if (epoch !== this.#epoch) {
        return;
      }
      if (loaded.rows.length === 0) {
        throw new Error("they are not in the file any more");
      }
      this.#put(batch, loaded);
    } catch (error) {
      if (epoch !== this.#epoch) {
        return;
      }
      this.#fail(batch, error instanceof Error ? error : new Error(String(error)));
    }
    this.#inFlight--;
    batch.forEach((record) => this.#asked.delete(record));
    this.#pump();
    this.#changed();
  }

  #put(batch: readonly number[], { rows, weight }: LoadedRows): void {
    rows.forEach((row, index) => {
      const record = batch[index];
      if (record !== undefined) {
        this.#kept.set(record, { row, weight: weight / rows.length });
        this.#weight += weight / rows.length;
      }
    });
    const wanted = new Set(this.#wanted);
    for (const [oldest, kept] of this.#kept) {
      if (this.#kept.size <= MAX_ROWS && this.#weight <= MAX_WEIGHT) {
        return;
      }
      if (!wanted.has(oldest)) {
        this.#kept.delete(oldest);
        this.#weight -= kept.weight;
      }
    }
  }

  #fail(batch: readonly number[], error: Error): void {
    const failed = { error, first: batch[0] ?? 0, last: batch.at(-1) ?? 0 };
    batch.forEach((record) => this.#failed.set(record, failed));
  }
}

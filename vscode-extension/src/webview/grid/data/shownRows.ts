/** The rows of the table in the order they are shown: all of them page by page, or only those of some records. */
import type { PageCache, RowState } from "./pageCache";
import type { PickedRows } from "./pickedRows";
import type { RecordFilter, RecordOrder } from "./recordOrder";
import { AllRecords } from "./recordOrder";
import type { Row } from "./rows";

/** Rows of single records fetched beyond the visible ones, in each direction. */
const AHEAD = 60;

export class ShownRows {
  readonly #cache: PageCache;
  readonly #picked: PickedRows;
  #all = new AllRecords(0);
  #filter: RecordFilter | null = null;

  constructor(cache: PageCache, picked: PickedRows) {
    this.#cache = cache;
    this.#picked = picked;
  }

  /** What is shown where. */
  get order(): RecordOrder {
    return this.#filter ?? this.#all;
  }

  get filter(): RecordFilter | null {
    return this.#filter;
  }

  /** Shows only some records, or (null) all. */
  setFilter(filter: RecordFilter | null): void {
    this.#filter = filter;
  }

  /** How many records the file has, or is believed to have. */
  get records(): number {
    return this.#all.count;
  }

  setRecords(count: number): void {
    this.#all = new AllRecords(count);
  }

  /** Says whether the host answers; while not, nothing is asked for. */
  setServed(served: boolean): void {
    this.#cache.setServed(served);
    this.#picked.setServed(served);
  }

  row(record: number): RowState {
    const state = this.#cache.row(record);
    return this.#filter && state.kind !== "ready" ? this.#picked.row(record) : state;
  }

  /** The rows at places `first..last` that are here, for measuring. */
  *loaded(first: number, last: number): Generator<Row> {
    const end = Math.min(last, this.order.count - 1);
    for (let place = first; place <= end; place++) {
      const state = this.row(this.order.recordAt(place));
      if (state.kind === "ready") {
        yield state.row;
      }
    }
  }

  /** Asks for what is missing at places `first..last` and of some beyond them, more of those ahead. */
  want(first: number, last: number, up: boolean): void {
    const { order } = this;
    if (!this.#filter) {
      this.#cache.want(first, last, up);
      return;
    }
    const before = ascending(Math.max(0, first - AHEAD), first - 1).reverse();
    const after = ascending(last + 1, Math.min(last + AHEAD, order.count - 1));
    const places = [...ascending(first, last), ...(up ? [...before, ...after] : [...after, ...before])];
    const records = places.map((place) => order.recordAt(place));
    this.#picked.want(records.filter((record) => this.#cache.row(record).kind !== "ready"));
  }

  /** Asks again for what could not be read. */
  retry(record: number): void {
    if (this.#filter) {
      this.#picked.retry(record);
    } else {
      this.#cache.retry(record);
    }
  }
}

function ascending(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

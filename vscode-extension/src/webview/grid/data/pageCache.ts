/** Rows in pages of equal size: fetched when wanted, kept while used, never mixed between generations. */
import type { Row } from "./rows";

/** Rows as fetched, and how much memory they stand for. */
export interface LoadedRows<T = Row> {
  readonly rows: readonly T[];
  /** Characters of JSON they came as. */
  readonly weight: number;
}

export type LoadPage<T = Row> = (generation: number, start: number, count: number) => Promise<LoadedRows<T>>;

interface Entry<T> {
  rows: readonly T[] | undefined;
  weight: number;
  error: Error | undefined;
  /** How many rows were known when it was asked for: a page cut short is asked for again once there are more. */
  asOf: number;
  /** It is to be asked for again as soon as it is wanted. */
  isOutdated: boolean;
}

/** What is known of one row. */
export type RowState<T = Row> =
  | { readonly kind: "ready"; readonly row: T }
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly error: Error; readonly first: number; readonly last: number };

const LOADING = { kind: "loading" } as const;
const MAX_PAGES = 400;
const MAX_WEIGHT = 96_000_000;
const MAX_IN_FLIGHT = 3;

/** Fewer rows a page where there are many columns, so that no page takes a frame to read. */
export function pageSizeFor(columns: number): number {
  return columns <= 300 ? 100 : Math.max(10, Math.floor(30_000 / columns));
}

/** Of rows of cells, or of whatever else is asked for by number of record. */
export class PageCache<T = Row> {
  readonly #load: LoadPage<T>;
  readonly #changed: () => void;
  /** In order of use, the least recent first. */
  #entries = new Map<number, Entry<T>>();
  /** Promises by epoch and page, so that nothing is asked for twice at once. */
  readonly #inFlight = new Map<string, Promise<void>>();
  #wanted: number[] = [];
  /** Pages under way whose answer may be of before `refresh`. */
  readonly #again = new Set<number>();
  #generation = -1;
  /** Counts resets: a restarted server may begin with a generation number seen before. */
  #epoch = 0;
  #pageSize = 100;
  #known = 0;
  #weight = 0;
  #served = true;

  /** `changed` is called whenever a row may look different. */
  constructor(load: LoadPage<T>, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  get pageSize(): number {
    return this.#pageSize;
  }

  /** Forgets all rows; answers for earlier generations are dropped when they come. */
  reset(generation: number, pageSize: number): void {
    this.#generation = generation;
    this.#epoch++;
    this.#pageSize = pageSize;
    this.#entries = new Map();
    this.#wanted = [];
    this.#again.clear();
    this.#weight = 0;
    this.#known = 0;
    this.#served = true;
  }

  /** Says whether the host answers for this generation; while not, nothing is asked for. */
  setServed(served: boolean): void {
    this.#served = served;
    this.#pump();
  }

  /** How many rows can be asked for by now. */
  setKnown(rows: number): void {
    this.#known = rows;
  }

  /** Takes rows that came without being asked for; `start` should be the first row of a page. */
  seed(start: number, rows: readonly T[], weight: number): void {
    const perRow = rows.length > 0 ? weight / rows.length : 0;
    const skip = (this.#pageSize - (start % this.#pageSize)) % this.#pageSize;
    for (let at = skip; at < rows.length; at += this.#pageSize) {
      const part = rows.slice(at, at + this.#pageSize);
      this.#put((start + at) / this.#pageSize, part, perRow * part.length, start + rows.length);
    }
  }

  row(index: number): RowState<T> {
    const page = Math.floor(index / this.#pageSize);
    const entry = this.#entries.get(page);
    const row = entry?.rows?.[index - page * this.#pageSize];
    if (row) {
      return { kind: "ready", row };
    }
    if (entry?.error) {
      const first = page * this.#pageSize;
      const last = Math.max(first, Math.min(first + this.#pageSize, this.#known) - 1);
      return { kind: "failed", error: entry.error, first, last };
    }
    return LOADING;
  }

  /** The rows of `first..last` that are here, for measuring. */
  *loaded(first: number, last: number): Generator<T> {
    for (let index = first; index <= last; index++) {
      const state = this.row(index);
      if (state.kind === "ready") {
        yield state.row;
      }
    }
  }

  /** Asks for what is missing of `first..last` and of the page after (or before, when moving up). */
  want(first: number, last: number, up: boolean): void {
    const from = Math.floor(first / this.#pageSize);
    const to = Math.floor(last / this.#pageSize);
    const pages: number[] = [];
    for (let page = from; page <= to; page++) {
      pages.push(page);
      this.#touch(page);
    }
    pages.push(...(up ? [from - 1, to + 1] : [to + 1, from - 1]));
    this.#wanted = pages;
    this.#pump();
  }

  /** Asks again for a page that failed. */
  retry(row: number): void {
    this.#entries.delete(Math.floor(row / this.#pageSize));
    this.#changed();
    this.#pump();
  }

  /** Asks again for a row that has become more since it was fetched; what is here is shown until then. */
  refresh(row: number): void {
    const page = Math.floor(row / this.#pageSize);
    const entry = this.#entries.get(page);
    if (entry) {
      entry.isOutdated = true;
    }
    if (this.#inFlight.has(`${this.#epoch}/${page}`)) {
      this.#again.add(page);
    }
    this.#pump();
  }

  #touch(page: number): void {
    const entry = this.#entries.get(page);
    if (entry) {
      this.#entries.delete(page);
      this.#entries.set(page, entry);
    }
  }

  #isMissing(page: number): boolean {
    const start = page * this.#pageSize;
    if (page < 0 || start >= this.#known) {
      return false;
    }
    const entry = this.#entries.get(page);
    if (!entry || entry.isOutdated) {
      return true;
    }
    const expected = Math.min(this.#pageSize, this.#known - start);
    return !entry.error && (entry.rows?.length ?? 0) < expected && entry.asOf < this.#known;
  }

  #pump(): void {
    if (!this.#served) {
      return;
    }
    for (const page of this.#wanted) {
      if (this.#inFlight.size >= MAX_IN_FLIGHT) {
        return;
      }
      const key = `${this.#epoch}/${page}`;
      if (this.#isMissing(page) && !this.#inFlight.has(key)) {
        this.#inFlight.set(key, this.#fetch(key, page));
      }
    }
  }

  async #fetch(key: string, page: number): Promise<void> {
    const epoch = this.#epoch;
    const asOf = this.#known;
    try {
      const loaded = await this.#whole(page, asOf);
      if (epoch === this.#epoch) {
        this.#put(page, loaded.rows, loaded.weight, asOf);
      }
    } catch (error) {
      if (epoch === this.#epoch) {
        this.#fail(page, error instanceof Error ? error : new Error(String(error)));
      }
    }
    this.#inFlight.delete(key);
    this.#pump();
    this.#changed();
  }

  /** A page of which `known` rows of the file can be had. The server ends an answer early that grows too long. */
  async #whole(page: number, known: number): Promise<LoadedRows<T>> {
    const [epoch, generation, size] = [this.#epoch, this.#generation, this.#pageSize];
    const start = page * size;
    let all = await this.#load(generation, start, size);
    while (all.rows.length > 0 && all.rows.length < Math.min(size, known - start) && epoch === this.#epoch) {
      const { rows, weight } = await this.#load(generation, start + all.rows.length, size - all.rows.length);
      if (rows.length === 0) {
        break;
      }
      all = { rows: [...all.rows, ...rows], weight: all.weight + weight };
    }
    return all;
  }

  #put(page: number, rows: readonly T[], weight: number, asOf: number): void {
    this.#drop(page);
    this.#entries.set(page, { rows, weight, error: undefined, asOf, isOutdated: this.#again.delete(page) });
    this.#weight += weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_PAGES && this.#weight <= MAX_WEIGHT) {
        return;
      }
      if (!this.#wanted.includes(oldest) && oldest !== page) {
        this.#drop(oldest);
      }
    }
  }

  #fail(page: number, error: Error): void {
    const rows = this.#entries.get(page)?.rows;
    this.#drop(page);
    this.#entries.set(page, { rows, weight: 0, error, asOf: this.#known, isOutdated: this.#again.delete(page) });
  }

  #drop(page: number): void {
    this.#weight -= this.#entries.get(page)?.weight ?? 0;
    this.#entries.delete(page);
  }
}

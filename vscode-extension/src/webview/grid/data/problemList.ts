/** The malformed records of the document in file order: fetched page by page, found by their place in the list or by record. */
import type * as P from "../../../generated/protocol";

export type LoadProblems = (start: number, count: number) => Promise<P.ProblemsResult>;

/** What the marks of a record tell: the first that is wrong with it, and whether something else is. */
export interface RecordProblem {
  readonly message: string;
  readonly hasMore: boolean;
}

interface Known extends RecordProblem {
  /** Place in the list. */
  readonly index: number;
}

const PAGE = 200;
/** The server keeps no more than these, however many there are. */
export const KEPT = 10_000;

export class ProblemList {
  readonly #load: LoadProblems;
  readonly #changed: () => void;
  readonly #problems = new Map<number, P.Problem>();
  readonly #byRecord = new Map<number, Known>();
  /** The last record of each page that is here. */
  readonly #lastOf = new Map<number, number>();
  /** Pages that are here as far as they go by now, or under way. */
  readonly #asked = new Set<number>();
  #total = 0;
  #isComplete = false;
  #error: Error | null = null;
  #epoch = 0;

  /** `changed` is called when more is known. */
  constructor(load: LoadProblems, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  /** All that were found, of which the first 10,000 are kept. */
  get total(): number {
    return this.#total;
  }

  /** How many can be had. */
  get listed(): number {
    return Math.min(this.#total, KEPT);
  }

  /** Whether the whole file has been read. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Why problems could not be read, the last time. */
  get error(): Error | null {
    return this.#error;
  }

  /** Forgets all: another generation is shown. */
  reset(): void {
    this.#epoch++;
    for (const known of [this.#problems, this.#byRecord, this.#lastOf, this.#asked]) {
      known.clear();
    }
    this.#total = 0;
    this.#error = null;
    this.#changed();
  }

  /** Takes how many have been found, and whether that is all. */
  setTotal(total: number, isComplete: boolean): void {
    if (total === this.#total && isComplete === this.#isComplete) {
      return;
    }
    if (total !== this.#total) {
      // The last page was cut short where the list ended then.
      this.#asked.delete(Math.floor(Math.max(0, this.#total - 1) / PAGE));
    }
    this.#total = total;
    this.#isComplete = isComplete;
    this.#changed();
  }

  at(index: number): P.Problem | undefined {
    return this.#problems.get(index);
  }

  /** What is wrong with a record, as far as that has been fetched. */
  of(record: number): RecordProblem | null {
    return this.#byRecord.get(record) ?? null;
  }

  /** Asks for the problems at `first..last` of the list. */
  want(first: number, last: number): void {
    for (let page = Math.floor(first / PAGE); page * PAGE <= last; page++) {
      this.#fetch(page);
    }
  }

  /** Asks for those of the records `first..last`, a page at a time: which pages hold them is known from the pages before. */
  wantRecords(first: number, last: number): void {
    const end = Math.ceil(this.listed / PAGE);
    let low = 0;
    let high = end - 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const record = this.#lastOf.get(middle);
      if (record === undefined) {
        this.#fetch(middle);
        return;
      }
      [low, high] = record >= first ? [low, middle] : [middle + 1, high];
    }
    for (let page = low; page < end; page++) {
      this.#fetch(page);
      // What else is wrong with the last record is not needed for its mark.
      if ((this.#lastOf.get(page) ?? Infinity) >= last) {
        return;
      }
    }
  }

  #fetch(page: number): void {
    if (page * PAGE < this.listed && !this.#asked.has(page)) {
      this.#asked.add(page);
      void this.#read(page);
    }
  }

  async #read(page: number): Promise<void> {
    const epoch = this.#epoch;
    try {
      const { problems, total, complete } = await this.#load(page * PAGE, PAGE);
      if (epoch === this.#epoch) {
        problems.forEach((problem, place) => this.#keep(page * PAGE + place, problem));
        this.#lastOf.set(page, problems.at(-1)?.record ?? Infinity);
        this.#error = null;
        this.setTotal(total, complete);
        this.#changed();
      }
    } catch (error) {
      if (epoch === this.#epoch) {
        this.#error = error instanceof Error ? error : new Error(String(error));
        this.#changed();
      }
    }
  }

  #keep(index: number, problem: P.Problem): void {
    this.#problems.set(index, problem);
    const { record, message } = problem;
    const known = this.#byRecord.get(record);
    if (!known || known.index === index) {
      this.#byRecord.set(record, { index, message, hasMore: known?.hasMore ?? false });
    } else if (index < known.index) {
      this.#byRecord.set(record, { index, message, hasMore: true });
    } else if (!known.hasMore) {
      this.#byRecord.set(record, { ...known, hasMore: true });
    }
  }
}

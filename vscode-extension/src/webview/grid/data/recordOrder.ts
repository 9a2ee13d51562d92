/** Which records a view shows, and where: all of them, or those that were found. */

/** Places and records are both counted from 0, and ascend together. */
export interface RecordOrder {
  /** How many records are shown. */
  readonly count: number;
  recordAt(place: number): number;
  /** Where a record is shown or, where it is not, the next one that is; `count` when there is none. */
  placeOf(record: number): number;
  shows(record: number): boolean;
}

/** Every record, at the place of its number. */
export class AllRecords implements RecordOrder {
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  recordAt(place: number): number {
    return place;
  }

  placeOf(record: number): number {
    return Math.min(record, this.count);
  }

  shows(record: number): boolean {
    return record < this.count;
  }
}

/** Some of the records; more can be added at the end, so that a place once given stays. */
export class RecordFilter implements RecordOrder {
  readonly #records: number[] = [];

  get count(): number {
    return this.#records.length;
  }

  /** Takes records in ascending order; those up to the last one known are left out. */
  add(records: Iterable<number>): void {
    for (const record of records) {
      if (record > (this.#records.at(-1) ?? -1)) {
        this.#records.push(record);
      }
    }
  }

  /** The record at a place; at the places beyond the ends, the first or the last one, and 0 where there is none. */
  recordAt(place: number): number {
    return this.#records[Math.max(0, Math.min(place, this.count - 1))] ?? 0;
  }

  placeOf(record: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#records[middle] ?? 0) < record) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  shows(record: number): boolean {
    return this.#records[this.placeOf(record)] === record;
  }

  /** Those of `first` to `last`, both included. */
  between(first: number, last: number): readonly number[] {
    return this.#records.slice(this.placeOf(first), this.placeOf(last + 1));
  }
}

/** Which of the records a renderer is to draw: some at a time, since it draws them as one table. */
import type { RecordOrder } from "../data/recordOrder";
import { AllRecords } from "../data/recordOrder";

/** Cells drawn at once, about: a page of many columns has fewer records. */
const CELLS = 6000;
const MOST = 100;
const FEWEST = 10;

/** How many records make a page. */
export function pageSize(columns: number): number {
  return Math.max(FEWEST, Math.min(MOST, Math.floor(CELLS / (columns + 2))));
}

/** A walk through the records that are shown, page by page. Places are counted from 0 in their order. */
export class Pages {
  /** Place of the first record of the page. */
  start = 0;
  size = MOST;
  #order: RecordOrder = new AllRecords(0);
  /** Records of the page as they were drawn, null while they have not been. */
  #drawn: number | null = null;

  get count(): number {
    return this.#order.count;
  }

  /** Places of the page, the end not included. */
  get span(): readonly [number, number] {
    return [this.start, Math.min(this.count, this.start + (this.#drawn ?? this.size))];
  }

  get hasPrevious(): boolean {
    return this.start > 0;
  }

  get hasNext(): boolean {
    return this.span[1] < this.count;
  }

  /** Whether all there is fits on one page. */
  get isOnly(): boolean {
    return !this.hasPrevious && !this.hasNext;
  }

  /** The records are these now; the place stays as far as it is still there. */
  setOrder(order: RecordOrder): void {
    this.#order = order;
    this.start = this.#inside(this.start);
  }

  /** So many records of the page have been drawn. */
  drew(count: number): void {
    this.#drawn = Math.max(1, count);
  }

  /** Begins a page with the place. */
  goTo(place: number): void {
    this.start = this.#inside(place);
    this.#drawn = null;
  }

  /** Begins a page with a record or, where it is not shown, the next one that is. */
  goToRecord(record: number): void {
    this.goTo(this.#order.placeOf(record));
  }

  first(): void {
    this.goTo(0);
  }

  previous(): void {
    this.goTo(this.start - this.size);
  }

  next(): void {
    if (this.hasNext) {
      this.goTo(this.span[1]);
    }
  }

  last(): void {
    this.goTo(Math.floor(Math.max(0, this.count - 1) / this.size) * this.size);
  }

  /** What to ask a renderer for. */
  get wanted(): { readonly start: number; readonly count: number; readonly records: number[] | null } {
    const count = Math.max(0, Math.min(this.size, this.count - this.start));
    if (this.#order instanceof AllRecords) {
      return { start: this.start, count, records: null };
    }
    return { start: this.start, count, records: Array.from({ length: count }, (_, at) => this.#order.recordAt(this.start + at)) };
  }

  #inside(place: number): number {
    return Math.max(0, Math.min(place, this.count - 1));
  }
}

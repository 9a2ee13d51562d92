/**
 * Where a list of records of various heights is scrolled to. The truth is the record at the upper edge and how much of it
 * is hidden; heights above it need not be known, so that any record of millions can be shown at once, and what is on the
 * screen stays where it is while heights become known.
 */

/** Heights that are remembered; beyond that the oldest are estimated again. */
const REMEMBERED = 50_000;
const FIRST_GUESS = 96;

export interface Window {
  readonly first: number;
  /** Inclusive; smaller than `first` when there is nothing to show. */
  readonly last: number;
}

export class RecordScroll {
  #count = 0;
  #viewport = 0;
  #record = 0;
  /** Pixels of the record at the upper edge that are hidden. */
  #offset = 0;
  #heights = new Map<number, number>();
  #sum = 0;

  get count(): number {
    return this.#count;
  }

  get viewport(): number {
    return this.#viewport;
  }

  /** The record at the upper edge. */
  get record(): number {
    return this.#record;
  }

  get offset(): number {
    return this.#offset;
  }

  /** What a record is taken to be high that has not been measured. */
  get average(): number {
    return this.#heights.size === 0 ? FIRST_GUESS : Math.max(1, this.#sum / this.#heights.size);
  }

  /** The place in records, with a fraction for one partly hidden. */
  get position(): number {
    return this.#record + this.#offset / Math.max(1, this.heightOf(this.#record));
  }

  get isAtEnd(): boolean {
    return this.#below(this.#viewport + 1) <= this.#viewport;
  }

  heightOf(record: number): number {
    return this.#heights.get(record) ?? this.average;
  }

  setCount(count: number): void {
    this.#count = count;
    if (this.#record >= count) {
      this.#record = Math.max(0, count - 1);
      this.#offset = 0;
    }
    this.fit();
  }

  setViewport(viewport: number): void {
    this.#viewport = viewport;
  }

  /** Records look different now, for instance in a window of another width. */
  forgetHeights(): void {
    const { average } = this;
    // The share that is hidden stays the same.
    this.#offset = (this.#offset * average) / Math.max(1, this.heightOf(this.#record));
    this.#heights = new Map([[this.#record, average]]);
    this.#sum = average;
  }

  /** Takes the height of a record as drawn; true when it is another than before. What is on the screen stays in place. */
  measured(record: number, height: number): boolean {
    const before = this.heightOf(record);
    const known = this.#heights.get(record);
    if (known === height || height <= 0) {
      return false;
    }
    if (record === this.#record && this.#offset > 0) {
      // Its visible lower part stays where it is.
      this.#offset = Math.max(0, this.#offset + height - before);
    }
    this.#sum += height - (known ?? 0);
    this.#heights.set(record, height);
    this.#forgetOldest();
    return true;
  }

  moveBy(pixels: number): void {
    this.#offset += pixels;
    while (this.#offset < 0 && this.#record > 0) {
      this.#record -= 1;
      this.#offset += this.heightOf(this.#record);
    }
    this.#offset = Math.max(0, this.#offset);
    while (this.#record < this.#count - 1 && this.#offset >= this.heightOf(this.#record)) {
      this.#offset -= this.heightOf(this.#record);
      this.#record += 1;
    }
    this.fit();
  }

  /** Shows the content from a place in records on. */
  goTo(position: number): void {
    const record = Math.max(0, Math.min(this.#count - 1, Math.floor(position)));
    this.#record = record;
    this.#offset = Math.max(0, Math.min(1, position - record)) * this.heightOf(record);
    this.fit();
  }

  goToEnd(): void {
    this.#record = Math.max(0, this.#count - 1);
    this.#offset = 0;
    this.fit();
  }

  /** Scrolls no further than needed for the record to be seen, its beginning first; `center` leaves room above it. */
  reveal(record: number, align: "nearest" | "center"): void {
    const top = this.topOf(record);
    if (top !== null && top >= 0 && top + Math.min(this.heightOf(record), this.#viewport) <= this.#viewport) {
      return;
    }
    if (align === "nearest" && top !== null && top > 0) {
      this.moveBy(Math.min(top, top + this.heightOf(record) - this.#viewport));
      return;
    }
    this.goTo(record);
    if (align === "center") {
      this.moveBy(-Math.max(0, this.#viewport - this.heightOf(record)) / 3);
    }
  }

  /** Pixels from the upper edge of the viewport to a record, or null for one that is not about to be seen. */
  topOf(record: number): number | null {
    const { first, last } = this.window;
    if (record < first || record > last + 1 || record >= this.#count) {
      return null;
    }
    let top = -this.#offset;
    for (let at = first; at < record; at++) {
      top += this.heightOf(at);
    }
    return top;
  }

  /** Keeps no empty space below the last record while there is something above. */
  fit(): void {
    const gap = this.#viewport - this.#below(this.#viewport);
    if (gap <= 0 || this.#count === 0) {
      return;
    }
    this.#offset -= gap;
    while (this.#offset < 0 && this.#record > 0) {
      this.#record -= 1;
      this.#offset += this.heightOf(this.#record);
    }
    this.#offset = Math.max(0, this.#offset);
  }

  /** Records of which something can be seen. */
  get window(): Window {
    let height = -this.#offset;
    let last = this.#record - 1;
    while (last < this.#count - 1 && height < this.#viewport) {
      last += 1;
      height += this.heightOf(last);
    }
    return { first: this.#record, last };
  }

  /** Pixels from the upper edge to the end of the last record, counted up to `enough`. */
  #below(enough: number): number {
    let height = -this.#offset;
    for (let record = this.#record; record < this.#count && height < enough; record++) {
      height += this.heightOf(record);
    }
    return height;
  }

  #forgetOldest(): void {
    for (const [record, height] of this.#heights) {
      if (this.#heights.size <= REMEMBERED) {
        return;
      }
      this.#heights.delete(record);
      this.#sum -= height;
    }
  }
}

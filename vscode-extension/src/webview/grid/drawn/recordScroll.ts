/**
 * Where a list of records of various heights is scrolled to. The truth is one record that is in view, the anchor, and
 * where its upper edge is; heights elsewhere need not be known, so that any record of millions can be shown at once, and
 * what is on the screen stays where it is while heights around it become known.
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
  #anchor = 0;
  /** Pixels of the anchor that are hidden above the upper edge; negative where it begins below that. */
  #offset = 0;
  /** The last record is to stay at the lower edge, however high it turns out to be. */
  #isHeldAtEnd = false;
  #heights = new Map<number, number>();
  #sum = 0;

  get count(): number {
    return this.#count;
  }

  get viewport(): number {
    return this.#viewport;
  }

  /** What a record is taken to be high that has not been measured. */
  get average(): number {
    return this.#heights.size === 0 ? FIRST_GUESS : Math.max(1, this.#sum / this.#heights.size);
  }

  /** The place in records, with a fraction for one partly hidden. */
  get position(): number {
    const { first } = this.window;
    return first + Math.max(0, -(this.topOf(first) ?? 0)) / Math.max(1, this.heightOf(first));
  }

  get isAtEnd(): boolean {
    return this.#below(this.#viewport + 1) <= this.#viewport;
  }

  heightOf(record: number): number {
    return this.#heights.get(record) ?? this.average;
  }

  setCount(count: number): void {
    this.#count = count;
    if (this.#anchor >= count) {
      this.#anchor = Math.max(0, count - 1);
      this.#offset = 0;
    }
    this.fit();
  }

  setViewport(viewport: number): void {
    this.#viewport = viewport;
  }

  /** Records look different now, for instance in a window of another width. */
  forgetHeights(): void {
    const { average, position } = this;
    this.#heights = new Map();
    this.#sum = 0;
    this.#anchor = Math.floor(position);
    this.#heights.set(this.#anchor, average);
    this.#sum = average;
    // The share that is hidden stays the same.
    this.#offset = (position - this.#anchor) * average;
  }

  /** Takes the height of a record as drawn; true when it is another than before. */
  measured(record: number, height: number): boolean {
    const known = this.#heights.get(record);
    if (known === height || height <= 0) {
      return false;
    }
    if (record === this.#anchor && this.#offset > 0) {
      // Its visible lower part stays where it is.
      this.#offset += height - this.heightOf(record);
    }
    this.#sum += height - (known ?? 0);
    this.#heights.set(record, height);
    this.#forgetOldest();
    return true;
  }

  moveBy(pixels: number): void {
    this.#isHeldAtEnd = false;
    this.#offset += pixels;
    while (this.#offset < -2 * this.#viewport && this.#anchor > 0) {
      this.#anchor -= 1;
      this.#offset += this.heightOf(this.#anchor);
    }
    while (this.#anchor < this.#count - 1 && this.#offset >= this.heightOf(this.#anchor)) {
      this.#offset -= this.heightOf(this.#anchor);
      this.#anchor += 1;
    }
    this.fit();
  }

  /** Shows the content from a place in records on. */
  goTo(position: number): void {
    this.#isHeldAtEnd = false;
    this.#anchor = Math.max(0, Math.min(this.#count - 1, Math.floor(position)));
    this.#offset = Math.max(0, Math.min(1, position - this.#anchor)) * this.heightOf(this.#anchor);
    this.fit();
  }

  goToEnd(): void {
    this.#isHeldAtEnd = true;
    this.fit();
  }

  /** Scrolls no further than needed for the record to be seen, its beginning first; `center` leaves room above it. */
  reveal(record: number, align: "nearest" | "center"): void {
    const top = this.topOf(record);
    const height = this.heightOf(record);
    if (top !== null && top >= 0 && top + Math.min(height, this.#viewport) <= this.#viewport) {
      return;
    }
    this.#isHeldAtEnd = false;
    if (align === "nearest" && top !== null && top > 0) {
      this.moveBy(Math.min(top, top + height - this.#viewport));
      return;
    }
    this.#anchor = record;
    this.#offset = align === "center" ? -Math.max(0, this.#viewport - height) / 3 : 0;
    this.fit();
  }

  /** Pixels from the upper edge of the viewport to a record, or null for one that is not about to be seen. */
  topOf(record: number): number | null {
    const { first, last } = this.window;
    if (record < first || record > last + 1 || record >= this.#count) {
      return null;
    }
    let top = -this.#offset;
    for (let at = this.#anchor; at < record; at++) {
      top += this.heightOf(at);
    }
    for (let at = this.#anchor; at > record; at--) {
      top -= this.heightOf(at - 1);
    }
    return top;
  }

  /** Keeps no empty space above the first record, nor below the last while there is something above. */
  fit(): void {
    if (this.#count === 0) {
      return;
    }
    if (this.#isHeldAtEnd) {
      this.#anchor = this.#count - 1;
      this.#offset = this.heightOf(this.#anchor) - this.#viewport;
    }
    this.#offset -= Math.max(0, this.#viewport - this.#below(this.#viewport));
    const { first } = this.window;
    this.#offset += first === 0 ? Math.max(0, this.topOf(0) ?? 0) : 0;
  }

  /** Chooses as anchor the first record in view whose height is known: those above it may still turn out to be others. */
  anchorAnew(): void {
    const { first, last } = this.window;
    for (let record = first; record <= last; record++) {
      if (this.#heights.has(record)) {
        this.#offset = -(this.topOf(record) ?? 0);
        this.#anchor = record;
        return;
      }
    }
  }

  /** Records of which something can be seen. */
  get window(): Window {
    let first = this.#anchor;
    for (let top = -this.#offset; top > 0 && first > 0; ) {
      first -= 1;
      top -= this.heightOf(first);
    }
    let last = this.#anchor - 1;
    for (let bottom = -this.#offset; last < this.#count - 1 && bottom < this.#viewport; ) {
      last += 1;
      bottom += this.heightOf(last);
    }
    return { first, last };
  }

  /** Pixels from the upper edge to the end of the last record, counted up to `enough`. */
  #below(enough: number): number {
    let height = -this.#offset;
    for (let record = this.#anchor; record < this.#count && height < enough; record++) {
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

/**
 * Where the grid is scrolled to, in rows of any number.
 *
 * Browsers stop laying out boxes somewhere above 30 million pixels, so the scrolled track is at most `MAX_TRACK` high and
 * stands for the content proportionally. `top`, in pixels of the content, is the truth: wheels move it pixel by pixel,
 * the thumb proportionally. Near both ends the track is not scaled, so that the first and the last row can be reached
 * by small steps too.
 */

export const MAX_TRACK = 8_000_000;
const EXACT_ZONE = 10_000;

export interface RowWindow {
  readonly first: number;
  /** Inclusive; smaller than `first` when there is nothing to show. */
  readonly last: number;
}

export class ScrollModel {
  #rows = 0;
  #rowHeight = 22;
  #viewport = 0;
  #top = 0;
  #track = 0;

  get rows(): number {
    return this.#rows;
  }

  get rowHeight(): number {
    return this.#rowHeight;
  }

  get viewport(): number {
    return this.#viewport;
  }

  /** First visible pixel of the content. */
  get top(): number {
    return this.#top;
  }

  get contentHeight(): number {
    return this.#rows * this.#rowHeight;
  }

  /** How high the scrolled element is to be. */
  get trackHeight(): number {
    return Math.min(this.contentHeight, MAX_TRACK);
  }

  get isScaled(): boolean {
    return this.contentHeight > MAX_TRACK;
  }

  get maxTop(): number {
    return Math.max(0, this.contentHeight - this.#viewport);
  }

  /** Takes new sizes and keeps the topmost row where it is, as far as it still exists. */
  resize(rows: number, rowHeight: number, viewport: number): void {
    const topRow = this.#top / this.#rowHeight;
    this.#rows = rows;
    this.#viewport = viewport;
    if (rowHeight !== this.#rowHeight) {
      this.#rowHeight = rowHeight;
      this.#top = topRow * rowHeight;
    }
    this.setTop(this.#top);
  }

  setTop(top: number): void {
    this.#top = Math.max(0, Math.min(top, this.maxTop));
  }

  /** Moves by pixels of the content. */
  moveBy(pixels: number): void {
    this.setTop(this.#top + pixels);
  }

  /** Where the scrolled element belongs for the present `top`; call `settled` with what it became. */
  get trackPosition(): number {
    const last = Math.max(0, this.trackHeight - this.#viewport);
    const max = this.maxTop;
    if (!this.isScaled) {
      return this.#top;
    }
    const zone = this.#zone(last);
    if (this.#top <= zone) {
      return this.#top;
    }
    if (this.#top >= max - zone) {
      return last - (max - this.#top);
    }
    return zone + ((this.#top - zone) * (last - 2 * zone)) / (max - 2 * zone);
  }

  /** Remembers where the scrolled element stands after we moved it, so that its event is not taken for a person's. */
  settled(track: number): void {
    this.#track = track;
  }

  /**
   * Takes a scroll event of the scrolled element. Steps of up to one viewport (a click into the bar, a touch) move the
   * content by as many pixels; longer ones are the thumb, which moves proportionally. One pixel of the thumb is always
   * more than a viewport, since the bar is no longer than the viewport and the track is far more than its square.
   * Returns whether it was a person's.
   */
  nativeScroll(track: number): boolean {
    const step = track - this.#track;
    this.#track = track;
    if (step === 0) {
      return false;
    }
    if (this.isScaled && Math.abs(step) <= this.#viewport) {
      this.moveBy(step);
    } else {
      this.setTop(this.#topAt(track));
    }
    return true;
  }

  /** Scrolls no further than needed for the row to be seen whole, or to the middle. */
  reveal(row: number, align: "nearest" | "center"): void {
    const start = row * this.#rowHeight;
    const end = start + this.#rowHeight;
    if (start >= this.#top && end <= this.#top + this.#viewport) {
      return;
    }
    if (align === "center") {
      this.setTop(start - (this.#viewport - this.#rowHeight) / 2);
    } else if (start < this.#top) {
      this.setTop(start);
    } else {
      this.setTop(end - this.#viewport);
    }
  }

  /** Rows of which at least a pixel is visible. */
  get window(): RowWindow {
    const first = Math.floor(this.#top / this.#rowHeight);
    const last = Math.min(this.#rows, Math.ceil((this.#top + this.#viewport) / this.#rowHeight)) - 1;
    return { first, last };
  }

  /** Row at a distance in pixels from the upper edge of the viewport; beyond the ends, the first or last. */
  rowAt(y: number): number {
    return Math.max(0, Math.min(this.#rows - 1, Math.floor((this.#top + y) / this.#rowHeight)));
  }

  /** Whole rows that fit, at least one: a page of the Page Down key. */
  get rowsPerPage(): number {
    return Math.max(1, Math.floor(this.#viewport / this.#rowHeight) - 1);
  }

  #topAt(track: number): number {
    const last = Math.max(0, this.trackHeight - this.#viewport);
    const max = this.maxTop;
    if (!this.isScaled) {
      return track;
    }
    const zone = this.#zone(last);
    if (track <= zone) {
      return track;
    }
    if (track >= last - zone) {
      return max - (last - track);
    }
    return zone + ((track - zone) * (max - 2 * zone)) / (last - 2 * zone);
  }

  #zone(last: number): number {
    return Math.min(EXACT_ZONE, last / 4);
  }
}

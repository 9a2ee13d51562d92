/** Widths of the columns and where each begins. */

export const MIN_WIDTH = 36;
export const MAX_WIDTH = 4000;

/** The columns of which at least a pixel is visible; `last` is inclusive. */
export interface ColumnWindow {
  readonly first: number;
  readonly last: number;
}

export class ColumnLayout {
  #widths: number[] = [];
  #starts: Float64Array = new Float64Array(1);
  readonly #chosen = new Set<number>();
  #version = 0;
  #room = 0;

  /** Changes whenever any column moved. */
  get version(): number {
    return this.#version;
  }

  get count(): number {
    return this.#widths.length;
  }

  get totalWidth(): number {
    return this.#starts[this.#widths.length] ?? 0;
  }

  /** Takes widths for all columns; those a person chose are given in `chosen` and win. */
  reset(widths: readonly number[], chosen: ReadonlyMap<number, number>): void {
    this.#chosen.clear();
    this.#widths = widths.map(clamp);
    for (const [column, width] of chosen) {
      if (column < this.#widths.length) {
        this.#widths[column] = clamp(width);
        this.#chosen.add(column);
      }
    }
    this.#place();
  }

  /** Sets one width; `chosen` ones are kept when the others are fitted anew. */
  setWidth(column: number, width: number, chosen: boolean): void {
    if (column < 0 || column >= this.#widths.length) {
      return;
    }
    this.#widths[column] = clamp(width);
    if (chosen) {
      this.#chosen.add(column);
    } else {
      this.#chosen.delete(column);
    }
    this.#place();
  }

  /** Says how much room there is: a single column whose width nobody chose fills it. */
  fill(room: number): void {
    if (room !== this.#room) {
      this.#room = room;
      if (this.count === 1) {
        this.#place();
      }
    }
  }

  /** The widths a person chose, by column. */
  chosen(): ReadonlyMap<number, number> {
    return new Map([...this.#chosen].map((column) => [column, this.widthOf(column)]));
  }

  startOf(column: number): number {
    return this.#starts[column] ?? this.totalWidth;
  }

  widthOf(column: number): number {
    const width = this.#widths[column] ?? 0;
    return this.count === 1 && !this.#chosen.has(0) ? Math.max(width, this.#room) : width;
  }

  /** The column at a distance from the start of the first; beyond the ends, the first or last. */
  columnAt(x: number): number {
    let low = 0;
    let high = this.#widths.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= x) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  window(left: number, width: number): ColumnWindow {
    if (this.count === 0 || width <= 0) {
      return { first: 0, last: -1 };
    }
    return { first: this.columnAt(left), last: this.columnAt(left + width - 1) };
  }

  /** The scroll offset nearest to `left` that shows the column, its beginning first if it is too wide. */
  reveal(column: number, left: number, width: number): number {
    const start = this.startOf(column);
    const end = start + this.widthOf(column);
    if (start < left || end - start > width) {
      return start;
    }
    return end > left + width ? end - width : left;
  }

  #place(): void {
    const starts = new Float64Array(this.#widths.length + 1);
    for (let column = 0; column < this.count; column++) {
      starts[column + 1] = (starts[column] ?? 0) + this.widthOf(column);
    }
    this.#starts = starts;
    this.#version++;
  }
}

function clamp(width: number): number {
  return Math.round(Math.max(MIN_WIDTH, Math.min(width, MAX_WIDTH)));
}

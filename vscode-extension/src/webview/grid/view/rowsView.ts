/** The visible rows: a pool of row elements, placed so that scrolling moves their container and few of them. */
import type { Frame } from "./frame";
import { itemOfSlot } from "./frame";
import { RowSlot } from "./rowSlot";

/** Rows are placed relative to one nearby, since pixels from the first row lose precision far down. */
const REBASE_AFTER = 20_000;

export class RowsView {
  readonly #rows: HTMLElement;
  readonly #numbers: HTMLElement;
  readonly #slots: RowSlot[] = [];
  #base = 0;

  /** `numbers` takes the row numbers, which do not move sideways. */
  constructor(rows: HTMLElement, numbers: HTMLElement) {
    this.#rows = rows;
    this.#numbers = numbers;
  }

  /** Draws the frame; returns the largest number of cells beyond the columns in any row drawn. */
  draw(frame: Frame): number {
    const { first, last } = frame.rows;
    if (Math.abs(first - this.#base) > REBASE_AFTER) {
      this.#base = first;
    }
    while (this.#slots.length < last - first + 1) {
      const slot = new RowSlot();
      this.#slots.push(slot);
      this.#rows.append(slot.element);
      this.#numbers.append(slot.number);
    }
    let extra = 0;
    this.#slots.forEach((slot, index) => {
      const place = itemOfSlot(index, first, this.#slots.length);
      if (place <= last) {
        extra = Math.max(extra, slot.update(frame, place, (place - this.#base) * frame.rowHeight));
      } else {
        slot.hide();
      }
    });
    // Whole device pixels keep the text sharp.
    const scale = window.devicePixelRatio;
    const y = Math.round((this.#base * frame.rowHeight - frame.top) * scale) / scale;
    const x = -Math.round(frame.left * scale) / scale;
    this.#rows.style.transform = `translate(${x}px, ${y}px)`;
    this.#rows.style.width = `${frame.extra.start + frame.extra.width}px`;
    this.#numbers.style.transform = `translateY(${y}px)`;
    return extra;
  }
}

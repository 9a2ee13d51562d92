/**
 * Rows of one height, of which only those in sight are on the page. Where there are more than a browser lays out, the
 * scrollbar stands for them proportionally, as in the table of files.
 */
import type { ElementPart, ChildPart } from "lit/directive.js";
import { AsyncDirective, directive } from "lit/async-directive.js";
import { NativeScroll } from "../grid/view/nativeScroll";
import { ScrollModel } from "../grid/view/scrollModel";
import type { Drawn, NodeContext } from "./context";

/** Rows beyond each edge that are drawn, too. */
const BEYOND = 6;
/** What is taken for the height of a scrolled area before it is on the page. */
const ASSUMED = 480;

export interface RowsInSight {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
  /** Pixels above the first of them, and below the last. */
  readonly above: number;
  readonly below: number;
}

export interface Rows {
  readonly context: NodeContext;
  readonly count: number;
  readonly height: number;
  /** A row to be brought into sight; another one than the last time, or another order, scrolls. */
  readonly reveal?: number;
  /** Where it was scrolled to before. */
  readonly top: number;
  readonly scrolled: (top: number) => void;
  readonly draw: (rows: RowsInSight) => Drawn;
}

/** Scrolls an element `.n-window` around it. */
class RowsDirective extends AsyncDirective {
  readonly #model = new ScrollModel();
  readonly #observer = new ResizeObserver(() => this.#resized());
  #scroll: NativeScroll | undefined;
  #scroller: HTMLElement | undefined;
  #rows: Rows | undefined;
  #shown: RowsInSight | undefined;
  #revealed: number | undefined;

  /** Only where templates become text, which they never do here. */
  render(rows: Rows): unknown {
    return rows;
  }

  override update(part: ChildPart | ElementPart, [rows]: [Rows]): unknown {
    this.#rows = rows;
    if (this.#scroll === undefined) {
      const scroller = ((part as ChildPart).parentNode as HTMLElement).closest<HTMLElement>(".n-window");
      if (scroller !== null) {
        this.#begin(scroller, rows);
      }
    }
    this.#model.resize(rows.count, rows.height, this.#viewport());
    if (rows.reveal !== undefined && rows.reveal !== this.#revealed) {
      this.#model.reveal(rows.reveal, "nearest");
      queueMicrotask(() => this.#scroll?.settle());
    }
    this.#revealed = rows.reveal;
    return this.#draw(rows);
  }

  override disconnected(): void {
    this.#observer.disconnect();
  }

  override reconnected(): void {
    if (this.#scroller !== undefined) {
      this.#observer.observe(this.#scroller);
    }
  }

  #begin(scroller: HTMLElement, rows: Rows): void {
    this.#scroller = scroller;
    // A header, where there is one, is inside and scrolls by itself.
    const headerRow = document.createElement("div");
    this.#scroll = new NativeScroll({ root: scroller, scroller, headerRow }, this.#model, () => this.#moved());
    this.#observer.observe(scroller);
    this.#model.resize(rows.count, rows.height, ASSUMED);
    this.#model.setTop(rows.top);
    queueMicrotask(() => this.#scroll?.settle());
  }

  #viewport(): number {
    const height = this.#scroller?.clientHeight ?? 0;
    return height > 0 ? height : ASSUMED;
  }

  #resized(): void {
    const { rows, rowHeight, viewport } = this.#model;
    if (viewport !== this.#viewport()) {
      this.#model.resize(rows, rowHeight, this.#viewport());
      this.#scroll?.settle();
      this.#moved();
    }
  }

  #moved(): void {
    const rows = this.#rows;
    if (rows === undefined) {
      return;
    }
    rows.scrolled(Math.round(this.#model.top));
    const { first, last } = this.#inSight();
    if (this.#model.isScaled || first !== this.#shown?.first || last !== this.#shown.last) {
      this.setValue(this.#draw(rows));
    }
  }

  #draw(rows: Rows): Drawn {
    const shown = this.#inSight();
    this.#shown = shown;
    return rows.context.again(() => rows.draw(shown));
  }

  #inSight(): RowsInSight {
    const { window, rowHeight, rows, top, trackHeight, isScaled } = this.#model;
    const first = Math.max(0, window.first - BEYOND);
    const last = Math.min(rows - 1, window.last + BEYOND);
    const above = isScaled ? Math.max(0, this.#model.trackPosition + first * rowHeight - top) : first * rowHeight;
    return { first, last, above, below: Math.max(0, trackHeight - above - (last - first + 1) * rowHeight) };
  }
}

export const rowsInSight = directive(RowsDirective);

/** Keeps the browser's scrollbars and the scroll model together. */
import type { ScrollModel } from "./scrollModel";

/** After so long without a scroll event the scrollbar is put where it belongs. */
const SETTLE_MS = 160;

/** The elements that take part. */
export interface ScrollDom {
  readonly root: HTMLElement;
  /** Has the scrollbars. */
  readonly scroller: HTMLElement;
  /** Over it the wheel scrolls as well. */
  readonly headerRow: HTMLElement;
}

export class NativeScroll {
  readonly #dom: ScrollDom;
  readonly #scroll: ScrollModel;
  readonly #moved: (rows: boolean) => void;
  #left = 0;
  #settleTimer = 0;

  /** `moved` is called after each scrolling, with whether it was a person's, over the rows. */
  constructor(dom: ScrollDom, scroll: ScrollModel, moved: (rows: boolean) => void) {
    this.#dom = dom;
    this.#scroll = scroll;
    this.#moved = moved;
    dom.scroller.addEventListener("scroll", () => this.#onScroll());
    dom.root.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
  }

  /** First visible pixel from the first column. */
  get left(): number {
    return this.#left;
  }

  /** Scrolls sideways, as far as there is something. */
  setLeft(left: number): void {
    this.#dom.scroller.scrollLeft = left;
    this.readLeft();
  }

  /** Takes the sideways position that a change of sizes has led to. */
  readLeft(): void {
    this.#left = this.#dom.scroller.scrollLeft;
  }

  /** Puts the scrollbar where the content is. */
  settle(): void {
    window.clearTimeout(this.#settleTimer);
    this.#settleTimer = 0;
    const { scroller } = this.#dom;
    const target = this.#scroll.trackPosition;
    if (Math.abs(scroller.scrollTop - target) > 0.5) {
      scroller.scrollTop = target;
    }
    this.#scroll.settled(scroller.scrollTop);
  }

  settleSoon(): void {
    window.clearTimeout(this.#settleTimer);
    this.#settleTimer = window.setTimeout(() => this.settle(), SETTLE_MS);
  }

  #onScroll(): void {
    this.readLeft();
    const rows = this.#scroll.nativeScroll(this.#dom.scroller.scrollTop);
    this.settleSoon();
    this.#moved(rows);
  }

  /** On a scaled track one pixel stands for many rows, so the wheel moves the content itself. */
  #onWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.defaultPrevented) {
      return;
    }
    const overHeader = event.target instanceof Node && this.#dom.headerRow.contains(event.target);
    if (!this.#scroll.isScaled && !overHeader) {
      return;
    }
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.#scroll.rowHeight
      : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.#scroll.viewport : 1;
    const sideways = event.shiftKey && event.deltaX === 0;
    this.#scroll.moveBy((sideways ? 0 : event.deltaY) * unit);
    this.setLeft(this.#dom.scroller.scrollLeft + (sideways ? event.deltaY : event.deltaX) * unit);
    this.settle();
    this.#moved(true);
  }
}

/**
 * The scrollbar of content whose height is only an estimate: items of various heights, or bytes of lines of various
 * lengths. Small steps (the wheel, a touch, a click into the bar) move the content by pixels; dragging the thumb leads to
 * a share of the whole, exactly to its beginning and to its end.
 */
import { ScrollModel } from "./scrollModel";

export interface BarHooks {
  /** Moves the content by pixels. */
  moveBy(pixels: number): void;
  /** Shows the content from a unit on, with a fraction for one partly hidden. */
  goTo(unit: number): void;
  /** Shows the last unit at the lower edge. */
  goToEnd(): void;
}

/** After so long without scrolling the thumb is put where it belongs. */
const SETTLE_MS = 160;
/** Pixels a line of a wheel that counts in lines stands for. */
const WHEEL_LINE = 22;

export class ProportionalBar {
  readonly #scroller: HTMLElement;
  readonly #track: HTMLElement;
  readonly #hooks: BarHooks;
  readonly #model = new ScrollModel();
  #pixelsPerUnit = 1;
  #last = 0;
  #timer = 0;

  constructor(scroller: HTMLElement, track: HTMLElement, hooks: BarHooks) {
    this.#scroller = scroller;
    this.#track = track;
    this.#hooks = hooks;
    scroller.addEventListener("scroll", () => this.#onScroll());
    scroller.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
  }

  /** Takes how much there is: units, how high one is on average, and what can be seen of them. */
  resize(units: number, pixelsPerUnit: number, viewport: number): void {
    this.#pixelsPerUnit = pixelsPerUnit;
    this.#model.resize(units, pixelsPerUnit, viewport);
    this.#track.style.height = `${this.#model.trackHeight}px`;
  }

  /** Puts the thumb where the content is, a moment after the last scrolling. */
  show(unit: number, isAtEnd: boolean): void {
    this.#model.setTop(isAtEnd ? this.#model.maxTop : unit * this.#pixelsPerUnit);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#settle(), SETTLE_MS);
  }

  #settle(): void {
    const target = this.#model.trackPosition;
    if (Math.abs(this.#scroller.scrollTop - target) > 0.5) {
      this.#scroller.scrollTop = target;
    }
    this.#last = this.#scroller.scrollTop;
    this.#model.settled(this.#last);
  }

  #onScroll(): void {
    const { scrollTop } = this.#scroller;
    const step = scrollTop - this.#last;
    this.#last = scrollTop;
    if (Math.abs(step) < 1) {
      return;
    }
    if (Math.abs(step) <= this.#model.viewport) {
      this.#model.settled(scrollTop);
      this.#hooks.moveBy(step);
      return;
    }
    this.#model.nativeScroll(scrollTop);
    if (this.#model.top >= this.#model.maxTop) {
      this.#hooks.goToEnd();
    } else {
      this.#hooks.goTo(this.#model.top / this.#pixelsPerUnit);
    }
  }

  /** The wheel moves the content itself: how far the bar would go is only an estimate. */
  #onWheel(event: WheelEvent): void {
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (event.ctrlKey || event.defaultPrevented || sideways || scrollsInside(event, this.#scroller)) {
      return;
    }
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE
      : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.#model.viewport : 1;
    this.#hooks.moveBy(event.deltaY * unit);
  }
}

/** Whether something within `scroller` under the pointer can still scroll the way the wheel goes. */
function scrollsInside(event: WheelEvent, scroller: HTMLElement): boolean {
  for (let at = event.target instanceof Element ? event.target : null; at && at !== scroller; at = at.parentElement) {
    const room = event.deltaY < 0 ? at.scrollTop : at.scrollHeight - at.clientHeight - at.scrollTop;
    if (room > 1 && /auto|scroll/.test(getComputedStyle(at).overflowY)) {
      return true;
    }
  }
  return false;
}

/** The tree on the screen: which rows are visible, and their elements. */
import type { Metrics } from "../view/metrics";
import { itemOfSlot } from "../view/frame";
import { NativeScroll } from "../view/nativeScroll";
import { ScrollModel } from "../view/scrollModel";
import type { TreeDom } from "./treeDom";
import type { TreeModel, TreeRow } from "./treeModel";
import type { TreeFrame } from "./treeRow";
import { idOf, TreeRowSlot } from "./treeRow";

export interface ScreenHooks {
  frame(): TreeFrame;
  /** The rows that are on the screen now, to be asked for. */
  drawn(rows: readonly TreeRow[]): void;
  /** A person scrolled. */
  scrolled(): void;
}

/** Rows are placed relative to one nearby, since pixels from the first row lose precision far down. */
const REBASE_AFTER = 20_000;

export class TreeScreen {
  readonly scroll = new ScrollModel();
  readonly #dom: TreeDom;
  readonly #model: TreeModel;
  readonly #hooks: ScreenHooks;
  readonly #bars: NativeScroll;
  readonly #slots: TreeRowSlot[] = [];
  #rowHeight = 22;
  #base = 0;
  #frameRequest = 0;

  constructor(dom: TreeDom, model: TreeModel, hooks: ScreenHooks) {
    this.#dom = dom;
    this.#model = model;
    this.#hooks = hooks;
    this.#bars = new NativeScroll(dom, this.scroll, () => {
      this.invalidate();
      hooks.scrolled();
    });
    // A click into the rows would leave the focus on what scrolls.
    dom.scroller.addEventListener("focus", () => dom.root.focus({ preventScroll: true }));
    new ResizeObserver(() => {
      this.relayout();
      this.#draw();
    }).observe(dom.scroller);
  }

  setMetrics({ rowHeight }: Metrics): void {
    this.#rowHeight = rowHeight;
    this.#dom.root.style.setProperty("--tree-row-height", `${rowHeight}px`);
    this.relayout();
  }

  /** First visible row, with a fraction for one partly hidden. */
  get top(): number {
    return this.scroll.top / this.scroll.rowHeight;
  }

  setTop(rows: number): void {
    this.scroll.setTop(rows * this.scroll.rowHeight);
    this.#bars.settle();
    this.invalidate();
  }

  reveal(place: number, align: "nearest" | "center"): void {
    this.scroll.reveal(place, align);
    this.#bars.settle();
    this.invalidate();
  }

  /** Adopts another number of rows or another size of the window. */
  relayout(): void {
    const { scroll } = this;
    const { scroller, track, pane } = this.#dom;
    scroll.resize(this.#model.rows, this.#rowHeight, scroller.clientHeight);
    track.style.height = `${scroll.trackHeight}px`;
    pane.style.width = `${scroller.clientWidth}px`;
    pane.style.height = `${scroll.viewport}px`;
    this.#bars.settleSoon();
    this.invalidate();
  }

  /** Draws at the next frame. */
  invalidate(): void {
    if (this.#frameRequest === 0) {
      this.#frameRequest = requestAnimationFrame(() => {
        this.#frameRequest = 0;
        this.#draw();
      });
    }
  }

  /** The place of the row at a point of the window, null where there is none. */
  placeAt(y: number): number | null {
    const place = Math.floor((this.scroll.top + y - this.#dom.scroller.getBoundingClientRect().top) / this.scroll.rowHeight);
    return place >= 0 && place < this.#model.rows ? place : null;
  }

  /** Where a row is drawn, in pixels below the upper edge of the window. */
  yOf(place: number): number {
    return this.#dom.scroller.getBoundingClientRect().top + place * this.scroll.rowHeight - this.scroll.top;
  }

  #draw(): void {
    const { first, last } = this.scroll.window;
    if (this.scroll.viewport <= 0) {
      return;
    }
    if (Math.abs(first - this.#base) > REBASE_AFTER) {
      this.#base = first;
    }
    while (this.#slots.length < last - first + 1) {
      const slot = new TreeRowSlot();
      this.#slots.push(slot);
      this.#dom.rows.append(slot.element);
    }
    const frame = this.#hooks.frame();
    const rows: TreeRow[] = [];
    this.#slots.forEach((slot, index) => {
      const place = itemOfSlot(index, first, this.#slots.length);
      const row = place <= last ? this.#model.rowAt(place) : undefined;
      if (row) {
        rows[place - first] = row;
        slot.update(frame, row, (place - this.#base) * this.scroll.rowHeight);
      } else {
        slot.hide();
      }
    });
    const scale = window.devicePixelRatio;
    const y = Math.round((this.#base * this.scroll.rowHeight - this.scroll.top) * scale) / scale;
    this.#dom.rows.style.transform = `translateY(${y}px)`;
    this.#point(frame.selected, rows);
    this.#hooks.drawn(rows);
  }

  #point(selected: TreeRow | null, rows: readonly TreeRow[]): void {
    if (selected && rows.some(({ node, index }) => node === selected.node && index === selected.index)) {
      this.#dom.root.setAttribute("aria-activedescendant", idOf(selected));
    } else {
      this.#dom.root.removeAttribute("aria-activedescendant");
    }
  }
}

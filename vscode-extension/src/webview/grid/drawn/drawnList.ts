/** A list of any number of drawn records on the screen: those in view, and the scrollbar for all. */
import type { GridStrings } from "../../../shared/gridStrings";
import { WidgetState } from "../../nodes/context";
import type { PageCache } from "../data/pageCache";
import { ProportionalBar } from "../view/proportionalBar";
import type { DrawnRecord } from "./drawnRecords";
import type { RecordHooks } from "./recordElement";
import { RecordElement } from "./recordElement";
import { RecordScroll } from "./recordScroll";

/** Heights become known while records are drawn, which may bring more into view. */
const MOST_PASSES = 6;
/** Records whose opened parts and chosen tabs are remembered. */
const REMEMBERED = 1000;

export interface ListHooks extends Omit<RecordHooks, "resized" | "retry"> {
  readonly strings: GridStrings;
  scrolled(): void;
}

export class DrawnList {
  readonly element: HTMLElement;
  readonly scroll = new RecordScroll();
  /** The record that is marked, null for none. */
  selected: number | null = null;
  readonly #hooks: ListHooks;
  readonly #cache: PageCache<DrawnRecord>;
  readonly #pane: HTMLElement;
  readonly #bar: ProportionalBar;
  readonly #observer: ResizeObserver;
  readonly #shown = new Map<number, RecordElement>();
  #states = new Map<number, WidgetState>();
  #frame = 0;
  #width = 0;
  #lastFirst = 0;

  constructor(hooks: ListHooks, cache: PageCache<DrawnRecord>) {
    this.#hooks = hooks;
    this.#cache = cache;
    this.element = document.createElement("div");
    this.element.className = "drawn";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "feed");
    const track = document.createElement("div");
    track.className = "drawn-track";
    this.#pane = document.createElement("div");
    this.#pane.className = "drawn-pane";
    track.append(this.#pane);
    this.element.append(track);
    const moved = (move: () => void) => () => {
      move();
      this.invalidate();
      hooks.scrolled();
    };
    this.#bar = new ProportionalBar(this.element, track, {
      moveBy: (pixels) => moved(() => this.scroll.moveBy(pixels))(),
      goTo: (position) => moved(() => this.scroll.goTo(position))(),
      goToEnd: moved(() => this.scroll.goToEnd()),
    });
    this.#observer = new ResizeObserver(() => this.invalidate());
    this.#observer.observe(this.element);
  }

  /** Forgets what widgets keep and what is drawn: the records are others now. */
  reset(): void {
    this.#states = new Map();
    for (const record of [...this.#shown.keys()]) {
      this.#remove(record);
    }
  }

  invalidate(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.draw();
      });
    }
  }

  /** The element of a record, where it is on the screen. */
  elementOf(record: number): HTMLElement | null {
    return this.#shown.get(record)?.element ?? null;
  }

  draw(): void {
    const { scroll, element } = this;
    if (element.clientHeight === 0) {
      return; // hidden: nothing has a height
    }
    scroll.setViewport(element.clientHeight);
    if (element.clientWidth !== this.#width) {
      this.#width = element.clientWidth;
      scroll.forgetHeights();
    }
    scroll.fit();
    for (let pass = 0; pass < MOST_PASSES && this.#drawWindow(); pass++) {
      // again, with what has been measured
    }
    scroll.anchorAnew();
    this.#pane.style.height = `${scroll.viewport}px`;
    this.#bar.resize(scroll.count, scroll.average, scroll.viewport);
    this.#bar.show(scroll.position, scroll.isAtEnd && scroll.position > 0);
    element.setAttribute("aria-busy", String([...this.#shown.values()].some(({ isReady }) => !isReady)));
  }

  /** Draws what is in view; true when heights have turned out to be others. */
  #drawWindow(): boolean {
    const { scroll } = this;
    const { first, last } = scroll.window;
    this.#cache.want(first, last, first < this.#lastFirst);
    this.#lastFirst = first;
    for (const record of [...this.#shown.keys()]) {
      if (record < first || record > last) {
        this.#remove(record);
      }
    }
    let hasChanged = false;
    for (let record = first; record <= last; record++) {
      const shown = this.#shown.get(record) ?? this.#add(record);
      shown.show(this.#cache.row(record), record === this.selected, scroll.count);
    }
    for (const [record, shown] of this.#shown) {
      // What is still being loaded has no height of its own.
      shown.element.style.minHeight = shown.isReady ? "" : `${Math.round(scroll.heightOf(record))}px`;
      if (shown.isReady) {
        hasChanged = scroll.measured(record, shown.element.getBoundingClientRect().height) || hasChanged;
      }
    }
    scroll.fit();
    this.#place();
    return hasChanged || scroll.window.first !== first || scroll.window.last !== last;
  }

  /** Puts each record where it belongs. */
  #place(): void {
    const { first } = this.scroll.window;
    let top = this.scroll.topOf(first) ?? 0;
    for (let record = first; this.#shown.has(record); record++) {
      const { element } = this.#shown.get(record) ?? {};
      element?.style.setProperty("transform", `translateY(${Math.round(top)}px)`);
      top += this.scroll.heightOf(record);
    }
  }

  #add(record: number): RecordElement {
    const shown = new RecordElement(record, this.#stateOf(record), {
      ...this.#hooks,
      resized: () => this.invalidate(),
      retry: (failed) => this.#cache.retry(failed),
    });
    this.#shown.set(record, shown);
    this.#observer.observe(shown.element);
    // In the order of the records, for screen readers and the Tab key.
    const next = [...this.#shown.keys()].filter((other) => other > record).sort((one, other) => one - other)[0];
    this.#pane.insertBefore(shown.element, next === undefined ? null : (this.#shown.get(next)?.element ?? null));
    return shown;
  }

  #remove(record: number): void {
    const shown = this.#shown.get(record);
    this.#shown.delete(record);
    if (shown) {
      if (shown.element.contains(document.activeElement)) {
        this.element.focus({ preventScroll: true });
      }
      this.#observer.unobserve(shown.element);
      shown.element.remove();
    }
  }

  #stateOf(record: number): WidgetState {
    const state = this.#states.get(record) ?? new WidgetState();
    this.#states.delete(record);
    this.#states.set(record, state);
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= REMEMBERED) {
        break;
      }
      this.#states.delete(oldest);
    }
    return state;
  }
}

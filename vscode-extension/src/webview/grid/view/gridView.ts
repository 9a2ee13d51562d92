/** The grid on the screen: puts scrolling, layout, selection and drawing together. */
import type * as P from "../../../generated/protocol";
import type { CellRange } from "../../../shared/messages";
import type { GridStrings } from "../../../shared/gridStrings";
import type { PageCache } from "../data/pageCache";
import { ColumnLayout } from "./columnLayout";
import type { FindMarks, Frame } from "./frame";
import type { GridDom } from "./gridDom";
import { buildGridDom } from "./gridDom";
import { HeaderView } from "./headerView";
import type { Metrics } from "./metrics";
import { RowsView } from "./rowsView";
import { ScrollModel } from "./scrollModel";
import type { Bounds, Point, SelectionState } from "./selection";
import { clampTo, rangeOf } from "./selection";

/** What the grid asks of and tells its surroundings. */
export interface GridHooks {
  readonly strings: GridStrings;
  readonly cache: PageCache;
  findMarks(): FindMarks | null;
  selectionChanged(): void;
  scrolled(): void;
  drawn(): void;
}

const EXTRA_WIDTH = 240;
const GUTTER_PADDING = 22;
/** After so long without a scroll event the scrollbar is put where it belongs. */
const SETTLE_MS = 160;

export class GridView {
  readonly dom: GridDom = buildGridDom();
  readonly scroll = new ScrollModel();
  readonly layout = new ColumnLayout();
  readonly #hooks: GridHooks;
  readonly #rows: RowsView;
  readonly #header: HeaderView;
  #columns: readonly P.Column[] = [];
  #metrics: Metrics;
  #rowCount = 0;
  #left = 0;
  #width = 0;
  #gutter = 48;
  #extraWidth = 0;
  #selection: SelectionState | null = null;
  #frameRequest = 0;
  #settleTimer = 0;
  #lastFirst = 0;

  constructor(hooks: GridHooks, metrics: Metrics) {
    this.#hooks = hooks;
    this.#metrics = metrics;
    this.#rows = new RowsView(this.dom.rows, this.dom.numbers);
    this.#header = new HeaderView(this.dom.headerCells);
    this.dom.corner.setAttribute("aria-label", hooks.strings.rowNumbers);
    this.dom.corner.title = hooks.strings.cornerLabel;
    // A click into the cells would leave the focus on what scrolls.
    this.dom.scroller.addEventListener("focus", () => this.dom.root.focus({ preventScroll: true }));
    this.dom.scroller.addEventListener("scroll", () => this.#onScroll());
    this.dom.root.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    new ResizeObserver(() => this.#onResize()).observe(this.dom.scroller);
  }

  get columns(): readonly P.Column[] {
    return this.#columns;
  }

  get metrics(): Metrics {
    return this.#metrics;
  }

  get gutterWidth(): number {
    return this.#gutter;
  }

  /** First visible pixel from the first column. */
  get left(): number {
    return this.#left;
  }

  /** Width left for columns beside the row numbers. */
  get columnsWidth(): number {
    return Math.max(0, this.#width - this.#gutter);
  }

  get bounds(): Bounds {
    return { rows: this.#rowCount, columns: this.#columns.length };
  }

  get selection(): SelectionState | null {
    return this.#selection;
  }

  get range(): CellRange | null {
    return rangeOf(this.#selection, this.bounds);
  }

  get active(): Point | null {
    return clampTo(this.#selection, this.bounds)?.active ?? null;
  }

  /** Shows other columns; widths are to be set in `layout` before. */
  setColumns(columns: readonly P.Column[]): void {
    this.#columns = columns;
    this.#extraWidth = 0;
    this.dom.root.setAttribute("aria-colcount", String(columns.length + 1));
    this.relayout();
  }

  /** Takes the number of rows there are to scroll to; `growing` while it is not the last word. */
  setRowCount(rows: number, growing: boolean): void {
    this.#rowCount = rows;
    this.dom.root.setAttribute("aria-rowcount", growing ? "-1" : String(rows + 1));
    this.relayout();
  }

  setMetrics(metrics: Metrics): void {
    this.#metrics = metrics;
    this.dom.root.style.setProperty("--grid-row-height", `${metrics.rowHeight}px`);
    this.relayout();
  }

  setSelection(selection: SelectionState | null): void {
    this.#selection = selection;
    this.invalidate();
    this.#hooks.selectionChanged();
  }

  /** Scrolls to an exact place: pixels from the first row and column. */
  scrollTo(top: number, left: number): void {
    this.scroll.setTop(top);
    this.dom.scroller.scrollLeft = left;
    this.#left = this.dom.scroller.scrollLeft;
    this.#settle();
    this.invalidate();
  }

  reveal(point: Point, align: "nearest" | "center" = "nearest"): void {
    this.scroll.reveal(point.row, align);
    this.dom.scroller.scrollLeft = this.layout.reveal(point.column, this.#left, this.columnsWidth);
    this.#left = this.dom.scroller.scrollLeft;
    this.#settle();
    this.invalidate();
  }

  /** Adopts changed sizes of rows, columns or the window. */
  relayout(): void {
    const { scroll, dom } = this;
    const digits = String(Math.max(this.#rowCount, 999)).length;
    this.#gutter = this.#metrics.cell("0".repeat(digits)) + GUTTER_PADDING;
    dom.root.style.setProperty("--grid-gutter", `${this.#gutter}px`);
    scroll.resize(this.#rowCount, this.#metrics.rowHeight, dom.scroller.clientHeight);
    dom.track.style.height = `${scroll.trackHeight}px`;
    // In this order: the height decides on one scrollbar, which narrows the room for a column that fills it.
    this.layout.fill(Math.max(0, dom.scroller.clientWidth - this.#gutter));
    dom.track.style.width = `${this.#gutter + this.layout.totalWidth + this.#extraWidth}px`;
    scroll.resize(this.#rowCount, this.#metrics.rowHeight, dom.scroller.clientHeight);
    this.#width = dom.scroller.clientWidth;
    dom.pane.style.width = `${this.#width}px`;
    dom.pane.style.height = `${scroll.viewport}px`;
    dom.headerRow.style.width = `${this.#width}px`;
    this.#left = dom.scroller.scrollLeft;
    this.#settleSoon();
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

  #onResize(): void {
    this.relayout();
    // At once, or the new space stays blank for a frame.
    this.#draw();
  }

  #onScroll(): void {
    const { scroller } = this.dom;
    this.#left = scroller.scrollLeft;
    this.scroll.nativeScroll(scroller.scrollTop);
    this.#settleSoon();
    this.invalidate();
    this.#hooks.scrolled();
  }

  /** On a scaled track one pixel stands for many rows, so the wheel moves the content itself. */
  #onWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.defaultPrevented) {
      return;
    }
    const overHeader = event.target instanceof Node && this.dom.headerRow.contains(event.target);
    if (!this.scroll.isScaled && !overHeader) {
      return;
    }
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.#metrics.rowHeight
      : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.scroll.viewport : 1;
    const sideways = event.shiftKey && event.deltaX === 0;
    this.scroll.moveBy((sideways ? 0 : event.deltaY) * unit);
    this.dom.scroller.scrollLeft += (sideways ? event.deltaY : event.deltaX) * unit;
    this.#left = this.dom.scroller.scrollLeft;
    this.#settle();
    this.invalidate();
    this.#hooks.scrolled();
  }

  /** Puts the scrollbar where the content is. */
  #settle(): void {
    window.clearTimeout(this.#settleTimer);
    this.#settleTimer = 0;
    const { scroller } = this.dom;
    const target = this.scroll.trackPosition;
    if (Math.abs(scroller.scrollTop - target) > 0.5) {
      scroller.scrollTop = target;
    }
    this.scroll.settled(scroller.scrollTop);
  }

  #settleSoon(): void {
    window.clearTimeout(this.#settleTimer);
    this.#settleTimer = window.setTimeout(() => this.#settle(), SETTLE_MS);
  }

  #draw(): void {
    const frame = this.#frame();
    this.#wantRows(frame);
    const extra = this.#rows.draw(frame);
    this.#header.draw(frame);
    this.dom.root.classList.toggle("all-selected", this.#selection?.mode === "all");
    this.#pointToActive(frame);
    if (extra > 0 && this.#extraWidth === 0) {
      this.#extraWidth = EXTRA_WIDTH;
      this.relayout();
    }
    this.#hooks.drawn();
  }

  #wantRows({ rows }: Frame): void {
    if (rows.last >= rows.first) {
      this.#hooks.cache.want(rows.first, rows.last, rows.first < this.#lastFirst);
      this.#lastFirst = rows.first;
    }
  }

  #pointToActive({ active, rows, visible }: Frame): void {
    const isDrawn =
      active && active.row >= rows.first && active.row <= rows.last &&
      active.column >= visible.first && active.column <= visible.last;
    if (isDrawn) {
      this.dom.root.setAttribute("aria-activedescendant", `cell-${active.row}-${active.column}`);
    } else {
      this.dom.root.removeAttribute("aria-activedescendant");
    }
  }

  #frame(): Frame {
    const { scroll, layout } = this;
    return {
      columns: this.#columns,
      layout,
      rows: scroll.window,
      visible: layout.window(this.#left, this.columnsWidth),
      rowHeight: scroll.rowHeight,
      top: scroll.top,
      left: this.#left,
      gutterWidth: this.#gutter,
      extra: { start: layout.totalWidth, width: this.#extraWidth },
      range: this.range,
      active: this.active,
      find: this.#hooks.findMarks(),
      strings: this.#hooks.strings,
      rowState: (row) => this.#hooks.cache.row(row),
    };
  }
}

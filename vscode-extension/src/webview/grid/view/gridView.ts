/** The grid on the screen: puts scrolling, layout, selection and drawing together. */
import type * as P from "../../../generated/protocol";
import type { CellRange } from "../../../shared/messages";
import type { GridStrings } from "../../../shared/gridStrings";
import type { RecordFilter } from "../data/recordOrder";
import type { ProblemList } from "../data/problemList";
import type { ShownRows } from "../data/shownRows";
import { ColumnLayout } from "./columnLayout";
import type { FindMarks, Frame } from "./frame";
import type { GridDom } from "./gridDom";
import { buildGridDom } from "./gridDom";
import { HeaderView } from "./headerView";
import type { Metrics } from "./metrics";
import { NativeScroll } from "./nativeScroll";
import { RowsView } from "./rowsView";
import { ScrollModel } from "./scrollModel";
import type { Bounds, Point, SelectionState } from "./selection";
import { clampTo, rangeOf } from "./selection";
import { uniqueId } from "./uniqueId";

/** What the grid asks of and tells its surroundings. */
export interface GridHooks {
  readonly strings: GridStrings;
  readonly rows: ShownRows;
  readonly malformed: ProblemList;
  findMarks(): FindMarks | null;
  selectionChanged(): void;
  scrolled(): void;
  drawn(): void;
}

const EXTRA_WIDTH = 240;
/** Room for the mark of a malformed row and around the number. */
const GUTTER_PADDING = 28;

export class GridView {
  readonly dom: GridDom = buildGridDom();
  readonly scroll = new ScrollModel();
  readonly layout = new ColumnLayout();
  readonly #id = uniqueId("grid");
  readonly #hooks: GridHooks;
  readonly #rows: RowsView;
  readonly #header: HeaderView;
  readonly #bars: NativeScroll;
  #columns: readonly P.Column[] = [];
  #metrics: Metrics;
  #growing = false;
  #width = 0;
  #gutter = 48;
  #extraWidth = 0;
  #selection: SelectionState | null = null;
  #frameRequest = 0;
  #lastFirst = 0;
  /** A record and where it is to be drawn, as soon as it is known which rows come before it. */
  #kept: { readonly record: number; readonly y: number } | null = null;

  constructor(hooks: GridHooks, metrics: Metrics) {
    this.#hooks = hooks;
    this.#metrics = metrics;
    this.#rows = new RowsView(this.dom.rows, this.dom.numbers);
    this.#header = new HeaderView(this.dom.headerCells);
    this.#bars = new NativeScroll(this.dom, this.scroll, (rows) => this.#onScroll(rows));
    this.dom.corner.setAttribute("aria-label", hooks.strings.rowNumbers);
    this.dom.corner.title = hooks.strings.cornerLabel;
    // A click into the cells would leave the focus on what scrolls.
    this.dom.scroller.addEventListener("focus", () => this.dom.root.focus({ preventScroll: true }));
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
    return this.#bars.left;
  }

  /** Width left for columns beside the row numbers. */
  get columnsWidth(): number {
    return Math.max(0, this.#width - this.#gutter);
  }

  get bounds(): Bounds {
    return { rows: this.rows.records, columns: this.#columns.length };
  }

  /** Which rows are shown, and where. */
  get rows(): ShownRows {
    return this.#hooks.rows;
  }

  /** Record at the upper edge, with a fraction for a row partly hidden. */
  get topRow(): number {
    const place = this.scroll.top / this.scroll.rowHeight;
    return this.rows.order.recordAt(Math.floor(place)) + (place % 1);
  }

  /** Record shown at a distance in pixels from the upper edge. */
  recordAtY(y: number): number {
    return this.rows.order.recordAt(this.scroll.rowAt(y));
  }

  /** Where a record is drawn, in pixels below the upper edge. */
  yOf(record: number): number {
    return this.rows.order.placeOf(record) * this.scroll.rowHeight - this.scroll.top;
  }

  get selection(): SelectionState | null {
    return this.#selection;
  }

  get range(): CellRange | null {
    return rangeOf(this.#selection, this.bounds);
  }

  /** How many rows of a range are shown. */
  rowsIn({ top, bottom }: CellRange): number {
    const { order } = this.rows;
    return order.placeOf(bottom + 1) - order.placeOf(top);
  }

  /** The id of the element that shows a cell, where it is active and drawn. */
  cellId({ row, column }: Point): string {
    return `${this.#id}-${row}-${column}`;
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

  /** Takes the number of rows the file has; `growing` while it is not the last word. */
  setRowCount(rows: number, growing: boolean): void {
    this.rows.setRecords(rows);
    // How many of some records there will be is for whoever looks for them to say.
    this.setGrowing(this.rows.filter ? this.#growing : growing);
  }

  /** Adopts that there are more rows to show; `growing` while that is not the last word. */
  setGrowing(growing: boolean): void {
    this.#growing = growing;
    this.relayout();
    this.#keepPlace();
  }

  /** Shows only some records, or (null) all. The active row, or else the one at the top, stays where it is drawn. */
  setFilter(filter: RecordFilter | null, growing: boolean): void {
    const y = this.active ? this.yOf(this.active.row) : -1;
    const isSeen = this.active !== null && y >= 0 && y < this.scroll.viewport;
    const record = isSeen ? this.active.row : Math.floor(this.topRow);
    const wasShown = this.rows.order.count > 0;
    this.rows.setFilter(filter);
    this.#kept ??= wasShown ? { record, y: isSeen ? y : 0 } : null;
    this.setGrowing(growing);
    this.#bars.settle();
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
    this.#kept = null;
    this.scroll.setTop(top);
    this.#bars.setLeft(left);
    this.#bars.settle();
    this.invalidate();
  }

  reveal(point: Point, align: "nearest" | "center" = "nearest"): void {
    this.#kept = null;
    this.scroll.reveal(this.rows.order.placeOf(point.row), align);
    this.#bars.setLeft(this.layout.reveal(point.column, this.left, this.columnsWidth));
    this.#bars.settle();
    this.invalidate();
  }

  #keepPlace(): void {
    const kept = this.#kept;
    const { order } = this.rows;
    if (kept && (!this.#growing || order.placeOf(kept.record) < order.count)) {
      this.#kept = null;
      this.scroll.setTop(order.placeOf(kept.record) * this.scroll.rowHeight - kept.y);
      this.#bars.settle();
      this.invalidate();
    }
  }

  /** Adopts changed sizes of rows, columns or the window. */
  relayout(): void {
    const { scroll, dom } = this;
    const { count } = this.rows.order;
    dom.root.setAttribute("aria-rowcount", this.#growing ? "-1" : String(count + 1));
    const digits = String(Math.max(this.rows.records, 999)).length;
    this.#gutter = this.#metrics.cell("0".repeat(digits)) + GUTTER_PADDING;
    dom.root.style.setProperty("--grid-gutter", `${this.#gutter}px`);
    scroll.resize(count, this.#metrics.rowHeight, dom.scroller.clientHeight);
    dom.track.style.height = `${scroll.trackHeight}px`;
    // In this order: the height decides on one scrollbar, which narrows the room for a column that fills it.
    this.layout.fill(Math.max(0, dom.scroller.clientWidth - this.#gutter));
    dom.track.style.width = `${this.#gutter + this.layout.totalWidth + this.#extraWidth}px`;
    scroll.resize(count, this.#metrics.rowHeight, dom.scroller.clientHeight);
    this.#width = dom.scroller.clientWidth;
    dom.pane.style.width = `${this.#width}px`;
    dom.pane.style.height = `${scroll.viewport}px`;
    dom.headerRow.style.width = `${this.#width}px`;
    this.#bars.readLeft();
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

  #onScroll(rows: boolean): void {
    this.#kept = rows ? null : this.#kept;
    this.invalidate();
    this.#hooks.scrolled();
  }

  #onResize(): void {
    this.relayout();
    // At once, or the new space stays blank for a frame.
    this.#draw();
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
      this.rows.want(rows.first, rows.last, rows.first < this.#lastFirst);
      this.#lastFirst = rows.first;
      const { order } = this.rows;
      this.#hooks.malformed.wantRecords(order.recordAt(rows.first), order.recordAt(rows.last));
    }
  }

  #pointToActive({ active, rows, visible }: Frame): void {
    const { order } = this.rows;
    const place = active && order.shows(active.row) ? order.placeOf(active.row) : -1;
    const isDrawn =
      active && place >= rows.first && place <= rows.last &&
      active.column >= visible.first && active.column <= visible.last;
    if (isDrawn) {
      this.dom.root.setAttribute("aria-activedescendant", this.cellId(active));
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
      order: this.rows.order,
      visible: layout.window(this.left, this.columnsWidth),
      rowHeight: scroll.rowHeight,
      top: scroll.top,
      left: this.left,
      gutterWidth: this.#gutter,
      extra: { start: layout.totalWidth, width: this.#extraWidth },
      range: this.range,
      active: this.active,
      find: this.#hooks.findMarks(),
      strings: this.#hooks.strings,
      cellId: (point) => this.cellId(point),
      rowState: (row) => this.rows.row(row),
      problemOf: (row) => this.#hooks.malformed.of(row),
    };
  }
}

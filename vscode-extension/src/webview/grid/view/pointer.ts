/** The mouse on the grid: selecting, dragging beyond the edges, resizing columns. */
import type { GridView } from "./gridView";
import type { Point, SelectionMode } from "./selection";
import { extendTo, selectAt } from "./selection";

export interface PointerHooks {
  /** A cell was double-clicked. */
  showCell(): void;
  /** A width was chosen with the mouse. */
  widthChosen(column: number, width: number): void;
  fitColumn(column: number): void;
  retry(row: number): void;
}

interface Drag {
  readonly mode: SelectionMode;
  x: number;
  y: number;
}

/** Rows and columns an outside pointer scrolls by, per pixel of distance and frame. */
const SCROLL_SPEED = 0.35;

export class GridPointer {
  readonly #grid: GridView;
  readonly #hooks: PointerHooks;
  #drag: Drag | null = null;

  constructor(grid: GridView, hooks: PointerHooks) {
    this.#grid = grid;
    this.#hooks = hooks;
    const { root } = grid.dom;
    root.addEventListener("pointerdown", (event) => this.#down(event));
    root.addEventListener("dblclick", (event) => this.#doubleClick(event));
    root.addEventListener("pointerover", (event) => showWhole(event.target));
  }

  /** The cell under a point of the window, the nearest one where there is none. */
  pointAt(x: number, y: number): Point {
    const grid = this.#grid;
    const box = grid.dom.scroller.getBoundingClientRect();
    return {
      row: grid.recordAtY(Math.max(0, Math.min(y - box.top, grid.scroll.viewport - 1))),
      column: grid.layout.columnAt(
        Math.max(0, Math.min(x - box.left - grid.gutterWidth, grid.columnsWidth - 1)) + grid.left,
      ),
    };
  }

  /** Which kind of selection begins at an element; null where none does, as on a scrollbar. */
  modeAt(target: EventTarget | null): SelectionMode | null {
    if (!(target instanceof Element)) {
      return null;
    }
    if (target.closest(".corner")) {
      return "all";
    }
    if (target.closest(".number")) {
      return "rows";
    }
    if (target.closest(".column[data-col]")) {
      return "columns";
    }
    return target.closest(".row") ? "cells" : null;
  }

  #down(event: PointerEvent): void {
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (event.button !== 0 || !target) {
      return;
    }
    const { retry } = target.dataset;
    if (retry !== undefined) {
      this.#hooks.retry(Number(retry));
      return;
    }
    const { resize } = target.dataset;
    if (resize !== undefined) {
      event.preventDefault();
      this.#resize(event, Number(resize));
      return;
    }
    const mode = this.modeAt(target);
    if (mode && this.#grid.bounds.rows > 0) {
      this.#select(event, mode);
    }
  }

  #select(event: PointerEvent, mode: SelectionMode): void {
    const grid = this.#grid;
    const point = this.#pointFor(mode, event.clientX, event.clientY);
    const active = grid.active;
    const extend = event.shiftKey && active !== null;
    grid.setSelection(extend ? extendTo(grid.selection, point, mode) : selectAt(point, mode));
    if (mode === "all") {
      return;
    }
    this.#drag = { mode, x: event.clientX, y: event.clientY };
    this.#follow(
      event,
      (moved) => this.#dragTo(moved.clientX, moved.clientY),
      () => (this.#drag = null),
    );
    requestAnimationFrame(() => this.#autoScroll());
  }

  #pointFor(mode: SelectionMode, x: number, y: number): Point {
    const point = this.pointAt(x, y);
    if (mode === "rows") {
      return { row: point.row, column: this.#grid.layout.columnAt(this.#grid.left) };
    }
    if (mode === "columns" || mode === "all") {
      return { row: this.#grid.recordAtY(0), column: mode === "all" ? 0 : point.column };
    }
    return point;
  }

  #dragTo(x: number, y: number): void {
    const drag = this.#drag;
    if (!drag) {
      return;
    }
    drag.x = x;
    drag.y = y;
    const point = this.#pointFor(drag.mode, x, y);
    const { active } = this.#grid;
    if (active?.row !== point.row || active.column !== point.column) {
      this.#grid.setSelection(extendTo(this.#grid.selection, point, drag.mode));
    }
  }

  /** While the button is held outside the cells, scrolls towards the pointer, faster the farther it is. */
  #autoScroll(): void {
    const drag = this.#drag;
    if (!drag) {
      return;
    }
    const grid = this.#grid;
    const box = grid.dom.scroller.getBoundingClientRect();
    const down = drag.mode === "columns" ? 0 : outside(drag.y, box.top, box.top + grid.scroll.viewport);
    const right = drag.mode === "rows" ? 0 : outside(drag.x, box.left + grid.gutterWidth, box.right - 2);
    if (down !== 0 || right !== 0) {
      grid.scrollTo(grid.scroll.top + down * SCROLL_SPEED, grid.left + right * SCROLL_SPEED);
      this.#dragTo(drag.x, drag.y);
    }
    requestAnimationFrame(() => this.#autoScroll());
  }

  #resize(event: PointerEvent, column: number): void {
    const start = event.clientX;
    const width = this.#grid.layout.widthOf(column);
    this.#follow(
      event,
      (moved) => {
        if (moved.clientX !== start) {
          this.#hooks.widthChosen(column, width + moved.clientX - start);
        }
      },
      () => undefined,
    );
  }

  #follow(event: PointerEvent, move: (event: PointerEvent) => void, end: () => void): void {
    const { root } = this.#grid.dom;
    const stop = new AbortController();
    const finish = () => {
      stop.abort();
      end();
    };
    root.setPointerCapture(event.pointerId);
    root.addEventListener("pointermove", move, { signal: stop.signal });
    root.addEventListener("pointerup", finish, { signal: stop.signal });
    root.addEventListener("pointercancel", finish, { signal: stop.signal });
    root.addEventListener("lostpointercapture", finish, { signal: stop.signal });
  }

  #doubleClick(event: MouseEvent): void {
    // The pointer is captured by the grid, so that the event names the grid and not what was hit.
    const target = document.elementFromPoint(event.clientX, event.clientY);
    const resize = target instanceof HTMLElement ? target.dataset["resize"] : undefined;
    if (resize !== undefined) {
      this.#hooks.fitColumn(Number(resize));
    } else if (this.modeAt(target) === "cells") {
      this.#hooks.showCell();
    }
  }
}

function outside(at: number, start: number, end: number): number {
  if (at < start) {
    return at - start;
  }
  return at > end ? at - end : 0;
}

/** Gives a cell whose text does not fit a tooltip with more of it. */
function showWhole(target: EventTarget | null): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>(".cell") : null;
  if (cell) {
    cell.title = cell.scrollWidth > cell.clientWidth ? cell.textContent : "";
  }
}

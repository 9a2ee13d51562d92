/** What is selected: one rectangle with an active cell, or whole rows, whole columns, everything. */
import type { CellRange } from "../../../shared/messages";
import type { RecordOrder } from "../data/recordOrder";

export interface Point {
  readonly row: number;
  readonly column: number;
}

export type SelectionMode = "cells" | "rows" | "columns" | "all";

/** How many rows and columns there are to select; rows are records of the file, whether or not they are shown. */
export interface Bounds {
  readonly rows: number;
  readonly columns: number;
}

/** A selection as it is kept; `active` is the corner that moves. */
export interface SelectionState {
  readonly mode: SelectionMode;
  readonly anchor: Point;
  readonly active: Point;
}

/** A step along one axis: a number of cells, or to one end. */
export type Step = number | "start" | "end";

export function selectAt(point: Point, mode: SelectionMode = "cells"): SelectionState {
  return { mode, anchor: point, active: point };
}

/** Moves the far corner to `point`, or begins there when nothing is selected. */
export function extendTo(state: SelectionState | null, point: Point, mode: SelectionMode = "cells"): SelectionState {
  return state ? { mode, anchor: state.anchor, active: point } : selectAt(point, mode);
}

/**
 * Moves the active cell over the rows that are shown; with `extend` the selection grows from its anchor, keeping whole
 * rows or columns whole.
 */
export function move(
  state: SelectionState | null,
  rows: Step,
  columns: Step,
  extend: boolean,
  columnCount: number,
  order: RecordOrder,
): SelectionState | null {
  if (order.count === 0 || columnCount === 0) {
    return null;
  }
  if (!state) {
    const place = rows === "end" ? order.count - 1 : 0;
    return selectAt({ row: order.recordAt(place), column: columns === "end" ? columnCount - 1 : 0 });
  }
  const point = {
    row: stepRow(state.active.row, rows, order),
    column: step(state.active.column, columns, columnCount),
  };
  if (!extend) {
    return selectAt(point);
  }
  return extendTo(state, point, state.mode === "all" ? "cells" : state.mode);
}

/** The cells that are selected, within the bounds; null for none. */
export function rangeOf(state: SelectionState | null, bounds: Bounds): CellRange | null {
  const clamped = clampTo(state, bounds);
  if (!clamped) {
    return null;
  }
  const { mode, anchor, active } = clamped;
  const wholeRows = mode === "rows" || mode === "all";
  const wholeColumns = mode === "columns" || mode === "all";
  return {
    top: wholeColumns ? 0 : Math.min(anchor.row, active.row),
    bottom: wholeColumns ? bounds.rows - 1 : Math.max(anchor.row, active.row),
    left: wholeRows ? 0 : Math.min(anchor.column, active.column),
    right: wholeRows ? bounds.columns - 1 : Math.max(anchor.column, active.column),
  };
}

/** The same selection with its corners inside the bounds; null where there are no cells at all. */
export function clampTo(state: SelectionState | null, bounds: Bounds): SelectionState | null {
  if (!state || bounds.rows === 0 || bounds.columns === 0) {
    return null;
  }
  return { mode: state.mode, anchor: clampPoint(state.anchor, bounds), active: clampPoint(state.active, bounds) };
}

export function contains(range: CellRange | null, row: number, column: number): boolean {
  return (
    range !== null && row >= range.top && row <= range.bottom && column >= range.left && column <= range.right
  );
}

/** Whether more than one cell is selected. */
export function isMany(range: CellRange): boolean {
  return range.top !== range.bottom || range.left !== range.right;
}

function clampPoint(point: Point, bounds: Bounds): Point {
  return {
    row: Math.max(0, Math.min(point.row, bounds.rows - 1)),
    column: Math.max(0, Math.min(point.column, bounds.columns - 1)),
  };
}

/** From a record that is not shown, the first step down leads to the next one that is. */
function stepRow(from: number, by: Step, order: RecordOrder): number {
  if (by === 0) {
    return from;
  }
  const isBetween = typeof by === "number" && by > 0 && !order.shows(from);
  return order.recordAt(step(order.placeOf(from), isBetween ? by - 1 : by, order.count));
}

function step(from: number, by: Step, count: number): number {
  if (by === "start") {
    return 0;
  }
  if (by === "end") {
    return count - 1;
  }
  return Math.max(0, Math.min(from + by, count - 1));
}

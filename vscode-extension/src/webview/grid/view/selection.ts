/** What is selected: one rectangle with an active cell, or whole rows, whole columns, everything. */
import type { CellRange } from "../../../shared/messages";

export interface Point {
  readonly row: number;
  readonly column: number;
}

export type SelectionMode = "cells" | "rows" | "columns" | "all";

/** How many rows and columns there are to select. */
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

/** Moves the active cell; with `extend` the selection grows from its anchor, keeping whole rows or columns whole. */
export function move(
  state: SelectionState | null,
  rows: Step,
  columns: Step,
  extend: boolean,
  bounds: Bounds,
): SelectionState | null {
  if (bounds.rows === 0 || bounds.columns === 0) {
    return null;
  }
  if (!state) {
    return selectAt({ row: rows === "end" ? bounds.rows - 1 : 0, column: columns === "end" ? bounds.columns - 1 : 0 });
  }
  const point = {
    row: step(state.active.row, rows, bounds.rows),
    column: step(state.active.column, columns, bounds.columns),
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

function step(from: number, by: Step, count: number): number {
  if (by === "start") {
    return 0;
  }
  if (by === "end") {
    return count - 1;
  }
  return Math.max(0, Math.min(from + by, count - 1));
}

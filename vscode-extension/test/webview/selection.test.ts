import { describe, expect, it } from "vitest";
import { AllRecords, RecordFilter } from "../../src/webview/grid/data/recordOrder";
import type { SelectionState, Step } from "../../src/webview/grid/view/selection";
import { clampTo, contains, extendTo, isMany, move as moveOver, rangeOf, selectAt } from "../../src/webview/grid/view/selection";

const BOUNDS = { rows: 100, columns: 10 };

const move = (state: SelectionState | null, rows: Step, columns: Step, extend: boolean, bounds: typeof BOUNDS) =>
  moveOver(state, rows, columns, extend, bounds.columns, new AllRecords(bounds.rows));

describe("moving", () => {
  it("begins at the first cell when nothing is selected", () => {
    expect(move(null, 1, 0, false, BOUNDS)?.active).toEqual({ row: 0, column: 0 });
  });

  it("stays inside", () => {
    const corner = selectAt({ row: 99, column: 9 });
    expect(move(corner, 1, 1, false, BOUNDS)?.active).toEqual({ row: 99, column: 9 });
    expect(move(corner, -500, -500, false, BOUNDS)?.active).toEqual({ row: 0, column: 0 });
  });

  it("goes to the ends of each axis on its own", () => {
    const from = selectAt({ row: 5, column: 5 });
    expect(move(from, "end", 0, false, BOUNDS)?.active).toEqual({ row: 99, column: 5 });
    expect(move(from, 0, "start", false, BOUNDS)?.active).toEqual({ row: 5, column: 0 });
  });

  it("selects nothing where there are no cells", () => {
    expect(move(selectAt({ row: 0, column: 0 }), 1, 0, false, { rows: 0, columns: 3 })).toBeNull();
  });

  it("steps over the rows that are not shown", () => {
    const order = new RecordFilter();
    order.add([3, 40, 77]);
    const from = (row: number, rows: Step) => moveOver(selectAt({ row, column: 1 }), rows, 0, false, 10, order)?.active.row;
    expect([from(3, 1), from(40, 1), from(77, 1)]).toEqual([40, 77, 77]);
    expect([from(77, -1), from(40, -2), from(40, "start"), from(40, "end")]).toEqual([40, 3, 3, 77]);
    expect([from(41, 1), from(41, -1), from(90, 1), from(0, 1), from(41, 0)]).toEqual([77, 40, 77, 3, 41]);
    expect(moveOver(null, "end", 0, false, 10, order)?.active.row).toBe(77);
  });

  it("grows a range from its anchor and shrinks it again", () => {
    let state = move(selectAt({ row: 5, column: 5 }), 2, 0, true, BOUNDS);
    state = move(state, 0, 1, true, BOUNDS);
    expect(rangeOf(state, BOUNDS)).toEqual({ top: 5, left: 5, bottom: 7, right: 6 });
    state = move(state, -4, 0, true, BOUNDS);
    expect(rangeOf(state, BOUNDS)).toEqual({ top: 3, left: 5, bottom: 5, right: 6 });
  });

  it("ends a range when it moves on without Shift", () => {
    const range = extendTo(selectAt({ row: 1, column: 1 }), { row: 4, column: 4 });
    expect(rangeOf(move(range, 1, 0, false, BOUNDS), BOUNDS)).toEqual({ top: 5, left: 4, bottom: 5, right: 4 });
  });
});

describe("whole rows and columns", () => {
  it("span everything across, however many rows there are by then", () => {
    const columns = extendTo(selectAt({ row: 0, column: 2 }, "columns"), { row: 0, column: 4 }, "columns");
    expect(rangeOf(columns, BOUNDS)).toEqual({ top: 0, left: 2, bottom: 99, right: 4 });
    expect(rangeOf(columns, { rows: 5000, columns: 10 })?.bottom).toBe(4999);
    expect(rangeOf(selectAt({ row: 7, column: 0 }, "rows"), BOUNDS)).toEqual({ top: 7, left: 0, bottom: 7, right: 9 });
  });

  it("stay whole when extended by keys", () => {
    const state = move(selectAt({ row: 7, column: 3 }, "rows"), 1, 0, true, BOUNDS);
    expect(rangeOf(state, BOUNDS)).toEqual({ top: 7, left: 0, bottom: 8, right: 9 });
  });

  it("select everything", () => {
    expect(rangeOf(selectAt({ row: 3, column: 3 }, "all"), BOUNDS)).toEqual({ top: 0, left: 0, bottom: 99, right: 9 });
  });
});

it("is kept inside when rows are gone", () => {
  const state = extendTo(selectAt({ row: 10, column: 2 }), { row: 90, column: 3 });
  expect(rangeOf(state, { rows: 20, columns: 3 })).toEqual({ top: 10, left: 2, bottom: 19, right: 2 });
  expect(clampTo(state, { rows: 0, columns: 3 })).toBeNull();
});

it("knows what it contains", () => {
  const range = { top: 1, left: 1, bottom: 2, right: 2 };
  expect(contains(range, 2, 1)).toBe(true);
  expect(contains(range, 3, 1)).toBe(false);
  expect(contains(null, 1, 1)).toBe(false);
  expect(isMany(range)).toBe(true);
  expect(isMany({ top: 1, left: 1, bottom: 1, right: 1 })).toBe(false);
});

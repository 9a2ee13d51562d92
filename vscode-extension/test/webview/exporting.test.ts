/** Which records and columns a selection of the table stands for. */
import { expect, it } from "vitest";
import { tableScope } from "../../src/webview/grid/app/exporting";
import { RecordFilter } from "../../src/webview/grid/data/recordOrder";

const SIZE = { rows: 100, columns: 5 };
const range = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

it("a rectangle is its rows and columns", () => {
  expect(tableScope(range(3, 1, 9, 2), null, SIZE, false)).toEqual({ rows: [3, 10], columns: [1, 2] });
});

it("whole rows have all columns, those too that may turn up", () => {
  expect(tableScope(range(3, 0, 3, 4), null, SIZE, false)).toEqual({ rows: [3, 4] });
  expect(tableScope(range(3, 2, 3, 2), null, SIZE, true)).toEqual({ rows: [3, 4] });
});

it("what lies beyond the rows and columns there are is left out", () => {
  expect(tableScope(range(90, 4, 500, 9), null, SIZE, false)).toEqual({ rows: [90, 100], columns: [4] });
  expect(tableScope(range(100, 0, 500, 0), null, SIZE, false)).toBeNull();
  expect(tableScope(range(0, 5, 0, 6), null, SIZE, false)).toBeNull();
});

it("only records that are shown count where a filter is", () => {
  const filter = new RecordFilter();
  filter.add([2, 5, 7, 50]);
  expect(tableScope(range(4, 0, 10, 4), filter, SIZE, false)).toEqual({ records: [5, 7] });
  expect(tableScope(range(8, 0, 10, 4), filter, SIZE, false)).toBeNull();
});

it("nothing selected is nothing", () => {
  expect(tableScope(null, null, SIZE, true)).toBeNull();
});

import { describe, expect, it } from "vitest";
import { ColumnLayout, MAX_WIDTH, MIN_WIDTH } from "../../src/webview/grid/view/columnLayout";
import { fitWidths, longestTexts } from "../../src/webview/grid/view/widthFit";
import type * as P from "../../src/generated/protocol";

describe("laying out columns", () => {
  it("finds the visible ones of thousands", () => {
    const layout = new ColumnLayout();
    layout.reset(new Array<number>(2000).fill(100), new Map());
    expect(layout.totalWidth).toBe(200_000);
    expect(layout.window(150_050, 800)).toEqual({ first: 1500, last: 1508 });
    expect(layout.columnAt(-5)).toBe(0);
    expect(layout.columnAt(1e9)).toBe(1999);
  });

  it("keeps widths within reason", () => {
    const layout = new ColumnLayout();
    layout.reset([1, 1e9], new Map());
    expect([layout.widthOf(0), layout.widthOf(1)]).toEqual([MIN_WIDTH, MAX_WIDTH]);
  });

  it("remembers the widths a person chose", () => {
    const layout = new ColumnLayout();
    layout.reset([100, 100, 100], new Map([[1, 250]]));
    layout.setWidth(2, 80, true);
    layout.setWidth(0, 90, false);
    expect([...layout.chosen()]).toEqual([[1, 250], [2, 80]]);
    expect(layout.startOf(2)).toBe(340);
  });

  it("lets a single column fill the room, unless its width was chosen", () => {
    const layout = new ColumnLayout();
    layout.reset([100], new Map());
    layout.fill(700);
    expect(layout.totalWidth).toBe(700);
    layout.setWidth(0, 120, true);
    expect(layout.totalWidth).toBe(120);
  });

  it("scrolls sideways no further than needed", () => {
    const layout = new ColumnLayout();
    layout.reset([100, 100, 100, 100], new Map());
    expect(layout.reveal(1, 0, 250)).toBe(0);
    expect(layout.reveal(3, 0, 250)).toBe(150);
    expect(layout.reveal(0, 150, 250)).toBe(0);
  });

  it("has no window without columns or room", () => {
    const layout = new ColumnLayout();
    expect(layout.window(0, 500).last).toBe(-1);
    layout.reset([100], new Map());
    expect(layout.window(0, 0).last).toBe(-1);
  });
});

describe("fitting widths", () => {
  const columns: P.Column[] = ["id", "a long name"].map((name) => ({ name, type: "text", nulls: [], path: null }));
  const measure = { cell: (text: string) => text.length * 8, header: (text: string) => text.length * 9 };
  const limits = { maxCharacters: 20, cellPadding: 10, headerPadding: 30 };

  it("fits the longer of name and texts", () => {
    expect(fitWidths(columns, [["12345678901", "x"], ["1"]], measure, limits)).toEqual([98, 129]);
  });

  it("fits no more than so many characters", () => {
    expect(fitWidths(columns, [["x".repeat(1_000_000)]], measure, limits)[0]).toBe(21 * 8 + 10);
  });

  it("fits one column alone", () => {
    expect(fitWidths(columns, [["1", "x".repeat(18)]], measure, limits, 1)).toEqual([154]);
  });

  it("takes wide characters for two", () => {
    expect(longestTexts([["日本語文字"], ["abcdefg"]], 0, 1, 50)).toEqual(["日本語文字"]);
  });

  it("measures shortened texts and leaves missing ones out", () => {
    expect(longestTexts([["a", { text: "long text", bytes: 100_000 }], ["abc"]], 0, 2, 50)).toEqual(["abc", "long text"]);
  });
});

import { describe, expect, it } from "vitest";
import { cellKind, extraCells, isRightAligned, MAX_DRAWN, oneLine, runsOf } from "../../src/webview/grid/data/cellText";
import { parseRows } from "../../src/webview/grid/data/rows";
import { CellSlot } from "../../src/webview/grid/view/cellSlot";
import { AllRecords } from "../../src/webview/grid/data/recordOrder";
import type { Frame } from "../../src/webview/grid/view/frame";
import { itemOfSlot } from "../../src/webview/grid/view/frame";
import { ColumnLayout } from "../../src/webview/grid/view/columnLayout";
import { GRID_STRINGS } from "../../src/shared/gridStrings";
import type * as P from "../../src/generated/protocol";

const TEXT: P.Column = { name: "name", type: "text", nulls: ["NA", ""], path: null };

describe("reading rows", () => {
  it("takes strings and shortened texts", () => {
    expect(parseRows('[["a",{"text":"b","bytes":9}],[]]')).toEqual([["a", { text: "b", bytes: 9 }], []]);
  });

  it("takes values of kinds, and a missing cell in the middle of a record", () => {
    const rows = parseRows('[["a",null,{"text":"1.50","kind":"number"},{"text":"[1","kind":"array","count":9,"bytes":50}]]');
    expect(rows).toEqual([["a", undefined, { text: "1.50", kind: "number" }, { text: "[1", kind: "array", count: 9, bytes: 50 }]]);
  });

  it.each(["", "{}", "[1]", '[["a",1]]', '[[{"text":"b"}]]', '[[{"text":"b","kind":"string"}]]'])("refuses %s", (json) => {
    expect(() => parseRows(json)).toThrow();
  });
});

describe("kinds of cells", () => {
  it("takes the kind the file gives a value over what its text says", () => {
    expect(cellKind({ text: "NA", kind: "invalid" }, TEXT)).toBe("invalid");
    expect(cellKind({ text: "null", kind: "null" }, TEXT)).toBe("null");
    expect(cellKind({ text: "[]", kind: "array", count: 0 }, TEXT)).toBe("array");
  });

  it("tells null, empty and missing apart", () => {
    expect(cellKind("NA", TEXT)).toBe("null");
    expect(cellKind("", TEXT)).toBe("empty");
    expect(cellKind(undefined, TEXT)).toBe("missing");
    expect(cellKind("na", TEXT)).toBe("text");
    expect(cellKind({ text: "NA", bytes: 5000 }, TEXT)).toBe("text");
  });

  it("aligns what is compared by its end", () => {
    expect(isRightAligned({ ...TEXT, type: "float" })).toBe(true);
    expect(isRightAligned({ ...TEXT, type: "uuid" })).toBe(false);
  });

  it("lists cells beyond the columns", () => {
    expect(extraCells(["a", "b", "c\nd"], 1)).toEqual(["b", "c↵d"]);
  });
});

describe("making the invisible visible", () => {
  it("shows line ends, tabs, controls and direction marks", () => {
    expect(oneLine("a\nb\r\nc\td\u0000e\u202ef\u200b")).toBe("a↵b↵c⇥d␀e⟨202E⟩f⟨200B⟩");
  });

  it("keeps signs apart from the same characters in the file", () => {
    expect(runsOf("↵\n", null)).toEqual([{ kind: "text", text: "↵" }, { kind: "sign", text: "↵" }]);
  });

  it("draws a plain text as it is", () => {
    expect(runsOf("plain", null)).toEqual([{ kind: "text", text: "plain" }]);
  });

  it("draws no more than so much of a long text, and says that it goes on", () => {
    const runs = runsOf("x".repeat(5000), null);
    expect(runs[0]?.text).toHaveLength(MAX_DRAWN);
    expect(runs.at(-1)).toEqual({ kind: "sign", text: "…" });
  });

  it("marks what is found", () => {
    expect(runsOf("Ra and ra", { text: "ra", matchCase: false })).toEqual([
      { kind: "found", text: "Ra" },
      { kind: "text", text: " and " },
      { kind: "found", text: "ra" },
    ]);
    expect(runsOf("Ra and ra", { text: "ra", matchCase: true })[0]).toEqual({ kind: "text", text: "Ra and " });
  });
});

describe("a cell element", () => {
  const layout = new ColumnLayout();
  layout.reset([100], new Map());
  const frame = (active: boolean): Frame => ({
    columns: [TEXT],
    layout,
    rows: { first: 0, last: 9 },
    visible: { first: 0, last: 0 },
    rowHeight: 22,
    top: 0,
    left: 0,
    gutterWidth: 40,
    extra: { start: 100, width: 0 },
    range: active ? { top: 3, left: 0, bottom: 3, right: 0 } : null,
    active: active ? { row: 3, column: 0 } : null,
    find: null,
    strings: GRID_STRINGS,
    cellId: ({ row, column }) => `cell-${row}-${column}`,
    order: new AllRecords(1000),
    problemOf: () => null,
    rowState: () => ({ kind: "loading" }),
  });

  it("puts markup in as text", () => {
    const slot = new CellSlot();
    slot.update(frame(false), 3, 0, ["<img src=x onerror=alert(1)>\n"]);
    expect(slot.element.querySelector("img")).toBeNull();
    expect(slot.element.textContent).toBe("<img src=x onerror=alert(1)>↵");
  });

  it("names what cannot be read off it", () => {
    const slot = new CellSlot();
    const label = (cells: readonly string[] | null) => {
      slot.update(frame(false), 3, 0, cells);
      return slot.element.getAttribute("aria-label");
    };
    expect(label([])).toBe("missing");
    expect(label([""])).toBe("empty");
    expect(label(["NA"])).toBe("NA (no value)");
    expect(label(null)).toBe("loading");
    expect(label(["Isis"])).toBeNull();
  });

  it("names column and row where the focus is", () => {
    const slot = new CellSlot();
    slot.update(frame(true), 3, 0, ["Isis"]);
    expect(slot.element.id).toBe("cell-3-0");
    expect(slot.element.getAttribute("aria-label")).toBe("Isis, name, row 4");
    expect(slot.element.getAttribute("aria-selected")).toBe("true");
    slot.update(frame(false), 3, 0, ["Isis"]);
    expect(slot.element.hasAttribute("id")).toBe(false);
  });
});

it("keeps an item in its slot while the window moves over it", () => {
  const slotsOf = (first: number) => new Map(Array.from({ length: 5 }, (_, slot) => [itemOfSlot(slot, first, 5), slot]));
  const before = slotsOf(17);
  const after = slotsOf(19);
  expect([...before.keys()].sort()).toEqual([17, 18, 19, 20, 21]);
  for (const item of [19, 20, 21]) {
    expect(after.get(item)).toBe(before.get(item));
  }
});

/** The sparse rows of the tree, beside a tree that has an object for each row. */
import { describe, expect, it } from "vitest";
import { AllRecords, RecordFilter } from "../../../src/webview/grid/data/recordOrder";
import { keptTree, placeOf, readKept, restoreTree } from "../../../src/webview/grid/tree/kept";
import type { TreeRow } from "../../../src/webview/grid/tree/treeModel";
import { TreeModel } from "../../../src/webview/grid/tree/treeModel";

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function modelOf(records: number): TreeModel {
  const model = new TreeModel();
  model.setOrder(new AllRecords(records));
  return model;
}

function rowAt(model: TreeModel, place: number): TreeRow {
  const row = model.rowAt(place);
  if (!row) {
    throw new Error(`there is no row ${place}`);
  }
  return row;
}

/** Every row as its path, by walking all of them. */
function walked(model: TreeModel, row?: TreeRow): string[] {
  const node = row ? model.nodeOf(row) : model.root;
  if (!node) {
    return [];
  }
  const indices = Array.from({ length: node.own }, (_, place) => (row ? place : model.order.recordAt(place)));
  return indices.flatMap((index) => {
    const { record, path } = placeOf({ node, index });
    return [JSON.stringify([record, ...path]), ...walked(model, { node, index })];
  });
}

const shown = (model: TreeModel): string[] =>
  Array.from({ length: model.rows }, (_, place) => {
    const { record, path } = placeOf(rowAt(model, place));
    return JSON.stringify([record, ...path]);
  });

describe("rows of expanded values", () => {
  it("stand below what they are in", () => {
    const model = modelOf(3);
    model.expand(rowAt(model, 1), 2);
    model.expand(rowAt(model, 3), 1);
    expect(shown(model)).toEqual(["[0]", "[1]", "[1,0]", "[1,1]", "[1,1,0]", "[2]"]);
    expect(model.rowAt(6)).toBeUndefined();
    expect(model.rowAt(-1)).toBeUndefined();
  });

  it.each([1, 2, 3, 4, 5, 6])("are found in both directions however they are expanded and collapsed (%i)", (seed) => {
    const model = modelOf(5);
    const random = numbers(seed);
    const next = (below: number): number => Math.floor((random.next().value as number) * below);
    for (let step = 0; step < 60; step++) {
      const row = rowAt(model, next(model.rows));
      const node = model.nodeOf(row);
      if (node && next(3) === 0) {
        model.collapse(node);
      } else if (node) {
        model.setCount(node, next(6), next(4) > 0);
      } else {
        model.expand(row, next(5));
      }
    }
    expect(shown(model)).toEqual(walked(model));
    for (let place = 0; place < model.rows; place++) {
      expect(model.placeOf(rowAt(model, place))).toBe(place);
    }
  });

  it("are found among ten million siblings without an object for each", () => {
    const model = modelOf(1);
    const array = model.expand(rowAt(model, 0), 10_000_000);
    model.expand({ node: array, index: 4_000_000 }, 3);
    expect(model.rows).toBe(10_000_004);
    expect(placeOf(rowAt(model, 4_000_004))).toEqual({ record: 0, path: [4_000_000, 2] });
    expect(placeOf(rowAt(model, 10_000_003))).toEqual({ record: 0, path: [9_999_999] });
    expect(model.placeOf({ node: array, index: 9_999_999 })).toBe(10_000_003);
  });

  it("of a value whose children nobody has counted grow, with one more row that says so", () => {
    const model = modelOf(1);
    const node = model.expand(rowAt(model, 0), null);
    expect(model.rows).toBe(2);
    model.setCount(node, 100, false);
    expect(model.rows).toBe(102);
    model.setCount(node, 130, true);
    expect(model.rows).toBe(131);
  });

  it("are gone with their siblings when there are fewer than was thought", () => {
    const model = modelOf(1);
    const node = model.expand(rowAt(model, 0), 10);
    const child = model.expand({ node, index: 8 }, 4);
    model.setCount(node, 5, true);
    expect([model.rows, model.isShown(child)]).toEqual([6, false]);
  });
});

describe("records that are shown only in part", () => {
  it("keep what is expanded in them until they are shown again", () => {
    const model = modelOf(10);
    model.expand({ node: model.root, index: 2 }, 3);
    model.expand({ node: model.root, index: 7 }, 1);
    const filter = new RecordFilter();
    filter.add([1, 7, 9]);
    model.setOrder(filter);
    expect(shown(model)).toEqual(["[1]", "[7]", "[7,0]", "[9]"]);
    model.setOrder(new AllRecords(10));
    expect(model.rows).toBe(14);
  });
});

describe("what a hidden tab remembers", () => {
  it("is expanded and selected again, with as many rows", () => {
    const model = modelOf(4);
    const node = model.expand(rowAt(model, 1), 3);
    model.expand({ node, index: 2 }, null);
    const kept: unknown = JSON.parse(JSON.stringify(keptTree(model, { node, index: 1 }, 2.5)));
    const state = readKept(kept);
    const fresh = modelOf(4);
    const selected = state && restoreTree(fresh, state);
    fresh.setOrder(new AllRecords(4));
    expect(shown(fresh)).toEqual(shown(model));
    expect(selected && placeOf(selected)).toEqual({ record: 1, path: [1] });
    expect(state?.top).toBe(2.5);
  });

  it("is not taken from anything of another form", () => {
    expect([null, 7, {}, { version: 2 }].map(readKept)).toEqual([null, null, null, null]);
  });
});

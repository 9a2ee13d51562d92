import { describe, expect, it } from "vitest";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import { ResultLines } from "../../../src/webview/grid/search/resultLines";
import { SearchState } from "../../../src/webview/grid/search/searchState";
import { countText, currentText, progressText } from "../../../src/webview/grid/search/searchStatus";
import { found, QUERY } from "./hits";

function state(...records: [number, number][]): SearchState {
  const made = new SearchState(QUERY);
  made.add(records.map(([record, hits]) => found(record, hits)), 100);
  return made;
}

describe("the state of a search", () => {
  it("knows each hit by its number", () => {
    const search = state([3, 2], [8, 1], [20, 3]);
    expect(search.count).toBe(6);
    expect([0, 1, 2, 3, 5].map((index) => search.hit(index)?.record)).toEqual([3, 3, 8, 20, 20]);
    expect(search.hit(5)?.hit.preview).toBe("thoth 20.2");
    expect([search.hit(-1), search.hit(6)]).toEqual([null, null]);
  });

  it("takes the hits of a large record a few at a time, and drops what is behind", () => {
    const search = state([3, 2]);
    search.add([found(3, 3), found(2, 1), found(9, 1)], 50);
    expect(search.groups.map(({ record, hits, first }) => [record, hits.length, first])).toEqual([[3, 5, 0], [9, 1, 5]]);
    expect(search.scanned).toBe(100);
  });

  it("steps from the record that is selected, then from hit to hit around the ends", () => {
    const search = state([3, 2], [8, 1]);
    expect(search.step(1, 4)?.record).toBe(8);
    expect(search.step(1, 4)?.record).toBe(3);
    expect(search.step(-1, null)?.record).toBe(8);
    expect(state([3, 2], [8, 1]).step(-1, 5)?.hit.preview).toBe("thoth 3.1");
    expect(state([3, 2]).step(1, 90)?.record).toBe(3);
    expect(new SearchState(QUERY).step(1, 0)).toBeNull();
  });

  it("forgets what was found in a record that was not searched to its end", () => {
    const search = state([3, 2], [8, 4]);
    search.current = 5;
    search.forgetFrom(8);
    expect([search.count, search.current]).toEqual([2, 1]);
    search.add([found(8, 5)], 120);
    expect([search.count, search.filter.count]).toEqual([7, 2]);
  });

  it("says how many hits, in how many records, which one and how far", () => {
    const search = new SearchState(QUERY);
    expect(countText(GRID_STRINGS, search)).toBe("Searching…");
    search.add([found(3, 2), found(8, 1)], 5000);
    search.current = 1;
    expect(countText(GRID_STRINGS, search)).toBe("3 hits in 2 records");
    expect(progressText(GRID_STRINGS, search)).toBe("searched to record 5,000");
    expect(currentText(GRID_STRINGS, search)).toBe("Hit 2 of 3+");
    search.status = { kind: "done" };
    expect([progressText(GRID_STRINGS, search), currentText(GRID_STRINGS, search)]).toEqual(["", "Hit 2 of 3"]);
    const none = new SearchState(QUERY);
    none.status = { kind: "done" };
    expect(countText(GRID_STRINGS, none)).toBe("No results");
  });
});

describe("the lines of the list of results", () => {
  it("are the records with their hits below them", () => {
    const lines = new ResultLines();
    lines.reset(state([3, 2], [8, 1]));
    expect(lines.count).toBe(5);
    expect([0, 1, 2, 3, 4, 5].map((line) => lines.at(line))).toEqual([
      { kind: "record", group: 0 },
      { kind: "hit", group: 0, hit: 0 },
      { kind: "hit", group: 0, hit: 1 },
      { kind: "record", group: 1 },
      { kind: "hit", group: 1, hit: 0 },
      null,
    ]);
    expect(lines.lineOfGroup(1)).toBe(3);
  });

  it("grow while the search goes on, also in the last record and where records are folded", () => {
    const search = state([3, 2], [8, 1]);
    const lines = new ResultLines();
    lines.reset(search);
    expect(lines.count).toBe(5);
    lines.fold(0, true);
    expect(lines.count).toBe(3);
    search.add([found(8, 2), found(9, 1)], 200);
    expect(lines.count).toBe(7);
    expect(lines.at(6)).toEqual({ kind: "hit", group: 2, hit: 0 });
    lines.fold(0, false);
    expect([lines.count, lines.lineOfGroup(2)]).toEqual([9, 7]);
  });

  it("can all be folded and unfolded", () => {
    const lines = new ResultLines();
    lines.reset(state([3, 2], [8, 1], [9, 5]));
    lines.foldAll(true);
    expect([lines.count, lines.isAllFolded, lines.at(2)]).toEqual([3, true, { kind: "record", group: 2 }]);
    lines.foldAll(false);
    expect([lines.count, lines.isAllFolded]).toEqual([11, false]);
  });

  it("become fewer again when a record is searched anew", () => {
    const search = state([3, 2], [8, 4]);
    const lines = new ResultLines();
    lines.reset(search);
    expect(lines.count).toBe(8);
    search.forgetFrom(8);
    expect([lines.count, lines.at(3)]).toEqual([3, null]);
  });
});

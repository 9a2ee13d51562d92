import { beforeEach, describe, expect, it } from "vitest";
import { GRID_STRINGS } from "../../src/shared/gridStrings";
import { countText, progressText } from "../../src/webview/grid/find/findBar";
import { FindController } from "../../src/webview/grid/find/findController";
import { FindState } from "../../src/webview/grid/find/findState";
import type { Point } from "../../src/webview/grid/view/selection";
import { Messenger } from "../../src/webview/messenger";

const QUERY = { text: "ra", matchCase: false, wholeCell: false };

describe("the state of a search", () => {
  it("goes around the ends in both directions", () => {
    const state = new FindState(QUERY);
    state.add([[1, 0], [1, 3], [5, 2]], 10);
    expect(state.step(1, { row: 1, column: 1 })).toEqual({ row: 1, column: 3 });
    expect(state.step(1, { row: 1, column: 3 })).toEqual({ row: 5, column: 2 });
    expect(state.step(1, { row: 5, column: 2 })).toEqual({ row: 1, column: 0 });
    expect(state.current).toBe(0);
    expect(state.step(-1, { row: 1, column: 0 })).toEqual({ row: 5, column: 2 });
    expect(state.step(-1, { row: 3, column: 0 })).toEqual({ row: 1, column: 3 });
  });

  it("goes nowhere without matches", () => {
    expect(new FindState(QUERY).step(1, { row: 0, column: 0 })).toBeNull();
  });

  it("leaves out what a continued search repeats", () => {
    const state = new FindState(QUERY);
    state.add([[7, 0], [7, 2]], 7);
    state.add([[7, 0], [7, 2], [7, 4], [9, 1]], 12);
    expect(state.count).toBe(4);
    expect(state.isMatch(7, 4)).toBe(true);
    expect(state.isMatch(9, 0)).toBe(false);
    expect(state.scannedRows).toBe(12);
  });

  it("says how many, which one and how far", () => {
    const state = new FindState(QUERY);
    state.status = { kind: "searching" };
    expect(countText(GRID_STRINGS, state)).toBe("Searching…");
    state.add([[1, 0], [2, 0]], 5000);
    state.current = 0;
    expect(countText(GRID_STRINGS, state)).toBe("1 of 2+");
    expect(progressText(GRID_STRINGS, state)).toBe("searched to row 5,000");
    state.status = { kind: "done" };
    expect(countText(GRID_STRINGS, state)).toBe("1 of 2");
    const none = new FindState(QUERY);
    none.status = { kind: "done" };
    expect(countText(GRID_STRINGS, none)).toBe("No results");
  });
});

describe("running searches", () => {
  let sent: { id: number; request: string; params: Record<string, unknown> }[];
  let shown: Point[];
  let origin: Point;
  let messenger: Messenger;
  let find: FindController;

  beforeEach(() => {
    sent = [];
    shown = [];
    origin = { row: 0, column: 0 };
    messenger = new Messenger({
      postMessage: (message) => sent.push(message as (typeof sent)[number]),
      getState: () => undefined,
      setState: () => undefined,
    });
    find = new FindController(messenger, {
      generation: () => 4,
      origin: () => origin,
      goTo: (point) => {
        shown.push(point);
        origin = point;
      },
      changed: () => undefined,
    });
  });

  const last = (request: string) => sent.findLast((message) => message.request === request)!;
  const found = (matches: [number, number][], scannedRows: number, searchId = last("find").params["searchId"] as string) =>
    find.found({ documentId: "d", searchId, matches, scannedRows });
  const answer = async (ok: unknown) => {
    messenger.receive({ replyTo: last("find").id, ok });
    await Promise.resolve();
    await Promise.resolve();
  };

  it("shows the first match from the active cell on, as soon as it is found", () => {
    origin = { row: 10, column: 0 };
    find.search(QUERY, true);
    found([[2, 0]], 5);
    expect(shown).toEqual([]);
    found([[12, 1]], 20);
    expect(shown).toEqual([{ row: 12, column: 1 }]);
    expect(find.state?.current).toBe(1);
  });

  it("begins again at the top when there is none below", async () => {
    origin = { row: 10, column: 0 };
    find.search(QUERY, true);
    found([[2, 0], [3, 0]], 100);
    await answer({ total: 2, nextRow: null });
    expect(shown).toEqual([{ row: 2, column: 0 }]);
    expect(find.state?.status).toEqual({ kind: "done" });
  });

  it("cancels the one before and drops what still comes of it", () => {
    find.search(QUERY, true);
    const first = last("find").params["searchId"] as string;
    find.search({ ...QUERY, text: "osiris" }, true);
    expect(last("cancelFind").params).toEqual({ searchId: first });
    found([[1, 1]], 5, first);
    expect(find.state?.count).toBe(0);
  });

  it("goes on after the limit where it stopped", async () => {
    find.search(QUERY, true);
    found([[1, 1]], 50);
    await answer({ total: 1, nextRow: 50 });
    expect(find.state?.status).toEqual({ kind: "limit", nextRow: 50 });
    find.continue();
    expect(last("find").params).toMatchObject({ fromRow: 50, generation: 4 });
    found([[60, 0]], 100);
    expect(find.state?.count).toBe(2);
  });

  it("tells cancelled from failed", async () => {
    find.search(QUERY, true);
    messenger.receive({ replyTo: last("find").id, error: { kind: "cancelled", message: "" } });
    await Promise.resolve();
    await Promise.resolve();
    expect(find.state?.status.kind).toBe("cancelled");
    find.search(QUERY, true);
    messenger.receive({ replyTo: last("find").id, error: { kind: "pluginTrapped", message: "it trapped" } });
    await Promise.resolve();
    await Promise.resolve();
    expect(find.state?.status).toEqual({ kind: "failed", message: "it trapped" });
  });

  it("searches for nothing when the text is empty", () => {
    find.search({ ...QUERY, text: "" }, true);
    expect(sent).toEqual([]);
    expect(find.state).toBeNull();
  });
});

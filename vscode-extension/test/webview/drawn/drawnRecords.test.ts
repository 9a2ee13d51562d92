/** Drawn records are asked for in pages; what is wrong with one is said in its place. */
import { describe, expect, it } from "vitest";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import { Messenger } from "../../../src/webview/messenger";
import { WidgetState } from "../../../src/webview/nodes/context";
import { drawnRecords, parseDrawn, RENDER_PAGE } from "../../../src/webview/grid/drawn/drawnRecords";
import type { DrawnRecord } from "../../../src/webview/grid/drawn/drawnRecords";
import type { RowState } from "../../../src/webview/grid/data/pageCache";
import { RecordElement } from "../../../src/webview/grid/drawn/recordElement";

describe("the answer of a plugin", () => {
  it("holds nodes with the height they want, and errors", () => {
    expect(parseDrawn('[{"node": {"type": "spinner"}, "height": 40}, {"error": "no card"}, {"node": 7}, 8]')).toEqual([
      { kind: "node", node: { type: "spinner" }, height: 40 },
      { kind: "error", message: "no card" },
      { kind: "node", node: 7, height: 0 },
      { kind: "node", node: undefined, height: 0 },
    ]);
  });

  it("is refused where it is no list", () => {
    expect(() => parseDrawn("{}")).toThrow("no list");
  });

  it("is asked for in pages, the one in view first", async () => {
    const asked: unknown[] = [];
    const messenger = new Messenger({
      getState: () => undefined,
      setState: () => undefined,
      postMessage: (message) => {
        const { id, request, params } = message as { id: number; request: string; params: { start: number; count: number } };
        asked.push([request, params.start, params.count]);
        const nodes = JSON.stringify(Array.from({ length: params.count }, () => ({ node: { type: "spinner" }, height: 0 })));
        setTimeout(() => messenger.receive({ replyTo: id, ok: { start: params.start, count: params.count, nodes } }), 0);
      },
    });
    const ready = new Promise<void>((resolve) => {
      const cache = drawnRecords(messenger, () => {
        if (cache.row(60).kind === "ready") {
          resolve();
        }
      }, () => undefined);
      cache.reset(3, RENDER_PAGE);
      cache.setKnown(1000);
      cache.want(60, 66, false);
    });
    await ready;
    expect(asked[0]).toEqual(["render", 50, 25]);
    expect(asked.slice(1, 3)).toEqual([["render", 75, 25], ["render", 25, 25]]);
  });
});

describe("a record on the screen", () => {
  function shown(state: RowState<DrawnRecord>) {
    const retried: number[] = [];
    const record = new RecordElement(6, new WidgetState(), {
      strings: GRID_STRINGS,
      openLink: () => undefined,
      copy: () => undefined,
      resized: () => undefined,
      retry: (failed) => retried.push(failed),
    });
    record.show(state, true, 10);
    return { record, element: record.element, retried };
  }

  it("is an article that says which it is, of how many", () => {
    const { element } = shown({ kind: "ready", row: { kind: "node", node: { type: "text", text: "hello" }, height: 50 } });
    const names = ["aria-label", "aria-posinset", "aria-setsize", "aria-current"];
    expect(names.map((name) => element.getAttribute(name))).toEqual(["Record 7", "7", "10", "true"]);
    expect(element.querySelector<HTMLElement>(".drawn-body")?.style.minHeight).toBe("50px");
    expect(element.textContent).toContain("hello");
  });

  it("shows why its plugin could not draw it", () => {
    const { element, record } = shown({ kind: "ready", row: { kind: "error", message: "A “}” is missing." } });
    expect(element.querySelector(".drawn-error")?.textContent.trim()).toBe("A “}” is missing.");
    expect(record.isReady).toBe(true);
  });

  it("offers to try again when the whole page failed", () => {
    const { element, retried } = shown({ kind: "failed", error: new Error("too slow"), first: 0, last: 24 });
    expect(element.textContent).toContain("too slow");
    element.querySelector("button")?.click();
    expect(retried).toEqual([6]);
  });

  it("counts as not drawn while it is being loaded", () => {
    expect(shown({ kind: "loading" }).record.isReady).toBe(false);
  });
});

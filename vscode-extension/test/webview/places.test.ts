/** Bookmarks and recent places, as the webview keeps them. */
import { beforeEach, describe, expect, it } from "vitest";
import type { FileMemory } from "../../src/shared/fileMemory";
import { MOST_BOOKMARKS, NOTHING_REMEMBERED } from "../../src/shared/fileMemory";
import { Bookmarks } from "../../src/webview/grid/app/bookmarks";
import { Memory } from "../../src/webview/grid/app/memory";
import { RecentPlaces } from "../../src/webview/grid/app/recentPlaces";
import { Messenger } from "../../src/webview/messenger";

const place = (record: number, ...path: (string | number)[]) => ({ view: "tree" as const, record, path });

describe("bookmarks", () => {
  let sent: Partial<FileMemory>[];
  let memory: Memory;
  let messenger: Messenger;

  beforeEach(() => {
    sent = [];
    const postMessage = (message: unknown) => sent.push((message as { params: Partial<FileMemory> }).params);
    messenger = new Messenger({ postMessage, getState: () => null, setState: () => undefined });
    memory = new Memory(messenger);
  });

  it("are added to a place and taken away again, and both are remembered", () => {
    const bookmarks = new Bookmarks(memory);
    expect(bookmarks.toggle({ record: 3, path: ["a", 0] }, "here")).toBe("added");
    expect(bookmarks.has({ record: 3, path: ["a", 0] })).toBe(true);
    expect(bookmarks.has({ record: 3, path: ["a", "0"] })).toBe(false);
    expect(bookmarks.toggle({ record: 3, path: ["a", 0] }, "here")).toBe("removed");
    expect(sent).toEqual([{ bookmarks: [{ record: 3, path: ["a", 0], label: "here" }] }, { bookmarks: [] }]);
  });

  it("that were changed in the list are those of the tree at once", () => {
    const bookmarks = new Bookmarks(memory);
    const changed = { ...NOTHING_REMEMBERED, bookmarks: [{ record: 1, path: [], label: "x" }] };
    messenger.receive({ event: "remembered", body: changed });
    expect(bookmarks.has({ record: 1, path: [] })).toBe(true);
    expect(sent).toEqual([]);
  });

  it("end at the most a file can have", () => {
    const bookmarks = new Bookmarks(memory);
    const full = Array.from({ length: MOST_BOOKMARKS }, (_, record) => ({ record, path: [], label: "" }));
    memory.set({ ...NOTHING_REMEMBERED, bookmarks: full });
    expect(bookmarks.toggle({ record: 500, path: [] }, "")).toBe("full");
    expect(bookmarks.toggle({ record: 5, path: [] }, "")).toBe("removed");
  });
});

describe("recent places", () => {
  it("lead back to where a jump began, and forward again", () => {
    const recent = new RecentPlaces();
    recent.jumped(place(0), place(5, "a"));
    recent.jumped(place(5, "a"), place(9));
    expect(recent.step(-1, place(9))).toEqual(place(5, "a"));
    expect(recent.step(-1, place(5, "a"))).toEqual(place(0));
    expect([recent.canGoBack, recent.step(-1, place(0))]).toEqual([false, null]);
    expect(recent.step(1, place(0))).toEqual(place(5, "a"));
  });

  it("come back to where a person had moved on to", () => {
    const recent = new RecentPlaces();
    recent.jumped(place(0), place(5));
    recent.step(-1, place(6));
    expect(recent.step(1, place(0))).toEqual(place(6));
  });

  it("forget what lay ahead after another jump, and the oldest of many", () => {
    const recent = new RecentPlaces();
    recent.jumped(place(0), place(1));
    recent.step(-1, place(1));
    recent.jumped(place(0), place(2));
    expect(recent.canGoForward).toBe(false);
    for (let record = 3; record < 300; record++) {
      recent.jumped(null, place(record));
    }
    let back = 0;
    while (recent.step(-1, null)) {
      back++;
    }
    expect(back).toBe(99);
  });
});

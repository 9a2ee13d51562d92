import { beforeEach, expect, test } from "vitest";
import type { Memento } from "vscode";
import { Uri } from "vscode";
import { FileMemories, type MemoryChange, MOST_FILES } from "../src/fileMemories";
import { MOST_BOOKMARKS, MOST_SEARCHES, NOTHING_REMEMBERED, type SearchQuery } from "../src/shared/fileMemory";

let stored: Map<string, unknown>;
let memories: FileMemories;

beforeEach(() => {
  stored = new Map();
  memories = new FileMemories({
    get: (key: string, otherwise?: unknown) => stored.get(key) ?? otherwise,
    update: (key: string, value: unknown) => {
      if (value === undefined) {
        stored.delete(key);
      } else {
        stored.set(key, value);
      }
      return Promise.resolve();
    },
    keys: () => [...stored.keys()],
  } as Memento);
});

const file = (name: string): Uri => Uri.file(`/data/${name}`);

test("what is kept of a file comes back in another session, and nothing of it for another file", async () => {
  await memories.remember(file("a"), { view: "tree" });
  await memories.remember(file("a"), { bookmarks: [{ record: 1, path: ["x"], label: "here" }] });
  expect(memories.of(file("a"))).toEqual({ ...NOTHING_REMEMBERED, view: "tree", bookmarks: [{ record: 1, path: ["x"], label: "here" }] });
  expect(memories.of(file("b"))).toEqual(NOTHING_REMEMBERED);
});

test("lists that have grown too long lose their oldest items", async () => {
  const bookmarks = Array.from({ length: MOST_BOOKMARKS + 5 }, (_, record) => ({ record, path: [], label: "" }));
  const query: SearchQuery = { query: "", mode: "text", matchCase: false, wholeWord: false, scope: "both" };
  const searchHistory = Array.from({ length: MOST_SEARCHES + 5 }, (_, index) => ({ ...query, query: String(index) }));
  await memories.remember(file("a"), { bookmarks, searchHistory });
  const kept = memories.of(file("a"));
  expect([kept.bookmarks.length, kept.bookmarks[0]?.record]).toEqual([MOST_BOOKMARKS, 5]);
  expect([kept.searchHistory.length, kept.searchHistory[0]?.query]).toEqual([MOST_SEARCHES, "0"]);
});

test("of many files those not used for longest are forgotten", async () => {
  for (let index = 0; index < MOST_FILES; index++) {
    await memories.remember(file(String(index)), { view: "raw" });
  }
  await memories.remember(file("0"), { view: "tree" });
  await memories.remember(file("one more"), { view: "raw" });
  expect(memories.of(file("0")).view).toBe("tree");
  expect(memories.of(file("1")).view).toBeNull();
  expect(stored.size).toBe(MOST_FILES + 1);
});

test("the other editors of a file are told, and who made the change can be told apart", async () => {
  const told: MemoryChange[] = [];
  memories.onDidChange((change) => told.push(change));
  await memories.remember(file("a"), { view: "tree" }, "me");
  expect(told).toMatchObject([{ uri: "file:///data/a", memory: { view: "tree" }, origin: "me" }]);
});


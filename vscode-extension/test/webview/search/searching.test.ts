import { beforeEach, describe, expect, it } from "vitest";
import type * as P from "../../../src/generated/protocol";
import type { SearchQuery } from "../../../src/shared/fileMemory";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import { runFind } from "../../../src/webview/grid/app/findCommands";
import { GridDocument } from "../../../src/webview/grid/app/gridDocument";
import type { Shell } from "../../../src/webview/grid/app/shell";
import { Searching } from "../../../src/webview/grid/app/searching";
import { Banners } from "../../../src/webview/grid/chrome/banners";
import type { RecordFilter } from "../../../src/webview/grid/data/recordOrder";
import { Messenger } from "../../../src/webview/messenger";
import { found, hit, QUERY } from "./hits";

let sent: { id: number; request: string; params: Record<string, unknown> }[];
let shown: { record: number; column: number | null }[];
let spoken: string[];
let filters: { filter: RecordFilter | null; growing: boolean }[];
let remembered: (readonly SearchQuery[])[];
let place: number | null;
let focused: number;
let messenger: Messenger;
let searching: Searching;
let banners: Banners;

const turn = () => new Promise((resolve) => setTimeout(resolve));
const last = (request: string) => sent.findLast((message) => message.request === request)!;
const searchId = () => last("search").params["searchId"] as string;
const stream = (records: ReturnType<typeof found>[], scannedRecords: number, id = searchId()) =>
  messenger.receive({ event: "searched", body: { documentId: "d1", searchId: id, records, scannedRecords } });
const answer = async (reply: { ok: unknown } | { error: unknown }) => {
  messenger.receive({ replyTo: last("search").id, ...reply });
  await turn();
};
const done = { ok: { hits: 0, records: 0, nextRecord: null, notes: [] } };

beforeEach(() => {
  [sent, shown, spoken, filters, remembered, place, focused] = [[], [], [], [], [], null, 0];
  messenger = new Messenger({
    postMessage: (message) => sent.push(message as (typeof sent)[number]),
    getState: () => undefined,
    setState: () => undefined,
  });
  banners = new Banners(GRID_STRINGS, () => undefined);
  const progress: P.Progress = { records: 1_000_000, bytesDone: 1, bytesTotal: 1, done: true };
  const document = new GridDocument("a.csv", { generation: 4, progress } as P.OpenDocumentResult, 0);
  searching = new Searching(GRID_STRINGS, messenger, banners, (text) => spoken.push(text), {
    document: () => document,
    place: () => (place === null ? null : { record: place, path: [] }),
    reveal: (record, _path, column) => shown.push({ record, column }),
    showOnly: (filter, growing) => filters.push({ filter, growing }),
    remember: (history) => remembered.push(history),
    found: () => undefined,
    changed: () => undefined,
    focusView: () => focused++,
    exportResult: () => undefined,
  });
});

/** Searches as if the text had been typed. */
function search(query: Partial<SearchQuery> = {}): void {
  searching.pane.form.set({ ...QUERY, ...query });
  searching.pane.form.submit();
}

describe("searching the document", () => {
  it("asks for all that was chosen, in the generation that is shown", () => {
    search({ mode: "regex", matchCase: true, scope: "keys" });
    const expected = { generation: 4, query: "thoth", mode: "regex", matchCase: true, wholeWord: false, scope: "keys", fromRecord: 0 };
    expect(last("search").params).toMatchObject(expected);
  });

  it("steps through the hits from the selected record on and says where each is", () => {
    search();
    stream([found(3, 1), found(70, 2)], 100);
    place = 10;
    searching.pane.step(1);
    expect(shown).toEqual([{ record: 70, column: 0 }]);
    expect(spoken.at(-1)).toBe("Hit 2 of 3+: Record 71, k0, thoth 70.0");
    searching.pane.step(-1);
    expect(shown.at(-1)).toEqual({ record: 3, column: 0 });
  });

  it("cancels the search before, and drops what still comes of it", () => {
    search();
    const first = searchId();
    search({ query: "osiris" });
    expect(last("cancelSearch").params).toEqual({ searchId: first });
    stream([found(1)], 5, first);
    expect(searching.search.state?.count).toBe(0);
  });

  it("goes on where the limit ended it", async () => {
    search();
    stream([found(1)], 50);
    await answer({ ok: { hits: 1, records: 1, nextRecord: 50, notes: ["One record is too large."] } });
    searching.search.continue();
    expect(last("search").params).toMatchObject({ fromRecord: 50 });
    stream([found(60)], 100);
    await answer(done);
    expect(searching.search.state).toMatchObject({ count: 2, status: { kind: "done" }, notes: ["One record is too large."] });
  });

  it("goes on where it was stopped, with no hit twice", async () => {
    search();
    stream([found(1), found(9, 2)], 9);
    await answer({ error: { kind: "cancelled", message: "" } });
    expect(searching.search.state?.status.kind).toBe("cancelled");
    searching.search.continue();
    expect(last("search").params).toMatchObject({ fromRecord: 9 });
    stream([found(9, 3)], 20);
    expect(searching.search.state?.count).toBe(4);
  });

  it("shows and speaks why it failed", async () => {
    search({ mode: "regex", query: "(" });
    await answer({ error: { kind: "pluginRefused", message: "The group at position 0 is not closed." } });
    expect(searching.pane.body.textContent).toContain("The group at position 0 is not closed.");
    expect(spoken.at(-1)).toContain("The group at position 0 is not closed.");
  });

  it("searches again when the file has been read anew", () => {
    search();
    stream([found(1)], 10);
    searching.opened([], null);
    expect(sent.filter(({ request }) => request === "search")).toHaveLength(2);
    expect(searching.search.state?.count).toBe(0);
  });

  it("is stopped by Escape, which closes the pane only after that", () => {
    search();
    const escape = () => new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
    const first = escape();
    searching.pane.form.element.dispatchEvent(first);
    expect([first.defaultPrevented, last("cancelSearch").params]).toEqual([true, { searchId: searchId() }]);
    searching.search.clear();
    const second = escape();
    searching.pane.form.element.dispatchEvent(second);
    expect(second.defaultPrevented).toBe(false);
  });
});

describe("showing only the records that were found", () => {
  it("follows the search while it runs, says so, and can be ended there", async () => {
    search();
    stream([found(3)], 10);
    searching.matching.set(true);
    expect(filters.at(-1)).toEqual({ filter: searching.search.state?.filter, growing: true });
    stream([found(8), found(9)], 20);
    expect(filters.at(-1)?.filter?.count).toBe(3);
    await answer(done);
    expect(filters.at(-1)?.growing).toBe(false);
    expect(banners.element.textContent).toContain("Showing 3 of 1,000,000 records");
    banners.element.querySelector("vscode-button")?.dispatchEvent(new MouseEvent("click"));
    expect(filters.at(-1)).toEqual({ filter: null, growing: false });
    expect(banners.element.textContent.trim()).toBe("");
  });

  it("is switched on and off by its command, which asks for a search where there is none", () => {
    const opened: string[] = [];
    const shell = { searching, pane: { open: (tab: string) => opened.push(tab), state: { tab: null } }, views: {}, findBar: {} } as unknown as Shell;
    runFind("searchOnly", shell);
    expect([opened, searching.matching.isOn]).toEqual([["search"], false]);
    search();
    stream([found(3)], 10);
    runFind("searchOnly", shell);
    expect([opened.length, searching.matching.isOn]).toEqual([1, true]);
    runFind("searchOnly", shell);
    expect(searching.matching.isOn).toBe(false);
  });

  it("takes the records of the next search", () => {
    search();
    stream([found(3)], 10);
    searching.matching.set(true);
    search({ query: "osiris" });
    expect(filters.at(-1)?.filter).toBe(searching.search.state?.filter);
    expect(filters.at(-1)?.filter?.count).toBe(0);
  });

  it("ends when a record is asked for that is not among them", () => {
    search();
    stream([found(3)], 10);
    searching.matching.set(true);
    searching.matching.include(3);
    expect(searching.matching.isOn).toBe(true);
    searching.matching.include(4);
    expect([searching.matching.isOn, filters.at(-1)?.filter]).toEqual([false, null]);
    expect(spoken.at(-1)).toContain("record 5 has no hits");
  });

  it("ends with the search", () => {
    search();
    searching.matching.set(true);
    searching.search.clear();
    expect(filters.at(-1)?.filter).toBeNull();
  });
});

describe("the list of results", () => {
  const list = () => searching.pane.body.querySelector<HTMLElement>(".results")!;
  const press = (key: string) => list().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const active = () => list().querySelector(".active")?.textContent;

  beforeEach(() => {
    Object.defineProperty(list(), "clientHeight", { value: 220 });
    search();
    stream([found(3, 2), found(8, 1)], 100);
  });

  it("is a tree of which screen readers hear the shape", () => {
    const [record, first] = list().querySelectorAll('[role="treeitem"]');
    expect(record?.getAttribute("aria-label")).toBe("Record 4, 2 hits");
    expect(["aria-level", "aria-expanded"].map((name) => record?.getAttribute(name))).toEqual(["1", "true"]);
    expect(["aria-level", "aria-posinset", "aria-setsize"].map((name) => first?.getAttribute(name))).toEqual(["2", "1", "2"]);
    expect(first?.getAttribute("aria-label")).toBe("k0: thoth 3.0");
    expect(list().getAttribute("aria-activedescendant")).toBe(list().querySelector("[data-line='0']")?.id);
    expect(list().getAttribute("aria-activedescendant")).toMatch(/^result-\d+-0$/);
  });

  it("is moved through and folded with the keys of VS Code's own trees", () => {
    press("ArrowDown");
    expect(active()).toContain("thoth 3.0");
    press("ArrowLeft");
    expect(active()).toContain("Record 4");
    press("ArrowLeft");
    expect(list().querySelectorAll('[role="treeitem"]')).toHaveLength(3);
    press("ArrowRight");
    press("ArrowRight");
    expect(active()).toContain("thoth 3.0");
    press("End");
    expect(active()).toContain("thoth 8.0");
    press("Home");
    expect(active()).toContain("Record 4");
  });

  it("shows a hit on Enter and goes to it, on Space stays; both keep the search", () => {
    press("ArrowDown");
    press("ArrowDown");
    press(" ");
    expect([shown.at(-1)?.record, searching.search.state?.current, focused]).toEqual([3, 1, 0]);
    press("Enter");
    expect(focused).toBe(1);
    expect(remembered).toEqual([[QUERY]]);
  });

  it("draws no more lines than can be seen, however many there are", () => {
    stream([found(90, 12_000)], 200);
    expect(list().querySelectorAll('[role="treeitem"]').length).toBeLessThan(30);
    press("End");
    expect(active()).toContain("thoth 90.11999");
  });

  it("puts markup in as text", () => {
    stream([{ record: 9, hits: [hit({ preview: "<img src=x onerror=alert(1)>", ranges: [] })] }], 200);
    press("End");
    expect(list().querySelector("img")).toBeNull();
    expect(active()).toContain("<img");
  });
});

/** Grids as parts of a page: several at once, kept while trees come and go, and gone without a trace. */
import { afterAll, beforeEach, expect, it } from "vitest";
import type { FromHost, ToHost } from "../../../src/shared/dataChannels";
import { NOTHING_REMEMBERED } from "../../../src/shared/fileMemory";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import { PageDataViews } from "../../../src/webview/dataView/dataViews";
import type { Surface } from "../../../src/webview/nodes/context";
import { WidgetState } from "../../../src/webview/nodes/context";
import { drawInto } from "../../../src/webview/nodes/render";

let sent: ToHost[];
let views: PageDataViews;
let page: HTMLElement;
let surface: Surface;

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const data = (handle: string, more: object = {}) => ({ type: "data-view", id: "d", handle, name: `${handle}.csv`, caption: `About ${handle}`, ...more });
const column = (...children: object[]) => ({ type: "column", children });
const roots = (): HTMLElement[] => [...page.querySelectorAll<HTMLElement>(".data-view")];
const channels = (): string[] => sent.flatMap((message) => ("open" in message ? [message.dataChannel] : []));
const closed = (): string[] => sent.flatMap((message) => ("close" in message ? [message.dataChannel] : []));
const say = (dataChannel: string, message: unknown): void => views.receive({ dataChannel, message } satisfies FromHost);

function draw(tree: object): void {
  drawInto(page, tree, surface);
  views.drawn(tree);
}

/** Answers what a grid asks first, and hands it a document. */
async function open(channel: string, display: "table" | "tree" = "table"): Promise<void> {
  for (const message of sent) {
    if ("message" in message && message.dataChannel === channel) {
      const { id, request } = message.message as { id: number; request: string };
      say(channel, { replyTo: id, ok: request === "ready" ? { settings: { compact: false, maxColumnWidth: 40, autoReload: false }, strings: {} } : undefined });
    }
  }
  await settled();
  const document = {
    documentId: channel, generation: 1, uri: `thoth-data:/${channel}`, pluginId: "p", pluginName: "P",
    columns: [{ name: "a", type: "text", nulls: [], path: null }], options: [], notes: [],
    progress: { records: 2, bytesDone: 4, bytesTotal: 4, done: true },
    firstPage: { start: 0, count: 2, rows: '[["1"],["2"]]' }, sizeBytes: 4, sandbox: "file", display, nested: display === "tree",
  };
  say(channel, { event: "opened", body: { fileName: channel, document, memory: NOTHING_REMEMBERED, reason: "opened" } });
}

/** Grids speak of where they are a moment later, which has to be before the window is taken away. */
afterAll(() => new Promise((done) => setTimeout(done, 1_500)));

beforeEach(() => {
  Object.defineProperty(document, "fonts", { value: { ready: Promise.resolve() }, configurable: true });
  sent = [];
  views = new PageDataViews({ postMessage: (message) => sent.push(message as ToHost) });
  page = document.createElement("main");
  document.body.replaceChildren(page);
  surface = { id: "t", strings: GRID_STRINGS, state: new WidgetState(), openLink: () => undefined, copy: () => undefined, changed: () => undefined, dataViews: views };
});

it("the page says that it begins, then what each node shows", () => {
  draw(column(data("one"), data("two", { id: "e" })));
  expect(sent[0]).toEqual({ dataChannels: "begin" });
  expect(sent.filter((message) => "open" in message).map((message) => message.open)).toEqual([
    { handle: "one", name: "one.csv", node: "d" },
    { handle: "two", name: "two.csv", node: "e" },
  ]);
  expect(new Set(channels()).size).toBe(2);
});

it("each is a grid of its own, with its caption and its tools, and no id of the other", async () => {
  draw(column(data("one"), data("two", { id: "e" })));
  for (const channel of channels()) {
    await open(channel);
  }
  expect(roots().map((root) => root.querySelector(".header-caption")?.textContent)).toEqual(["About one", "About two"]);
  expect(roots().map((root) => root.getAttribute("aria-label"))).toEqual(["About one", "About two"]);
  expect(roots().map((root) => root.querySelectorAll('[role="grid"]').length)).toEqual([1, 1]);
  const ids = [...page.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const [first] = roots();
  first?.querySelector<HTMLElement>('[title="Open in Editor"]')?.click();
  first?.querySelector<HTMLElement>('[title="Export…"]')?.click();
  const asked = sent.flatMap((message) => ("message" in message ? [[message.dataChannel, (message.message as { request: string }).request]] : []));
  expect(asked).toContainEqual([channels()[0], "openInEditor"]);
  expect(asked).toContainEqual([channels()[0], "exportRecords"]);
  expect(asked).not.toContainEqual([channels()[1], "exportRecords"]);
});

it("a new tree with the same handle leaves it as it is, but for its caption", async () => {
  draw(column(data("one")));
  await open(channels()[0]!);
  const [root] = roots();
  draw(column(data("one", { caption: "Another" })));
  expect(roots()).toEqual([root]);
  expect(channels()).toHaveLength(1);
  expect(root?.querySelector(".header-caption")?.textContent).toBe("Another");
});

it("another handle is opened anew, and the one before is closed", async () => {
  draw(column(data("one")));
  await open(channels()[0]!);
  const [root] = roots();
  draw(column(data("two")));
  expect(channels()).toHaveLength(2);
  expect(closed()).toEqual([channels()[0]]);
  expect(roots()).toHaveLength(1);
  expect(roots()[0]).not.toBe(root);
  expect(root?.childElementCount).toBe(0);
});

it("in a tab that is not shown it waits, and comes back as it was", async () => {
  const tabs = { type: "tabs", id: "t", headers: ["Data", "Other"], children: [data("one"), { type: "text", text: "else" }] };
  draw(tabs);
  await open(channels()[0]!);
  const [root] = roots();
  surface.state.set("tabs#t", 1);
  draw(tabs);
  if (roots().length === 0) {
    expect(closed()).toEqual([]);
  }
  surface.state.set("tabs#t", 0);
  draw(tabs);
  expect(roots()).toEqual([root]);
  expect(channels()).toHaveLength(1);
  draw({ type: "text", text: "gone" });
  expect(closed()).toEqual(channels());
});

it("moved to another place of the tree it stays the same", async () => {
  draw(column(data("one")));
  await open(channels()[0]!);
  const [root] = roots();
  draw({ type: "group", label: "Answer", children: [data("one")] });
  expect(roots()).toEqual([root]);
  expect(closed()).toEqual([]);
});

it("when it is gone, nothing of it listens any more", async () => {
  draw(column(data("one")));
  const [channel = ""] = channels();
  await open(channel);
  draw({ type: "text", text: "gone" });
  const ours = (): ToHost[] => sent.filter((message) => "dataChannel" in message && message.dataChannel === channel);
  const before = ours().length;
  document.dispatchEvent(new Event("copy"));
  window.dispatchEvent(new Event("focus"));
  window.dispatchEvent(new Event("pagehide"));
  say(channel, { event: "command", body: { name: "copyAll" } });
  await settled();
  expect(ours().slice(before)).toEqual([]);
});

it("says which view has the focus, and which is on the page at all", async () => {
  const presences = (): string[] => sent.flatMap((message) => ("presence" in message ? [`${channels().indexOf(message.dataChannel)} ${message.presence}`] : []));
  const both = column(data("one"), data("two", { id: "e" }), { type: "input", id: "i", value: "" });
  draw(both);
  for (const channel of channels()) {
    await open(channel);
  }
  expect(presences()).toEqual(["0 shown", "1 shown"]);
  const [one, two] = roots().map((root) => [...root.querySelectorAll("button")]);
  one![0]!.focus();
  one![1]!.focus();
  two![0]!.focus();
  page.querySelector("input")!.focus();
  expect(presences().slice(2)).toEqual(["0 focused", "0 shown", "1 focused", "1 shown"]);
  two![0]!.focus();
  draw({ type: "tabs", id: "t", headers: ["Other", "Data"], children: [{ type: "text", text: "else" }, both] });
  expect(presences().filter((presence) => presence.startsWith("1")).at(-1)).toBe("1 hidden");
});

it("begins with the view that the node asks for", async () => {
  draw(column(data("one", { view: "table" })));
  await open(channels()[0]!, "tree");
  expect(roots()[0]?.dataset["showing"]).toBe("table");
});

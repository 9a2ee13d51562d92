/** Data views of a page: each is a document of its own on the server, for as long as its node and its panel are there. */
import { EventEmitter } from "vscode";
import { beforeEach, expect, test } from "vitest";
import { DataMemories } from "../../src/dataViews/memories";
import { DataViews } from "../../src/dataViews/dataViews";
import { Failure } from "../../src/errors";
import { changeBookmark } from "../../src/bookmarks";
import type { DataPresence, DataRef, FromHost } from "../../src/shared/dataChannels";
import { executed } from "../fakes/vscode";
import { FakeServer, opened, settled } from "../fakes/server";

const BODY: DataRef = { handle: "h1", name: "answer.json", node: "body" };

let server: FakeServer;
let received: EventEmitter<unknown>;
let posted: FromHost[];
let panelId: string | undefined;
let started: EventEmitter<void>;
let views: DataViews;
let revealed: number;

const post = (message: unknown): Promise<void> => {
  received.fire(message);
  return settled();
};
const ready = (channel: string): Promise<void> => post({ dataChannel: channel, message: { id: 1, request: "ready", params: undefined } });
const events = (channel: string): string[] =>
  posted.filter(({ dataChannel }) => dataChannel === channel).map(({ message }) => (message as { event?: string }).event ?? "reply");
const body = (channel: string, event: string): unknown =>
  posted.map(({ dataChannel, message }) => ({ dataChannel, ...(message as { event?: string; body?: unknown }) }))
    .findLast((message) => message.dataChannel === channel && message.event === event)?.body;

async function openView(channel: string, ref = BODY, documentId = channel): Promise<void> {
  await post({ dataChannel: channel, open: ref });
  await ready(channel);
  await settled();
  await server.last("thoth/panel/data").answer({ uri: `thoth-data:/secret/${ref.name}`, name: ref.name || "rows" });
  await settled();
  await server.last("open").answer(opened({ documentId }));
}

beforeEach(() => {
  server = new FakeServer();
  received = new EventEmitter<unknown>();
  posted = [];
  revealed = 0;
  panelId = "p1";
  started = new EventEmitter<void>();
  executed.length = 0;
  const page = {
    onDidReceiveMessage: received.event,
    postMessage: (message: unknown) => Promise.resolve(posted.push(message as FromHost) > 0),
  };
  const panel = {
    panel: {
      get panelId() {
        return panelId;
      },
      pluginId: "rest",
      onDidTurn: started.event,
    },
    reveal: () => revealed++,
  };
  const renderers = { list: [], onDidChange: new EventEmitter().event };
  views = new DataViews(page, panel, {
    server,
    renderers,
    exporting: {},
    act: () => Promise.resolve(),
    dataMemories: new DataMemories(),
  } as unknown as ConstructorParameters<typeof DataViews>[2]);
});

test("what a node shows is asked for with its panel, and opened like a file", async () => {
  await openView("a");
  expect(server.last("thoth/panel/data").params).toEqual({ panelId: "p1", handle: "h1", name: "answer.json" });
  expect(server.last("open").params).toMatchObject({ uri: "thoth-data:/secret/answer.json" });
  expect(events("a")).toEqual(["reply", "renderers", "opening", "opened"]);
  expect(body("a", "opened")).toMatchObject({ fileName: "answer.json", document: { documentId: "a" } });
});

test("views of one page do not hear each other", async () => {
  await openView("a");
  await openView("b", { handle: "ds", name: "", node: "rows" });
  const before = events("a");
  await post({ dataChannel: "b", message: { id: 2, request: "page", params: { generation: 1, start: 0, count: 5 } } });
  expect(server.last("page").params).toMatchObject({ documentId: "b", start: 0 });
  await server.last("page").answer({ start: 0, count: 0, rows: "[]" });
  expect(events("b").at(-1)).toBe("reply");
  expect(events("a")).toEqual(before);
  expect(body("b", "opened")).toMatchObject({ fileName: "rows" });
});

test("a view is closed on the server when its node goes, and all when the page or the panel does", async () => {
  await openView("a");
  await openView("b");
  await openView("c");
  await post({ dataChannel: "a", close: true });
  expect(server.last("close").params).toEqual({ documentId: "a" });
  await post({ dataChannels: "begin" });
  expect(views.count).toBe(0);
  expect(server.sent.filter(({ method }) => method === "close")).toHaveLength(3);
  await openView("d");
  views.dispose();
  expect(server.last("close").params).toEqual({ documentId: "d" });
  await post({ dataChannel: "e", open: BODY });
  expect(views.count).toBe(0);
});

test("without a running panel it says so, and is tried again when there is one", async () => {
  panelId = undefined;
  await post({ dataChannel: "a", open: BODY });
  await ready("a");
  await settled();
  expect(body("a", "openFailed")).toMatchObject({ message: "The panel that this data belongs to is not running.", fileName: "answer.json" });
  panelId = "p2";
  started.fire();
  await settled();
  expect(server.last("thoth/panel/data").params).toMatchObject({ panelId: "p2" });
});

test("data that is gone says why, and offers neither the text nor another plugin", async () => {
  await post({ dataChannel: "a", open: BODY });
  await ready("a");
  await settled();
  await server.last("thoth/panel/data").fail(new Failure("noLoader", "It was released."));
  await settled();
  const { actions, message } = body("a", "openFailed") as { actions: { name: string }[]; message: string };
  expect(message).toBe("It was released.");
  expect(actions.map(({ name }) => name)).toEqual(["retry"]);
});

test("after the server came back the data is asked for anew, since no address holds beyond it", async () => {
  await openView("a");
  server.setState("stopped", new Failure("serverStopped", "It ended."));
  panelId = "p2";
  server.setState("running");
  await settled();
  expect(server.last("thoth/panel/data").params).toMatchObject({ panelId: "p2" });
  await server.last("thoth/panel/data").answer({ uri: "thoth-data:/other/answer.json", name: "answer.json" });
  await settled();
  expect(server.last("open").params).toMatchObject({ uri: "thoth-data:/other/answer.json" });
});

test("it is opened in an editor by an address that holds", async () => {
  await openView("a");
  await post({ dataChannel: "a", message: { id: 3, request: "openInEditor", params: undefined } });
  await server.last("thoth/panel/data").answer({ uri: "thoth-data:/again/answer.json", name: "answer.json" });
  await settled();
  const [command, uri, viewType] = executed.at(-1) ?? [];
  expect([command, String(uri), viewType]).toEqual(["vscode.openWith", "thoth-data://again/answer.json", "thoth.dataEditor"]);
});

test("commands are about the view that had the focus last of those that are shown, or about the only one", async () => {
  const turn = (channel: string, presence: DataPresence): Promise<void> => post({ dataChannel: channel, presence });
  const active = (): string | undefined => views.active?.session.status?.document.documentId;
  let turned = 0;
  views.onDidChangeActive(() => turned++);
  await openView("a");
  expect([active(), turned]).toEqual([undefined, 0]);
  await turn("a", "shown");
  expect([active(), views.isFocused]).toEqual(["a", false]);
  await openView("b");
  await turn("b", "shown");
  expect(active()).toBeUndefined();
  await turn("a", "focused");
  expect([active(), views.isFocused]).toEqual(["a", true]);
  await turn("a", "shown");
  expect([active(), views.isFocused]).toEqual(["a", false]);
  await turn("b", "focused");
  await turn("b", "hidden");
  expect([active(), views.isFocused]).toEqual(["a", false]);
  await turn("b", "shown");
  expect(active()).toBe("b");
  const before = turned;
  await post({ dataChannel: "a", message: { id: 8, request: "selection", params: { text: "R1 C1" } } });
  expect(turned).toBe(before);
  await post({ dataChannel: "b", message: { id: 9, request: "selection", params: { text: "R5 C2" } } });
  expect([turned, views.active?.selection]).toEqual([before + 1, "R5 C2"]);
  await post({ dataChannel: "b", close: true });
  expect(active()).toBe("a");
  await post({ dataChannels: "begin" });
  expect(active()).toBeUndefined();
});

test("a command brings its tab to the front and goes to that view alone", async () => {
  await openView("a");
  await openView("b");
  await post({ dataChannel: "b", presence: "focused" });
  views.active?.command({ name: "find" });
  expect([body("a", "command"), body("b", "command"), revealed]).toEqual([undefined, { name: "find" }, 1]);
});

test("bookmarks of a view are listed, renamed and deleted, and its page hears of it", async () => {
  const [one, other] = [{ record: 1, path: ["a"], label: "one" }, { record: 1, path: ["b"], label: "other" }];
  await openView("a");
  await post({ dataChannel: "a", message: { id: 3, request: "remember", params: { bookmarks: [one, other] } } });
  await post({ dataChannel: "a", presence: "shown" });
  const grid = views.active!;
  expect(grid.bookmarks).toEqual([one, other]);
  await changeBookmark(grid, one, { ...one, label: "first" });
  await changeBookmark(grid, other, null);
  expect(grid.bookmarks).toEqual([{ ...one, label: "first" }]);
  expect(body("a", "remembered")).toMatchObject({ bookmarks: [{ ...one, label: "first" }] });
});

test("what a person chose for a node holds for what it shows next, but for places in it", async () => {
  await openView("a");
  await post({
    dataChannel: "a",
    message: { id: 3, request: "remember", params: { view: "raw", bookmarks: [{ record: 1, path: [], label: "one" }] } },
  });
  await openView("b", { ...BODY, handle: "h2" });
  expect(body("b", "opened")).toMatchObject({ memory: { view: "raw", bookmarks: [] } });
  await openView("c", { ...BODY, node: "other" });
  expect(body("c", "opened")).toMatchObject({ memory: { view: null } });
});

/** Panels in tabs: opened, looked at, brought back in another window. */
import { Uri } from "vscode";
import { beforeEach, expect, test } from "vitest";
import { tabIcon } from "../../src/panels/icons";
import { PANEL_VIEW_TYPE, PanelTabs } from "../../src/panels/tabs";
import { TabStates } from "../../src/panels/tabStates";
import { PluginStore } from "../../src/plugins/store";
import type { PanelState } from "../../src/shared/panelPage";
import { Memento } from "../fakes/memento";
import { plugin } from "../fakes/plugins";
import { FakeServer, settled } from "../fakes/server";
import { FakeView, forgetWebviews, opened, serializers } from "../fakes/webviews";

const ID = "org.example.words";
const extensionUri = Uri.file("/extension") as never;
let server: FakeServer;
let tabs: PanelTabs;
let states: Memento;

beforeEach(async () => {
  forgetWebviews();
  states = new Memento();
  server = new FakeServer();
  const plugins = new PluginStore(server);
  await server.last("thoth/plugin/list").answer({ plugins: [plugin()] });
  tabs = new PanelTabs({ server, plugins, extensionUri, pluginLog: { show: () => undefined }, states, dataViews: undefined } as never);
});

const answer = (change: object = {}): Promise<void> =>
  server.last("thoth/panel/open").answer({ panelId: "p1", view: { revision: 1, node: "{}", heightHint: 0, title: "List", icon: "\ue24a", ...change }, note: null });

/** A tab whose page has said that it is ready. */
async function ready(): Promise<(typeof opened)[number]> {
  tabs.open(ID);
  await answer();
  const [view] = opened;
  view!.webview.received.fire({ id: 1, request: "ready" });
  await settled();
  await settled();
  return view!;
}

test("a tab has its plugin's name until the panel has a title, and then its icon, too", async () => {
  tabs.open(ID);
  const [view] = opened;
  expect([view!.title, String((view!.iconPath as { dark: Uri }).dark)]).toEqual(["Words", "file:///extension/media/plugin-dark.svg"]);
  await answer();
  expect([view!.title, String((view!.iconPath as { dark: Uri }).dark)]).toEqual(["List", "file:///extension/dist/icons/dark/folder.svg"]);
  expect(tabs.active?.panel.title).toBe("List");
});

test("what a plugin asks for begins as it was told", () => {
  expect(tabs.show({ pluginId: ID, title: "Second", icon: null, state: "seed" })).toEqual({});
  expect(opened[0]!.title).toBe("Second");
  expect(server.last("thoth/panel/open").params).toMatchObject({ pluginId: ID, place: "tab", state: "seed" });
});

test("a page that is ready is told what there is, and sends what is done to it", async () => {
  const { webview } = await ready();
  expect(webview.posted.find(({ replyTo }) => replyTo === 1)?.ok).toMatchObject({ name: "Words", place: "tab" });
  expect(webview.told("tree")).toEqual({ session: 1, node: "{}", heightHint: 0 });
  expect(webview.told("status")).toMatchObject({ isLive: true });
  expect(webview.told("keep")).toMatchObject({ pluginId: ID, title: "List" });
  webview.received.fire({ id: 2, request: "event", params: { widgetId: "a", kind: "click", value: "" } });
  await server.last("thoth/panel/event").answer({ revision: 2 });
  await settled();
  expect(webview.posted.some(({ replyTo }) => replyTo === 2)).toBe(true);
});

test("a tree is told before what changed with it, and what did not change is not told again", async () => {
  const { webview } = await ready();
  webview.posted.length = 0;
  const rendered = (revision: number, title: string): void =>
    server.panels.tell("p1", (listener) => listener.rendered({ revision, node: `${revision}`, heightHint: 0, title, icon: null }));
  rendered(2, "Longer List");
  rendered(3, "Longer List");
  expect(webview.posted.map(({ event }) => event)).toEqual(["tree", "keep", "tree"]);
  server.panels.tell("p1", (listener) => listener.worked({ panelId: "p1", busy: true }));
  expect(webview.told("status")).toMatchObject({ work: "busy" });
});

test("another window has them back, each when it is seen, and closes what is not one of ours", async () => {
  const restore = async (state: unknown, isSeen: boolean): Promise<FakeView> => {
    const view = new FakeView();
    view.visible = view.active = isSeen;
    await serializers.get(PANEL_VIEW_TYPE)!.deserializeWebviewPanel(view, state);
    return view;
  };
  let gone = 0;
  const foreign = new FakeView();
  foreign.onDidDispose(() => gone++);
  await serializers.get(PANEL_VIEW_TYPE)!.deserializeWebviewPanel(foreign, { pluginId: 7 });
  expect(gone).toBe(1);
  const view = await restore({ key: "k", pluginId: ID, state: "kept", title: "List", icon: "\ue24a" }, false);
  expect(view.title).toBe("List");
  expect(server.sent.some(({ method }) => method === "thoth/panel/open")).toBe(false);
  view.turn({ visible: true, active: true });
  expect(server.last("thoth/panel/open").params).toMatchObject({ state: "kept" });
  expect(tabs.all).toHaveLength(1);
});

test("another window begins with what was kept last, also where VS Code had not written it down; of closed tabs nothing is", async () => {
  tabs.open(ID, { state: "first" });
  const { key } = tabs.all[0]!.panel.state;
  await answer();
  const again = new FakeView();
  await serializers.get(PANEL_VIEW_TYPE)!.deserializeWebviewPanel(again, { key, pluginId: ID, state: "old", title: "Old", icon: null });
  expect(again.title).toBe("List");
  expect(server.last("thoth/panel/open").params).toMatchObject({ state: "first" });
  opened[0]!.dispose();
  expect(states.get("thoth.panelTabs")).toEqual({});
});

test("states that are too long to be written down each time are left to VS Code, and many tabs to the latest", () => {
  const kept = new TabStates(states);
  const state = (key: string, text: string): PanelState => ({ key, pluginId: ID, state: text, title: "", icon: null });
  kept.keep(state("long", "x"));
  kept.keep(state("long", "x".repeat(70_000)));
  expect(kept.latest(state("long", "of VS Code")).state).toBe("of VS Code");
  for (let index = 0; index < 40; index++) {
    kept.keep(state(`k${index}`, "own"));
  }
  expect([kept.latest(state("k0", "of VS Code")).state, kept.latest(state("k39", "of VS Code")).state]).toEqual(["of VS Code", "own"]);
  expect(kept.latest({ ...state("k39", "other"), pluginId: "another" }).state).toBe("other");
});

test("the tab in front is the active one, and a closed one is none", async () => {
  tabs.open(ID);
  await answer();
  const [view] = opened;
  view!.turn({ active: false });
  expect(tabs.active).toBeUndefined();
  expect(server.last("thoth/panel/focus").params).toEqual({ panelId: "p1", focused: false });
  view!.turn({ active: true });
  view!.dispose();
  expect([tabs.active, tabs.all]).toEqual([undefined, []]);
  expect(server.last("thoth/panel/close").params).toEqual({ panelId: "p1" });
});

test("a glyph without a counterpart, and any other text, has the icon of plugins", () => {
  const name = (glyph: string | null): string => tabIcon(extensionUri, glyph).light.path;
  expect(name("\ue24a")).toBe("/extension/dist/icons/light/folder.svg");
  for (const glyph of [null, "", "x", "../../x", "\uf8ff"]) {
    expect(name(glyph)).toBe("/extension/media/plugin-light.svg");
  }
});

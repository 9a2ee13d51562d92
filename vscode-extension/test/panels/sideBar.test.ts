/** Which plugins get a view in the side bar, when they are run for that, and what fills it. */
import { EventEmitter, Uri } from "vscode";
import { beforeEach, expect, test } from "vitest";
import type * as P from "../../src/generated/protocol";
import { SideBar } from "../../src/panels/sideBar";
import { PluginStore } from "../../src/plugins/store";
import { Memento } from "../fakes/memento";
import { permission, plugin } from "../fakes/plugins";
import { FakeServer, settled } from "../fakes/server";
import { executed, shown } from "../fakes/vscode";
import { FakeView, forgetWebviews, providers } from "../fakes/webviews";

let server: FakeServer;
let plugins: PluginStore;
let neighbour: { visible: boolean; readonly turned: EventEmitter<void> };
let memory: Memento;
let states: Memento;
let sideBar: SideBar;

const info = ({ id, name }: P.PluginInfo): P.PanelInfo => ({ pluginId: id, name, icon: null, description: "" });
const view = (node: string | null): P.PanelView => ({ revision: 1, node, heightHint: 0, title: "Words", icon: null });

beforeEach(() => {
  forgetWebviews();
  executed.length = 0;
  shown.length = 0;
  memory = new Memento();
  states = new Memento();
});

/** A window with these plugins, where the container of the views is seen or not. */
async function begin(all: readonly P.PluginInfo[], isSeen = true): Promise<void> {
  server = new FakeServer();
  plugins = new PluginStore(server);
  neighbour = { visible: isSeen, turned: new EventEmitter<void>() };
  const neighbours = [{ get visible() { return neighbour.visible; }, onDidChangeVisibility: neighbour.turned.event }];
  const others = { extensionUri: Uri.file("/extension"), pluginLog: { show: () => undefined }, dataViews: undefined };
  sideBar = new SideBar({ server, plugins, memory, states, neighbours, ...others } as never);
  await tell(all);
}

async function tell(all: readonly P.PluginInfo[]): Promise<void> {
  await server.last("thoth/plugin/list").answer({ plugins: all });
  await server.last("thoth/panel/list").answer({ panels: all.filter(({ state }) => state === "enabled").map(info) });
  await settled();
}

async function changed(change: P.DidChangePlugins, all: readonly P.PluginInfo[]): Promise<void> {
  server.pluginChanges.fire(change);
  await tell(all);
}

const asked = (): string[] => server.sent.filter(({ method }) => method === "thoth/panel/open").map(({ params }) => String(params["pluginId"]));
const answer = async (node: string | null, panelId = "p1"): Promise<void> => {
  await server.last("thoth/panel/open").answer({ panelId, view: view(node), note: null });
  await settled();
};
const isShown = (slot: number): unknown => executed.findLast(([command, key]) => command === "setContext" && key === `thoth.panelView${slot}Shown`)?.[2];

test("a plugin is run for the side bar when somebody looks, and has a view where it shows something", async () => {
  await begin([plugin()], false);
  expect(asked()).toEqual([]);
  neighbour.visible = true;
  neighbour.turned.fire();
  await settled();
  expect(asked()).toEqual(["org.example.words"]);
  expect(isShown(1)).toBe(false);
  await answer('{"type":"text","text":"x"}');
  expect(isShown(1)).toBe(true);
  const made = new FakeView();
  providers.get("thoth.panelView1")!.resolveWebviewView(made);
  expect(made.title).toBe("Words");
  expect(asked()).toHaveLength(1); // it is the one that was run
  expect(sideBar.panels).toHaveLength(1);
});

test("one that shows nothing is closed and not run again, also in another window", async () => {
  await begin([plugin()]);
  await answer(null);
  expect(isShown(1)).toBe(false);
  expect(server.last("thoth/panel/close").params).toEqual({ panelId: "p1" });
  await begin([plugin()]);
  expect(asked()).toEqual([]);
  await changed({ pluginIds: ["org.example.words"], reason: "reloaded", message: null }, [plugin()]);
  expect(asked()).toEqual(["org.example.words"]); // it was built anew
});

test("one that would have to ask is not run", async () => {
  await begin([plugin({ permissions: [permission({ decision: "ask" })] })]);
  expect(asked()).toEqual([]);
  await changed({ pluginIds: ["org.example.words"], reason: "permissions", message: null }, [plugin({ permissions: [permission({ decision: "granted" })] })]);
  expect(asked()).toEqual(["org.example.words"]);
});

test("a view that is known is there at once, and opened with what was kept when it is seen", async () => {
  await begin([plugin()]);
  await answer('{"type":"text","text":"x"}');
  await states.update("thoth.panelViewState:org.example.words", { pluginId: "org.example.words", state: "kept", title: "List", icon: null });
  await begin([plugin()]);
  expect(isShown(1)).toBe(true);
  expect(asked()).toEqual([]);
  const made = new FakeView();
  made.visible = false;
  providers.get("thoth.panelView1")!.resolveWebviewView(made);
  expect([made.title, asked()]).toEqual(["List", []]);
  made.turn({ visible: true });
  expect(server.last("thoth/panel/open").params).toMatchObject({ place: "sidebar", state: "kept" });
});

test("switched off, its view goes and its panel is closed; switched on it has the same view", async () => {
  await begin([plugin()]);
  await answer('{"type":"text","text":"x"}');
  const made = new FakeView();
  providers.get("thoth.panelView1")!.resolveWebviewView(made);
  await changed({ pluginIds: ["org.example.words"], reason: "disabled", message: null }, [plugin({ state: "disabled" })]);
  expect(isShown(1)).toBe(false);
  made.dispose();
  expect(sideBar.panels).toEqual([]);
  await changed({ pluginIds: ["org.example.words"], reason: "enabled", message: null }, [plugin()]);
  expect(isShown(1)).toBe(true);
  expect(asked()).toHaveLength(1);
});

test("one that fails is not run again until it changes", async () => {
  await begin([plugin()]);
  await server.last("thoth/panel/open").fail(new Error("It crashed.") as never);
  await settled();
  neighbour.turned.fire();
  await settled();
  expect(asked()).toHaveLength(1);
});

test("a ninth is told to have no view, once", async () => {
  const nine = Array.from({ length: 9 }, (_, index) => plugin({ id: `org.example.p${index}`, name: `Plugin ${index} [press](command:evil)` }));
  await begin(nine);
  for (let index = 0; index < 9; index++) {
    await answer('{"type":"text","text":"x"}', `p${index}`);
  }
  expect(asked()).toHaveLength(9);
  expect(isShown(8)).toBe(true);
  expect(shown.map(({ message }) => message)).toEqual([expect.stringContaining("Plugin 8 [press] (command:evil) has none")]); // no link
  neighbour.turned.fire();
  await settled();
  expect(asked()).toHaveLength(9);
});

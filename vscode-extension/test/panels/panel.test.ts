/** The life of a panel: opened when it is seen, lost and opened again, stopped, restarted, closed. */
import { beforeEach, expect, test, vi } from "vitest";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { Panel } from "../../src/panels/panel";
import { PluginStore } from "../../src/plugins/store";
import type { PanelState, PanelTree } from "../../src/shared/panelPage";
import { plugin } from "../fakes/plugins";
import { FakeServer, settled } from "../fakes/server";

const ID = "org.example.words";
const view = (revision: number, change: Partial<P.PanelView> = {}): P.PanelView => ({ revision, node: `{"r":${revision}}`, heightHint: 0, title: "Words", icon: null, ...change });

let server: FakeServer;
let panel: Panel;
let drawn: PanelTree[];
let kept: PanelState[];

beforeEach(async () => {
  server = new FakeServer();
  const plugins = new PluginStore(server);
  await server.last("thoth/plugin/list").answer({ plugins: [plugin()] });
  panel = new Panel({ server, plugins }, "tab", { key: "k", pluginId: ID, state: "before", title: "", icon: null });
  drawn = [];
  kept = [];
  panel.onDidDraw((tree) => drawn.push(tree));
  panel.onDidKeep((state) => kept.push(state));
});

async function live(panelId = "p1", note: string | null = null): Promise<void> {
  panel.setSeen(true);
  await server.last("thoth/panel/open").answer({ panelId, view: view(1), note });
}

const texts = (): string[] => panel.status.banners.map(({ text }) => text);
const asked = (method: string): number => server.sent.filter((sent) => sent.method === method).length;

test("a panel is opened when it is seen, with what was kept, and once", async () => {
  expect(asked("thoth/panel/open")).toBe(0);
  panel.setSeen(true);
  panel.setSeen(true);
  expect(panel.status).toMatchObject({ isOpening: true, isLive: false });
  expect(server.last("thoth/panel/open").params).toEqual({ pluginId: ID, place: "tab", state: "before" });
  await live("p1", "It did not take its earlier state.");
  expect(asked("thoth/panel/open")).toBe(1);
  expect(panel.status).toMatchObject({ isOpening: false, isLive: true });
  expect(texts()).toEqual(["It did not take its earlier state."]);
  panel.dismiss();
  expect(texts()).toEqual([]);
});

test("trees that are older than the one shown are thrown away; titles and icons are kept", async () => {
  await live();
  server.panels.tell("p1", (listener) => listener.rendered(view(3, { title: "Third", icon: "\ue000" })));
  server.panels.tell("p1", (listener) => listener.rendered(view(2, { title: "Second" })));
  expect(drawn.map(({ node }) => node)).toEqual(['{"r":1}', '{"r":3}']);
  expect([panel.title, panel.icon]).toEqual(["Third", "\ue000"]);
  expect(kept.at(-1)).toMatchObject({ title: "Third", state: "before" });
});

test("a tree that overtakes the answer with its panel's id is shown", async () => {
  server.panels.tell("p1", (listener) => listener.rendered(view(2)));
  await live();
  expect(drawn.at(-1)?.node).toBe('{"r":2}');
});

test("its state is asked for once it is quiet, and one that will not say leaves what was kept", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  try {
    await live();
    vi.advanceTimersByTime(250);
    await server.last("thoth/panel/state").answer({ state: "after" });
    expect(kept.at(-1)).toMatchObject({ state: "after" });
    for (let at = 0; at < 6; at++) {
      server.panels.tell("p1", (listener) => listener.rendered(view(10 + at)));
      vi.advanceTimersByTime(190);
    }
    expect(asked("thoth/panel/state")).toBe(2); // at the latest after a second, and then not before that is answered
    await server.last("thoth/panel/state").answer({ state: null });
    expect(panel.state.state).toBe("after");
  } finally {
    vi.useRealTimers();
  }
});

test("when the server dies it is offline, and opened again with the next if somebody sees it", async () => {
  await live();
  server.setState("stopped", new Failure("serverStopped", "It ended."));
  expect(panel.status.banners).toMatchObject([{ kind: "error", text: "It ended.", actions: ["restartServer"] }]);
  server.setState("starting");
  expect(panel.status.banners).toMatchObject([{ kind: "info", actions: [] }]);
  panel.setSeen(false);
  server.setState("running");
  expect(asked("thoth/panel/open")).toBe(1);
  panel.setSeen(true);
  expect(asked("thoth/panel/open")).toBe(2);
  await server.last("thoth/panel/open").answer({ panelId: "p2", view: view(1), note: null });
  expect(panel.status.isLive).toBe(true);
  expect(drawn.at(-1)!.session).toBeGreaterThan(drawn[0]!.session);
});

test("an open that fails says why, and is tried again by a person", async () => {
  panel.setSeen(true);
  await server.last("thoth/panel/open").fail(new Failure("pluginDisabled", "It is switched off."));
  expect(panel.status.banners).toMatchObject([{ detail: "It is switched off.", actions: ["reopen", "showPlugin"] }]);
  panel.setSeen(true);
  expect(asked("thoth/panel/open")).toBe(1);
  void panel.open();
  expect(asked("thoth/panel/open")).toBe(2);
});

test("an answer to an attempt that is over opens nothing, and is closed", async () => {
  panel.setSeen(true);
  const first = server.last("thoth/panel/open");
  server.setState("stopped", new Failure("serverStopped", "It ended."));
  server.setState("running");
  expect(asked("thoth/panel/open")).toBe(2);
  await first.answer({ panelId: "old", view: view(1), note: null });
  expect(panel.panelId).toBeUndefined();
  expect(server.last("thoth/panel/close").params).toEqual({ panelId: "old" });
});

test("a plugin that was switched off ends it, and one that is switched on has it back", async () => {
  await live();
  server.panels.tell("p1", (listener) => listener.closed({ panelId: "p1", message: "It was switched off.", state: null, again: false }));
  await changed("disabled");
  expect(panel.phase).toBe("ended");
  await changed("enabled");
  expect(panel.phase).toBe("opening");
  expect(server.last("thoth/panel/open").params).toMatchObject({ state: "before" });
});

async function changed(state: P.PluginInfo["state"]): Promise<void> {
  server.pluginChanges.fire({ pluginIds: [ID], reason: state === "enabled" ? "enabled" : "disabled", message: null });
  await server.last("thoth/plugin/list").answer({ plugins: [plugin({ state })] });
}

test("a plugin that fails to open again and again is not opened again by each change of it", async () => {
  panel.setSeen(true);
  await server.last("thoth/panel/open").fail(new Failure("pluginTrapped", "It crashed."));
  await changed("enabled");
  expect(asked("thoth/panel/open")).toBe(1);
});

test("one that was built anew goes on with its state at once", async () => {
  await live();
  server.panels.tell("p1", (listener) => listener.closed({ panelId: "p1", message: "", state: "built", again: true }));
  expect(server.last("thoth/panel/open").params).toMatchObject({ state: "built" });
});

test("a crash that ends it offers to restart it; the next instance begins anew for the page", async () => {
  await live();
  server.panels.tell("p1", (listener) => listener.failed({ panelId: "p1", kind: "pluginTrapped", message: "unreachable", ended: true }));
  expect(panel.status).toMatchObject({ isLive: false, banners: [{ kind: "error", text: "Words has crashed. What you see is from before.", detail: "unreachable", actions: ["restart", "showLog"] }] });
  const restarting = panel.restart();
  await server.last("thoth/panel/restart").answer(view(5));
  await restarting;
  expect(panel.status).toMatchObject({ isLive: true, banners: [] });
  expect(drawn.at(-1)).toMatchObject({ session: 2, node: '{"r":5}' });
});

test("a crash that it goes on from is a note, and a restart that fails is said", async () => {
  await live();
  server.panels.tell("p1", (listener) => listener.failed({ panelId: "p1", kind: "pluginTrapped", message: "unreachable", ended: false }));
  expect(texts()).toEqual(["Words crashed and was started again. What was done last may be lost."]);
  const restarting = panel.restart();
  await server.last("thoth/panel/restart").fail(new Failure("pluginTrapped", "It crashes at once."));
  await restarting;
  expect(panel.status.banners).toMatchObject([{ detail: "It crashes at once.", actions: ["restart", "showLog"] }]);
});

test("events of a panel that the server does not know are lost, and it is opened again", async () => {
  await live();
  const sent = panel.send({ widgetId: "a", kind: "click", value: "" });
  const refused = expect(sent).rejects.toMatchObject({ kind: "cancelled" });
  await server.last("thoth/panel/event").fail(new Failure("unknownPanel", "It is not open."));
  await refused;
  expect(asked("thoth/panel/open")).toBe(2);
  await expect(panel.send({ widgetId: "a", kind: "click", value: "" })).rejects.toMatchObject({ kind: "cancelled" });
});

test("only one that works is stopped, and says so until that is done", async () => {
  await live();
  await panel.stop();
  expect(asked("thoth/panel/stop")).toBe(0);
  server.panels.tell("p1", (listener) => listener.worked({ panelId: "p1", busy: true }));
  const stopping = panel.stop();
  expect(panel.status.work).toBe("stopping");
  server.panels.tell("p1", (listener) => listener.worked({ panelId: "p1", busy: true }));
  expect(panel.status.work).toBe("stopping");
  await server.last("thoth/panel/stop").answer({});
  await stopping;
  expect(panel.status.work).toBe("none");
});

test("it is told when it comes to the front, and closed when it is closed", async () => {
  panel.setFocused(true);
  await live();
  expect(server.last("thoth/panel/focus").params).toEqual({ panelId: "p1", focused: true });
  panel.setFocused(true);
  panel.setFocused(false);
  expect(asked("thoth/panel/focus")).toBe(2);
  panel.dispose();
  expect(server.last("thoth/panel/close").params).toEqual({ panelId: "p1" });
  await settled();
});

test("closed while it is opened, it is closed as soon as there is something to be closed", async () => {
  panel.setSeen(true);
  const opening = server.last("thoth/panel/open");
  panel.dispose();
  expect(opening.token?.isCancellationRequested).toBe(true);
  await opening.answer({ panelId: "late", view: view(1), note: null });
  expect(server.last("thoth/panel/close").params).toEqual({ panelId: "late" });
});

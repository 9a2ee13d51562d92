/** The commands about panels: what they work on, and what they say where there is nothing. */
import { beforeEach, expect, test } from "vitest";
import { PANEL_COMMANDS } from "../../src/panels/commands";
import { plugin } from "../fakes/plugins";
import { FakeServer, settled } from "../fakes/server";
import { answers, executed, shown } from "../fakes/vscode";

interface Told {
  readonly panelId: string;
  readonly title: string;
  readonly pluginName: string;
  readonly icon: null;
  readonly place: "tab" | "sidebar";
  readonly status: { readonly work: "none" | "busy" };
  stop(): void;
  restart(): void;
}

let server: FakeServer;
let done: string[];
let all: Told[];
let active: Told | undefined;

beforeEach(() => {
  server = new FakeServer();
  [done, all, active] = [[], [], undefined];
  [executed, shown, answers].forEach((list) => (list.length = 0));
});

const panel = (panelId: string, work: "none" | "busy" = "none"): Told => ({
  panelId,
  title: panelId,
  pluginName: "Words",
  icon: null,
  place: "tab",
  status: { work },
  stop: () => done.push(`stop ${panelId}`),
  restart: () => done.push(`restart ${panelId}`),
});

async function run(name: "open" | "show" | "stop" | "restart", target?: unknown): Promise<void> {
  const tabs = { open: (pluginId: string) => done.push(`open ${pluginId}`) };
  const panels = { all, active, tabs, reveal: ({ panelId }: Told) => done.push(`show ${panelId}`) };
  void PANEL_COMMANDS[`thoth.panel.${name}`]!({ server, panels } as never, target);
  await settled();
}

test("a panel is opened of the plugin that is meant: by its id, or by a line of the view", async () => {
  await run("open", "a.b");
  await run("open", { kind: "plugin", plugin: plugin({ id: "c.d" }), isShadowed: false });
  expect(done).toEqual(["open a.b", "open c.d"]);
});

test("where no plugin has panels, that is said, with a way to the plugins", async () => {
  answers.push("Show Plugins");
  await run("open");
  await server.last("thoth/panel/list").answer({ panels: [] });
  await settled();
  expect(shown).toMatchObject([{ message: "No plugin that has a panel is installed and switched on.", items: ["Show Plugins"] }]);
  expect(executed).toEqual([["thoth.plugins.focus"]]);
});

test("those there are to choose from have the plugins' words, without what acts", async () => {
  await run("open");
  await server.last("thoth/panel/list").answer({ panels: [{ pluginId: "a", name: "A\u202eB", icon: "\ue24a", description: "" }, { pluginId: "b", name: "C", icon: null, description: "" }] });
  await settled();
  expect(shown.at(-1)?.items).toEqual(["$(folder) AB", "$(plug) C"]);
  expect(done).toEqual([]);
});

test("stopped is the one in front where it works, else the only one that does; restarted the one in front", async () => {
  all = [panel("p1"), panel("p2", "busy")];
  active = all[0];
  await run("stop");
  await run("restart");
  active = all[1];
  await run("stop");
  expect(done).toEqual(["stop p2", "restart p1", "stop p2"]);
});

test("where there is nothing to do it with, that is said", async () => {
  all = [panel("p1")];
  await run("stop");
  all = [];
  await run("restart");
  await run("show");
  await run("show", "gone");
  expect(shown.map(({ message }) => message)).toEqual(["No panel is working on anything.", "No panel of a plugin is open.", "No panel of a plugin is open."]);
  expect(done).toEqual([]);
});

test("of several open ones the person picks, and an item of the status bar names its own", async () => {
  all = [panel("p1"), panel("p2")];
  await run("show", "p2");
  await run("show");
  expect(done).toEqual(["show p2"]);
  expect(shown.at(-1)?.items).toEqual(["$(plug) p1", "$(plug) p2"]);
});

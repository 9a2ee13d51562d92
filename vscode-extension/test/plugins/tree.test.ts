import type { MarkdownString } from "vscode";
import { beforeEach, expect, test } from "vitest";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { contextOf, treeItem } from "../../src/plugins/items";
import { groups, inGroup, nodeId, ofPermissions, ofPlugin, type PluginNode } from "../../src/plugins/nodes";
import { PluginStore } from "../../src/plugins/store";
import { details, permission, plugin } from "../fakes/plugins";
import { FakeServer, settled } from "../fakes/server";

let server: FakeServer;
let store: PluginStore;

beforeEach(() => {
  server = new FakeServer();
  store = new PluginStore(server);
});

const list = (plugins: P.PluginInfo[]): Promise<void> => server.last("thoth/plugin/list").answer({ plugins });
const label = (node: PluginNode): unknown => treeItem(node).label;
const changed = (change: Partial<P.DidChangePlugins> = {}): void =>
  server.pluginChanges.fire({ pluginIds: ["org.example.words"], reason: "reloaded", message: null, ...change });

test("groups without plugins are left out, and plugins stand by name", async () => {
  await list([plugin({ name: "Zebra", id: "z", origin: "bundled" }), plugin({ name: "Ant", id: "a", origin: "bundled" }), plugin()]);
  expect(groups(store).map(label)).toEqual(["Development", "Bundled"]);
  expect(inGroup(store, "bundled").map(label)).toEqual(["Ant", "Zebra"]);
});

test("a plugin shows its version, its state and its problem", async () => {
  const broken = plugin({ state: "unusable", problem: "plugin.wasm is missing" });
  await list([broken]);
  const item = treeItem(inGroup(store, "development")[0]!);
  expect(item.description).toBe("1.2.0 · cannot be used · plugin.wasm is missing");
  expect((item.iconPath as { id: string }).id).toBe("error");
  expect(item.accessibilityInformation?.label).toBe("Words, 1.2.0, cannot be used, plugin.wasm is missing");
});

test("what waits for a decision is said of the plugin", async () => {
  await list([plugin({ permissions: [permission()] })]);
  const item = treeItem(inGroup(store, "development")[0]!);
  expect(item.description).toBe("1.2.0 · asks for permissions");
  expect(item.accessibilityInformation?.label).toBe("Words, 1.2.0, enabled, asks for permissions");
});

test("below a plugin stands what it can, may, has used and keeps", async () => {
  const own = plugin({ permissions: [permission({ decision: "granted" })], hasSettings: true, warnings: ["Unknown key colour"] });
  await list([own]);
  const children = ofPlugin(store, own, false);
  await server.last("thoth/plugin/details").answer(details());
  const nodes = await children;
  expect(nodes.map(label)).toEqual([
    "Unknown key colour",
    "Capabilities",
    "Permissions",
    "Limits Used",
    "Crashes",
    "Stored Data",
    "Settings",
    "Log",
    "Details",
  ]);
  expect(treeItem(nodes[2]!).description).toBe("1 of 1 allowed");
  expect(treeItem(nodes[5]!).description).toBe("2 KiB");
  expect(new Set(nodes.map(nodeId)).size).toBe(nodes.length);
});

test("without details the rest is there all the same", async () => {
  await list([plugin()]);
  const children = ofPlugin(store, plugin(), false);
  await server.last("thoth/plugin/details").fail(new Failure("internal", "no"));
  expect((await children).map(label)).toEqual(["Capabilities", "Log", "Details"]);
});

test("a plugin whose id another has taken can only be looked at", async () => {
  const mine = plugin({ origin: "user", state: "unusable", problem: "Another plugin has this id" });
  const theirs = plugin();
  await list([mine, theirs]);
  expect(store.find(mine.id)).toBe(theirs);
  expect(store.isShadowed(mine)).toBe(true);
  expect(contextOf(mine, true)).toBe("shadowed;");
  expect((await ofPlugin(store, mine, true)).map(label)).toEqual(["Another plugin has this id"]);
});

test("a permission is a box that says what it is limited to", async () => {
  const [node] = ofPermissions(plugin({ permissions: [permission({ need: "tcp", scope: ["*:5432"], decision: "denied" })] }));
  const item = treeItem(node!);
  expect(item.label).toBe("Open connections to hosts (TCP)");
  expect(item.description).toBe("*:5432 · denied");
  expect(item.checkboxState).toMatchObject({ state: 0 });
  await Promise.resolve();
});

test("what a plugin says is no markup in its tooltip", async () => {
  await list([plugin({ name: "**big** $(error)", description: "[x](command:y)" })]);
  const tooltip = treeItem(inGroup(store, "development")[0]!).tooltip as MarkdownString;
  expect(tooltip.isTrusted).toBe(false);
  expect(tooltip.supportHtml).toBe(false);
  expect(tooltip.value).toContain("\\*\\*big\\*\\* \\$\\(error\\)");
  expect(tooltip.value).toContain("\\[x\\]\\(command:y\\)");
});

test("changes that come while the list is asked for lead to one more request, and are told afterwards", async () => {
  const told: (P.DidChangePlugins | undefined)[] = [];
  store.onDidChange((change) => told.push(change));
  changed();
  changed({ reason: "settings" });
  expect(server.sent).toHaveLength(1);
  await list([plugin()]);
  expect(server.sent).toHaveLength(2);
  await list([plugin({ state: "disabled" })]);
  expect(server.sent).toHaveLength(2);
  expect(told.map((change) => change?.reason)).toEqual([undefined, "reloaded", "settings"]);
  expect(store.plugins[0]?.state).toBe("disabled");
});

test("details are kept until something changes", async () => {
  await list([plugin()]);
  void store.details("org.example.words");
  void store.details("org.example.words");
  expect(server.sent.filter(({ method }) => method === "thoth/plugin/details")).toHaveLength(1);
  changed();
  await settled();
  void store.details("org.example.words");
  expect(server.sent.filter(({ method }) => method === "thoth/plugin/details")).toHaveLength(2);
});

test("a server that ends takes the list with it, and one that comes back brings it again", async () => {
  await list([plugin()]);
  server.setState("stopped", new Failure("serverStopped", "It ended."));
  expect([store.state, store.plugins.length, store.failure?.message]).toEqual(["failed", 0, "It ended."]);
  server.setState("starting");
  await list([plugin()]);
  expect([store.state, store.plugins.length, store.failure]).toEqual(["ready", 1, undefined]);
});

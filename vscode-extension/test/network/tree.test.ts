import type { MarkdownString } from "vscode";
import { beforeEach, expect, test } from "vitest";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { contextOf, treeItem } from "../../src/network/items";
import { nodeId, ofPlugin, plugins, type NetworkNode, type PluginAccess } from "../../src/network/nodes";
import { NetworkStore } from "../../src/network/store";
import { PluginStore } from "../../src/plugins/store";
import { grant, grants } from "../fakes/network";
import { permission, plugin } from "../fakes/plugins";
import { FakeServer } from "../fakes/server";

const COURIER = plugin({ id: "org.example.courier", name: "Courier", permissions: [permission({ need: "network", scope: ["*", "a.example", "b.example", "c.example"], decision: "granted" })] });
let server: FakeServer;
let store: NetworkStore;
let installed: PluginStore;

beforeEach(() => {
  server = new FakeServer();
  store = new NetworkStore(server);
  installed = new PluginStore(server);
});

async function told(all: readonly P.NetworkGrant[], list: readonly P.PluginInfo[] = [COURIER]): Promise<readonly PluginAccess[]> {
  await server.last("thoth/network/grants").answer(grants(all));
  await server.last("thoth/plugin/list").answer({ plugins: list });
  return plugins(store, installed);
}
const label = (node: NetworkNode): unknown => treeItem(node).label;
const heard = (node: NetworkNode): unknown => treeItem(node).accessibilityInformation?.label;

test("plugins that declare the network and those that something was decided about are listed by name", async () => {
  const list = await told([grant({ pluginId: "org.example.gone" })], [plugin({ name: "Words" }), COURIER]);
  expect(list.map(label)).toEqual(["Courier", "org.example.gone"]);
  expect(treeItem(list[1]!).description).toBe("not installed · 1 allowed");
});

test("ids that differ in case only are of one plugin", async () => {
  const [courier, ...others] = await told([grant({ pluginId: "ORG.example.Courier" })]);
  expect(others).toEqual([]);
  expect(courier?.grants).toHaveLength(1);
});

test("what is declared stands first, and a plugin without decisions says that it asks", async () => {
  const [courier] = await told([]);
  expect(ofPlugin(courier!).map(label)).toEqual(["Declares HTTP: *, a.example, b.example (+1)", "No host decided yet"]);
});

test("a decision says host, how long, local and certificates, to the eye and the ear", async () => {
  const all = [
    grant({ pattern: "https://b.example", verification: "insecure" }),
    grant({ pattern: "http://localhost:8080", duration: "untilClosed", local: true, addresses: ["127.0.0.1"] }),
    grant({ pattern: "https://c.example", decision: "denied", duration: "workspace" }),
  ];
  const [courier] = await told(all);
  expect(heard(courier!)).toBe("Courier, 2 allowed, 1 denied");
  const decisions = ofPlugin(courier!).slice(1);
  expect(decisions.map(heard)).toEqual([
    "http://localhost:8080, allowed, local, for this session",
    "https://b.example, allowed, always, certificates not verified",
    "https://c.example, denied, in this workspace",
  ]);
  expect((treeItem(decisions[0]!).tooltip as MarkdownString).value).toContain("Only at 127\\.0\\.0\\.1");
  expect(decisions.map((node) => (treeItem(node).iconPath as { id: string }).id)).toEqual(["check", "warning", "circle-slash"]);
});

test("certificates are chosen about where there are some", () => {
  expect(contextOf(grant())).toBe("decision;allowed;tls;");
  expect(contextOf(grant({ pattern: "http://a.example" }))).toBe("decision;allowed;");
  expect(contextOf(grant({ pattern: "tcp://a.example:5432", decision: "denied" }))).toBe("decision;denied;tls;");
});

test("every place of the tree has an id of its own", async () => {
  const all = [grant(), grant({ duration: "workspace" }), grant({ pattern: "https://b.example" })];
  const [courier] = await told(all);
  const ids = [courier!, ...ofPlugin(courier!)].map(nodeId);
  expect(new Set(ids).size).toBe(ids.length);
});

test("words of plugins are no markup and no links", async () => {
  const hostile = plugin({ ...COURIER, name: "[x](command:evil)", permissions: [permission({ need: "tcp", scope: ["$(zap)*"], reason: "[a](command:b)" })] });
  const [node] = await told([], [hostile]);
  expect(label(node!)).not.toContain("](");
  const declared = treeItem(ofPlugin(node!)[0]!);
  expect((declared.tooltip as MarkdownString).value).not.toMatch(/\]\(command|(?<!\\)\$\(/);
});

test("a server that has stopped knows no decisions, and one that is back is asked again", async () => {
  await told([grant()]);
  server.setState("stopped", new Failure("serverStopped", "It ended."));
  expect(store.known).toBeUndefined();
  expect(store.failure?.message).toBe("It ended.");
  server.setState("running");
  await server.last("thoth/network/grants").answer(grants([grant(), grant({ pattern: "https://b.example" })]));
  expect(store.known?.grants).toHaveLength(2);
});

test("a change while the server is being asked is asked for after, once", async () => {
  const asked = (): number => server.sent.filter(({ method }) => method === "thoth/network/grants").length;
  expect(asked()).toBe(1);
  server.network.grantsChanged({ pluginIds: [] });
  server.network.grantsChanged({ pluginIds: [] });
  expect(asked()).toBe(1);
  await server.last("thoth/network/grants").answer(grants([]));
  expect(asked()).toBe(2);
  await server.last("thoth/network/grants").answer(grants([grant()]));
  expect(asked()).toBe(2);
  expect(store.known?.grants).toHaveLength(1);
});

import { beforeEach, expect, test } from "vitest";
import { Failure } from "../../src/errors";
import { complaint } from "../../src/network/choosePattern";
import { NETWORK_COMMANDS, type NetworkCommandContext } from "../../src/network/commands";
import { decideHost } from "../../src/network/decide";
import { NetworkStore } from "../../src/network/store";
import { isLocalHost, shortTarget } from "../../src/network/words";
import { PluginStore } from "../../src/plugins/store";
import { grant, grants } from "../fakes/network";
import { Person } from "../fakes/person";
import { permission, plugin } from "../fakes/plugins";
import { FakeServer, settled } from "../fakes/server";
import { window } from "../fakes/vscode";

const COURIER = plugin({ id: "org.example.courier", name: "Courier", permissions: [permission({ need: "network", scope: ["https://api.example.org"] })] });
let server: FakeServer;
let network: NetworkStore;
let person: Person;
let context: NetworkCommandContext;

beforeEach(async () => {
  server = new FakeServer();
  network = new NetworkStore(server);
  await server.last("thoth/network/grants").answer(grants([]));
  person = new Person();
  person.sitAt(window);
  context = { network, plugins: new PluginStore(server), activity: undefined as unknown as NetworkCommandContext["activity"] };
});

const SET = "thoth/network/setGrant";
const decided = (): unknown[] => server.sent.filter(({ method }) => method === SET).map(({ params }) => params);
const until = async (count: number): Promise<void> => {
  for (let turn = 0; decided().length < count && turn < 100; turn++) {
    await settled();
  }
  expect(decided()).toHaveLength(count);
};
const run = (id: string, target: unknown): void | Promise<void> => NETWORK_COMMANDS[id]!(context, target);

test("a decision that is turned, forgotten or changed keeps everything else of it", () => {
  const kept = grant({ local: true, addresses: ["127.0.0.1"], pattern: "https://localhost:8443", verification: "caFile", caFile: "/ca.pem" });
  const target = { kind: "decision", name: "Courier", grant: kept };
  void run("thoth.network.deny", target);
  void run("thoth.network.forget", target);
  const { pluginId, pattern, duration, local, addresses, verification, caFile } = kept;
  const same = { pluginId, pattern, duration, local, addresses, verification, caFile };
  expect(decided()).toEqual([{ ...same, decision: "denied" }, { ...same, decision: "ask" }]);
});

test("a denied host of this machine is allowed as a local one", () => {
  void run("thoth.network.allow", { kind: "decision", name: "Courier", grant: grant({ pattern: "http://localhost:8080", decision: "denied" }) });
  void run("thoth.network.allow", { kind: "decision", name: "Courier", grant: grant({ decision: "denied" }) });
  expect(decided()).toMatchObject([{ decision: "allowed", local: true }, { decision: "allowed", local: false }]);
});

test("another duration is set before the old one is forgotten", async () => {
  person.lists = ["for this session"];
  void run("thoth.network.changeDuration", { kind: "decision", name: "Courier", grant: grant() });
  await until(1);
  expect(decided()[0]).toMatchObject({ duration: "untilClosed", decision: "allowed" });
  await server.last(SET).answer(grants([]));
  await server.last("thoth/network/grants").answer(grants([]));
  await until(2);
  expect(decided()[1]).toMatchObject({ duration: "user", decision: "ask" });
});

test("a command of the view does nothing without a line of it", async () => {
  await run("thoth.network.forget", undefined);
  await run("thoth.network.allow", { kind: "plugin" });
  expect(decided()).toEqual([]);
});

test("unverified certificates are asked about twice", async () => {
  person.lists = ["Do Not Verify", "Do Not Verify"];
  person.buttons = [];
  await run("thoth.network.changeCertificates", { kind: "decision", name: "Courier", grant: grant() });
  expect(person.shown).toEqual(["Accept any certificate of https://api.example.org?"]);
  expect(decided()).toEqual([]);
  person.buttons = ["Do Not Verify"];
  void run("thoth.network.changeCertificates", { kind: "decision", name: "Courier", grant: grant() });
  await until(1);
  expect(decided()[0]).toMatchObject({ verification: "insecure", decision: "allowed" });
});

test("a host is allowed by hand: which, how long, and local where its name says so", async () => {
  person.lists = ["Kept", "for this session", "Allow"];
  void decideHost(network, COURIER, "http://localhost:8080");
  await until(1);
  expect(decided()[0]).toEqual({ pluginId: "org.example.courier", pattern: "http://localhost:8080", decision: "allowed", duration: "untilClosed", local: true, verification: "verify", caFile: null });
});

test("what the server refuses is said and can be changed", async () => {
  person.lists = ["https://api.example.org", "Deny", "https://api.example.org", "Allow"];
  void decideHost(network, COURIER);
  await until(1);
  await server.last(SET).fail(new Failure("inputInvalid", "too many decisions"));
  await until(2);
  expect(person.shown).toEqual(["too many decisions"]);
  expect(decided()[1]).toMatchObject({ decision: "allowed", local: false });
});

test("back from the second step leads to the first, and leaving it decides nothing", async () => {
  person.lists = ["https://api.example.org", { button: "Back" }, null];
  await decideHost(network, COURIER);
  expect(decided()).toEqual([]);
  expect(person.lists).toEqual([]);
});

test.each([
  ["https://api.example.org", undefined],
  ["*.example.org", undefined],
  ["*", undefined],
  ["http://[::1]:8080", undefined],
  ["tcp://db.example.org:*", undefined],
  ["https://api.example.org/", undefined],
  ["ftp://api.example.org", "scheme"],
  ["https://user@api.example.org", "without path"],
  ["https://api.example.org/path", "without path"],
  ["api.example.org:", "written as"],
  ["tcp://db.example.org", "needs a port"],
])("%s: %s", (text, said) => {
  expect(complaint(text)).toEqual(said === undefined ? undefined : expect.stringContaining(said));
});

test.each([
  ["http://localhost:8080", true],
  ["https://printer.local", true],
  ["tcp://10.0.0.7:5432", true],
  ["http://[::1]:80", true],
  ["http://[fd00::1]:80", true],
  ["http://172.31.0.1", true],
  ["http://172.32.0.1", false],
  ["https://fd.example.org", false],
  ["https://10.example.org", false],
  ["*", false],
  ["http://*.local", false],
])("%s is local: %s", (pattern, local) => {
  expect(isLocalHost(pattern)).toBe(local);
});

test("a port is left out where the scheme has it anyway", () => {
  expect(["https://a.example:443", "http://a.example:443", "http://[::1]:80", "tcp://a.example:80"].map(shortTarget)).toEqual([
    "https://a.example",
    "http://a.example:443",
    "http://[::1]",
    "tcp://a.example:80",
  ]);
});

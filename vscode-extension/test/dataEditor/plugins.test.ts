/** A file whose plugin is switched off, comes back, or is another than it was. */
import { Uri } from "vscode";
import { beforeEach, expect, test } from "vitest";
import { fileSource } from "../../src/dataEditor/editorPlace";
import { Session } from "../../src/dataEditor/session";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { NOTHING_REMEMBERED } from "../../src/shared/fileMemory";
import { FakeServer, opened, settled } from "../fakes/server";

let server: FakeServer;
let session: Session;
let told: [string, unknown][];

const lastBody = (event: string): unknown => told.findLast(([name]) => name === event)?.[1];
const change = (reason: P.DidChangePlugins["reason"], pluginIds = ["csv"]): Promise<void> => {
  server.pluginChanges.fire({ pluginIds, reason, message: null });
  return settled();
};
const actions = (): string[] => (lastBody("openFailed") as { actions: { name: string }[] }).actions.map(({ name }) => name);

beforeEach(async () => {
  server = new FakeServer();
  told = [];
  const uri = Uri.file("/data/a.csv");
  session = new Session(fileSource(uri, uri), server, () => NOTHING_REMEMBERED, (event, body) => told.push([event, body]));
  session.ready();
  await server.last("open").answer(opened());
});

test("the file is read anew when its plugin is set otherwise, and stays as it was when another one is", async () => {
  await change("settings", ["other"]);
  await change("permissions");
  expect(server.sent.map(({ method }) => method)).toEqual(["open"]);
  await change("settings");
  await server.last("reopenWith").answer(opened({ generation: 2 }));
  expect(lastBody("opened")).toMatchObject({ reason: "reloaded", document: { generation: 2 } });
});

test("a plugin that is switched off is said, with what can be done, and the file comes back with it and not before", async () => {
  void session.reload(0);
  await server.last("reopenWith").fail(new Failure("pluginDisabled", "CSV is disabled.", "csv"));
  expect(lastBody("openFailed")).toMatchObject({ kind: "pluginDisabled", message: "CSV is disabled." });
  expect(actions()).toEqual(["enablePlugin", "openWith", "reopenAsText"]);
  expect(session.failure?.pluginId).toBe("csv");
  const before = server.sent.length;
  await change("enabled", ["other"]);
  await change("crashed");
  expect(server.sent).toHaveLength(before);
  await change("enabled");
  await server.last("open").answer(opened({ documentId: "d2" }));
  expect(lastBody("opened")).toMatchObject({ reason: "recovered", document: { documentId: "d2" } });
});

test("a plugin that may not read the file leads to its permissions, and is tried again when they change", async () => {
  void session.reload(0);
  await server.last("reopenWith").fail(new Failure("permissionDenied", "It may not read the file.", "csv"));
  expect(actions()[0]).toBe("reviewPermissions");
  await change("permissions");
  await server.last("open").answer(opened({ documentId: "d2" }));
  expect(session.failure).toBeUndefined();
});

test("a change while the file is being opened does not open it twice", async () => {
  void session.reload(0);
  const before = server.sent.length;
  await change("settings");
  expect(server.sent).toHaveLength(before);
});

test("a file that failed for another reason is left alone", async () => {
  void session.reload(0);
  await server.last("reopenWith").fail(new Failure("fileUnreadable", "It is gone."));
  const before = server.sent.length;
  await change("enabled");
  expect(server.sent).toHaveLength(before);
});

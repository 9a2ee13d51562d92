import { Uri } from "vscode";
import { beforeEach, describe, expect, test } from "vitest";
import { fileSource } from "../../src/dataEditor/editorPlace";
import { Session } from "../../src/dataEditor/session";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { NOTHING_REMEMBERED } from "../../src/shared/fileMemory";
import { FakeServer, opened, settled } from "../fakes/server";

let server: FakeServer;
let session: Session;
let told: [string, unknown][];

const names = (): string[] => told.map(([event]) => event);
const lastBody = (event: string): unknown => told.findLast(([name]) => name === event)?.[1];

beforeEach(() => {
  server = new FakeServer();
  told = [];
  const uri = Uri.file("/data/a.csv");
  session = new Session(fileSource(uri, uri), server, () => NOTHING_REMEMBERED, (event, body) => told.push([event, body]));
});

async function open(): Promise<void> {
  session.ready();
  await server.last("open").answer(opened());
}

describe("opening", () => {
  test("a ready webview is told that the file is being opened, then that it is open", async () => {
    await open();
    expect(names()).toEqual(["opening", "opened"]);
    expect(lastBody("opened")).toMatchObject({ fileName: "a.csv", reason: "opened", document: { documentId: "d1" } });
    expect(server.last("open").params).toMatchObject({ uri: "file:///data/a.csv", options: {} });
  });

  test("what the server says of the work is passed on", () => {
    session.ready();
    server.work.get(server.last("open").params["workDoneToken"] as string)?.(40, "Decompressing");
    expect(lastBody("opening")).toEqual({ fileName: "a.csv", percent: 40, message: "Decompressing" });
  });

  test("a failure comes with its kind and something to do", async () => {
    session.ready();
    await server.last("open").fail(new Failure("fileUnreadable", "no permission"));
    expect(lastBody("openFailed")).toMatchObject({ kind: "fileUnreadable", message: "no permission" });
    expect((lastBody("openFailed") as { actions: { name: string }[] }).actions.map(({ name }) => name)).toContain("retry");
    expect(session.failure?.kind).toBe("fileUnreadable");
  });

  test("a document that opens after the editor was closed is closed on the server", async () => {
    session.ready();
    session.dispose();
    expect(server.last("open").token?.isCancellationRequested).toBe(true);
    await server.last("open").answer(opened());
    expect(server.last("close").params).toEqual({ documentId: "d1" });
    expect(names()).toEqual(["opening"]);
  });

  test("closing the editor closes the document", async () => {
    await open();
    session.dispose();
    expect(server.last("close").params).toEqual({ documentId: "d1" });
  });

  test("a webview made anew is told what is open, and nothing is read again", async () => {
    await open();
    const progress = { records: 9, bytesDone: 12, bytesTotal: 12, done: true };
    server.events.tell("d1", (listener) => listener.progress({ documentId: "d1", generation: 1, progress, problems: 0, columns: null }));
    session.ready();
    expect(lastBody("opened")).toMatchObject({ reason: "opened", document: { documentId: "d1", progress } });
    expect(server.sent).toHaveLength(1);
  });
});

describe("a webview made anew", () => {
  const change = { documentId: "d1", generation: 1, change: "appended", message: "It has grown." } as const;
  const failure = { documentId: "d1", generation: 1, kind: "internal", message: "disk error" };

  test("is told again that the file has changed since and that reading on has failed", async () => {
    await open();
    server.events.tell("d1", (listener) => listener.failed(failure));
    server.events.tell("d1", (listener) => listener.changed(change));
    told.length = 0;
    session.ready();
    expect(told.slice(1)).toEqual([["failed", failure], ["changed", change]]);
  });

  test("is not told of a change that the file has been read again for", async () => {
    await open();
    server.events.tell("d1", (listener) => listener.changed(change));
    void session.reload(0);
    await server.last("reopenWith").answer(opened({ generation: 2 }));
    told.length = 0;
    session.ready();
    expect(names()).toEqual(["opened"]);
  });

  test("in the middle of opening is told how far that has come", () => {
    session.ready();
    server.work.get(server.last("open").params["workDoneToken"] as string)?.(40, "Decompressing");
    told.length = 0;
    session.ready();
    expect(told).toEqual([["opening", { fileName: "a.csv", percent: 40, message: "Decompressing" }]]);
    expect(server.sent).toHaveLength(1);
  });

  test("ends the searches of the one before", async () => {
    await open();
    const search = { generation: 1, searchId: "s1", text: "x", matchCase: false, wholeCell: false, fromRow: 0, limit: 1 };
    void session.ask.find(search).catch(() => undefined);
    session.ready();
    expect(server.last("find").token?.isCancellationRequested).toBe(true);
  });

  test("after the editor was closed opens nothing", () => {
    session.dispose();
    session.ready();
    expect(server.sent).toEqual([]);
  });
});

describe("reading", () => {
  test("requests carry the document's id", async () => {
    await open();
    const page = session.ask.page({ generation: 1, start: 0, count: 10 });
    await server.last("page").answer({ start: 0, count: 0, rows: "[]" });
    expect(await page).toEqual({ start: 0, count: 0, rows: "[]" });
    expect(server.last("page").params).toEqual({ documentId: "d1", generation: 1, start: 0, count: 10 });
  });

  test("a request for another generation is refused without asking the server", async () => {
    await open();
    await expect(session.ask.page({ generation: 7, start: 0, count: 1 })).rejects.toMatchObject({ kind: "unknownDocument" });
    expect(server.sent.map(({ method }) => method)).toEqual(["open"]);
  });

  test("an answer that comes after a reload is dropped", async () => {
    await open();
    const page = session.ask.page({ generation: 1, start: 0, count: 1 });
    void session.reload(0);
    await server.last("reopenWith").answer(opened({ generation: 2 }));
    const refused = expect(page).rejects.toMatchObject({ kind: "unknownDocument" });
    await server.last("page").answer({ start: 0, count: 0, rows: "[]" });
    await refused;
  });

  test("nothing can be read before the file is open", async () => {
    await expect(session.ask.page({ generation: 1, start: 0, count: 1 })).rejects.toMatchObject({ kind: "notOpen" });
  });
});

describe("finding", () => {
  const query = { generation: 1, searchId: "s", text: "x", matchCase: false, wholeCell: false, fromRow: 0, limit: 10 };
  const found = { documentId: "d1", searchId: "s", matches: [[0, 0]] as [number, number][], scannedRows: 1 };
  /** The id the server was told for the last search. */
  const wireId = (): string => server.last("find").params["searchId"] as string;
  const find = (searchId: string): void =>
    server.events.tell("d1", (listener) => listener.found({ ...found, searchId }));

  test("matches are passed on while the search runs, and not after", async () => {
    await open();
    const result = session.ask.find(query);
    const id = wireId();
    find(id);
    expect(lastBody("found")).toEqual(found);
    await server.last("find").answer({ total: 1, nextRow: null });
    expect(await result).toEqual({ total: 1, nextRow: null });
    told.length = 0;
    find(id);
    expect(told).toEqual([]);
  });

  test("what an earlier search of the same id still finds is not taken for a later one's", async () => {
    await open();
    void session.ask.find(query).catch(() => undefined);
    const first = wireId();
    void session.ask.find(query);
    expect(wireId()).not.toBe(first);
    find(first);
    expect(lastBody("found")).toBeUndefined();
    find(wireId());
    expect(lastBody("found")).toEqual(found);
  });

  test("a cancelled search ends with the kind cancelled, whatever the server calls it", async () => {
    await open();
    const result = session.ask.find(query);
    session.ask.cancelSearch("s");
    expect(server.last("find").token?.isCancellationRequested).toBe(true);
    const ended = expect(result).rejects.toMatchObject({ kind: "cancelled" });
    await server.last("find").fail(new Failure("internal", "stopped"));
    await ended;
  });
});

describe("notifications", () => {
  const progress = { records: 9, bytesDone: 12, bytesTotal: 12, done: true };

  test("progress is kept for the status bar and passed on", async () => {
    await open();
    const event = { documentId: "d1", generation: 1, progress, problems: 2, columns: null };
    server.events.tell("d1", (listener) => listener.progress(event));
    expect(session.status).toMatchObject({ progress, problems: 2 });
    expect(lastBody("progress")).toEqual(event);
  });

  test("progress that overtakes the answer to opening is not lost", async () => {
    session.ready();
    server.events.tell("d1", (listener) => listener.progress({ documentId: "d1", generation: 1, progress, problems: 0, columns: null }));
    await server.last("open").answer(opened());
    expect(names()).toEqual(["opening", "opened", "progress"]);
    expect(session.status?.progress.done).toBe(true);
  });

  test("what is said of an older generation is dropped", async () => {
    await open();
    void session.reload(0);
    await server.last("reopenWith").answer(opened({ generation: 2 }));
    told.length = 0;
    server.events.tell("d1", (listener) => listener.progress({ documentId: "d1", generation: 1, progress, problems: 0, columns: null }));
    expect(told).toEqual([]);
  });
});

describe("options", () => {
  test("they are kept over reloads", async () => {
    await open();
    void session.setOption("delimiter", ";");
    await server.last("reopenWith").answer(opened({ generation: 2 }));
    expect(lastBody("opened")).toMatchObject({ reason: "options" });
    void session.reload(5);
    expect(server.last("reopenWith").params).toMatchObject({ options: { delimiter: ";" }, firstRow: 5 });
  });

  test("one that fails is not kept", async () => {
    await open();
    void session.setOption("encoding", "klingon");
    await server.last("reopenWith").fail(new Failure("unknownEncoding", "no such encoding"));
    expect(lastBody("openFailed")).toMatchObject({ kind: "unknownEncoding" });
    expect(server.last("close").params).toEqual({ documentId: "d1" });
    void session.reload(0);
    expect(server.last("open").params).toMatchObject({ options: {} });
  });
});

describe("a server that ends", () => {
  const gone = new Failure("serverStopped", "it ended");

  test("is followed by opening the file again with the same options", async () => {
    await open();
    void session.setOption("delimiter", ";");
    await server.last("reopenWith").answer(opened({ generation: 2 }));
    server.setState("stopped", gone);
    server.setState("starting");
    server.setState("running");
    expect(server.last("open").params).toMatchObject({ options: { delimiter: ";" } });
    await server.last("open").answer(opened({ documentId: "d9", options: [] }));
    expect(lastBody("opened")).toMatchObject({ reason: "recovered", document: { documentId: "d9" } });
    expect(told.filter(([event]) => event === "server").map(([, body]) => (body as { state: string }).state)).toEqual([
      "stopped",
      "starting",
      "running",
    ]);
  });

  test("leaves no answer for the file it had open", async () => {
    await open();
    server.setState("stopped", gone);
    await expect(session.ask.page({ generation: 1, start: 0, count: 1 })).rejects.toMatchObject({ kind: "serverStopped" });
  });

  test("in the middle of opening: the file is opened once it is back", async () => {
    session.ready();
    const first = server.last("open");
    server.setState("stopped", gone);
    await first.fail(gone);
    server.setState("running");
    expect(server.sent.filter(({ method }) => method === "open")).toHaveLength(2);
    await server.last("open").answer(opened());
    expect(lastBody("opened")).toMatchObject({ reason: "opened" });
  });

  test("and forgot the document without ending: it is opened afresh", async () => {
    await open();
    void session.reload(0);
    await server.last("reopenWith").fail(new Failure("unknownDocument", "who?"));
    await settled();
    await server.last("open").answer(opened({ documentId: "d2" }));
    expect(lastBody("opened")).toMatchObject({ reason: "recovered", document: { documentId: "d2" } });
  });
});

describe("plugins that come and go", () => {
  const change = (reason: P.DidChangePlugins["reason"]): void =>
    server.pluginChanges.fire({ pluginIds: ["csv"], reason, message: null });
  const openings = (): number => server.sent.filter(({ method }) => method === "open").length;

  test("a file that no plugin could open is opened once there may be one", async () => {
    session.ready();
    await server.last("open").fail(new Failure("pluginDisabled", "it is switched off"));
    expect((lastBody("openFailed") as { actions: { name: string }[] }).actions[0]?.name).toBe("openWith");
    change("disabled");
    change("crashed");
    expect(openings()).toBe(1);
    change("enabled");
    change("reloaded");
    expect(openings()).toBe(2);
    await server.last("open").answer(opened());
    expect(lastBody("opened")).toMatchObject({ reason: "opened" });
  });

  test("what failed for another reason, or is open, stays as it is", async () => {
    session.ready();
    await server.last("open").fail(new Failure("fileUnreadable", "no permission"));
    change("enabled");
    expect(openings()).toBe(1);
    void session.reload(0);
    await server.last("open").answer(opened());
    change("enabled");
    expect(openings()).toBe(2);
  });

  test("a plugin that is another by now is passed on as a change, also to a webview made anew", async () => {
    await open();
    const event = { documentId: "d1", generation: 1, change: "reloaded", message: "Plugin csv was reloaded." } as const;
    server.events.tell("d1", (listener) => listener.changed(event));
    expect(lastBody("changed")).toEqual(event);
    told.length = 0;
    session.ready();
    expect(lastBody("changed")).toEqual(event);
  });
});

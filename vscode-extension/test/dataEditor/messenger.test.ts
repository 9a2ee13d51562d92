import { EventEmitter } from "vscode";
import { describe, expect, test } from "vitest";
import { Messenger, type Handlers } from "../../src/dataEditor/messenger";
import { Failure } from "../../src/errors";
import { settled } from "../fakes/server";

function connect(handlers: Partial<Record<keyof Handlers, (params: never) => unknown>>) {
  const incoming = new EventEmitter<unknown>();
  const posted: unknown[] = [];
  const channel = {
    onDidReceiveMessage: incoming.event,
    postMessage: (message: unknown) => {
      posted.push(message);
      return Promise.resolve(true);
    },
  };
  const messenger = new Messenger(channel, handlers as unknown as Handlers);
  return { incoming, posted, messenger };
}

describe("every request is answered", () => {
  test.each([
    ["with the result", () => ({ rows: 1, cells: 2 }), { ok: { rows: 1, cells: 2 } }],
    ["with nothing", () => undefined, { ok: undefined }],
    ["later", () => Promise.resolve(5), { ok: 5 }],
    ["when it throws", () => { throw new Error("broken"); }, { error: { kind: "internal", message: "broken" } }],
    ["when it rejects", () => Promise.reject(new Failure("cancelled", "no")), { error: { kind: "cancelled", message: "no" } }],
  ])("%s", async (_name, handler, body) => {
    const { incoming, posted } = connect({ copyText: handler });
    incoming.fire({ id: 3, request: "copyText", params: {} });
    await settled();
    expect(posted).toEqual([{ replyTo: 3, ...body }]);
  });

  test.each(["nonsense", "toString", "__proto__", undefined, 7])("also %s, which is no request", async (request) => {
    const { incoming, posted } = connect({});
    incoming.fire({ id: 1, request });
    await settled();
    expect(posted).toEqual([{ replyTo: 1, error: { kind: "invalidRequest", message: expect.any(String) as unknown } }]);
  });

  test("junk in place of params is an error, not silence", async () => {
    const { incoming, posted } = connect({ cancelFind: ({ searchId }: { searchId: string }) => searchId.length });
    incoming.fire({ id: 1, request: "cancelFind", params: null });
    await settled();
    expect(posted).toMatchObject([{ replyTo: 1, error: { kind: "internal" } }]);
  });
});

test.each([null, 5, "text", {}, { id: "1", request: "ready" }])("%j is no request and has no answer", async (message) => {
  const { incoming, posted } = connect({});
  incoming.fire(message);
  await settled();
  expect(posted).toEqual([]);
});

test("nothing is posted to a webview that is gone", async () => {
  const { incoming, posted, messenger } = connect({ copyText: () => settled() });
  incoming.fire({ id: 1, request: "copyText", params: {} });
  messenger.dispose();
  messenger.send("command", { name: "find" });
  await settled();
  await settled();
  expect(posted).toEqual([]);
});

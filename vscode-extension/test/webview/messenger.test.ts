import { beforeEach, describe, expect, it } from "vitest";
import { format, GRID_STRINGS, gridStrings } from "../../src/shared/gridStrings";
import { HostError, Messenger } from "../../src/webview/messenger";

describe("talking to the host", () => {
  let sent: { id: number; request: string; params: unknown }[];
  let messenger: Messenger;

  beforeEach(() => {
    sent = [];
    messenger = new Messenger({
      postMessage: (message) => sent.push(message as (typeof sent)[number]),
      getState: () => undefined,
      setState: () => undefined,
    });
  });

  it("pairs answers with requests, in any order", async () => {
    const first = messenger.request("copyText", { text: "1" });
    const second = messenger.request("page", { generation: 1, start: 0, count: 1 });
    messenger.receive({ replyTo: sent[1]!.id, ok: { start: 0, count: 0, rows: "[]" } });
    messenger.receive({ replyTo: sent[0]!.id, ok: undefined });
    expect((await second).rows).toBe("[]");
    await expect(first).resolves.toBeUndefined();
  });

  it("turns an error answer into an error with its kind", async () => {
    const request = messenger.request("copyText", { text: "1" });
    messenger.receive({ replyTo: sent[0]!.id, error: { kind: "cancelled", message: "stopped" } });
    await expect(request).rejects.toMatchObject({ kind: "cancelled", message: "stopped" });
    await expect(request).rejects.toBeInstanceOf(HostError);
  });

  it("hands events to their listener", () => {
    const heard: string[] = [];
    messenger.on("server", ({ state }) => heard.push(state));
    messenger.receive({ event: "server", body: { state: "stopped", message: "" } });
    expect(heard).toEqual(["stopped"]);
  });

  it.each([null, undefined, 7, "text", {}, { replyTo: 99, ok: 1 }, { event: "unknown", body: {} }])(
    "takes no harm from %j",
    (message) => {
      expect(() => messenger.receive(message)).not.toThrow();
    },
  );
});

describe("sentences", () => {
  it("are English where there is no translation", () => {
    const strings = gridStrings({ find: "Suchen", retry: "", unknown: "x" });
    expect(strings.find).toBe("Suchen");
    expect(strings.retry).toBe("Retry");
    expect("unknown" in strings).toBe(false);
  });

  it("take values as they are", () => {
    expect(format("{0} of {1}", "{1}", 2)).toBe("{1} of 2");
    expect(format("no {3}", "a")).toBe("no {3}");
  });

  it("have no two keys for one sentence with different places", () => {
    for (const [key, text] of Object.entries(GRID_STRINGS)) {
      const places = [...text.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1]));
      expect(new Set(places).size, key).toBe(places.length);
      expect(Math.max(-1, ...places), key).toBe(places.length - 1);
    }
  });
});

/** Parts too small for a file of tests each. */
import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { DocumentEvents, type DocumentListener } from "../src/documentEvents";
import { toFailure } from "../src/errors";
import { readPlace } from "../src/goToRow";
import { complaint } from "../src/optionPicker";
import { RestartPolicy } from "../src/restartPolicy";
import { forwardLog } from "../src/serverLog";
import { optionText, rowsText } from "../src/statusBar";
import { opened } from "./fakes/server";

describe("starting the server again", () => {
  test("three times within a minute, not a fourth", () => {
    let now = 0;
    const policy = new RestartPolicy(3, 60_000, () => now);
    expect([1, 2, 3, 4].map(() => policy.mayRestart())).toEqual([true, true, true, false]);
    now = 61_000;
    expect(policy.mayRestart()).toBe(true);
  });

  test("a person who asks for it starts the count anew", () => {
    const policy = new RestartPolicy(1, 60_000, () => 0);
    policy.mayRestart();
    policy.reset();
    expect(policy.mayRestart()).toBe(true);
  });
});

describe("events of documents nobody listens to yet", () => {
  const seen = (list: number[]): DocumentListener => ({
    progress: (event) => list.push(event.problems),
    found: () => undefined,
    searched: () => undefined,
    changed: () => undefined,
    failed: () => undefined,
  });
  const progress = { records: 0, bytesDone: 0, bytesTotal: 0, done: false };
  const tell = (events: DocumentEvents, documentId: string, problems: number): void =>
    events.tell(documentId, (listener) => listener.progress({ documentId, generation: 1, progress, problems, columns: null }));

  test("are kept, only the last few, and of the last few documents", () => {
    const events = new DocumentEvents();
    for (let index = 0; index < 30; index++) {
      tell(events, "early", index);
    }
    const list: number[] = [];
    const stop = events.listen("early", seen(list));
    expect(list).toEqual(Array.from({ length: 20 }, (_, index) => index + 10));
    stop();
    for (let index = 0; index < 40; index++) {
      tell(events, `d${index}`, 0);
    }
    const late: number[] = [];
    events.listen("d0", seen(late));
    expect(late).toEqual([]);
  });
});

describe("errors of the connection", () => {
  const coded = (code: number, data?: unknown): Error => Object.assign(new Error("text"), { code, data });

  test.each([
    [coded(1003, { kind: "fileUnreadable" }), "fileUnreadable"],
    [coded(-32800), "cancelled"],
    [coded(-32602), "internal"],
    [new Error("text"), "internal"],
  ])("%o is %s", (error, kind) => {
    expect(toFailure(error)).toMatchObject({ kind, message: "text" });
  });

  test.each([-32097, -32096])("%d, a connection that is gone, is told in words for people", (code) => {
    expect(toFailure(coded(code))).toMatchObject({ kind: "serverStopped", message: expect.stringContaining("Thoth") as string });
  });
});

describe("going to a row", () => {
  const status = (done: boolean) => ({
    document: opened(),
    progress: { records: 12_000, bytesDone: 0, bytesTotal: 0, done },
    problems: 0,
  });

  test.each([
    ["1", { row: 0 }],
    [" 12,000 ", { row: 11_999 }],
    ["12.000", { row: 11_999 }],
    ["7:1", { row: 6, column: 0 }],
    ["12001", "The last row is 12,000."],
    ["0", "The last row is 12,000."],
    ["7:2", "The last column is 1."],
    ["@4096", { byte: 4096 }],
    [" @ 1,234,567 ", { byte: 1_234_567 }],
    ["@", "Type a number, row:column, or @byte."],
    ["x", "Type a number, row:column, or @byte."],
  ])("%j", (typed, place) => {
    expect(readPlace(typed, status(true))).toEqual(place);
  });

  test("beyond what has been read says so", () => {
    expect(readPlace("12001", status(false))).toBe("12,000 rows have been read so far.");
  });
});

describe("the status bar", () => {
  const status = (records: number, done: boolean) => ({
    document: opened({
      options: [{ key: "delimiter", label: "Delimiter", value: ";", choices: [{ value: ";", label: "Semicolon" }] }],
    }),
    progress: { records, bytesDone: 50, bytesTotal: 100, done },
    problems: 0,
  });

  test.each([
    [1_234_567, true, "1,234,567 rows"],
    [1, true, "1 row"],
    [5000, false, "$(loading~spin) 5,000+ rows (50 %)"],
  ])("%d rows, done: %s", (records, done, text) => {
    expect(rowsText(status(records, done))).toBe(text);
  });

  test("names the value of an option, and leaves out one the file does not have", () => {
    expect(optionText(status(1, true), "delimiter")).toBe("Delimiter: Semicolon");
    expect(optionText(status(1, true), "encoding")).toBeUndefined();
  });
});

test("a delimiter is one character, and a tab can be typed", () => {
  expect([";", "\\t", "|", "§", "ab", ""].map((text) => complaint("delimiter", text) === undefined)).toEqual([true, true, true, false, false, false]);
  expect(complaint("encoding", "cp850")).toBeUndefined();
});

test("the server's log keeps its levels, and a traceback is an error to its end", () => {
  const lines: string[] = [];
  const note = (level: string) => (text: string) => lines.push(`${level} ${text}`);
  const input = Object.assign(new EventEmitter(), { setEncoding: () => undefined });
  const log = { error: note("E"), warn: note("W"), info: note("I"), debug: note("D") };
  forwardLog(input as unknown as NodeJS.ReadableStream, log);
  input.emit("data", "INFO thoth_ls: up\nWARN");
  input.emit("data", "ING thoth_ls: odd\nERROR x: broken\nTraceback (most recent call last):\n  File\nINFO y: on\n");
  expect(lines).toEqual([
    "I thoth_ls: up",
    "W thoth_ls: odd",
    "E x: broken",
    "E Traceback (most recent call last):",
    "E   File",
    "I y: on",
  ]);
});
